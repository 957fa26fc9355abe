/* parse/operators.c: expressions made of operators, climbed by our own precedence.
 *
 * The grammar gets the tokens of such an expression right but often not their nesting: a postfix `!`,
 * explicit type arguments and `as A.B` bind too loosely, `await` and unary operators too tightly or too
 * loosely. So its nesting is thrown away: a spine (the connected nodes with role SPINE) is flattened to its
 * items in source order, which are operands (lowered by themselves), tokens, arguments and types; then
 * climbed again:
 *
 *     assignment > conditional > binary (ast/op.def's precedence; `as` and `satisfies` bind like `<`)
 *       > unary, await > postfix > chains of members, calls, `!` > new > operand
 *
 * After Vaughan Pratt, "Top down operator precedence", 1973.                                               */
#include "base/vec.h"
#include "parse/lower.h"

typedef struct spine {
    parser *p;
    kid *items;
    uint32_t count, at;
    bool failed; /* the items made no sense, or nest too deeply; reported */
} spine;

/* `as` and `satisfies` bind like the relational operators. */
enum { PRECEDENCE_LOWEST = 1, PRECEDENCE_AS = 8 };

static tsx_node *climb_assignment(spine *self);
static tsx_node *climb_unary(spine *self);

/* ---- flattening */

static void flatten(spine *self, TSNode root) {
    parser *p = self->p;
    VEC(kid) items = {0};
    TSTreeCursor *cursor = &p->cursor;
    ts_tree_cursor_reset(cursor, root);
    ts_tree_cursor_goto_first_child(cursor);
    for (int depth = 1; depth > 0;) {
        kid next = kid_from(p, ts_tree_cursor_current_node(cursor));
        if (is_spine(next.type)) {
            if (ts_tree_cursor_goto_first_child(cursor)) {
                depth++;
                continue;
            }
        } else if (next.type == N_html_comment) {
            unexpected_node(p, &next);
        } else if (!ts_node_is_extra(next.node)) {
            VEC_PUSH(&items, next);
        }
        while (depth > 0 && !ts_tree_cursor_goto_next_sibling(cursor)) {
            ts_tree_cursor_goto_parent(cursor);
            depth--;
        }
    }
    self->items = arena_alloc(&p->scratch, (items.length + 1) * sizeof(kid));
    if (items.length > 0) memcpy(self->items, items.items, items.length * sizeof(kid));
    self->count = (uint32_t)items.length;
    VEC_RELEASE(&items);
}

/* ---- items */

static const kid *peek(const spine *self) { return self->at < self->count ? &self->items[self->at] : NULL; }

static bool peek_token(const spine *self, const char *text) {
    const kid *next = peek(self);
    return next != NULL && is_token(next, text);
}

static bool peek_type(const spine *self, node_type type) {
    const kid *next = peek(self);
    return next != NULL && next->type == type;
}

static bool take_token(spine *self, const char *text) {
    if (!peek_token(self, text)) return false;
    self->at++;
    return true;
}

/* The end of the item before. */
static uint32_t end_of_last(const spine *self) { return self->items[self->at - 1].end; }

static tsx_span span_from(const spine *self, uint32_t start) {
    return (tsx_span){self->p->file, start, end_of_last(self)};
}

/* Reports the item at hand and skips the rest. */
static tsx_node *fail(spine *self) {
    const kid *next = peek(self);
    if (next == NULL) next = &self->items[self->count - 1];
    tsx_node *node =
        self->failed ? error_node(self->p, kid_span(self->p, next)) : unexpected_node(self->p, next);
    self->failed = true;
    self->at = self->count;
    return node;
}

static tsx_node *fail_too_deep(spine *self, tsx_node *node) {
    self->failed = true;
    self->at = self->count;
    return node;
}

/* One more level around what was climbed so far, as in a + b + c + ... False: too many. */
static bool grow(spine *self, int *levels) {
    self->p->depth += *levels;
    bool ok = enter_level(self->p, (tsx_span){self->p->file, self->items[0].start, self->items[0].end});
    if (ok) leave_level(self->p);
    self->p->depth -= *levels;
    (*levels)++;
    return ok;
}

