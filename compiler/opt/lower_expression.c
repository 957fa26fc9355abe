/* Expressions: which file lowers which kind, and the simple ones. */
#include "opt/lowering.h"

tsx_node *strip_types(tsx_node *node) {
    for (;;) {
        switch (node->kind) {
        case TSX_NODE_AS: node = tsx_as_as(node)->expression; break;
        case TSX_NODE_SATISFIES: node = tsx_as_satisfies(node)->expression; break;
        case TSX_NODE_NON_NULL: node = tsx_as_non_null(node)->expression; break;
        case TSX_NODE_INSTANTIATION: node = tsx_as_instantiation(node)->expression; break;
        default: return node;
        }
    }
}

static ir_operand visit_constant(lowering *self, tsx_node *node) {
    ir_operand value = ir_undefined(self->ir);
    if (!static_value(self, node, &value)) BUG("a literal of kind %d without a value", (int)node->kind);
    return value;
}

static ir_operand visit_identifier(lowering *self, tsx_node *node) {
    tsx_symbol *symbol = tsx_symbol_of(node);
    if (symbol == NULL) return unsupported(self, node, "this name");
    return load_symbol(self, symbol, node);
}

static ir_operand visit_regex(lowering *self, tsx_node *node) {
    tsx_regex_node *regex = tsx_as_regex(node);
    return emit_binary(self, IR_REGEXP, node->span, ir_text(self->ir, regex->pattern), ir_text(self->ir, regex->regex_flags));
}

static ir_operand visit_sequence(lowering *self, tsx_node *node) {
    tsx_sequence_node *sequence = tsx_as_sequence(node);
    ir_operand value = ir_undefined(self->ir);
    for (uint32_t i = 0; i < sequence->expressions.count; i++) value = visit_expression(self, sequence->expressions.items[i]);
    return value;
}

static ir_operand visit_await(lowering *self, tsx_node *node) {
    return emit_unary(self, IR_AWAIT, node->span, visit_expression(self, tsx_as_await(node)->argument));
}

static ir_operand visit_stripped(lowering *self, tsx_node *node) { return visit_expression(self, strip_types(node)); }
static ir_operand visit_this_expression(lowering *self, tsx_node *node) { return visit_this(self, node); }

static ir_operand visit_jsx_text(lowering *self, tsx_node *node) {
    return ir_text(self->ir, tsx_as_jsx_text(node)->value);
}

/* One row a kind of expression; a kind without a row is not supported by code generation. */
typedef ir_operand visit_kind(lowering *self, tsx_node *node);
static visit_kind *const kinds[TSX_KIND_COUNT] = {
    [TSX_NODE_IDENTIFIER] = visit_identifier,
    [TSX_NODE_STRING] = visit_constant,
    [TSX_NODE_NUMBER] = visit_constant,
    [TSX_NODE_TRUE] = visit_constant,
    [TSX_NODE_FALSE] = visit_constant,
    [TSX_NODE_NULL] = visit_constant,
    [TSX_NODE_UNDEFINED] = visit_constant,
    [TSX_NODE_TEMPLATE] = visit_template,
    [TSX_NODE_TAGGED_TEMPLATE] = visit_tagged_template,
    [TSX_NODE_REGEX] = visit_regex,
    [TSX_NODE_ARRAY] = visit_array,
    [TSX_NODE_OBJECT] = visit_object,
    [TSX_NODE_FUNCTION] = visit_function,
    [TSX_NODE_CLASS] = visit_class,
    [TSX_NODE_THIS] = visit_this_expression,
    [TSX_NODE_MEMBER] = visit_member,
    [TSX_NODE_INDEX] = visit_index,
    [TSX_NODE_CALL] = visit_call,
    [TSX_NODE_OPTIONAL_CHAIN] = visit_optional_chain,
    [TSX_NODE_NEW] = visit_new,
    [TSX_NODE_UNARY] = visit_unary,
    [TSX_NODE_UPDATE] = visit_update,
    [TSX_NODE_BINARY] = visit_binary,
    [TSX_NODE_LOGICAL] = visit_logical,
    [TSX_NODE_ASSIGN] = visit_assign,
    [TSX_NODE_CONDITIONAL] = visit_conditional,
    [TSX_NODE_SEQUENCE] = visit_sequence,
    [TSX_NODE_AWAIT] = visit_await,
    [TSX_NODE_AS] = visit_stripped,
    [TSX_NODE_SATISFIES] = visit_stripped,
    [TSX_NODE_NON_NULL] = visit_stripped,
    [TSX_NODE_INSTANTIATION] = visit_stripped,
    [TSX_NODE_JSX_ELEMENT] = visit_jsx_element,
    [TSX_NODE_JSX_FRAGMENT] = visit_jsx_fragment,
    [TSX_NODE_JSX_TEXT] = visit_jsx_text,
};

