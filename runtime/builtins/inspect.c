#include "builtins/inspect.h"

#include "builtins/builtins.h"
#include "builtins/inspect_layout.h"
#include "value/collection.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/host.h"
#include "value/iterate.h"
#include "value/number.h"
#include "value/object.h"
#include "value/promise.h"
#include "value/property.h"
#include "value/string.h"
#include "value/unknown.h"

/* Longer strings than this are broken at their newlines when they do not fit a line. */
enum { SPLIT_UNITS_MIN = 16 };

typedef struct inspector {
    cr_context *cx;
    int depth;
    inspect_layout layout;
    VEC(cr_value) seen;     /* objects around the current one */
    VEC(cr_value) circular; /* those that hold themselves: <ref *1> … */
} inspector;

/* One object on its way: what goes before its braces, its opening brace, its entries. */
typedef struct shape {
    const char *base, *open, *close;
    bool is_array;
    cr_value numbers; /* the array itself, for the alignment of its elements */
} shape;

static const char *format_value(inspector *self, cr_value v, int level);

static const char *copy_and_release(cr_context *cx, str_buf *text) {
    const char *copy = arena_copy_text(&cx->runtime->heap, str_buf_text(text), text->length);
    str_buf_release(text);
    return copy;
}

#define FORMAT(...) arena_format(&cx->runtime->heap, __VA_ARGS__)

/* ---- primitives ------------------------------------------------------------------------------------------------ */

static bool holds(const cr_string *s, uint32_t unit) {
    for (uint32_t i = 0; i < s->head.length; i++)
        if (cr_unit_at(s, i) == unit) return true;
    return false;
}

static bool holds_dollar_brace(const cr_string *s) {
    for (uint32_t i = 0; i + 1 < s->head.length; i++)
        if (cr_unit_at(s, i) == '$' && cr_unit_at(s, i + 1) == '{') return true;
    return false;
}

void inspect_string(const cr_string *s, str_buf *out) {
    char quote = '\'';
    if (holds(s, '\'')) quote = !holds(s, '"') ? '"' : !holds(s, '`') && !holds_dollar_brace(s) ? '`' : '\'';
    str_buf_add_char(out, quote);
    for (uint32_t i = 0, units; i < s->head.length; i += units) {
        static const char letters[] = "btn_fr"; /* from \b = 8 to \r = 13 */
        uint32_t point = string_code_point(s, i, &units);
        if (point == '\\' || (point == '\'' && quote == '\'')) {
            str_buf_add_char(out, '\\');
            str_buf_add_char(out, (char)point);
        } else if (point >= 8 && point <= 13 && point != 11) {
            str_buf_add_char(out, '\\');
            str_buf_add_char(out, letters[point - 8]);
        } else if (point < 0x20 || (point >= 0x7f && point <= 0x9f)) {
            str_buf_add_format(out, "\\x%02X", point);
        } else if (point >= 0xd800 && point <= 0xdfff) {
            str_buf_add_format(out, "\\u%04x", point);
        } else {
            cr_string one = *s;
            one.units = (const char *)s->units + (size_t)i * (string_is_wide(s) ? 2 : 1);
            one.head.length = units;
            string_to_utf8(&one, out);
        }
    }
    str_buf_add_char(out, quote);
}

static const char *format_string(inspector *self, const cr_string *s) {
    cr_context *cx = self->cx;
    str_buf text;
    str_buf_init(&text);
    uint32_t length = s->head.length, shown = length > INSPECT_STRING_UNITS_MAX ? INSPECT_STRING_UNITS_MAX : length;
    bool split = shown > SPLIT_UNITS_MIN && (int)shown > INSPECT_COLUMNS - self->layout.indent - 4;
    for (uint32_t start = 0; start < shown || (start == 0 && shown == 0);) {
        uint32_t end = start;
        while (end < shown && !(split && cr_unit_at(s, end) == '\n')) end++;
        if (end < shown) end++;
        if (start != 0) str_buf_add_format(&text, " +\n%*s", self->layout.indent + 2, "");
        inspect_string(string_slice(cx, s, start, end), &text);
        start = end;
        if (shown == 0) break;
    }
    if (length > shown) str_buf_add_format(&text, "... %u more character%s", length - shown, length - shown > 1 ? "s" : "");
    return copy_and_release(cx, &text);
}

