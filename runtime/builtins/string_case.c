/* Upper and lower case for all of Unicode, without a locale. */
#include "builtins/string_case.h"

typedef struct case_range {
    uint32_t first, last, stride;
    int32_t delta;
} case_range;

typedef struct case_special {
    uint32_t from;
    uint16_t to[3]; /* 0 ends it */
} case_special;

#include "builtins/case_table.h"

enum { CAPITAL_SIGMA = 0x3a3, FINAL_SIGMA = 0x3c2 };

static uint32_t map_simple(const case_range *ranges, size_t count, uint32_t point) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ranges[middle].last < point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == count || ranges[low].first > point || (point - ranges[low].first) % ranges[low].stride != 0) return point;
    return point + (uint32_t)ranges[low].delta;
}

static const case_special *find_special(const case_special *specials, size_t count, uint32_t point) {
    for (size_t i = 0; i < count && specials[i].from <= point; i++)
        if (specials[i].from == point) return &specials[i];
    return NULL;
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static uint32_t simple(uint32_t point, bool upper) {
    if (point < 0x80) {
        if (upper) return point >= 'a' && point <= 'z' ? point - 32 : point;
        return point >= 'A' && point <= 'Z' ? point + 32 : point;
    }
    return upper ? map_simple(upper_ranges, COUNT(upper_ranges), point) : map_simple(lower_ranges, COUNT(lower_ranges), point);
}

static bool is_cased(uint32_t point) { return simple(point, true) != point || simple(point, false) != point; }

/* A sigma is final when a letter goes before it and none follows; marks between do not count. */
static bool is_final_sigma(const cr_string *s, uint32_t at) {
    if (at == 0 || !is_cased(cr_unit_at(s, at - 1))) return false;
    return at + 1 >= s->head.length || !is_cased(cr_unit_at(s, at + 1));
}

/* Most texts are ASCII; those that are in the right case already are answered as they are. */
static bool is_unchanged_ascii(const cr_string *s, bool upper) {
    for (uint32_t i = 0; i < s->head.length; i++) {
        uint32_t unit = cr_unit_at(s, i);
        if (unit >= 0x80 || simple(unit, upper) != unit) return false;
    }
    return true;
}

cr_value string_change_case(cr_context *cx, const cr_string *s, bool upper) {
    if (is_unchanged_ascii(s, upper)) return cr_from_pointer(s);
    string_builder b;
    builder_init(&b, cx);
    b.origin = s->origin;
    for (uint32_t i = 0; i < s->head.length;) {
        uint32_t units, point = string_code_point(s, i, &units);
        const case_special *special = NULL;
        if (point >= 0x80)
            special = upper ? find_special(upper_specials, COUNT(upper_specials), point)
                            : find_special(lower_specials, COUNT(lower_specials), point);
        if (special != NULL) {
            for (int k = 0; k < 3 && special->to[k] != 0; k++) builder_add_unit(&b, special->to[k]);
        } else if (!upper && point == CAPITAL_SIGMA && is_final_sigma(s, i)) {
            builder_add_unit(&b, FINAL_SIGMA);
        } else {
            builder_add_code_point(&b, simple(point, upper));
        }
        i += units;
    }
    return builder_finish(&b);
}
