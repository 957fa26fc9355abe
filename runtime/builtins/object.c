/* Object, Function.prototype, Boolean. */
#include <math.h>

#include "builtins/table.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/function.h"
#include "value/property.h"
#include "value/unknown.h"

/* ---- Object ---------------------------------------------------------------------------------------------------- */

static cr_value construct_object(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    if (called_as_constructor(cx) && cx->runtime->frame->new_target != cr_from_pointer(&cr_global_Object))
        return cr_from_pointer(object_new(cx, new_target_prototype(cx, PROTOTYPE_OBJECT)));
    cr_value value = arg_at(argc, argv, 0);
    return cr_is_nullish(value) ? cr_object_new(cx) : value;
}

/* The keys of an argument of Object.keys and its like; NULL after a throw. */
static const cr_string **keys_of(cr_context *cx, cr_value object, uint32_t *count) {
    if (cr_is_nullish(object)) {
        throw_type_error(cx, "Cannot convert undefined or null to object");
        return NULL;
    }
    return own_keys(cx, object, false, count);
}

NATIVE(object_keys) {
    uint32_t count;
    const cr_string **keys = keys_of(cx, arg_at(argc, argv, 0), &count);
    if (keys == NULL) return CR_EXCEPTION;
    cr_array *array = array_with_capacity(cx, count);
    for (uint32_t i = 0; i < count; i++) array->items[array->length++] = cr_from_pointer(keys[i]);
    return cr_from_pointer(array);
}

static cr_value list_properties(cr_context *cx, cr_value object, bool with_keys) {
    uint32_t count;
    const cr_string **keys = keys_of(cx, object, &count);
    if (keys == NULL) return CR_EXCEPTION;
    cr_array *array = array_with_capacity(cx, count);
    for (uint32_t i = 0; i < count; i++) {
        cr_value value = own_property(cx, object, keys[i]);
        if (value == CR_EXCEPTION) return value;
        if (value == CR_HOLE) continue; /* removed by a getter before it */
        if (with_keys) value = cr_array_new(cx, 2, (cr_value[]){cr_from_pointer(keys[i]), value});
        array->items[array->length++] = value;
    }
    return cr_from_pointer(array);
}
NATIVE(object_values) { return list_properties(cx, arg_at(argc, argv, 0), false); }
NATIVE(object_entries) { return list_properties(cx, arg_at(argc, argv, 0), true); }

NATIVE(object_assign) {
    cr_value target = arg_at(argc, argv, 0);
    if (cr_is_nullish(target)) return throw_type_error(cx, "Cannot convert undefined or null to object");
    for (uint32_t i = 1; i < argc; i++) {
        if (cr_is_unknown(argv[i])) return cr_suspend(cx, argv[i]);
        if (!cr_is_heap(argv[i])) continue;
        uint32_t count;
        const cr_string **keys = own_keys(cx, argv[i], false, &count);
        if (keys == NULL) return CR_EXCEPTION;
        for (uint32_t k = 0; k < count; k++) {
            cr_value value = own_property(cx, argv[i], keys[k]);
            if (value == CR_EXCEPTION) return value;
            if (value != CR_HOLE && !cr_set(cx, target, keys[k], value)) return CR_EXCEPTION;
        }
    }
    return target;
}

NATIVE(object_from_entries) {
    cr_iterator iterator;
    if (!cr_iterate(cx, &iterator, arg_at(argc, argv, 0))) return CR_EXCEPTION;
    cr_value object = cr_object_new(cx);
    for (;;) {
        cr_value entry;
        int more = cr_next(cx, &iterator, &entry);
        if (more == 0) return object;
        if (more < 0) return CR_EXCEPTION;
        if (cr_is_unknown(entry)) return cr_suspend(cx, entry);
        if (!cr_is_object(entry)) return throw_type_error(cx, "Iterator value %s is not an entry object", cr_to_utf8(cx, entry, NULL));
        cr_value key = cr_get_element(cx, entry, cr_number(0));
        cr_value value = key != CR_EXCEPTION ? cr_get_element(cx, entry, cr_number(1)) : key;
        if (value == CR_EXCEPTION || !cr_define(cx, object, key, value)) return CR_EXCEPTION;
    }
}

