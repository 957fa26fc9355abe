/* parse/checks.c: early errors of operators, which the grammar lets pass. */
#include "parse/lower.h"

tsx_node *check_target(parser *p, tsx_node *target) {
    const tsx_node *inner = target;
    for (;;) {
        if (inner->kind == TSX_NODE_NON_NULL)
            inner = ((const tsx_non_null_node *)inner)->expression;
        else if (inner->kind == TSX_NODE_AS)
            inner = ((const tsx_as_node *)inner)->expression;
        else if (inner->kind == TSX_NODE_SATISFIES)
            inner = ((const tsx_satisfies_node *)inner)->expression;
        else
            break;
    }
    switch (inner->kind) {
    case TSX_NODE_IDENTIFIER: {
        str name = ((const tsx_identifier_node *)inner)->name->text;
        if (str_is(name, "eval") || str_is(name, "arguments"))
            tsx_report(p->session, TSX_C0025, target->span);
        break;
    }
    case TSX_NODE_MEMBER:
    case TSX_NODE_INDEX:
    case TSX_NODE_OBJECT_PATTERN:
    case TSX_NODE_ARRAY_PATTERN:
    case TSX_NODE_ERROR: break;
    case TSX_NODE_OPTIONAL_CHAIN:
        tsx_report(p->session, TSX_C0037, target->span, "as the target of an assignment");
        break;
    default: tsx_report(p->session, TSX_C0025, target->span); break;
    }
    return target;
}

void check_delete(parser *p, const tsx_node *operand) {
    while (operand->kind == TSX_NODE_NON_NULL) operand = ((const tsx_non_null_node *)operand)->expression;
    if (operand->kind == TSX_NODE_IDENTIFIER) tsx_report(p->session, TSX_C0029, operand->span);
}

/* The operator of a bare (not parenthesized) LOGICAL. */
static bool bare_logical(const tsx_node *node, tsx_op *op) {
    if (node->kind != TSX_NODE_LOGICAL || tsx_has(node, TSX_F_PARENTHESIZED)) return false;
    *op = ((const tsx_logical_node *)node)->op;
    return true;
}

static void check_mixing(parser *p, tsx_op op, const tsx_node *operand, tsx_span operator_span) {
    tsx_op inner;
    if (!bare_logical(operand, &inner) || (op == TSX_OP_COALESCE) == (inner == TSX_OP_COALESCE)) return;
    tsx_report(p->session, TSX_C0012, operator_span, tsx_op_text(inner), tsx_op_text(op));
}

static bool is_nullish(const tsx_node *node) {
    return node->kind == TSX_NODE_NULL || node->kind == TSX_NODE_UNDEFINED;
}

void check_binary(parser *p, tsx_op op, const tsx_node *left, const tsx_node *right,
                         tsx_span operator_span) {
    if (op == TSX_OP_POWER && !tsx_has(left, TSX_F_PARENTHESIZED) &&
        (left->kind == TSX_NODE_UNARY || left->kind == TSX_NODE_AWAIT))
        tsx_report(p->session, TSX_C0013, left->span);
    if ((op == TSX_OP_EQUAL || op == TSX_OP_NOT_EQUAL) && !is_nullish(left) && !is_nullish(right))
        tsx_report(p->session, TSX_C1014, operator_span, tsx_op_text(op));
    /* The grammar reads tag<T>`...` as two comparisons. */
    bool after_less = left->kind == TSX_NODE_BINARY && ((const tsx_binary_node *)left)->op == TSX_OP_LESS;
    if (op == TSX_OP_GREATER && after_less && right->kind == TSX_NODE_TEMPLATE &&
        !tsx_has(left, TSX_F_PARENTHESIZED) && !tsx_has(right, TSX_F_PARENTHESIZED))
        tsx_report(p->session, TSX_C1022, operator_span);
    if (op == TSX_OP_COALESCE || op == TSX_OP_OR || op == TSX_OP_AND) {
        check_mixing(p, op, left, operator_span);
        check_mixing(p, op, right, operator_span);
    }
}
