#include "value/convert.h"

#include <math.h>

#include "value/error.h"
#include "value/number.h"
#include "value/object.h"
#include "value/property.h"
#include "value/string.h"
#include "value/unknown.h"

STRING_LITERAL(text_undefined, "undefined");
STRING_LITERAL(text_null, "null");
STRING_LITERAL(text_true, "true");
STRING_LITERAL(text_false, "false");
STRING_LITERAL(key_value_of, "valueOf");
STRING_LITERAL(key_to_string, "toString");

const char *value_type_name(cr_value v) {
    if (cr_is_number(v)) return "number";
    if (cr_is_bool(v)) return "boolean";
    if (!cr_is_heap(v)) return v == CR_NULL ? "object" : "undefined";
    switch (cr_heap_of(v)->kind) {
    case CR_KIND_STRING: return "string";
    case CR_KIND_FUNCTION: return "function";
    case CR_KIND_UNKNOWN: return "unknown";
    default: return "object";
    }
}

bool value_truthy_known(cr_value v) {
    if (cr_is_number(v)) {
        double number = cr_to_double(v);
        return number != 0 && number == number;
    }
    if (cr_is_heap(v)) return !cr_is_string(v) || string_length(v) != 0;
    return v == CR_TRUE;
}

cr_value value_to_primitive(cr_context *cx, cr_value v, primitive_hint hint) {
    if (!cr_is_object(v)) return v;
    for (int i = 0; i < 2; i++) {
        bool text_first = hint == HINT_STRING;
        const cr_string *key = (i == 0) == text_first ? &key_to_string : &key_value_of;
        cr_value method = cr_get(cx, v, key);
        if (method == CR_EXCEPTION) return CR_EXCEPTION;
        if (!cr_is_function(method)) continue;
        cr_value result = cr_call(cx, method, v, 0, NULL, "toString");
        if (result == CR_EXCEPTION || !cr_is_object(result)) return result;
    }
    return throw_type_error(cx, "Cannot convert object to primitive value");
}

bool value_to_number(cr_context *cx, cr_value v, double *number) {
    if (cr_is_object(v)) {
        v = value_to_primitive(cx, v, HINT_NUMBER);
        if (v == CR_EXCEPTION) return false;
    }
    if (cr_is_number(v)) {
        *number = cr_to_double(v);
    } else if (cr_is_string(v)) {
        *number = number_from_string(cr_as_string(v));
    } else if (cr_is_unknown(v)) {
        cr_suspend(cx, v);
        return false;
    } else {
        *number = v == CR_UNDEFINED || v == CR_HOLE ? NAN : v == CR_TRUE ? 1 : 0;
    }
    return true;
}

bool value_to_integer(cr_context *cx, cr_value v, double *number) {
    if (!value_to_number(cx, v, number)) return false;
    *number = number_to_integer(*number);
    return true;
}

const cr_string *value_to_string(cr_context *cx, cr_value v) {
    if (cr_is_object(v)) {
        v = value_to_primitive(cx, v, HINT_STRING);
        if (v == CR_EXCEPTION) return NULL;
    }
    if (cr_is_string(v)) return cr_as_string(v);
    if (cr_is_number(v)) return cr_as_string(cr_number_string(cx, cr_to_double(v)));
    if (cr_is_unknown(v)) {
        cr_suspend(cx, v);
        return NULL;
    }
    return v == CR_NULL ? &text_null : v == CR_TRUE ? &text_true : v == CR_FALSE ? &text_false : &text_undefined;
}

const cr_string *value_to_key(cr_context *cx, cr_value v) { return value_to_string(cx, v); }

bool value_to_relative_index(cr_context *cx, cr_value v, uint32_t length, uint32_t missing, uint32_t *index) {
    if (v == CR_UNDEFINED) {
        *index = missing;
        return true;
    }
    double number;
    if (!value_to_integer(cx, v, &number)) return false;
    if (number < 0) number = number + length < 0 ? 0 : number + length;
    *index = number > length ? length : (uint32_t)number;
    return true;
}

cr_value cr_to_string(cr_context *cx, cr_value v) {
    if (cr_is_string(v)) return v;
    v = value_to_primitive(cx, v, HINT_STRING);
    if (v == CR_EXCEPTION) return v;
    if (cr_is_unknown(v)) return unknown_concat(cx, 1, &v);
    const cr_string *s = value_to_string(cx, v);
    return s != NULL ? cr_from_pointer(s) : CR_EXCEPTION;
}

cr_value cr_to_key(cr_context *cx, cr_value v) {
    if (cr_is_string(v) || cr_is_number(v)) return v;
    const cr_string *s = value_to_key(cx, v);
    return s != NULL ? cr_from_pointer(s) : CR_EXCEPTION;
}

const char *object_class_name(cr_context *cx, const cr_object *object) {
    static cr_string key_constructor = STRING_LITERAL_INIT("constructor");
    for (const cr_object *at = object; at != NULL; at = object_proto(cx, at)) {
        object_ready(cx, (cr_object *)(uintptr_t)at);
        const cr_slot *slot = object_find(at, &key_constructor);
        if (slot == NULL || !cr_is_function(slot->value.bits)) continue;
        const cr_string *name = cr_as_function(slot->value.bits)->info->name;
        if (name->head.length != 0) return cr_to_utf8(cx, cr_from_pointer(name), NULL);
    }
    return NULL;
}

static void display_array(cr_context *cx, const cr_array *array, str_buf *out) {
    if (stack_is_low(cx)) return;
    for (uint32_t i = 0; i < array->length; i++) {
        if (i != 0) str_buf_add_char(out, ',');
        cr_value item = array->items[i];
        if (!cr_is_nullish(item) && item != CR_HOLE) value_display(cx, item, out);
    }
}

void value_display(cr_context *cx, cr_value v, str_buf *out) {
    if (cr_is_number(v)) {
        char text[NUMBER_TEXT_BYTES_MAX];
        str_buf_add(out, text, number_to_text(cr_to_double(v), text));
    } else if (!cr_is_heap(v)) {
        string_to_utf8(value_to_string(cx, v), out);
    } else if (cr_is_string(v)) {
        string_to_utf8(cr_as_string(v), out);
    } else if (cr_is_unknown(v)) {
        unknown_describe(cx, v, out);
    } else if (cr_is_array(v)) {
        display_array(cx, cr_as_array(v), out);
    } else if (cr_is_function(v)) {
        str_buf_add_text(out, "function ");
        string_to_utf8(cr_as_function(v)->info->name, out);
        str_buf_add_text(out, "() { [native code] }");
    } else if (cr_has_slots(v) && (cr_heap_of(v)->flags & CR_FLAG_ERROR) != 0) {
        str_buf_add_text(out, error_describe(cx, v, false));
    } else {
        str_buf_add_text(out, "[object Object]");
    }
}
