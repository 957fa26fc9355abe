#include "builtins/regexp_translate.h"

#include "value/error.h"
#include "value/string.h"

enum { NO_POINT = -1, PATTERN_UNITS_MIN = 64, NAMES_MAX = 1000 };

typedef struct translator {
    cr_context *cx;
    const cr_string *source, *flags_text;
    const regexp_flags *flags;
    regexp_pattern *out;
    uint32_t at, length;
    uint32_t groups_total; /* counted before, for back references forward */
    bool has_names, failed;
} translator;

/* White space as the language has it, for a class, and everything else. */
static const char space_class[] = "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
static const char not_space_class[] =
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}"
    "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{ffff}";
static const char line_ends[] = "\\n\\r\\x{2028}\\x{2029}";

static void put(translator *self, uint32_t unit) {
    regexp_pattern *out = self->out;
    if (out->length == out->capacity) {
        uint32_t capacity = out->capacity == 0 ? PATTERN_UNITS_MIN : out->capacity * 2;
        uint16_t *units = HEAP_ARRAY(self->cx, uint16_t, capacity);
        if (out->length != 0) memcpy(units, out->units, sizeof *units * out->length);
        out->units = units;
        out->capacity = capacity;
    }
    out->units[out->length++] = (uint16_t)unit;
}

static void put_text(translator *self, const char *text) {
    for (; *text != '\0'; text++) put(self, (uint8_t)*text);
}

static bool fail(translator *self, const char *what) {
    if (!self->failed) {
        const char *source = cr_to_utf8(self->cx, cr_from_pointer(self->source), NULL);
        const char *flags = cr_to_utf8(self->cx, cr_from_pointer(self->flags_text), NULL);
        throw_error(self->cx, PROTOTYPE_SYNTAX_ERROR, "Invalid regular expression: /%s/%s: %s", source, flags, what);
    }
    self->failed = true;
    return false;
}

static uint32_t peek(const translator *self, uint32_t ahead) {
    return self->at + ahead < self->length ? cr_unit_at(self->source, self->at + ahead) : 0;
}
static bool at_end(const translator *self) { return self->at >= self->length; }
static bool is_digit(uint32_t unit) { return unit >= '0' && unit <= '9'; }

/* A character that means itself. */
static void put_point(translator *self, uint32_t point) {
    bool plain = is_digit(point) || ((point | 0x20) >= 'a' && (point | 0x20) <= 'z' && point < 0x80) || point == '_' || point == ' ';
    if (point > 0x7f) self->out->has_wide = true;
    if (plain) {
        put(self, point);
    } else if (point >= 0x21 && point <= 0x7e) {
        put(self, '\\');
        put(self, point);
    } else if (point >= 0xd800 && point <= 0xdfff) {
        put(self, point); /* PCRE2 refuses to name surrogates, but takes them as units */
    } else {
        char text[16];
        static const char hex[] = "0123456789abcdef";
        int length = 0;
        text[length++] = '\\';
        text[length++] = 'x';
        text[length++] = '{';
        for (int shift = 20; shift >= 0; shift -= 4)
            if (point >> shift != 0 || shift == 0) text[length++] = hex[(point >> shift) & 15];
        text[length++] = '}';
        text[length] = '\0';
        put_text(self, text);
    }
}

/* `digits` hexadecimal digits at `from`, or NO_POINT. */
static int64_t hex_at(const translator *self, uint32_t from, uint32_t digits) {
    int64_t value = 0;
    for (uint32_t i = 0; i < digits; i++) {
        uint32_t unit = from + i < self->length ? cr_unit_at(self->source, from + i) : 0;
        uint32_t letter = unit | 0x20;
        if (is_digit(unit)) {
            value = value * 16 + (unit - '0');
        } else if (letter >= 'a' && letter <= 'f' && unit < 0x80) {
            value = value * 16 + (letter - 'a' + 10);
        } else {
            return NO_POINT;
        }
    }
    return value;
}

