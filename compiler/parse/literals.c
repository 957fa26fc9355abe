/* parse/literals.c: strings, templates, numbers, regular expressions.
 *
 * Texts are cooked from the source itself: the grammar's pieces (fragments, escapes) are not needed. A cooked
 * text is WTF-8: UTF-8 in which a surrogate that stands alone (from "\ud800") is kept as three bytes.      */
#include <math.h>
#include <stdlib.h>

#include "parse/lower.h"

/* ---- escapes */

void add_utf8(str_buf *out, uint32_t c) {
    if (c < 0x80) {
        str_buf_add_char(out, (char)c);
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    str_buf_add_char(out, (char)(leads[more] | c >> (6 * more)));
    while (more-- > 0) str_buf_add_char(out, (char)(0x80 | (c >> (6 * more) & 0x3F)));
}

/* Adds a UTF-16 unit, joining it with a high surrogate that `out` ends with. */
static void add_unit(str_buf *out, uint32_t unit) {
    if (unit >= 0xDC00 && unit < 0xE000 && out->length >= 3) {
        const unsigned char *last = (const unsigned char *)out->bytes + out->length - 3;
        if (last[0] == 0xED && last[1] >= 0xA0 && last[1] < 0xB0) {
            uint32_t high = 0xD000u | (uint32_t)(last[1] & 0x3F) << 6 | (last[2] & 0x3F);
            out->length -= 3;
            unit = 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00);
        }
    }
    add_utf8(out, unit);
}

static int hex_digit(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return -1;
}

/* Reads exactly `count` hexadecimal digits. */
static bool read_hex(str text, size_t *at, int count, uint32_t *value) {
    *value = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        int digit = *at < text.length ? hex_digit(text.bytes[*at]) : -1;
        if (digit < 0) return false;
        *value = *value << 4 | (uint32_t)digit;
    }
    return true;
}

/* After "\u". */
static bool read_unicode(str text, size_t *at, str_buf *out) {
    uint32_t value = 0;
    if (*at >= text.length || text.bytes[*at] != '{') {
        if (!read_hex(text, at, 4, &value)) return false;
        add_unit(out, value);
        return true;
    }
    size_t digits = 0;
    for ((*at)++; *at < text.length && text.bytes[*at] != '}'; (*at)++, digits++) {
        int digit = hex_digit(text.bytes[*at]);
        if (digit < 0) return false;
        value = value << 4 | (uint32_t)digit;
        if (value > 0x10FFFF) return false;
    }
    if (*at >= text.length || digits == 0) return false;
    (*at)++;
    if (value >= 0x10000)
        add_utf8(out, value);
    else
        add_unit(out, value);
    return true;
}

/* The length of a line end (LF, CR, CR LF, U+2028, U+2029) at `at`, or 0. */
static size_t line_end(str text, size_t at) {
    if (text.bytes[at] == '\n') return 1;
    if (text.bytes[at] == '\r') return at + 1 < text.length && text.bytes[at + 1] == '\n' ? 2 : 1;
    str rest = {text.bytes + at, text.length - at};
    return str_starts_with(rest, STR("\xE2\x80\xA8")) || str_starts_with(rest, STR("\xE2\x80\xA9")) ? 3 : 0;
}

/* At the backslash. False: invalid. */
static bool read_escape(str text, size_t *at, str_buf *out) {
    static const char simple[] = "n\nt\tr\rb\bf\fv\v";
    (*at)++;
    if (*at >= text.length) return false;
    size_t end = line_end(text, *at);
    if (end != 0) { /* a continued line */
        *at += end;
        return true;
    }
    char byte = text.bytes[(*at)++];
    uint32_t value;
    if (byte == 'u') return read_unicode(text, at, out);
    if (byte == 'x') {
        if (!read_hex(text, at, 2, &value)) return false;
        add_unit(out, value);
        return true;
    }
    if (byte >= '0' && byte <= '9') {
        bool digit_follows = *at < text.length && text.bytes[*at] >= '0' && text.bytes[*at] <= '9';
        if (byte != '0' || digit_follows) return false; /* octal */
        str_buf_add_char(out, '\0');
        return true;
    }
    for (const char *pair = simple; *pair != '\0'; pair += 2) {
        if (*pair == byte) byte = pair[1];
    }
    str_buf_add_char(out, byte); /* a longer character goes on as plain bytes */
    return true;
}

bool cook_text(parser *p, tsx_span span, bool is_template, str *cooked, tsx_span *bad) {
    str text = text_of(p, span);
    if (memchr(text.bytes, '\\', text.length) == NULL &&
        (!is_template || memchr(text.bytes, '\r', text.length) == NULL)) {
        *cooked = (str){arena_copy_text(&p->session->memory, text.bytes, text.length), text.length};
        return true;
    }
    str_buf out;
    str_buf_init(&out);
    bool ok = true;
    for (size_t at = 0; at < text.length && ok;) {
        size_t start = at;
        if (text.bytes[at] == '\\') {
            ok = read_escape(text, &at, &out);
            if (!ok) *bad = (tsx_span){p->file, span.start + (uint32_t)start, span.start + (uint32_t)at};
        } else if (is_template && text.bytes[at] == '\r') {
            at += line_end(text, at);
            str_buf_add_char(&out, '\n');
        } else {
            str_buf_add_char(&out, text.bytes[at++]);
        }
    }
    *cooked = (str){arena_copy_text(&p->session->memory, str_buf_text(&out), out.length), out.length};
    str_buf_release(&out);
    return ok;
}