/* ---- operands, new, chains */

static tsx_node *climb_operand(spine *self) {
    const kid *next = peek(self);
    if (next == NULL || next->type == N_TOKEN || next->type == N_type_arguments || next->type == N_arguments)
        return fail(self);
    self->at++;
    if (next->type == N_private_property_identifier) return unexpected_node(self->p, next);
    if (next->type == N_object_pattern || next->type == N_array_pattern)
        return lower_pattern(self->p, next->node, false);
    return lower_expression(self->p, next->node);
}

static tsx_node *climb_member(spine *self, tsx_node *object, uint32_t start, bool optional) {
    parser *p = self->p;
    const kid *name = peek(self);
    if (name == NULL || (name->type != N_property_identifier && name->type != N_private_property_identifier))
        return fail(self);
    self->at++;
    tsx_member_node *member = NEW(p, member, MEMBER, span_from(self, start));
    member->object = object;
    member->name = name_of(p, name);
    member->name_span = kid_span(p, name);
    if (optional) member->base.flags |= TSX_F_OPTIONAL_LINK;
    if (name->type == N_private_property_identifier) member->base.flags |= TSX_F_PRIVATE;
    return &member->base;
}

/* After `[`. */
static tsx_node *climb_index(spine *self, tsx_node *object, uint32_t start, bool optional) {
    tsx_node *index = climb_assignment(self);
    if (!take_token(self, "]")) return fail(self);
    tsx_index_node *node = NEW(self->p, index, INDEX, span_from(self, start));
    node->object = object;
    node->index = index;
    if (optional) node->base.flags |= TSX_F_OPTIONAL_LINK;
    return &node->base;
}

/* `(...)`, or a template after a tag. */
static tsx_node *climb_call(spine *self, tsx_node *callee, tsx_list type_arguments, uint32_t start,
                            bool optional) {
    parser *p = self->p;
    const kid *next = &self->items[self->at++];
    if (next->type == N_template_string) {
        tsx_tagged_template_node *tagged = NEW(p, tagged_template, TAGGED_TEMPLATE, span_from(self, start));
        tagged->tag = callee;
        tagged->type_arguments = type_arguments;
        tagged->template = lower_tagged_template(p, next->node);
        return &tagged->base;
    }
    tsx_call_node *call = NEW(p, call, CALL, span_from(self, start));
    call->callee = callee;
    call->type_arguments = type_arguments;
    call->arguments = lower_arguments(p, next->node);
    if (optional) call->base.flags |= TSX_F_OPTIONAL_LINK;
    return &call->base;
}

static tsx_node *make_wrapper(spine *self, tsx_kind kind, tsx_node *inner, uint32_t start) {
    tsx_node *node = new_node(self->p, kind, span_from(self, start));
    if (kind == TSX_NODE_NON_NULL)
        tsx_as_non_null(node)->expression = inner;
    else
        tsx_as_optional_chain(node)->expression = inner;
    return node;
}

static bool peek_call(const spine *self) {
    return peek_type(self, N_arguments) || peek_type(self, N_template_string);
}

/* After <T>: a call, or an instantiation f<T>. */
static tsx_node *climb_type_arguments(spine *self, tsx_node *callee, uint32_t start, bool optional) {
    tsx_list types = lower_type_arguments(self->p, &self->items[self->at++]);
    if (peek_call(self)) return climb_call(self, callee, types, start, optional);
    tsx_instantiation_node *node = NEW(self->p, instantiation, INSTANTIATION, span_from(self, start));
    node->expression = callee;
    node->type_arguments = types;
    return &node->base;
}