ir_operand visit_expression(lowering *self, tsx_node *node) {
    visit_kind *lower = kinds[node->kind];
    if (lower == NULL) return unsupported(self, node, tsx_kind_get(node->kind)->name);
    if (node->kind != TSX_NODE_FUNCTION && node->kind != TSX_NODE_CLASS) self->name_hint = (str){NULL, 0};
    return lower(self, node);
}

ir_operand visit_named(lowering *self, tsx_node *node, str name) {
    tsx_node *value = strip_types(node);
    self->name_hint = name;
    ir_operand result = visit_expression(self, value);
    self->name_hint = (str){NULL, 0};
    return result;
}

/* ---- conditions ---------------------------------------------------------------------------------------- */

static void condition_logical(lowering *self, tsx_node *node, bool when, uint32_t label) {
    tsx_logical_node *logical = tsx_as_logical(node);
    /* (a && b) is false as soon as a is; (a || b) is true as soon as a is. */
    bool decided = logical->op == TSX_OP_OR;
    if (decided == when) {
        visit_condition(self, logical->left, when, label);
        visit_condition(self, logical->right, when, label);
        return;
    }
    uint32_t end = new_label(self);
    visit_condition(self, logical->left, decided, end);
    visit_condition(self, logical->right, when, label);
    place_label(self, end);
}

/* The instruction that answers a plain boolean, and so needs no ToBoolean. */
static bool is_boolean(tsx_node *node) {
    if (node->kind == TSX_NODE_TRUE || node->kind == TSX_NODE_FALSE) return true;
    if (node->kind != TSX_NODE_BINARY) return false;
    switch (tsx_as_binary(node)->op) {
    case TSX_OP_SAME:
    case TSX_OP_NOT_SAME:
    case TSX_OP_LESS:
    case TSX_OP_LESS_EQUAL:
    case TSX_OP_GREATER:
    case TSX_OP_GREATER_EQUAL:
    case TSX_OP_INSTANCEOF:
    case TSX_OP_IN: return true;
    default: return false;
    }
}

void visit_condition(lowering *self, tsx_node *node, bool when, uint32_t label) {
    node = strip_types(node);
    if (node->kind == TSX_NODE_UNARY && tsx_as_unary(node)->op == TSX_OP_NOT) {
        visit_condition(self, tsx_as_unary(node)->operand, !when, label);
    } else if (node->kind == TSX_NODE_LOGICAL && tsx_as_logical(node)->op != TSX_OP_COALESCE) {
        condition_logical(self, node, when, label);
    } else if (is_boolean(node)) {
        ir_operand value = visit_expression(self, node);
        emit_branch(self, IR_JUMP_SAME, value, ir_bool(self->ir, when), label);
    } else {
        ir_operand value = visit_expression(self, node);
        emit_branch(self, when ? IR_JUMP_IF : IR_JUMP_UNLESS, value, ir_nothing, label);
    }
}

ir_operand visit_conditional(lowering *self, tsx_node *node) {
    tsx_conditional_node *conditional = tsx_as_conditional(node);
    ir_operand result = new_register(self, NULL);
    uint32_t other = new_label(self), end = new_label(self);
    visit_condition(self, conditional->test, false, other);
    emit_copy(self, result.index, visit_expression(self, conditional->consequent));
    emit_jump(self, end);
    place_label(self, other);
    emit_copy(self, result.index, visit_expression(self, conditional->alternate));
    place_label(self, end);
    return result;
}
