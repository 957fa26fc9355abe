#include "value/iterate.h"

#include "value/collection.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/object.h"
#include "value/string.h"

#define X(id, text) const cr_host_class iterator_class_##id = {.name = text};
ITERATOR_CLASS_LIST(X)
#undef X

/* An iterator object's data. */
typedef struct iterator_state {
    cr_value source; /* CR_UNDEFINED once it has come to the end */
    uint32_t position;
    iterator_kind kind;
} iterator_state;

cr_value iterator_new(cr_context *cx, cr_value source, iterator_kind kind, const cr_host_class *class) {
    iterator_state *state = HEAP_NEW(cx, iterator_state);
    *state = (iterator_state){source, 0, kind};
    cr_value iterator = host_new(cx, class, state);
    cr_as_object(iterator)->proto = cx->runtime->prototypes[PROTOTYPE_ITERATOR];
    return iterator;
}

bool value_is_iterator(cr_value v) {
    if (!cr_is_kind(v, CR_KIND_HOST)) return false;
    const cr_host_class *class = cr_as_host(v)->class;
#define X(id, text)                                                                                           \
    if (class == &iterator_class_##id) return true;
    ITERATOR_CLASS_LIST(X)
#undef X
    return false;
}

static cr_value pair(cr_context *cx, cr_value a, cr_value b) { return cr_array_new(cx, 2, (cr_value[]){a, b}); }

static bool step_for_in(cr_context *cx, const cr_array *keys, uint32_t *position, cr_value *value) {
    uint32_t count = keys->length - 1;
    while (*position < count) {
        *value = keys->items[(*position)++];
        if (cr_in(cx, *value, keys->items[count]) == CR_TRUE) return true;
    }
    return false;
}

/* What stands at *position of `source`, in the form that `kind` asks for; false at the end. */
static bool step(cr_context *cx, cr_value source, iterator_kind kind, uint32_t *position, cr_value *value) {
    switch (cr_heap_of(source)->kind) {
    case CR_KIND_ARRAY: {
        const cr_array *array = cr_as_array(source);
        if (kind == ITERATE_FOR_IN) return step_for_in(cx, array, position, value);
        uint32_t i = *position;
        if (i >= array->length) return false;
        *position = i + 1;
        cr_value item = array->items[i] == CR_HOLE ? CR_UNDEFINED : array->items[i];
        *value = kind == ITERATE_VALUES ? item : kind == ITERATE_KEYS ? cr_number(i) : pair(cx, cr_number(i), item);
        return true;
    }
    case CR_KIND_STRING: {
        if (*position >= string_length(source)) return false;
        uint32_t units;
        string_code_point(cr_as_string(source), *position, &units);
        *value = cr_from_pointer(string_slice(cx, cr_as_string(source), *position, *position + units));
        *position += units;
        return true;
    }
    default: {
        const collection_entry *entry = collection_next(cr_as_collection(source), position);
        if (entry == NULL) return false;
        bool is_set = cr_is_kind(source, CR_KIND_SET);
        cr_value item = is_set ? entry->key : entry->value;
        *value = kind == ITERATE_VALUES ? item : kind == ITERATE_KEYS ? entry->key : pair(cx, entry->key, item);
        return true;
    }
    }
}

int iterator_step(cr_context *cx, cr_host *iterator, cr_value *value) {
    iterator_state *state = iterator->data;
    if (state->source == CR_UNDEFINED) return 0;
    if (step(cx, state->source, state->kind, &state->position, value)) return 1;
    state->source = CR_UNDEFINED;
    return 0;
}

const cr_array *iterator_rest(cr_context *cx, cr_value iterator) {
    const iterator_state *state = cr_as_host(iterator)->data;
    iterator_state copy = *state;
    if (!cr_is_kind(copy.source, CR_KIND_MAP) && !cr_is_kind(copy.source, CR_KIND_SET)) return NULL;
    cr_array *rest = array_with_capacity(cx, 0);
    cr_value value;
    while (step(cx, copy.source, copy.kind, &copy.position, &value)) array_append(cx, rest, value);
    return rest;
}

enum { MODE_VALUES, MODE_ENTRIES, MODE_ITERATOR };

static bool throw_not_iterable(cr_context *cx, cr_value v) {
    const char *type = v == CR_NULL ? "object null" : value_type_name(v);
    const char *text = "";
    const char *space = "";
    if (v == CR_UNDEFINED || v == CR_NULL || cr_is_object(v)) {
        text = "";
    } else {
        text = cr_to_utf8(cx, v, NULL);
        space = " ";
    }
    throw_type_error(cx, "%s%s%s is not iterable (cannot read property Symbol(Symbol.iterator))", type, space, text);
    return false;
}

bool cr_iterate(cr_context *cx, cr_iterator *iterator, cr_value iterable) {
    *iterator = (cr_iterator){.source = iterable, .mode = MODE_VALUES};
    if (cr_is_unknown(iterable)) {
        cr_suspend(cx, iterable);
        return false;
    }
    if (!cr_is_heap(iterable)) return throw_not_iterable(cx, iterable);
    switch (cr_heap_of(iterable)->kind) {
    case CR_KIND_ARRAY:
    case CR_KIND_STRING:
    case CR_KIND_SET: return true;
    case CR_KIND_MAP: iterator->mode = MODE_ENTRIES; return true;
    default:
        if (!value_is_iterator(iterable)) return throw_not_iterable(cx, iterable);
        iterator->mode = MODE_ITERATOR;
        return true;
    }
}

int cr_next(cr_context *cx, cr_iterator *iterator, cr_value *value) {
    *value = CR_UNDEFINED; /* at the end */
    if (iterator->mode == MODE_ITERATOR) return iterator_step(cx, cr_as_host(iterator->source), value);
    iterator_kind kind = iterator->mode == MODE_ENTRIES ? ITERATE_ENTRIES : ITERATE_VALUES;
    return step(cx, iterator->source, kind, &iterator->position, value) ? 1 : 0;
}

static bool can_iterate(cr_value v) {
    return cr_is_unknown(v) || value_is_iterator(v) || cr_is_string(v) || cr_is_array(v) || cr_is_kind(v, CR_KIND_MAP) ||
           cr_is_kind(v, CR_KIND_SET);
}

bool cr_iterate_text(cr_context *cx, cr_iterator *iterator, cr_value iterable, const char *text) {
    if (*text == '\0' || can_iterate(iterable)) return cr_iterate(cx, iterator, iterable);
    throw_type_error(cx, "%s is not iterable", text);
    return false;
}

bool iterate_argument(cr_context *cx, cr_iterator *iterator, cr_value iterable, const char *text) {
    if (can_iterate(iterable)) return cr_iterate(cx, iterator, iterable);
    if (cr_is_nullish(iterable)) {
        const char *name = iterable == CR_NULL ? "null" : "undefined";
        throw_type_error(cx, "%s is not iterable (cannot read property %s)", text, name);
    } else {
        throw_type_error(cx, "Spread syntax requires ...iterable[Symbol.iterator] to be a function");
    }
    return false;
}

bool cr_take(cr_context *cx, cr_value iterable, uint32_t count, cr_value *values, const char *text) {
    cr_iterator iterator;
    if (!cr_iterate_text(cx, &iterator, iterable, text)) return false;
    for (uint32_t i = 0; i < count; i++) {
        if (cr_next(cx, &iterator, &values[i]) < 0) return false;
    }
    return cr_iterator_close(cx, &iterator);
}

bool cr_require_object(cr_context *cx, cr_value value, cr_value key, const char *text) {
    if (!cr_is_nullish(value)) return true;
    const char *name = value == CR_NULL ? "null" : "undefined";
    if (*text == '\0') text = value == CR_NULL ? "object null" : "undefined";
    if (key == CR_UNDEFINED) throw_type_error(cx, "Cannot destructure '%s' as it is %s.", text, name);
    else throw_type_error(cx, "Cannot destructure property '%s' of '%s' as it is %s.", cr_to_utf8(cx, key, NULL), text, name);
    return false;
}

/* No iterator of the subset has a `return` method. */
bool cr_iterator_close(cr_context *cx, cr_iterator *iterator) { return true; }
