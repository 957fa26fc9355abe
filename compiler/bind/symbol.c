#include "bind/symbol.h"

static const tsx_symbol_kind_facts kinds[] = {
#define X(kind, text, value, type, zone) {text, value, type, zone},
    TSX_SYMBOL_KIND_LIST(X)
#undef X
};

const tsx_symbol_kind_facts *tsx_symbol_kind_get(tsx_symbol_kind kind) { return &kinds[kind]; }

tsx_symbol *tsx_symbol_of(const tsx_node *node) {
    if (node->kind == TSX_NODE_IDENTIFIER) return ((const tsx_identifier_node *)node)->symbol;
    if (node->kind == TSX_NODE_BINDING) return ((const tsx_binding_node *)node)->symbol;
    return NULL;
}

/* Imports lead straight to the exporting module's own symbol once bind/exports.c is done. */
tsx_symbol *tsx_symbol_target(tsx_symbol *self) { return self->kind == TSX_SYMBOL_IMPORT ? self->target : self; }

tsx_symbol *tsx_symbol_type_target(tsx_symbol *self) {
    return self->kind == TSX_SYMBOL_IMPORT ? self->type_target : self;
}
