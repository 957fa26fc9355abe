/* Calling, constructing, closures and classes. */
#include "value/function.h"

#include "base/bug.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/object.h"
#include "value/promise.h"
#include "value/property.h"
#include "value/string.h"
#include "value/unknown.h"

STRING_LITERAL(key_constructor, "constructor");

cr_value throw_not_function(cr_context *cx, cr_value callee, const char *text) {
    return throw_type_error(cx, "%s is not a function", text != NULL ? text : cr_to_utf8(cx, callee, NULL));
}

static bool any_unknown(uint32_t argc, const cr_value *argv) {
    for (uint32_t i = 0; i < argc; i++)
        if (cr_is_unknown(argv[i])) return true;
    return false;
}

/* Runs the code of `f` in a frame of its own. */
static cr_value run(cr_context *cx, const cr_function *f, cr_value this_value, uint32_t argc, const cr_value *argv, call_frame *frame) {
    cr_runtime *runtime = cx->runtime;
    frame->up = runtime->frame;
    frame->callee = f;
    frame->call_site = cx->site;
    runtime->frame = frame;
    cr_value result = CR_EXCEPTION;
    if (__builtin_frame_address(0) >= (void *)(uintptr_t)runtime->stack_limit || stack_check(cx))
        result = f->info->code(cx, f, this_value, argc, argv);
    runtime->frame = frame->up;
    cx->site = frame->call_site;
    return result;
}

/* "Math.max" for a native that belongs to a global object, else its own name. */
static const cr_string *qualified_name(cr_context *cx, const cr_function *f, cr_value owner) {
    const char *prefix = NULL;
    for (size_t i = 0; i < cx->runtime->expanded.length; i++)
        if (cr_from_pointer(cx->runtime->expanded.items[i]) == owner) prefix = ((const native_table *)cr_as_object(owner)->host)->name;
    if (prefix == NULL) return f->info->name;
    const char *name = arena_format(&cx->runtime->heap, "%s.%s", prefix, cr_to_utf8(cx, cr_from_pointer(f->info->name), NULL));
    return cr_as_string(cr_string_text(cx, name));
}

/* Functions that are more than their code: async ones, classes without `new`, pure natives of unknowns. */
static cr_value call_special(cr_context *cx, const cr_function *f, cr_value this_value, uint32_t argc, const cr_value *argv) {
    uint32_t flags = f->info->flags;
    if ((flags & CR_FUNCTION_CLASS) != 0)
        return throw_type_error(cx, "Class constructor %s cannot be invoked without 'new'", cr_to_utf8(cx, cr_from_pointer(f->info->name), NULL));
    if ((flags & CR_FUNCTION_PURE) != 0) {
        if (cr_is_unknown(this_value)) return unknown_call(cx, this_value, f->info->name, argc, argv);
        if (any_unknown(argc, argv)) {
            bool is_method = (flags & CR_FUNCTION_METHOD) != 0;
            return is_method ? unknown_call(cx, this_value, f->info->name, argc, argv) : unknown_apply(cx, qualified_name(cx, f, this_value), argc, argv);
        }
    }
    call_frame frame = {0};
    if ((flags & CR_FUNCTION_ASYNC) == 0) return run(cx, f, this_value, argc, argv, &frame);
    return async_call(cx, f, this_value, argc, argv);
}

cr_value cr_call(cr_context *cx, cr_value callee, cr_value this_value, uint32_t argc, const cr_value *argv, const char *text) {
    if (!cr_is_function(callee)) {
        if (cr_is_unknown(callee)) {
            cr_value *all = HEAP_ARRAY(cx, cr_value, (size_t)argc + 1);
            all[0] = callee;
            if (argc != 0) memcpy(all + 1, argv, sizeof *argv * argc);
            return unknown_apply(cx, NULL, argc + 1, all);
        }
        return throw_not_function(cx, callee, text);
    }
    const cr_function *f = cr_as_function(callee);
    if ((f->info->flags & (CR_FUNCTION_ASYNC | CR_FUNCTION_CLASS | CR_FUNCTION_PURE)) != 0)
        return call_special(cx, f, this_value, argc, argv);
    call_frame frame = {0};
    return run(cx, f, this_value, argc, argv, &frame);
}

