#include "opt/ir.h"

#include <stdlib.h>

#include "base/bug.h"

static const ir_op_facts facts[IR_OP_COUNT] = {
#define IR_OP(name, text, form, signature, function, what)                                                    \
    [IR_##name] = {#text, signature, function, what, IR_FORM_##form},
#include "opt/ir.def"
#undef IR_OP
};

const ir_op_facts *ir_op_get(ir_op op) { return &facts[op]; }

ir_module *ir_module_new(arena *memory, const char *name, const char *prefix, uint32_t file) {
    ir_module *self = ARENA_NEW(memory, ir_module);
    self->memory = memory;
    self->name = name;
    self->prefix = prefix;
    self->file = file;
    return self;
}

void ir_module_release(ir_module *self) {
    for (size_t i = 0; i < self->functions.length; i++) {
        VEC_RELEASE(&self->functions.items[i]->code);
        VEC_RELEASE(&self->functions.items[i]->registers);
    }
    VEC_RELEASE(&self->functions);
    VEC_RELEASE(&self->strings);
    VEC_RELEASE(&self->constants);
    VEC_RELEASE(&self->externs);
    VEC_RELEASE(&self->tables);
    VEC_RELEASE(&self->variables);
    map_release(&self->string_index);
    map_release(&self->constant_index);
    map_release(&self->extern_index);
    map_release(&self->variable_index);
}

/* ---- strings ------------------------------------------------------------------------------------------- */

/* One code point of WTF-8; the parser has refused anything that is not. */
static uint32_t next_code_point(const char **at, const char *end) {
    const unsigned char *p = (const unsigned char *)*at;
    uint32_t first = *p, length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length > (uint32_t)(end - *at)) length = 1;
    uint32_t value = length == 1 ? first : first & (0xffu >> (length + 1));
    for (uint32_t i = 1; i < length; i++) value = value << 6 | (p[i] & 0x3fu);
    *at += length;
    return value;
}

/* FNV-1a as creact/value.h defines it for cr_string_hash. */
static uint32_t hash_units(const uint16_t *units, uint32_t length) {
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < length; i++) {
        hash = (hash ^ (units[i] & 0xffu)) * 16777619u;
        if (units[i] > 0xff) hash = (hash ^ (uint32_t)(units[i] >> 8)) * 16777619u;
    }
    return hash != 0 ? hash : 1;
}

