/* Static tables: strings, places of the source, templates, props, elements. */
#include <stdio.h>

#include "base/bug.h"
#include "codegen/emitter.h"

/* ---- places -------------------------------------------------------------------------------------------- */

uint32_t place_of_span(emitter *self, tsx_span span) {
    if (span.file == 0) return 0;
    tsx_position position = tsx_files_position(self->files, span.file, span.start);
    char text[32];
    int length = snprintf(text, sizeof text, "%u:%u", position.line, position.column);
    void *known = map_get(&self->place_index, (str){text, (size_t)length});
    if (known == NULL) {
        VEC_PUSH(&self->places, ((place_entry){position.line, position.column}));
        known = (void *)(uintptr_t)self->places.length;
        map_put(&self->place_index, (str){arena_copy_text(&self->memory, text, (size_t)length), (size_t)length}, known);
    }
    return (uint32_t)(uintptr_t)known - 1;
}

void add_places(emitter *self) {
    str_buf_add_format(self->out, "static const cr_site S[%zu] = {", self->places.length);
    for (size_t i = 0; i < self->places.length; i++) {
        if (i % 8 == 0) str_buf_add_text(self->out, "\n   ");
        str_buf_add_format(self->out, " {F, %u, %u},", self->places.items[i].line, self->places.items[i].column);
    }
    str_buf_add_text(self->out, "\n};\n");
}

/* ---- strings ------------------------------------------------------------------------------------------- */

static void add_narrow(emitter *self, size_t index, const ir_string *string) {
    str_buf bytes;
    str_buf_init(&bytes);
    for (uint32_t i = 0; i < string->length; i++) str_buf_add_char(&bytes, (char)string->units[i]);
    str_buf_add_format(self->out, "CR_STATIC_STRING(s%zu, %u, 0x%xu, ", index, string->length, string->hash);
    add_c_string(self->out, str_buf_str(&bytes));
    str_buf_add_text(self->out, ");\n");
    str_buf_release(&bytes);
}

static void add_wide(emitter *self, size_t index, const ir_string *string) {
    str_buf_add_format(self->out, "static const uint16_t s%zu_units[] = {", index);
    for (uint32_t i = 0; i < string->length; i++) str_buf_add_format(self->out, "%s0x%x,", i % 16 == 0 ? "\n    " : " ", string->units[i]);
    str_buf_add_format(self->out, "\n};\nCR_STATIC_STRING_WIDE(s%zu, %u, 0x%xu, s%zu_units);\n", index, string->length, string->hash, index);
}

void add_strings(emitter *self) {
    for (size_t i = 0; i < self->module->strings.length; i++) {
        const ir_string *string = &self->module->strings.items[i];
        if (string->wide) add_wide(self, i, string);
        else add_narrow(self, i, string);
    }
}

/* ---- constants ----------------------------------------------------------------------------------------- */

/* The bits of a value that is no pointer; false for pointers. */
static bool add_bits(str_buf *out, const ir_constant *constant) {
    switch (constant->kind) {
    case IR_CONST_UNDEFINED: str_buf_add_text(out, "CR_UNDEFINED"); return true;
    case IR_CONST_NULL: str_buf_add_text(out, "CR_NULL"); return true;
    case IR_CONST_FALSE: str_buf_add_text(out, "CR_FALSE"); return true;
    case IR_CONST_TRUE: str_buf_add_text(out, "CR_TRUE"); return true;
    case IR_CONST_HOLE: str_buf_add_text(out, "CR_HOLE"); return true;
    case IR_CONST_UNINITIALIZED: str_buf_add_text(out, "CR_UNINITIALIZED"); return true;
    case IR_CONST_NUMBER: {
        uint64_t bits;
        memcpy(&bits, &constant->number, sizeof bits);
        if (constant->number != constant->number) str_buf_add_text(out, "CR_NUMBER(0x7ff8000000000000u /* NaN */)");
        else str_buf_add_format(out, "CR_NUMBER(0x%llxu /* %.17g */)", (unsigned long long)bits, constant->number);
        return true;
    }
    case IR_CONST_STRING:
    case IR_CONST_EXTERN:
    case IR_CONST_TABLE: return false;
    }
    BUG("a constant of no kind");
}

