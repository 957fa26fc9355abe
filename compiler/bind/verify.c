/* The invariants that later stages rely on, checked when binding reported nothing. */
#include "bind/binder.h"

static void verify_names(tsx_node *node, void *context) {
    if (tsx_class_of(node) == TSX_CLASS_TYPE) return;
    switch (node->kind) {
    case TSX_NODE_INTERFACE_DECL:
    case TSX_NODE_TYPE_ALIAS_DECL:
    case TSX_NODE_NAMESPACE_DECL:
    case TSX_NODE_EXPORT_NAMED: return;
    case TSX_NODE_IDENTIFIER:
        if (tsx_symbol_of(node) == NULL) BUG("'%s' is not bound", name_text(tsx_as_identifier(node)->name));
        return;
    default: tsx_for_each_child(node, verify_names, context);
    }
}

/* What a function captures belongs to the function around it, or is captured there too. */
static void verify_captures(const tsx_function *function) {
    for (size_t i = 0; i < function->captures.length; i++) {
        const tsx_symbol *symbol = function->captures.items[i];
        bool is_handed_on = symbol->function == function->parent;
        for (size_t k = 0; !is_handed_on && k < function->parent->captures.length; k++)
            is_handed_on = function->parent->captures.items[k] == symbol;
        if (!is_handed_on) BUG("'%s' is captured past its function", name_text(symbol->name));
    }
}

void verify_program(const tsx_program *program) {
    for (size_t i = 0; i < program->modules.length; i++) {
        const tsx_module *module = program->modules.items[i];
        MUST(module->index == i);
        tsx_for_each_child(module->root, verify_names, NULL);
        for (size_t k = 0; k < module->functions.length; k++) verify_captures(module->functions.items[k]);
    }
}
