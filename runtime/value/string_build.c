/* Building strings piece by piece, and turning them from and to UTF-8. */
#include "value/convert.h"
#include "value/error.h"
#include "value/string.h"
#include "value/unknown.h"

enum { BUILDER_UNITS_MIN = 32, REPLACEMENT = 0xfffd };

void builder_init(string_builder *self, cr_context *cx) { *self = (string_builder){.cx = cx}; }

/* Room for `more` units of the width asked for; false when the string is too long. */
static bool make_room(string_builder *self, uint32_t more, bool wide) {
    if (self->too_long || more > STRING_UNITS_MAX - self->length) {
        self->too_long = true;
        return false;
    }
    bool widen = wide && !self->wide;
    if (!widen && self->capacity - self->length >= more) return true;
    uint32_t capacity = self->capacity;
    if (capacity - self->length < more) {
        capacity = capacity < BUILDER_UNITS_MIN / 2 ? BUILDER_UNITS_MIN : capacity * 2;
        if (capacity < self->length + more) capacity = self->length + more;
    }
    bool now_wide = self->wide || wide;
    size_t unit_bytes = now_wide ? 2 : 1;
    void *units;
    if (widen) {
        units = heap_alloc(self->cx, capacity * unit_bytes);
        for (uint32_t i = 0; i < self->length; i++) ((uint16_t *)units)[i] = ((uint8_t *)self->units)[i];
    } else {
        units = arena_resize(&self->cx->runtime->heap, self->units, self->capacity * unit_bytes, capacity * unit_bytes);
    }
    self->units = units;
    self->capacity = capacity;
    self->wide = now_wide;
    return true;
}

void builder_add_unit(string_builder *self, uint32_t unit) {
    if (!make_room(self, 1, unit > 0xff)) return;
    if (self->wide) {
        ((uint16_t *)self->units)[self->length++] = (uint16_t)unit;
    } else {
        ((uint8_t *)self->units)[self->length++] = (uint8_t)unit;
    }
}

void builder_add_code_point(string_builder *self, uint32_t code_point) {
    if (code_point < 0x10000) {
        builder_add_unit(self, code_point);
    } else {
        builder_add_unit(self, 0xd800 + ((code_point - 0x10000) >> 10));
        builder_add_unit(self, 0xdc00 + ((code_point - 0x10000) & 0x3ff));
    }
}

void builder_add_range(string_builder *self, const cr_string *s, uint32_t from, uint32_t to) {
    self->origin = origin_union(self->cx, self->origin, s->origin);
    if (from >= to || !make_room(self, to - from, string_is_wide(s))) return;
    if (!self->wide) {
        memcpy((uint8_t *)self->units + self->length, (const uint8_t *)s->units + from, to - from);
        self->length += to - from;
    } else if (string_is_wide(s)) {
        memcpy((uint16_t *)self->units + self->length, (const uint16_t *)s->units + from, (size_t)(to - from) * 2);
        self->length += to - from;
    } else {
        for (uint32_t i = from; i < to; i++) ((uint16_t *)self->units)[self->length++] = ((const uint8_t *)s->units)[i];
    }
}

void builder_add(string_builder *self, const cr_string *s) { builder_add_range(self, s, 0, s->head.length); }

void builder_add_ascii(string_builder *self, const char *text) {
    for (; *text != '\0'; text++) builder_add_unit(self, (uint8_t)*text);
}

cr_value builder_finish(string_builder *self) {
    if (self->too_long) return throw_range_error(self->cx, "Invalid string length");
    if (self->units != NULL) {
        size_t unit_bytes = self->wide ? 2 : 1;
        self->units = arena_resize(&self->cx->runtime->heap, self->units, self->capacity * unit_bytes, self->length * unit_bytes);
        self->capacity = self->length;
    }
    cr_string *s = heap_alloc(self->cx, sizeof *s);
    *s = (cr_string){.units = self->units != NULL ? self->units : "", .origin = self->origin};
    s->head.kind = CR_KIND_STRING;
    s->head.flags = (uint8_t)(CR_FLAG_KEEPS_HASH | (self->wide ? CR_FLAG_WIDE : 0));
    s->head.length = self->length;
    return cr_from_pointer(s);
}

