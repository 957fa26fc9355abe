/* Array and the methods that look at or change an array without calling back; the others are in array_visit.c
 * and array_sort.c. */
#include "builtins/array.h"

#include <math.h>
#include <stdio.h>

#include "builtins/table.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/function.h"
#include "value/iterate.h"
#include "value/property.h"
#include "value/unknown.h"

STRING_LITERAL(text_comma, ",");

cr_array *this_array(cr_context *cx, cr_value this_value, const char *method) {
    if (cr_is_array(this_value)) return cr_as_array(this_value);
    if (cr_is_nullish(this_value)) {
        throw_type_error(cx, "Array.prototype.%s called on null or undefined", method);
    } else if (cr_is_unknown(this_value)) {
        cr_suspend(cx, this_value);
    } else {
        throw_type_error(cx, "Array.prototype.%s called on a value that is not an array", method);
    }
    return NULL;
}

cr_array *this_array_writable(cr_context *cx, cr_value this_value, const char *method) {
    cr_array *array = this_array(cx, this_value, method);
    if (array == NULL || (array->object.head.flags & CR_FLAG_FROZEN) == 0) return array;
    throw_type_error(cx, "Cannot assign to read only property '0' of object '[object Array]'");
    return NULL;
}

/* ---- Array ---------------------------------------------------------------------------------------------------- */

static cr_value construct_array(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    if (argc != 1 || !cr_is_number(argv[0])) return cr_array_new(cx, argc, argv);
    double length = cr_to_double(argv[0]);
    if (!(length >= 0 && length <= UINT32_MAX) || length != floor(length)) return throw_range_error(cx, "Invalid array length");
    cr_array *array = array_with_capacity(cx, 0);
    return array_set_length(cx, array, (uint32_t)length) ? cr_from_pointer(array) : CR_EXCEPTION;
}

NATIVE(array_is_array) {
    cr_value value = arg_at(argc, argv, 0);
    return cr_is_unknown(value) ? cr_suspend(cx, value) : cr_from_bool(cr_is_array(value));
}

NATIVE(array_of) { return cr_array_new(cx, argc, argv); }

static bool append_mapped(cr_context *cx, cr_array *array, cr_value item, cr_value map) {
    if (map != CR_UNDEFINED) {
        cr_value arguments[2] = {item, cr_number(array->length)};
        item = cr_call(cx, map, CR_UNDEFINED, 2, arguments, "map");
        if (item == CR_EXCEPTION) return false;
    }
    return array_append(cx, array, item);
}

/* An element of an array-like. Of a plain object without leaving a string behind for each index. */
static cr_value array_like_element(cr_context *cx, cr_value source, uint32_t index) {
    if (!cr_is_kind(source, CR_KIND_OBJECT)) return cr_get_element(cx, source, cr_number(index));
    char digits[12];
    int length = snprintf(digits, sizeof digits, "%u", (unsigned)index);
    cr_string key = {.head = {.kind = CR_KIND_STRING, .length = (uint32_t)length}, .units = digits};
    return cr_get(cx, source, &key);
}

/* An object with a length: { length: 3 }. */
static cr_value from_array_like(cr_context *cx, cr_value source, cr_value map) {
    STRING_LITERAL(key_length, "length");
    cr_array *array = array_with_capacity(cx, 0);
    cr_value length_value = cr_get(cx, source, &key_length);
    double length;
    if (length_value == CR_EXCEPTION || !value_to_integer(cx, length_value, &length)) return CR_EXCEPTION;
    if (length > ARRAY_LENGTH_MAX) return throw_range_error(cx, "Invalid array length");
    for (uint32_t i = 0; i < length; i++) {
        cr_value item = array_like_element(cx, source, i);
        if (item == CR_EXCEPTION || !append_mapped(cx, array, item, map)) return CR_EXCEPTION;
    }
    return cr_from_pointer(array);
}

