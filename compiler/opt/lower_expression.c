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

static ir_operand lower_constant(lowering *self, tsx_node *node) {
    ir_operand value = ir_undefined(self->ir);
    if (!static_value(self, node, &value)) BUG("a literal of kind %d without a value", (int)node->kind);
    return value;
}

static ir_operand lower_identifier(lowering *self, tsx_node *node) {
    tsx_symbol *symbol = tsx_symbol_of(node);
    if (symbol == NULL) return unsupported(self, node, "this name");
    return load_symbol(self, symbol, node);
}

static ir_operand lower_regex(lowering *self, tsx_node *node) {
    tsx_regex_node *regex = tsx_as_regex(node);
    return emit_binary(self, IR_REGEXP, node->span, ir_text(self->ir, regex->pattern), ir_text(self->ir, regex->regex_flags));
}

static ir_operand lower_sequence(lowering *self, tsx_node *node) {
    tsx_sequence_node *sequence = tsx_as_sequence(node);
    ir_operand value = ir_undefined(self->ir);
    for (uint32_t i = 0; i < sequence->expressions.count; i++) value = lower_expression(self, sequence->expressions.items[i]);
    return value;
}

static ir_operand lower_await(lowering *self, tsx_node *node) {
    return emit_unary(self, IR_AWAIT, node->span, lower_expression(self, tsx_as_await(node)->argument));
}

static ir_operand lower_stripped(lowering *self, tsx_node *node) { return lower_expression(self, strip_types(node)); }
static ir_operand lower_this_expression(lowering *self, tsx_node *node) { return lower_this(self, node); }

static ir_operand lower_jsx_text(lowering *self, tsx_node *node) {
    return ir_text(self->ir, tsx_as_jsx_text(node)->value);
}

/* One row a kind of expression; a kind without a row is not supported by code generation. */
typedef ir_operand lower_kind(lowering *self, tsx_node *node);
static lower_kind *const kinds[TSX_KIND_COUNT] = {
    [TSX_NODE_IDENTIFIER] = lower_identifier,
    [TSX_NODE_STRING] = lower_constant,
    [TSX_NODE_NUMBER] = lower_constant,
    [TSX_NODE_TRUE] = lower_constant,
    [TSX_NODE_FALSE] = lower_constant,
    [TSX_NODE_NULL] = lower_constant,
    [TSX_NODE_UNDEFINED] = lower_constant,
    [TSX_NODE_TEMPLATE] = lower_template,
    [TSX_NODE_TAGGED_TEMPLATE] = lower_tagged_template,
    [TSX_NODE_REGEX] = lower_regex,
    [TSX_NODE_ARRAY] = lower_array,
    [TSX_NODE_OBJECT] = lower_object,
    [TSX_NODE_FUNCTION] = lower_function,
    [TSX_NODE_CLASS] = lower_class,
    [TSX_NODE_THIS] = lower_this_expression,
    [TSX_NODE_MEMBER] = lower_member,
    [TSX_NODE_INDEX] = lower_index,
    [TSX_NODE_CALL] = lower_call,
    [TSX_NODE_OPTIONAL_CHAIN] = lower_optional_chain,
    [TSX_NODE_NEW] = lower_new,
    [TSX_NODE_UNARY] = lower_unary,
    [TSX_NODE_UPDATE] = lower_update,
    [TSX_NODE_BINARY] = lower_binary,
    [TSX_NODE_LOGICAL] = lower_logical,
    [TSX_NODE_ASSIGN] = lower_assign,
    [TSX_NODE_CONDITIONAL] = lower_conditional,
    [TSX_NODE_SEQUENCE] = lower_sequence,
    [TSX_NODE_AWAIT] = lower_await,
    [TSX_NODE_AS] = lower_stripped,
    [TSX_NODE_SATISFIES] = lower_stripped,
    [TSX_NODE_NON_NULL] = lower_stripped,
    [TSX_NODE_INSTANTIATION] = lower_stripped,
    [TSX_NODE_JSX_ELEMENT] = lower_jsx_element,
    [TSX_NODE_JSX_FRAGMENT] = lower_jsx_fragment,
    [TSX_NODE_JSX_TEXT] = lower_jsx_text,
};

ir_operand lower_expression(lowering *self, tsx_node *node) {
    lower_kind *lower = kinds[node->kind];
    if (lower == NULL) return unsupported(self, node, tsx_kind_get(node->kind)->name);
    if (node->kind != TSX_NODE_FUNCTION && node->kind != TSX_NODE_CLASS) self->name_hint = (str){NULL, 0};
    return lower(self, node);
}

ir_operand lower_named(lowering *self, tsx_node *node, str name) {
    tsx_node *value = strip_types(node);
    self->name_hint = name;
    ir_operand result = lower_expression(self, value);
    self->name_hint = (str){NULL, 0};
    return result;
}

/* ---- conditions ---------------------------------------------------------------------------------------- */

static void condition_logical(lowering *self, tsx_node *node, bool when, uint32_t label) {
    tsx_logical_node *logical = tsx_as_logical(node);
    /* (a && b) is false as soon as a is; (a || b) is true as soon as a is. */
    bool decided = logical->op == TSX_OP_OR;
    if (decided == when) {
        lower_condition(self, logical->left, when, label);
        lower_condition(self, logical->right, when, label);
        return;
    }
    uint32_t end = new_label(self);
    lower_condition(self, logical->left, decided, end);
    lower_condition(self, logical->right, when, label);
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

void lower_condition(lowering *self, tsx_node *node, bool when, uint32_t label) {
    node = strip_types(node);
    if (node->kind == TSX_NODE_UNARY && tsx_as_unary(node)->op == TSX_OP_NOT) {
        lower_condition(self, tsx_as_unary(node)->operand, !when, label);
    } else if (node->kind == TSX_NODE_LOGICAL && tsx_as_logical(node)->op != TSX_OP_COALESCE) {
        condition_logical(self, node, when, label);
    } else if (is_boolean(node)) {
        ir_operand value = lower_expression(self, node);
        emit_branch(self, IR_JUMP_SAME, value, ir_bool(self->ir, when), label);
    } else {
        ir_operand value = lower_expression(self, node);
        emit_branch(self, when ? IR_JUMP_IF : IR_JUMP_UNLESS, value, ir_nothing, label);
    }
}

ir_operand lower_conditional(lowering *self, tsx_node *node) {
    tsx_conditional_node *conditional = tsx_as_conditional(node);
    ir_operand result = new_register(self, NULL);
    uint32_t other = new_label(self), end = new_label(self);
    lower_condition(self, conditional->test, false, other);
    emit_copy(self, result.index, lower_expression(self, conditional->consequent));
    emit_jump(self, end);
    place_label(self, other);
    emit_copy(self, result.index, lower_expression(self, conditional->alternate));
    place_label(self, end);
    return result;
}
