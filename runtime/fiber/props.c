#include <math.h>

#include "fiber/fiber.h"
#include "value/convert.h"
#include "value/host.h"
#include "value/object.h"
#include "value/property.h"
#include "value/string.h"
#include "value/unknown.h"
#include "json/json.h"

/* Props that are nested more deeply hold themselves, or are no description any more. */
enum { PROPS_DEPTH_MAX = 100 };

/* Of a path in a message: a longer one would leave no room for what is wrong. */
enum { PATH_BYTES_MAX = 200 };

/* Where the walk is, for messages. */
typedef struct step {
    const struct step *up;
    const cr_string *key; /* NULL: an element of a list, or the whole */
    uint32_t index, depth;
} step;

typedef struct cleaning {
    renderer *renderer;
    cr_context *cx;
    props_facts *facts;
    const char *name; /* of the whole */
    bool is_props;
} cleaning;

static cr_value clean_value(cleaning *self, cr_value v, const step *at);

static void add_path(const cleaning *self, const step *at, str_buf *out) {
    if (at->up == NULL) return;
    add_path(self, at->up, out);
    if (at->key == NULL) {
        str_buf_add_format(out, "[%u]", (unsigned)at->index);
        return;
    }
    if (out->length != 0) str_buf_add_char(out, '.');
    string_to_utf8(at->key, out);
}

static cr_value refuse(cleaning *self, const step *at, const char *what) {
    str_buf path;
    str_buf_init(&path);
    add_path(self, at, &path);
    const cloud_node *node = self->facts->node;
    if (path.length == 0) str_buf_add_text(&path, self->name);
    bool is_cut = path.length > PATH_BYTES_MAX;
    if (is_cut) {
        path.length = PATH_BYTES_MAX;
        while (((unsigned char)path.bytes[path.length] & 0xC0) == 0x80) path.length--;
        path.bytes[path.length] = '\0';
    }
    const cr_site *site = node != NULL ? node->site : self->cx->site;
    fail_inside(self->renderer, CR_E_DATA, "'%s%s'%s%s%s cannot be recorded: it %s (%s)", str_buf_text(&path),
                is_cut ? "…" : "", node != NULL ? " of '" : "", node != NULL ? node->address : "", node != NULL ? "'" : "", what,
                cloud_site_text(self->cx, site));
    str_buf_release(&path);
    return CR_EXCEPTION;
}

static void add_edges(const cleaning *self, const cr_origin *origin, cloud_edge_reason reason) {
    if (self->facts->node == NULL) return;
    for (uint32_t i = 0; origin != NULL && i < origin->count; i++)
        cloud_node_add_edge(self->facts->node, (cloud_node *)(uintptr_t)origin->nodes[i], reason);
}

static cr_value clean_array(cleaning *self, const cr_array *array, const step *at) {
    cr_array *copy = array_with_capacity(self->cx, array->length);
    for (uint32_t i = 0; i < array->length; i++) {
        step inner = {at, NULL, i, at->depth + 1};
        cr_value item = array->items[i];
        if (cr_is_function(item)) return refuse(self, &inner, "is a function in a list");
        cr_value clean = clean_value(self, item, &inner);
        if (clean == CR_EXCEPTION) return CR_EXCEPTION;
        copy->items[copy->length++] = clean == CR_HOLE ? CR_NULL : clean;
    }
    return cr_from_pointer(copy);
}

static bool is_skipped(const cleaning *self, const cr_string *key, const step *at) {
    return self->is_props && at->up == NULL &&
           (string_is_ascii_text(key, "key") || string_is_ascii_text(key, "children"));
}