static void add_object_name(emitter *self, const ir_constant *constant) {
    if (constant->kind == IR_CONST_STRING) str_buf_add_format(self->out, "s%u", constant->index);
    else if (constant->kind == IR_CONST_TABLE) str_buf_add_format(self->out, "t%u", constant->index);
    else str_buf_add_text(self->out, self->module->externs.items[constant->index].name);
}

void add_constant(emitter *self, uint32_t index) {
    const ir_constant *constant = &self->module->constants.items[index];
    if (add_bits(self->out, constant)) return;
    str_buf_add_text(self->out, "CR_REF(");
    add_object_name(self, constant);
    str_buf_add_char(self->out, ')');
}

/* ---- tables -------------------------------------------------------------------------------------------- */

/* A cr_const. */
static void add_item(emitter *self, uint32_t index) {
    const ir_constant *constant = &self->module->constants.items[index];
    str_buf bits;
    str_buf_init(&bits);
    if (add_bits(&bits, constant)) {
        str_buf_add_format(self->out, "{.bits = %s}", str_buf_text(&bits));
    } else {
        str_buf_add_text(self->out, "{&");
        add_object_name(self, constant);
        str_buf_add_text(self->out, "}");
    }
    str_buf_release(&bits);
}

static void add_slots(emitter *self, uint32_t index, const ir_table *table) {
    if (table->count == 0) return;
    str_buf_add_format(self->out, "static const cr_slot t%u_slots[] = {\n", index);
    for (uint32_t i = 0; i < table->count; i++) {
        str_buf_add_format(self->out, "    {&s%u, ", table->keys[i]);
        add_item(self, table->items[i]);
        str_buf_add_text(self->out, ", 0, 0},\n");
    }
    str_buf_add_text(self->out, "};\n");
}

static void add_items(emitter *self, uint32_t index, const ir_table *table) {
    if (table->count == 0) return;
    str_buf_add_format(self->out, "static const cr_const t%u_items[] = {", index);
    for (uint32_t i = 0; i < table->count; i++) {
        if (i != 0) str_buf_add_text(self->out, ", ");
        add_item(self, table->items[i]);
    }
    str_buf_add_text(self->out, "};\n");
}

static void add_element(emitter *self, uint32_t index, const ir_table *table) {
    str_buf_add_format(self->out, "static const cr_element t%u = {CR_STATIC_HEAD(ELEMENT, 0, 0), ", index);
    for (uint32_t i = 0; i < 3; i++) {
        add_item(self, table->items[i]);
        str_buf_add_text(self->out, ", ");
    }
    str_buf_add_format(self->out, "&S[%u]};\n", place_of_span(self, table->span));
}

static void add_table(emitter *self, uint32_t index) {
    const ir_table *table = &self->module->tables.items[index];
    unsigned count = table->count;
    char list[32] = "0";
    bool has_slots = table->kind == IR_TABLE_PROPS || table->kind == IR_TABLE_OBJECT;
    if (count != 0) snprintf(list, sizeof list, "t%u_%s", index, has_slots ? "slots" : "items");
    if (table->kind == IR_TABLE_ELEMENT) {
        add_element(self, index, table);
        return;
    }
    if (has_slots) add_slots(self, index, table);
    else add_items(self, index, table);
    switch (table->kind) {
    case IR_TABLE_PROPS:
        str_buf_add_format(self->out, "static const cr_object t%u = CR_STATIC_OBJECT(%u, %s);\n", index, count, list);
        break;
    case IR_TABLE_LIST:
        str_buf_add_format(self->out, "static const cr_array t%u = CR_STATIC_ARRAY(%u, %s);\n", index, count, list);
        break;
    case IR_TABLE_OBJECT:
        str_buf_add_format(self->out, "static const cr_template_object t%u = {CR_STATIC_HEAD(TEMPLATE_OBJECT, 0, %u), %s};\n", index, count, list);
        break;
    case IR_TABLE_ARRAY:
        str_buf_add_format(self->out, "static const cr_template_array t%u = {CR_STATIC_HEAD(TEMPLATE_ARRAY, 0, %u), %s};\n", index, count, list);
        break;
    case IR_TABLE_ELEMENT: break;
    }
}

void add_tables(emitter *self) {
    for (uint32_t i = 0; i < self->module->tables.length; i++) add_table(self, i);
}