NATIVE(array_from) {
    cr_value source = arg_at(argc, argv, 0), map = arg_at(argc, argv, 1);
    if (map != CR_UNDEFINED && !cr_is_function(map)) return throw_not_function(cx, map, NULL);
    bool iterable = cr_is_unknown(source) || cr_is_nullish(source) || cr_is_array(source) || cr_is_string(source) ||
                    cr_is_kind(source, CR_KIND_MAP) || cr_is_kind(source, CR_KIND_SET) || value_is_iterator(source);
    if (!iterable) return from_array_like(cx, source, map);
    cr_iterator iterator;
    if (!cr_iterate(cx, &iterator, source)) return CR_EXCEPTION;
    cr_array *array = array_with_capacity(cx, 0);
    for (;;) {
        cr_value item;
        int more = cr_next(cx, &iterator, &item);
        if (more == 0) return cr_from_pointer(array);
        if (more < 0 || !append_mapped(cx, array, item, map)) return CR_EXCEPTION;
    }
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

NATIVE(array_at) {
    cr_array *array = this_array(cx, this_value, "at");
    double index;
    if (array == NULL || !value_to_integer(cx, arg_at(argc, argv, 0), &index)) return CR_EXCEPTION;
    if (index < 0) index += array->length;
    return index >= 0 && index < array->length ? array_item(array, (uint32_t)index) : CR_UNDEFINED;
}

NATIVE(array_concat) {
    cr_array *from = this_array(cx, this_value, "concat");
    if (from == NULL) return CR_EXCEPTION;
    cr_array *array = cr_as_array(cr_array_new(cx, from->length, from->items));
    for (uint32_t i = 0; i < argc; i++) {
        if (!cr_is_array(argv[i])) {
            if (!array_append(cx, array, argv[i])) return CR_EXCEPTION;
            continue;
        }
        const cr_array *more = cr_as_array(argv[i]);
        if (!array_reserve(cx, array, array->length + more->length)) return CR_EXCEPTION;
        for (uint32_t k = 0; k < more->length; k++) array->items[array->length++] = more->items[k];
    }
    return cr_from_pointer(array);
}

NATIVE(array_slice) {
    cr_array *array = this_array(cx, this_value, "slice");
    uint32_t start, end;
    if (array == NULL || !value_to_relative_index(cx, arg_at(argc, argv, 0), array->length, 0, &start)) return CR_EXCEPTION;
    if (!value_to_relative_index(cx, arg_at(argc, argv, 1), array->length, array->length, &end)) return CR_EXCEPTION;
    if (end > array->length) end = array->length;
    return start < end ? cr_array_new(cx, end - start, array->items + start) : cr_from_pointer(array_with_capacity(cx, 0));
}

/* Is `item` strictly equal to `value`? 1, 0, or -1 after a suspension: the element is not known yet. */
static int is_element(cr_context *cx, cr_value item, cr_value value) {
    cr_value equal = cr_equal(cx, item, value);
    return equal == CR_EXCEPTION ? -1 : equal == CR_TRUE;
}

NATIVE(array_includes) {
    cr_array *array = this_array(cx, this_value, "includes");
    uint32_t from;
    if (array == NULL || !value_to_relative_index(cx, arg_at(argc, argv, 1), array->length, 0, &from)) return CR_EXCEPTION;
    cr_value value = arg_at(argc, argv, 0);
    bool is_nan = cr_is_number(value) && isnan(cr_to_double(value));
    for (uint32_t i = from; i < array->length; i++) {
        cr_value item = array_item(array, i);
        if (is_nan && cr_is_number(item) && isnan(cr_to_double(item))) return CR_TRUE;
        int found = is_element(cx, item, value);
        if (found != 0) return found > 0 ? CR_TRUE : CR_EXCEPTION;
    }
    return CR_FALSE;
}

NATIVE(array_index_of) {
    cr_array *array = this_array(cx, this_value, "indexOf");
    uint32_t from;
    if (array == NULL || !value_to_relative_index(cx, arg_at(argc, argv, 1), array->length, 0, &from)) return CR_EXCEPTION;
    for (uint32_t i = from; i < array->length; i++) {
        if (!array_has(array, i)) continue;
        int found = is_element(cx, array->items[i], arg_at(argc, argv, 0));
        if (found != 0) return found > 0 ? cr_number(i) : CR_EXCEPTION;
    }
    return cr_number(-1);
}

NATIVE(array_last_index_of) {
    cr_array *array = this_array(cx, this_value, "lastIndexOf");
    if (array == NULL) return CR_EXCEPTION;
    double from = array->length;
    if (argc > 1 && !value_to_integer(cx, argv[1], &from)) return CR_EXCEPTION;
    if (from < 0) from += array->length;
    if (from < 0 || array->length == 0) return cr_number(-1);
    uint32_t last = from >= array->length ? array->length - 1 : (uint32_t)from;
    for (uint32_t i = last + 1; i-- > 0;) {
        if (!array_has(array, i)) continue;
        int found = is_element(cx, array->items[i], arg_at(argc, argv, 0));
        if (found != 0) return found > 0 ? cr_number(i) : CR_EXCEPTION;
    }
    return cr_number(-1);
}

/* Unknown elements become parts of an unknown text. */
static cr_value join(cr_context *cx, const cr_array *array, const cr_string *separator) {
    if (!stack_check(cx)) return CR_EXCEPTION;
    if (array->length == 0) return cr_from_pointer(string_slice(cx, &text_comma, 0, 0));
    uint32_t count = array->length;
    if (count > UINT32_MAX / 2 - 1) return throw_range_error(cx, "Invalid string length");
    cr_value *parts = HEAP_ARRAY(cx, cr_value, (size_t)count * 2 - 1);
    STRING_LITERAL(text_empty, "");
    for (uint32_t i = 0; i < count; i++) {
        cr_value item = array_item(array, i);
        if (i != 0) parts[i * 2 - 1] = cr_from_pointer(separator);
        parts[i * 2] = cr_is_nullish(item) ? cr_from_pointer(&text_empty) : item;
    }
    return cr_template(cx, count * 2 - 1, parts);
}

NATIVE(array_join) {
    cr_array *array = this_array(cx, this_value, "join");
    if (array == NULL) return CR_EXCEPTION;
    const cr_string *separator = arg_at(argc, argv, 0) == CR_UNDEFINED ? &text_comma : value_to_string(cx, argv[0]);
    return separator != NULL ? join(cx, array, separator) : CR_EXCEPTION;
}

NATIVE(array_to_string) {
    cr_array *array = this_array(cx, this_value, "toString");
    return array != NULL ? join(cx, array, &text_comma) : CR_EXCEPTION;
}

static cr_value iterate(cr_context *cx, cr_value this_value, iterator_kind kind) {
    return this_array(cx, this_value, "values") != NULL ? iterator_new(cx, this_value, kind, &iterator_class_array) : CR_EXCEPTION;
}
NATIVE(array_keys) { return iterate(cx, this_value, ITERATE_KEYS); }
NATIVE(array_values) { return iterate(cx, this_value, ITERATE_VALUES); }
NATIVE(array_entries) { return iterate(cx, this_value, ITERATE_ENTRIES); }

static bool flatten(cr_context *cx, cr_array *into, const cr_array *from, double depth) {
    if (!stack_check(cx)) return false;
    for (uint32_t i = 0; i < from->length; i++) {
        if (!array_has(from, i)) continue;
        cr_value item = from->items[i];
        bool ok = depth > 0 && cr_is_array(item) ? flatten(cx, into, cr_as_array(item), depth - 1) : array_append(cx, into, item);
        if (!ok) return false;
    }
    return true;
}

NATIVE(array_flat) {
    cr_array *array = this_array(cx, this_value, "flat");
    double depth = 1;
    if (array == NULL || (arg_at(argc, argv, 0) != CR_UNDEFINED && !value_to_integer(cx, argv[0], &depth))) return CR_EXCEPTION;
    cr_array *flat = array_with_capacity(cx, array->length);
    return flatten(cx, flat, array, depth) ? cr_from_pointer(flat) : CR_EXCEPTION;
}

NATIVE(array_with) {
    cr_array *array = this_array(cx, this_value, "with");
    double index;
    if (array == NULL || !value_to_integer(cx, arg_at(argc, argv, 0), &index)) return CR_EXCEPTION;
    if (index < 0) index += array->length;
    if (!(index >= 0 && index < array->length)) return throw_range_error(cx, "Invalid index : %s", cr_to_utf8(cx, arg_at(argc, argv, 0), NULL));
    cr_array *copy = cr_as_array(cr_array_new(cx, array->length, array->items));
    for (uint32_t i = 0; i < copy->length; i++) copy->items[i] = array_item(array, i);
    copy->items[(uint32_t)index] = arg_at(argc, argv, 1);
    return cr_from_pointer(copy);
}

/* ---- changing --------------------------------------------------------------------------------------------------- */

NATIVE(array_push) {
    cr_array *array = this_array(cx, this_value, "push");
    if (array == NULL) return CR_EXCEPTION;
    for (uint32_t i = 0; i < argc; i++)
        if (!array_append(cx, array, argv[i])) return CR_EXCEPTION;
    return cr_number(array->length);
}

NATIVE(array_pop) {
    cr_array *array = this_array_writable(cx, this_value, "pop");
    if (array == NULL) return CR_EXCEPTION;
    if (array->length == 0) return CR_UNDEFINED;
    cr_value item = array_item(array, array->length - 1);
    array->length--;
    return item;
}

NATIVE(array_shift) {
    cr_array *array = this_array_writable(cx, this_value, "shift");
    if (array == NULL) return CR_EXCEPTION;
    if (array->length == 0) return CR_UNDEFINED;
    cr_value item = array_item(array, 0);
    array->items++; /* the heap keeps the memory anyway: a queue costs nothing */
    array->capacity--;
    array->length--;
    return item;
}

NATIVE(array_unshift) {
    cr_array *array = this_array_writable(cx, this_value, "unshift");
    if (array == NULL) return CR_EXCEPTION;
    if (argc == 0) return cr_number(array->length);
    if (!array_reserve(cx, array, array->length + argc)) return CR_EXCEPTION;
    memmove(array->items + argc, array->items, sizeof(cr_value) * array->length);
    memcpy(array->items, argv, sizeof(cr_value) * argc);
    array->length += argc;
    return cr_number(array->length);
}

NATIVE(array_reverse) {
    cr_array *array = this_array_writable(cx, this_value, "reverse");
    if (array == NULL) return CR_EXCEPTION;
    for (uint32_t i = 0; i < array->length / 2; i++) {
        cr_value item = array->items[i];
        array->items[i] = array->items[array->length - 1 - i];
        array->items[array->length - 1 - i] = item;
    }
    return this_value;
}

NATIVE(array_to_reversed) {
    cr_array *array = this_array(cx, this_value, "toReversed");
    if (array == NULL) return CR_EXCEPTION;
    cr_array *copy = array_with_capacity(cx, array->length);
    for (uint32_t i = array->length; i-- > 0;) copy->items[copy->length++] = array_item(array, i);
    return cr_from_pointer(copy);
}

NATIVE(array_fill) {
    cr_array *array = this_array_writable(cx, this_value, "fill");
    uint32_t start, end;
    if (array == NULL || !value_to_relative_index(cx, arg_at(argc, argv, 1), array->length, 0, &start)) return CR_EXCEPTION;
    if (!value_to_relative_index(cx, arg_at(argc, argv, 2), array->length, array->length, &end)) return CR_EXCEPTION;
    for (uint32_t i = start; i < end; i++) array->items[i] = arg_at(argc, argv, 0);
    return this_value;
}

NATIVE(array_copy_within) {
    cr_array *array = this_array_writable(cx, this_value, "copyWithin");
    uint32_t target, start, end;
    if (array == NULL || !value_to_relative_index(cx, arg_at(argc, argv, 0), array->length, 0, &target)) return CR_EXCEPTION;
    if (!value_to_relative_index(cx, arg_at(argc, argv, 1), array->length, 0, &start)) return CR_EXCEPTION;
    if (!value_to_relative_index(cx, arg_at(argc, argv, 2), array->length, array->length, &end)) return CR_EXCEPTION;
    uint32_t count = end > start ? end - start : 0;
    if (count > array->length - target) count = array->length - target;
    if (count != 0) memmove(array->items + target, array->items + start, sizeof(cr_value) * count);
    return this_value;
}

/* Where splice begins and how many elements it takes. */
static bool splice_range(cr_context *cx, const cr_array *array, uint32_t argc, const cr_value *argv, uint32_t *start, uint32_t *count) {
    if (!value_to_relative_index(cx, arg_at(argc, argv, 0), array->length, 0, start)) return false;
    uint32_t rest = array->length - *start;
    *count = argc == 0 ? 0 : rest;
    if (argc < 2) return true;
    double asked;
    if (!value_to_integer(cx, argv[1], &asked)) return false;
    *count = asked < 0 ? 0 : asked > rest ? rest : (uint32_t)asked;
    return true;
}

NATIVE(array_splice) {
    cr_array *array = this_array_writable(cx, this_value, "splice");
    uint32_t start, count;
    if (array == NULL || !splice_range(cx, array, argc, argv, &start, &count)) return CR_EXCEPTION;
    uint32_t added = argc > 2 ? argc - 2 : 0;
    cr_value removed = cr_array_new(cx, count, count != 0 ? array->items + start : NULL);
    if (!array_reserve(cx, array, array->length - count + added)) return CR_EXCEPTION;
    uint32_t tail = array->length - start - count;
    if (tail != 0) memmove(array->items + start + added, array->items + start + count, sizeof(cr_value) * tail);
    if (added != 0) memcpy(array->items + start, argv + 2, sizeof(cr_value) * added);
    array->length = array->length - count + added;
    return removed;
}

NATIVE(array_to_spliced) {
    cr_array *array = this_array(cx, this_value, "toSpliced");
    uint32_t start, count;
    if (array == NULL || !splice_range(cx, array, argc, argv, &start, &count)) return CR_EXCEPTION;
    cr_array *copy = array_with_capacity(cx, array->length);
    for (uint32_t i = 0; i < start; i++) copy->items[copy->length++] = array_item(array, i);
    for (uint32_t i = 2; i < argc; i++)
        if (!array_append(cx, copy, argv[i])) return CR_EXCEPTION;
    for (uint32_t i = start + count; i < array->length; i++)
        if (!array_append(cx, copy, array_item(array, i))) return CR_EXCEPTION;
    return cr_from_pointer(copy);
}

BUILTIN_STATICS(Array, MEMBERS_Array, BUILTIN_NO_ROWS)
BUILTIN_CONSTRUCTOR(Array, construct_array, 1, 0, &array_prototype, &Array_table)
BUILTIN_PROTOTYPE(array_prototype, MEMBERS_Array_prototype, cr_global_Array)