static tsx_node *climb_optional_link(spine *self, tsx_node *object, uint32_t start) {
    self->at++;
    if (take_token(self, "[")) return climb_index(self, object, start, true);
    if (peek_type(self, N_type_arguments)) return climb_type_arguments(self, object, start, true);
    if (peek_type(self, N_template_string)) {
        tsx_report(self->p->session, TSX_C0037, kid_span(self->p, peek(self)), "as the tag of a template");
        return climb_call(self, object, (tsx_list){NULL, 0}, start, false);
    }
    if (peek_type(self, N_arguments)) return climb_call(self, object, (tsx_list){NULL, 0}, start, true);
    return climb_member(self, object, start, true);
}

static bool is_optional_link(const kid *next) {
    return next->type == N_optional_chain || is_token(next, "?.");
}

static tsx_node *climb_new(spine *self);

/* The links of a member expression or call. Inside `new` (`members_only`) calls and `?.` do not belong to it.
 */
static tsx_node *climb_links(spine *self, tsx_node *left, uint32_t start, bool members_only) {
    bool in_chain = false;
    int levels = 0;
    for (const kid *next; (next = peek(self)) != NULL && !self->failed;) {
        if (!grow(self, &levels)) return fail_too_deep(self, left);
        if (is_optional_link(next)) {
            if (members_only) {
                tsx_report(self->p->session, TSX_C0037, kid_span(self->p, next), "after 'new'");
                return fail_too_deep(self, left);
            }
            in_chain = true;
            left = climb_optional_link(self, left, start);
        } else if (take_token(self, ".")) {
            left = climb_member(self, left, start, false);
        } else if (take_token(self, "[")) {
            left = climb_index(self, left, start, false);
        } else if (take_token(self, "!")) {
            left = make_wrapper(self, TSX_NODE_NON_NULL, left, start);
        } else if (next->type == N_template_string) {
            if (in_chain)
                tsx_report(self->p->session, TSX_C0037, kid_span(self->p, next), "as the tag of a template");
            left = climb_call(self, left, (tsx_list){NULL, 0}, start, false);
        } else if (next->type == N_type_arguments && !members_only) {
            left = climb_type_arguments(self, left, start, false);
        } else if (next->type == N_arguments && !members_only) {
            left = climb_call(self, left, (tsx_list){NULL, 0}, start, false);
        } else {
            break;
        }
    }
    return in_chain ? make_wrapper(self, TSX_NODE_OPTIONAL_CHAIN, left, start) : left;
}

static void check_super(spine *self, tsx_node *operand) {
    if (operand->kind != TSX_NODE_SUPER) return;
    const context *around = &self->p->context;
    bool is_call = peek_type(self, N_arguments);
    bool is_property = peek_token(self, ".") || peek_token(self, "[");
    if ((is_call && around->super_call) || (is_property && around->super_property)) return;
    tsx_report(self->p->session, TSX_C0023, operand->span);
}

/* `new` callee arguments?; what follows is a chain on the made object. */
static tsx_node *climb_new(spine *self) {
    uint32_t start = self->items[self->at++].start;
    uint32_t callee_start = self->at < self->count ? self->items[self->at].start : start;
    tsx_node *callee;
    if (!enter_level(self->p, (tsx_span){self->p->file, start, start + 3}))
        return fail_too_deep(self, error_node(self->p, (tsx_span){self->p->file, start, start + 3}));
    callee = peek_token(self, "new") ? climb_new(self) : climb_operand(self);
    leave_level(self->p);
    check_super(self, callee);
    callee = climb_links(self, callee, callee_start, true);
    tsx_list types = {NULL, 0}, arguments = {NULL, 0};
    if (peek_type(self, N_type_arguments)) types = lower_type_arguments(self->p, &self->items[self->at++]);
    if (peek_type(self, N_arguments)) arguments = lower_arguments(self->p, self->items[self->at++].node);
    tsx_new_node *node = NEW(self->p, new, NEW, span_from(self, start));
    node->callee = callee;
    node->type_arguments = types;
    node->arguments = arguments;
    return &node->base;
}

static tsx_node *climb_chain(spine *self) {
    const kid *first = peek(self);
    if (first == NULL) return fail(self);
    uint32_t start = first->start;
    tsx_node *left = peek_token(self, "new") ? climb_new(self) : climb_operand(self);
    check_super(self, left);
    return climb_links(self, left, start, false);
}