NATIVE(object_freeze) { return value_freeze(cx, arg_at(argc, argv, 0)); }
NATIVE(object_is_frozen) { return cr_from_bool(value_is_frozen(arg_at(argc, argv, 0))); }

NATIVE(object_is) {
    cr_value a = arg_at(argc, argv, 0), b = arg_at(argc, argv, 1);
    if (cr_is_number(a) && cr_is_number(b)) return cr_from_bool(a == b);
    return cr_equal(cx, a, b);
}

static cr_value has_own(cr_context *cx, cr_value object, cr_value key) {
    if (cr_is_nullish(object)) return throw_type_error(cx, "Cannot convert undefined or null to object");
    const cr_string *name = value_to_key(cx, key);
    if (name == NULL) return CR_EXCEPTION;
    if (cr_has_slots(object)) {
        object_ready(cx, cr_as_object(object));
        if (object_find(cr_as_object(object), name) != NULL) return CR_TRUE;
    }
    cr_value value = own_property(cx, object, name);
    return value == CR_EXCEPTION ? value : cr_from_bool(value != CR_HOLE);
}
NATIVE(object_has_own) { return has_own(cx, arg_at(argc, argv, 0), arg_at(argc, argv, 1)); }
NATIVE(object_has_own_property) { return has_own(cx, this_value, arg_at(argc, argv, 0)); }

NATIVE(object_get_own_property_names) {
    if (cr_is_nullish(arg_at(argc, argv, 0))) return throw_type_error(cx, "Cannot convert undefined or null to object");
    uint32_t count;
    const cr_string **keys = own_keys(cx, argv[0], true, &count);
    if (keys == NULL) return CR_EXCEPTION;
    cr_array *array = array_with_capacity(cx, count);
    for (uint32_t i = 0; i < count; i++) array->items[array->length++] = cr_from_pointer(keys[i]);
    return cr_from_pointer(array);
}

NATIVE(object_get_prototype_of) {
    cr_value object = arg_at(argc, argv, 0);
    if (cr_is_unknown(object)) return cr_suspend(cx, object);
    if (cr_is_nullish(object)) return throw_type_error(cx, "Cannot convert undefined or null to object");
    cr_object *const *prototypes = cx->runtime->prototypes;
    const cr_object *proto = cr_has_slots(object)    ? object_proto(cx, cr_as_object(object))
                             : cr_is_string(object)  ? prototypes[PROTOTYPE_STRING]
                             : cr_is_number(object)  ? prototypes[PROTOTYPE_NUMBER]
                             : cr_is_bool(object)    ? prototypes[PROTOTYPE_BOOLEAN]
                                                     : prototypes[PROTOTYPE_OBJECT];
    return proto != NULL ? cr_from_pointer(proto) : CR_NULL;
}

NATIVE(object_to_string) {
    const char *text = "[object Object]";
    if (cr_is_array(this_value)) text = "[object Array]";
    if (cr_is_function(this_value)) text = "[object Function]";
    if (cr_is_string(this_value)) text = "[object String]";
    if (cr_is_number(this_value)) text = "[object Number]";
    if (cr_is_bool(this_value)) text = "[object Boolean]";
    if (this_value == CR_NULL) text = "[object Null]";
    if (this_value == CR_UNDEFINED) text = "[object Undefined]";
    if (cr_is_kind(this_value, CR_KIND_MAP)) text = "[object Map]";
    if (cr_is_kind(this_value, CR_KIND_SET)) text = "[object Set]";
    if (cr_is_kind(this_value, CR_KIND_REGEXP)) text = "[object RegExp]";
    if (cr_is_kind(this_value, CR_KIND_PROMISE)) text = "[object Promise]";
    if (cr_has_slots(this_value) && (cr_heap_of(this_value)->flags & CR_FLAG_ERROR) != 0) text = "[object Error]";
    return cr_string_text(cx, text);
}

