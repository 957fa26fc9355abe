/* Loops, and leaving them: break, continue, return. */
#include "opt/lowering.h"

/* ---- constructs that can be left ----------------------------------------------------------------------- */

void push_exit(lowering *self, exit_point *point, exit_kind kind) {
    memset(point, 0, sizeof *point);
    point->kind = kind;
    point->outer = self->frame->exits;
    point->handler = self->frame->handler;
    point->break_label = point->continue_label = point->finally_label = point->iterator = IR_NONE;
    if (kind != EXIT_FINALLY) {
        point->break_label = new_label(self);
        if (kind == EXIT_LOOP) point->continue_label = new_label(self);
        memcpy(point->labels, self->pending_labels, sizeof point->labels);
        point->label_count = self->pending_label_count;
        self->pending_label_count = 0;
    }
    self->frame->exits = point;
}

void pop_exit(lowering *self, exit_point *point) {
    MUST(self->frame->exits == point);
    self->frame->exits = point->outer;
    VEC_RELEASE(&point->waiting);
}

static bool is_named(const exit_point *point, const tsx_name *label) {
    for (uint32_t i = 0; i < point->label_count; i++) {
        if (point->labels[i] == label) return true;
    }
    return false;
}

static void close_iterator(lowering *self, uint32_t iterator) {
    ir_operand address = {IR_ITERATOR, iterator};
    if (iterator != IR_NONE) emit_status(self, IR_ITERATOR_CLOSE, tsx_no_span, address, ir_nothing, ir_nothing);
}

static void wait_for_finally(lowering *self, exit_point *finally, completion what, ir_operand returned) {
    VEC_PUSH(&finally->waiting, what);
    if (what.kind == COMPLETION_RETURN) emit_copy(self, finally->returned, returned);
    /* 0 is falling through, 1 an exception */
    emit_copy(self, finally->state, ir_number(self->ir, (double)finally->waiting.length + 1));
    emit_jump(self, finally->finally_label);
}

/* Exceptions of closing an iterator go to the handlers outside of its loop. */
void emit_completion(lowering *self, exit_point *from, completion what, ir_operand returned) {
    uint32_t handler = self->frame->handler;
    exit_point *point = from;
    for (; point != NULL && point != what.stop && point->kind != EXIT_FINALLY; point = point->outer) {
        self->frame->handler = point->handler;
        close_iterator(self, point->iterator);
    }
    if (point != NULL && point != what.stop) {
        wait_for_finally(self, point, what, returned);
    } else if (what.kind == COMPLETION_RETURN) {
        emit(self, IR_RETURN, tsx_no_span)->operands[0] = returned;
    } else if (what.kind == COMPLETION_CONTINUE) {
        emit_jump(self, what.stop->continue_label);
    } else {
        self->frame->handler = what.stop->handler;
        close_iterator(self, what.stop->iterator);
        emit_jump(self, what.stop->break_label);
    }
    self->frame->handler = handler;
}

static bool is_target(const exit_point *point, const tsx_name *label, bool is_continue) {
    if (point->kind == EXIT_FINALLY || (is_continue && point->kind != EXIT_LOOP)) return false;
    return label != NULL ? is_named(point, label) : point->kind != EXIT_BLOCK;
}

static void leave(lowering *self, const tsx_node *node, const tsx_name *label, bool is_continue) {
    const exit_point *point = self->frame->exits;
    while (point != NULL && !is_target(point, label, is_continue)) point = point->outer;
    if (point == NULL) {
        unsupported(self, node, "a jump to nowhere");
        return;
    }
    completion what = {is_continue ? COMPLETION_CONTINUE : COMPLETION_BREAK, point};
    emit_completion(self, self->frame->exits, what, ir_nothing);
}

void visit_break(lowering *self, tsx_node *node) { leave(self, node, tsx_as_break(node)->label, false); }
void visit_continue(lowering *self, tsx_node *node) { leave(self, node, tsx_as_continue(node)->label, true); }

void visit_return(lowering *self, tsx_node *node) {
    tsx_node *argument = tsx_as_return(node)->argument;
    ir_operand value = argument != NULL ? visit_expression(self, argument) : ir_undefined(self->ir);
    if (argument == NULL && self->frame->derived != NULL) value = (ir_operand){IR_THIS, 0};
    completion what = {COMPLETION_RETURN, NULL};
    emit_completion(self, self->frame->exits, what, value);
}

/* ---- loops --------------------------------------------------------------------------------------------- */

void visit_while(lowering *self, tsx_node *node) {
    tsx_while_node *loop = tsx_as_while(node);
    exit_point here;
    push_exit(self, &here, EXIT_LOOP);
    place_label(self, here.continue_label);
    visit_condition(self, loop->test, false, here.break_label);
    visit_statement(self, loop->body);
    emit_jump(self, here.continue_label);
    place_label(self, here.break_label);
    pop_exit(self, &here);
}

