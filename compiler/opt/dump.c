#include <stdio.h>

#include "opt/ir.h"

static void add_string(str_buf *out, str text) {
    str_buf_add_char(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c == '\n') str_buf_add_text(out, "\\n");
        else if (c == '"' || c == '\\') str_buf_add_format(out, "\\%c", c);
        else if (c < 0x20) str_buf_add_format(out, "\\x%02x", c);
        else str_buf_add_char(out, (char)c);
    }
    str_buf_add_char(out, '"');
}

static void add_constant(const ir_module *self, uint32_t index, str_buf *out) {
    const ir_constant *constant = &self->constants.items[index];
    switch (constant->kind) {
    case IR_CONST_UNDEFINED: str_buf_add_text(out, "undefined"); break;
    case IR_CONST_NULL: str_buf_add_text(out, "null"); break;
    case IR_CONST_FALSE: str_buf_add_text(out, "false"); break;
    case IR_CONST_TRUE: str_buf_add_text(out, "true"); break;
    case IR_CONST_HOLE: str_buf_add_text(out, "hole"); break;
    case IR_CONST_UNINITIALIZED: str_buf_add_text(out, "uninitialized"); break;
    case IR_CONST_NUMBER: str_buf_add_format(out, "%.17g", constant->number); break;
    case IR_CONST_STRING: add_string(out, self->strings.items[constant->index].text); break;
    case IR_CONST_EXTERN: str_buf_add_format(out, "@%s", self->externs.items[constant->index].name); break;
    case IR_CONST_TABLE: str_buf_add_format(out, "#%u", constant->index); break;
    }
}

static void add_register(const ir_function *function, uint32_t index, str_buf *out) {
    const char *name = function->registers.items[index].name;
    if (name != NULL) str_buf_add_format(out, "%%%s.%u", name, index);
    else str_buf_add_format(out, "%%%u", index);
}

static void add_operand(const ir_module *self, const ir_function *function, ir_operand operand, str_buf *out) {
    switch (operand.kind) {
    case IR_NOTHING: str_buf_add_text(out, "-"); break;
    case IR_REGISTER: add_register(function, operand.index, out); break;
    case IR_CONSTANT: add_constant(self, operand.index, out); break;
    case IR_VARIABLE: str_buf_add_format(out, "$%s", self->variables.items[operand.index].name); break;
    case IR_CELL_REGISTER: str_buf_add_format(out, "cell%u", operand.index); break;
    case IR_CAPTURE: str_buf_add_format(out, "capture%u", operand.index); break;
    case IR_THIS: str_buf_add_text(out, "this"); break;
    case IR_SELF: str_buf_add_text(out, "self"); break;
    case IR_IMMEDIATE: str_buf_add_format(out, "%u", operand.index); break;
    case IR_ITERATOR: str_buf_add_format(out, "iterator%u", operand.index); break;
    case IR_PENDING: str_buf_add_format(out, "pending%u", operand.index); break;
    case IR_FUNCTION: str_buf_add_text(out, self->functions.items[operand.index]->c_name); break;
    }
}

static void add_inst(const ir_module *self, const ir_function *function, const ir_inst *inst, str_buf *out) {
    if (inst->op == IR_LABEL) {
        str_buf_add_format(out, "L%u:\n", inst->label);
        return;
    }
    str_buf_add_text(out, "    ");
    if (inst->result != IR_NONE) {
        if (inst->op == IR_CELL) str_buf_add_format(out, "cell%u", inst->result);
        else add_register(function, inst->result, out);
        str_buf_add_text(out, " = ");
    }
    str_buf_add_text(out, ir_op_get(inst->op)->name);
    for (uint32_t i = 0; i < IR_OPERANDS_MAX && inst->operands[i].kind != IR_NOTHING; i++) {
        str_buf_add_char(out, ' ');
        add_operand(self, function, inst->operands[i], out);
    }
    if (inst->list != NULL) {
        str_buf_add_text(out, " [");
        for (uint32_t i = 0; i < inst->list_count; i++) {
            if (i != 0) str_buf_add_text(out, ", ");
            if (inst->keys != NULL) {
                add_string(out, self->strings.items[inst->keys[i]].text);
                str_buf_add_text(out, ": ");
            }
            add_operand(self, function, inst->list[i], out);
        }
        str_buf_add_char(out, ']');
    }
    if (inst->label != IR_NONE) str_buf_add_format(out, " -> L%u", inst->label);
    if (ir_can_throw(inst) && inst->handler != IR_NONE) str_buf_add_format(out, " !L%u", inst->handler);
    str_buf_add_char(out, '\n');
}

static void add_table(const ir_module *self, uint32_t index, str_buf *out) {
    static const char *const kinds[] = {"element", "props", "list", "object", "array"};
    const ir_table *table = &self->tables.items[index];
    str_buf_add_format(out, "#%u %s", index, kinds[table->kind]);
    for (uint32_t i = 0; i < table->count; i++) {
        str_buf_add_char(out, ' ');
        if (table->keys != NULL) {
            add_string(out, self->strings.items[table->keys[i]].text);
            str_buf_add_text(out, ": ");
        }
        add_constant(self, table->items[i], out);
    }
    str_buf_add_char(out, '\n');
}

void ir_dump(const ir_module *self, str_buf *out) {
    str_buf_add_format(out, "module %s %s%s\n", self->prefix, self->name, self->is_async ? " async" : "");
    for (uint32_t i = 0; i < self->tables.length; i++) add_table(self, i, out);
    for (size_t i = 0; i < self->functions.length; i++) {
        const ir_function *function = self->functions.items[i];
        str_buf_add_format(out, "\nfunction %s", function->c_name);
        if (function->object_name != NULL) str_buf_add_format(out, " @%s", function->object_name);
        if ((function->flags & IR_FUNCTION_IS_ASYNC) != 0) str_buf_add_text(out, " async");
        if ((function->flags & IR_FUNCTION_IS_CLASS) != 0) str_buf_add_text(out, " class");
        str_buf_add_text(out, "\n");
        for (size_t j = 0; j < function->code.length; j++) add_inst(self, function, &function->code.items[j], out);
    }
}
