/* value/convert.h: the language's conversions. Each says what it does with an unknown: unless noted, it
 * suspends, because the content is needed.                                                                  */
#ifndef CREACT_VALUE_CONVERT_H
#define CREACT_VALUE_CONVERT_H

#include "value/context.h"

typedef enum primitive_hint { HINT_DEFAULT, HINT_NUMBER, HINT_STRING } primitive_hint;

/* ToPrimitive; may call the program's toString and valueOf. An unknown is answered as it is, and so is one
 * that converting gives (an array that holds an unknown). */
cr_value value_to_primitive(cr_context *cx, cr_value v, primitive_hint hint);
/* ToNumber, ToIntegerOrInfinity; false: threw. */
bool value_to_number(cr_context *cx, cr_value v, double *number);
bool value_to_integer(cr_context *cx, cr_value v, double *number);
/* ToString; NULL: threw. */
const cr_string *value_to_string(cr_context *cx, cr_value v);
/* ToPropertyKey; NULL: threw. */
const cr_string *value_to_key(cr_context *cx, cr_value v);
/* An index relative to the end when negative, clamped to [0, length]; undefined gives `missing`. */
bool value_to_relative_index(cr_context *cx, cr_value v, uint32_t length, uint32_t missing, uint32_t *index);

/* String(v) without running the program's code, for messages. An unknown is described. */
void value_display(cr_context *cx, cr_value v, str_buf *out);
/* What typeof says; "unknown" for an unknown. */
const char *value_type_name(cr_value v);
/* ToBoolean of a value that is not unknown. */
bool value_truthy_known(cr_value v);
/* The class name that console.log and messages show: "Database", "Object"; NULL for a null prototype. */
const char *object_class_name(cr_context *cx, const cr_object *object);

#endif
