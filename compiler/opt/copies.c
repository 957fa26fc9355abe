#include "opt/optimise.h"

/* How often each register is read and written. */
typedef struct counts {
    uint32_t *reads, *writes;
} counts;

static void count(const ir_function *function, counts *into) {
    for (size_t i = 0; i < function->code.length; i++) {
        const ir_inst *inst = &function->code.items[i];
        if (inst->result != IR_NONE && inst->op != IR_CELL) into->writes[inst->result]++;
        for (uint32_t j = 0; j < IR_OPERANDS_MAX; j++) {
            if (inst->operands[j].kind == IR_REGISTER) into->reads[inst->operands[j].index]++;
        }
        for (uint32_t j = 0; j < inst->list_count; j++) {
            if (inst->list[j].kind != IR_REGISTER) continue;
            if (inst->op == IR_TAKE) into->writes[inst->list[j].index]++;
            else into->reads[inst->list[j].index]++;
        }
    }
}

/* The next instruction copies the temporary that this one makes, and nobody else reads it. */
static bool is_fusible(const ir_function *function, const counts *known, size_t at) {
    if (at + 1 >= function->code.length) return false;
    const ir_inst *inst = &function->code.items[at], *copy = inst + 1;
    if (inst->result == IR_NONE || inst->op == IR_CELL || inst->op == IR_NEXT) return false;
    if (copy->op != IR_COPY || copy->operands[0].kind != IR_REGISTER || copy->operands[0].index != inst->result) return false;
    if (known->reads[inst->result] != 1 || known->writes[inst->result] != 1) return false;
    /* A handler must find a variable as it was before: C assigns CR_EXCEPTION first. Nothing reads temporaries there. */
    bool can_be_seen = ir_can_throw(inst) && inst->handler != IR_NONE && function->registers.items[copy->result].name != NULL;
    return !can_be_seen || known->writes[copy->result] == 1;
}

/* Its result is not needed, and making it does nothing else. */
static bool is_idle(const ir_inst *inst, const counts *known) {
    if (inst->result == IR_NONE || inst->op == IR_CELL || known->reads[inst->result] != 0) return false;
    switch (inst->op) {
    case IR_COPY:
    case IR_PARAMETER:
    case IR_LOAD: return true;
    default: return ir_op_get(inst->op)->form == IR_FORM_PURE;
    }
}

void ir_fuse_copies(ir_module *self, ir_function *function) {
    (void)self;
    counts known = {mem_zeroed(function->registers.length + 1, sizeof(uint32_t)), mem_zeroed(function->registers.length + 1, sizeof(uint32_t))};
    count(function, &known);
    size_t kept = 0;
    for (size_t i = 0; i < function->code.length; i++) {
        ir_inst inst = function->code.items[i];
        if (is_fusible(function, &known, i)) {
            known.reads[inst.result]--;
            known.writes[inst.result]--;
            inst.result = function->code.items[++i].result;
        }
        if (is_idle(&inst, &known)) continue;
        bool is_ignored = ir_op_get(inst.op)->form == IR_FORM_VALUE && inst.result != IR_NONE && known.reads[inst.result] == 0;
        if (is_ignored) inst.result = IR_NONE;
        function->code.items[kept++] = inst;
    }
    function->code.length = kept;
    mem_free(known.reads);
    mem_free(known.writes);
}