uint32_t ir_string_of(ir_module *self, str wtf8) {
    void *known = map_get(&self->string_index, wtf8);
    if (known != NULL) return (uint32_t)(uintptr_t)known - 1;
    ir_string string = {0};
    uint16_t *units = arena_alloc(self->memory, (wtf8.length + 1) * sizeof *units);
    for (const char *at = wtf8.bytes, *end = wtf8.bytes + wtf8.length; at < end;) {
        uint32_t c = next_code_point(&at, end);
        if (c > 0xffff) {
            units[string.length++] = (uint16_t)(0xd800 + ((c - 0x10000) >> 10));
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        string.wide = string.wide || c > 0xff;
        units[string.length++] = (uint16_t)c;
    }
    string.units = units;
    string.hash = hash_units(units, string.length);
    string.text = (str){arena_copy_text(self->memory, wtf8.bytes, wtf8.length), wtf8.length};
    VEC_PUSH(&self->strings, string);
    map_put(&self->string_index, string.text, (void *)(uintptr_t)self->strings.length);
    return (uint32_t)self->strings.length - 1;
}

/* ---- constants and what they point to ------------------------------------------------------------------ */

static ir_operand constant_operand(ir_module *self, ir_constant constant) {
    struct {
        uint64_t kind, index, bits;
    } key = {constant.kind, constant.index, 0};
    memcpy(&key.bits, &constant.number, sizeof key.bits);
    str text = {(const char *)&key, sizeof key};
    void *known = map_get(&self->constant_index, text);
    if (known == NULL) {
        VEC_PUSH(&self->constants, constant);
        known = (void *)(uintptr_t)self->constants.length;
        text.bytes = arena_copy_text(self->memory, text.bytes, text.length);
        map_put(&self->constant_index, text, known);
    }
    return (ir_operand){IR_CONSTANT, (uint32_t)(uintptr_t)known - 1};
}

ir_operand ir_constant_of(ir_module *self, ir_constant_kind kind, uint32_t index) {
    return constant_operand(self, (ir_constant){kind, index, 0});
}
ir_operand ir_undefined(ir_module *self) { return ir_constant_of(self, IR_CONST_UNDEFINED, 0); }
ir_operand ir_bool(ir_module *self, bool value) {
    return ir_constant_of(self, value ? IR_CONST_TRUE : IR_CONST_FALSE, 0);
}
ir_operand ir_number(ir_module *self, double value) {
    return constant_operand(self, (ir_constant){IR_CONST_NUMBER, 0, value});
}
ir_operand ir_text(ir_module *self, str wtf8) {
    return ir_constant_of(self, IR_CONST_STRING, ir_string_of(self, wtf8));
}

const ir_constant *ir_constant_at(const ir_module *self, ir_operand operand) {
    return operand.kind == IR_CONSTANT ? &self->constants.items[operand.index] : NULL;
}

uint32_t ir_extern_of(ir_module *self, const char *name, bool is_own) {
    void *known = map_get(&self->extern_index, str_of(name));
    if (known != NULL) return (uint32_t)(uintptr_t)known - 1;
    ir_extern entry = {arena_copy_text(self->memory, name, strlen(name)), is_own};
    VEC_PUSH(&self->externs, entry);
    map_put(&self->extern_index, str_of(entry.name), (void *)(uintptr_t)self->externs.length);
    return (uint32_t)self->externs.length - 1;
}

uint32_t ir_variable_of(ir_module *self, ir_variable variable) {
    void *known = map_get(&self->variable_index, str_of(variable.name));
    if (known != NULL) return (uint32_t)(uintptr_t)known - 1;
    VEC_PUSH(&self->variables, variable);
    map_put(&self->variable_index, str_of(variable.name), (void *)(uintptr_t)self->variables.length);
    return (uint32_t)self->variables.length - 1;
}

ir_operand ir_table_of(ir_module *self, ir_table table) {
    uint32_t *items = ARENA_ARRAY(self->memory, uint32_t, table.count + 1);
    if (table.count != 0) memcpy(items, table.items, table.count * sizeof *items);
    table.items = items;
    if (table.keys != NULL) {
        uint32_t *keys = ARENA_ARRAY(self->memory, uint32_t, table.count + 1);
        if (table.count != 0) memcpy(keys, table.keys, table.count * sizeof *keys);
        table.keys = keys;
    }
    VEC_PUSH(&self->tables, table);
    return ir_constant_of(self, IR_CONST_TABLE, (uint32_t)self->tables.length - 1);
}

/* ---- functions ----------------------------------------------------------------------------------------- */

ir_function *ir_function_new(ir_module *self, const char *c_name) {
    ir_function *function = ARENA_NEW(self->memory, ir_function);
    function->c_name = c_name;
    function->index = (uint32_t)self->functions.length;
    VEC_PUSH(&self->functions, function);
    return function;
}

uint32_t ir_register_new(ir_module *self, ir_function *function, const char *name) {
    (void)self;
    VEC_PUSH(&function->registers, ((ir_register){name}));
    return (uint32_t)function->registers.length - 1;
}

bool ir_module_is_empty(const ir_module *self) {
    const ir_function *evaluate = self->functions.items[self->evaluate];
    return self->functions.length == 1 && evaluate->code.length == 1 && evaluate->code.items[0].op == IR_RETURN;
}

void ir_inst_clear(ir_inst *inst, ir_op op, tsx_span span) {
    memset(inst, 0, sizeof *inst);
    inst->op = op;
    inst->result = inst->label = inst->handler = IR_NONE;
    inst->span = span;
}

bool ir_can_throw(const ir_inst *inst) {
    switch (inst->op) {
    case IR_RAISE:
    case IR_CHECK_INITIALIZED:
    case IR_SUPER_CALL:
    case IR_SUPER_FORWARD:
    case IR_NEXT:
    case IR_TAKE:
    case IR_THROW:
    case IR_ASSIGN_CONSTANT:
        return true;
    default:
        break;
    }
    ir_form form = facts[inst->op].form;
    return form == IR_FORM_VALUE || form == IR_FORM_STATUS;
}

bool ir_ends_block(ir_op op) {
    return op == IR_JUMP || op == IR_RETURN || op == IR_RAISE || op == IR_THROW || op == IR_ASSIGN_CONSTANT;
}

bool ir_is_jump(ir_op op) { return facts[op].form == IR_FORM_JUMP || op == IR_NEXT; }
