/* Who waits for whom. A change of a node waits for the changes of all that it needs, directly or through
 * nodes that do not change; a delete waits for the deletes and changes of all that, as recorded, depended on
 * it. */
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "graph/graph.h"
#include "reconcile/reconcile.h"
#include "value/context.h"
#include "value/unknown.h"

enum { NO_CHANGE = -1 };

typedef struct ordering {
    reconciling *all;
    cr_context *cx;
    change **changes; /* sorted by address: the index is the rank */
    uint32_t count;
    int32_t *of_node;  /* by node->index: the change of that node, or NO_CHANGE */
    uint32_t *visited; /* by node->index: 1 + the change whose needs were looked for last */
    uint8_t *merged;   /* by node->index: recorded edges were added */
    bool backward;     /* every edge of the CloudDOM leads to an earlier node, so it has no cycle */
    map by_record;     /* id of a record -> 1 + index of its change */
    graph graph;
    VEC(graph_edge) soft; /* wishes: each is kept unless it would close a cycle */
} ordering;

/* ---- cycles ---------------------------------------------------------------------------------------------
 */

static bool holds_origin(cr_context *cx, cr_value v, const cloud_node *node) {
    const cr_origin *origin = value_origin(cx, v);
    for (uint32_t i = 0; origin != NULL && i < origin->count; i++)
        if (origin->nodes[i] == node) return true;
    return false;
}

/* Appends " through 'env.URL'" when a prop of `node` was made from `needed`. */
static void add_prop_path(cr_context *cx, const cloud_node *node, const cloud_node *needed, str_buf *out) {
    cr_value v = node->props;
    size_t start = out->length;
    str_buf_add_text(out, " through '");
    size_t path = out->length;
    while (cr_is_kind(v, CR_KIND_OBJECT) || cr_is_array(v)) {
        uint32_t count;
        cr_value inner = CR_UNDEFINED;
        if (cr_is_array(v)) {
            for (uint32_t i = 0; i < cr_as_array(v)->length && inner == CR_UNDEFINED; i++) {
                if (!holds_origin(cx, cr_as_array(v)->items[i], needed)) continue;
                inner = cr_as_array(v)->items[i];
                str_buf_add_format(out, "[%u]", (unsigned)i);
            }
        } else if ((cr_heap_of(v)->flags & CR_FLAG_INSTANCE) == 0) {
            const cr_string **keys = cr_own_keys(cx, v, &count);
            for (uint32_t i = 0; i < count && inner == CR_UNDEFINED; i++) {
                if (!holds_origin(cx, cr_own(v, keys[i]), needed)) continue;
                inner = cr_own(v, keys[i]);
                if (out->length != path) str_buf_add_char(out, '.');
                str_buf_add_text(out, cr_to_utf8(cx, cr_from_pointer(keys[i]), NULL));
            }
        }
        if (inner == CR_UNDEFINED) break;
        v = inner;
    }
    if (out->length == path) {
        out->length = start;
        out->bytes[start] = '\0';
    } else {
        str_buf_add_char(out, '\'');
    }
}

static cloud_edge_reason edge_reason(const cloud_node *node, const cloud_node *needed) {
    for (size_t i = 0; i < node->edges.length; i++)
        if (node->edges.items[i].to == needed) return node->edges.items[i].reason;
    return CLOUD_EDGE_RECORDED;
}

/* `cycle` is in the order of doing; the message goes from what needs to what is needed. */
static cr_status report_cycle(reconciling *self, const uint32_t *cycle, uint32_t length, cr_error *err) {
    str_buf text;
    str_buf_init(&text);
    str_buf_add_text(&text, "resources need each other: ");
    cloud_node *const *nodes = self->dom->nodes.items;
    for (uint32_t i = length; i-- != 0;) str_buf_add_format(&text, "'%s' -> ", nodes[cycle[i]]->address);
    str_buf_add_format(&text, "'%s'", nodes[cycle[length - 1]]->address);
    for (uint32_t i = length; i-- != 0;) {
        const cloud_node *node = nodes[cycle[i]], *needed = nodes[cycle[i != 0 ? i - 1 : length - 1]];
        str_buf_add_format(&text, "\n    '%s' (%s) needs '%s'", node->address,
                           cloud_site_text(self->cx, node->site), needed->address);
        if (edge_reason(node, needed) == CLOUD_EDGE_PARENT)
            str_buf_add_text(&text, ", in which it is nested");
        else
            add_prop_path(self->cx, node, needed, &text);
    }
    cr_fail(err, CR_E_DATA, "%s", str_buf_text(&text));
    str_buf_release(&text);
    return CR_E_DATA;
}

