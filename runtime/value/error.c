/* Throwing, catching, and the error objects of the language. */
#include "value/error.h"

#include <stdio.h>

#include "value/convert.h"
#include "value/number.h"
#include "value/object.h"
#include "value/property.h"
#include "value/string.h"

enum { STACK_TRACE_FRAMES_MAX = 10, MESSAGE_BYTES_MAX = 4096 };

STRING_LITERAL(key_message, "message");
STRING_LITERAL(key_stack, "stack");
STRING_LITERAL(key_name, "name");
STRING_LITERAL(text_error, "Error");

cr_value cr_throw(cr_context *cx, cr_value value) {
    cx->runtime->pending = (cr_pending){.kind = PENDING_THROWN, .value = value};
    return CR_EXCEPTION;
}

cr_value cr_suspend(cr_context *cx, cr_value unknown) {
    cx->runtime->pending = (cr_pending){.kind = PENDING_SUSPENDED, .value = unknown, .detail = cx->site};
    return CR_EXCEPTION;
}

cr_value cr_catch(cr_context *cx) {
    cr_pending *pending = &cx->runtime->pending;
    if (pending->kind != PENDING_THROWN) return CR_EXCEPTION;
    cr_value value = pending->value;
    *pending = (cr_pending){0};
    return value;
}

void cr_pending_save(cr_context *cx, cr_pending *pending) { *pending = context_take_pending(cx); }

cr_value cr_pending_restore(cr_context *cx, const cr_pending *pending) {
    cx->runtime->pending = *pending;
    return CR_EXCEPTION;
}

/* ---- stack traces ---------------------------------------------------------------------------------------------- */

static void add_line(cr_context *cx, str_buf *out, const call_frame *frame, const cr_site *site) {
    if (site == NULL || site->file == NULL) return;
    const cr_string *name = frame != NULL ? frame->callee->info->name : NULL;
    str_buf_add_text(out, "\n    at ");
    if (name == NULL || name->head.length == 0) {
        str_buf_add_format(out, "%s:%u:%u", site->file, site->line, site->column);
        return;
    }
    if (frame->new_target != 0) str_buf_add_text(out, "new ");
    string_to_utf8(name, out);
    str_buf_add_format(out, " (%s:%u:%u)", site->file, site->line, site->column);
}

/* Where the program is: the current site in the innermost function of the program, then each caller. Natives
 * have no place of their own. */
static void add_trace(cr_context *cx, str_buf *out) {
    const cr_site *site = cx->site;
    int lines = 0;
    for (const call_frame *frame = cx->runtime->frame; frame != NULL && lines < STACK_TRACE_FRAMES_MAX; frame = frame->up) {
        if ((frame->callee->info->flags & CR_FUNCTION_NATIVE) == 0) {
            add_line(cx, out, frame, site);
            lines++;
        }
        site = frame->call_site;
    }
    if (lines < STACK_TRACE_FRAMES_MAX) add_line(cx, out, NULL, site);
}

/* "TypeError: message" from the object's own and inherited name, without running the program's code. */
static void add_header(cr_context *cx, const cr_object *object, str_buf *out) {
    const cr_string *name = &text_error, *message = NULL;
    for (const cr_object *at = object; at != NULL; at = object_proto(cx, at)) {
        object_ready(cx, (cr_object *)(uintptr_t)at);
        const cr_slot *slot = object_find(at, &key_name);
        if (slot == NULL || !cr_is_string(slot->value.bits)) continue;
        name = cr_as_string(slot->value.bits);
        break;
    }
    const cr_slot *slot = object_find(object, &key_message);
    if (slot != NULL && cr_is_string(slot->value.bits)) message = cr_as_string(slot->value.bits);
    string_to_utf8(name, out);
    if (message == NULL || message->head.length == 0) return;
    if (name->head.length != 0) str_buf_add_text(out, ": ");
    string_to_utf8(message, out);
}

/* What an error object's `host` points to: where it was made. */
typedef struct error_origin {
    const cr_site *site;
    const char *trace;
} error_origin;

static const error_origin *origin_of(const cr_object *object) {
    return (object->head.flags & CR_FLAG_ERROR) != 0 ? object->host : NULL;
}

