/* builtins/regexp_translate.h: JavaScript's regular expressions in PCRE2's language.
 *
 * The two differ in many small ways (\s, \v, ., ^ and $ at U+2028, { as a plain character, [] and [^], escapes,
 * names of groups). The translation checks JavaScript's syntax and leaves nothing to PCRE2's own ideas.
 *
 * Not the same: captures inside a repeated group keep the value of an earlier round; a lookbehind must have
 * alternatives of fixed length (both are PCRE2's, see the README).                                           */
#ifndef CREACT_BUILTINS_REGEXP_TRANSLATE_H
#define CREACT_BUILTINS_REGEXP_TRANSLATE_H

#include "value/context.h"

typedef struct regexp_flags {
    bool global, ignore_case, multiline, dot_all, unicode, sticky, indices;
} regexp_flags;

/* The group of each name, in the order of the pattern. */
typedef struct regexp_name {
    const cr_string *name;
    uint32_t group;
} regexp_name;

typedef struct regexp_pattern {
    uint16_t *units; /* for PCRE2, in the context's heap */
    uint32_t length, capacity;
    regexp_name *names;
    uint32_t name_count, group_count; /* groups without the whole match */
    bool has_wide;                    /* characters outside ASCII are named */
} regexp_pattern;

/* false: SyntaxError "Invalid regular expression: /source/flags: …" is pending. */
bool regexp_translate(cr_context *cx, const cr_string *source, const cr_string *flags_text, const regexp_flags *flags,
                      regexp_pattern *out);

#endif
