#include "base/bug.h"
#include "opt/ir.h"

typedef struct verifier {
    const ir_module *module;
    const ir_function *function;
    const char *stage;
    bool *label_defined, *assigned;
} verifier;

static void fail(const verifier *self, size_t at, const char *what) {
    BUG("after %s: %s, instruction %zu (%s): %s", self->stage, self->function->c_name, at,
        ir_op_get(self->function->code.items[at].op)->name, what);
}

static void verify_operand(const verifier *self, size_t at, ir_operand operand) {
    size_t limit = SIZE_MAX;
    switch (operand.kind) {
    case IR_NOTHING: fail(self, at, "an operand is missing"); break;
    case IR_REGISTER: limit = self->function->registers.length; break;
    case IR_CONSTANT: limit = self->module->constants.length; break;
    case IR_VARIABLE: limit = self->module->variables.length; break;
    case IR_CELL_REGISTER: limit = self->function->cell_count; break;
    case IR_CAPTURE: limit = self->function->capture_count; break;
    case IR_ITERATOR: limit = self->function->iterator_count; break;
    case IR_PENDING: limit = self->function->pending_count; break;
    case IR_FUNCTION: limit = self->module->functions.length; break;
    case IR_THIS:
    case IR_SELF:
    case IR_IMMEDIATE: break;
    }
    if (operand.index >= limit) fail(self, at, "an operand is out of range");
    if (operand.kind == IR_REGISTER && !self->assigned[operand.index]) fail(self, at, "a register is read that nothing assigns");
}

static bool fits(const verifier *self, char letter, ir_operand operand) {
    ir_operand_kind kind = operand.kind;
    switch (letter) {
    case 'v':
        return kind == IR_REGISTER || kind == IR_CONSTANT || kind == IR_VARIABLE || kind == IR_THIS || kind == IR_SELF
            || kind == IR_CELL_REGISTER || kind == IR_CAPTURE;
    case 's': return kind == IR_CONSTANT && self->module->constants.items[operand.index].kind == IR_CONST_STRING;
    case 'i': return kind == IR_IMMEDIATE;
    case 'f': return kind == IR_FUNCTION;
    case 'I': return kind == IR_ITERATOR;
    case 'P': return kind == IR_PENDING;
    default: return false;
    }
}

static void verify_inst(const verifier *self, size_t at) {
    const ir_inst *inst = &self->function->code.items[at];
    uint32_t position = 0;
    for (const char *letter = ir_op_get(inst->op)->signature; *letter != '\0'; letter++) {
        if (*letter == 't' && inst->text == NULL) fail(self, at, "no text");
        if (*letter == 'k' && inst->list_count != 0 && inst->keys == NULL) fail(self, at, "no keys");
        if (strchr("tknSc", *letter) != NULL) continue;
        verify_operand(self, at, inst->operands[position]);
        if (!fits(self, *letter, inst->operands[position])) fail(self, at, "an operand is of the wrong kind");
        position++;
    }
    for (uint32_t i = 0; i < inst->list_count; i++) verify_operand(self, at, inst->list[i]);
    bool is_cell = inst->op == IR_CELL;
    if (inst->result != IR_NONE && inst->result >= (is_cell ? self->function->cell_count : self->function->registers.length)) {
        fail(self, at, "its result is out of range");
    }
    if (inst->label != IR_NONE && !self->label_defined[inst->label]) fail(self, at, "its label is nowhere");
    if (ir_is_jump(inst->op) && inst->label == IR_NONE) fail(self, at, "it has no label");
    if (ir_can_throw(inst) && inst->handler != IR_NONE && !self->label_defined[inst->handler]) fail(self, at, "its handler is nowhere");
}

static void collect(verifier *self, size_t at) {
    const ir_inst *inst = &self->function->code.items[at];
    if (inst->op == IR_LABEL) {
        if (inst->label >= self->function->label_count) fail(self, at, "an unknown label");
        if (self->label_defined[inst->label]) fail(self, at, "the label is there twice");
        self->label_defined[inst->label] = true;
    }
    if (inst->result != IR_NONE && inst->op != IR_CELL) self->assigned[inst->result] = true;
    for (uint32_t i = 0; inst->op == IR_TAKE && i < inst->list_count; i++) self->assigned[inst->list[i].index] = true;
}

static void verify_function(const ir_module *module, const ir_function *function, const char *stage) {
    verifier self = {.module = module, .function = function, .stage = stage};
    self.label_defined = mem_zeroed(function->label_count + 1, sizeof(bool));
    self.assigned = mem_zeroed(function->registers.length + 1, sizeof(bool));
    if (function->code.length == 0) BUG("after %s: '%s' is empty", stage, function->c_name);
    for (size_t i = 0; i < function->code.length; i++) collect(&self, i);
    for (size_t i = 0; i < function->code.length; i++) verify_inst(&self, i);
    if (!ir_ends_block(VEC_LAST(&function->code).op)) fail(&self, function->code.length - 1, "control falls off the end");
    mem_free(self.label_defined);
    mem_free(self.assigned);
}

void ir_verify(const ir_module *self, const char *stage) {
    for (size_t i = 0; i < self->functions.length; i++) verify_function(self, self->functions.items[i], stage);
}
