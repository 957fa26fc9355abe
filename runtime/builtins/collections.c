/* Map, Set, and the iterators of all collections. */
#include "builtins/table.h"
#include "value/collection.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/function.h"
#include "value/iterate.h"
#include "value/property.h"

/* `this` as a Map or Set; NULL after a TypeError. */
static cr_collection *this_collection(cr_context *cx, cr_value this_value, cr_kind kind, const char *method) {
    if (cr_is_kind(this_value, kind)) return cr_as_collection(this_value);
    throw_type_error(cx, "Method %s.prototype.%s called on incompatible receiver %s", kind == CR_KIND_MAP ? "Map" : "Set", method,
                     cr_is_object(this_value) ? object_in_message(cx, this_value) : cr_to_utf8(cx, this_value, NULL));
    return NULL;
}

/* A key is compared, so its content must be known. */
static bool key_is_known(cr_context *cx, cr_value key) {
    if (cr_is_unknown(key)) cr_suspend(cx, key);
    return !cr_is_unknown(key);
}

static bool put_entry(cr_context *cx, cr_collection *map, cr_value entry) {
    if (!cr_is_object(entry)) {
        if (cr_is_unknown(entry)) {
            cr_suspend(cx, entry);
        } else {
            throw_type_error(cx, "Iterator value %s is not an entry object", cr_to_utf8(cx, entry, NULL));
        }
        return false;
    }
    cr_value key = cr_get_element(cx, entry, cr_number(0));
    cr_value value = key != CR_EXCEPTION ? cr_get_element(cx, entry, cr_number(1)) : key;
    if (value == CR_EXCEPTION || !key_is_known(cx, key)) return false;
    collection_put(cx, map, key, value);
    return true;
}

static cr_value construct(cr_context *cx, cr_kind kind, uint32_t argc, const cr_value *argv) {
    if (!called_as_constructor(cx)) return throw_type_error(cx, "Constructor %s requires 'new'", kind == CR_KIND_MAP ? "Map" : "Set");
    cr_value result = collection_new(cx, kind, new_target_prototype(cx, kind == CR_KIND_MAP ? PROTOTYPE_MAP : PROTOTYPE_SET));
    cr_value items = arg_at(argc, argv, 0);
    if (cr_is_nullish(items)) return result;
    cr_iterator iterator;
    if (!cr_iterate(cx, &iterator, items)) return CR_EXCEPTION;
    for (;;) {
        cr_value item;
        int more = cr_next(cx, &iterator, &item);
        if (more <= 0) return more == 0 ? result : CR_EXCEPTION;
        if (kind == CR_KIND_MAP) {
            if (!put_entry(cx, cr_as_collection(result), item)) return CR_EXCEPTION;
        } else {
            if (!key_is_known(cx, item)) return CR_EXCEPTION;
            collection_put(cx, cr_as_collection(result), item, item);
        }
    }
}

static cr_value construct_map(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return construct(cx, CR_KIND_MAP, argc, argv);
}
static cr_value construct_set(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return construct(cx, CR_KIND_SET, argc, argv);
}

NATIVE(map_get) {
    cr_collection *map = this_collection(cx, this_value, CR_KIND_MAP, "get");
    if (map == NULL || !key_is_known(cx, arg_at(argc, argv, 0))) return CR_EXCEPTION;
    const collection_entry *entry = collection_find(map, arg_at(argc, argv, 0));
    return entry != NULL ? entry->value : CR_UNDEFINED;
}

NATIVE(map_set) {
    cr_collection *map = this_collection(cx, this_value, CR_KIND_MAP, "set");
    if (map == NULL || !key_is_known(cx, arg_at(argc, argv, 0))) return CR_EXCEPTION;
    collection_put(cx, map, arg_at(argc, argv, 0), arg_at(argc, argv, 1));
    return this_value;
}

NATIVE(set_add) {
    cr_collection *set = this_collection(cx, this_value, CR_KIND_SET, "add");
    if (set == NULL || !key_is_known(cx, arg_at(argc, argv, 0))) return CR_EXCEPTION;
    collection_put(cx, set, arg_at(argc, argv, 0), arg_at(argc, argv, 0));
    return this_value;
}

static cr_value has(cr_context *cx, cr_value this_value, cr_kind kind, cr_value key) {
    cr_collection *self = this_collection(cx, this_value, kind, "has");
    if (self == NULL || !key_is_known(cx, key)) return CR_EXCEPTION;
    return cr_from_bool(collection_find(self, key) != NULL);
}
NATIVE(map_has) { return has(cx, this_value, CR_KIND_MAP, arg_at(argc, argv, 0)); }
NATIVE(set_has) { return has(cx, this_value, CR_KIND_SET, arg_at(argc, argv, 0)); }

