/* Error and its subclasses. */
#include "value/error.h"

#include "builtins/table.h"
#include "value/convert.h"
#include "value/function.h"
#include "value/property.h"

STRING_LITERAL(key_cause, "cause");
STRING_LITERAL(key_errors, "errors");

/* Makes an error for `type`, called with or without `new`; `argv` begins at the message. */
static cr_value construct(cr_context *cx, prototype_id type, uint32_t argc, const cr_value *argv) {
    cr_object *object = object_new(cx, new_target_prototype(cx, type));
    cr_value message = arg_at(argc, argv, 0), options = arg_at(argc, argv, 1);
    if (message != CR_UNDEFINED) {
        message = cr_to_string(cx, message);
        if (message == CR_EXCEPTION) return message;
    }
    error_fill(cx, object, message);
    if (!cr_is_object(options)) return cr_from_pointer(object);
    cr_value has_cause = cr_in(cx, cr_from_pointer(&key_cause), options);
    if (has_cause != CR_TRUE) return has_cause == CR_EXCEPTION ? has_cause : cr_from_pointer(object);
    cr_value cause = cr_get(cx, options, &key_cause);
    if (cause == CR_EXCEPTION) return cause;
    object_define(cx, object, &key_cause, cause, CR_SLOT_HIDDEN);
    return cr_from_pointer(object);
}

static cr_value construct_aggregate(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    cr_value list = cr_array_new(cx, 0, NULL);
    if (!cr_array_spread(cx, list, arg_at(argc, argv, 0), "")) return CR_EXCEPTION;
    cr_value error = construct(cx, PROTOTYPE_AGGREGATE_ERROR, argc > 0 ? argc - 1 : 0, argv + (argc > 0 ? 1 : 0));
    if (error != CR_EXCEPTION) object_define(cx, cr_as_object(error), &key_errors, list, CR_SLOT_HIDDEN);
    return error;
}

NATIVE(error_to_string) {
    STRING_LITERAL(key_name, "name");
    STRING_LITERAL(key_message, "message");
    STRING_LITERAL(text_error, "Error");
    STRING_LITERAL(text_empty, "");
    STRING_LITERAL(text_colon, ": ");
    if (!cr_is_object(this_value)) return throw_type_error(cx, "Error.prototype.toString requires that 'this' be a JSReceiver");
    cr_value name = cr_get(cx, this_value, &key_name);
    if (name == CR_EXCEPTION) return name;
    cr_value message = cr_get(cx, this_value, &key_message);
    if (message == CR_EXCEPTION) return message;
    cr_value parts[3] = {name == CR_UNDEFINED ? cr_from_pointer(&text_error) : name, cr_from_pointer(&text_colon),
                         message == CR_UNDEFINED ? cr_from_pointer(&text_empty) : message};
    for (int i = 0; i < 3; i += 2) {
        parts[i] = cr_to_string(cx, parts[i]);
        if (parts[i] == CR_EXCEPTION) return parts[i];
    }
    if (cr_is_string(parts[0]) && string_length(parts[0]) == 0) return parts[2];
    if (cr_is_string(parts[2]) && string_length(parts[2]) == 0) return parts[0];
    return cr_template(cx, 3, parts);
}

NATIVE(error_capture_stack_trace) {
    STRING_LITERAL(key_stack, "stack");
    cr_value object = arg_at(argc, argv, 0);
    if (!cr_has_slots(object)) return throw_type_error(cx, "Invalid argument");
    cr_object *scratch = object_new(cx, cr_as_object(object)->proto);
    error_fill(cx, scratch, cr_field(object, "message"));
    object_define(cx, cr_as_object(object), &key_stack, error_stack(cx, scratch), CR_SLOT_HIDDEN);
    return CR_UNDEFINED;
}

STRING_LITERAL(member_constructor, "constructor");
STRING_LITERAL(member_name, "name");
STRING_LITERAL(member_message, "message");
STRING_LITERAL(empty_message, "");

/* A prototype holds a name and an empty message besides its methods. */
#define ERROR_CLASS(js_name, inherits, ROWS)                                                     \
    static const native_member js_name##_members_[] = {                                                       \
        {&member_constructor, &cr_global_##js_name, {0}, NULL, CR_SLOT_HIDDEN, false},                        \
        {&member_name, NULL, {&js_name##_global_name}, NULL, CR_SLOT_HIDDEN, false},                          \
        {&member_message, NULL, {&empty_message}, NULL, CR_SLOT_HIDDEN, false},                               \
        ROWS(BUILTIN_MEMBER_ROW)};                                                                            \
    static native_table js_name##_prototype_table = {                                                         \
        js_name##_members_, sizeof js_name##_members_ / sizeof(native_member), NULL};                         \
    cr_object js_name##_prototype = {                                                                         \
        {CR_KIND_OBJECT, CR_FLAG_LAZY, 0, 0}, 0, 0, NULL, NULL, (inherits), &js_name##_prototype_table};

#define ERROR_CONSTRUCTOR(js_name, type)                                                                      \
    static cr_value construct_##js_name(cr_context *cx, const cr_function *self, cr_value this_value,         \
                                        uint32_t argc, const cr_value *argv) {                                \
        return construct(cx, type, argc, argv);                                                               \
    }                                                                                                         \
    BUILTIN_NO_STATICS(js_name)                                                                               \
    BUILTIN_CONSTRUCTOR(js_name, construct_##js_name, 1, 0, &js_name##_prototype, &js_name##_table)           \
    ERROR_CLASS(js_name, &Error_prototype, BUILTIN_NO_ROWS)

static cr_value construct_Error(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return construct(cx, PROTOTYPE_ERROR, argc, argv);
}
MEMBERS_Error_prototype(BUILTIN_METHOD_ROW)
BUILTIN_STATICS(Error, MEMBERS_Error, BUILTIN_NO_ROWS)
BUILTIN_CONSTRUCTOR(Error, construct_Error, 1, 0, &Error_prototype, &Error_table)
ERROR_CLASS(Error, NULL, MEMBERS_Error_prototype)
ERROR_CONSTRUCTOR(TypeError, PROTOTYPE_TYPE_ERROR)
ERROR_CONSTRUCTOR(RangeError, PROTOTYPE_RANGE_ERROR)
ERROR_CONSTRUCTOR(ReferenceError, PROTOTYPE_REFERENCE_ERROR)
ERROR_CONSTRUCTOR(SyntaxError, PROTOTYPE_SYNTAX_ERROR)
ERROR_CONSTRUCTOR(URIError, PROTOTYPE_URI_ERROR)
BUILTIN_NO_STATICS(AggregateError)
BUILTIN_CONSTRUCTOR(AggregateError, construct_aggregate, 2, 0, &AggregateError_prototype, &AggregateError_table)
ERROR_CLASS(AggregateError, &Error_prototype, BUILTIN_NO_ROWS)
