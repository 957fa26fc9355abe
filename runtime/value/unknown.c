#include "value/unknown.h"

#include "value/collection.h"
#include "value/convert.h"
#include "value/host.h"
#include "value/number.h"
#include "value/object.h"
#include "value/property.h"
#include "value/string.h"

/* ---- making --------------------------------------------------------------------------------------------------- */

static cr_value make(cr_context *cx, unknown_op op, const cr_string *name, uint32_t count, const cr_value *operands) {
    cr_unknown *unknown = HEAP_NEW(cx, cr_unknown);
    unknown->head.kind = CR_KIND_UNKNOWN;
    unknown->op = op;
    unknown->name = name;
    unknown->operand_count = count;
    cr_value *copy = HEAP_ARRAY(cx, cr_value, count);
    for (uint32_t i = 0; i < count; i++) {
        copy[i] = operands[i];
        unknown->origin = origin_union(cx, unknown->origin, value_origin(cx, operands[i]));
    }
    unknown->operands = copy;
    return cr_from_pointer(unknown);
}

cr_value unknown_output(cr_context *cx, const void *node, const cr_string *address, const cr_string *path) {
    cr_value value = make(cx, UNKNOWN_OUTPUT, path, 0, NULL);
    cr_unknown *unknown = (cr_unknown *)(uintptr_t)value;
    unknown->node = node;
    unknown->address = address;
    unknown->origin = origin_of_node(cx, node);
    return value;
}

cr_value unknown_member(cr_context *cx, cr_value object, const cr_string *name) { return make(cx, UNKNOWN_MEMBER, name, 1, &object); }

cr_value unknown_call(cr_context *cx, cr_value receiver, const cr_string *name, uint32_t argc, const cr_value *argv) {
    cr_value *operands = HEAP_ARRAY(cx, cr_value, (size_t)argc + 1);
    operands[0] = receiver;
    if (argc != 0) memcpy(operands + 1, argv, sizeof *argv * argc);
    return make(cx, UNKNOWN_CALL, name, argc + 1, operands);
}

cr_value unknown_apply(cr_context *cx, const cr_string *name, uint32_t argc, const cr_value *argv) {
    return make(cx, UNKNOWN_APPLY, name, argc, argv);
}

cr_value unknown_unary(cr_context *cx, const char *op, cr_value operand) {
    return make(cx, UNKNOWN_UNARY, cr_as_string(cr_string_text(cx, op)), 1, &operand);
}

cr_value unknown_binary(cr_context *cx, const char *op, cr_value left, cr_value right) {
    return make(cx, UNKNOWN_BINARY, cr_as_string(cr_string_text(cx, op)), 2, (cr_value[]){left, right});
}

/* The parts of nested concatenations become parts of this one, and neighbouring known parts one string, so that
 * two ways of writing the same text give the same unknown. */
typedef struct part_list {
    VEC(cr_value) parts;
    string_builder text;
    bool has_text;
} part_list;

static void flush_text(cr_context *cx, part_list *list) {
    if (list->has_text) VEC_PUSH(&list->parts, builder_finish(&list->text));
    list->has_text = false;
    builder_init(&list->text, cx);
}

static void add_part(cr_context *cx, part_list *list, cr_value part) {
    if (!cr_is_unknown(part)) {
        const cr_string *s = value_to_string(cx, part);
        if (s == NULL || (s->head.length == 0 && s->origin == NULL)) return;
        builder_add(&list->text, s);
        list->has_text = true;
        return;
    }
    const cr_unknown *unknown = cr_as_unknown(part);
    if (unknown->op == UNKNOWN_CONCAT) {
        for (uint32_t i = 0; i < unknown->operand_count; i++) add_part(cx, list, unknown->operands[i]);
        return;
    }
    flush_text(cx, list);
    VEC_PUSH(&list->parts, part);
}

cr_value unknown_concat(cr_context *cx, uint32_t count, const cr_value *parts) {
    part_list list = {0};
    builder_init(&list.text, cx);
    for (uint32_t i = 0; i < count; i++) add_part(cx, &list, parts[i]);
    cr_value result;
    if (list.parts.length == 0) {
        result = builder_finish(&list.text);
    } else {
        flush_text(cx, &list);
        result = make(cx, UNKNOWN_CONCAT, NULL, (uint32_t)list.parts.length, list.parts.items);
    }
    VEC_RELEASE(&list.parts);
    return result;
}

/* ---- printing --------------------------------------------------------------------------------------------------- */

static void describe(cr_context *cx, cr_value v, str_buf *out);

