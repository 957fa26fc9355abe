/* try, catch, finally.
 *
 * A finally block is lowered once. Everything that reaches it says in a register how it came: 0 fell through,
 * 1 threw, n + 2 is the n-th jump or return that waits. After the block that is carried on, unless the block
 * itself left by another way, which then counts. */
#include "opt/lowering.h"

static void visit_catch(lowering *self, tsx_node *node) {
    tsx_catch_node *clause = tsx_as_catch(node);
    ir_operand exception = emit_value(self, IR_CATCH, node->span, ir_nothing, ir_nothing, ir_nothing);
    enter_scope(self, clause->scope, NULL);
    if (clause->parameter != NULL) visit_pattern(self, clause->parameter, exception, true, ".catch");
    visit_block(self, clause->body);
}

/* The block with its catch clause, if it has one. */
static void visit_protected(lowering *self, tsx_try_node *statement) {
    if (statement->handler == NULL) {
        visit_block(self, statement->block);
        return;
    }
    uint32_t outer = self->frame->handler, caught = new_label(self), end = new_label(self);
    self->frame->handler = caught;
    visit_block(self, statement->block);
    self->frame->handler = outer;
    emit_jump(self, end);
    place_label(self, caught);
    visit_catch(self, statement->handler);
    place_label(self, end);
}

void visit_try(lowering *self, tsx_node *node) {
    tsx_try_node *statement = tsx_as_try(node);
    if (statement->finalizer == NULL) {
        visit_protected(self, statement);
        return;
    }
    exit_point here;
    push_exit(self, &here, EXIT_FINALLY);
    uint32_t outer = self->frame->handler, threw = new_label(self);
    ir_operand state = new_register(self, NULL), returned = new_register(self, NULL);
    ir_operand pending = {IR_PENDING, self->frame->ir->pending_count++};
    here.finally_label = new_label(self);
    here.state = state.index;
    here.returned = returned.index;
    emit_copy(self, returned.index, ir_undefined(self->ir));
    self->frame->handler = threw;
    visit_protected(self, statement);
    self->frame->handler = outer;
    self->frame->exits = here.outer;
    emit_copy(self, state.index, ir_number(self->ir, 0));
    emit_jump(self, here.finally_label);
    place_label(self, threw);
    emit_copy(self, state.index, ir_number(self->ir, 1));
    place_label(self, here.finally_label);
    emit_status(self, IR_PENDING_SAVE, node->span, pending, ir_nothing, ir_nothing);
    visit_block(self, statement->finalizer);
    uint32_t end = new_label(self);
    emit_branch(self, IR_JUMP_SAME, state, ir_number(self->ir, 0), end);
    for (size_t i = 0; i < here.waiting.length; i++) {
        uint32_t next = new_label(self);
        emit_branch(self, IR_JUMP_OTHER, state, ir_number(self->ir, (double)i + 2), next);
        emit_completion(self, here.outer, here.waiting.items[i], returned);
        place_label(self, next);
    }
    emit_status(self, IR_PENDING_RESTORE, node->span, pending, ir_nothing, ir_nothing);
    emit(self, IR_RAISE, node->span);
    place_label(self, end);
    VEC_RELEASE(&here.waiting);
}
