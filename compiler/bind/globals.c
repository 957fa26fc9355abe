/* The global names: values from creact/globals.def, types from bind/global_types.def. */
#include "bind/binder.h"
#include "parse/parse.h"

typedef struct global_row {
    const char *name;
    tsx_global_form form;
    const char *constant;
} global_row;

static const global_row rows[] = {
#define CR_GLOBAL(name, form) {#name, TSX_GLOBAL_##form, NULL},
#define CR_GLOBAL_CONSTANT(name, expression) {#name, TSX_GLOBAL_CONSTANT, #expression},
#include "creact/globals.def"
#undef CR_GLOBAL
#undef CR_GLOBAL_CONSTANT
};

void make_globals(tsx_program *self) {
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tsx_symbol *symbol = ARENA_NEW(&self->session->memory, tsx_symbol);
        symbol->kind = TSX_SYMBOL_GLOBAL;
        symbol->name = tsx_intern(&self->session->names, str_of(rows[i].name));
        symbol->global_form = rows[i].form;
        symbol->global_constant = rows[i].constant;
        map_put(&self->globals, symbol->name->text, symbol);
    }
}

static const char *const global_types[] = {
#define GLOBAL_TYPE(name) #name,
#include "bind/global_types.def"
#undef GLOBAL_TYPE
};

bool is_global_type(str name) {
    for (size_t i = 0; i < sizeof global_types / sizeof global_types[0]; i++)
        if (str_is(name, global_types[i])) return true;
    return false;
}

void add_global_types(tsx_nearest *nearest) {
    for (size_t i = 0; i < sizeof global_types / sizeof global_types[0]; i++)
        tsx_nearest_add(nearest, str_of(global_types[i]));
}

static void note_declared_types(tsx_node *node, void *context) {
    map *types = context;
    tsx_node *name = NULL;
    switch (node->kind) {
    case TSX_NODE_INTERFACE_DECL: name = tsx_as_interface_decl(node)->name; break;
    case TSX_NODE_TYPE_ALIAS_DECL: name = tsx_as_type_alias_decl(node)->name; break;
    case TSX_NODE_CLASS_DECL: name = tsx_as_class(tsx_as_class_decl(node)->class_node)->name; break;
    case TSX_NODE_NAMESPACE_DECL:
        name = tsx_as_namespace_decl(node)->name;
        if (tsx_has(node, TSX_F_GLOBAL)) tsx_for_each_child(node, note_declared_types, types);
        break;
    default: break;
    }
    if (name != NULL && name->kind == TSX_NODE_BINDING) map_put(types, tsx_as_binding(name)->name->text, node);
}

bool is_declared_global_type(tsx_program *self, const tsx_name *name) {
    if (self->global_types.count == 0) {
        uint32_t file;
        cr_error err;
        if (tsx_files_read(&self->session->files, library_path(self, "globals.d.ts"), &file, &err) != CR_OK)
            return false;
        tsx_for_each_child(tsx_parse_module(self->session, file), note_declared_types, &self->global_types);
    }
    return map_get(&self->global_types, name->text) != NULL;
}