/* ---- unary operators */

static tsx_node *climb_postfix(spine *self) {
    uint32_t start = peek(self) != NULL ? peek(self)->start : 0;
    tsx_node *operand = climb_chain(self);
    if (!peek_token(self, "++") && !peek_token(self, "--")) return operand;
    tsx_op op = peek_token(self, "++") ? TSX_OP_INCREMENT : TSX_OP_DECREMENT;
    self->at++;
    tsx_update_node *update = NEW(self->p, update, UPDATE, span_from(self, start));
    update->op = op;
    update->target = check_target(self->p, operand);
    return &update->base;
}

static bool unary_operator(const kid *next, tsx_op *op) {
    static const struct {
        const char *text;
        tsx_op op;
    } unary[] = {
        {"!", TSX_OP_NOT},         {"~", TSX_OP_BIT_NOT},     {"+", TSX_OP_PLUS},
        {"-", TSX_OP_MINUS},       {"typeof", TSX_OP_TYPEOF}, {"void", TSX_OP_VOID},
        {"delete", TSX_OP_DELETE}, {"++", TSX_OP_INCREMENT},  {"--", TSX_OP_DECREMENT},
    };
    if (next->type != N_TOKEN) return false;
    for (size_t i = 0; i < sizeof unary / sizeof unary[0]; i++) {
        if (strcmp(next->text, unary[i].text) != 0) continue;
        *op = unary[i].op;
        return true;
    }
    return false;
}

static tsx_node *make_unary(spine *self, tsx_op op, tsx_node *operand, uint32_t start) {
    parser *p = self->p;
    if (op == TSX_OP_INCREMENT || op == TSX_OP_DECREMENT) {
        tsx_update_node *update = NEW(p, update, UPDATE, span_from(self, start));
        update->op = op;
        update->target = check_target(p, operand);
        update->base.flags |= TSX_F_PREFIX;
        return &update->base;
    }
    if (op == TSX_OP_DELETE) check_delete(p, operand);
    tsx_unary_node *unary = NEW(p, unary, UNARY, span_from(self, start));
    unary->op = op;
    unary->operand = operand;
    return &unary->base;
}

static tsx_node *climb_unary(spine *self) {
    const kid *next = peek(self);
    tsx_op op = TSX_OP_NOT;
    bool is_await = next != NULL && is_token(next, "await");
    if (next == NULL || (!is_await && !unary_operator(next, &op))) return climb_postfix(self);
    tsx_span token = kid_span(self->p, next);
    char written = self->p->text.bytes[token.start]; /* a sign may be masked as '~' (repair.c) */
    if (op == TSX_OP_BIT_NOT && written != '~') op = written == '-' ? TSX_OP_MINUS : TSX_OP_PLUS;
    self->at++;
    if (!enter_level(self->p, token)) return fail_too_deep(self, error_node(self->p, token));
    tsx_node *operand = climb_unary(self);
    leave_level(self->p);
    if (!is_await) return make_unary(self, op, operand, token.start);
    if (!self->p->context.awaits) tsx_report(self->p->session, TSX_C0017, token);
    tsx_await_node *await = NEW(self->p, await, AWAIT, span_from(self, token.start));
    await->argument = operand;
    return &await->base;
}

/* ---- as, satisfies */

