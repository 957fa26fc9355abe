/* parse/statements.c: statements and declarations of variables. Modules are in modules.c. */
#include "parse/lower.h"

tsx_list lower_statements(parser *p, const kids *all, uint32_t first) {
    tsx_list list = list_new(p, all->count);
    for (uint32_t i = first; i < all->count; i++) {
        if (all->items[i].type != N_TOKEN) list_add(&list, lower_statement(p, all->items[i].node));
    }
    return list;
}

tsx_node *lower_block(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_block_node *block = NEW(p, block, BLOCK, span_of(p, node));
    bool top_level = p->context.top_level;
    p->context.top_level = false;
    block->body = lower_statements(p, &all, 0);
    p->context.top_level = top_level;
    return &block->base;
}

tsx_node *lower_empty(parser *p, TSNode node) { return new_node(p, TSX_NODE_EMPTY, span_of(p, node)); }
tsx_node *lower_debugger(parser *p, TSNode node) { return new_node(p, TSX_NODE_DEBUGGER, span_of(p, node)); }

tsx_node *lower_expression_statement(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    if (all.items[0].type == N_internal_module) return lower_statement(p, all.items[0].node);
    tsx_expression_stmt_node *statement = NEW(p, expression_stmt, EXPRESSION_STMT, span_of(p, node));
    /* No expression statement starts with a brace: what the grammar took for one is a block and a mistake. */
    if (p->text.bytes[statement->base.span.start] == '{') return unexpected_node(p, &all.items[0]);
    statement->expression = lower_expression(p, all.items[0].node);
    if (statement->expression->kind == TSX_NODE_STRING &&
        !tsx_has(statement->expression, TSX_F_PARENTHESIZED))
        statement->base.flags |= TSX_F_DIRECTIVE;
    return &statement->base;
}

/* The statement of an `if`, loop or label, where no declaration may stand alone. */
static tsx_node *lower_embedded(parser *p, const kid *self) {
    bool top_level = p->context.top_level;
    p->context.top_level = false;
    tsx_node *statement = lower_statement(p, self->node);
    p->context.top_level = top_level;
    bool is_lexical = statement->kind == TSX_NODE_VARIABLES && !tsx_has(statement, TSX_F_VAR);
    if (is_lexical || statement->kind == TSX_NODE_FUNCTION_DECL || statement->kind == TSX_NODE_CLASS_DECL ||
        statement->kind == TSX_NODE_TYPE_ALIAS_DECL || statement->kind == TSX_NODE_INTERFACE_DECL)
        tsx_report(p->session, TSX_C0024, statement->span);
    return statement;
}

/* ---- variables */

static void check_declarator(parser *p, const tsx_declarator_node *declarator, tsx_flags flags) {
    if (declarator->initializer != NULL || p->context.ambient) return;
    if (declarator->pattern->kind != TSX_NODE_BINDING)
        tsx_report(p->session, TSX_C0031, declarator->pattern->span);
    else if ((flags & TSX_F_CONST) != 0)
        tsx_report(p->session, TSX_C0011, declarator->pattern->span,
                   ((const tsx_binding_node *)declarator->pattern)->name->text.bytes);
}

static tsx_node *lower_declarator(parser *p, TSNode node, tsx_flags flags) {
    kids all = kids_of(p, node);
    tsx_declarator_node *declarator = NEW(p, declarator, DECLARATOR, span_of(p, node));
    declarator->pattern = lower_pattern(p, kid_of_field(&all, FIELD_name)->node, true);
    declarator->type = lower_annotation(p, kid_of_field(&all, FIELD_type));
    if (kid_of_token(&all, "!") != NULL) declarator->base.flags |= TSX_F_DEFINITE;
    const kid *value = kid_of_field(&all, FIELD_value);
    if (value != NULL) declarator->initializer = lower_expression(p, value->node);
    check_declarator(p, declarator, flags);
    return &declarator->base;
}