/* Methods of an unknown that would change it or run the program's code for its effects: the content is needed. */
static bool needs_content(const cr_string *method) {
    static const char *const names[] = {"forEach", "push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "set", "add", "delete", "clear"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (string_is_ascii_text(method, names[i])) return true;
    return false;
}

cr_value cr_call_method(cr_context *cx, cr_value object, const cr_string *key, uint32_t argc, const cr_value *argv, const char *text) {
    if (cr_is_unknown(object))
        return needs_content(key) ? cr_suspend(cx, object) : unknown_call(cx, object, key, argc, argv);
    cr_value method = cr_get(cx, object, key);
    if (method == CR_EXCEPTION) return method;
    return cr_call(cx, method, object, argc, argv, text);
}

/* The arguments of f(...array). */
static bool spread_arguments(cr_context *cx, cr_value arguments, uint32_t *argc, const cr_value **argv) {
    MUST(cr_is_array(arguments));
    cr_array *array = cr_as_array(arguments);
    for (uint32_t i = 0; i < array->length; i++)
        if (array->items[i] == CR_HOLE) array->items[i] = CR_UNDEFINED;
    *argc = array->length;
    *argv = array->items;
    return true;
}

cr_value cr_call_spread(cr_context *cx, cr_value callee, cr_value this_value, cr_value arguments, const char *text) {
    uint32_t argc;
    const cr_value *argv;
    if (!spread_arguments(cx, arguments, &argc, &argv)) return CR_EXCEPTION;
    return cr_call(cx, callee, this_value, argc, argv, text);
}

cr_value cr_new_spread(cr_context *cx, cr_value class_, cr_value arguments, const char *text) {
    uint32_t argc;
    const cr_value *argv;
    if (!spread_arguments(cx, arguments, &argc, &argv)) return CR_EXCEPTION;
    return cr_new(cx, class_, argc, argv, text != NULL ? text : "constructor");
}

cr_value cr_rest(cr_context *cx, uint32_t argc, const cr_value *argv, uint32_t from) {
    if (from >= argc) return cr_from_pointer(array_with_capacity(cx, 0));
    return cr_array_new(cx, argc - from, argv + from);
}

/* ---- constructing ---------------------------------------------------------------------------------------------- */

bool value_is_constructor(cr_value v) {
    if (!cr_is_function(v)) return false;
    uint32_t flags = cr_as_function(v)->info->flags;
    if ((flags & (CR_FUNCTION_ARROW | CR_FUNCTION_METHOD | CR_FUNCTION_ASYNC)) != 0) return false;
    return (flags & CR_FUNCTION_NATIVE) == 0 || cr_as_function(v)->prototype != NULL || (flags & CR_FUNCTION_CLASS) != 0;
}

cr_object *function_prototype_of(cr_context *cx, cr_value f) {
    if (!value_is_constructor(f)) return NULL;
    cr_function *function = cr_as_function(f);
    if (function->prototype == NULL) {
        function->prototype = object_new(cx, NULL);
        object_define(cx, function->prototype, &key_constructor, f, CR_SLOT_HIDDEN);
        VEC_PUSH(&cx->runtime->prototyped, function);
    }
    return function->prototype;
}

cr_object *new_target_prototype(cr_context *cx, prototype_id id) {
    cr_value target = cx->runtime->frame->new_target;
    cr_object *prototype = target != 0 ? function_prototype_of(cx, target) : NULL;
    return prototype != NULL ? prototype : cx->runtime->prototypes[id];
}

/* Runs constructor `f` for `new new_target`. */
static cr_value construct(cr_context *cx, const cr_function *f, cr_value new_target, uint32_t argc, const cr_value *argv) {
    uint32_t flags = f->info->flags;
    call_frame frame = {.new_target = new_target, .this_value = CR_UNINITIALIZED};
    if ((flags & (CR_FUNCTION_NATIVE | CR_FUNCTION_DERIVED)) == 0)
        frame.this_value = cr_from_pointer(object_new(cx, function_prototype_of(cx, new_target)));
    cr_value result = run(cx, f, frame.this_value, argc, argv, &frame);
    if (result == CR_EXCEPTION || cr_is_object(result)) return result;
    if (frame.this_value != CR_UNINITIALIZED) return frame.this_value;
    return throw_error(cx, PROTOTYPE_REFERENCE_ERROR,
                       "Must call super constructor in derived class before accessing 'this' or returning from derived constructor");
}

cr_value cr_new(cr_context *cx, cr_value class_, uint32_t argc, const cr_value *argv, const char *text) {
    if (cr_is_unknown(class_)) return cr_suspend(cx, class_);
    if (!value_is_constructor(class_)) return throw_type_error(cx, "%s is not a constructor", text);
    return construct(cx, cr_as_function(class_), class_, argc, argv);
}

cr_value cr_super_call(cr_context *cx, const cr_function *self, uint32_t argc, const cr_value *argv) {
    call_frame *frame = cx->runtime->frame;
    while (frame != NULL && frame->callee != self) frame = frame->up; /* past arrows of the constructor */
    MUST(frame != NULL && frame->new_target != 0);
    cr_value super = cr_from_pointer(self->object.proto);
    if (self->object.proto == NULL || !value_is_constructor(super))
        return throw_type_error(cx, "Super constructor %s of anonymous class is not a constructor", cr_to_utf8(cx, super, NULL));
    if (frame->this_value != CR_UNINITIALIZED)
        return throw_error(cx, PROTOTYPE_REFERENCE_ERROR, "Super constructor may only be called once");
    cr_value this_value = construct(cx, cr_as_function(super), frame->new_target, argc, argv);
    if (this_value != CR_EXCEPTION) frame->this_value = this_value;
    return this_value;
}

cr_value cr_instance_of(cr_context *cx, cr_value value, cr_value class_) {
    if (cr_is_unknown(value)) return cr_suspend(cx, value);
    if (!cr_is_function(class_)) {
        const char *message = cr_is_object(class_) ? "Right-hand side of 'instanceof' is not callable" : "Right-hand side of 'instanceof' is not an object";
        return throw_type_error(cx, "%s", message);
    }
    cr_object *prototype = function_prototype_of(cx, class_);
    if (!cr_is_object(value)) return CR_FALSE;
    if (prototype == NULL)
        return throw_type_error(cx, "Function has non-object prototype 'undefined' in instanceof check");
    if (!cr_has_slots(value)) return cr_from_bool(prototype == cx->runtime->prototypes[PROTOTYPE_OBJECT]);
    for (cr_object *at = object_proto(cx, cr_as_object(value)); at != NULL; at = object_proto(cx, at))
        if (at == prototype) return CR_TRUE;
    return CR_FALSE;
}

/* ---- closures and classes ------------------------------------------------------------------------------------- */

cr_cell *cr_cell_new(cr_context *cx, cr_value initial) {
    cr_cell *cell = HEAP_NEW(cx, cr_cell);
    cell->head.kind = CR_KIND_CELL;
    cell->value = initial;
    return cell;
}

cr_value cr_closure(cr_context *cx, const cr_function_info *info, uint32_t count, cr_cell *const *cells) {
    cr_function *f = heap_zeroed(cx, sizeof *f + sizeof(cr_cell *) * count);
    f->object.head.kind = CR_KIND_FUNCTION;
    f->info = info;
    f->cells = (cr_cell **)(f + 1);
    if (count != 0) memcpy(f->cells, cells, sizeof *cells * count);
    return cr_from_pointer(f);
}

cr_value native_closure(cr_context *cx, const cr_function_info *info, uint32_t count, const cr_value *captured) {
    cr_value value = cr_closure(cx, info, 0, NULL);
    cr_function *f = cr_as_function(value);
    f->cells = HEAP_ARRAY(cx, cr_cell *, count);
    for (uint32_t i = 0; i < count; i++) f->cells[i] = cr_cell_new(cx, captured[i]);
    return value;
}

bool cr_class_method(cr_context *cx, cr_value class_, cr_value key, cr_value method, bool is_static) {
    const cr_string *name = value_to_key(cx, key);
    if (name == NULL) return false;
    cr_object *home = is_static ? cr_as_object(class_) : function_prototype_of(cx, class_);
    object_define(cx, home, name, method, CR_SLOT_HIDDEN);
    return true;
}

bool cr_class_accessor(cr_context *cx, cr_value class_, cr_value key, cr_value getter, cr_value setter, bool is_static) {
    cr_object *home = is_static ? cr_as_object(class_) : function_prototype_of(cx, class_);
    return cr_define_accessor(cx, cr_from_pointer(home), key, getter, setter, CR_SLOT_HIDDEN);
}

bool cr_class_extends(cr_context *cx, cr_value class_, cr_value super) {
    if (!value_is_constructor(super)) {
        throw_type_error(cx, "Class extends value %s is not a constructor or null", cr_to_utf8(cx, super, NULL));
        return false;
    }
    cr_as_object(class_)->proto = cr_as_object(super);
    function_prototype_of(cx, class_)->proto = function_prototype_of(cx, super);
    return true;
}
