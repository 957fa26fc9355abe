/* JSON.parse with a reviver and JSON.stringify, on top of json/. */
#include "json/json.h"

#include "builtins/table.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/number.h"
#include "value/property.h"
#include "value/unknown.h"

STRING_LITERAL(text_empty, "");
STRING_LITERAL(text_null, "null");

/* ---- parse -------------------------------------------------------------------------------------------------------- */

/* Calls the reviver for `holder[key]`, what is inside first. */
static cr_value revive(cr_context *cx, cr_value holder, const cr_string *key, cr_value reviver) {
    if (!stack_check(cx)) return CR_EXCEPTION;
    cr_value value = own_property(cx, holder, key);
    if (value == CR_HOLE) value = CR_UNDEFINED;
    if (cr_is_object(value)) {
        uint32_t count;
        const cr_string **keys = cr_own_keys(cx, value, &count);
        for (uint32_t i = 0; keys != NULL && i < count; i++) {
            cr_value revived = revive(cx, value, keys[i], reviver);
            if (revived == CR_EXCEPTION) return revived;
            bool ok = revived == CR_UNDEFINED ? cr_delete(cx, value, cr_from_pointer(keys[i])) != CR_EXCEPTION
                                              : cr_set(cx, value, keys[i], revived);
            if (!ok) return CR_EXCEPTION;
        }
    }
    if (value == CR_EXCEPTION) return value;
    cr_value arguments[2] = {cr_from_pointer(key), value};
    return cr_call(cx, reviver, holder, 2, arguments, "reviver");
}

/* The text as bytes; surrogates that stand alone go through as three bytes each, which the reader takes back. */
static void add_wtf8(const cr_string *s, str_buf *out) {
    cr_string run = *s;
    uint32_t start = 0;
    for (uint32_t i = 0, units; i <= s->head.length; i += units) {
        uint32_t point = i < s->head.length ? string_code_point(s, i, &units) : (units = 1, 0xd800u);
        if (point < 0xd800 || point > 0xdfff) continue;
        if (i > start) {
            run.units = (const char *)s->units + (size_t)start * (string_is_wide(s) ? 2 : 1);
            run.head.length = i - start;
            string_to_utf8(&run, out);
        }
        start = i + 1;
        if (i == s->head.length) break;
        char bytes[3] = {(char)(0xe0 | point >> 12), (char)(0x80 | ((point >> 6) & 0x3f)), (char)(0x80 | (point & 0x3f))};
        str_buf_add(out, bytes, 3);
    }
}

NATIVE(json_parse) {
    const cr_string *text = value_to_string(cx, arg_at(argc, argv, 0));
    if (text == NULL) return CR_EXCEPTION;
    str_buf bytes;
    str_buf_init(&bytes);
    add_wtf8(text, &bytes);
    cr_value value = json_parse(cx, str_buf_text(&bytes), bytes.length);
    str_buf_release(&bytes);
    if (value == CR_EXCEPTION || !cr_is_function(arg_at(argc, argv, 1))) return value;
    cr_value holder = cr_object_new(cx);
    object_define(cx, cr_as_object(holder), &text_empty, value, 0);
    return revive(cx, holder, &text_empty, argv[1]);
}

/* ---- stringify ------------------------------------------------------------------------------------------------------ */

typedef struct json_step {
    const struct json_step *up;
    cr_value object;
    const cr_string *key; /* under which `object` stands in the one above */
} json_step;

/* A stringify in progress. Where a value is unknown the text so far becomes a part, and the result a template. */
typedef struct stringifier {
    cr_context *cx;
    string_builder text;
    VEC(cr_value) parts;
    cr_value replacer;         /* a function, or undefined */
    const cr_string **allowed; /* the keys of an array as replacer, or NULL */
    uint32_t allowed_count;
    const cr_string *gap;
    uint32_t level;
    const json_step *path;
} stringifier;

static int write_value(stringifier *self, cr_value holder, const cr_string *key, cr_value value);

static void flush(stringifier *self) {
    if (self->text.length != 0 || self->text.origin != NULL) VEC_PUSH(&self->parts, builder_finish(&self->text));
    builder_init(&self->text, self->cx);
}

static void add_unknown(stringifier *self, cr_value value) {
    STRING_LITERAL(text_json_stringify, "JSON.stringify");
    flush(self);
    VEC_PUSH(&self->parts, unknown_apply(self->cx, &text_json_stringify, 1, &value));
}

