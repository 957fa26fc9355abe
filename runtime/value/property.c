#include "value/property.h"

#include <stdlib.h>

#include "value/convert.h"
#include "value/error.h"
#include "value/function.h"
#include "value/host.h"
#include "value/iterate.h"
#include "value/number.h"
#include "value/object.h"
#include "value/string.h"
#include "value/unknown.h"

STRING_LITERAL(key_length, "length");
STRING_LITERAL(key_name, "name");
STRING_LITERAL(key_prototype, "prototype");
STRING_LITERAL(key_type, "type");
STRING_LITERAL(key_key, "key");
STRING_LITERAL(key_props, "props");

/* ---- messages ------------------------------------------------------------------------------------------------ */

static const char *text_of(cr_context *cx, const cr_string *s) { return cr_to_utf8(cx, cr_from_pointer(s), NULL); }

const char *object_in_message(cr_context *cx, cr_value object) {
    if (cr_is_array(object)) return "[object Array]";
    if (!cr_has_slots(object)) return "#<Object>";
    if (cr_is_function(object)) {
        const cr_function_info *info = cr_as_function(object)->info;
        const char *form = (info->flags & CR_FUNCTION_CLASS) != 0 ? "class %s" : "function '%s'";
        return arena_format(&cx->runtime->heap, form, text_of(cx, info->name));
    }
    const char *name = object_class_name(cx, cr_as_object(object));
    return arena_format(&cx->runtime->heap, "#<%s>", name != NULL ? name : "Object");
}

static cr_value throw_read_nullish(cr_context *cx, cr_value object, const cr_string *key) {
    return throw_type_error(cx, "Cannot read properties of %s (reading '%s')", object == CR_NULL ? "null" : "undefined",
                            text_of(cx, key));
}

static bool throw_read_only(cr_context *cx, cr_value object, const cr_string *key) {
    throw_type_error(cx, "Cannot assign to read only property '%s' of object '%s'", text_of(cx, key),
                     object_in_message(cx, object));
    return false;
}

