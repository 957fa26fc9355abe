#include "opt/optimise.h"

/* 1: the jump is always taken; 0: never; -1: it depends. */
static int decide(const ir_module *self, const ir_inst *inst) {
    const ir_constant *a = ir_constant_at(self, inst->operands[0]), *b = ir_constant_at(self, inst->operands[1]);
    if (inst->op == IR_JUMP) return 1;
    if (a == NULL) return -1;
    bool nullish = a->kind == IR_CONST_UNDEFINED || a->kind == IR_CONST_NULL;
    bool truthy = !nullish && a->kind != IR_CONST_FALSE;
    if (a->kind == IR_CONST_NUMBER) truthy = a->number == a->number && a->number != 0;
    if (a->kind == IR_CONST_STRING) truthy = self->strings.items[a->index].length != 0;
    switch (inst->op) {
    case IR_JUMP_IF: return truthy;
    case IR_JUMP_UNLESS: return !truthy;
    case IR_JUMP_NULLISH: return nullish;
    case IR_JUMP_PRESENT: return !nullish;
    case IR_JUMP_SAME: return b == NULL ? -1 : a == b;
    case IR_JUMP_OTHER: return b == NULL ? -1 : a != b;
    default: return -1;
    }
}

static void decide_branches(ir_module *self, ir_function *function) {
    size_t kept = 0;
    for (size_t i = 0; i < function->code.length; i++) {
        ir_inst inst = function->code.items[i];
        if (ir_op_get(inst.op)->form == IR_FORM_JUMP) {
            int taken = decide(self, &inst);
            if (taken == 0) continue;
            if (taken == 1) {
                inst.op = IR_JUMP;
                memset(inst.operands, 0, sizeof inst.operands);
            }
        }
        function->code.items[kept++] = inst;
    }
    function->code.length = kept;
}

/* Marks what can be reached, from the start and along jumps and handlers. */
static void mark(const ir_function *function, bool *reached) {
    size_t count = function->code.length;
    size_t *place = mem_zeroed(function->label_count + 1, sizeof *place);
    for (size_t i = 0; i < count; i++) {
        if (function->code.items[i].op == IR_LABEL) place[function->code.items[i].label] = i;
    }
    VEC(size_t) open = {0};
    VEC_PUSH(&open, 0);
    while (open.length != 0) {
        for (size_t i = VEC_POP(&open); i < count && !reached[i]; i++) {
            const ir_inst *inst = &function->code.items[i];
            reached[i] = true;
            if (ir_is_jump(inst->op)) VEC_PUSH(&open, place[inst->label]);
            if (ir_can_throw(inst) && inst->handler != IR_NONE) VEC_PUSH(&open, place[inst->handler]);
            if (ir_ends_block(inst->op)) break;
        }
    }
    VEC_RELEASE(&open);
    mem_free(place);
}

static void keep_reached(ir_function *function, const bool *reached) {
    size_t kept = 0;
    for (size_t i = 0; i < function->code.length; i++) {
        if (reached[i]) function->code.items[kept++] = function->code.items[i];
    }
    function->code.length = kept;
}

/* True if the code after `at` begins with the label, perhaps after others. */
static bool is_next(const ir_function *function, size_t at, uint32_t label) {
    for (size_t i = at + 1; i < function->code.length && function->code.items[i].op == IR_LABEL; i++) {
        if (function->code.items[i].label == label) return true;
    }
    return false;
}

static void drop_jumps_to_next(ir_function *function) {
    bool *keep = mem_zeroed(function->code.length + 1, sizeof *keep);
    for (size_t i = 0; i < function->code.length; i++) {
        const ir_inst *inst = &function->code.items[i];
        keep[i] = inst->op != IR_JUMP || !is_next(function, i, inst->label);
    }
    keep_reached(function, keep);
    mem_free(keep);
}

static void drop_unused_labels(ir_function *function) {
    bool *used = mem_zeroed(function->label_count + 1, sizeof *used);
    bool *keep = mem_zeroed(function->code.length + 1, sizeof *keep);
    for (size_t i = 0; i < function->code.length; i++) {
        const ir_inst *inst = &function->code.items[i];
        if (ir_is_jump(inst->op)) used[inst->label] = true;
        if (ir_can_throw(inst) && inst->handler != IR_NONE) used[inst->handler] = true;
    }
    for (size_t i = 0; i < function->code.length; i++) {
        const ir_inst *inst = &function->code.items[i];
        keep[i] = inst->op != IR_LABEL || used[inst->label];
    }
    keep_reached(function, keep);
    mem_free(keep);
    mem_free(used);
}

void ir_remove_unreachable(ir_module *self, ir_function *function) {
    decide_branches(self, function);
    bool *reached = mem_zeroed(function->code.length + 1, sizeof *reached);
    mark(function, reached);
    keep_reached(function, reached);
    mem_free(reached);
    drop_jumps_to_next(function);
    drop_unused_labels(function);
}