static const char *format_primitive(inspector *self, cr_value v) {
    cr_context *cx = self->cx;
    if (cr_is_string(v)) return format_string(self, cr_as_string(v));
    if (cr_is_number(v) && v == cr_number(-0.0)) return "-0";
    if (cr_is_unknown(v)) {
        str_buf text;
        str_buf_init(&text);
        unknown_describe(cx, v, &text);
        return copy_and_release(cx, &text);
    }
    return cr_to_utf8(cx, v, NULL);
}

static bool is_plain_key(const cr_string *key) {
    for (uint32_t i = 0; i < key->head.length; i++) {
        uint32_t unit = cr_unit_at(key, i);
        bool letter = (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || unit == '_';
        if (!letter && (i == 0 || unit < '0' || unit > '9')) return false;
    }
    return key->head.length != 0;
}

static const char *format_key(cr_context *cx, const cr_string *key, bool hidden) {
    if (hidden) return FORMAT("[%s]", cr_to_utf8(cx, cr_from_pointer(key), NULL));
    if (string_is_ascii_text(key, "__proto__")) return "['__proto__']";
    if (is_plain_key(key)) return cr_to_utf8(cx, cr_from_pointer(key), NULL);
    str_buf text;
    str_buf_init(&text);
    inspect_string(key, &text);
    return copy_and_release(cx, &text);
}

/* ---- what stands before the braces --------------------------------------------------------------------------------- */

static const char *class_name(cr_context *cx, cr_value v) {
    if (!cr_has_slots(v)) return "Object";
    const char *name = object_class_name(cx, cr_as_object(v));
    return name != NULL ? name : cr_heap_of(v)->reserved == OBJECT_NULL_PROTO ? "[Object: null prototype]" : "Object";
}

static const char *function_base(cr_context *cx, cr_value v) {
    const cr_function *f = cr_as_function(v);
    const char *name = cr_to_utf8(cx, own_property(cx, v, cr_as_string(cr_string_text(cx, "name"))), NULL);
    if ((f->info->flags & CR_FUNCTION_CLASS) != 0) {
        const char *shown = name[0] != '\0' ? name : "(anonymous)";
        if (f->object.proto == NULL) return FORMAT("[class %s]", shown);
        return FORMAT("[class %s extends %s]", shown, cr_to_utf8(cx, cr_from_pointer(((const cr_function *)f->object.proto)->info->name), NULL));
    }
    const char *kind = (f->info->flags & CR_FUNCTION_ASYNC) != 0 ? "AsyncFunction" : "Function";
    return name[0] != '\0' ? FORMAT("[%s: %s]", kind, name) : FORMAT("[%s (anonymous)]", kind);
}

/* Puts the class of an error into the first line of its stack, where it names another one. */
static const char *improved_stack(cr_context *cx, const char *stack, const char *class, const char *name) {
    size_t length = strlen(name);
    char after = strncmp(stack, name, length) == 0 ? stack[length] : 'x';
    bool ordinary = str_ends_with(str_of(name), STR("Error")) && (after == '\0' || after == ':' || after == '\n');
    if (!ordinary || strcmp(name, class) == 0) return stack;
    if (strstr(class, name) != NULL) return FORMAT("%s%s", class, stack + length);
    return FORMAT("%s [%s]%s", class, name, stack + length);
}

static const char *error_base(inspector *self, cr_value v) {
    cr_context *cx = self->cx;
    cr_value name_value = cr_get_named(cx, v, "name");
    if (name_value == CR_EXCEPTION) context_take_pending(cx);
    const char *name = cr_is_string(name_value) ? cr_to_utf8(cx, name_value, NULL) : "Error";
    const char *stack = improved_stack(cx, error_describe(cx, v, true), class_name(cx, v), name);
    const char *message = cr_is_string(cr_field(v, "message")) ? cr_to_utf8(cx, cr_field(v, "message"), NULL) : "";
    const char *found = message[0] != '\0' ? strstr(stack, message) : NULL;
    if (strstr(found != NULL ? found + strlen(message) : stack, "\n    at") == NULL) stack = FORMAT("[%s]", stack);
    if (self->layout.indent == 0) return stack;
    str_buf text;
    str_buf_init(&text);
    for (; *stack != '\0'; stack++) {
        str_buf_add_char(&text, *stack);
        if (*stack == '\n') str_buf_add_format(&text, "%*s", self->layout.indent, "");
    }
    return copy_and_release(cx, &text);
}

/* ---- entries --------------------------------------------------------------------------------------------------------- */

static void add_remaining(inspector *self, entry_list *entries, uint32_t remaining) {
    cr_context *cx = self->cx;
    if (remaining > 0) entry_add(entries, FORMAT("... %u more item%s", remaining, remaining > 1 ? "s" : ""));
}

static void add_array_items(inspector *self, cr_value v, int level, entry_list *entries) {
    cr_context *cx = self->cx;
    const cr_array *array = cr_as_array(v);
    uint32_t i = 0;
    for (; i < array->length && entries->length < INSPECT_ITEMS_MAX; i++) {
        uint32_t holes = 0;
        while (i + holes < array->length && array->items[i + holes] == CR_HOLE) holes++;
        if (holes != 0) {
            entry_add(entries, FORMAT("<%u empty item%s>", holes, holes > 1 ? "s" : ""));
            i += holes - 1;
            continue;
        }
        self->layout.indent += 2;
        entry_add(entries, format_value(self, array->items[i], level));
        self->layout.indent -= 2;
    }
    add_remaining(self, entries, array->length - i);
}

static void add_collection_items(inspector *self, cr_value v, int level, entry_list *entries) {
    cr_context *cx = self->cx;
    const cr_collection *collection = cr_as_collection(v);
    uint32_t position = 0, shown = 0;
    const collection_entry *entry;
    self->layout.indent += 2;
    while (shown < INSPECT_ITEMS_MAX && (entry = collection_next(collection, &position)) != NULL) {
        cr_value key = entry->key, value = entry->value;
        const char *text = format_value(self, key, level);
        if (cr_is_kind(v, CR_KIND_MAP)) text = FORMAT("%s => %s", text, format_value(self, value, level));
        entry_add(entries, text);
        shown++;
    }
    self->layout.indent -= 2;
    add_remaining(self, entries, collection->live - shown);
}

static void add_promise_state(inspector *self, cr_value v, int level, entry_list *entries) {
    cr_context *cx = self->cx;
    const cr_promise *promise = cr_as_promise(v);
    if (promise->state == PROMISE_PENDING) {
        entry_add(entries, "<pending>");
        return;
    }
    self->layout.indent += 2;
    const char *text = format_value(self, promise->result, level);
    self->layout.indent -= 2;
    entry_add(entries, promise->state == PROMISE_REJECTED ? FORMAT("<rejected> %s", text) : text);
}

static const char *format_accessor(const cr_slot *slot) {
    const cr_array *pair = cr_as_array(slot->value.bits);
    if (pair->items[0] == CR_UNDEFINED) return "[Setter]";
    return pair->items[1] == CR_UNDEFINED ? "[Getter]" : "[Getter/Setter]";
}

static void add_property(inspector *self, cr_value v, const cr_string *key, int level, entry_list *entries, bool is_array) {
    cr_context *cx = self->cx;
    const cr_slot *slot = cr_has_slots(v) ? object_find(cr_as_object(v), key) : NULL;
    const char *text;
    if (slot != NULL && (slot->flags & CR_SLOT_ACCESSOR) != 0) {
        text = format_accessor(slot);
    } else {
        cr_value value = own_property(cx, v, key);
        if (value == CR_EXCEPTION) context_take_pending(cx);
        if (value == CR_EXCEPTION || value == CR_HOLE) value = CR_UNDEFINED;
        self->layout.indent += 2;
        text = format_value(self, value, level);
        self->layout.indent -= 2;
    }
    bool hidden = slot != NULL && (slot->flags & CR_SLOT_HIDDEN) != 0;
    entry_add(entries, FORMAT("%s: %s", format_key(cx, key, hidden), text));
}

/* ---- objects ----------------------------------------------------------------------------------------------------------- */

/* The keys to show: enumerable ones that are no elements, and an error's cause. */
static void collect_keys(inspector *self, cr_value v, const char *base, key_list *keys) {
    cr_context *cx = self->cx;
    static const char *const repeated[] = {"name", "message", "stack"};
    uint32_t count;
    const cr_string **own = cr_own_keys(cx, v, &count);
    if (own == NULL) {
        context_take_pending(cx);
        return;
    }
    bool is_error = (cr_heap_of(v)->flags & CR_FLAG_ERROR) != 0 && cr_is_kind(v, CR_KIND_OBJECT);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index;
        if (cr_is_array(v) && string_array_index(own[i], &index)) continue;
        bool skip = false;
        for (size_t k = 0; is_error && k < sizeof repeated / sizeof *repeated; k++)
            skip = skip || (string_is_ascii_text(own[i], repeated[k]) && strstr(base, cr_to_utf8(cx, cr_own(v, own[i]), NULL)) != NULL);
        if (!skip) VEC_PUSH(keys, own[i]);
    }
    static const char *const hidden[] = {"cause", "errors"};
    for (size_t k = 0; is_error && k < sizeof hidden / sizeof *hidden; k++) {
        const cr_string *key = cr_as_string(cr_string_text(cx, hidden[k]));
        const cr_slot *slot = object_find(cr_as_object(v), key);
        if (slot != NULL && (slot->flags & CR_SLOT_HIDDEN) != 0) VEC_PUSH(keys, key);
    }
}

