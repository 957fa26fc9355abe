/* After rendering: the fibers' nodes, waits and assumptions become the lists of the CloudDOM, in document
 * order. */
#include "base/hash.h"
#include "fiber/fiber.h"
#include "value/unknown.h"

/* Calls `visit` with each resource that the tree describes, in document order, until it answers true. */
typedef bool node_visitor(void *data, fiber *f, cloud_node *node, const cr_site *site);

static bool visit_nodes(fiber *root, node_visitor *visit, void *data) {
    for (fiber *f = root; f != NULL; f = fiber_next(f, root, false)) {
        if (f->kind == FIBER_RESOURCE && f->wait == NULL && visit(data, f, f->node, f->element->site))
            return true;
        if (f->kind != FIBER_COMPONENT) continue;
        uint32_t count = f->hook_count;
        for (hook *h = f->hooks; h != NULL && count-- != 0; h = h->next)
            if (h->kind == HOOK_INSTANCE && h->instance.node != NULL &&
                visit(data, f, h->instance.node, h->instance.site))
                return true;
    }
    return false;
}

/* ---- nodes -------------------------------------------------------------------------------------------- */

/* One of two describers of the same address. */
typedef struct describer {
    const fiber *fiber;
    const cr_site *site;
} describer;

typedef struct collecting {
    renderer *renderer;
    const cloud_node *node; /* that has the address of another */
    describer first, second;
    uint32_t *slots; /* hash table over dom.nodes by address: small, since it is made anew each time */
    size_t slot_count;
} collecting;

static bool find_first(void *data, fiber *f, cloud_node *node, const cr_site *site) {
    collecting *self = data;
    if (strcmp(node->address, self->node->address) != 0) return false;
    self->first = (describer){f, site};
    return true;
}

/* Where 1 + the index of the node at `address` is kept; 0 there when there is none yet. */
static uint32_t *address_slot(const collecting *self, const char *address) {
    const cloud_dom *dom = &self->renderer->dom;
    size_t slot = hash_bytes(address, strlen(address)) & (self->slot_count - 1);
    while (self->slots[slot] != 0 && strcmp(dom->nodes.items[self->slots[slot] - 1]->address, address) != 0)
        slot = (slot + 1) & (self->slot_count - 1);
    return &self->slots[slot];
}

static bool collect(void *data, fiber *f, cloud_node *node, const cr_site *site) {
    collecting *self = data;
    cloud_dom *dom = &self->renderer->dom;
    uint32_t *slot = address_slot(self, node->address);
    if (*slot != 0 || node->fiber != f) {
        self->node = node;
        self->second = (describer){f, site};
        return true;
    }
    *slot = (uint32_t)dom->nodes.length + 1;
    node->index = (uint32_t)dom->nodes.length;
    VEC_PUSH(&dom->nodes, node);
    return false;
}

/* When both are described by one line, in a component that is there twice, the places of the components tell
 * more. */
static void climb(const fiber **a, const fiber **b, const cr_site **first, const cr_site **second) {
    while (*a != NULL && *b != NULL && *first == *second) {
        if ((*a)->element != NULL) *first = (*a)->element->site;
        if ((*b)->element != NULL) *second = (*b)->element->site;
        *a = (*a)->parent;
        *b = (*b)->parent;
    }
}

static cr_status equal_addresses(collecting *self, cr_error *err) {
    cr_context *cx = self->renderer->cx;
    visit_nodes(self->renderer->root, find_first, self);
    /* The claim of an earlier describer was lost to a later one, and the walk met the earlier one first. */
    if (self->first.fiber == self->second.fiber && self->first.site == self->second.site)
        self->second = (describer){self->node->fiber, self->node->site};
    const char *address = self->node->address;
    const cr_site *first = self->first.site, *second = self->second.site;
    if (first != second || self->first.fiber == self->second.fiber)
        return cr_fail(err, CR_E_DATA,
                       "two resources have the address '%s': at %s and at %s; give one of them another key",
                       address, cloud_site_text(cx, first), cloud_site_text(cx, second));
    const fiber *a = self->first.fiber, *b = self->second.fiber;
    const char *place = cloud_site_text(cx, first);
    climb(&a, &b, &first, &second);
    return cr_fail(
        err, CR_E_DATA,
        "two resources have the address '%s' (%s): it is described by the component at %s and by that at %s; "
        "give one of them another key",
        address, place, cloud_site_text(cx, first), cloud_site_text(cx, second));
}