/* `x as A` . `B`: the grammar ended the type too early. Folds what follows into it. */
static tsx_node *extend_type(spine *self, tsx_node *type) {
    parser *p = self->p;
    while (!self->failed && type->kind == TSX_NODE_TYPE_REF && peek_token(self, ".")) {
        self->at++;
        const kid *name = peek(self);
        if (name == NULL || name->type != N_property_identifier) return fail(self);
        self->at++;
        tsx_type_ref_node *reference = tsx_as_type_ref(type);
        tsx_qualified_name_node *qualified =
            NEW(p, qualified_name, QUALIFIED_NAME, span_from(self, type->span.start));
        qualified->left = reference->name;
        qualified->name = name_of(p, name);
        qualified->name_span = kid_span(p, name);
        reference->name = &qualified->base;
        type->span.end = end_of_last(self);
    }
    if (type->kind == TSX_NODE_TYPE_REF && peek_type(self, N_type_arguments)) {
        tsx_as_type_ref(type)->type_arguments = lower_type_arguments(p, &self->items[self->at++]);
        type->span.end = end_of_last(self);
    }
    while (!self->failed && take_token(self, "[")) {
        tsx_node *index = type_from_expression(p, climb_assignment(self));
        if (index == NULL || !take_token(self, "]")) return fail(self);
        tsx_type_indexed_node *indexed =
            NEW(p, type_indexed, TYPE_INDEXED, span_from(self, type->span.start));
        indexed->object = type;
        indexed->index = index;
        type = &indexed->base;
    }
    return type;
}

static tsx_node *join_types(spine *self, tsx_kind kind, tsx_node *left, tsx_node *right) {
    tsx_node *joined = new_node(self->p, kind, tsx_span_join(left->span, right->span));
    tsx_list *list = kind == TSX_NODE_TYPE_UNION ? &tsx_as_type_union(joined)->types
                                                 : &tsx_as_type_intersection(joined)->types;
    *list = list_new(self->p, 2);
    list_add(list, left);
    list_add(list, right);
    return joined;
}

/* `x as A.B | C & D`: likewise, the rest of a union or intersection was read as operators. Takes the
 * operators of one kind; the members of a union may be intersections. */
static tsx_node *extend_joined(spine *self, tsx_node *type, tsx_kind kind) {
    if (kind == TSX_NODE_TYPE_UNION) type = extend_joined(self, type, TSX_NODE_TYPE_INTERSECTION);
    while (!self->failed && take_token(self, kind == TSX_NODE_TYPE_UNION ? "|" : "&")) {
        tsx_node *other = type_from_expression(self->p, climb_chain(self));
        if (other == NULL) return fail(self);
        if (kind == TSX_NODE_TYPE_UNION) other = extend_joined(self, other, TSX_NODE_TYPE_INTERSECTION);
        type = join_types(self, kind, type, other);
    }
    return type;
}

static tsx_node *climb_as(spine *self, tsx_node *left, uint32_t start) {
    bool is_as = peek_token(self, "as");
    self->at++;
    if (peek(self) == NULL) return fail(self);
    tsx_node *type = lower_type(self->p, self->items[self->at++].node);
    type = extend_joined(self, extend_type(self, type), TSX_NODE_TYPE_UNION);
    tsx_node *node = new_node(self->p, is_as ? TSX_NODE_AS : TSX_NODE_SATISFIES, span_from(self, start));
    if (is_as) {
        tsx_as_as(node)->expression = left;
        tsx_as_as(node)->type = type;
    } else {
        tsx_as_satisfies(node)->expression = left;
        tsx_as_satisfies(node)->type = type;
    }
    return node;
}

/* ---- binary operators */

static bool binary_operator(const kid *next, tsx_op *op) {
    if (next->type != N_TOKEN) return false;
    for (int candidate = TSX_OP_COALESCE; candidate <= TSX_OP_POWER; candidate++) {
        if (strcmp(next->text, tsx_op_text((tsx_op)candidate)) != 0) continue;
        *op = (tsx_op)candidate;
        return true;
    }
    return false;
}

static tsx_node *make_binary(spine *self, tsx_op op, tsx_node *left, tsx_node *right, uint32_t start) {
    tsx_span span = span_from(self, start);
    if (op == TSX_OP_COALESCE || op == TSX_OP_OR || op == TSX_OP_AND) {
        tsx_logical_node *logical = NEW(self->p, logical, LOGICAL, span);
        logical->op = op;
        logical->left = left;
        logical->right = right;
        return &logical->base;
    }
    tsx_binary_node *binary = NEW(self->p, binary, BINARY, span);
    binary->op = op;
    binary->left = left;
    binary->right = right;
    return &binary->base;
}

