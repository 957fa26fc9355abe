/* cli/value_text.h: values as a plan shows them: short, quoted, with what is known of unknown ones.
 *
 * Errors: none; nothing of the program is called. Long values are cut: whole ones are in --json.            */
#ifndef CREACT_CLI_VALUE_TEXT_H
#define CREACT_CLI_VALUE_TEXT_H

#include "cli/text.h"
#include "value/context.h"

/* Appends `v` on one line: 12, "text", [1, 2], {a: 1}, (known after deployment: …), a resource as its address.
 * `columns` is the room that is left; 0: no limit. */
void value_text_line(cr_context *cx, cr_value v, uint32_t columns, str_buf *out);
/* Appends `v` on one line if it fits, else over several, of which the second and later are indented. Unknown
 * parts are never cut. */
void value_text_block(cr_context *cx, cr_value v, const text_style *style, uint32_t indent, str_buf *out);
/* Appends how a value changed: `before → after`, or the lines that differ. Ends without a line end. */
void value_text_change(cr_context *cx, cr_value before, cr_value after, const text_style *style, uint32_t indent,
                       str_buf *out);

#endif
