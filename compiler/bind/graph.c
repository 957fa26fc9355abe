/* Which imports are erased, and the order of evaluation: depth first along the imports that remain, a module
 * after all that it imports, as ECMAScript does. */
#include "bind/binder.h"

/* ---- erasure, as TypeScript does it without "verbatimModuleSyntax" */

static bool is_needed(const tsx_node *binding) {
    const tsx_symbol *symbol = binding != NULL ? tsx_symbol_of(binding) : NULL;
    return symbol != NULL && symbol->is_used && !symbol->is_type_only;
}

static bool import_is_needed(tsx_node *node) {
    const tsx_import_node *import = tsx_as_import(node);
    if (tsx_has(node, TSX_F_BARE)) return true;
    if (is_needed(import->default_name) || is_needed(import->namespace_name)) return true;
    for (uint32_t i = 0; i < import->specifiers.count; i++)
        if (is_needed(tsx_as_import_specifier(import->specifiers.items[i])->local)) return true;
    return false;
}

static bool reexport_is_needed(const tsx_module *module, tsx_node *node) {
    tsx_list specifiers = tsx_as_export_named(node)->specifiers;
    for (uint32_t i = 0; i < specifiers.count; i++) {
        const tsx_export_specifier_node *names = tsx_as_export_specifier(specifiers.items[i]);
        const tsx_export *export = tsx_module_export(module, names->exported);
        if (export != NULL && export->value != NULL && !export->is_type_only) return true;
    }
    return false;
}

static bool is_erased(const tsx_module *module, const tsx_import *import) {
    if (import->module == NULL || import->module->is_declaration || tsx_has(import->node, TSX_F_TYPE_ONLY))
        return true;
    switch (import->node->kind) {
    case TSX_NODE_IMPORT: return !import_is_needed(import->node);
    case TSX_NODE_EXPORT_NAMED: return !reexport_is_needed(module, import->node);
    default: return false; /* export * */
    }
}

/* ---- order */

enum { NOT_VISITED, BEING_VISITED, VISITED };

typedef struct walk_step {
    tsx_module *module;
    const tsx_import *import; /* by which the walk went on from here */
} walk_step;

typedef struct graph_walk {
    binder *binder;
    VEC(walk_step) path;
} graph_walk;

static void report_cycle(graph_walk *self, const tsx_module *again) {
    tsx_session *session = self->binder->session;
    size_t first = 0;
    while (self->path.items[first].module != again) first++;
    str_buf circle;
    str_buf_init(&circle);
    for (size_t i = first; i < self->path.length; i++)
        str_buf_add_format(&circle, "%s -> ", self->path.items[i].module->name);
    str_buf_add_text(&circle, again->name);
    const tsx_import *last = VEC_LAST(&self->path).import;
    tsx_diag *diag = tsx_report(session, TSX_C0229, last->specifier_span, str_buf_text(&circle));
    for (size_t i = first; i + 1 < self->path.length; i++) {
        const walk_step *step = &self->path.items[i];
        tsx_diag_label(session, diag, step->import->specifier_span, "%s imports %s", step->module->name,
                       step->import->module->name);
    }
    str_buf_release(&circle);
}

static void visit(graph_walk *self, tsx_module *module) {
    module->visit = BEING_VISITED;
    VEC_PUSH(&self->path, ((walk_step){module, NULL}));
    for (size_t i = 0; i < module->imports.length; i++) {
        const tsx_import *import = &module->imports.items[i];
        if (import->is_erased) continue;
        VEC_LAST(&self->path).import = import;
        if (import->module->visit == BEING_VISITED)
            report_cycle(self, import->module);
        else if (import->module->visit == NOT_VISITED)
            visit(self, import->module);
    }
    (void)VEC_POP(&self->path);
    module->visit = VISITED;
    module->index = (uint32_t)self->binder->program->modules.length;
    VEC_PUSH(&self->binder->program->modules, module);
}

void order_modules(binder *self) {
    tsx_program *program = self->program;
    for (size_t i = 0; i < program->all.length; i++) {
        tsx_module *module = program->all.items[i];
        module->visit = NOT_VISITED;
        for (size_t k = 0; k < module->imports.length; k++)
            module->imports.items[k].is_erased = is_erased(module, &module->imports.items[k]);
    }
    graph_walk walk = {.binder = self};
    visit(&walk, program->entry);
    VEC_RELEASE(&walk.path);
}