/* The code point at `*at`, which is moved past it; WTF-8 surrogates survive, wrong bytes become U+FFFD one by
 * one as far as the sequence was possible (the WHATWG decoder's rule). */
static uint32_t decode(const uint8_t *bytes, size_t length, size_t *at) {
    uint8_t lead = bytes[(*at)++];
    if (lead < 0x80) return lead;
    uint32_t more = lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    if (more == 0) return REPLACEMENT;
    uint32_t point = lead & (0x3fu >> more);
    uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xf4 ? 0x8f : 0xbf;
    for (uint32_t i = 0; i < more; i++) {
        if (*at >= length || bytes[*at] < low || bytes[*at] > high) return REPLACEMENT;
        point = point << 6 | (bytes[(*at)++] & 0x3fu);
        low = 0x80;
        high = 0xbf;
    }
    return point;
}

cr_value cr_string_utf8(cr_context *cx, const char *bytes, size_t length) {
    const uint8_t *input = (const uint8_t *)bytes;
    size_t ascii = 0;
    while (ascii < length && input[ascii] < 0x80) ascii++;
    if (ascii == length) {
        cr_string *s = string_latin1(cx, input, length);
        return s != NULL ? cr_from_pointer(s) : CR_EXCEPTION;
    }
    string_builder b;
    builder_init(&b, cx);
    for (size_t at = 0; at < length;) builder_add_code_point(&b, decode(input, length, &at));
    return builder_finish(&b);
}

cr_value cr_string_text(cr_context *cx, const char *text) { return cr_string_utf8(cx, text, strlen(text)); }

static void add_utf8(str_buf *out, uint32_t point) {
    char bytes[4];
    size_t length;
    if (point < 0x80) {
        bytes[0] = (char)point;
        length = 1;
    } else if (point < 0x800) {
        bytes[0] = (char)(0xc0 | point >> 6);
        bytes[1] = (char)(0x80 | (point & 0x3f));
        length = 2;
    } else if (point < 0x10000) {
        bytes[0] = (char)(0xe0 | point >> 12);
        bytes[1] = (char)(0x80 | ((point >> 6) & 0x3f));
        bytes[2] = (char)(0x80 | (point & 0x3f));
        length = 3;
    } else {
        bytes[0] = (char)(0xf0 | point >> 18);
        bytes[1] = (char)(0x80 | ((point >> 12) & 0x3f));
        bytes[2] = (char)(0x80 | ((point >> 6) & 0x3f));
        bytes[3] = (char)(0x80 | (point & 0x3f));
        length = 4;
    }
    str_buf_add(out, bytes, length);
}

void string_to_utf8(const cr_string *s, str_buf *out) {
    uint32_t length = s->head.length, start = 0, i = 0;
    if (!string_is_wide(s)) {
        const uint8_t *units = s->units;
        while (i < length) {
            while (i < length && units[i] < 0x80) i++;
            if (i > start) str_buf_add(out, (const char *)units + start, i - start);
            if (i < length) add_utf8(out, units[i++]);
            start = i;
        }
        return;
    }
    while (i < length) {
        uint32_t units;
        uint32_t point = string_code_point(s, i, &units);
        add_utf8(out, point >= 0xd800 && point <= 0xdfff ? (uint32_t)REPLACEMENT : point);
        i += units;
    }
}

const char *cr_to_utf8(cr_context *cx, cr_value v, size_t *length) {
    str_buf text;
    str_buf_init(&text);
    if (cr_is_string(v)) {
        string_to_utf8(cr_as_string(v), &text);
    } else {
        value_display(cx, v, &text);
    }
    const char *copy = arena_copy_text(&cx->runtime->heap, str_buf_text(&text), text.length);
    if (length != NULL) *length = text.length;
    str_buf_release(&text);
    return copy;
}