static void add_quoted(stringifier *self, const cr_string *s) {
    str_buf bytes;
    str_buf_init(&bytes);
    json_write_string(s, &bytes);
    cr_value text = cr_string_utf8(self->cx, bytes.bytes, bytes.length);
    str_buf_release(&bytes);
    self->text.origin = origin_union(self->cx, self->text.origin, s->origin);
    if (text != CR_EXCEPTION) builder_add(&self->text, cr_as_string(text));
}

static void new_line(stringifier *self) {
    if (self->gap->head.length == 0) return;
    builder_add_unit(&self->text, '\n');
    for (uint32_t i = 0; i < self->level; i++) builder_add(&self->text, self->gap);
}

/* "property 'a'" or "index 0": how `holder` names what stands under `key`. */
static const char *describe_step(cr_context *cx, cr_value holder, const cr_string *key) {
    const char *name = cr_to_utf8(cx, cr_from_pointer(key), NULL);
    return arena_format(&cx->runtime->heap, cr_is_array(holder) ? "index %s" : "property '%s'", name);
}

static const char *constructor_of(cr_context *cx, cr_value object) {
    const char *name = cr_has_slots(object) ? object_class_name(cx, cr_as_object(object)) : NULL;
    return name != NULL ? name : "Object";
}

/* `start` was met again under `key` of the innermost object. */
static bool throw_circular(stringifier *self, const json_step *start, const cr_string *key) {
    cr_context *cx = self->cx;
    const json_step *first = NULL, *last = self->path;
    uint32_t between = 0;
    for (const json_step *at = self->path; at != start; at = at->up, between++) first = at;
    str_buf text;
    str_buf_init(&text);
    str_buf_add_format(&text, "Converting circular structure to JSON\n    --> starting at object with constructor '%s'", constructor_of(cx, start->object));
    if (between >= 1)
        str_buf_add_format(&text, "\n    |     %s -> object with constructor '%s'", describe_step(cx, start->object, first->key), constructor_of(cx, first->object));
    if (between > 2) str_buf_add_text(&text, "\n    |     ...");
    if (between >= 2)
        str_buf_add_format(&text, "\n    |     %s -> object with constructor '%s'", describe_step(cx, last->up->object, last->key), constructor_of(cx, last->object));
    str_buf_add_format(&text, "\n    --- %s closes the circle", describe_step(cx, last->object, key));
    throw_type_error(cx, "%s", str_buf_text(&text));
    str_buf_release(&text);
    return false;
}

static bool enter(stringifier *self, json_step *here, const cr_string *key, cr_value value) {
    for (const json_step *at = self->path; at != NULL; at = at->up)
        if (at->object == value) return throw_circular(self, at, key);
    if (!stack_check(self->cx)) return false;
    *here = (json_step){self->path, value, key};
    self->path = here;
    self->level++;
    return true;
}

static void leave(stringifier *self, const json_step *here, bool any, char close) {
    self->path = here->up;
    self->level--;
    if (any) new_line(self);
    builder_add_unit(&self->text, (uint8_t)close);
}

static bool write_array(stringifier *self, const cr_string *key, cr_value value) {
    json_step here;
    if (!enter(self, &here, key, value)) return false;
    builder_add_unit(&self->text, '[');
    const cr_array *array = cr_as_array(value);
    for (uint32_t i = 0; i < array->length; i++) {
        if (i != 0) builder_add_unit(&self->text, ',');
        new_line(self);
        cr_value item = array->items[i] == CR_HOLE ? CR_UNDEFINED : array->items[i];
        int written = write_value(self, value, cr_as_string(cr_number_string(self->cx, i)), item);
        if (written < 0) return false;
        if (written == 0) builder_add(&self->text, &text_null);
    }
    leave(self, &here, array->length != 0, ']');
    return true;
}

static bool write_object(stringifier *self, const cr_string *key, cr_value value) {
    cr_context *cx = self->cx;
    json_step here;
    if (!enter(self, &here, key, value)) return false;
    uint32_t count = self->allowed_count;
    const cr_string **keys = self->allowed != NULL ? self->allowed : cr_own_keys(cx, value, &count);
    if (keys == NULL) return false;
    builder_add_unit(&self->text, '{');
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        cr_value item = cr_get(cx, value, keys[i]);
        if (item == CR_EXCEPTION) return false;
        /* The key is only written when the value is: remember where it began. */
        string_builder before = self->text;
        size_t parts_before = self->parts.length;
        if (any) builder_add_unit(&self->text, ',');
        new_line(self);
        add_quoted(self, keys[i]);
        builder_add_unit(&self->text, ':');
        if (self->gap->head.length != 0) builder_add_unit(&self->text, ' ');
        int written = write_value(self, value, keys[i], item);
        if (written < 0) return false;
        if (written == 0) {
            self->text = before;
            self->parts.length = parts_before;
        }
        any = any || written > 0;
    }
    leave(self, &here, any, '}');
    return true;
}