/* A frozen object whose members need no cleaning is shared: the props of an element are one. */
static cr_value clean_object(cleaning *self, cr_object *object, const step *at) {
    cr_value original = cr_from_pointer(object);
    bool share = (object->head.flags & CR_FLAG_FROZEN) != 0;
    cr_object *copy = NULL;
    for (uint32_t i = 0; i < object->count; i++) {
        const cr_slot *slot = &object->slots[i];
        if ((slot->flags & CR_SLOT_HIDDEN) != 0) continue;
        step inner = {at, slot->key, 0, at->depth + 1};
        cr_value value = slot->value.bits, clean = CR_HOLE;
        if ((slot->flags & CR_SLOT_ACCESSOR) != 0) value = own_property(self->cx, original, slot->key);
        if (value == CR_EXCEPTION) return CR_EXCEPTION;
        if (!is_skipped(self, slot->key, at)) clean = clean_value(self, value, &inner);
        if (clean == CR_EXCEPTION) return CR_EXCEPTION;
        if (copy == NULL && share && clean == slot->value.bits) continue;
        if (copy == NULL) {
            copy = object_new(self->cx, NULL);
            object_reserve(self->cx, copy, object->count);
            for (uint32_t done = 0; done < i; done++) {
                const cr_slot *before = &object->slots[done];
                if ((before->flags & CR_SLOT_HIDDEN) == 0)
                    object_define(self->cx, copy, before->key, before->value.bits, 0);
            }
        }
        if (clean != CR_HOLE) object_define(self->cx, copy, slot->key, clean, 0);
    }
    if (copy != NULL) return cr_from_pointer(copy);
    return share ? original : cr_object_new(self->cx);
}

static cr_value clean_host(cleaning *self, cr_value v, const step *at) {
    self->facts->dropped = true;
    cloud_node *node = outputs_node(v);
    if (node != NULL) {
        add_edges(self, origin_of_node(self->cx, node), CLOUD_EDGE_OUTPUT);
        if (cloud_node_outputs(self->cx, node) == CR_UNDEFINED) {
            self->facts->has_unknown = true;
            reads_note(self->renderer, node, NULL);
            return unknown_output(self->cx, node, cr_as_string(cr_string_text(self->cx, node->address)),
                                  NULL);
        }
    }
    uint32_t count;
    const cr_string **keys = own_keys(self->cx, v, false, &count);
    if (keys == NULL) return CR_EXCEPTION;
    cr_value copy = cr_object_new(self->cx);
    for (uint32_t i = 0; i < count; i++) {
        step inner = {at, keys[i], 0, at->depth + 1};
        cr_value value = own_property(self->cx, v, keys[i]);
        if (value != CR_EXCEPTION && value != CR_HOLE) value = clean_value(self, value, &inner);
        if (value == CR_EXCEPTION) return CR_EXCEPTION;
        if (value != CR_HOLE) object_define(self->cx, cr_as_object(copy), keys[i], value, 0);
    }
    return copy;
}

/* CR_HOLE: is left out. */
static cr_value clean_value(cleaning *self, cr_value v, const step *at) {
    if (v == CR_UNDEFINED || v == CR_HOLE) return CR_HOLE;
    if (cr_is_number(v)) {
        double number = cr_to_double(v);
        if (isfinite(number)) return v;
        return refuse(self, at, number != number ? "is NaN" : "is infinite");
    }
    if (!cr_is_heap(v)) return v;
    if (at->depth > PROPS_DEPTH_MAX) return refuse(self, at, "is nested too deeply, or holds itself");
    switch ((cr_kind)cr_heap_of(v)->kind) {
    case CR_KIND_STRING: add_edges(self, cr_as_string(v)->origin, CLOUD_EDGE_OUTPUT); return v;
    case CR_KIND_UNKNOWN:
        self->facts->has_unknown = true;
        add_edges(self, cr_as_unknown(v)->origin, CLOUD_EDGE_OUTPUT);
        return v;
    case CR_KIND_FUNCTION: self->facts->dropped = true; return CR_HOLE;
    case CR_KIND_ARRAY: return clean_array(self, cr_as_array(v), at);
    case CR_KIND_OBJECT:
        if ((cr_heap_of(v)->flags & CR_FLAG_INSTANCE) == 0) return clean_object(self, cr_as_object(v), at);
        add_edges(self, origin_of_node(self->cx, cr_as_object(v)->host), CLOUD_EDGE_REFERENCE);
        return v;
    case CR_KIND_HOST: return clean_host(self, v, at);
    case CR_KIND_ELEMENT: return refuse(self, at, "is a JSX element");
    case CR_KIND_MAP: return refuse(self, at, "is a Map");
    case CR_KIND_SET: return refuse(self, at, "is a Set");
    case CR_KIND_REGEXP: return refuse(self, at, "is a regular expression");
    case CR_KIND_PROMISE: return refuse(self, at, "is a promise");
    default: return refuse(self, at, "is not data");
    }
}

cr_value props_clean(renderer *self, cr_value v, bool is_props, const char *name, props_facts *facts) {
    cleaning work = {self, self->cx, facts, name, is_props};
    step whole = {0};
    return clean_value(&work, v, &whole);
}
