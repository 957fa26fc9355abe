/* What can be said of a use only when every module is linked: whether an import is a value or a type, and
 * whether a namespace has the member. */
#include "bind/binder.h"

static void report_type_as_value(binder *self, const use *u, const tsx_symbol *type) {
    const char *name = name_text(u->symbol->name);
    tsx_diag *diag = tsx_report(self->session, TSX_C0216, u->node->span, name);
    if (type != NULL && type->span.file != 0)
        tsx_diag_label(self->session, diag, type->span, "'%s' is declared here", name);
}

/* `ns.member` of a module. */
static void check_namespace_member(binder *self, const use *u, const tsx_module *module) {
    if (u->node->parent->kind != TSX_NODE_MEMBER) return;
    const tsx_member_node *member = tsx_as_member(u->node->parent);
    if (member->object != u->node) return;
    const tsx_export *export = tsx_module_export(module, member->name);
    if (export != NULL && export->value != NULL) {
        tsx_symbol_target(export->value)->is_used = true;
        return;
    }
    bool is_type = export != NULL && export->type != NULL;
    if (!is_type && is_reported_export(module, member->name)) return;
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, member->name->text);
    for (size_t i = 0; i < module->exports.count; i++) {
        const tsx_export *other = module->exports.entries[i].value;
        if (other->value != NULL) tsx_nearest_add(&nearest, other->name->text);
    }
    tsx_diag *diag = tsx_report(self->session, TSX_C0222, member->name_span, name_text(member->name),
                                name_text(u->symbol->name));
    if (nearest.best.bytes != NULL)
        tsx_diag_help(self->session, diag, "did you mean '%.*s'?", STR_ARGS(nearest.best));
}

static void check_value(binder *self, const use *u) {
    tsx_symbol *symbol = u->symbol;
    tsx_symbol *target = tsx_symbol_target(symbol);
    bool is_imported = symbol->kind == TSX_SYMBOL_IMPORT || symbol->kind == TSX_SYMBOL_NAMESPACE;
    if (target == NULL) {
        if (symbol->type_target != NULL) report_type_as_value(self, u, symbol->type_target);
        return;
    }
    if (is_imported && symbol->is_type_only) {
        tsx_diag *diag = tsx_report(self->session, TSX_C0221, u->node->span, name_text(symbol->name));
        tsx_diag_label(self->session, diag, symbol->span, "'%s' is imported here", name_text(symbol->name));
        return;
    }
    target->is_used = true;
    if (target->kind == TSX_SYMBOL_NAMESPACE && target->namespace != NULL)
        check_namespace_member(self, u, target->namespace);
    if (target->is_ambient && !target->module->is_library) {
        tsx_diag *diag = tsx_report(self->session, TSX_C0228, u->node->span, name_text(symbol->name));
        tsx_diag_label(self->session, diag, target->span, "'%s' is declared here", name_text(target->name));
    }
}

static void check_type(binder *self, const use *u) {
    const tsx_symbol *symbol = u->symbol;
    bool is_value_only = symbol->kind == TSX_SYMBOL_IMPORT && symbol->type_target == NULL && symbol->target != NULL;
    if (is_value_only && u->node->parent->kind != TSX_NODE_QUALIFIED_NAME)
        tsx_report(self->session, TSX_C0223, u->node->span, name_text(symbol->name), name_text(symbol->name));
}

/* `export { x }` keeps an import only when it is a value. */
static void check_export(const use *u) {
    tsx_symbol *target = tsx_symbol_target(u->symbol);
    const tsx_node *specifier = u->node->parent;
    bool is_type_only = tsx_has(specifier, TSX_F_TYPE_ONLY) ||
                        (specifier->parent != NULL && tsx_has(specifier->parent, TSX_F_TYPE_ONLY));
    if (target == NULL || is_type_only || u->symbol->is_type_only) return;
    if (!tsx_symbol_kind_get(target->kind)->is_value) return;
    u->symbol->is_used = target->is_used = true;
}

void check_uses(binder *self) {
    for (size_t i = 0; i < self->uses.length; i++) {
        const use *u = &self->uses.items[i];
        if (u->symbol->kind == TSX_SYMBOL_IMPORT && u->symbol->imported_from == NULL) continue; /* reported */
        if (use_is_value(u->kind))
            check_value(self, u);
        else if (u->kind == USE_TYPE)
            check_type(self, u);
        else if (u->kind == USE_EXPORT)
            check_export(u);
    }
}