/* An octal escape has a code of its own, because the way out differs. */
static void report_escape(parser *p, tsx_span bad) {
    str text = text_of(p, bad);
    bool is_octal = text.length >= 2 && text.bytes[1] >= '0' && text.bytes[1] <= '9';
    tsx_report(p->session, is_octal ? TSX_C0015 : TSX_C0026, bad);
}

/* ---- strings */

str string_value(parser *p, TSNode node) {
    tsx_span span = span_of(p, node);
    span.start++;
    span.end--;
    str text = text_of(p, span), cooked;
    for (size_t at = 0; at < text.length; at++) {
        if (text.bytes[at] == '\\') {
            at += 1 + (at + 2 < text.length && text.bytes[at + 1] == '\r' && text.bytes[at + 2] == '\n');
        } else if (text.bytes[at] == '\n' || text.bytes[at] == '\r') {
            tsx_report(p->session, TSX_C0014, (tsx_span){p->file, span.start - 1, span.start + (uint32_t)at});
            return text;
        }
    }
    tsx_span bad;
    if (!cook_text(p, span, false, &cooked, &bad)) report_escape(p, bad);
    return cooked;
}

tsx_node *lower_string(parser *p, TSNode node) {
    tsx_string_node *string = NEW(p, string, STRING, span_of(p, node));
    string->value = string_value(p, node);
    return &string->base;
}

/* ---- templates */

/* The text between two substitutions. In a tagged template an invalid escape is allowed and leaves no value.
 */
static tsx_node *template_text(parser *p, tsx_span span, bool is_tagged) {
    tsx_template_text_node *text = NEW(p, template_text, TEMPLATE_TEXT, span);
    tsx_span bad;
    if (!cook_text(p, span, true, &text->value, &bad)) {
        if (is_tagged)
            text->base.flags |= TSX_F_BAD_ESCAPE;
        else
            report_escape(p, bad);
    }
    str raw = text_of(p, span);
    str_buf out;
    str_buf_init(&out);
    for (size_t at = 0; at < raw.length; at++) {
        bool is_return = raw.bytes[at] == '\r';
        if (is_return && at + 1 < raw.length && raw.bytes[at + 1] == '\n') continue;
        str_buf_add_char(&out, is_return ? '\n' : raw.bytes[at]);
    }
    text->raw = (str){arena_copy_text(&p->session->memory, str_buf_text(&out), out.length), out.length};
    str_buf_release(&out);
    return &text->base;
}

/* The one child of ${...} that is no token. */
static tsx_node *lower_substitution(parser *p, TSNode node, tsx_node *(*lower)(parser *, TSNode)) {
    kids all = kids_of(p, node);
    for (uint32_t i = 0; i < all.count; i++) {
        if (all.items[i].type != N_TOKEN) return lower(p, all.items[i].node);
    }
    return error_node(p, span_of(p, node));
}

static void lower_template_into(parser *p, TSNode node, node_type part, bool is_tagged, tsx_list *texts,
                                tsx_list *inner, tsx_node *(*lower)(parser *, TSNode)) {
    kids all = kids_of(p, node);
    tsx_span whole = span_of(p, node);
    *texts = list_new(p, all.count + 1);
    *inner = list_new(p, all.count);
    uint32_t from = whole.start + 1;
    for (uint32_t i = 0; i < all.count; i++) {
        const kid *next = &all.items[i];
        if (next->type != part) continue;
        list_add(texts, template_text(p, (tsx_span){p->file, from, next->start}, is_tagged));
        list_add(inner, lower_substitution(p, next->node, lower));
        from = next->end;
    }
    list_add(texts, template_text(p, (tsx_span){p->file, from, whole.end - 1}, is_tagged));
}

static tsx_node *make_template(parser *p, TSNode node, bool is_tagged) {
    tsx_template_node *template = NEW(p, template, TEMPLATE, span_of(p, node));
    lower_template_into(p, node, N_template_substitution, is_tagged, &template->texts, &template->expressions,
                        lower_expression);
    return &template->base;
}

tsx_node *lower_template(parser *p, TSNode node) { return make_template(p, node, false); }
tsx_node *lower_tagged_template(parser *p, TSNode node) { return make_template(p, node, true); }

tsx_node *lower_template_type(parser *p, TSNode node) {
    tsx_type_template_node *template = NEW(p, type_template, TYPE_TEMPLATE, span_of(p, node));
    lower_template_into(p, node, N_template_type, false, &template->texts, &template->types, lower_type);
    return &template->base;
}

