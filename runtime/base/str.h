/* base/str.h: bytes with a length, borrowed (str) or being built (str_buf).                              */
#ifndef CREACT_BASE_STR_H
#define CREACT_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* A borrowed run of bytes; not NUL-terminated. */
typedef struct str {
    const char *bytes;
    size_t length;
} str;

#define STR(literal) ((str){(literal), sizeof(literal) - 1})
#define STR_ARGS(s) (int)(s).length, (s).bytes /* for printf's %.*s */

static inline str str_of(const char *text) { return (str){text, strlen(text)}; }
static inline bool str_equal(str a, str b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}
static inline bool str_is(str a, const char *text) { return str_equal(a, str_of(text)); }
bool str_starts_with(str self, str prefix);
bool str_ends_with(str self, str suffix);
int str_compare(str a, str b); /* by bytes, as memcmp; the shorter first */

/* Edit distance (insert, delete, substitute, swap of neighbours) for did-you-mean; gives up past `limit` and
 * answers limit + 1. Damerau-Levenshtein, optimal string alignment. */
int str_distance(str a, str b, int limit);

/* A growing buffer; `bytes` is always NUL-terminated once anything was added. str_buf_init -> add -> release. */
typedef struct str_buf {
    char *bytes;
    size_t length, capacity;
} str_buf;

void str_buf_init(str_buf *self);
void str_buf_release(str_buf *self);
void str_buf_clear(str_buf *self);
void str_buf_add(str_buf *self, const char *bytes, size_t length);
void str_buf_add_text(str_buf *self, const char *text);
void str_buf_add_str(str_buf *self, str text);
void str_buf_add_char(str_buf *self, char byte);
void str_buf_add_format(str_buf *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_buf_add_va(str_buf *self, const char *format, va_list arguments);
static inline str str_buf_str(const str_buf *self) { return (str){self->bytes, self->length}; }
/* The text as a C string ("" when empty); good until the next change. */
const char *str_buf_text(const str_buf *self);
/* Gives the bytes away: the caller frees them with mem_free; the buffer is empty again. */
char *str_buf_detach(str_buf *self);

#endif