cr_value error_stack(cr_context *cx, cr_object *object) {
    cr_slot *slot = object_find(object, &key_stack);
    if (slot == NULL) return CR_UNDEFINED;
    const error_origin *origin = origin_of(object);
    if ((slot->flags & CR_SLOT_ACCESSOR) == 0 || origin == NULL) return slot->value.bits;
    str_buf text;
    str_buf_init(&text);
    add_header(cx, object, &text);
    str_buf_add_text(&text, origin->trace);
    object_define(cx, object, &key_stack, cr_string_utf8(cx, str_buf_text(&text), text.length), CR_SLOT_HIDDEN);
    str_buf_release(&text);
    return object_find(object, &key_stack)->value.bits;
}

static cr_value get_stack(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return cr_has_slots(this_value) ? error_stack(cx, cr_as_object(this_value)) : CR_UNDEFINED;
}

static cr_value set_stack(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    if (cr_has_slots(this_value)) object_define(cx, cr_as_object(this_value), &key_stack, arg_at(argc, argv, 0), CR_SLOT_HIDDEN);
    return CR_UNDEFINED;
}

static const cr_function_info get_stack_info = {&key_stack, get_stack, 0, CR_FUNCTION_NATIVE | CR_FUNCTION_METHOD, {0, 0, 0}};
static const cr_function_info set_stack_info = {&key_stack, set_stack, 1, CR_FUNCTION_NATIVE | CR_FUNCTION_METHOD, {0, 0, 0}};
static cr_function get_stack_function = CR_STATIC_FUNCTION(&get_stack_info);
static cr_function set_stack_function = CR_STATIC_FUNCTION(&set_stack_info);

/* As in V8, the trace is taken now and the first line is written when somebody first looks. */
void error_fill(cr_context *cx, cr_object *object, cr_value message) {
    error_origin *origin = HEAP_NEW(cx, error_origin);
    str_buf trace;
    str_buf_init(&trace);
    add_trace(cx, &trace);
    origin->site = cx->site;
    origin->trace = arena_copy_text(&cx->runtime->heap, str_buf_text(&trace), trace.length);
    str_buf_release(&trace);
    object->head.flags |= CR_FLAG_ERROR;
    object->host = origin;
    cr_value accessors[2] = {cr_from_pointer(&get_stack_function), cr_from_pointer(&set_stack_function)};
    object_define(cx, object, &key_stack, cr_array_new(cx, 2, accessors), CR_SLOT_HIDDEN | CR_SLOT_ACCESSOR);
    if (message != CR_UNDEFINED) object_define(cx, object, &key_message, message, CR_SLOT_HIDDEN);
}

const cr_site *error_site(cr_value error) {
    const error_origin *origin = cr_has_slots(error) ? origin_of(cr_as_object(error)) : NULL;
    return origin != NULL ? origin->site : NULL;
}

cr_value error_new(cr_context *cx, prototype_id type, const char *message) {
    cr_object *object = object_new(cx, cx->runtime->prototypes[type]);
    error_fill(cx, object, cr_string_text(cx, message));
    return cr_from_pointer(object);
}

cr_value throw_error(cr_context *cx, prototype_id type, const char *format, ...) {
    char message[MESSAGE_BYTES_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return cr_throw(cx, error_new(cx, type, message));
}

const char *error_describe(cr_context *cx, cr_value thrown, bool with_stack) {
    if (!cr_has_slots(thrown) || (cr_heap_of(thrown)->flags & CR_FLAG_ERROR) == 0) return cr_to_utf8(cx, thrown, NULL);
    cr_object *object = cr_as_object(thrown);
    cr_value stack = with_stack ? error_stack(cx, object) : CR_UNDEFINED;
    if (cr_is_string(stack)) return cr_to_utf8(cx, stack, NULL);
    str_buf text;
    str_buf_init(&text);
    add_header(cx, object, &text);
    const char *copy = arena_copy_text(&cx->runtime->heap, str_buf_text(&text), text.length);
    str_buf_release(&text);
    return copy;
}

/* ---- errors that generated C asks for ---------------------------------------------------------------------------- */

cr_value cr_uninitialized(cr_context *cx, const char *name) {
    return throw_error(cx, PROTOTYPE_REFERENCE_ERROR, "Cannot access '%s' before initialization", name);
}

cr_value cr_assign_constant(cr_context *cx) { return throw_type_error(cx, "Assignment to constant variable."); }

cr_value cr_not_defined(cr_context *cx, const char *name) {
    return throw_error(cx, PROTOTYPE_REFERENCE_ERROR, "%s is not defined", name);
}
