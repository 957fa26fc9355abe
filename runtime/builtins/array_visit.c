/* The methods of Array that call the program back for each element. Each looks at the length once, at the start;
 * holes are skipped where the language skips them. */
#include "builtins/array.h"
#include "builtins/builtins.h"
#include "value/error.h"
#include "value/function.h"

/* One walk over an array. */
typedef struct visit {
    cr_context *cx;
    cr_array *array;
    cr_value callback, this_value; /* `this` of the callback */
    uint32_t length;
} visit;

static bool visit_begin(visit *self, cr_context *cx, cr_value this_value, uint32_t argc, const cr_value *argv, const char *method) {
    cr_array *array = this_array(cx, this_value, method);
    if (array == NULL) return false;
    *self = (visit){cx, array, arg_at(argc, argv, 0), arg_at(argc, argv, 1), array->length};
    if (cr_is_function(self->callback)) return true;
    throw_not_function(cx, self->callback, NULL);
    return false;
}

static cr_value visit_call(const visit *self, uint32_t i) {
    cr_value arguments[3] = {array_item(self->array, i), cr_number(i), cr_from_pointer(self->array)};
    return cr_call(self->cx, self->callback, self->this_value, 3, arguments, "callback");
}

/* The callback's answer as a truth value: 1, 0, -1 after a throw. */
static int visit_test(const visit *self, uint32_t i) {
    cr_value answer = visit_call(self, i);
    return answer == CR_EXCEPTION ? -1 : cr_truthy(self->cx, answer);
}

NATIVE(array_for_each) {
    visit v;
    if (!visit_begin(&v, cx, this_value, argc, argv, "forEach")) return CR_EXCEPTION;
    for (uint32_t i = 0; i < v.length; i++)
        if (array_has(v.array, i) && visit_call(&v, i) == CR_EXCEPTION) return CR_EXCEPTION;
    return CR_UNDEFINED;
}

NATIVE(array_map) {
    visit v;
    if (!visit_begin(&v, cx, this_value, argc, argv, "map")) return CR_EXCEPTION;
    cr_array *result = array_with_capacity(cx, v.length);
    result->length = v.length;
    for (uint32_t i = 0; i < v.length; i++) result->items[i] = CR_HOLE;
    for (uint32_t i = 0; i < v.length; i++) {
        if (!array_has(v.array, i)) continue;
        cr_value item = visit_call(&v, i);
        if (item == CR_EXCEPTION) return item;
        result->items[i] = item;
    }
    return cr_from_pointer(result);
}

NATIVE(array_filter) {
    visit v;
    if (!visit_begin(&v, cx, this_value, argc, argv, "filter")) return CR_EXCEPTION;
    cr_array *result = array_with_capacity(cx, 0);
    for (uint32_t i = 0; i < v.length; i++) {
        if (!array_has(v.array, i)) continue;
        cr_value item = v.array->items[i];
        int kept = visit_test(&v, i);
        if (kept < 0 || (kept > 0 && !array_append(cx, result, item))) return CR_EXCEPTION;
    }
    return cr_from_pointer(result);
}

NATIVE(array_some) {
    visit v;
    if (!visit_begin(&v, cx, this_value, argc, argv, "some")) return CR_EXCEPTION;
    for (uint32_t i = 0; i < v.length; i++) {
        int passes = array_has(v.array, i) ? visit_test(&v, i) : 0;
        if (passes != 0) return passes > 0 ? CR_TRUE : CR_EXCEPTION;
    }
    return CR_FALSE;
}

NATIVE(array_every) {
    visit v;
    if (!visit_begin(&v, cx, this_value, argc, argv, "every")) return CR_EXCEPTION;
    for (uint32_t i = 0; i < v.length; i++) {
        int passes = array_has(v.array, i) ? visit_test(&v, i) : 1;
        if (passes <= 0) return passes == 0 ? CR_FALSE : CR_EXCEPTION;
    }
    return CR_TRUE;
}

/* find and its three relatives visit holes too. */
static cr_value find(cr_context *cx, cr_value this_value, uint32_t argc, const cr_value *argv, bool last, bool want_index) {
    visit v;
    if (!visit_begin(&v, cx, this_value, argc, argv, last ? "findLast" : "find")) return CR_EXCEPTION;
    for (uint32_t n = 0; n < v.length; n++) {
        uint32_t i = last ? v.length - 1 - n : n;
        cr_value item = array_item(v.array, i);
        int found = visit_test(&v, i);
        if (found < 0) return CR_EXCEPTION;
        if (found > 0) return want_index ? cr_number(i) : item;
    }
    return want_index ? cr_number(-1) : CR_UNDEFINED;
}
NATIVE(array_find) { return find(cx, this_value, argc, argv, false, false); }
NATIVE(array_find_index) { return find(cx, this_value, argc, argv, false, true); }
NATIVE(array_find_last) { return find(cx, this_value, argc, argv, true, false); }
NATIVE(array_find_last_index) { return find(cx, this_value, argc, argv, true, true); }

static cr_value reduce(cr_context *cx, cr_value this_value, uint32_t argc, const cr_value *argv, bool right) {
    visit v;
    if (!visit_begin(&v, cx, this_value, argc, argv, right ? "reduceRight" : "reduce")) return CR_EXCEPTION;
    cr_value sum = argc > 1 ? argv[1] : CR_HOLE;
    for (uint32_t n = 0; n < v.length; n++) {
        uint32_t i = right ? v.length - 1 - n : n;
        if (!array_has(v.array, i)) continue;
        if (sum == CR_HOLE) {
            sum = v.array->items[i];
            continue;
        }
        cr_value arguments[4] = {sum, v.array->items[i], cr_number(i), this_value};
        sum = cr_call(cx, v.callback, CR_UNDEFINED, 4, arguments, "callback");
        if (sum == CR_EXCEPTION) return sum;
    }
    return sum != CR_HOLE ? sum : throw_type_error(cx, "Reduce of empty array with no initial value");
}
NATIVE(array_reduce) { return reduce(cx, this_value, argc, argv, false); }
NATIVE(array_reduce_right) { return reduce(cx, this_value, argc, argv, true); }

NATIVE(array_flat_map) {
    visit v;
    if (!visit_begin(&v, cx, this_value, argc, argv, "flatMap")) return CR_EXCEPTION;
    cr_array *result = array_with_capacity(cx, v.length);
    for (uint32_t i = 0; i < v.length; i++) {
        if (!array_has(v.array, i)) continue;
        cr_value item = visit_call(&v, i);
        if (item == CR_EXCEPTION) return item;
        if (!cr_is_array(item)) {
            if (!array_append(cx, result, item)) return CR_EXCEPTION;
            continue;
        }
        const cr_array *inner = cr_as_array(item);
        for (uint32_t k = 0; k < inner->length; k++)
            if (array_has(inner, k) && !array_append(cx, result, inner->items[k])) return CR_EXCEPTION;
    }
    return cr_from_pointer(result);
}
