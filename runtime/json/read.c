#include "json/json.h"
#include "value/error.h"
#include "value/number.h"
#include "value/object.h"
#include "value/string.h"

/* V8 shows up to this many units on either side of an unexpected token. */
enum { CONTEXT_UNITS = 10, CONTEXT_SOURCE_UNITS_MIN = 2 * CONTEXT_UNITS + 1 };
enum { KEYS_KNOWN = 256, KEY_BYTES_MAX = 40, GATHERED_MAX = 16 };

typedef struct reader {
    cr_context *cx;
    const char *bytes, *at, *end;
    uint32_t depth;
} reader;

static cr_value read_value(reader *self);

/* ---- messages ------------------------------------------------------------------------------------------------ */

/* A byte position in UTF-16 code units, which is what messages count in. */
static uint32_t units_before(const reader *self, const char *at) {
    uint32_t units = 0;
    for (const char *p = self->bytes; p < at; p++) {
        uint8_t byte = (uint8_t)*p;
        if ((byte & 0xc0) != 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
}

static cr_value fail_at(reader *self, const char *at, const char *what) {
    return throw_error(self->cx, PROTOTYPE_SYNTAX_ERROR, "%s in JSON at position %u", what, units_before(self, at));
}

static const char *part(reader *self, const cr_string *source, uint32_t from, uint32_t to) {
    return cr_to_utf8(self->cx, cr_from_pointer(string_slice(self->cx, source, from, to)), NULL);
}

/* "Unexpected token" at the current place, or a more telling message for what stands there. */
static cr_value fail_token(reader *self) {
    static const char *const special[] = {"NaN", "Infinity", "undefined", "[object Object]"};
    cr_context *cx = self->cx;
    size_t length = (size_t)(self->end - self->bytes);
    if (self->at >= self->end) return throw_error(cx, PROTOTYPE_SYNTAX_ERROR, "Unexpected end of JSON input");
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (str_is((str){self->bytes, length}, special[i])) return throw_error(cx, PROTOTYPE_SYNTAX_ERROR, "\"%s\" is not valid JSON", special[i]);
    if ((*self->at >= '0' && *self->at <= '9') || *self->at == '-') return fail_at(self, self->at, "Unexpected number");
    if (*self->at == '"') return fail_at(self, self->at, "Unexpected string");
    const cr_string *source = cr_as_string(cr_string_utf8(cx, self->bytes, length));
    uint32_t position = units_before(self, self->at), units = source->head.length;
    const char *token = part(self, source, position, position + 1), *before = "", *after = "";
    uint32_t from = 0, to = units;
    if (units >= CONTEXT_SOURCE_UNITS_MIN) {
        if (position >= CONTEXT_UNITS) {
            from = position - CONTEXT_UNITS;
            before = "...";
        }
        if (position < units - CONTEXT_UNITS) {
            to = position + CONTEXT_UNITS;
            after = "...";
        }
    }
    return throw_error(cx, PROTOTYPE_SYNTAX_ERROR, "Unexpected token '%s', %s\"%s\"%s is not valid JSON", token, before, part(self, source, from, to), after);
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static void skip_space(reader *self) {
    while (self->at < self->end && (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' || *self->at == '\t')) self->at++;
}

static bool is_digit(const reader *self) { return self->at < self->end && *self->at >= '0' && *self->at <= '9'; }

static cr_value read_number(reader *self) {
    const char *start = self->at;
    if (*self->at == '-') self->at++;
    if (!is_digit(self)) return fail_at(self, self->at, "No number after minus sign");
    if (*self->at == '0') {
        self->at++;
        if (is_digit(self)) return fail_at(self, self->at, "Unexpected number");
    }
    while (is_digit(self)) self->at++;
    bool integer = true;
    if (self->at < self->end && *self->at == '.') {
        integer = false;
        self->at++;
        if (!is_digit(self)) return fail_at(self, self->at, "Unterminated fractional number");
        while (is_digit(self)) self->at++;
    }
    if (self->at < self->end && (*self->at == 'e' || *self->at == 'E')) {
        integer = false;
        self->at++;
        if (self->at < self->end && (*self->at == '+' || *self->at == '-')) self->at++;
        if (!is_digit(self)) return fail_at(self, self->at, "Exponent part is missing a number");
        while (is_digit(self)) self->at++;
    }
    if (integer && self->at - start <= 9 && *start != '-') {
        uint32_t number = 0;
        for (const char *p = start; p < self->at; p++) number = number * 10 + (uint32_t)(*p - '0');
        return cr_number(number);
    }
    return cr_number(number_from_ascii(start, (size_t)(self->at - start)));
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') return (c | 0x20) - 'a' + 10;
    return -1;
}

/* Behind a backslash. */
static bool read_escape(reader *self, string_builder *text) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (self->at >= self->end) {
        fail_token(self);
        return false;
    }
    char letter = *self->at;
    const char *known = memchr(from, letter, sizeof from - 1);
    if (known != NULL) {
        builder_add_unit(text, (uint8_t)to[known - from]);
        self->at++;
        return true;
    }
    if (letter != 'u') {
        fail_at(self, self->at, "Bad escaped character");
        return false;
    }
    self->at++;
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++, self->at++) {
        int digit = self->at < self->end ? hex_digit(*self->at) : -1;
        if (digit < 0) {
            fail_at(self, self->at, "Bad Unicode escape");
            return false;
        }
        unit = unit << 4 | (uint32_t)digit;
    }
    builder_add_unit(text, unit);
    return true;
}

/* At the opening quote. NULL after a throw. */
static const cr_string *read_string(reader *self) {
    cr_context *cx = self->cx;
    const char *start = ++self->at;
    string_builder text;
    bool built = false;
    for (;;) {
        const char *run = self->at;
        while (self->at < self->end && (uint8_t)*self->at >= 0x20 && *self->at != '"' && *self->at != '\\') self->at++;
        if (self->at >= self->end || (uint8_t)*self->at < 0x20) {
            fail_at(self, self->at, self->at >= self->end ? "Unterminated string" : "Bad control character in string literal");
            return NULL;
        }
        if (*self->at == '"' && !built) {
            cr_value value = cr_string_utf8(cx, start, (size_t)(self->at++ - start));
            return value != CR_EXCEPTION ? cr_as_string(value) : NULL;
        }
        if (!built) {
            builder_init(&text, cx);
            built = true;
        }
        cr_value piece = cr_string_utf8(cx, run, (size_t)(self->at - run));
        if (piece == CR_EXCEPTION) return NULL;
        builder_add(&text, cr_as_string(piece));
        if (*self->at++ == '"') {
            cr_value value = builder_finish(&text);
            return value != CR_EXCEPTION ? cr_as_string(value) : NULL;
        }
        if (!read_escape(self, &text)) return NULL;
    }
}

/* A property name. The same few names come again and again, so short ones are looked up among those read lately
 * and cost no memory. The table is an aid: an entry is replaced when another name needs its place. */
static const cr_string *read_key(reader *self) {
    const char *start = self->at + 1, *end = start;
    uint32_t place = 0;
    while (end < self->end && end - start < KEY_BYTES_MAX && *end != '"' && *end != '\\' && (uint8_t)*end >= 0x20 && (uint8_t)*end < 0x7f)
        place = place * 31 + (uint8_t)*end++;
    if (end >= self->end || *end != '"') return read_string(self);
    const cr_string **known = (const cr_string **)self->cx->runtime->json_keys;
    if (known == NULL) known = self->cx->runtime->json_keys = heap_zeroed(self->cx, sizeof *known * KEYS_KNOWN);
    const cr_string **entry = &known[place % KEYS_KNOWN];
    size_t length = (size_t)(end - start);
    if (*entry == NULL || (*entry)->head.length != length || memcmp((*entry)->units, start, length) != 0)
        *entry = string_latin1(self->cx, (const uint8_t *)start, length);
    self->at = end + 1;
    return *entry;
}

static cr_value read_word(reader *self, const char *word, cr_value value) {
    for (; *word != '\0'; word++, self->at++)
        if (self->at >= self->end || *self->at != *word) return fail_token(self);
    return value;
}

/* Elements and properties are gathered on the stack first, so that small arrays and objects take just the memory
 * they need. */
static cr_value read_array(reader *self) {
    cr_value items[GATHERED_MAX];
    uint32_t count = 0;
    cr_array *array = NULL;
    self->at++;
    skip_space(self);
    if (self->at < self->end && *self->at == ']') {
        self->at++;
        return cr_from_pointer(array_with_capacity(self->cx, 0));
    }
    for (;;) {
        cr_value value = read_value(self);
        if (value == CR_EXCEPTION) return value;
        if (count == GATHERED_MAX && array == NULL) array = cr_as_array(cr_array_new(self->cx, count, items));
        if (array == NULL) {
            items[count++] = value;
        } else if (!array_append(self->cx, array, value)) {
            return CR_EXCEPTION;
        }
        skip_space(self);
        char c = self->at < self->end ? *self->at : '\0';
        if (c != ']' && c != ',') return fail_at(self, self->at, "Expected ',' or ']' after array element");
        self->at++;
        if (c == ']') return array != NULL ? cr_from_pointer(array) : cr_array_new(self->cx, count, items);
    }
}

/* The key, the colon and the value of one property; false: threw. */
static bool read_property(reader *self, bool first, const cr_string **key, cr_value *value) {
    *key = read_key(self);
    if (*key == NULL) return false;
    skip_space(self);
    if (self->at >= self->end || *self->at != ':') { /* V8 has the telling message for the first property only */
        (void)(first ? fail_at(self, self->at, "Expected ':' after property name") : fail_token(self));
        return false;
    }
    self->at++;
    *value = read_value(self);
    return *value != CR_EXCEPTION;
}

static void define_gathered(reader *self, cr_object *object, uint32_t count, const cr_string *const *keys, const cr_value *values) {
    object_reserve(self->cx, object, count);
    for (uint32_t i = 0; i < count; i++) object_define(self->cx, object, keys[i], values[i], 0);
}

static cr_value read_object(reader *self) {
    const cr_string *keys[GATHERED_MAX];
    cr_value values[GATHERED_MAX];
    uint32_t count = 0;
    cr_object *object = object_new(self->cx, NULL);
    self->at++;
    for (bool first = true;; first = false) {
        skip_space(self);
        char c = self->at < self->end ? *self->at : '\0';
        if (c == '}' && first) break;
        if (c != '"') return fail_at(self, self->at, first ? "Expected property name or '}'" : "Expected double-quoted property name");
        if (count == GATHERED_MAX) {
            define_gathered(self, object, count, keys, values);
            count = 0;
        }
        if (!read_property(self, first, &keys[count], &values[count])) return CR_EXCEPTION;
        count++;
        skip_space(self);
        c = self->at < self->end ? *self->at : '\0';
        if (c == '}') break;
        if (c != ',') return fail_at(self, self->at, "Expected ',' or '}' after property value");
        self->at++;
    }
    self->at++;
    if (count != 0) define_gathered(self, object, count, keys, values);
    return cr_from_pointer(object);
}

static cr_value read_value(reader *self) {
    skip_space(self);
    if (self->at >= self->end) return fail_token(self);
    char c = *self->at;
    if (c == '"') {
        const cr_string *s = read_string(self);
        return s != NULL ? cr_from_pointer(s) : CR_EXCEPTION;
    }
    if (c == '{' || c == '[') {
        if (self->depth >= JSON_DEPTH_MAX) return throw_range_error(self->cx, "JSON is nested more than %d levels deep", JSON_DEPTH_MAX);
        if (!stack_check(self->cx)) return CR_EXCEPTION;
        self->depth++;
        cr_value value = c == '{' ? read_object(self) : read_array(self);
        self->depth--;
        return value;
    }
    if (c == '-' || (c >= '0' && c <= '9')) return read_number(self);
    if (c == 't') return read_word(self, "true", CR_TRUE);
    if (c == 'f') return read_word(self, "false", CR_FALSE);
    if (c == 'n') return read_word(self, "null", CR_NULL);
    return fail_token(self);
}

cr_value json_parse(cr_context *cx, const char *bytes, size_t length) {
    reader self = {.cx = cx, .bytes = bytes, .at = bytes, .end = bytes + length};
    cr_value value = read_value(&self);
    if (value == CR_EXCEPTION) return value;
    skip_space(&self);
    if (self.at >= self.end) return value;
    return throw_error(cx, PROTOTYPE_SYNTAX_ERROR, "Unexpected non-whitespace character after JSON at position %u", units_before(&self, self.at));
}

cr_status json_read(cr_context *cx, str text, cr_value *value, cr_error *err) {
    cr_value read = json_parse(cx, text.bytes, text.length);
    if (read != CR_EXCEPTION) {
        *value = read;
        return CR_OK;
    }
    cr_pending pending = context_take_pending(cx);
    if (pending.kind == PENDING_INTERRUPTED) return cr_fail(err, CR_E_INTERRUPTED, "interrupted");
    return cr_fail(err, CR_E_DATA, "%s", error_describe(cx, pending.value, false));
}

/* ---- one member of many -------------------------------------------------------------------------------- */

/* Past the string that begins at `at`. */
static size_t skip_string(str text, size_t at) {
    for (at++; at < text.length && text.bytes[at] != '"'; at++)
        if (text.bytes[at] == '\\') at++;
    return at + 1;
}

/* Past the value that begins at `at`. */
static size_t skip_value(str text, size_t at) {
    size_t depth = 0;
    while (at < text.length) {
        char c = text.bytes[at];
        if (depth == 0 && (c == ',' || c == '}' || c == ']')) break;
        if (c == '{' || c == '[') depth++;
        if (c == '}' || c == ']') depth--;
        at = c == '"' ? skip_string(text, at) : at + 1;
    }
    return at;
}

bool json_member(str object, const char *name, str *value) {
    size_t at = 1;
    if (object.length == 0 || object.bytes[0] != '{') return false;
    while (at < object.length && object.bytes[at] == '"') {
        size_t colon = skip_string(object, at);
        if (colon >= object.length || object.bytes[colon] != ':') return false;
        size_t end = skip_value(object, colon + 1);
        if (end >= object.length) return false;
        *value = (str){object.bytes + colon + 1, end - colon - 1};
        if (str_is((str){object.bytes + at + 1, colon - at - 2}, name)) return true;
        at = end + 1;
    }
    return false;
}
