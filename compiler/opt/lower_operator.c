/* Operators, assignments, and what can be assigned to. */
#include "opt/lowering.h"

typedef struct operator_row {
    tsx_op op;
    ir_op instruction;
} operator_row;

static const operator_row binary_rows[] = {
    {TSX_OP_ADD, IR_ADD},
    {TSX_OP_SUBTRACT, IR_SUBTRACT},
    {TSX_OP_MULTIPLY, IR_MULTIPLY},
    {TSX_OP_DIVIDE, IR_DIVIDE},
    {TSX_OP_REMAINDER, IR_REMAINDER},
    {TSX_OP_POWER, IR_POWER},
    {TSX_OP_BIT_AND, IR_BIT_AND},
    {TSX_OP_BIT_OR, IR_BIT_OR},
    {TSX_OP_BIT_XOR, IR_BIT_XOR},
    {TSX_OP_SHIFT_LEFT, IR_SHIFT_LEFT},
    {TSX_OP_SHIFT_RIGHT, IR_SHIFT_RIGHT},
    {TSX_OP_SHIFT_RIGHT_UNSIGNED, IR_SHIFT_RIGHT_UNSIGNED},
    {TSX_OP_LESS, IR_LESS},
    {TSX_OP_LESS_EQUAL, IR_LESS_EQUAL},
    {TSX_OP_GREATER, IR_GREATER},
    {TSX_OP_GREATER_EQUAL, IR_GREATER_EQUAL},
    {TSX_OP_SAME, IR_EQUAL},
    {TSX_OP_NOT_SAME, IR_NOT_EQUAL},
    {TSX_OP_INSTANCEOF, IR_INSTANCE_OF},
    {TSX_OP_IN, IR_IN},
};

static ir_op binary_instruction(tsx_op op) {
    for (size_t i = 0; i < sizeof binary_rows / sizeof *binary_rows; i++) {
        if (binary_rows[i].op == op) return binary_rows[i].instruction;
    }
    BUG("'%s' has no instruction", tsx_op_text(op));
}

static bool is_nullish_literal(tsx_node *node) {
    node = strip_types(node);
    return node->kind == TSX_NODE_NULL || node->kind == TSX_NODE_UNDEFINED;
}

/* `a == null` asks for undefined as well; no other loose comparison is in the subset. */
static ir_operand visit_loose(lowering *self, tsx_binary_node *binary) {
    ir_op op = binary->op == TSX_OP_EQUAL ? IR_IS_NULLISH : IR_IS_PRESENT;
    bool left_is_null = is_nullish_literal(binary->left);
    if (!left_is_null && !is_nullish_literal(binary->right)) return unsupported(self, &binary->base, "this comparison");
    return emit_unary(self, op, binary->base.span, visit_expression(self, left_is_null ? binary->right : binary->left));
}

ir_operand visit_binary(lowering *self, tsx_node *node) {
    tsx_binary_node *binary = tsx_as_binary(node);
    if (binary->op == TSX_OP_EQUAL || binary->op == TSX_OP_NOT_EQUAL) return visit_loose(self, binary);
    ir_operand left = visit_expression(self, binary->left);
    ir_operand right = visit_expression(self, binary->right);
    return emit_binary(self, binary_instruction(binary->op), node->span, left, right);
}

/* The jump that skips the right side: of `a && b` when a is falsy, and so on. */
static ir_op skip_instruction(tsx_op op) {
    if (op == TSX_OP_AND) return IR_JUMP_UNLESS;
    return op == TSX_OP_OR ? IR_JUMP_IF : IR_JUMP_PRESENT;
}

ir_operand visit_logical(lowering *self, tsx_node *node) {
    tsx_logical_node *logical = tsx_as_logical(node);
    ir_operand result = new_register(self, NULL);
    uint32_t end = new_label(self);
    emit_copy(self, result.index, visit_expression(self, logical->left));
    emit_branch(self, skip_instruction(logical->op), result, ir_nothing, end);
    emit_copy(self, result.index, visit_expression(self, logical->right));
    place_label(self, end);
    return result;
}

static ir_operand visit_delete(lowering *self, tsx_unary_node *unary, tsx_node *target) {
    if (target->kind == TSX_NODE_MEMBER) {
        tsx_member_node *member = tsx_as_member(target);
        ir_operand object = visit_expression(self, member->object);
        visit_link(self, target, object);
        return emit_binary(self, IR_DELETE, unary->base.span, object, const_name(self, member->name));
    }
    if (target->kind == TSX_NODE_INDEX) {
        tsx_index_node *index = tsx_as_index(target);
        ir_operand object = visit_expression(self, index->object);
        visit_link(self, target, object);
        return emit_binary(self, IR_DELETE, unary->base.span, object, visit_expression(self, index->index));
    }
    if (target->kind != TSX_NODE_OPTIONAL_CHAIN) return unsupported(self, &unary->base, "'delete' of anything but a property");
    /* delete a?.b: true when the chain is left early. */
    uint32_t outer = self->frame->nil_label, end = new_label(self);
    ir_operand result = new_register(self, NULL);
    self->frame->nil_label = new_label(self);
    emit_copy(self, result.index, visit_delete(self, unary, strip_types(tsx_as_optional_chain(target)->expression)));
    emit_jump(self, end);
    place_label(self, self->frame->nil_label);
    emit_copy(self, result.index, ir_constant_of(self->ir, IR_CONST_TRUE, 0));
    place_label(self, end);
    self->frame->nil_label = outer;
    return result;
}