static bool is_live(const cloud_dom *dom, const cloud_node *node) {
    return node->index < dom->nodes.length && dom->nodes.items[node->index] == node;
}

/* Does every edge lead to a node that is earlier in the document? Nearly always, and then there is no cycle.
 */
static bool all_backward(const cloud_dom *dom) {
    for (size_t i = 0; i < dom->nodes.length; i++) {
        const cloud_node *node = dom->nodes.items[i];
        for (size_t k = 0; k < node->edges.length; k++)
            if (node->edges.items[k].to->index >= node->index && is_live(dom, node->edges.items[k].to))
                return false;
    }
    return true;
}

cr_status check_cycles(reconciling *self, cr_error *err) {
    if (all_backward(self->dom)) return CR_OK;
    graph needs_graph;
    graph_init(&needs_graph, (uint32_t)self->dom->nodes.length);
    for (size_t i = 0; i < self->dom->nodes.length; i++) {
        const cloud_node *node = self->dom->nodes.items[i];
        for (size_t k = 0; k < node->edges.length; k++) {
            const cloud_edge *edge = &node->edges.items[k];
            if (is_live(self->dom, edge->to) && edge->reason != CLOUD_EDGE_RECORDED)
                graph_add_edge(&needs_graph, edge->to->index, node->index);
        }
    }
    graph_seal(&needs_graph);
    uint32_t length;
    uint32_t *cycle = graph_find_cycle(&needs_graph, &length);
    cr_status status = cycle != NULL ? report_cycle(self, cycle, length, err) : CR_OK;
    mem_free(cycle);
    graph_release(&needs_graph);
    return status;
}

/* ---- what a node needs ----------------------------------------------------------------------------------
 */

/* Does `from` need `to`, directly or through others? */
static bool needs(const cloud_dom *dom, cloud_node *from, const cloud_node *to) {
    VEC(cloud_node *) todo = {0};
    uint8_t *seen = mem_zeroed(dom->nodes.length, 1);
    bool found = false;
    VEC_PUSH(&todo, from);
    while (todo.length != 0 && !found) {
        const cloud_node *node = VEC_POP(&todo);
        if (node == to) found = true;
        for (size_t i = 0; i < node->edges.length; i++) {
            cloud_node *next = node->edges.items[i].to;
            if (!is_live(dom, next) || seen[next->index] != 0) continue;
            seen[next->index] = 1;
            VEC_PUSH(&todo, next);
        }
    }
    mem_free(seen);
    VEC_RELEASE(&todo);
    return found;
}

static cloud_node *node_of_record(const ordering *self, const char *id) {
    cloud_node *node = map_get(&self->all->dom->by_id, str_of(id));
    if (node != NULL) return node;
    uintptr_t found = (uintptr_t)map_get(&self->by_record, str_of(id));
    return found != 0 ? self->changes[found - 1]->node : NULL;
}

/* A node with the props of its last deployment needs what it needed then, also where a value has lost its
 * origin. */
static cr_status merge_recorded(ordering *self, cloud_node *node, resource_record *record, cr_error *err) {
    if (self->merged[node->index] != 0) return CR_OK;
    self->merged[node->index] = 1;
    if (record == NULL || node->has_unknown || record->props_hash != node->props_hash) return CR_OK;
    cr_status status = resource_record_details(self->cx, record, err);
    if (status != CR_OK) return status;
    for (uint32_t i = 0; i < record->depend_count; i++) {
        cloud_node *needed = node_of_record(self, record->depends[i]);
        if (needed == NULL || needed == node || !is_live(self->all->dom, needed)) continue;
        bool backward = needed->index < node->index;
        if (!(self->backward && backward) && needs(self->all->dom, needed, node)) continue;
        if (!backward) self->backward = false;
        cloud_node_add_edge(node, needed, CLOUD_EDGE_RECORDED);
    }
    return CR_OK;
}

static resource_record *record_of(const ordering *self, const cloud_node *node) {
    if (self->of_node[node->index] != NO_CHANGE) return self->changes[self->of_node[node->index]]->record;
    return self->all->recorded != NULL ? stack_record_of(self->all->recorded, node) : NULL;
}

