#include "value/string.h"

#include "value/error.h"
#include "value/unknown.h"

enum {
    HASH_START = 0x811c9dc5u, /* FNV-1a, 32 bits */
    HASH_PRIME = 0x01000193u,
    CONCAT_BYTES_MIN = 64, /* shorter concatenations are not worth room to grow */
};

static cr_string empty_string = STRING_LITERAL_INIT("");

uint32_t cr_string_hash(const cr_string *s) {
    if (s->hash != 0) return s->hash;
    uint32_t hash = HASH_START;
    for (uint32_t i = 0; i < s->head.length; i++) {
        uint32_t unit = cr_unit_at(s, i);
        hash = (hash ^ (unit & 0xff)) * HASH_PRIME;
        if (unit > 0xff) hash = (hash ^ (unit >> 8)) * HASH_PRIME;
    }
    if (hash == 0) hash = 1;
    /* Strings of generated C bring their hash and may be read-only; ours say that they are not. */
    if ((s->head.flags & CR_FLAG_KEEPS_HASH) != 0) ((cr_string *)(uintptr_t)s)->hash = hash;
    return hash;
}

cr_string *string_reserve(cr_context *cx, size_t length, bool wide) {
    if (length > STRING_UNITS_MAX) {
        throw_range_error(cx, "Invalid string length");
        return NULL;
    }
    size_t bytes = length * (wide ? 2 : 1);
    cr_string *s = heap_alloc(cx, sizeof *s + bytes);
    *s = (cr_string){.units = s + 1};
    s->head.kind = CR_KIND_STRING;
    s->head.flags = (uint8_t)(CR_FLAG_KEEPS_HASH | (wide ? CR_FLAG_WIDE : 0));
    s->head.length = (uint32_t)length;
    return s;
}

/* The units of a string made by string_reserve. */
static void *units_of(cr_string *s) { return s + 1; }

cr_string *string_latin1(cr_context *cx, const uint8_t *units, size_t length) {
    if (length == 0) return &empty_string;
    cr_string *s = string_reserve(cx, length, false);
    if (s != NULL) memcpy(units_of(s), units, length);
    return s;
}

cr_string *string_wide(cr_context *cx, const uint16_t *units, size_t length) {
    if (length == 0) return &empty_string;
    uint16_t all = 0;
    for (size_t i = 0; i < length; i++) all |= units[i];
    cr_string *s = string_reserve(cx, length, all > 0xff);
    if (s == NULL) return NULL;
    if (all > 0xff) {
        memcpy(units_of(s), units, length * 2);
    } else {
        uint8_t *narrow = units_of(s);
        for (size_t i = 0; i < length; i++) narrow[i] = (uint8_t)units[i];
    }
    return s;
}

cr_string *string_of_unit(cr_context *cx, uint16_t unit) { return string_wide(cx, &unit, 1); }

bool cr_string_equal(const cr_string *a, const cr_string *b) {
    if (a == b) return true;
    uint32_t length = a->head.length;
    if (length != b->head.length) return false;
    if (a->hash != 0 && b->hash != 0 && a->hash != b->hash) return false;
    bool wide = string_is_wide(a);
    if (wide == string_is_wide(b)) return length == 0 || memcmp(a->units, b->units, (size_t)length * (wide ? 2 : 1)) == 0;
    for (uint32_t i = 0; i < length; i++)
        if (cr_unit_at(a, i) != cr_unit_at(b, i)) return false;
    return true;
}

bool string_is_ascii_text(const cr_string *s, const char *text) {
    uint32_t i = 0;
    for (; i < s->head.length; i++)
        if (text[i] == '\0' || cr_unit_at(s, i) != (uint8_t)text[i]) return false;
    return text[i] == '\0';
}

bool cr_string_is(cr_value v, const char *ascii) { return cr_is_string(v) && string_is_ascii_text(cr_as_string(v), ascii); }

int string_compare(const cr_string *a, const cr_string *b) {
    uint32_t length = a->head.length < b->head.length ? a->head.length : b->head.length;
    if (!string_is_wide(a) && !string_is_wide(b)) {
        int order = length != 0 ? memcmp(a->units, b->units, length) : 0;
        if (order != 0) return order;
    } else {
        for (uint32_t i = 0; i < length; i++) {
            uint32_t x = cr_unit_at(a, i), y = cr_unit_at(b, i);
            if (x != y) return x < y ? -1 : 1;
        }
    }
    return a->head.length == b->head.length ? 0 : a->head.length < b->head.length ? -1 : 1;
}

cr_string *string_slice(cr_context *cx, const cr_string *s, uint32_t from, uint32_t to) {
    if (from >= to) {
        if (s->origin == NULL) return &empty_string;
    } else if (from == 0 && to == s->head.length) {
        return (cr_string *)(uintptr_t)s;
    }
    if (from > to) from = to;
    cr_string *slice = heap_alloc(cx, sizeof *slice);
    bool wide = string_is_wide(s);
    *slice = (cr_string){.units = (const char *)s->units + (size_t)from * (wide ? 2 : 1), .origin = s->origin};
    slice->head.kind = CR_KIND_STRING;
    slice->head.flags = (uint8_t)(CR_FLAG_KEEPS_HASH | (wide ? CR_FLAG_WIDE : 0));
    slice->head.length = to - from;
    return slice;
}

static void copy_units(void *to, uint32_t at, bool wide, const cr_string *s) {
    uint32_t length = s->head.length;
    if (length == 0) return;
    if (!wide) {
        memcpy((uint8_t *)to + at, s->units, length);
    } else if (string_is_wide(s)) {
        memcpy((uint16_t *)to + at, s->units, (size_t)length * 2);
    } else {
        const uint8_t *narrow = s->units;
        for (uint32_t i = 0; i < length; i++) ((uint16_t *)to)[at + i] = narrow[i];
    }
}