static tsx_flags variable_flag(const kid *self) {
    if (is_token(self, "const")) return TSX_F_CONST;
    return is_token(self, "let") ? TSX_F_LET : TSX_F_VAR;
}

tsx_node *lower_variables(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_variables_node *variables = NEW(p, variables, VARIABLES, span_of(p, node));
    variables->base.flags |= variable_flag(&all.items[0]);
    variables->declarators = list_new(p, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        if (all.items[i].type == N_variable_declarator)
            list_add(&variables->declarators, lower_declarator(p, all.items[i].node, variables->base.flags));
    }
    return &variables->base;
}

/* ---- branches */

tsx_node *lower_if(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_if_node *statement = NEW(p, if, IF, span_of(p, node));
    statement->test = lower_expression(p, kid_of_field(&all, FIELD_condition)->node);
    statement->consequent = lower_embedded(p, kid_of_field(&all, FIELD_consequence));
    const kid *alternative = kid_of_field(&all, FIELD_alternative);
    if (alternative != NULL) {
        kids clause = kids_of(p, alternative->node);
        statement->alternate = lower_embedded(p, &clause.items[clause.count - 1]);
    }
    return &statement->base;
}

static tsx_node *lower_case(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_case_node *clause = NEW(p, case, CASE, span_of(p, node));
    const kid *value = kid_of_field(&all, FIELD_value);
    if (value != NULL) clause->test = lower_expression(p, value->node);
    uint32_t first = 0;
    while (first < all.count && !is_token(&all.items[first], ":")) first++;
    clause->body = lower_statements(p, &all, first);
    return &clause->base;
}

tsx_node *lower_switch(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_switch_node *statement = NEW(p, switch, SWITCH, span_of(p, node));
    statement->discriminant = lower_expression(p, kid_of_field(&all, FIELD_value)->node);
    kids body = kids_of(p, kid_of_field(&all, FIELD_body)->node);
    statement->cases = list_new(p, body.count);
    bool top_level = p->context.top_level, has_default = false;
    p->context.top_level = false;
    p->context.breakables++;
    for (uint32_t i = 0; i < body.count; i++) {
        const kid *next = &body.items[i];
        if (next->type == N_TOKEN) continue;
        if (next->type == N_switch_default && has_default)
            tsx_report(p->session, TSX_C0038, kid_span(p, next));
        has_default |= next->type == N_switch_default;
        list_add(&statement->cases, lower_case(p, next->node));
    }
    p->context.breakables--;
    p->context.top_level = top_level;
    return &statement->base;
}

/* ---- loops */

static tsx_node *lower_loop_body(parser *p, const kid *self) {
    p->context.loops++;
    p->context.breakables++;
    tsx_node *body = lower_embedded(p, self);
    p->context.loops--;
    p->context.breakables--;
    return body;
}

/* A part of `for (;;)`: an expression, perhaps wrapped in a statement, or nothing. */
static tsx_node *lower_for_part(parser *p, const kid *self) {
    if (self == NULL || self->type == N_empty_statement || self->type == N_TOKEN) return NULL;
    if (self->type == N_lexical_declaration || self->type == N_variable_declaration)
        return lower_variables(p, self->node);
    if (self->type == N_expression_statement)
        return lower_expression(p, kids_of(p, self->node).items[0].node);
    return lower_expression(p, self->node);
}

tsx_node *lower_for(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_for_node *loop = NEW(p, for, FOR, span_of(p, node));
    loop->initializer = lower_for_part(p, kid_of_field(&all, FIELD_initializer));
    loop->test = lower_for_part(p, kid_of_field(&all, FIELD_condition));
    loop->update = lower_for_part(p, kid_of_field(&all, FIELD_increment));
    loop->body = lower_loop_body(p, kid_of_field(&all, FIELD_body));
    return &loop->base;
}

