/* Messages for names that mean nothing: what was meant, or what must be imported. */
#include "bind/binder.h"

static void add_scopes(const binder *self, tsx_nearest *nearest, bool is_type) {
    for (const tsx_scope *scope = self->scope; scope != NULL; scope = scope->parent) {
        for (size_t i = 0; i < scope->symbols.length; i++) {
            const tsx_symbol *symbol = scope->symbols.items[i];
            const tsx_symbol_kind_facts *facts = tsx_symbol_kind_get(symbol->kind);
            if (is_type ? facts->is_type : facts->is_value) tsx_nearest_add(nearest, symbol->name->text);
        }
    }
}

void report_unknown_value(binder *self, tsx_node *node) {
    tsx_session *session = self->session;
    const tsx_name *name = tsx_as_identifier(node)->name;
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, name->text);
    add_scopes(self, &nearest, false);
    for (size_t i = 0; i < self->program->globals.count; i++)
        tsx_nearest_add(&nearest, self->program->globals.entries[i].key);
    str exported;
    const char *module = library_module_of_export(self->program, name->text, &exported);
    if (module != NULL && str_equal(exported, name->text)) {
        tsx_diag *diag = tsx_report(session, TSX_C0210, node->span, name_text(name));
        tsx_diag_help(session, diag, "add `import { %s } from '%s';`", name_text(name), module);
    } else if (nearest.best.bytes != NULL) {
        const char *best = arena_copy_text(&session->memory, nearest.best.bytes, nearest.best.length);
        tsx_report(session, TSX_C0215, node->span, name_text(name), best);
    } else {
        tsx_diag *diag = tsx_report(session, TSX_C0210, node->span, name_text(name));
        if (module != NULL)
            tsx_diag_help(session, diag, "did you mean '%.*s' of '%s'? add `import { %.*s } from '%s';`",
                          STR_ARGS(exported), module, STR_ARGS(exported), module);
    }
}

void report_unknown_type(binder *self, tsx_node *node) {
    tsx_session *session = self->session;
    const tsx_name *name = tsx_as_identifier(node)->name;
    if (is_declared_global_type(self->program, name)) return;
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, name->text);
    add_scopes(self, &nearest, true);
    add_global_types(&nearest);
    if (nearest.best.bytes == NULL) {
        tsx_report(session, TSX_C0210, node->span, name_text(name));
        return;
    }
    const char *best = arena_copy_text(&session->memory, nearest.best.bytes, nearest.best.length);
    tsx_report(session, TSX_C0215, node->span, name_text(name), best);
}