/* Sets what the kind of `v` asks for. */
static shape shape_of(inspector *self, cr_value v) {
    cr_context *cx = self->cx;
    const char *class = class_name(cx, v);
    shape s = {"", "{", "}", false, CR_UNDEFINED};
    switch (cr_heap_of(v)->kind) {
    case CR_KIND_ARRAY:
        s = (shape){"", strcmp(class, "Array") == 0 ? "[" : FORMAT("%s(%u) [", class, cr_as_array(v)->length), "]", true, v};
        break;
    case CR_KIND_MAP:
    case CR_KIND_SET: s.open = FORMAT("%s(%u) {", class, cr_as_collection(v)->live); break;
    case CR_KIND_FUNCTION: s.base = function_base(cx, v); break;
    case CR_KIND_PROMISE: s.open = FORMAT("%s {", class); break;
    case CR_KIND_REGEXP: s.base = cr_to_utf8(cx, cr_from_pointer(cx->runtime->regexp->literal(cx, v)), NULL); break;
    case CR_KIND_HOST:
        if (cr_as_host(v)->class->name != NULL) s.open = FORMAT("%s {", cr_as_host(v)->class->name);
        break;
    default:
        if ((cr_heap_of(v)->flags & CR_FLAG_ERROR) != 0 && cr_has_slots(v)) {
            s.base = error_base(self, v);
        } else if (v == cr_from_pointer(&cr_global_JSON) || v == cr_from_pointer(&cr_global_Math)) {
            s.open = v == cr_from_pointer(&cr_global_JSON) ? "Object [JSON] {" : "Object [Math] {";
        } else if (strcmp(class, "Object") != 0) {
            s.open = FORMAT("%s {", class);
        }
    }
    return s;
}