static void describe_list(cr_context *cx, uint32_t count, const cr_value *values, str_buf *out) {
    for (uint32_t i = 0; i < count; i++) {
        if (i != 0) str_buf_add_text(out, ", ");
        describe(cx, values[i], out);
    }
}

static void describe_quoted(const cr_string *s, str_buf *out) {
    str_buf_add_char(out, '"');
    for (uint32_t i = 0; i < s->head.length;) {
        uint32_t units, point = string_code_point(s, i, &units);
        if (point == '"' || point == '\\') {
            str_buf_add_format(out, "\\%c", (char)point);
        } else if (point == '\n') {
            str_buf_add_text(out, "\\n");
        } else if (point < 0x20) {
            str_buf_add_format(out, "\\u%04x", point);
        } else {
            cr_string one = *s;
            one.units = (const char *)s->units + (size_t)i * (string_is_wide(s) ? 2 : 1);
            one.head.length = units;
            string_to_utf8(&one, out);
        }
        i += units;
    }
    str_buf_add_char(out, '"');
}

static bool is_identifier(const cr_string *s) {
    for (uint32_t i = 0; i < s->head.length; i++) {
        uint32_t unit = cr_unit_at(s, i);
        bool letter = (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || unit == '_' || unit == '$' || unit > 0x7f;
        if (!letter && (i == 0 || unit < '0' || unit > '9')) return false;
    }
    return s->head.length != 0;
}

static void describe_member(const cr_string *name, str_buf *out) {
    uint32_t index;
    if (is_identifier(name)) {
        str_buf_add_char(out, '.');
        string_to_utf8(name, out);
    } else if (string_array_index(name, &index)) {
        str_buf_add_format(out, "[%u]", index);
    } else {
        str_buf_add_char(out, '[');
        describe_quoted(name, out);
        str_buf_add_char(out, ']');
    }
}

/* As an operand of an operator or member access. */
static void describe_operand(cr_context *cx, cr_value v, str_buf *out) {
    bool group = cr_is_unknown(v) && (cr_as_unknown(v)->op == UNKNOWN_BINARY || cr_as_unknown(v)->op == UNKNOWN_UNARY);
    if (group) str_buf_add_char(out, '(');
    describe(cx, v, out);
    if (group) str_buf_add_char(out, ')');
}

/* As a template: text as it is, unknown parts in ${}. */
static void describe_template(cr_context *cx, const cr_unknown *unknown, str_buf *out) {
    for (uint32_t i = 0; i < unknown->operand_count; i++) {
        cr_value part = unknown->operands[i];
        if (cr_is_string(part)) {
            string_to_utf8(cr_as_string(part), out);
        } else {
            str_buf_add_text(out, "${");
            describe(cx, part, out);
            str_buf_add_char(out, '}');
        }
    }
}

static void describe_expression(cr_context *cx, const cr_unknown *unknown, str_buf *out) {
    const cr_value *operands = unknown->operands;
    switch ((unknown_op)unknown->op) {
    case UNKNOWN_OUTPUT:
        string_to_utf8(unknown->address, out);
        if (unknown->name != NULL) describe_member(unknown->name, out);
        break;
    case UNKNOWN_MEMBER:
        describe_operand(cx, operands[0], out);
        describe_member(unknown->name, out);
        break;
    case UNKNOWN_CONCAT:
        str_buf_add_char(out, '`');
        describe_template(cx, unknown, out);
        str_buf_add_char(out, '`');
        break;
    case UNKNOWN_CALL:
        describe_operand(cx, operands[0], out);
        describe_member(unknown->name, out);
        str_buf_add_char(out, '(');
        describe_list(cx, unknown->operand_count - 1, operands + 1, out);
        str_buf_add_char(out, ')');
        break;
    case UNKNOWN_APPLY: {
        uint32_t first = unknown->name == NULL ? 1 : 0; /* a call of an unknown function */
        if (first != 0) {
            describe_operand(cx, operands[0], out);
        } else {
            string_to_utf8(unknown->name, out);
        }
        str_buf_add_char(out, '(');
        describe_list(cx, unknown->operand_count - first, operands + first, out);
        str_buf_add_char(out, ')');
        break;
    }
    case UNKNOWN_UNARY:
        string_to_utf8(unknown->name, out);
        describe_operand(cx, operands[0], out);
        break;
    case UNKNOWN_BINARY:
        describe_operand(cx, operands[0], out);
        str_buf_add_char(out, ' ');
        string_to_utf8(unknown->name, out);
        str_buf_add_char(out, ' ');
        describe_operand(cx, operands[1], out);
        break;
    }
}

static void describe_object(cr_context *cx, cr_value v, str_buf *out) {
    if ((cr_heap_of(v)->flags & CR_FLAG_INSTANCE) != 0) {
        const cr_hooks *hooks = &cx->runtime->hooks;
        bool named = hooks->node_address != NULL;
        str_buf_add_text(out, named ? hooks->node_address(hooks->data, cx, cr_as_object(v)->host) : "[instance]");
        return;
    }
    const cr_object *object = cr_as_object(v);
    str_buf_add_char(out, '{');
    for (uint32_t i = 0; i < object->count; i++) {
        const cr_slot *slot = &object->slots[i];
        if (i != 0) str_buf_add_text(out, ", ");
        if (is_identifier(slot->key)) {
            string_to_utf8(slot->key, out);
        } else {
            describe_quoted(slot->key, out);
        }
        str_buf_add_text(out, ": ");
        describe(cx, (slot->flags & CR_SLOT_ACCESSOR) != 0 ? CR_UNDEFINED : slot->value.bits, out);
    }
    str_buf_add_char(out, '}');
}

/* Inside ${}: as the program would write it. */
static void describe(cr_context *cx, cr_value v, str_buf *out) {
    if (stack_is_low(cx)) {
        str_buf_add_text(out, "...");
    } else if (cr_is_unknown(v)) {
        describe_expression(cx, cr_as_unknown(v), out);
    } else if (cr_is_string(v)) {
        describe_quoted(cr_as_string(v), out);
    } else if (cr_is_array(v)) {
        str_buf_add_char(out, '[');
        describe_list(cx, cr_as_array(v)->length, cr_as_array(v)->items, out);
        str_buf_add_char(out, ']');
    } else if (cr_is_function(v)) {
        const cr_string *name = cr_as_function(v)->info->name;
        if (name->head.length != 0) {
            string_to_utf8(name, out);
        } else {
            str_buf_add_text(out, "(...) => ...");
        }
    } else if (cr_is_kind(v, CR_KIND_OBJECT)) {
        describe_object(cx, v, out);
    } else {
        value_display(cx, v, out);
    }
}

void unknown_describe(cr_context *cx, cr_value v, str_buf *out) {
    if (cr_is_string(v)) {
        string_to_utf8(cr_as_string(v), out);
    } else if (!cr_is_unknown(v)) {
        describe(cx, v, out);
    } else if (cr_as_unknown(v)->op == UNKNOWN_CONCAT) {
        describe_template(cx, cr_as_unknown(v), out);
    } else {
        str_buf_add_text(out, "${");
        describe(cx, v, out);
        str_buf_add_char(out, '}');
    }
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

static bool unknown_same(const cr_unknown *a, const cr_unknown *b) {
    if (a->op != b->op || a->operand_count != b->operand_count || a->node != b->node) return false;
    if ((a->name == NULL) != (b->name == NULL)) return false;
    if (a->name != NULL && !cr_string_equal(a->name, b->name)) return false;
    for (uint32_t i = 0; i < a->operand_count; i++)
        if (!value_same(a->operands[i], b->operands[i])) return false;
    return true;
}

bool value_same(cr_value a, cr_value b) {
    if (a == b) return true;
    if (cr_is_string(a) && cr_is_string(b)) return cr_string_equal(cr_as_string(a), cr_as_string(b));
    if (cr_is_unknown(a) && cr_is_unknown(b)) return unknown_same(cr_as_unknown(a), cr_as_unknown(b));
    return false;
}

static bool objects_equal(cr_context *cx, cr_value a, cr_value b) {
    const cr_object *x = cr_as_object(a), *y = cr_as_object(b);
    if (((x->head.flags | y->head.flags) & CR_FLAG_INSTANCE) != 0 || x->count != y->count) return false;
    for (uint32_t i = 0; i < x->count; i++) {
        const cr_slot *slot = object_find(y, x->slots[i].key);
        if (slot == NULL || !value_equal_deep(cx, x->slots[i].value.bits, slot->value.bits)) return false;
    }
    return true;
}

bool value_equal_deep(cr_context *cx, cr_value a, cr_value b) {
    if (value_same(a, b)) return true;
    if (stack_is_low(cx)) return false;
    if (cr_is_array(a) && cr_is_array(b)) {
        const cr_array *x = cr_as_array(a), *y = cr_as_array(b);
        if (x->length != y->length) return false;
        for (uint32_t i = 0; i < x->length; i++)
            if (!value_equal_deep(cx, x->items[i], y->items[i])) return false;
        return true;
    }
    return cr_is_kind(a, CR_KIND_OBJECT) && cr_is_kind(b, CR_KIND_OBJECT) && objects_equal(cx, a, b);
}
