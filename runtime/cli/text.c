#include "cli/text.h"

#include <inttypes.h>

static const char *const sgr[] = {
#define X(name, parameters) parameters,
    INK_LIST(X)
#undef X
};

void paint(str_buf *out, const text_style *style, ink color, const char *format, ...) {
    bool colored = style->color && color != INK_PLAIN;
    if (colored) str_buf_add_format(out, "\033[%sm", sgr[color]);
    va_list arguments;
    va_start(arguments, format);
    str_buf_add_va(out, format, arguments);
    va_end(arguments);
    if (colored) str_buf_add_text(out, "\033[0m");
}

void text_indent(str_buf *out, uint32_t columns) {
    for (uint32_t i = 0; i < columns; i++) str_buf_add_char(out, ' ');
}

/* The bytes of the character at `at` and its columns. Invalid bytes are characters of their own. */
static size_t character_at(str text, size_t at, uint32_t *columns) {
    unsigned char first = (unsigned char)text.bytes[at];
    size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (at + length > text.length) length = 1;
    for (size_t i = 1; i < length; i++)
        if (((unsigned char)text.bytes[at + i] & 0xC0) != 0x80) length = 1;
    uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) code = code << 6 | ((unsigned char)text.bytes[at + i] & 0x3F);
    bool combining = (code >= 0x300 && code <= 0x36F) || code == 0x200D || (code >= 0xFE00 && code <= 0xFE0F);
    /* Hangul, CJK, full-width forms and emoji: coarse ranges, enough to keep lines from wrapping. */
    bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
                (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
                (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
                (code >= 0x1F300 && code <= 0x1FAFF) || (code >= 0x20000 && code <= 0x3FFFD);
    *columns = combining ? 0 : wide ? 2 : 1;
    return length;
}

/* The length of the escape sequence at `at`, 0 when there is none: ESC [ … letter. */
static size_t escape_at(str text, size_t at) {
    if (text.bytes[at] != '\033' || at + 1 >= text.length || text.bytes[at + 1] != '[') return 0;
    size_t end = at + 2;
    while (end < text.length && (text.bytes[end] < '@' || text.bytes[end] > '~')) end++;
    return end < text.length ? end + 1 - at : 0;
}

uint32_t text_columns(str text) {
    uint32_t total = 0, columns;
    for (size_t i = 0; i < text.length;) {
        size_t escape = escape_at(text, i);
        if (escape != 0) {
            i += escape;
            continue;
        }
        i += character_at(text, i, &columns);
        total += columns;
    }
    return total;
}

void text_add_cut(str_buf *out, str text, uint32_t columns) {
    bool fits = text_columns(text) <= columns;
    uint32_t limit = fits || columns == 0 ? columns : columns - 1;
    uint32_t used = 0, width;
    for (size_t i = 0; i < text.length;) {
        size_t length = character_at(text, i, &width);
        if (used + width > limit) break;
        unsigned char first = (unsigned char)text.bytes[i];
        bool is_c1 = length == 2 && first == 0xC2 && (unsigned char)text.bytes[i + 1] < 0xA0;
        if ((length == 1 && (first < ' ' || first == 0x7F)) || is_c1) str_buf_add_char(out, ' ');
        else if (length == 1 && first >= 0x80) str_buf_add_text(out, "\uFFFD");
        else str_buf_add(out, text.bytes + i, length);
        used += width;
        i += length;
    }
    if (!fits) str_buf_add_text(out, "…");
}

void text_add_duration(str_buf *out, uint64_t milliseconds) {
    if (milliseconds < 1000) str_buf_add_format(out, "%" PRIu64 " ms", milliseconds);
    else if (milliseconds < 100 * 1000) str_buf_add_format(out, "%.1f s", (double)milliseconds / 1000);
    else str_buf_add_format(out, "%" PRIu64 " min %" PRIu64 " s", milliseconds / 60000, milliseconds / 1000 % 60);
}

void text_add_count(str_buf *out, uint64_t count, const char *noun) {
    str_buf_add_format(out, "%" PRIu64 " %s%s", count, noun, count == 1 ? "" : "s");
}
