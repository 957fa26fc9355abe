/* value/string.h: strings of 16-bit code units, stored as 8-bit ones where all are below 256 (Latin-1).
 *
 * A string is immutable. Equality, hash and order look at code units, never at the width. Functions that make
 * a new string from old ones carry the origins over (R1).
 *
 * Limits: STRING_UNITS_MAX, V8's; going past it throws RangeError "Invalid string length".                  */
#ifndef CREACT_VALUE_STRING_H
#define CREACT_VALUE_STRING_H

#include "value/context.h"

enum { STRING_UNITS_MAX = 0x1fffffe8 };

/* A string of the runtime's own, in writable memory so that its hash is computed once. */
#define STRING_LITERAL_INIT(text)                                                                             \
    { { CR_KIND_STRING, CR_FLAG_KEEPS_HASH, 0, sizeof(text) - 1 }, 0, 0, (text), 0 }
#define STRING_LITERAL(name, text) static cr_string name = STRING_LITERAL_INIT(text)

static inline bool string_is_wide(const cr_string *s) { return (s->head.flags & CR_FLAG_WIDE) != 0; }
static inline uint32_t string_length(cr_value s) { return cr_as_string(s)->head.length; }

/* Copies units. NULL after a RangeError. `string_latin1` takes bytes that are code units. */
cr_string *string_latin1(cr_context *cx, const uint8_t *units, size_t length);
cr_string *string_wide(cr_context *cx, const uint16_t *units, size_t length);
cr_string *string_of_unit(cr_context *cx, uint16_t unit);
/* A string whose units the caller fills in (narrow: bytes). */
cr_string *string_reserve(cr_context *cx, size_t length, bool wide);

/* Units [from, to); shares the memory of `s`. */
cr_string *string_slice(cr_context *cx, const cr_string *s, uint32_t from, uint32_t to);
/* a + b. Grows the newest concatenation in place, so that building a string piece by piece is linear. */
cr_value string_concat(cr_context *cx, const cr_string *a, const cr_string *b);
/* By code units: negative, 0, positive. */
int string_compare(const cr_string *a, const cr_string *b);
/* First position >= from of `needle`; -1 when absent. */
int64_t string_index_of(const cr_string *s, const cr_string *needle, uint32_t from);
int64_t string_last_index_of(const cr_string *s, const cr_string *needle, uint32_t from);
bool string_matches_at(const cr_string *s, const cr_string *part, uint32_t position);
/* The code point at `i` (a lone surrogate is itself); *units is 1 or 2. */
uint32_t string_code_point(const cr_string *s, uint32_t i, uint32_t *units);
/* Is `s` an array index ("0" … "4294967294", no leading zero)? */
bool string_array_index(const cr_string *s, uint32_t *index);
/* White space and line ends of the language. */
bool unit_is_space(uint32_t unit);
cr_string *string_trim(cr_context *cx, const cr_string *s, bool start, bool end);
/* Appends as UTF-8 (lone surrogates as U+FFFD). */
void string_to_utf8(const cr_string *s, str_buf *out);
bool string_is_ascii_text(const cr_string *s, const char *text);

/* ---- building ------------------------------------------------------------------------------------------ */

/* A string under construction: starts narrow and widens when it must. Memory is the heap's, nothing to free.
 *     string_builder b;  builder_init(&b, cx);  builder_add…(&b, …);  return builder_finish(&b);             */
typedef struct string_builder {
    cr_context *cx;
    void *units;
    uint32_t length, capacity;
    bool wide, too_long;
    const cr_origin *origin;
} string_builder;

void builder_init(string_builder *self, cr_context *cx);
void builder_add_unit(string_builder *self, uint32_t unit);
void builder_add_code_point(string_builder *self, uint32_t code_point);
void builder_add(string_builder *self, const cr_string *s); /* and its origin */
void builder_add_range(string_builder *self, const cr_string *s, uint32_t from, uint32_t to);
void builder_add_ascii(string_builder *self, const char *text);
/* The string; CR_EXCEPTION (RangeError) when it grew too long. */
cr_value builder_finish(string_builder *self);

#endif
