/* builtins/array.h: what the files of Array share.                                                          */
#ifndef CREACT_BUILTINS_ARRAY_H
#define CREACT_BUILTINS_ARRAY_H

#include "value/object.h"

/* `this` as an array; NULL after a TypeError. */
cr_array *this_array(cr_context *cx, cr_value this_value, const char *method);
/* As this_array, for methods that change it: a frozen one throws. */
cr_array *this_array_writable(cr_context *cx, cr_value this_value, const char *method);
/* The element at `i`, a hole or anything past the end as undefined. */
static inline cr_value array_item(const cr_array *array, uint32_t i) {
    return i < array->length && array->items[i] != CR_HOLE ? array->items[i] : CR_UNDEFINED;
}
static inline bool array_has(const cr_array *array, uint32_t i) { return i < array->length && array->items[i] != CR_HOLE; }

#endif
