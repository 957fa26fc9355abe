/* value/error.h: throwing the language's own errors.
 *
 * Messages that the language defines read exactly as V8's; all others follow the house style.               */
#ifndef CREACT_VALUE_ERROR_H
#define CREACT_VALUE_ERROR_H

#include "value/context.h"

/* A new error object with message and stack; `type` is PROTOTYPE_ERROR … PROTOTYPE_AGGREGATE_ERROR. */
cr_value error_new(cr_context *cx, prototype_id type, const char *message);
/* Gives `object` what an Error constructor gives: message (unless undefined), stack. For constructors. */
void error_fill(cr_context *cx, cr_object *object, cr_value message);

/* The `stack` of an error object, made now if nobody has looked before. */
cr_value error_stack(cr_context *cx, cr_object *object);

/* Each throws and answers CR_EXCEPTION. The text is UTF-8. */
cr_value throw_error(cr_context *cx, prototype_id type, const char *format, ...) __attribute__((format(printf, 3, 4)));
#define throw_type_error(cx, ...) throw_error((cx), PROTOTYPE_TYPE_ERROR, __VA_ARGS__)
#define throw_range_error(cx, ...) throw_error((cx), PROTOTYPE_RANGE_ERROR, __VA_ARGS__)

/* "TypeError: message" (or the stack, when there is one and `with_stack`) for any thrown value. Never throws. */
const char *error_describe(cr_context *cx, cr_value thrown, bool with_stack);
/* The place where an error object was made; NULL when unknown. */
const cr_site *error_site(cr_value error);

#endif