/* The declaration of a for-of or for-in loop, which the grammar keeps in pieces. */
static tsx_node *lower_loop_variable(parser *p, const kid *kind, const kid *left, const char *loop) {
    tsx_span span = {p->file, kind->start, left->end};
    tsx_variables_node *variables = NEW(p, variables, VARIABLES, span);
    variables->base.flags |= variable_flag(kind);
    tsx_declarator_node *declarator = NEW(p, declarator, DECLARATOR, kid_span(p, left));
    declarator->pattern = lower_pattern(p, left->node, true);
    variables->declarators = list_new(p, 1);
    list_add(&variables->declarators, &declarator->base);
    if (declarator->pattern->kind == TSX_NODE_ERROR)
        tsx_report(p->session, TSX_C0035, span, loop, "more than one name");
    return &variables->base;
}

tsx_node *lower_for_in(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    bool is_of = is_token(kid_of_field(&all, FIELD_operator), "of");
    const char *loop = is_of ? "for ... of" : "for ... in";
    const kid *kind = kid_of_field(&all, FIELD_kind), *left = kid_of_field(&all, FIELD_left);
    const kid *await = kid_of_token(&all, "await"), *value = kid_of_field(&all, FIELD_value);
    if (await != NULL) tsx_report(p->session, TSX_C1015, kid_span(p, await));
    if (value != NULL) tsx_report(p->session, TSX_C0035, kid_span(p, value), loop, "a value");
    tsx_node *target =
        kind != NULL ? lower_loop_variable(p, kind, left, loop) : lower_pattern(p, left->node, false);
    tsx_node *right = lower_expression(p, kid_of_field(&all, FIELD_right)->node);
    if (is_of && right->kind == TSX_NODE_SEQUENCE && !tsx_has(right, TSX_F_PARENTHESIZED))
        tsx_report(p->session, TSX_C0002, right->span, "one expression");
    tsx_node *body = lower_loop_body(p, kid_of_field(&all, FIELD_body));
    if (is_of) {
        tsx_for_of_node *statement = NEW(p, for_of, FOR_OF, span_of(p, node));
        statement->left = target;
        statement->right = right;
        statement->body = body;
        return &statement->base;
    }
    tsx_for_in_node *statement = NEW(p, for_in, FOR_IN, span_of(p, node));
    statement->left = target;
    statement->right = right;
    statement->body = body;
    return &statement->base;
}

tsx_node *lower_while(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_while_node *loop = NEW(p, while, WHILE, span_of(p, node));
    loop->test = lower_expression(p, kid_of_field(&all, FIELD_condition)->node);
    loop->body = lower_loop_body(p, kid_of_field(&all, FIELD_body));
    return &loop->base;
}

tsx_node *lower_do(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_do_while_node *loop = NEW(p, do_while, DO_WHILE, span_of(p, node));
    loop->body = lower_loop_body(p, kid_of_field(&all, FIELD_body));
    loop->test = lower_expression(p, kid_of_field(&all, FIELD_condition)->node);
    return &loop->base;
}

/* ---- jumps */

static const label_scope *find_label(const parser *p, const tsx_name *name) {
    const label_scope *scope = p->context.labels;
    while (scope != NULL && scope->name != name) scope = scope->outer;
    return scope;
}

/* The label of a `break` or `continue`, or NULL; checks that there is something to jump to. */
static const tsx_name *lower_jump(parser *p, TSNode node, bool is_continue) {
    kids all = kids_of(p, node);
    const kid *label = kid_of_field(&all, FIELD_label);
    if (label == NULL) {
        int targets = is_continue ? p->context.loops : p->context.breakables;
        if (targets == 0) tsx_report(p->session, is_continue ? TSX_C0020 : TSX_C0019, span_of(p, node));
        return NULL;
    }
    const tsx_name *name = name_of(p, label);
    const label_scope *scope = find_label(p, name);
    if (scope == NULL)
        tsx_report(p->session, TSX_C0021, kid_span(p, label), name->text.bytes);
    else if (is_continue && !scope->of_loop)
        tsx_report(p->session, TSX_C0020, span_of(p, node));
    return name;
}