static bool throw_not_extensible(cr_context *cx, const cr_string *key) {
    throw_type_error(cx, "Cannot add property %s, object is not extensible", text_of(cx, key));
    return false;
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static cr_value slot_value(cr_context *cx, const cr_slot *slot, cr_value receiver) {
    if ((slot->flags & CR_SLOT_ACCESSOR) == 0) return slot->value.bits;
    cr_value getter = cr_as_array(slot->value.bits)->items[0];
    return getter == CR_UNDEFINED ? CR_UNDEFINED : cr_call(cx, getter, receiver, 0, NULL, "getter");
}

/* Own properties that are not slots: CR_HOLE when there is none of that name. */
static cr_value own_exotic(cr_context *cx, cr_value object, const cr_string *key) {
    uint32_t index;
    switch (cr_heap_of(object)->kind) {
    case CR_KIND_ARRAY:
        if (cr_string_equal(key, &key_length)) return cr_number(cr_as_array(object)->length);
        if (string_array_index(key, &index) && index < cr_as_array(object)->length) return cr_as_array(object)->items[index];
        return CR_HOLE;
    case CR_KIND_STRING:
        if (cr_string_equal(key, &key_length)) return cr_number(string_length(object));
        if (string_array_index(key, &index) && index < string_length(object))
            return cr_from_pointer(string_slice(cx, cr_as_string(object), index, index + 1));
        return CR_HOLE;
    case CR_KIND_FUNCTION: {
        const cr_function *f = cr_as_function(object);
        if (f->object.count != 0 && object_find(&f->object, key) != NULL) return CR_HOLE;
        if (cr_string_equal(key, &key_name)) return cr_from_pointer(f->info->name);
        if (cr_string_equal(key, &key_length)) return cr_number(f->info->arity);
        if (cr_string_equal(key, &key_prototype)) {
            cr_object *prototype = function_prototype_of(cx, object);
            return prototype != NULL ? cr_from_pointer(prototype) : CR_HOLE;
        }
        return CR_HOLE;
    }
    case CR_KIND_HOST: {
        cr_host *host = cr_as_host(object);
        return host->class->get != NULL ? host->class->get(cx, host, key) : CR_HOLE;
    }
    case CR_KIND_ELEMENT: {
        const cr_element *element = cr_as_element(object);
        if (cr_string_equal(key, &key_type)) return element->type.bits;
        if (cr_string_equal(key, &key_key)) return element->key.bits == CR_UNDEFINED ? CR_NULL : element->key.bits;
        if (cr_string_equal(key, &key_props)) return element->props.bits;
        return CR_HOLE;
    }
    default: return CR_HOLE;
    }
}

cr_value own_property(cr_context *cx, cr_value object, const cr_string *key) {
    if (!cr_is_heap(object)) return CR_HOLE;
    if (cr_has_slots(object)) object_ready(cx, cr_as_object(object));
    cr_value value = own_exotic(cx, object, key);
    if (value != CR_HOLE || !cr_has_slots(object)) return value;
    const cr_slot *slot = object_find(cr_as_object(object), key);
    return slot != NULL ? slot_value(cx, slot, object) : CR_HOLE;
}

/* Looks for `key` along the prototypes from `at`. */
static cr_value get_from_chain(cr_context *cx, cr_object *at, const cr_string *key, cr_value receiver) {
    for (; at != NULL; at = object_proto(cx, at)) {
        object_ready(cx, at);
        const cr_slot *slot = object_find(at, key);
        if (slot != NULL) return slot_value(cx, slot, receiver);
    }
    return CR_UNDEFINED;
}

cr_value cr_get(cr_context *cx, cr_value object, const cr_string *key) {
    const cr_runtime *runtime = cx->runtime;
    if (cr_is_heap(object)) {
        cr_object *start;
        switch (cr_heap_of(object)->kind) {
        case CR_KIND_UNKNOWN: return unknown_member(cx, object, key);
        case CR_KIND_STRING: start = runtime->prototypes[PROTOTYPE_STRING]; break;
        case CR_KIND_ELEMENT: start = runtime->prototypes[PROTOTYPE_OBJECT]; break;
        case CR_KIND_OBJECT: return get_from_chain(cx, cr_as_object(object), key, object);
        default: start = cr_as_object(object); break;
        }
        cr_value value = own_exotic(cx, object, key);
        return value != CR_HOLE ? value : get_from_chain(cx, start, key, object);
    }
    if (cr_is_number(object)) return get_from_chain(cx, runtime->prototypes[PROTOTYPE_NUMBER], key, object);
    if (cr_is_bool(object)) return get_from_chain(cx, runtime->prototypes[PROTOTYPE_BOOLEAN], key, object);
    return throw_read_nullish(cx, object, key);
}

cr_value cr_get_named(cr_context *cx, cr_value object, const char *name) {
    return cr_get(cx, object, cr_as_string(cr_string_text(cx, name)));
}

/* Is `v` a number that can index an array? */
static bool number_index(cr_value v, uint32_t *index) {
    if (!cr_is_number(v)) return false;
    double number = cr_to_double(v);
    if (!(number >= 0 && number < UINT32_MAX)) return false;
    *index = (uint32_t)number;
    return *index == number;
}

cr_value cr_get_element(cr_context *cx, cr_value object, cr_value key) {
    uint32_t index;
    if (number_index(key, &index)) {
        if (cr_is_array(object)) {
            const cr_array *array = cr_as_array(object);
            if (index < array->length && array->items[index] != CR_HOLE) return array->items[index];
        } else if (cr_is_string(object)) {
            if (index >= string_length(object)) return CR_UNDEFINED;
            return cr_from_pointer(string_slice(cx, cr_as_string(object), index, index + 1));
        }
    }
    if (cr_is_string(key)) return cr_get(cx, object, cr_as_string(key));
    if (cr_is_nullish(object)) {
        const cr_string *text = cr_as_string(cr_string_text(cx, cr_to_utf8(cx, key, NULL)));
        return throw_read_nullish(cx, object, text);
    }
    const cr_string *name = value_to_key(cx, key);
    return name != NULL ? cr_get(cx, object, name) : CR_EXCEPTION;
}

cr_value cr_invoke(cr_context *cx, cr_value object, const char *name, uint32_t argc, const cr_value *argv) {
    return cr_call_method(cx, object, cr_as_string(cr_string_text(cx, name)), argc, argv, name);
}

/* ---- writing --------------------------------------------------------------------------------------------------- */

/* Runs an inherited or own setter. 1: done, 0: there is none in the way, -1: threw. */
static int set_through_chain(cr_context *cx, cr_value object, const cr_string *key, cr_value value, cr_object *at) {
    for (; at != NULL; at = object_proto(cx, at)) {
        object_ready(cx, at);
        const cr_slot *slot = object_find(at, key);
        if (slot == NULL) continue;
        if ((slot->flags & CR_SLOT_ACCESSOR) != 0) {
            cr_value setter = cr_as_array(slot->value.bits)->items[1];
            if (setter == CR_UNDEFINED) {
                throw_type_error(cx, "Cannot set property %s of %s which has only a getter", text_of(cx, key),
                                 object_in_message(cx, object));
                return -1;
            }
            return cr_call(cx, setter, object, 1, &value, "setter") != CR_EXCEPTION ? 1 : -1;
        }
        if ((slot->flags & CR_SLOT_READONLY) != 0) {
            throw_read_only(cx, object, key);
            return -1;
        }
        return 0;
    }
    return 0;
}

static bool set_array_item(cr_context *cx, cr_array *array, uint32_t index, cr_value value) {
    uint32_t flags = array->object.head.flags;
    if (index < array->length && array->items[index] != CR_HOLE) {
        if ((flags & CR_FLAG_FROZEN) != 0)
            return throw_read_only(cx, cr_from_pointer(array), cr_as_string(cr_number_string(cx, index)));
    } else if ((flags & (CR_FLAG_FROZEN | CR_FLAG_NOT_EXTENSIBLE)) != 0) {
        return throw_not_extensible(cx, cr_as_string(cr_number_string(cx, index)));
    }
    if (index >= array->length && !array_set_length(cx, array, index + 1)) return false;
    array->items[index] = value;
    return true;
}

static bool set_array_length(cr_context *cx, cr_array *array, cr_value value) {
    double number;
    if (!value_to_number(cx, value, &number)) return false;
    if (!(number >= 0 && number <= UINT32_MAX) || number != (double)(uint32_t)number) {
        throw_range_error(cx, "Invalid array length");
        return false;
    }
    if ((array->object.head.flags & CR_FLAG_FROZEN) != 0) return throw_read_only(cx, cr_from_pointer(array), &key_length);
    return array_set_length(cx, array, (uint32_t)number);
}

static bool set_ordinary(cr_context *cx, cr_value object, const cr_string *key, cr_value value) {
    cr_object *self = cr_as_object(object);
    object_ready(cx, self);
    cr_slot *own = object_find(self, key);
    if (own == NULL || (own->flags & (CR_SLOT_ACCESSOR | CR_SLOT_READONLY)) != 0) {
        int done = set_through_chain(cx, object, key, value, self);
        if (done != 0) return done > 0;
        if ((self->head.flags & (CR_FLAG_FROZEN | CR_FLAG_NOT_EXTENSIBLE)) != 0) return throw_not_extensible(cx, key);
    } else if ((self->head.flags & CR_FLAG_FROZEN) != 0) {
        return throw_read_only(cx, object, key);
    }
    object_slot(cx, self, key)->value.bits = value;
    return true;
}

bool cr_set(cr_context *cx, cr_value object, const cr_string *key, cr_value value) {
    uint32_t index;
    if (cr_is_array(object)) {
        if (string_array_index(key, &index)) return set_array_item(cx, cr_as_array(object), index, value);
        if (cr_string_equal(key, &key_length)) return set_array_length(cx, cr_as_array(object), value);
    } else if (cr_is_kind(object, CR_KIND_HOST) && cr_as_host(object)->class->set != NULL) {
        return cr_as_host(object)->class->set(cx, cr_as_host(object), key, value);
    } else if (cr_is_function(object)) {
        bool virtual_key = cr_string_equal(key, &key_name) || cr_string_equal(key, &key_length) || cr_string_equal(key, &key_prototype);
        if (virtual_key && object_find(cr_as_object(object), key) == NULL) return throw_read_only(cx, object, key);
    } else if (cr_is_element(object)) {
        return throw_not_extensible(cx, key);
    }
    if (cr_has_slots(object)) return set_ordinary(cx, object, key, value);
    if (cr_is_unknown(object)) {
        cr_suspend(cx, object);
    } else if (cr_is_nullish(object)) {
        throw_type_error(cx, "Cannot set properties of %s (setting '%s')", object == CR_NULL ? "null" : "undefined", text_of(cx, key));
    } else {
        throw_type_error(cx, "Cannot create property '%s' on %s '%s'", text_of(cx, key), value_type_name(object), cr_to_utf8(cx, object, NULL));
    }
    return false;
}

bool cr_set_element(cr_context *cx, cr_value object, cr_value key, cr_value value) {
    uint32_t index;
    if (cr_is_array(object) && number_index(key, &index)) return set_array_item(cx, cr_as_array(object), index, value);
    const cr_string *name = cr_is_string(key) ? cr_as_string(key) : value_to_key(cx, key);
    return name != NULL && cr_set(cx, object, name, value);
}

bool cr_define(cr_context *cx, cr_value object, cr_value key, cr_value value) {
    const cr_string *name = cr_is_string(key) ? cr_as_string(key) : value_to_key(cx, key);
    if (name == NULL) return false;
    uint32_t index;
    if (cr_is_array(object) && string_array_index(name, &index)) return set_array_item(cx, cr_as_array(object), index, value);
    object_define(cx, cr_as_object(object), name, value, 0);
    return true;
}

bool cr_define_accessor(cr_context *cx, cr_value object, cr_value key, cr_value getter, cr_value setter, uint32_t flags) {
    const cr_string *name = cr_is_string(key) ? cr_as_string(key) : value_to_key(cx, key);
    if (name == NULL) return false;
    cr_object *self = cr_as_object(object);
    const cr_slot *old = object_find(self, name);
    cr_value pair[2] = {getter, setter};
    if (old != NULL && (old->flags & CR_SLOT_ACCESSOR) != 0) { /* `get x` and `set x` come one after the other */
        const cr_array *before = cr_as_array(old->value.bits);
        for (int i = 0; i < 2; i++)
            if (pair[i] == CR_UNDEFINED) pair[i] = before->items[i];
    }
    object_define(cx, self, name, cr_array_new(cx, 2, pair), flags | CR_SLOT_ACCESSOR);
    return true;
}

bool cr_define_field(cr_context *cx, cr_value object, cr_value key, cr_value value) { return cr_define(cx, object, key, value); }

cr_value cr_delete(cr_context *cx, cr_value object, cr_value key) {
    if (cr_is_unknown(object)) return cr_suspend(cx, object);
    const cr_string *name = value_to_key(cx, key);
    if (name == NULL) return CR_EXCEPTION;
    if (cr_is_nullish(object)) return throw_type_error(cx, "Cannot convert undefined or null to object");
    if (!cr_has_slots(object)) return CR_TRUE;
    cr_object *self = cr_as_object(object);
    object_ready(cx, self);
    uint32_t index;
    bool is_item = cr_is_array(object) && string_array_index(name, &index) && index < cr_as_array(object)->length;
    const cr_slot *slot = object_find(self, name);
    bool locked = slot != NULL && (slot->flags & CR_SLOT_LOCKED) != 0;
    bool is_length = cr_is_array(object) && cr_string_equal(name, &key_length);
    if (locked || is_length || ((is_item || slot != NULL) && (self->head.flags & CR_FLAG_FROZEN) != 0))
        return throw_type_error(cx, "Cannot delete property '%s' of %s", text_of(cx, name), object_in_message(cx, object));
    if (is_item) cr_as_array(object)->items[index] = CR_HOLE;
    object_remove(cx, self, name);
    return CR_TRUE;
}

cr_value cr_in(cr_context *cx, cr_value key, cr_value object) {
    if (cr_is_unknown(object)) return cr_suspend(cx, object);
    const cr_string *name = value_to_key(cx, key);
    if (name == NULL) return CR_EXCEPTION;
    if (!cr_is_object(object))
        return throw_type_error(cx, "Cannot use 'in' operator to search for '%s' in %s", text_of(cx, name), cr_to_utf8(cx, object, NULL));
    cr_value value = own_exotic(cx, object, name);
    if (value == CR_EXCEPTION) return value;
    if (value != CR_HOLE) return CR_TRUE;
    cr_object *at = cr_has_slots(object) ? cr_as_object(object) : cx->runtime->prototypes[PROTOTYPE_OBJECT];
    for (; at != NULL; at = object_proto(cx, at)) {
        object_ready(cx, at);
        if (object_find(at, name) != NULL) return CR_TRUE;
    }
    return CR_FALSE;
}

/* ---- listing --------------------------------------------------------------------------------------------------- */

typedef struct indexed_key {
    uint32_t index;
    const cr_string *key;
} indexed_key;

static int compare_indexed(const void *a, const void *b) {
    uint32_t x = ((const indexed_key *)a)->index, y = ((const indexed_key *)b)->index;
    return x < y ? -1 : x > y;
}

/* Adds the keys of slots: array indexes ascending, then the others in order. Answers the new count. */
static uint32_t add_slot_keys(cr_context *cx, const cr_object *object, bool hidden, const cr_string **keys, uint32_t count) {
    indexed_key *indexed = NULL;
    uint32_t indexed_count = 0, index;
    for (uint32_t i = 0; i < object->count; i++) {
        if (!string_array_index(object->slots[i].key, &index)) continue;
        if (indexed == NULL) indexed = HEAP_ARRAY(cx, indexed_key, object->count);
        if (hidden || (object->slots[i].flags & CR_SLOT_HIDDEN) == 0)
            indexed[indexed_count++] = (indexed_key){index, object->slots[i].key};
    }
    if (indexed_count > 1) qsort(indexed, indexed_count, sizeof *indexed, compare_indexed);
    for (uint32_t i = 0; i < indexed_count; i++) keys[count++] = indexed[i].key;
    for (uint32_t i = 0; i < object->count; i++) {
        if (!hidden && (object->slots[i].flags & CR_SLOT_HIDDEN) != 0) continue;
        if (indexed != NULL && string_array_index(object->slots[i].key, &index)) continue;
        keys[count++] = object->slots[i].key;
    }
    return count;
}

const cr_string **own_keys(cr_context *cx, cr_value object, bool hidden, uint32_t *count) {
    static const cr_string *const element_keys[] = {&key_type, &key_key, &key_props};
    *count = 0;
    uint32_t items = 0, host_count = 0;
    const cr_string **host_keys = NULL;
    if (cr_is_array(object)) items = cr_as_array(object)->length;
    if (cr_is_string(object)) items = string_length(object);
    if (cr_is_kind(object, CR_KIND_HOST) && cr_as_host(object)->class->own_keys != NULL) {
        host_keys = cr_as_host(object)->class->own_keys(cx, cr_as_host(object), &host_count);
        if (host_keys == NULL) return NULL;
    }
    if (cr_has_slots(object)) object_ready(cx, cr_as_object(object));
    uint32_t slots = cr_has_slots(object) ? cr_as_object(object)->count : 3;
    const cr_string **keys = HEAP_ARRAY(cx, const cr_string *, (size_t)items + host_count + slots + 1);
    uint32_t at = 0;
    for (uint32_t i = 0; i < items; i++)
        if (cr_is_string(object) || cr_as_array(object)->items[i] != CR_HOLE) keys[at++] = cr_as_string(cr_number_string(cx, i));
    for (uint32_t i = 0; i < host_count; i++) keys[at++] = host_keys[i];
    if (cr_has_slots(object)) {
        at = add_slot_keys(cx, cr_as_object(object), hidden, keys, at);
    } else if (cr_is_element(object)) {
        for (uint32_t i = 0; i < 3; i++) keys[at++] = element_keys[i];
    }
    if (hidden && cr_is_array(object)) keys[at++] = &key_length;
    *count = at;
    return keys;
}

const cr_string **cr_own_keys(cr_context *cx, cr_value object, uint32_t *count) { return own_keys(cx, object, false, count); }

/* Own keys, then those of the prototypes that are enumerable: only classes of the program can have some. */
cr_value cr_for_in_keys(cr_context *cx, cr_value object) {
    if (cr_is_unknown(object)) return cr_suspend(cx, object);
    cr_array *keys = array_with_capacity(cx, 8);
    cr_object *seen = object_new(cx, NULL);
    for (cr_value at = object; cr_is_heap(at);) {
        uint32_t count;
        const cr_string **own = own_keys(cx, at, false, &count);
        if (own == NULL) return CR_EXCEPTION;
        for (uint32_t i = 0; i < count; i++) {
            if (object_find(seen, own[i]) != NULL) continue;
            object_define(cx, seen, own[i], CR_TRUE, 0);
            array_append(cx, keys, cr_from_pointer(own[i]));
        }
        cr_object *proto = cr_has_slots(at) ? object_proto(cx, cr_as_object(at)) : NULL;
        at = proto != NULL ? cr_from_pointer(proto) : CR_UNDEFINED;
    }
    if (!cr_has_slots(object)) return cr_from_pointer(keys); /* nothing can be taken from it in the loop */
    array_append(cx, keys, object);
    return iterator_new(cx, cr_from_pointer(keys), ITERATE_FOR_IN, &iterator_class_for_in);
}

cr_value value_freeze(cr_context *cx, cr_value object) {
    /* What is frozen already may be a table of generated C, in memory that cannot be written. */
    if (!cr_has_slots(object) || (cr_as_object(object)->head.flags & CR_FLAG_FROZEN) != 0) return object;
    object_ready(cx, cr_as_object(object));
    cr_as_object(object)->head.flags |= CR_FLAG_FROZEN | CR_FLAG_NOT_EXTENSIBLE;
    return object;
}

bool value_is_frozen(cr_value object) {
    if (!cr_has_slots(object)) return true;
    return (cr_as_object(object)->head.flags & CR_FLAG_FROZEN) != 0;
}
