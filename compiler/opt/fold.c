#include "opt/optimise.h"

#include <math.h>
#include <stdio.h>

/* The value of `a op b` for numbers; false when this is no operation that is computed here. */
static bool fold_numbers(ir_op op, double a, double b, double *value) {
    switch (op) {
    case IR_ADD: *value = a + b; return true;
    case IR_SUBTRACT: *value = a - b; return true;
    case IR_MULTIPLY: *value = a * b; return true;
    case IR_DIVIDE: *value = a / b; return true;
    case IR_REMAINDER: *value = fmod(a, b); return true;
    default: return false;
    }
}

static bool fold_comparison(ir_op op, double a, double b, bool *value) {
    switch (op) {
    case IR_LESS: *value = a < b; return true;
    case IR_LESS_EQUAL: *value = a <= b; return true;
    case IR_GREATER: *value = a > b; return true;
    case IR_GREATER_EQUAL: *value = a >= b; return true;
    case IR_EQUAL: *value = a == b; return true;
    case IR_NOT_EQUAL: *value = a != b; return true;
    default: return false;
    }
}

/* The text that a constant has in a template; false for what only the runtime can print. */
static bool constant_text(const ir_module *self, const ir_constant *constant, str_buf *out) {
    switch (constant->kind) {
    case IR_CONST_STRING: str_buf_add_str(out, self->strings.items[constant->index].text); return true;
    case IR_CONST_TRUE: str_buf_add_text(out, "true"); return true;
    case IR_CONST_FALSE: str_buf_add_text(out, "false"); return true;
    case IR_CONST_NULL: str_buf_add_text(out, "null"); return true;
    case IR_CONST_UNDEFINED: str_buf_add_text(out, "undefined"); return true;
    case IR_CONST_NUMBER: /* whole numbers print alike in C and JavaScript */
        if (constant->number != floor(constant->number) || fabs(constant->number) > 9007199254740991.0) return false;
        str_buf_add_format(out, "%.0f", constant->number == 0 ? 0.0 : constant->number);
        return true;
    default: return false;
    }
}

/* True if joining the texts could make a surrogate pair of two halves, which WTF-8 writes otherwise. */
static bool has_surrogates(const str_buf *text) {
    for (size_t i = 0; i + 1 < text->length; i++) {
        if ((unsigned char)text->bytes[i] == 0xed && (unsigned char)text->bytes[i + 1] >= 0xa0) return true;
    }
    return false;
}

static bool join(ir_module *self, const ir_operand *parts, uint32_t count, ir_operand *result) {
    str_buf text;
    str_buf_init(&text);
    bool known = true;
    for (uint32_t i = 0; i < count && known; i++) {
        const ir_constant *constant = ir_constant_at(self, parts[i]);
        known = constant != NULL && constant_text(self, constant, &text);
    }
    known = known && !has_surrogates(&text);
    if (known) *result = ir_text(self, (str){str_buf_text(&text), text.length});
    str_buf_release(&text);
    return known;
}

static bool fold_binary(ir_module *self, const ir_inst *inst, ir_operand *result) {
    const ir_constant *a = ir_constant_at(self, inst->operands[0]), *b = ir_constant_at(self, inst->operands[1]);
    if (a == NULL || b == NULL) return false;
    if (a->kind == IR_CONST_NUMBER && b->kind == IR_CONST_NUMBER) {
        double number;
        bool truth;
        if (fold_numbers(inst->op, a->number, b->number, &number)) {
            *result = ir_number(self, number == number ? number : (double)NAN);
            return true;
        }
        if (!fold_comparison(inst->op, a->number, b->number, &truth)) return false;
        *result = ir_bool(self, truth);
        return true;
    }
    bool has_string = a->kind == IR_CONST_STRING || b->kind == IR_CONST_STRING;
    return inst->op == IR_ADD && has_string && join(self, inst->operands, 2, result);
}

void ir_fold(ir_module *self, ir_function *function) {
    for (size_t i = 0; i < function->code.length; i++) {
        ir_inst *inst = &function->code.items[i];
        ir_operand result;
        bool folded = inst->op == IR_TEMPLATE ? join(self, inst->list, inst->list_count, &result) : fold_binary(self, inst, &result);
        if (!folded || inst->result == IR_NONE) continue;
        uint32_t target = inst->result;
        ir_inst_clear(inst, IR_COPY, inst->span);
        inst->result = target;
        inst->operands[0] = result;
    }
}