void visit_do_while(lowering *self, tsx_node *node) {
    tsx_do_while_node *loop = tsx_as_do_while(node);
    exit_point here;
    push_exit(self, &here, EXIT_LOOP);
    uint32_t again = new_label(self);
    place_label(self, again);
    visit_statement(self, loop->body);
    place_label(self, here.continue_label);
    visit_condition(self, loop->test, true, again);
    place_label(self, here.break_label);
    pop_exit(self, &here);
}

/* A fresh cell for each variable of the loop's head that a closure holds, with the value of the old one. */
static void renew_cells(lowering *self, const tsx_scope *scope) {
    for (size_t i = 0; scope != NULL && i < scope->symbols.length; i++) {
        tsx_symbol *symbol = scope->symbols.items[i];
        ir_operand place = self->storage[symbol->number];
        if (!symbol->is_captured || place.kind != IR_CELL_REGISTER) continue;
        ir_operand value = emit_unary(self, IR_LOAD, tsx_no_span, place);
        ir_inst *cell = emit(self, IR_CELL, tsx_no_span);
        cell->result = place.index;
        cell->operands[0] = value;
    }
}

void visit_for(lowering *self, tsx_node *node) {
    tsx_for_node *loop = tsx_as_for(node);
    exit_point here;
    push_exit(self, &here, EXIT_LOOP);
    enter_scope(self, loop->scope, NULL);
    if (loop->initializer != NULL && loop->initializer->kind == TSX_NODE_VARIABLES) visit_variables(self, loop->initializer);
    else if (loop->initializer != NULL) visit_expression(self, loop->initializer);
    uint32_t again = new_label(self);
    renew_cells(self, loop->scope);
    place_label(self, again);
    if (loop->test != NULL) visit_condition(self, loop->test, false, here.break_label);
    visit_statement(self, loop->body);
    place_label(self, here.continue_label);
    renew_cells(self, loop->scope);
    if (loop->update != NULL) visit_expression(self, loop->update);
    emit_jump(self, again);
    place_label(self, here.break_label);
    pop_exit(self, &here);
}

/* Gives the value of one round to the head of for-of or for-in. */
static void bind_head(lowering *self, tsx_node *left, ir_operand value) {
    if (left->kind == TSX_NODE_VARIABLES) {
        tsx_declarator_node *declarator = tsx_as_declarator(tsx_as_variables(left)->declarators.items[0]);
        visit_pattern(self, declarator->pattern, value, true, ".for");
    } else {
        visit_pattern(self, left, value, false, ".for");
    }
}

/* for (head of iterable) body; the iterator is closed when the loop is left early. */
static void visit_rounds(lowering *self, tsx_node *left, ir_operand iterable, tsx_node *body, const tsx_scope *scope, tsx_span span,
                         const char *text) {
    uint32_t iterator = self->frame->ir->iterator_count++, outer = self->frame->handler;
    ir_operand address = {IR_ITERATOR, iterator};
    exit_point here;
    push_exit(self, &here, EXIT_LOOP);
    emit_status(self, IR_ITERATE, span, address, iterable, ir_nothing);
    VEC_LAST(&self->frame->ir->code).text = text;
    uint32_t ended = new_label(self), failed = new_label(self);
    place_label(self, here.continue_label);
    ir_operand value = new_register(self, NULL);
    ir_inst *next = emit(self, IR_NEXT, span);
    next->result = value.index;
    next->operands[0] = address;
    next->label = ended;
    here.iterator = iterator;
    self->frame->handler = failed;
    enter_scope(self, scope, NULL);
    bind_head(self, left, value);
    visit_statement(self, body);
    self->frame->handler = outer;
    emit_jump(self, here.continue_label);
    place_label(self, failed);
    close_after_throw(self, iterator, span);
    place_label(self, ended);
    place_label(self, here.break_label);
    pop_exit(self, &here);
}

void visit_for_of(lowering *self, tsx_node *node) {
    tsx_for_of_node *loop = tsx_as_for_of(node);
    if (tsx_has(node, TSX_F_AWAIT_MARK)) {
        unsupported(self, node, "'for await'");
        return;
    }
    ir_operand iterable = visit_expression(self, loop->right);
    visit_rounds(self, loop->left, iterable, loop->body, loop->scope, loop->right->span, iterable_text(self, loop->right));
}

void visit_for_in(lowering *self, tsx_node *node) {
    tsx_for_in_node *loop = tsx_as_for_in(node);
    ir_operand object = visit_expression(self, loop->right);
    ir_operand keys = emit_unary(self, IR_FOR_IN_KEYS, loop->right->span, object);
    visit_rounds(self, loop->left, keys, loop->body, loop->scope, loop->right->span, "");
}
