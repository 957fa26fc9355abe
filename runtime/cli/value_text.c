#include "cli/value_text.h"

#include "cli/line_diff.h"
#include "clouddom/clouddom.h"
#include "value/unknown.h"

enum {
    DEPTH_MAX = 20,         /* deeper values are shown as … */
    DIFF_CONTEXT_LINES = 1, /* unchanged lines shown around a changed one */
    DIFF_LINES_MAX = 16,    /* shown of one text's difference; all of them with --verbose */
    TEXT_LINES_MAX = 4,     /* shown of a text of many lines in a create; all of them with --verbose */
    BLOCK_LINES_MAX = 30,   /* entries shown of one object or array; all of them with --verbose */
    CHANGE_HEAD_COLUMNS = 16, /* of a long text, shown before the first difference */
};

static str text_of(cr_context *cx, cr_value v) {
    size_t length;
    const char *bytes = cr_to_utf8(cx, v, &length);
    return (str){bytes, length};
}

static void add_quoted(str text, str_buf *out) {
    str_buf_add_char(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if (c == '"' || c == '\\') str_buf_add_format(out, "\\%c", c);
        else if (c == '\n') str_buf_add_text(out, "\\n");
        else if (c == '\t') str_buf_add_text(out, "\\t");
        else if (c == '\r') str_buf_add_text(out, "\\r");
        else if ((unsigned char)c < ' ' || c == 0x7F) str_buf_add_format(out, "\\u%04x", (unsigned)c);
        else str_buf_add_char(out, c);
    }
    str_buf_add_char(out, '"');
}

static void add_key(str key, str_buf *out) {
    bool plain = key.length > 0 && !(key.bytes[0] >= '0' && key.bytes[0] <= '9');
    for (size_t i = 0; i < key.length && plain; i++) {
        char c = key.bytes[i];
        plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
    }
    if (plain) str_buf_add_str(out, key);
    else add_quoted(key, out);
}

static void add_inline(cr_context *cx, cr_value v, uint32_t depth, str_buf *out);

static void add_array(cr_context *cx, cr_value v, uint32_t depth, str_buf *out) {
    const cr_array *array = cr_as_array(v);
    str_buf_add_char(out, '[');
    for (uint32_t i = 0; i < array->length; i++) {
        if (i > 0) str_buf_add_text(out, ", ");
        add_inline(cx, array->items[i], depth + 1, out);
    }
    str_buf_add_char(out, ']');
}

static void add_object(cr_context *cx, cr_value v, uint32_t depth, str_buf *out) {
    uint32_t count;
    const cr_string **keys = cr_own_keys(cx, v, &count);
    str_buf_add_char(out, '{');
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) str_buf_add_text(out, ", ");
        add_key(text_of(cx, cr_from_pointer(keys[i])), out);
        str_buf_add_text(out, ": ");
        add_inline(cx, cr_own(v, keys[i]), depth + 1, out);
    }
    str_buf_add_char(out, '}');
}

static bool is_instance(cr_value v) {
    return cr_is_kind(v, CR_KIND_OBJECT) && (cr_heap_of(v)->flags & CR_FLAG_INSTANCE) != 0;
}

/* What is known of an unknown, on one line. */
static void add_described(cr_context *cx, cr_value v, str_buf *out) {
    str_buf text;
    str_buf_init(&text);
    unknown_describe(cx, v, &text);
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == '\n') str_buf_add_text(out, "\\n");
        else str_buf_add_char(out, text.bytes[i]);
    }
    str_buf_release(&text);
}

/* The address of a recorded reference, {"$ref": "<address>"}; NULL for anything else. */
static const char *recorded_reference(cr_context *cx, cr_value v) {
    cr_value address = cr_is_kind(v, CR_KIND_OBJECT) ? cr_field(v, "$ref") : CR_UNDEFINED;
    return cr_is_string(address) ? cr_to_utf8(cx, address, NULL) : NULL;
}

static void add_inline(cr_context *cx, cr_value v, uint32_t depth, str_buf *out) {
    const char *reference = recorded_reference(cx, v);
    if (depth > DEPTH_MAX) {
        str_buf_add_text(out, "…");
    } else if (v == CR_UNDEFINED || v == CR_HOLE) {
        str_buf_add_text(out, "(not set)");
    } else if (cr_is_unknown(v)) {
        str_buf_add_text(out, "(known after deployment: ");
        add_described(cx, v, out);
        str_buf_add_char(out, ')');
    } else if (cr_is_string(v)) {
        add_quoted(text_of(cx, v), out);
    } else if (is_instance(v)) {
        str_buf_add_format(out, "<%s>", ((const cloud_node *)cr_as_object(v)->host)->address);
    } else if (reference != NULL) {
        str_buf_add_format(out, "<%s>", reference);
    } else if (cr_is_array(v)) {
        add_array(cx, v, depth, out);
    } else if (cr_is_function(v)) {
        str_buf_add_text(out, "(function)");
    } else if (cr_has_slots(v)) {
        add_object(cx, v, depth, out);
    } else {
        str_buf_add_str(out, text_of(cx, v));
    }
}

