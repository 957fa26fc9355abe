#include "base/bug.h"
#include "opt/optimise.h"

/* What is known of a register. */
typedef struct lifetime {
    size_t last;    /* the instruction that reads it last */
    uint32_t block; /* where it is assigned */
    uint32_t writes;
    bool is_local; /* a temporary, assigned once and read only in the same block */
    uint32_t place; /* the register that it becomes; IR_NONE: none yet */
} lifetime;

typedef struct sharing {
    ir_function *function;
    lifetime *lives;
    VEC(uint32_t) free;
} sharing;

static void note_read(sharing *self, ir_operand operand, size_t at, uint32_t block) {
    if (operand.kind != IR_REGISTER) return;
    lifetime *life = &self->lives[operand.index];
    life->last = at;
    if (life->block != block || life->writes == 0) life->is_local = false;
}

static void note_write(sharing *self, uint32_t index, uint32_t block) {
    lifetime *life = &self->lives[index];
    if (life->writes++ != 0) life->is_local = false;
    life->block = block;
}

static void find_lifetimes(sharing *self) {
    ir_function *function = self->function;
    for (size_t i = 0; i < function->registers.length; i++) {
        self->lives[i] = (lifetime){.is_local = function->registers.items[i].name == NULL, .place = IR_NONE};
    }
    uint32_t block = 0;
    for (size_t i = 0; i < function->code.length; i++) {
        const ir_inst *inst = &function->code.items[i];
        if (inst->op == IR_LABEL) block++;
        for (uint32_t j = 0; j < IR_OPERANDS_MAX; j++) note_read(self, inst->operands[j], i, block);
        for (uint32_t j = 0; inst->op != IR_TAKE && j < inst->list_count; j++) note_read(self, inst->list[j], i, block);
        for (uint32_t j = 0; inst->op == IR_TAKE && j < inst->list_count; j++) note_write(self, inst->list[j].index, block);
        if (inst->result != IR_NONE && inst->op != IR_CELL) note_write(self, inst->result, block);
    }
}

/* Renames a register that is read, and gives its place back after its last use. */
static void rename_read(sharing *self, ir_operand *operand, size_t at) {
    if (operand->kind != IR_REGISTER) return;
    lifetime *life = &self->lives[operand->index];
    if (!life->is_local) return;
    MUST(life->place != IR_NONE);
    operand->index = life->place;
    if (life->last != at) return;
    life->last = SIZE_MAX; /* an operand that stands twice gives its place back once */
    VEC_PUSH(&self->free, life->place);
}

static uint32_t rename_write(sharing *self, uint32_t index) {
    lifetime *life = &self->lives[index];
    if (!life->is_local) return index;
    life->place = self->free.length != 0 ? VEC_POP(&self->free) : index;
    return life->place;
}

static void rename_all(sharing *self) {
    ir_function *function = self->function;
    for (size_t i = 0; i < function->code.length; i++) {
        ir_inst *inst = &function->code.items[i];
        for (uint32_t j = 0; j < IR_OPERANDS_MAX; j++) rename_read(self, &inst->operands[j], i);
        for (uint32_t j = 0; inst->op != IR_TAKE && j < inst->list_count; j++) rename_read(self, &inst->list[j], i);
        for (uint32_t j = 0; inst->op == IR_TAKE && j < inst->list_count; j++) {
            inst->list[j].index = rename_write(self, inst->list[j].index);
        }
        if (inst->result != IR_NONE && inst->op != IR_CELL) inst->result = rename_write(self, inst->result);
    }
}

void ir_share_registers(ir_module *self, ir_function *function) {
    (void)self;
    sharing state = {.function = function, .lives = mem_zeroed(function->registers.length + 1, sizeof(lifetime))};
    find_lifetimes(&state);
    rename_all(&state);
    VEC_RELEASE(&state.free);
    mem_free(state.lives);
}