/* After "\u": the code point, and `at` past it; NO_POINT when it is no escape. */
static int64_t unicode_escape(translator *self) {
    if (self->flags->unicode && peek(self, 0) == '{') {
        uint32_t end = self->at + 1;
        while (end < self->length && cr_unit_at(self->source, end) != '}') end++;
        int64_t point = end > self->at + 1 && end < self->length ? hex_at(self, self->at + 1, end - self->at - 1) : NO_POINT;
        if (point < 0 || point > 0x10ffff) return NO_POINT;
        self->at = end + 1;
        return point;
    }
    int64_t unit = hex_at(self, self->at, 4);
    if (unit < 0) return NO_POINT;
    self->at += 4;
    if (!self->flags->unicode || unit < 0xd800 || unit > 0xdbff || peek(self, 0) != '\\' || peek(self, 1) != 'u') return unit;
    int64_t low = hex_at(self, self->at + 2, 4);
    if (low < 0xdc00 || low > 0xdfff) return unit;
    self->at += 6;
    return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

/* An escape that stands for one character; `at` is at the letter behind the backslash. NO_POINT: it is none of
 * those (failed is set when it is an error). */
static int64_t character_escape(translator *self, bool in_class) {
    static const char letters[] = "tnvfr", points[] = "\t\n\v\f\r";
    uint32_t letter = peek(self, 0);
    const char *known = letter != 0 && letter < 0x80 ? strchr(letters, (int)letter) : NULL;
    self->at++;
    if (known != NULL) return points[known - letters];
    if (letter == '0' && !is_digit(peek(self, 0))) return 0;
    if (letter == 'b' && in_class) return 8;
    if (letter == 'x') {
        int64_t point = hex_at(self, self->at, 2);
        if (point >= 0) {
            self->at += 2;
            return point;
        }
        return self->flags->unicode ? (fail(self, "Invalid escape"), (int64_t)NO_POINT) : 'x';
    }
    if (letter == 'u') {
        int64_t point = unicode_escape(self);
        if (point >= 0) return point;
        return self->flags->unicode ? (fail(self, "Invalid Unicode escape"), (int64_t)NO_POINT) : 'u';
    }
    if (letter == 'c') {
        uint32_t control = peek(self, 0);
        if ((control | 0x20) >= 'a' && (control | 0x20) <= 'z') {
            self->at++;
            return control & 31;
        }
        if (self->flags->unicode) return fail(self, "Invalid unicode escape"), (int64_t)NO_POINT;
        self->at--; /* the backslash means itself */
        return '\\';
    }
    if (is_digit(letter)) { /* octal, from the web's old days */
        if (self->flags->unicode) return fail(self, in_class ? "Invalid class escape" : "Invalid escape"), (int64_t)NO_POINT;
        int64_t value = letter - '0';
        if (letter > '7') return letter;
        for (int i = 0; i < 2 && peek(self, 0) >= '0' && peek(self, 0) <= '7' && value * 8 + (peek(self, 0) - '0') <= 255; i++, self->at++)
            value = value * 8 + (peek(self, 0) - '0');
        return value;
    }
    bool syntax = letter < 0x80 && letter != 0 && strchr("^$\\.*+?()[]{}|/", (int)letter) != NULL;
    if (self->flags->unicode && !syntax && !(in_class && letter == '-')) return fail(self, "Invalid escape"), (int64_t)NO_POINT;
    return letter;
}

/* \p{…}: passed on where both languages mean the same. */
static bool put_property(translator *self) {
    uint32_t end = self->at + 1;
    while (end < self->length && cr_unit_at(self->source, end) != '}') end++;
    if (peek(self, 1) != '{' || end >= self->length) return fail(self, "Invalid property name");
    uint32_t start = self->at + 2;
    for (uint32_t i = self->at + 2; i < end; i++)
        if (cr_unit_at(self->source, i) == '=') start = i + 1; /* Script=Greek, sc=Greek, gc=L */
    put(self, '\\');
    put(self, peek(self, 0));
    put(self, '{');
    for (uint32_t i = start; i < end; i++) put(self, cr_unit_at(self->source, i));
    put(self, '}');
    self->out->has_wide = true;
    self->at = end + 1;
    return true;
}

/* \d \w \s and their opposites, and \p; true when there was one (or a failure). */
static bool class_escape(translator *self, bool in_class) {
    uint32_t letter = peek(self, 0);
    const char *inside = NULL;
    switch (letter) {
    case 'd': inside = "0-9"; break;
    case 'w': inside = self->flags->unicode && self->flags->ignore_case ? "0-9A-Za-z_\\x{17f}\\x{212a}" : "0-9A-Za-z_"; break;
    case 's': inside = space_class; break;
    case 'D': inside = "\\x{0}-/:-\\x{ffff}"; break;
    case 'W': inside = "\\x{0}-/:-@\\[-^`{-\\x{ffff}"; break;
    case 'S': inside = not_space_class; break;
    case 'p':
    case 'P':
        if (!self->flags->unicode) return false;
        put_property(self);
        return true;
    default: return false;
    }
    self->at++;
    if (!in_class) put(self, '[');
    put_text(self, inside);
    if (self->flags->unicode && letter >= 'A' && letter <= 'Z') put_text(self, "\\x{10000}-\\x{10ffff}");
    if (!in_class) put(self, ']');
    return true;
}

/* One member of a class: a character, answered; or a set, already put (NO_POINT). */
static int64_t class_atom(translator *self) {
    if (peek(self, 0) == '\\') {
        self->at++;
        if (at_end(self)) return fail(self, "\\ at end of pattern"), (int64_t)NO_POINT;
        if (class_escape(self, true)) return NO_POINT;
        return character_escape(self, true);
    }
    uint32_t units = 1, point = peek(self, 0);
    if (self->flags->unicode) point = string_code_point(self->source, self->at, &units);
    self->at += units;
    return point;
}

static bool is_set_next(const translator *self) {
    uint32_t letter = peek(self, 1);
    if (peek(self, 0) != '\\' || letter == 0 || letter > 0x7f) return false;
    return strchr(self->flags->unicode ? "dDwWsSpP" : "dDwWsS", (int)letter) != NULL;
}

static bool translate_class(translator *self) {
    self->at++;
    bool negated = peek(self, 0) == '^';
    if (negated) self->at++;
    if (peek(self, 0) == ']') {
        self->at++;
        put_text(self, negated ? "(?s:.)" : "(?!)");
        return true;
    }
    put_text(self, negated ? "[^" : "[");
    while (!at_end(self) && peek(self, 0) != ']' && !self->failed) {
        int64_t low = class_atom(self);
        if (low >= 0) put_point(self, (uint32_t)low);
        if (self->failed || peek(self, 0) != '-' || peek(self, 1) == ']' || self->at + 1 >= self->length) continue;
        self->at++;
        bool is_range = low >= 0 && !is_set_next(self);
        if (!is_range && self->flags->unicode) return fail(self, "Invalid character class");
        put_text(self, is_range ? "-" : "\\-"); /* beside a set the dash means itself */
        int64_t high = class_atom(self);
        if (is_range && high >= 0 && high < low) return fail(self, "Range out of order in character class");
        if (high >= 0) put_point(self, (uint32_t)high);
    }
    if (self->failed) return false;
    if (at_end(self)) return fail(self, "Unterminated character class");
    self->at++;
    put(self, ']');
    return true;
}

/* The name between < and >, `at` at the <; moved past the >. NULL after a failure. */
static const cr_string *group_name(translator *self) {
    uint32_t start = ++self->at;
    while (!at_end(self) && peek(self, 0) != '>') {
        uint32_t unit = peek(self, 0), letter = unit | 0x20;
        bool ok = (letter >= 'a' && letter <= 'z') || unit == '_' || unit == '$' || unit > 0x7f || (is_digit(unit) && self->at > start);
        if (!ok) return fail(self, "Invalid capture group name"), NULL;
        self->at++;
    }
    if (at_end(self) || self->at == start) return fail(self, "Invalid capture group name"), NULL;
    return string_slice(self->cx, self->source, start, self->at++);
}

static uint32_t group_of_name(const regexp_pattern *pattern, const cr_string *name) {
    for (uint32_t i = 0; i < pattern->name_count; i++)
        if (cr_string_equal(pattern->names[i].name, name)) return pattern->names[i].group;
    return 0;
}

static void put_reference(translator *self, uint32_t group) {
    put_text(self, "\\g{");
    char digits[12];
    int count = 0;
    do digits[count++] = (char)('0' + group % 10);
    while ((group /= 10) != 0);
    while (count > 0) put(self, (uint8_t)digits[--count]);
    put(self, '}');
}

/* A backslash outside a class. */
static bool translate_escape(translator *self) {
    self->at++;
    if (at_end(self)) return fail(self, "\\ at end of pattern");
    uint32_t letter = peek(self, 0);
    if (letter == 'b' || letter == 'B') {
        self->at++;
        const char *before = letter == 'b' ? "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))"
                                           : "(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))";
        put_text(self, before);
        return true;
    }
    if (letter == 'k' && (self->has_names || self->flags->unicode)) {
        self->at++;
        const cr_string *name = peek(self, 0) == '<' ? group_name(self) : NULL;
        if (name == NULL) return fail(self, "Invalid named reference");
        uint32_t group = group_of_name(self->out, name);
        if (group == 0) return fail(self, "Invalid named capture referenced");
        put_reference(self, group);
        return true;
    }
    if (letter >= '1' && letter <= '9') {
        uint32_t number = 0, end = self->at;
        while (end < self->length && is_digit(cr_unit_at(self->source, end)) && number < 100000) number = number * 10 + cr_unit_at(self->source, end++) - '0';
        if (number <= self->groups_total) {
            self->at = end;
            put_reference(self, number);
            return true;
        }
    }
    if (class_escape(self, false)) return !self->failed;
    int64_t point = character_escape(self, false);
    if (point >= 0) put_point(self, (uint32_t)point);
    return !self->failed;
}

/* "{2,3}" at `at`: its length, 0 when it is no quantifier. */
static uint32_t braces_length(const translator *self) {
    uint32_t i = 1;
    if (!is_digit(peek(self, i))) return 0;
    while (is_digit(peek(self, i))) i++;
    if (peek(self, i) == ',') i++;
    while (is_digit(peek(self, i))) i++;
    return peek(self, i) == '}' ? i + 1 : 0;
}

static uint32_t quantifier_length(const translator *self) {
    uint32_t unit = peek(self, 0);
    if (unit == '*' || unit == '+' || unit == '?') return 1;
    return unit == '{' ? braces_length(self) : 0;
}

static bool translate_quantifier(translator *self) {
    uint32_t length = quantifier_length(self);
    if (length == 0) return true;
    for (uint32_t i = 0; i < length; i++) put(self, peek(self, i));
    self->at += length;
    if (peek(self, 0) == '?' && !at_end(self)) {
        put(self, '?');
        self->at++;
    }
    return quantifier_length(self) == 0 || fail(self, "Nothing to repeat");
}

/* An opening parenthesis: everything up to what is inside. *quantifiable: lookbehinds are not. */
static bool translate_open(translator *self) {
    self->at++;
    put(self, '(');
    if (peek(self, 0) == '*') return fail(self, "Nothing to repeat");
    if (peek(self, 0) != '?') {
        self->out->group_count++;
        return true;
    }
    uint32_t kind = peek(self, 1), next = peek(self, 2);
    if (kind == ':' || kind == '=' || kind == '!') {
        put(self, '?');
        put(self, kind);
        self->at += 2;
    } else if (kind == '<' && (next == '=' || next == '!')) {
        put_text(self, "?<");
        put(self, next);
        self->at += 3;
    } else if (kind == '<') {
        self->at++;
        self->out->group_count++;
        return group_name(self) != NULL;
    } else {
        return fail(self, "Invalid group");
    }
    return true;
}

static bool translate_atom(translator *self, uint32_t *depth, bool *can_repeat) {
    uint32_t unit = peek(self, 0);
    *can_repeat = true;
    switch (unit) {
    case '\\': {
        uint32_t letter = peek(self, 1);
        *can_repeat = letter != 'b' && letter != 'B';
        return translate_escape(self);
    }
    case '[': return translate_class(self);
    case '(':
        ++*depth;
        *can_repeat = false;
        return translate_open(self);
    case ')':
        if ((*depth)-- == 0) return fail(self, "Unmatched ')'");
        put(self, ')');
        break;
    case '|':
        put(self, '|');
        *can_repeat = false;
        break;
    case '.':
        put_text(self, self->flags->dot_all ? "(?s:.)" : "[^\\n\\r\\x{2028}\\x{2029}]");
        break;
    case '^':
    case '$': {
        *can_repeat = false;
        if (self->flags->multiline) {
            put_text(self, unit == '^' ? "(?:^|(?<=[" : "(?:$|(?=[");
            put_text(self, line_ends);
            put_text(self, "]))");
        } else {
            put(self, unit);
        }
        break;
    }
    case '*':
    case '+':
    case '?': return fail(self, "Nothing to repeat");
    case '{':
        if (braces_length(self) != 0) return fail(self, "Nothing to repeat");
        if (self->flags->unicode) return fail(self, "Lone quantifier brackets");
        put_point(self, unit);
        break;
    case '}':
    case ']':
        if (self->flags->unicode) return fail(self, "Lone quantifier brackets");
        put_point(self, unit);
        break;
    default: {
        uint32_t units = 1, point = unit;
        if (self->flags->unicode) point = string_code_point(self->source, self->at, &units);
        put_point(self, point);
        self->at += units;
        return true;
    }
    }
    self->at++;
    return true;
}

/* A first look over the pattern: how many groups there are and what they are called. */
static bool count_groups(translator *self) {
    bool in_class = false;
    for (self->at = 0; !at_end(self); self->at++) {
        uint32_t unit = peek(self, 0);
        if (unit == '\\') {
            self->at++;
        } else if (in_class) {
            in_class = unit != ']';
        } else if (unit == '[') {
            in_class = true;
        } else if (unit == '(') {
            bool named = peek(self, 1) == '?' && peek(self, 2) == '<' && peek(self, 3) != '=' && peek(self, 3) != '!';
            if (peek(self, 1) != '?' || named) self->groups_total++;
            if (!named) continue;
            self->at += 2;
            const cr_string *name = group_name(self);
            if (name == NULL) return false;
            self->at--;
            if (group_of_name(self->out, name) != 0) return fail(self, "Duplicate capture group name");
            if (self->out->name_count == NAMES_MAX) return fail(self, "too many named groups");
            if (self->out->names == NULL) self->out->names = HEAP_ARRAY(self->cx, regexp_name, NAMES_MAX);
            self->out->names[self->out->name_count++] = (regexp_name){name, self->groups_total};
            self->has_names = true;
        }
    }
    self->at = 0;
    return true;
}

bool regexp_translate(cr_context *cx, const cr_string *source, const cr_string *flags_text, const regexp_flags *flags,
                      regexp_pattern *out) {
    *out = (regexp_pattern){0};
    translator self = {.cx = cx, .source = source, .flags_text = flags_text, .flags = flags, .out = out, .length = source->head.length};
    if (!count_groups(&self)) return false;
    uint32_t depth = 0;
    while (!at_end(&self)) {
        bool can_repeat;
        if (!translate_atom(&self, &depth, &can_repeat)) return false;
        if (can_repeat && !translate_quantifier(&self)) return false;
    }
    return depth == 0 || fail(&self, "Unterminated group");
}