static cr_value delete_key(cr_context *cx, cr_value this_value, cr_kind kind, cr_value key) {
    cr_collection *self = this_collection(cx, this_value, kind, "delete");
    if (self == NULL || !key_is_known(cx, key)) return CR_EXCEPTION;
    return cr_from_bool(collection_delete(self, key));
}
NATIVE(map_delete) { return delete_key(cx, this_value, CR_KIND_MAP, arg_at(argc, argv, 0)); }
NATIVE(set_delete) { return delete_key(cx, this_value, CR_KIND_SET, arg_at(argc, argv, 0)); }

static cr_value clear(cr_context *cx, cr_value this_value, cr_kind kind) {
    cr_collection *self = this_collection(cx, this_value, kind, "clear");
    if (self == NULL) return CR_EXCEPTION;
    collection_clear(self);
    return CR_UNDEFINED;
}
NATIVE(map_clear) { return clear(cx, this_value, CR_KIND_MAP); }
NATIVE(set_clear) { return clear(cx, this_value, CR_KIND_SET); }

static cr_value size(cr_context *cx, cr_value this_value, cr_kind kind) {
    const cr_collection *self = this_collection(cx, this_value, kind, "size");
    return self != NULL ? cr_number(self->live) : CR_EXCEPTION;
}
NATIVE(map_size) { return size(cx, this_value, CR_KIND_MAP); }
NATIVE(set_size) { return size(cx, this_value, CR_KIND_SET); }

static cr_value for_each(cr_context *cx, cr_value this_value, cr_kind kind, uint32_t argc, const cr_value *argv) {
    cr_collection *self = this_collection(cx, this_value, kind, "forEach");
    if (self == NULL) return CR_EXCEPTION;
    if (!cr_is_function(arg_at(argc, argv, 0))) return throw_not_function(cx, arg_at(argc, argv, 0), NULL);
    uint32_t position = 0;
    const collection_entry *entry;
    while ((entry = collection_next(self, &position)) != NULL) {
        cr_value arguments[3] = {kind == CR_KIND_MAP ? entry->value : entry->key, entry->key, this_value};
        if (cr_call(cx, argv[0], arg_at(argc, argv, 1), 3, arguments, "callback") == CR_EXCEPTION) return CR_EXCEPTION;
    }
    return CR_UNDEFINED;
}
NATIVE(map_for_each) { return for_each(cx, this_value, CR_KIND_MAP, argc, argv); }
NATIVE(set_for_each) { return for_each(cx, this_value, CR_KIND_SET, argc, argv); }

static cr_value iterate(cr_context *cx, cr_value this_value, cr_kind kind, iterator_kind what, const char *method) {
    if (this_collection(cx, this_value, kind, method) == NULL) return CR_EXCEPTION;
    const cr_host_class *map_class = what == ITERATE_ENTRIES ? &iterator_class_map_entries : &iterator_class_map;
    const cr_host_class *set_class = what == ITERATE_ENTRIES ? &iterator_class_set_entries : &iterator_class_set;
    return iterator_new(cx, this_value, what, kind == CR_KIND_MAP ? map_class : set_class);
}
NATIVE(map_keys) { return iterate(cx, this_value, CR_KIND_MAP, ITERATE_KEYS, "keys"); }
NATIVE(map_values) { return iterate(cx, this_value, CR_KIND_MAP, ITERATE_VALUES, "values"); }
NATIVE(map_entries) { return iterate(cx, this_value, CR_KIND_MAP, ITERATE_ENTRIES, "entries"); }
NATIVE(set_keys) { return iterate(cx, this_value, CR_KIND_SET, ITERATE_VALUES, "keys"); }
NATIVE(set_values) { return iterate(cx, this_value, CR_KIND_SET, ITERATE_VALUES, "values"); }
NATIVE(set_entries) { return iterate(cx, this_value, CR_KIND_SET, ITERATE_ENTRIES, "entries"); }

NATIVE(iterator_next) {
    STRING_LITERAL(key_value, "value");
    STRING_LITERAL(key_done, "done");
    if (!value_is_iterator(this_value)) return throw_type_error(cx, "next method called on incompatible receiver %s", cr_to_utf8(cx, this_value, NULL));
    cr_value value = CR_UNDEFINED;
    int more = iterator_step(cx, cr_as_host(this_value), &value);
    if (more < 0) return CR_EXCEPTION;
    cr_object *result = object_new(cx, NULL);
    object_define(cx, result, &key_value, more > 0 ? value : CR_UNDEFINED, 0);
    object_define(cx, result, &key_done, cr_from_bool(more == 0), 0);
    return cr_from_pointer(result);
}

BUILTIN_NO_STATICS(Map)
BUILTIN_CONSTRUCTOR(Map, construct_map, 0, 0, &map_prototype, &Map_table)
BUILTIN_PROTOTYPE(map_prototype, MEMBERS_Map_prototype, cr_global_Map)
BUILTIN_NO_STATICS(Set)
BUILTIN_CONSTRUCTOR(Set, construct_set, 0, 0, &set_prototype, &Set_table)
BUILTIN_PROTOTYPE(set_prototype, MEMBERS_Set_prototype, cr_global_Set)
BUILTIN_PROTOTYPE(iterator_prototype, MEMBERS_Iterator_prototype, cr_global_Object)