/* Makes `index` wait for the changes of what its node needs. */
static cr_status add_needs(ordering *self, uint32_t index, cr_error *err) {
    VEC(cloud_node *) todo = {0};
    cr_status status = CR_OK;
    VEC_PUSH(&todo, self->changes[index]->node);
    while (todo.length != 0 && status == CR_OK) {
        cloud_node *node = VEC_POP(&todo);
        status = merge_recorded(self, node, record_of(self, node), err);
        for (size_t i = 0; i < node->edges.length && status == CR_OK; i++) {
            cloud_node *needed = node->edges.items[i].to;
            if (!is_live(self->all->dom, needed) || self->visited[needed->index] == index + 1) continue;
            self->visited[needed->index] = index + 1;
            int32_t one = self->of_node[needed->index];
            if (one == NO_CHANGE)
                VEC_PUSH(&todo, needed);
            else
                graph_add_edge(&self->graph, (uint32_t)one, index);
        }
    }
    VEC_RELEASE(&todo);
    return status;
}

/* ---- deletes --------------------------------------------------------------------------------------------
 */

static void add_soft(ordering *self, uint32_t before, uint32_t after) {
    if (before != after) VEC_PUSH(&self->soft, ((graph_edge){before, after}));
}

/* What `index` needed, as recorded, goes only after it. */
static void add_recorded_needs(ordering *self, uint32_t index) {
    const change *one = self->changes[index];
    const resource_record *record = one->record;
    for (uint32_t i = 0; record != NULL && record->detailed && i < record->depend_count; i++) {
        uintptr_t found = (uintptr_t)map_get(&self->by_record, str_of(record->depends[i]));
        if (found == 0) continue;
        uint32_t needed = (uint32_t)found - 1;
        change_kind kind = self->changes[needed]->kind;
        if (kind == CHANGE_DELETE && one->kind == CHANGE_DELETE)
            add_soft(self, index, needed);
        else if (kind == CHANGE_DELETE)
            graph_add_edge(&self->graph, index, needed);
        else if (kind == CHANGE_REPLACE && one->kind == CHANGE_DELETE)
            add_soft(self, index, needed);
    }
}

/* Another construct at the same address may be the same thing in the world: the old one goes first. */
static void add_same_address(ordering *self) {
    for (uint32_t i = 0; i + 1 < self->count; i++) {
        const change *a = self->changes[i], *b = self->changes[i + 1];
        if (strcmp(a->address, b->address) != 0) continue;
        if (a->kind == CHANGE_DELETE)
            add_soft(self, i, i + 1);
        else if (b->kind == CHANGE_DELETE)
            add_soft(self, i + 1, i);
    }
}

/* Adds the soft edges all at once when that closes no cycle, which is nearly always; else one by one. */
static graph *with_soft_edges(ordering *self) {
    VEC(graph_edge) kept = {0};
    VEC(graph_edge) hard = {0};
    for (size_t i = 0; i < self->graph.edges.length; i++) VEC_PUSH(&hard, self->graph.edges.items[i]);
    uint32_t *order = mem_alloc(self->count * sizeof *order);
    size_t next = 0, step = self->soft.length;
    graph *result = NULL;
    for (;;) {
        graph *attempt = mem_alloc(sizeof *attempt);
        graph_init(attempt, self->count);
        for (size_t i = 0; i < hard.length; i++)
            graph_add_edge(attempt, hard.items[i].before, hard.items[i].after);
        for (size_t i = 0; i < kept.length; i++)
            graph_add_edge(attempt, kept.items[i].before, kept.items[i].after);
        for (size_t i = next; i < next + step; i++)
            graph_add_edge(attempt, self->soft.items[i].before, self->soft.items[i].after);
        graph_seal(attempt);
        bool good = graph_order(attempt, order, NULL);
        if (good) {
            for (size_t i = next; i < next + step; i++) VEC_PUSH(&kept, self->soft.items[i]);
            next += step;
            if (next == self->soft.length) {
                result = attempt;
                break;
            }
        } else {
            MUST(step != 0);
            if (step == 1) next++; /* this wish is dropped */
        }
        graph_release(attempt);
        mem_free(attempt);
        /* Halves after a failure, so that few bad edges among many cost few attempts. */
        step = good ? step * 2 : step / 2;
        if (step == 0) step = 1;
        if (step > self->soft.length - next) step = self->soft.length - next;
    }
    mem_free(order);
    VEC_RELEASE(&kept);
    VEC_RELEASE(&hard);
    return result;
}

