/* Array.prototype.sort: a stable merge sort; undefined goes behind the values, holes behind that. */
#include "builtins/array.h"
#include "builtins/builtins.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/string.h"
#include "value/unknown.h"

enum { INSERTION_MAX = 8 };

typedef struct sort_item {
    cr_value value;
    const cr_string *text; /* without a comparison function */
} sort_item;

typedef struct sorter {
    cr_context *cx;
    cr_value compare; /* CR_UNDEFINED: by text */
    bool failed;
} sorter;

/* Must `b` go before `a`? */
static bool goes_before(sorter *self, const sort_item *b, const sort_item *a) {
    if (self->failed) return false;
    if (self->compare == CR_UNDEFINED) return string_compare(b->text, a->text) < 0;
    cr_value arguments[2] = {b->value, a->value};
    cr_value answer = cr_call(self->cx, self->compare, CR_UNDEFINED, 2, arguments, "compare");
    double order = 0;
    if (answer == CR_EXCEPTION || !value_to_number(self->cx, answer, &order)) self->failed = true;
    return order < 0;
}

static void insertion_sort(sorter *self, sort_item *items, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        sort_item item = items[i];
        uint32_t at = i;
        for (; at > 0 && goes_before(self, &item, &items[at - 1]); at--) items[at] = items[at - 1];
        items[at] = item;
    }
}

static void merge_sort(sorter *self, sort_item *items, uint32_t count, sort_item *spare) {
    if (count <= INSERTION_MAX) {
        insertion_sort(self, items, count);
        return;
    }
    uint32_t half = count / 2;
    merge_sort(self, items, half, spare);
    merge_sort(self, items + half, count - half, spare);
    memcpy(spare, items, sizeof *items * half);
    uint32_t left = 0, right = half, at = 0;
    while (left < half && right < count)
        items[at++] = goes_before(self, &items[right], &spare[left]) ? items[right++] : spare[left++];
    while (left < half) items[at++] = spare[left++];
}

/* Sorts copies of the elements and, when all went well, writes them back: what the program's comparison does to
 * the array meanwhile cannot hurt. */
static bool sort(cr_context *cx, cr_array *array, cr_value compare) {
    uint32_t length = array->length, count = 0, undefined_count = 0;
    sorter self = {cx, compare, false};
    sort_item *items = HEAP_ARRAY(cx, sort_item, (size_t)length + length / 2 + 1);
    for (uint32_t i = 0; i < length; i++) {
        cr_value value = array->items[i];
        if (value == CR_UNDEFINED) undefined_count++;
        if (value == CR_UNDEFINED || value == CR_HOLE) continue;
        items[count] = (sort_item){value, NULL};
        if (compare == CR_UNDEFINED && (items[count].text = value_to_string(cx, value)) == NULL) return false;
        count++;
    }
    merge_sort(&self, items, count, items + length);
    if (self.failed || !array_set_length(cx, array, array->length > length ? array->length : length)) return false;
    for (uint32_t i = 0; i < length; i++)
        array->items[i] = i < count ? items[i].value : i < count + undefined_count ? CR_UNDEFINED : CR_HOLE;
    return true;
}

static bool check_compare(cr_context *cx, cr_value compare) {
    if (compare == CR_UNDEFINED || cr_is_function(compare)) return true;
    throw_type_error(cx, "The comparison function must be either a function or undefined");
    return false;
}

NATIVE(array_sort) {
    cr_value compare = arg_at(argc, argv, 0);
    if (!check_compare(cx, compare)) return CR_EXCEPTION;
    cr_array *array = this_array_writable(cx, this_value, "sort");
    return array != NULL && sort(cx, array, compare) ? this_value : CR_EXCEPTION;
}

NATIVE(array_to_sorted) {
    cr_value compare = arg_at(argc, argv, 0);
    if (!check_compare(cx, compare)) return CR_EXCEPTION;
    cr_array *array = this_array(cx, this_value, "toSorted");
    if (array == NULL) return CR_EXCEPTION;
    cr_array *copy = array_with_capacity(cx, array->length);
    for (uint32_t i = 0; i < array->length; i++) copy->items[copy->length++] = array_item(array, i);
    return sort(cx, copy, compare) ? cr_from_pointer(copy) : CR_EXCEPTION;
}