cr_value string_concat(cr_context *cx, const cr_string *a, const cr_string *b) {
    cr_runtime *runtime = cx->runtime;
    size_t length = (size_t)a->head.length + b->head.length;
    const cr_origin *origin = origin_union(cx, a->origin, b->origin);
    if (b->head.length == 0 && origin == a->origin) return cr_from_pointer(a);
    if (a->head.length == 0 && origin == b->origin) return cr_from_pointer(b);
    if (length > STRING_UNITS_MAX) return throw_range_error(cx, "Invalid string length");
    bool wide = string_is_wide(a) || string_is_wide(b);
    size_t bytes = length * (wide ? 2 : 1);
    size_t a_bytes = (size_t)a->head.length * (wide ? 2 : 1);
    void *units;
    if (a->units == runtime->concat_units && string_is_wide(a) == wide && a_bytes == runtime->concat_bytes &&
        bytes <= runtime->concat_capacity) {
        units = runtime->concat_units; /* `a` ends where the buffer is filled to: nobody else sees what follows */
        copy_units(units, a->head.length, wide, b);
        runtime->concat_bytes = bytes;
    } else {
        size_t capacity = bytes >= CONCAT_BYTES_MIN ? bytes * 2 : bytes;
        units = heap_alloc(cx, capacity);
        copy_units(units, 0, wide, a);
        copy_units(units, a->head.length, wide, b);
        if (bytes >= CONCAT_BYTES_MIN) {
            runtime->concat_units = units;
            runtime->concat_bytes = bytes;
            runtime->concat_capacity = capacity;
        }
    }
    cr_string *s = heap_alloc(cx, sizeof *s);
    *s = (cr_string){.units = units, .origin = origin};
    s->head.kind = CR_KIND_STRING;
    s->head.flags = (uint8_t)(CR_FLAG_KEEPS_HASH | (wide ? CR_FLAG_WIDE : 0));
    s->head.length = (uint32_t)length;
    return cr_from_pointer(s);
}

bool string_matches_at(const cr_string *s, const cr_string *part, uint32_t position) {
    uint32_t length = part->head.length;
    if (position > s->head.length || length > s->head.length - position) return false;
    if (length == 0) return true;
    bool wide = string_is_wide(s);
    if (wide == string_is_wide(part)) {
        size_t width = wide ? 2 : 1;
        return memcmp((const char *)s->units + position * width, part->units, length * width) == 0;
    }
    for (uint32_t i = 0; i < length; i++)
        if (cr_unit_at(s, position + i) != cr_unit_at(part, i)) return false;
    return true;
}

int64_t string_index_of(const cr_string *s, const cr_string *needle, uint32_t from) {
    uint32_t length = s->head.length, needle_length = needle->head.length;
    if (needle_length == 0) return from <= length ? from : length;
    if (from >= length || needle_length > length - from) return -1;
    if (!string_is_wide(s) && !string_is_wide(needle)) {
        const char *units = s->units;
        const char *found = memmem(units + from, length - from, needle->units, needle_length);
        return found != NULL ? found - units : -1;
    }
    uint32_t first = cr_unit_at(needle, 0);
    for (uint32_t i = from; i <= length - needle_length; i++)
        if (cr_unit_at(s, i) == first && string_matches_at(s, needle, i)) return i;
    return -1;
}

int64_t string_last_index_of(const cr_string *s, const cr_string *needle, uint32_t from) {
    uint32_t length = s->head.length, needle_length = needle->head.length;
    if (needle_length > length) return -1;
    uint32_t i = length - needle_length;
    if (i > from) i = from;
    for (int64_t at = i; at >= 0; at--)
        if (string_matches_at(s, needle, (uint32_t)at)) return at;
    return -1;
}

uint32_t string_code_point(const cr_string *s, uint32_t i, uint32_t *units) {
    uint32_t unit = cr_unit_at(s, i);
    *units = 1;
    if (unit < 0xd800 || unit > 0xdbff || i + 1 >= s->head.length) return unit;
    uint32_t low = cr_unit_at(s, i + 1);
    if (low < 0xdc00 || low > 0xdfff) return unit;
    *units = 2;
    return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

bool string_array_index(const cr_string *s, uint32_t *index) {
    uint32_t length = s->head.length;
    if (length == 0 || length > 10) return false;
    uint64_t number = 0;
    for (uint32_t i = 0; i < length; i++) {
        uint32_t unit = cr_unit_at(s, i);
        if (unit < '0' || unit > '9') return false;
        number = number * 10 + (unit - '0');
    }
    if ((length > 1 && cr_unit_at(s, 0) == '0') || number >= UINT32_MAX) return false;
    *index = (uint32_t)number;
    return true;
}

bool unit_is_space(uint32_t unit) {
    if (unit < 0x80) return unit == ' ' || (unit >= 9 && unit <= 13);
    return unit == 0xa0 || unit == 0x1680 || (unit >= 0x2000 && unit <= 0x200a) || unit == 0x2028 || unit == 0x2029 ||
           unit == 0x202f || unit == 0x205f || unit == 0x3000 || unit == 0xfeff;
}

cr_string *string_trim(cr_context *cx, const cr_string *s, bool start, bool end) {
    uint32_t from = 0, to = s->head.length;
    while (start && from < to && unit_is_space(cr_unit_at(s, from))) from++;
    while (end && to > from && unit_is_space(cr_unit_at(s, to - 1))) to--;
    return string_slice(cx, s, from, to);
}