/* Nodes that are described no more leave by_id; edges to them go. */
static void retire_nodes(renderer *self) {
    bool any = false;
    for (size_t i = 0; i < self->nodes.length; i++) {
        cloud_node *node = self->nodes.items[i];
        if (node->fiber != NULL) continue;
        if (map_get(&self->dom.by_id, str_of(node->id)) != NULL) any = true;
        map_put(&self->retired, str_of(node->id), node);
    }
    if (!any) return;
    map_release(&self->dom.by_id);
    for (size_t i = 0; i < self->dom.nodes.length; i++) {
        cloud_node *node = self->dom.nodes.items[i];
        map_put(&self->dom.by_id, str_of(node->id), node);
        size_t kept = 0;
        for (size_t k = 0; k < node->edges.length; k++)
            if (node->edges.items[k].to->fiber != NULL) node->edges.items[kept++] = node->edges.items[k];
        node->edges.length = kept;
    }
}

/* ---- the rest ----------------------------------------------------------------------------------------- */

static void collect_assumptions(renderer *self, fiber *f) {
    size_t start = self->dom.assumptions.length;
    for (const fiber_assumption *a = f->assumptions; a != NULL; a = a->next) {
        VEC_PUSH(&self->dom.assumptions, ((cloud_assumption){a->subject, fiber_path(self, f), a->site}));
        VEC_PUSH(&self->assumers, f);
    }
    /* They were noted newest first. */
    cloud_assumption *items = self->dom.assumptions.items;
    for (size_t low = start, high = self->dom.assumptions.length; low + 1 < high; low++) {
        cloud_assumption other = items[--high];
        items[high] = items[low];
        items[low] = other;
    }
}

static void drop_assumptions(renderer *self) {
    size_t kept = 0;
    for (size_t i = 0; i < self->assumers.length; i++) {
        if (self->assumers.items[i]->assumptions == NULL) continue;
        self->assumers.items[kept] = self->assumers.items[i];
        self->dom.assumptions.items[kept++] = self->dom.assumptions.items[i];
    }
    self->assumers.length = self->dom.assumptions.length = kept;
}

static cr_status collect_outputs(renderer *self, fiber *f, cr_error *err) {
    uint32_t count = f->hook_count;
    for (hook *h = f->hooks; h != NULL && count-- != 0; h = h->next) {
        if (h->kind != HOOK_OUTPUT || h->output.name == NULL) continue;
        void **place = map_at(&self->dom.outputs, str_of(h->output.name));
        if (*place != NULL)
            return cr_fail(err, CR_E_DATA, "two stack outputs have the name '%s': the second is at %s",
                           h->output.name, cloud_site_text(self->cx, h->output.site));
        *place = &h->output.value;
    }
    return CR_OK;
}

cr_status commit(renderer *self, cr_error *err) {
    if (!self->structure_changed) {
        if (self->assumptions_gone) drop_assumptions(self);
        self->assumptions_gone = false;
        return CR_OK;
    }
    self->structure_changed = self->assumptions_gone = false;
    self->changed = true;
    cloud_dom *dom = &self->dom;
    VEC_CLEAR(&dom->nodes);
    VEC_CLEAR(&dom->deferred);
    VEC_CLEAR(&dom->assumptions);
    VEC_CLEAR(&self->assumers);
    map_release(&dom->outputs);
    collecting list = {.renderer = self, .slot_count = 16};
    while (list.slot_count < self->nodes.length * 2) list.slot_count *= 2;
    list.slots = mem_zeroed(list.slot_count, sizeof *list.slots);
    bool equal = visit_nodes(self->root, collect, &list);
    mem_free(list.slots);
    if (equal) return equal_addresses(&list, err);
    if (dom->nodes.length != self->nodes.length) retire_nodes(self);
    for (fiber *f = self->root; f != NULL; f = fiber_next(f, self->root, false)) {
        if (f->wait != NULL)
            VEC_PUSH(&dom->deferred,
                     ((cloud_deferred){fiber_path(self, f), f->wait->subject, f->wait->site}));
        if (f->kind != FIBER_COMPONENT) continue;
        collect_assumptions(self, f);
        cr_status status = collect_outputs(self, f, err);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}
