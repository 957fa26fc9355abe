/* Walking values: which nodes they were made from, and whether they hold an unknown. */
#include "value/collection.h"
#include "value/convert.h"
#include "value/host.h"
#include "value/object.h"
#include "value/string.h"
#include "value/unknown.h"

static bool contains(const cr_origin *origin, const void *node) {
    for (uint32_t i = 0; i < origin->count; i++)
        if (origin->nodes[i] == node) return true;
    return false;
}

const cr_origin *origin_union(cr_context *cx, const cr_origin *a, const cr_origin *b) {
    if (a == b || b == NULL) return a;
    if (a == NULL) return b;
    uint32_t fresh = 0;
    for (uint32_t i = 0; i < b->count; i++) fresh += contains(a, b->nodes[i]) ? 0 : 1;
    if (fresh == 0) return a;
    cr_origin *both = heap_alloc(cx, sizeof *both + sizeof both->nodes[0] * ((size_t)a->count + fresh));
    both->count = a->count;
    memcpy(both->nodes, a->nodes, sizeof a->nodes[0] * a->count);
    for (uint32_t i = 0; i < b->count; i++)
        if (!contains(a, b->nodes[i])) both->nodes[both->count++] = b->nodes[i];
    return both;
}

const cr_origin *origin_of_node(cr_context *cx, const void *node) {
    cr_origin *origin = heap_alloc(cx, sizeof *origin + sizeof origin->nodes[0]);
    origin->count = 1;
    origin->nodes[0] = node;
    return origin;
}

const cr_origin *value_origin_shallow(cr_value v) {
    if (cr_is_string(v)) return cr_as_string(v)->origin;
    if (cr_is_unknown(v)) return cr_as_unknown(v)->origin;
    return NULL;
}

cr_value value_with_origin(cr_context *cx, cr_value v, const cr_origin *origin) {
    if (!cr_is_string(v)) return v;
    const cr_origin *all = origin_union(cx, cr_as_string(v)->origin, origin);
    if (all == cr_as_string(v)->origin) return v;
    cr_string *copy = heap_alloc(cx, sizeof *copy);
    *copy = *cr_as_string(v);
    copy->head.flags |= CR_FLAG_KEEPS_HASH;
    copy->origin = all;
    return cr_from_pointer(copy);
}

/* One walk over a value. Objects on the way down are remembered, so that a cycle ends. */
typedef struct walk {
    cr_context *cx;
    const cr_origin *origin;
    bool has_unknown;
    bool unknown_only; /* look for an unknown and stop */
    const struct step *path;
} walk;

typedef struct step {
    const struct step *up;
    cr_value object;
} step;

static void visit(walk *self, cr_value v);

static void visit_object(walk *self, cr_value v) {
    cr_context *cx = self->cx;
    if (cr_is_array(v))
        for (uint32_t i = 0; i < cr_as_array(v)->length; i++) visit(self, cr_as_array(v)->items[i]);
    if (cr_is_kind(v, CR_KIND_MAP) || cr_is_kind(v, CR_KIND_SET)) {
        uint32_t position = 0;
        const collection_entry *entry;
        while ((entry = collection_next(cr_as_collection(v), &position)) != NULL) {
            visit(self, entry->key);
            visit(self, entry->value);
        }
    }
    if (cr_is_kind(v, CR_KIND_HOST) && cr_as_host(v)->class->origin != NULL)
        self->origin = origin_union(cx, self->origin, cr_as_host(v)->class->origin(cx, cr_as_host(v)));
    const cr_object *object = cr_as_object(v);
    for (uint32_t i = 0; i < object->count; i++)
        if ((object->slots[i].flags & CR_SLOT_ACCESSOR) == 0) visit(self, object->slots[i].value.bits);
}

static void visit(walk *self, cr_value v) {
    if (!cr_is_heap(v) || (self->unknown_only && self->has_unknown)) return;
    cr_context *cx = self->cx;
    self->has_unknown = self->has_unknown || cr_is_unknown(v);
    self->origin = origin_union(cx, self->origin, value_origin_shallow(v));
    if (!cr_has_slots(v) || cr_is_function(v)) return;
    if ((cr_heap_of(v)->flags & CR_FLAG_INSTANCE) != 0) {
        self->origin = origin_union(cx, self->origin, origin_of_node(cx, cr_as_object(v)->host));
        return;
    }
    for (const step *at = self->path; at != NULL; at = at->up)
        if (at->object == v) return;
    if (stack_is_low(cx)) return;
    step here = {self->path, v};
    self->path = &here;
    visit_object(self, v);
    self->path = here.up;
}

const cr_origin *value_origin(cr_context *cx, cr_value v) {
    if (!cr_is_heap(v)) return NULL;
    walk self = {.cx = cx};
    visit(&self, v);
    return self.origin;
}

bool value_has_unknown(cr_context *cx, cr_value v) {
    walk self = {.cx = cx, .unknown_only = true};
    visit(&self, v);
    return self.has_unknown;
}