tsx_node *lower_break(parser *p, TSNode node) {
    tsx_break_node *jump = NEW(p, break, BREAK, span_of(p, node));
    jump->label = lower_jump(p, node, false);
    return &jump->base;
}

tsx_node *lower_continue(parser *p, TSNode node) {
    tsx_continue_node *jump = NEW(p, continue, CONTINUE, span_of(p, node));
    jump->label = lower_jump(p, node, true);
    return &jump->base;
}

static bool is_loop(node_type type) {
    return type == N_for_statement || type == N_for_in_statement || type == N_while_statement ||
           type == N_do_statement;
}

tsx_node *lower_labeled(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    const kid *label = kid_of_field(&all, FIELD_label), *body = kid_of_field(&all, FIELD_body);
    tsx_labeled_node *labeled = NEW(p, labeled, LABELED, span_of(p, node));
    labeled->label = name_of(p, label);
    check_not_reserved(p, labeled->label, kid_span(p, label));
    if (find_label(p, labeled->label) != NULL)
        tsx_report(p->session, TSX_C0022, kid_span(p, label), labeled->label->text.bytes);
    label_scope scope = {labeled->label, is_loop(body->type), p->context.labels};
    p->context.labels = &scope;
    labeled->body = lower_embedded(p, body);
    p->context.labels = scope.outer;
    return &labeled->base;
}

/* The expression of `return x` and `throw x`, or NULL. */
static tsx_node *lower_argument(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    for (uint32_t i = 1; i < all.count; i++) {
        if (all.items[i].type != N_TOKEN) return lower_expression(p, all.items[i].node);
    }
    return NULL;
}

tsx_node *lower_return(parser *p, TSNode node) {
    tsx_return_node *statement = NEW(p, return, RETURN, span_of(p, node));
    if (!p->context.returns) tsx_report(p->session, TSX_C0018, statement->base.span);
    statement->argument = lower_argument(p, node);
    return &statement->base;
}

tsx_node *lower_throw(parser *p, TSNode node) {
    tsx_throw_node *statement = NEW(p, throw, THROW, span_of(p, node));
    statement->argument = lower_argument(p, node);
    uint32_t end = statement->base.span.start + 5;
    if (has_line_end(p, end, statement->argument->span.start))
        tsx_report(p->session, TSX_C0002, (tsx_span){p->file, end, end}, "expression on the line of 'throw'");
    return &statement->base;
}

/* ---- try */

static tsx_node *lower_catch(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_catch_node *handler = NEW(p, catch, CATCH, span_of(p, node));
    const kid *parameter = kid_of_field(&all, FIELD_parameter);
    if (parameter != NULL) handler->parameter = lower_pattern(p, parameter->node, true);
    handler->type = lower_annotation(p, kid_of_field(&all, FIELD_type));
    handler->body = lower_block(p, kid_of_field(&all, FIELD_body)->node);
    return &handler->base;
}

tsx_node *lower_try(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_try_node *statement = NEW(p, try, TRY, span_of(p, node));
    statement->block = lower_block(p, kid_of_field(&all, FIELD_body)->node);
    const kid *handler = kid_of_field(&all, FIELD_handler), *finalizer = kid_of_field(&all, FIELD_finalizer);
    if (handler != NULL) statement->handler = lower_catch(p, handler->node);
    if (finalizer != NULL) {
        kids clause = kids_of(p, finalizer->node);
        statement->finalizer = lower_block(p, kid_of_field(&clause, FIELD_body)->node);
    }
    if (handler == NULL && finalizer == NULL)
        tsx_report(p->session, TSX_C0036,
                   (tsx_span){p->file, statement->base.span.start, statement->base.span.start + 3});
    return &statement->base;
}