/* ---- numbers */

/* Takes the separators out; false where one stands wrongly. */
static bool without_separators(str text, str_buf *out) {
    for (size_t at = 0; at < text.length; at++) {
        if (text.bytes[at] != '_') {
            str_buf_add_char(out, text.bytes[at]);
            continue;
        }
        bool between = at > 0 && at + 1 < text.length && hex_digit(text.bytes[at - 1]) >= 0 &&
                       hex_digit(text.bytes[at + 1]) >= 0;
        bool after_zero = at == 1 && text.bytes[0] == '0';
        if (!between || after_zero) return false;
    }
    return true;
}

/* Digits of a power of two, exactly rounded: strtod reads hexadecimal, so bits are regrouped by four. */
static bool power_of_two_value(const char *digits, int bits, double *value) {
    str_buf binary;
    str_buf_init(&binary);
    bool ok = *digits != '\0';
    for (; *digits != '\0' && ok; digits++) {
        int digit = hex_digit(*digits);
        ok = digit >= 0 && digit < 1 << bits;
        for (int bit = bits - 1; bit >= 0; bit--)
            str_buf_add_char(&binary, (digit >> bit & 1) != 0 ? '1' : '0');
    }
    str_buf hex;
    str_buf_init(&hex);
    str_buf_add_text(&hex, "0x");
    for (size_t at = 0, rest = binary.length % 4; at < binary.length; rest = 0) {
        size_t group = rest != 0 ? rest : 4;
        int digit = 0;
        for (size_t end = at + group; at < end; at++) digit = digit << 1 | (binary.bytes[at] - '0');
        str_buf_add_char(&hex, "0123456789abcdef"[digit]);
    }
    if (ok) *value = strtod(str_buf_text(&hex), NULL);
    str_buf_release(&binary);
    str_buf_release(&hex);
    return ok;
}

static bool decimal_value(const char *digits, double *value) {
    bool old_octal = digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
    char *end;
    *value = strtod(digits, &end);
    return !old_octal && *end == '\0';
}

bool number_value(str text, double *value) {
    str_buf digits;
    str_buf_init(&digits);
    bool ok = without_separators(text, &digits);
    const char *start = str_buf_text(&digits);
    char base = start[0] == '0' ? (char)(start[1] | 0x20) : ' ';
    if (!ok)
        *value = NAN;
    else if (base == 'x')
        ok = power_of_two_value(start + 2, 4, value);
    else if (base == 'o')
        ok = power_of_two_value(start + 2, 3, value);
    else if (base == 'b')
        ok = power_of_two_value(start + 2, 1, value);
    else
        ok = decimal_value(start, value);
    str_buf_release(&digits);
    return ok;
}

static bool continues_name(parser *p, uint32_t at) {
    if (at >= p->text.length) return false;
    char byte = p->text.bytes[at];
    return byte == '_' || byte == '$' || byte == '\\' || (byte & 0x80) != 0 || (byte >= '0' && byte <= '9') ||
           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

tsx_node *lower_number(parser *p, TSNode node) {
    tsx_span span = span_of(p, node);
    str text = text_of(p, span);
    tsx_number_node *number = NEW(p, number, NUMBER, span);
    bool old_octal = text.length > 1 && text.bytes[0] == '0' && text.bytes[1] >= '0' && text.bytes[1] <= '9';
    if (old_octal)
        tsx_report(p->session, TSX_C0015, span);
    else if (text.bytes[text.length - 1] == 'n')
        tsx_report(p->session, TSX_C1018, span);
    else if (!number_value(text, &number->value) || continues_name(p, span.end))
        tsx_report(p->session, TSX_C0039, span);
    return &number->base;
}

/* ---- regular expressions */

/* Flags may be d g i m s u v y, each once; u and v exclude each other. */
static bool valid_flags(str flags) {
    for (size_t i = 0; i < flags.length; i++) {
        if (memchr("dgimsuvy", flags.bytes[i], 8) == NULL) return false;
        if (memchr(flags.bytes, flags.bytes[i], i) != NULL) return false;
    }
    return memchr(flags.bytes, 'u', flags.length) == NULL || memchr(flags.bytes, 'v', flags.length) == NULL;
}

tsx_node *lower_regex(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_regex_node *regex = NEW(p, regex, REGEX, span_of(p, node));
    const kid *pattern = kid_of_type(&all, N_regex_pattern), *flags = kid_of_type(&all, N_regex_flags);
    if (pattern != NULL) {
        str text = text_of(p, kid_span(p, pattern));
        regex->pattern = (str){arena_copy_text(&p->session->memory, text.bytes, text.length), text.length};
    }
    str text = flags != NULL ? text_of(p, kid_span(p, flags)) : STR("");
    regex->regex_flags = (str){arena_copy_text(&p->session->memory, text.bytes, text.length), text.length};
    if (!valid_flags(text))
        tsx_report(p->session, TSX_C0033, kid_span(p, flags),
                   arena_copy_text(&p->scratch, text.bytes, text.length));
    return &regex->base;
}