void value_text_line(cr_context *cx, cr_value v, uint32_t columns, str_buf *out) {
    str_buf line;
    str_buf_init(&line);
    add_inline(cx, v, 0, &line);
    if (columns == 0 || value_has_unknown(cx, v)) str_buf_add_str(out, str_buf_str(&line));
    else text_add_cut(out, str_buf_str(&line), columns < 4 ? 4 : columns);
    str_buf_release(&line);
}

static uint32_t room(const text_style *style, uint32_t indent) {
    return style->columns > indent + 20 ? style->columns - indent : 20;
}

/* A string, or what is known of an unknown, as text in the context's heap; "" for anything else. */
static str known_text(cr_context *cx, cr_value v) {
    if (cr_is_string(v)) return text_of(cx, v);
    if (!cr_is_unknown(v)) return STR("");
    str_buf text;
    str_buf_init(&text);
    unknown_describe(cx, v, &text);
    str copy = {arena_copy_text(&cx->runtime->heap, str_buf_text(&text), text.length), text.length};
    str_buf_release(&text);
    return copy;
}

static bool is_text_of_lines(cr_context *cx, cr_value v) {
    str text = known_text(cx, v);
    return text.length > 1 && memchr(text.bytes, '\n', text.length - 1) != NULL;
}

static size_t count_lines(str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) count += text.bytes[i] == '\n';
    return count + (text.length > 0 && text.bytes[text.length - 1] != '\n');
}

/* A text of many lines: how many, then the first ones. */
static void add_text_block(cr_context *cx, cr_value v, const text_style *style, uint32_t indent, str_buf *out) {
    str text = known_text(cx, v);
    size_t total = count_lines(text), shown = 0;
    bool whole = style->verbose || cr_is_unknown(v);
    if (cr_is_unknown(v)) str_buf_add_text(out, "(known after deployment)");
    else paint(out, style, INK_DIM, "(%zu lines, %zu bytes)", total, text.length);
    for (size_t start = 0; start < text.length && (whole || shown < TEXT_LINES_MAX); shown++) {
        const char *end = memchr(text.bytes + start, '\n', text.length - start);
        size_t length = end != NULL ? (size_t)(end - text.bytes) - start : text.length - start;
        str_buf_add_char(out, '\n');
        text_indent(out, indent);
        str_buf_add_text(out, "│ ");
        text_add_cut(out, (str){text.bytes + start, length}, whole ? UINT32_MAX : room(style, indent + 2));
        start += length + 1;
    }
    if (shown < total) {
        str_buf_add_char(out, '\n');
        text_indent(out, indent);
        paint(out, style, INK_DIM, "│ … %zu more", total - shown);
    }
}

/* An object or array too long for one line: an entry a line. */
static void add_entries(cr_context *cx, cr_value v, const text_style *style, uint32_t indent, str_buf *out) {
    bool array = cr_is_array(v);
    uint32_t count = array ? cr_as_array(v)->length : 0;
    const cr_string **keys = array ? NULL : cr_own_keys(cx, v, &count);
    str_buf_add_char(out, array ? '[' : '{');
    for (uint32_t i = 0; i < count; i++) {
        str_buf_add_char(out, '\n');
        text_indent(out, indent);
        if (!style->verbose && i == BLOCK_LINES_MAX) {
            paint(out, style, INK_DIM, "… %u more", count - i);
            break;
        }
        cr_value entry = array ? cr_as_array(v)->items[i] : cr_own(v, keys[i]);
        if (!array) {
            add_key(text_of(cx, cr_from_pointer(keys[i])), out);
            str_buf_add_text(out, ": ");
        }
        value_text_block(cx, entry, style, indent + 2, out);
    }
    str_buf_add_char(out, '\n');
    text_indent(out, indent - 2);
    str_buf_add_char(out, array ? ']' : '}');
}

void value_text_block(cr_context *cx, cr_value v, const text_style *style, uint32_t indent, str_buf *out) {
    if (is_text_of_lines(cx, v)) {
        add_text_block(cx, v, style, indent, out);
        return;
    }
    str_buf line;
    str_buf_init(&line);
    add_inline(cx, v, 0, &line);
    bool entries = cr_has_slots(v) && !cr_is_function(v) && !is_instance(v);
    if (entries && text_columns(str_buf_str(&line)) > room(style, indent)) add_entries(cx, v, style, indent, out);
    else value_text_line(cx, v, style->verbose ? 0 : room(style, indent), out);
    str_buf_release(&line);
}