/* toJSON and the replacer may exchange the value. */
static cr_value prepare(stringifier *self, cr_value holder, const cr_string *key, cr_value value) {
    STRING_LITERAL(key_to_json, "toJSON");
    cr_context *cx = self->cx;
    if (cr_is_object(value)) {
        cr_value method = cr_get(cx, value, &key_to_json);
        if (method == CR_EXCEPTION) return method;
        cr_value key_value = cr_from_pointer(key);
        if (cr_is_function(method)) value = cr_call(cx, method, value, 1, &key_value, "toJSON");
        if (value == CR_EXCEPTION) return value;
    }
    if (self->replacer == CR_UNDEFINED) return value;
    if (holder == CR_UNDEFINED) {
        holder = cr_object_new(cx);
        object_define(cx, cr_as_object(holder), key, value, 0);
    }
    cr_value arguments[2] = {cr_from_pointer(key), value};
    return cr_call(cx, self->replacer, holder, 2, arguments, "replacer");
}

/* 1: written, 0: JSON has nothing for it, -1: threw. */
static int write_value(stringifier *self, cr_value holder, const cr_string *key, cr_value value) {
    value = prepare(self, holder, key, value);
    if (value == CR_EXCEPTION) return -1;
    if (cr_is_unknown(value)) {
        add_unknown(self, value);
    } else if (cr_is_string(value)) {
        add_quoted(self, cr_as_string(value));
    } else if (cr_is_number(value)) {
        double number = cr_to_double(value);
        char text[NUMBER_TEXT_BYTES_MAX];
        number_to_text(number, text);
        builder_add_ascii(&self->text, number - number == 0 ? text : "null");
    } else if (cr_is_bool(value) || value == CR_NULL) {
        builder_add_ascii(&self->text, value == CR_TRUE ? "true" : value == CR_FALSE ? "false" : "null");
    } else if (!cr_is_object(value) || cr_is_function(value)) {
        return 0;
    } else {
        return (cr_is_array(value) ? write_array(self, key, value) : write_object(self, key, value)) ? 1 : -1;
    }
    return 1;
}

static bool set_replacer(stringifier *self, cr_value replacer) {
    cr_context *cx = self->cx;
    self->replacer = cr_is_function(replacer) ? replacer : CR_UNDEFINED;
    if (!cr_is_array(replacer)) return true;
    const cr_array *list = cr_as_array(replacer);
    cr_object *seen = object_new(cx, NULL);
    self->allowed = HEAP_ARRAY(cx, const cr_string *, (size_t)list->length + 1);
    for (uint32_t i = 0; i < list->length; i++) {
        if (!cr_is_string(list->items[i]) && !cr_is_number(list->items[i])) continue;
        const cr_string *key = value_to_string(cx, list->items[i]);
        if (object_find(seen, key) != NULL) continue;
        object_define(cx, seen, key, CR_TRUE, 0);
        self->allowed[self->allowed_count++] = key;
    }
    return true;
}

static bool set_gap(stringifier *self, cr_value space) {
    enum { GAP_MAX = 10 };
    self->gap = &text_empty;
    if (cr_is_number(space)) {
        double width = number_to_integer(cr_to_double(space));
        uint8_t spaces[GAP_MAX];
        memset(spaces, ' ', sizeof spaces);
        if (width >= 1) self->gap = string_latin1(self->cx, spaces, width > GAP_MAX ? GAP_MAX : (size_t)width);
    } else if (cr_is_string(space)) {
        uint32_t length = string_length(space);
        self->gap = string_slice(self->cx, cr_as_string(space), 0, length > GAP_MAX ? GAP_MAX : length);
    }
    return true;
}

NATIVE(json_stringify) {
    stringifier state = {.cx = cx};
    builder_init(&state.text, cx);
    cr_value result = CR_EXCEPTION;
    if (set_replacer(&state, arg_at(argc, argv, 1)) && set_gap(&state, arg_at(argc, argv, 2))) {
        int written = write_value(&state, CR_UNDEFINED, &text_empty, arg_at(argc, argv, 0));
        if (written == 0) result = CR_UNDEFINED;
        if (written > 0 && state.parts.length == 0) result = builder_finish(&state.text);
        if (written > 0 && state.parts.length != 0) {
            flush(&state);
            result = unknown_concat(cx, (uint32_t)state.parts.length, state.parts.items);
        }
    }
    VEC_RELEASE(&state.parts);
    return result;
}

BUILTIN_STATICS(JSON, MEMBERS_JSON, BUILTIN_NO_ROWS)
BUILTIN_OBJECT(JSON)
