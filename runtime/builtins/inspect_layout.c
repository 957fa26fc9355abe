#include "builtins/inspect_layout.h"

#include <math.h>

#include "builtins/inspect.h"

enum { COMPACT_LEVELS = 3, GROUP_MIN = 6, COLUMNS_MAX = 15, SEPARATOR = 2 };

static uint32_t next_point(const char **at) {
    const uint8_t *p = (const uint8_t *)*at;
    int more = p[0] >= 0xf0 ? 3 : p[0] >= 0xe0 ? 2 : p[0] >= 0xc0 ? 1 : 0;
    uint32_t point = more == 0 ? p[0] : p[0] & (0x3fu >> more);
    int i = 1;
    for (; i <= more && p[i] != 0; i++) point = point << 6 | (p[i] & 0x3f);
    *at += i;
    return point;
}

/* Columns of a code point on a terminal: East Asian wide characters and pictures take two, marks none. */
static int columns_of(uint32_t point) {
    if (point < 0x300) return point >= 0x20 && (point < 0x7f || point >= 0xa0) ? 1 : 0;
    bool mark = (point <= 0x36f) || (point >= 0x200b && point <= 0x200f) || (point >= 0x20d0 && point <= 0x20ff) ||
                (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xfe20 && point <= 0xfe2f);
    if (mark) return 0;
    bool wide = (point >= 0x1100 && point <= 0x115f) || (point >= 0x2e80 && point <= 0x3247 && point != 0x303f) ||
                (point >= 0x3250 && point <= 0x4dbf) || (point >= 0x4e00 && point <= 0xa4c6) || (point >= 0xa960 && point <= 0xa97c) ||
                (point >= 0xac00 && point <= 0xd7a3) || (point >= 0xf900 && point <= 0xfaff) || (point >= 0xfe30 && point <= 0xfe6b) ||
                (point >= 0xff01 && point <= 0xff60) || (point >= 0xffe0 && point <= 0xffe6) || (point >= 0x1f300 && point <= 0x1f64f) ||
                (point >= 0x1f900 && point <= 0x1f9ff) || (point >= 0x20000 && point <= 0x3fffd);
    return wide ? 2 : 1;
}

static int units_of(const char *text) {
    int units = 0;
    while (*text != '\0') units += next_point(&text) >= 0x10000 ? 2 : 1;
    return units;
}

void entry_add(entry_list *entries, const char *text) {
    inspect_entry entry = {text, 0, 0};
    for (const char *at = text; *at != '\0';) {
        uint32_t point = next_point(&at);
        entry.units += point >= 0x10000 ? 2 : 1;
        entry.columns += columns_of(point);
    }
    VEC_PUSH(entries, entry);
}

static void pad(str_buf *out, int count) {
    for (; count > 0; count--) str_buf_add_char(out, ' ');
}

static bool all_numbers(cr_value array, size_t count) {
    if (!cr_is_array(array)) return false;
    for (size_t i = 0; i < count; i++)
        if (i >= cr_as_array(array)->length || !cr_is_number(cr_as_array(array)->items[i])) return false;
    return true;
}

/* How many columns elements of these widths are laid out in; 1: not at all. */
static int choose_columns(const inspect_layout *layout, const entry_list *entries, size_t count) {
    int total = 0, longest = 0;
    for (size_t i = 0; i < count; i++) {
        total += entries->items[i].columns + SEPARATOR;
        if (entries->items[i].columns > longest) longest = entries->items[i].columns;
    }
    int widest = longest + SEPARATOR;
    bool fits = widest * 3 + layout->indent < INSPECT_COLUMNS;
    if (!fits || !((double)total / widest > 5 || longest <= 6)) return 1;
    double bias = sqrt(widest - (double)total / (double)entries->length);
    double biased = fmax(widest - 3 - bias, 1);
    double columns = floor(sqrt(2.5 * biased * (double)count) / biased + 0.5); /* a square, characters being 2.5 times as high as wide */
    columns = fmin(columns, (INSPECT_COLUMNS - layout->indent) / widest);
    return (int)fmin(fmin(columns, COMPACT_LEVELS * 4), COLUMNS_MAX);
}

/* Joins the elements of a long array into lines of several columns. */
static void group(cr_context *cx, const inspect_layout *layout, entry_list *entries, cr_value numbers) {
    size_t all = entries->length, count = all > INSPECT_ITEMS_MAX ? all - 1 : all;
    int columns = choose_columns(layout, entries, count);
    if (columns <= 1) return;
    int widths[COLUMNS_MAX] = {0};
    for (size_t i = 0; i < count; i++)
        if (entries->items[i].columns > widths[i % (size_t)columns]) widths[i % (size_t)columns] = entries->items[i].columns;
    bool right = all_numbers(numbers, all);
    entry_list lines = {0};
    for (size_t i = 0; i < count; i += (size_t)columns) {
        size_t end = i + (size_t)columns < count ? i + (size_t)columns : count;
        str_buf line;
        str_buf_init(&line);
        for (size_t k = i; k < end; k++) {
            const inspect_entry *entry = &entries->items[k];
            bool last = k + 1 == end;
            int missing = widths[k - i] - entry->columns;
            if (right) pad(&line, missing);
            str_buf_add_text(&line, entry->text);
            if (!last) str_buf_add_text(&line, ", ");
            if (!right && !last) pad(&line, missing);
        }
        entry_add(&lines, arena_copy_text(&cx->runtime->heap, str_buf_text(&line), line.length));
        str_buf_release(&line);
    }
    if (all > count) entry_add(&lines, entries->items[count].text);
    VEC_RELEASE(entries);
    *entries = lines;
}

static bool fits_one_line(const inspect_layout *layout, const entry_list *entries, const char *base, const char *open) {
    int count = (int)entries->length;
    int total = count + count + layout->indent + units_of(open) + units_of(base) + 10;
    if (total + count > INSPECT_COLUMNS) return false;
    for (size_t i = 0; i < entries->length; i++) {
        total += entries->items[i].units;
        if (total > INSPECT_COLUMNS || strchr(entries->items[i].text, '\n') != NULL) return false;
    }
    return strchr(base, '\n') == NULL;
}

const char *layout_entries(cr_context *cx, const inspect_layout *layout, entry_list *entries, const char *base, const char *open,
                           const char *close, bool is_array, cr_value numbers, int level) {
    size_t before = entries->length;
    if (is_array && before > GROUP_MIN) group(cx, layout, entries, numbers);
    bool one_line = layout->current_level - level < COMPACT_LEVELS && before == entries->length &&
                    fits_one_line(layout, entries, base, open);
    str_buf text;
    str_buf_init(&text);
    if (base[0] != '\0') str_buf_add_format(&text, "%s ", base);
    str_buf_add_text(&text, open);
    for (size_t i = 0; i < entries->length; i++) {
        if (i != 0) str_buf_add_char(&text, ',');
        if (one_line) {
            str_buf_add_char(&text, ' ');
        } else {
            str_buf_add_format(&text, "\n%*s", layout->indent + 2, "");
        }
        str_buf_add_text(&text, entries->items[i].text);
    }
    if (one_line) {
        str_buf_add_text(&text, entries->length != 0 ? " " : "  ");
    } else {
        str_buf_add_format(&text, "\n%*s", layout->indent, "");
    }
    str_buf_add_text(&text, close);
    const char *copy = arena_copy_text(&cx->runtime->heap, str_buf_text(&text), text.length);
    str_buf_release(&text);
    return copy;
}