/* ---- changes ------------------------------------------------------------------------------------------- */

static bool near_change(const line_diff *diff, size_t at) {
    size_t from = at < DIFF_CONTEXT_LINES ? 0 : at - DIFF_CONTEXT_LINES;
    for (size_t i = from; i < diff->length && i <= at + DIFF_CONTEXT_LINES; i++)
        if (diff->items[i].sign != ' ') return true;
    return false;
}

static void add_line_diff(cr_context *cx, cr_value before, cr_value after, const text_style *style, uint32_t indent,
                          str_buf *out) {
    line_diff diff = {0};
    line_diff_compute(known_text(cx, before), known_text(cx, after), &diff);
    size_t removed = 0, added = 0, shown = 0;
    for (size_t i = 0; i < diff.length; i++) {
        removed += diff.items[i].sign == '-';
        added += diff.items[i].sign == '+';
    }
    if (cr_is_unknown(after)) str_buf_add_text(out, "(known after deployment) ");
    if (removed + added == 0) paint(out, style, INK_DIM, "(only the end of the last line)");
    else paint(out, style, INK_DIM, "(lines: %zu removed, %zu added)", removed, added);
    bool gap = false;
    for (size_t i = 0; i < diff.length; i++) {
        if (!near_change(&diff, i)) {
            gap = shown > 0;
            continue;
        }
        str_buf_add_char(out, '\n');
        text_indent(out, indent);
        if (!style->verbose && shown >= DIFF_LINES_MAX) {
            paint(out, style, INK_DIM, "… more lines differ (--verbose shows them)");
            break;
        }
        if (gap) {
            paint(out, style, INK_DIM, "⋮");
            str_buf_add_char(out, '\n');
            text_indent(out, indent);
        }
        gap = false;
        char sign = diff.items[i].sign;
        str_buf line;
        str_buf_init(&line);
        bool whole = style->verbose || cr_is_unknown(after);
        text_add_cut(&line, diff.items[i].text, whole ? UINT32_MAX : room(style, indent + 2));
        paint(out, style, sign == '-' ? INK_RED : sign == '+' ? INK_GREEN : INK_PLAIN, "%c %s", sign, str_buf_text(&line));
        str_buf_release(&line);
        shown++;
    }
    VEC_RELEASE(&diff);
}

/* Long texts of one line: cut so that the first difference is seen. */
static void cut_to_difference(str_buf *before, str_buf *after) {
    size_t same = 0;
    while (same < before->length && same < after->length && before->bytes[same] == after->bytes[same]) same++;
    while (same > 0 && ((unsigned char)before->bytes[same] & 0xC0) == 0x80) same--;
    if (same <= CHANGE_HEAD_COLUMNS) return;
    size_t from = same - CHANGE_HEAD_COLUMNS;
    while (from > 0 && ((unsigned char)before->bytes[from] & 0xC0) == 0x80) from--;
    str_buf *both[] = {before, after};
    for (int i = 0; i < 2; i++) {
        str_buf cut;
        str_buf_init(&cut);
        str_buf_add_text(&cut, "…");
        str_buf_add(&cut, both[i]->bytes + from, both[i]->length - from);
        str_buf_release(both[i]);
        *both[i] = cut;
    }
}

void value_text_change(cr_context *cx, cr_value before, cr_value after, const text_style *style, uint32_t indent,
                       str_buf *out) {
    bool strings = cr_is_string(before) && cr_is_string(after);
    if (cr_is_string(before) && (cr_is_string(after) || cr_is_unknown(after)) && (is_text_of_lines(cx, before) || is_text_of_lines(cx, after))) {
        add_line_diff(cx, before, after, style, indent, out);
        return;
    }
    str_buf left, right;
    str_buf_init(&left);
    str_buf_init(&right);
    add_inline(cx, before, 0, &left);
    add_inline(cx, after, 0, &right);
    uint32_t columns = room(style, indent);
    bool fits = text_columns(str_buf_str(&left)) + text_columns(str_buf_str(&right)) + 3 <= columns;
    bool whole = fits || style->verbose;
    if (!whole && strings) cut_to_difference(&left, &right);
    bool one_line = fits || text_columns(str_buf_str(&left)) + text_columns(str_buf_str(&right)) + 3 <= columns;
    if (whole) str_buf_add_str(out, str_buf_str(&left));
    else text_add_cut(out, str_buf_str(&left), columns);
    if (one_line) {
        str_buf_add_text(out, " → ");
    } else {
        str_buf_add_char(out, '\n');
        text_indent(out, indent - 2);
        str_buf_add_text(out, "→ ");
    }
    if (whole || value_has_unknown(cx, after)) str_buf_add_str(out, str_buf_str(&right));
    else text_add_cut(out, str_buf_str(&right), columns);
    str_buf_release(&left);
    str_buf_release(&right);
}