/* ---- the order ------------------------------------------------------------------------------------------
 */

static int by_address(const void *a, const void *b) {
    const change *x = *(change *const *)a, *y = *(change *const *)b;
    int order = strcmp(x->address, y->address);
    /* At one address there can be a delete and a create, of two constructs. */
    return order != 0 ? order : (x->kind == CHANGE_DELETE) - (y->kind == CHANGE_DELETE);
}

static void ordering_init(ordering *self, reconciling *all) {
    size_t nodes = all->dom->nodes.length;
    *self = (ordering){.all = all, .cx = all->cx, .changes = all->set->changes.items};
    self->count = (uint32_t)all->set->changes.length;
    qsort(self->changes, self->count, sizeof *self->changes, by_address);
    self->of_node = mem_alloc(nodes * sizeof *self->of_node);
    for (size_t i = 0; i < nodes; i++) self->of_node[i] = NO_CHANGE;
    self->visited = mem_zeroed(nodes, sizeof *self->visited);
    self->merged = mem_zeroed(nodes, 1);
    self->backward = all_backward(all->dom);
    graph_init(&self->graph, self->count);
    for (uint32_t i = 0; i < self->count; i++) {
        const change *one = self->changes[i];
        if (one->node != NULL) self->of_node[one->node->index] = (int32_t)i;
        if (one->record != NULL)
            map_put(&self->by_record, str_of(one->record->id), (void *)(uintptr_t)(i + 1));
    }
}

static void ordering_release(ordering *self) {
    mem_free(self->of_node);
    mem_free(self->visited);
    mem_free(self->merged);
    map_release(&self->by_record);
    graph_release(&self->graph);
    VEC_RELEASE(&self->soft);
}

/* Puts the changes into the order in which they run; `wishes` is over the order by address. */
static void apply_order(ordering *self, const graph *wishes) {
    change_set *set = self->all->set;
    uint32_t *order = mem_alloc(self->count * sizeof *order),
             *levels = mem_alloc(self->count * sizeof *levels);
    uint32_t *place = mem_alloc(self->count * sizeof *place);
    change **sorted = mem_alloc(self->count * sizeof *sorted);
    MUST(graph_order(wishes, order, levels));
    for (uint32_t i = 0; i < self->count; i++) {
        place[order[i]] = i;
        sorted[i] = self->changes[order[i]];
        sorted[i]->batch = levels[order[i]];
        if (sorted[i]->batch >= set->batch_count) set->batch_count = sorted[i]->batch + 1;
    }
    set->order = mem_alloc(sizeof *set->order);
    graph_init(set->order, self->count);
    for (uint32_t i = 0; i < self->count; i++) {
        uint32_t count;
        const uint32_t *after = graph_successors(wishes, i, &count);
        for (uint32_t k = 0; k < count; k++) graph_add_edge(set->order, place[i], place[after[k]]);
    }
    graph_seal(set->order);
    memcpy(self->changes, sorted, self->count * sizeof *sorted);
    for (uint32_t i = 0; i < self->count; i++) {
        change *one = self->changes[i];
        set->counts[one->kind]++;
        map_put(&set->by_id, str_of(one->node != NULL ? one->node->id : one->record->id), one);
    }
    mem_free(order);
    mem_free(levels);
    mem_free(place);
    mem_free(sorted);
}

cr_status order_changes(reconciling *all, cr_error *err) {
    ordering self;
    cr_status status = CR_OK;
    if (all->set->changes.length == 0) {
        all->set->order = mem_alloc(sizeof *all->set->order);
        graph_init(all->set->order, 0);
        graph_seal(all->set->order);
        return CR_OK;
    }
    ordering_init(&self, all);
    for (uint32_t i = 0; i < self.count && status == CR_OK; i++) {
        if (self.changes[i]->kind != CHANGE_DELETE) status = add_needs(&self, i, err);
        add_recorded_needs(&self, i);
    }
    if (status == CR_OK) {
        add_same_address(&self);
        graph *wishes = with_soft_edges(&self);
        apply_order(&self, wishes);
        graph_release(wishes);
        mem_free(wishes);
    }
    ordering_release(&self);
    return status;
}
