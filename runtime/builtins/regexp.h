/* builtins/regexp.h: regular expression objects, on PCRE2.                                                  */
#ifndef CREACT_BUILTINS_REGEXP_H
#define CREACT_BUILTINS_REGEXP_H

#include "builtins/regexp_translate.h"

/* lastIndex is the first slot of `object`. */
typedef struct cr_regexp_object {
    cr_object object;
    const cr_string *source;
    const cr_string *flags_text; /* in alphabetical order */
    regexp_flags flags;
    struct regexp_program *program; /* compiled; shared by all objects of the same literal */
} cr_regexp_object;

/* new RegExp(source, flags). */
cr_value regexp_new(cr_context *cx, const cr_string *source, const cr_string *flags);
/* Does `pattern` (a regular expression) match somewhere in `text`? Ignores and leaves lastIndex. For natives that
 * choose by pattern, like ProviderRouter. 1, 0, -1 after a throw. */
int regexp_matches(cr_context *cx, cr_value pattern, const cr_string *text);

#endif
