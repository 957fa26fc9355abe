/* structuredClone: a deep copy that keeps cycles and shared parts. An unknown is its own copy. */
#include "builtins/table.h"
#include "value/collection.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/property.h"

typedef struct cloner {
    cr_context *cx;
    cr_collection *copies; /* from each object met to its copy */
} cloner;

static cr_value clone(cloner *self, cr_value v);

static bool clone_properties(cloner *self, cr_value from, cr_value to) {
    uint32_t count;
    const cr_string **keys = own_keys(self->cx, from, false, &count);
    if (keys == NULL) return false;
    for (uint32_t i = 0; i < count; i++) {
        cr_value value = own_property(self->cx, from, keys[i]);
        if (value != CR_EXCEPTION && value != CR_HOLE) value = clone(self, value);
        if (value == CR_EXCEPTION) return false;
        if (value != CR_HOLE && !cr_define(self->cx, to, cr_from_pointer(keys[i]), value)) return false;
    }
    return true;
}

static bool clone_entries(cloner *self, cr_value from, cr_value to) {
    uint32_t position = 0;
    const collection_entry *entry;
    while ((entry = collection_next(cr_as_collection(from), &position)) != NULL) {
        cr_value key = clone(self, entry->key), value = key != CR_EXCEPTION ? clone(self, entry->value) : key;
        if (value == CR_EXCEPTION) return false;
        collection_put(self->cx, cr_as_collection(to), key, value);
    }
    return true;
}

/* What an error keeps: its class (one of the language's own), message, stack and cause. */
static bool clone_error(cloner *self, cr_value from, cr_value to) {
    static const char *const names[] = {"stack", "message", "cause"};
    cr_as_object(to)->head.flags |= CR_FLAG_ERROR;
    error_stack(self->cx, cr_as_object(from));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_value key = cr_string_text(self->cx, names[i]), value = cr_own(from, cr_as_string(key));
        if (value == CR_UNDEFINED) continue;
        value = clone(self, value);
        if (value == CR_EXCEPTION) return false;
        object_define(self->cx, cr_as_object(to), cr_as_string(key), value, CR_SLOT_HIDDEN);
    }
    return true;
}

static cr_object *error_prototype_of(cr_context *cx, const cr_object *error) {
    for (const cr_object *at = object_proto(cx, error); at != NULL; at = object_proto(cx, at))
        for (int id = PROTOTYPE_ERROR; id < PROTOTYPE_COUNT; id++)
            if (cx->runtime->prototypes[id] == at) return cx->runtime->prototypes[id];
    return cx->runtime->prototypes[PROTOTYPE_ERROR];
}

static cr_value refuse(cr_context *cx, cr_value v) {
    const char *what = cr_is_function(v) ? cr_to_utf8(cx, v, NULL) : object_in_message(cx, v);
    cr_value error = error_new(cx, PROTOTYPE_ERROR, arena_format(&cx->runtime->heap, "%s could not be cloned.", what));
    cr_set_field(cx, error, "name", cr_string_text(cx, "DataCloneError"));
    return cr_throw(cx, error);
}

static cr_value clone(cloner *self, cr_value v) {
    cr_context *cx = self->cx;
    if (!cr_is_object(v)) return v;
    const collection_entry *known = collection_find(self->copies, v);
    if (known != NULL) return known->value;
    if (!stack_check(cx)) return CR_EXCEPTION;
    cr_value copy;
    switch (cr_heap_of(v)->kind) {
    case CR_KIND_ARRAY: copy = cr_from_pointer(array_with_capacity(cx, cr_as_array(v)->length)); break;
    case CR_KIND_MAP:
    case CR_KIND_SET: copy = collection_new(cx, (cr_kind)cr_heap_of(v)->kind, NULL); break;
    case CR_KIND_REGEXP: return v;
    case CR_KIND_OBJECT: copy = cr_object_new(cx); break;
    default: return refuse(cx, v);
    }
    collection_put(cx, self->copies, v, copy);
    bool ok;
    if (cr_is_kind(v, CR_KIND_MAP) || cr_is_kind(v, CR_KIND_SET)) {
        ok = clone_entries(self, v, copy);
    } else if ((cr_heap_of(v)->flags & CR_FLAG_ERROR) != 0) {
        cr_as_object(copy)->proto = error_prototype_of(cx, cr_as_object(v));
        ok = clone_error(self, v, copy);
    } else {
        ok = (!cr_is_array(v) || array_set_length(cx, cr_as_array(copy), cr_as_array(v)->length)) && clone_properties(self, v, copy);
    }
    return ok ? copy : CR_EXCEPTION;
}

NATIVE(structured_clone) {
    cloner state = {cx, cr_as_collection(collection_new(cx, CR_KIND_MAP, NULL))};
    return clone(&state, arg_at(argc, argv, 0));
}

BUILTIN_GLOBAL(structured_clone, structuredClone, 1, 0)
