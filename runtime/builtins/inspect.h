/* builtins/inspect.h: values as console.log prints them, which is what Node's util.inspect does with its default
 * settings: two levels deep, 100 elements, lines of 80 columns where things fit.                            */
#ifndef CREACT_BUILTINS_INSPECT_H
#define CREACT_BUILTINS_INSPECT_H

#include "value/context.h"

enum { INSPECT_DEPTH = 2, INSPECT_COLUMNS = 80, INSPECT_ITEMS_MAX = 100, INSPECT_STRING_UNITS_MAX = 10000 };

/* Appends `v`, objects down to `depth` levels (INSPECT_DEPTH as a rule; -1: all). Never throws. */
void inspect(cr_context *cx, cr_value v, int depth, str_buf *out);
/* A string in the quotes that fit it best, special characters escaped. */
void inspect_string(const cr_string *s, str_buf *out);
/* What console.log prints for its arguments, %s %d %i %f %j %o %O %c %% in the first one replaced; no newline. */
void inspect_arguments(cr_context *cx, uint32_t argc, const cr_value *argv, str_buf *out);

#endif
