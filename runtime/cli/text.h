/* cli/text.h: how text looks: colours, columns, counts. Everything shown is first built in a str_buf, so that
 * tests see exactly what a user sees.                                                                       */
#ifndef CREACT_CLI_TEXT_H
#define CREACT_CLI_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum {
    TEXT_COLUMNS_DEFAULT = 100, /* when the output is no terminal: the same text everywhere */
    TEXT_COLUMNS_MIN = 40,      /* narrower terminals wrap */
};

/* X(NAME, SGR parameters) */
#define INK_LIST(X)                                                                                           \
    X(PLAIN, "0") X(BOLD, "1") X(DIM, "2") X(RED, "31") X(GREEN, "32") X(YELLOW, "33") X(BLUE, "34")           \
    X(MAGENTA, "35") X(CYAN, "36")

typedef enum ink {
#define X(name, sgr) INK_##name,
    INK_LIST(X)
#undef X
} ink;

typedef struct text_style {
    bool color;
    bool verbose;
    uint32_t columns;
} text_style;

/* Appends text in a colour (in no colour when the style has none). */
void paint(str_buf *out, const text_style *style, ink color, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void text_indent(str_buf *out, uint32_t columns);
/* Columns that UTF-8 text takes on a terminal; wide characters take two, escape sequences none. */
uint32_t text_columns(str text);
/* Appends `text` cut to `columns`, with "…" where it was cut; control characters become spaces,
 * bytes that are no UTF-8 U+FFFD. */
void text_add_cut(str_buf *out, str text, uint32_t columns);
/* "340 ms", "2.4 s", "3 min 20 s" */
void text_add_duration(str_buf *out, uint64_t milliseconds);
/* "1 resource", "2 resources" */
void text_add_count(str_buf *out, uint64_t count, const char *noun);

#endif
