#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "json/json.h"
#include "value/collection.h"
#include "value/convert.h"
#include "value/host.h"
#include "value/number.h"
#include "value/object.h"
#include "value/property.h"
#include "value/string.h"
#include "value/unknown.h"

enum { PLAIN_BYTES_MAX = 256 };

typedef struct path_step {
    const struct path_step *up;
    cr_value object;
} path_step;

typedef struct writer {
    cr_context *cx;
    str_buf *out;
    bool sorted;
    int indent, level;
    const path_step *path; /* objects that are being written, to find cycles */
} writer;

static void write_value(writer *self, cr_value v);

/* ASCII that needs no escapes: nearly every string, and as it is in memory. */
static bool is_plain(const cr_string *s) {
    if (string_is_wide(s)) return false;
    const uint8_t *units = s->units;
    for (uint32_t i = 0; i < s->head.length; i++)
        if (units[i] < 0x20 || units[i] >= 0x80 || units[i] == '"' || units[i] == '\\') return false;
    return true;
}

/* Most strings are short ASCII without anything to escape: they are added in one go. */
static bool write_plain(const cr_string *s, str_buf *out) {
    char quoted[PLAIN_BYTES_MAX + 2];
    const uint8_t *units = s->units;
    uint32_t length = s->head.length;
    if (string_is_wide(s) || length > PLAIN_BYTES_MAX) return false;
    for (uint32_t i = 0; i < length; i++) {
        if (units[i] < 0x20 || units[i] > 0x7e || units[i] == '"' || units[i] == '\\') return false;
        quoted[i + 1] = (char)units[i];
    }
    quoted[0] = quoted[length + 1] = '"';
    str_buf_add(out, quoted, (size_t)length + 2);
    return true;
}

void json_write_string(const cr_string *s, str_buf *out) {
    if (write_plain(s, out)) return;
    str_buf_add_char(out, '"');
    if (is_plain(s)) {
        str_buf_add(out, s->units, s->head.length);
        str_buf_add_char(out, '"');
        return;
    }
    uint32_t start = 0, length = s->head.length;
    cr_string run = *s;
    for (uint32_t i = 0; i <= length; i++) {
        uint32_t unit = i < length ? cr_unit_at(s, i) : 0, units = 1;
        bool surrogate = unit >= 0xd800 && unit <= 0xdfff;
        if (surrogate) {
            string_code_point(s, i, &units);
            surrogate = units == 1;
        }
        bool special = i == length || unit < 0x20 || unit == '"' || unit == '\\' || surrogate;
        if (!special) {
            i += units - 1;
            continue;
        }
        if (i > start) {
            run.units = (const char *)s->units + (size_t)start * (string_is_wide(s) ? 2 : 1);
            run.head.length = i - start;
            string_to_utf8(&run, out);
        }
        start = i + 1;
        if (i == length) break;
        static const char letters[] = "btn_fr"; /* from \b = 8 to \r = 13 */
        if (unit == '"' || unit == '\\') {
            str_buf_add_char(out, '\\');
            str_buf_add_char(out, (char)unit);
        } else if (unit >= 8 && unit <= 13 && unit != 11) {
            str_buf_add_char(out, '\\');
            str_buf_add_char(out, letters[unit - 8]);
        } else {
            str_buf_add_format(out, "\\u%04x", unit);
        }
    }
    str_buf_add_char(out, '"');
}

static void new_line(writer *self) {
    if (self->indent == 0) return;
    str_buf_add_char(self->out, '\n');
    for (int i = 0; i < self->indent * self->level; i++) str_buf_add_char(self->out, ' ');
}

/* Between the pieces of an array or object: `first` before the first one. */
static void separate(writer *self, bool first) {
    if (!first) str_buf_add_char(self->out, ',');
    new_line(self);
}

static bool is_left_out(cr_value v) { return v == CR_UNDEFINED || v == CR_HOLE || cr_is_function(v) || cr_is_element(v); }