NATIVE(object_to_locale_string) { return cr_invoke(cx, this_value, "toString", 0, NULL); }
NATIVE(object_value_of) { return this_value; }

/* ---- Function ---------------------------------------------------------------------------------------------------- */

static cr_value construct_function(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return throw_type_error(cx, "a compiled program cannot make functions from text");
}

NATIVE(function_call) { return cr_call(cx, this_value, arg_at(argc, argv, 0), argc > 0 ? argc - 1 : 0, argv + (argc > 0 ? 1 : 0), "Function.prototype.call"); }

NATIVE(function_apply) {
    cr_value list = arg_at(argc, argv, 1);
    if (cr_is_unknown(list)) return cr_suspend(cx, list);
    if (cr_is_nullish(list)) return cr_call(cx, this_value, arg_at(argc, argv, 0), 0, NULL, "Function.prototype.apply");
    if (!cr_is_array(list)) return throw_type_error(cx, "CreateListFromArrayLike called on non-object");
    return cr_call_spread(cx, this_value, arg_at(argc, argv, 0), list, "Function.prototype.apply");
}

/* cells: the function, `this`, the array of first arguments. */
static cr_value call_bound(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    const cr_array *first = cr_as_array(captured_at(self, 2));
    cr_value *all = HEAP_ARRAY(cx, cr_value, (size_t)first->length + argc);
    if (first->length != 0) memcpy(all, first->items, sizeof *all * first->length);
    if (argc != 0) memcpy(all + first->length, argv, sizeof *all * argc);
    return cr_call(cx, captured_at(self, 0), captured_at(self, 1), first->length + argc, all, "bound");
}

NATIVE(function_bind) {
    if (!cr_is_function(this_value)) return throw_type_error(cx, "Bind must be called on a function");
    const cr_function_info *of = cr_as_function(this_value)->info;
    cr_function_info *info = HEAP_NEW(cx, cr_function_info);
    STRING_LITERAL(text_bound, "bound ");
    cr_value name = string_concat(cx, &text_bound, of->name);
    if (name == CR_EXCEPTION) return name;
    uint32_t given = argc > 1 ? argc - 1 : 0;
    info->name = cr_as_string(name);
    info->code = call_bound;
    info->arity = (uint16_t)(of->arity > given ? of->arity - given : 0);
    info->flags = CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW;
    cr_value captured[3] = {this_value, arg_at(argc, argv, 0), cr_array_new(cx, given, given != 0 ? argv + 1 : NULL)};
    return native_closure(cx, info, 3, captured);
}

NATIVE(function_to_string) { return cr_string_text(cx, cr_to_utf8(cx, this_value, NULL)); }

/* ---- Boolean ------------------------------------------------------------------------------------------------------ */

static cr_value construct_boolean(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return cr_from_bool(cr_truthy(cx, arg_at(argc, argv, 0)));
}

NATIVE(boolean_to_string) { return cr_string_text(cx, this_value == CR_TRUE ? "true" : "false"); }
NATIVE(boolean_value_of) { return this_value; }

BUILTIN_STATICS(Object, MEMBERS_Object, BUILTIN_NO_ROWS)
BUILTIN_CONSTRUCTOR(Object, construct_object, 1, 0, &object_prototype, &Object_table)
BUILTIN_PROTOTYPE(object_prototype, MEMBERS_Object_prototype, cr_global_Object)
BUILTIN_NO_STATICS(Function)
BUILTIN_CONSTRUCTOR(Function, construct_function, 1, 0, &function_prototype, &Function_table)
BUILTIN_PROTOTYPE(function_prototype, MEMBERS_Function_prototype, cr_global_Function)
BUILTIN_NO_STATICS(Boolean)
BUILTIN_CONSTRUCTOR(Boolean, construct_boolean, 1, 0, &boolean_prototype, &Boolean_table)
BUILTIN_PROTOTYPE(boolean_prototype, MEMBERS_Boolean_prototype, cr_global_Boolean)
