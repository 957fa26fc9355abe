#include "bind/scope.h"

static const char *const kind_texts[] = {
#define X(kind, text) text,
    TSX_SCOPE_KIND_LIST(X)
#undef X
};

const char *tsx_scope_kind_text(tsx_scope_kind kind) { return kind_texts[kind]; }

tsx_function *tsx_function_of(const tsx_node *node) {
    MUST(node->kind == TSX_NODE_FUNCTION);
    const tsx_function_node *function = (const tsx_function_node *)node;
    return function->scope != NULL && function->body != NULL ? function->scope->function : NULL;
}

tsx_symbol *tsx_scope_own_value(const tsx_scope *self, const tsx_name *name) {
    for (size_t i = 0; i < self->symbols.length; i++) {
        tsx_symbol *symbol = self->symbols.items[i];
        if (symbol->name == name && tsx_symbol_kind_get(symbol->kind)->is_value) return symbol;
    }
    return NULL;
}

tsx_symbol *tsx_scope_own_type(const tsx_scope *self, const tsx_name *name) {
    for (size_t i = 0; i < self->symbols.length; i++) {
        tsx_symbol *symbol = self->symbols.items[i];
        if (symbol->name == name && tsx_symbol_kind_get(symbol->kind)->is_type) return symbol;
    }
    return NULL;
}