static bool is_empty_shape(cr_context *cx, cr_value v) {
    switch (cr_heap_of(v)->kind) {
    case CR_KIND_ARRAY: return cr_as_array(v)->length == 0;
    case CR_KIND_MAP:
    case CR_KIND_SET: return cr_as_collection(v)->live == 0;
    case CR_KIND_PROMISE: return false;
    case CR_KIND_HOST: return !value_is_iterator(v) || iterator_rest(cx, v) == NULL;
    default: return true;
    }
}

static void add_entries(inspector *self, cr_value v, int level, entry_list *entries) {
    switch (cr_heap_of(v)->kind) {
    case CR_KIND_ARRAY: add_array_items(self, v, level, entries); break;
    case CR_KIND_MAP:
    case CR_KIND_SET: add_collection_items(self, v, level, entries); break;
    case CR_KIND_PROMISE: add_promise_state(self, v, level, entries); break;
    case CR_KIND_HOST:
        if (value_is_iterator(v) && iterator_rest(self->cx, v) != NULL)
            add_array_items(self, cr_from_pointer(iterator_rest(self->cx, v)), level, entries);
        break;
    default: break;
    }
}

/* "<ref *1>" when the object was met again inside itself. */
static const char *with_reference(inspector *self, cr_value v, const char *base) {
    cr_context *cx = self->cx;
    for (size_t i = 0; i < self->circular.length; i++)
        if (self->circular.items[i] == v) return FORMAT("<ref *%zu>%s%s", i + 1, base[0] != '\0' ? " " : "", base);
    return base;
}

static const char *format_circular(inspector *self, cr_value v) {
    cr_context *cx = self->cx;
    size_t i = 0;
    while (i < self->circular.length && self->circular.items[i] != v) i++;
    if (i == self->circular.length) VEC_PUSH(&self->circular, v);
    return FORMAT("[Circular *%zu]", i + 1);
}