static void write_items(writer *self, uint32_t count, const cr_value *items) {
    str_buf_add_char(self->out, '[');
    self->level++;
    for (uint32_t i = 0; i < count; i++) {
        separate(self, i == 0);
        if (is_left_out(items[i])) {
            str_buf_add_text(self->out, "null");
        } else {
            write_value(self, items[i]);
        }
    }
    self->level--;
    if (count != 0) new_line(self);
    str_buf_add_char(self->out, ']');
}

static void write_key(writer *self, const cr_string *key) {
    json_write_string(key, self->out);
    str_buf_add_text(self->out, self->indent != 0 ? ": " : ":");
}

/* {"$name":"text"} */
static void write_marked(writer *self, const char *name, const char *text) {
    cr_value value = cr_string_text(self->cx, text);
    str_buf_add_format(self->out, "{\"$%s\":%s", name, self->indent != 0 ? " " : "");
    json_write_string(cr_as_string(value), self->out);
    str_buf_add_char(self->out, '}');
}

static int compare_keys(const void *a, const void *b) {
    return string_compare(*(const cr_string *const *)a, *(const cr_string *const *)b);
}

static void sort_keys(const cr_string **keys, uint32_t count) {
    if (count > 16) {
        qsort(keys, count, sizeof *keys, compare_keys);
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        const cr_string *key = keys[i];
        uint32_t at = i;
        for (; at > 0 && string_compare(keys[at - 1], key) > 0; at--) keys[at] = keys[at - 1];
        keys[at] = key;
    }
}

/* A property's value; what throws is left out. */
static cr_value read_property(writer *self, cr_value object, const cr_string *key) {
    const cr_slot *slot = object_find(cr_as_object(object), key);
    if (slot != NULL && (slot->flags & CR_SLOT_ACCESSOR) == 0) return slot->value.bits;
    cr_value value = own_property(self->cx, object, key);
    if (value == CR_EXCEPTION && context_pending(self->cx) != PENDING_INTERRUPTED) context_take_pending(self->cx);
    return value == CR_EXCEPTION ? CR_UNDEFINED : value;
}

enum { KEYS_ON_STACK = 24 };

/* Own enumerable keys: those of ordinary objects without a detour, in `local` where they fit. */
static const cr_string **keys_of(writer *self, cr_value v, const cr_string **local, uint32_t *count) {
    const cr_object *object = cr_as_object(v);
    if (!self->sorted || !cr_is_kind(v, CR_KIND_OBJECT) || object->count > KEYS_ON_STACK) {
        const cr_string **keys = own_keys(self->cx, v, false, count);
        if (keys == NULL) context_take_pending(self->cx);
        return keys;
    }
    *count = 0;
    for (uint32_t i = 0; i < object->count; i++)
        if ((object->slots[i].flags & CR_SLOT_HIDDEN) == 0) local[(*count)++] = object->slots[i].key;
    return local;
}

static void write_object(writer *self, cr_value v) {
    const cr_string *local[KEYS_ON_STACK];
    uint32_t count;
    const cr_string **keys = keys_of(self, v, local, &count);
    if (keys == NULL) count = 0;
    if (self->sorted && count > 1) sort_keys(keys, count);
    str_buf_add_char(self->out, '{');
    self->level++;
    bool first = true;
    for (uint32_t i = 0; i < count; i++) {
        cr_value value = read_property(self, v, keys[i]);
        if (is_left_out(value)) continue;
        separate(self, first);
        first = false;
        write_key(self, keys[i]);
        write_value(self, value);
    }
    self->level--;
    if (!first) new_line(self);
    str_buf_add_char(self->out, '}');
}