/* Operators of at least this precedence. */
static tsx_node *climb_binary(spine *self, int lowest) {
    uint32_t start = peek(self) != NULL ? peek(self)->start : 0;
    tsx_node *left = climb_unary(self);
    int levels = 0;
    for (const kid *next; (next = peek(self)) != NULL && !self->failed;) {
        tsx_op op;
        tsx_span operator_span = kid_span(self->p, next);
        if (!grow(self, &levels)) return fail_too_deep(self, left);
        if (is_token(next, "as") || is_token(next, "satisfies")) {
            if (PRECEDENCE_AS < lowest) break;
            left = climb_as(self, left, start);
            continue;
        }
        if (!binary_operator(next, &op) || tsx_op_precedence(op) < lowest) break;
        self->at++;
        if (!enter_level(self->p, operator_span)) return fail_too_deep(self, left);
        /* ** is the only one that groups to the right */
        tsx_node *right = climb_binary(self, tsx_op_precedence(op) + (op == TSX_OP_POWER ? 0 : 1));
        leave_level(self->p);
        check_binary(self->p, op, left, right, operator_span);
        left = make_binary(self, op, left, right, start);
    }
    return left;
}

/* ---- assignment and conditional */

static bool assignment_operator(const kid *next, tsx_op *op) {
    if (next->type != N_TOKEN) return false;
    for (int candidate = TSX_OP_ASSIGN; candidate < TSX_OP_COUNT; candidate++) {
        if (strcmp(next->text, tsx_op_text((tsx_op)candidate)) != 0) continue;
        *op = (tsx_op)candidate;
        return true;
    }
    return false;
}

static tsx_node *climb_conditional(spine *self, tsx_node *test, uint32_t start) {
    self->at++;
    tsx_node *consequent = climb_assignment(self);
    if (!take_token(self, ":")) return fail(self);
    tsx_node *alternate = climb_assignment(self);
    tsx_conditional_node *node = NEW(self->p, conditional, CONDITIONAL, span_from(self, start));
    node->test = test;
    node->consequent = consequent;
    node->alternate = alternate;
    return &node->base;
}

static tsx_node *climb_assignment(spine *self) {
    const kid *first = peek(self);
    if (first == NULL) return fail(self);
    uint32_t start = first->start;
    tsx_span place = kid_span(self->p, first);
    if (is_token(first, "using")) {
        tsx_report(self->p->session, TSX_C1011, place);
        return fail_too_deep(self, error_node(self->p, place));
    }
    if (!enter_level(self->p, place)) return fail_too_deep(self, error_node(self->p, place));
    tsx_node *left = climb_binary(self, PRECEDENCE_LOWEST);
    tsx_op op;
    const kid *next = peek(self);
    if (next != NULL && is_token(next, "?")) {
        left = climb_conditional(self, left, start);
    } else if (next != NULL && assignment_operator(next, &op)) {
        self->at++;
        bool is_pattern = left->kind == TSX_NODE_OBJECT_PATTERN || left->kind == TSX_NODE_ARRAY_PATTERN;
        if (op != TSX_OP_ASSIGN && is_pattern) tsx_report(self->p->session, TSX_C0025, left->span);
        left = check_target(self->p, left);
        tsx_node *value = climb_assignment(self);
        tsx_assign_node *assign = NEW(self->p, assign, ASSIGN, span_from(self, start));
        assign->op = op;
        assign->target = left;
        assign->value = value;
        left = &assign->base;
    }
    leave_level(self->p);
    return left;
}

tsx_node *lower_spine(parser *p, TSNode node) {
    spine self = {p, NULL, 0, 0, false};
    flatten(&self, node);
    if (self.count == 0) return error_node(p, span_of(p, node));
    tsx_node *lowered = climb_assignment(&self);
    if (self.at < self.count && !self.failed) fail(&self);
    return lowered;
}