static const char *format_object(inspector *self, cr_value v, int level) {
    cr_context *cx = self->cx;
    if (cr_has_slots(v)) object_ready(cx, cr_as_object(v));
    shape s = shape_of(self, v);
    key_list keys = {0};
    collect_keys(self, v, s.base, &keys);
    const char *text;
    if (keys.length == 0 && is_empty_shape(cx, v)) {
        text = s.base[0] != '\0' ? s.base : FORMAT("%s%s", s.open, s.close);
    } else if ((self->depth >= 0 && level > self->depth) || stack_is_low(cx)) {
        const char *class = class_name(cx, v);
        text = class[0] == '[' ? class : FORMAT("[%s]", class);
    } else {
        entry_list entries = {0};
        VEC_PUSH(&self->seen, v);
        self->layout.current_level = level + 1;
        add_entries(self, v, level + 1, &entries);
        for (size_t i = 0; i < keys.length; i++) add_property(self, v, keys.items[i], level + 1, &entries, s.is_array);
        self->seen.length--;
        s.base = with_reference(self, v, s.base);
        text = layout_entries(cx, &self->layout, &entries, s.base, s.open, s.close, s.is_array, s.numbers, level + 1);
        VEC_RELEASE(&entries);
    }
    VEC_RELEASE(&keys);
    return text;
}

static const char *format_value(inspector *self, cr_value v, int level) {
    if (!cr_is_object(v)) return format_primitive(self, v);
    for (size_t i = 0; i < self->seen.length; i++)
        if (self->seen.items[i] == v) return format_circular(self, v);
    return format_object(self, v, level);
}

void inspect(cr_context *cx, cr_value v, int depth, str_buf *out) {
    inspector self = {.cx = cx, .depth = depth};
    str_buf_add_text(out, format_value(&self, v, 0));
    VEC_RELEASE(&self.seen);
    VEC_RELEASE(&self.circular);
}

/* ---- console.log's arguments ----------------------------------------------------------------------------------------- */

static void add_plain(cr_context *cx, cr_value v, int depth, str_buf *out) {
    if (cr_is_string(v)) {
        string_to_utf8(cr_as_string(v), out);
    } else {
        inspect(cx, v, depth, out);
    }
}

static void add_number(cr_context *cx, cr_value v, char directive, str_buf *out) {
    double number;
    if (cr_is_object(v) || !value_to_number(cx, v, &number)) {
        if (context_pending(cx) != PENDING_NONE) context_take_pending(cx);
        str_buf_add_text(out, "NaN");
        return;
    }
    if (directive != 'd') {
        const cr_string *text = cr_as_string(cr_string_text(cx, cr_to_utf8(cx, v, NULL)));
        number = directive == 'i' ? number_parse_integer(text, 10) : number_parse_prefix(text);
    }
    inspect(cx, cr_number(number), 0, out);
}

/* One directive with its argument; false: `letter` is none. */
static bool add_directive(cr_context *cx, char letter, cr_value v, str_buf *out) {
    switch (letter) {
    case 's':
        if (cr_is_object(v) && !cr_is_function(v) && (cr_heap_of(v)->flags & CR_FLAG_ERROR) == 0) {
            inspect(cx, v, 0, out);
        } else if (cr_is_number(v)) {
            inspect(cx, v, 0, out);
        } else {
            value_display(cx, v, out);
        }
        return true;
    case 'd':
    case 'i':
    case 'f': add_number(cx, v, letter, out); return true;
    case 'j': {
        cr_value json = cr_invoke(cx, cr_from_pointer(&cr_global_JSON), "stringify", 1, &v);
        if (json == CR_EXCEPTION) context_take_pending(cx);
        add_plain(cx, json == CR_EXCEPTION ? cr_string_text(cx, "[Circular]") : json, 0, out);
        return true;
    }
    case 'o': inspect(cx, v, 4, out); return true;
    case 'O': inspect(cx, v, INSPECT_DEPTH, out); return true;
    case 'c': return true;
    default: return false;
    }
}

static uint32_t add_format(cr_context *cx, uint32_t argc, const cr_value *argv, str_buf *out) {
    size_t length;
    const char *format = cr_to_utf8(cx, argv[0], &length);
    uint32_t next = 1;
    for (size_t i = 0; i < length; i++) {
        char letter = format[i] == '%' && i + 1 < length ? format[i + 1] : '\0';
        if (letter == '%') {
            str_buf_add_char(out, '%');
            i++;
        } else if (letter != '\0' && next < argc && add_directive(cx, letter, argv[next], out)) {
            next++;
            i++;
        } else {
            str_buf_add_char(out, format[i]);
        }
    }
    return next;
}

void inspect_arguments(cr_context *cx, uint32_t argc, const cr_value *argv, str_buf *out) {
    uint32_t next = 0;
    if (argc > 1 && cr_is_string(argv[0])) next = add_format(cx, argc, argv, out);
    for (; next < argc; next++) {
        if (next != 0) str_buf_add_char(out, ' ');
        add_plain(cx, argv[next], INSPECT_DEPTH, out);
    }
}