static void write_collection(writer *self, cr_value v) {
    bool is_map = cr_is_kind(v, CR_KIND_MAP);
    str_buf_add_format(self->out, "{\"$%s\":%s[", is_map ? "map" : "set", self->indent != 0 ? " " : "");
    uint32_t position = 0;
    const collection_entry *entry;
    self->level++;
    for (bool first = true; (entry = collection_next(cr_as_collection(v), &position)) != NULL; first = false) {
        separate(self, first);
        if (is_map) {
            write_items(self, 2, (cr_value[]){entry->key, entry->value});
        } else if (is_left_out(entry->key)) {
            str_buf_add_text(self->out, "null");
        } else {
            write_value(self, entry->key);
        }
    }
    self->level--;
    if (cr_as_collection(v)->live != 0) new_line(self);
    str_buf_add_text(self->out, "]}");
}

static void write_container(writer *self, cr_value v) {
    for (const path_step *at = self->path; at != NULL; at = at->up) {
        if (at->object != v) continue;
        str_buf_add_text(self->out, "{\"$cycle\":true}");
        return;
    }
    if (stack_is_low(self->cx)) {
        str_buf_add_text(self->out, "null");
        return;
    }
    path_step here = {self->path, v};
    self->path = &here;
    if (cr_is_array(v)) {
        write_items(self, cr_as_array(v)->length, cr_as_array(v)->items);
    } else if (cr_is_kind(v, CR_KIND_MAP) || cr_is_kind(v, CR_KIND_SET)) {
        write_collection(self, v);
    } else {
        write_object(self, v);
    }
    self->path = here.up;
}

static void write_unknown(writer *self, cr_value v) {
    str_buf text;
    str_buf_init(&text);
    unknown_describe(self->cx, v, &text);
    write_marked(self, "unknown", str_buf_text(&text));
    str_buf_release(&text);
}

static void write_value(writer *self, cr_value v) {
    if (cr_is_number(v)) {
        double number = cr_to_double(v);
        char text[NUMBER_TEXT_BYTES_MAX];
        size_t length = number_to_text(number, text);
        bool finite = number - number == 0;
        str_buf_add(self->out, finite ? text : "null", finite ? length : 4);
    } else if (cr_is_string(v)) {
        json_write_string(cr_as_string(v), self->out);
    } else if (!cr_is_heap(v)) {
        str_buf_add_text(self->out, v == CR_TRUE ? "true" : v == CR_FALSE ? "false" : "null");
    } else if (cr_is_unknown(v)) {
        write_unknown(self, v);
    } else if (is_left_out(v) || !cr_has_slots(v)) {
        str_buf_add_text(self->out, "null");
    } else if ((cr_heap_of(v)->flags & CR_FLAG_INSTANCE) != 0) {
        const cr_hooks *hooks = &self->cx->runtime->hooks;
        bool named = hooks->node_address != NULL;
        write_marked(self, "ref", named ? hooks->node_address(hooks->data, self->cx, cr_as_object(v)->host) : "");
    } else {
        write_container(self, v);
    }
}

void json_write(cr_context *cx, cr_value v, str_buf *out) {
    writer self = {.cx = cx, .out = out, .sorted = true};
    write_value(&self, v);
}

void json_write_pretty(cr_context *cx, cr_value v, int indent, str_buf *out) {
    writer self = {.cx = cx, .out = out, .indent = indent};
    write_value(&self, v);
}

uint64_t json_hash64(cr_context *cx, cr_value v, str_buf *scratch) {
    str_buf_clear(scratch);
    json_write(cx, v, scratch);
    return hash_bytes(scratch->bytes, scratch->length);
}

void json_hash128(cr_context *cx, cr_value v, str_buf *scratch, char hex[33]) {
    str_buf_clear(scratch);
    json_write(cx, v, scratch);
    uint8_t digest[HASH_128_BYTES];
    hash_bytes_128(scratch->bytes, scratch->length, digest);
    for (int i = 0; i < HASH_128_BYTES; i++) snprintf(hex + i * 2, 3, "%02x", digest[i]);
}