ir_operand visit_unary(lowering *self, tsx_node *node) {
    tsx_unary_node *unary = tsx_as_unary(node);
    ir_operand value;
    if (static_value(self, node, &value)) return value;
    if (unary->op == TSX_OP_DELETE) return visit_delete(self, unary, strip_types(unary->operand));
    value = visit_expression(self, unary->operand);
    switch (unary->op) {
    case TSX_OP_NOT: return emit_unary(self, IR_NOT, node->span, value);
    case TSX_OP_BIT_NOT: return emit_unary(self, IR_BIT_NOT, node->span, value);
    case TSX_OP_PLUS: return emit_unary(self, IR_TO_NUMBER, node->span, value);
    case TSX_OP_MINUS: return emit_unary(self, IR_NEGATE, node->span, value);
    case TSX_OP_TYPEOF: return emit_unary(self, IR_TYPEOF, node->span, value);
    case TSX_OP_VOID: return ir_undefined(self->ir);
    default: BUG("'%s' as a unary operator", tsx_op_text(unary->op));
    }
}

/* ---- references ---------------------------------------------------------------------------------------- */

reference reference_of(lowering *self, tsx_node *target, bool is_read_too) {
    target = strip_types(target);
    reference result = {.kind = REFERENCE_SYMBOL, .node = target};
    if (target->kind == TSX_NODE_IDENTIFIER) {
        result.symbol = tsx_symbol_of(target);
    } else if (target->kind == TSX_NODE_MEMBER) {
        tsx_member_node *member = tsx_as_member(target);
        result.kind = REFERENCE_MEMBER;
        result.object = visit_expression(self, member->object);
        result.key = const_name(self, member->name);
    } else if (target->kind == TSX_NODE_INDEX) {
        tsx_index_node *index = tsx_as_index(target);
        result.kind = REFERENCE_INDEX;
        result.object = visit_expression(self, index->object);
        result.key = visit_expression(self, index->index);
        if (is_read_too && result.key.kind != IR_CONSTANT) result.key = emit_unary(self, IR_TO_KEY, index->index->span, result.key);
    } else {
        unsupported(self, target, "assignment to this");
    }
    return result;
}

ir_operand reference_get(lowering *self, const reference *from) {
    switch (from->kind) {
    case REFERENCE_SYMBOL:
        if (from->symbol == NULL) return ir_undefined(self->ir);
        return load_symbol(self, from->symbol, from->node);
    case REFERENCE_MEMBER: return emit_binary(self, IR_GET, from->node->span, from->object, from->key);
    case REFERENCE_INDEX: return emit_binary(self, IR_GET_ELEMENT, from->node->span, from->object, from->key);
    }
    BUG("a reference of no kind");
}

void reference_set(lowering *self, const reference *to, ir_operand value) {
    switch (to->kind) {
    case REFERENCE_SYMBOL:
        if (to->symbol != NULL) store_symbol(self, to->symbol, value, false, to->node);
        break;
    case REFERENCE_MEMBER:
        emit_status(self, IR_SET, to->node->span, to->object, to->key, value);
        break;
    case REFERENCE_INDEX:
        emit_status(self, IR_SET_ELEMENT, to->node->span, to->object, to->key, value);
        break;
    }
}

static str hint_of(tsx_node *target) {
    return target->kind == TSX_NODE_IDENTIFIER ? tsx_as_identifier(target)->name->text : (str){NULL, 0};
}

static ir_operand visit_logical_assign(lowering *self, tsx_assign_node *assign, tsx_op op) {
    reference target = reference_of(self, assign->target, true);
    ir_operand result = new_register(self, NULL);
    uint32_t end = new_label(self);
    emit_copy(self, result.index, reference_get(self, &target));
    emit_branch(self, skip_instruction(op), result, ir_nothing, end);
    ir_operand value = visit_named(self, assign->value, hint_of(target.node));
    emit_copy(self, result.index, value);
    reference_set(self, &target, value);
    place_label(self, end);
    return result;
}

ir_operand visit_assign(lowering *self, tsx_node *node) {
    tsx_assign_node *assign = tsx_as_assign(node);
    if (assign->op == TSX_OP_ASSIGN) {
        tsx_node *written = strip_types(assign->target);
        if (written->kind == TSX_NODE_OBJECT_PATTERN || written->kind == TSX_NODE_ARRAY_PATTERN) {
            ir_operand value = visit_expression(self, assign->value);
            bool is_array = written->kind == TSX_NODE_ARRAY_PATTERN;
            visit_pattern(self, written, value, false, is_array ? "" : expression_text(self, assign->value));
            return value;
        }
        reference target = reference_of(self, written, false);
        ir_operand value = visit_named(self, assign->value, hint_of(written));
        reference_set(self, &target, value);
        return value;
    }
    tsx_op op = tsx_op_of_assignment(assign->op);
    if (op == TSX_OP_AND || op == TSX_OP_OR || op == TSX_OP_COALESCE) return visit_logical_assign(self, assign, op);
    reference target = reference_of(self, assign->target, true);
    ir_operand old = reference_get(self, &target);
    ir_operand right = visit_expression(self, assign->value);
    ir_operand value = emit_binary(self, binary_instruction(op), node->span, old, right);
    reference_set(self, &target, value);
    return value;
}

ir_operand visit_update(lowering *self, tsx_node *node) {
    tsx_update_node *update = tsx_as_update(node);
    reference target = reference_of(self, update->target, true);
    ir_operand old = reference_get(self, &target);
    bool is_prefix = tsx_has(node, TSX_F_PREFIX);
    if (!is_prefix) old = emit_unary(self, IR_TO_NUMBER, node->span, old);
    ir_op op = update->op == TSX_OP_INCREMENT ? IR_INCREMENT : IR_DECREMENT;
    ir_operand value = emit_unary(self, op, node->span, old);
    reference_set(self, &target, value);
    return is_prefix ? value : old;
}
