#include "graph/graph.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"

void graph_init(graph *self, uint32_t node_count) {
    *self = (graph){0};
    self->node_count = node_count;
}

void graph_release(graph *self) {
    VEC_RELEASE(&self->edges);
    mem_free(self->successor_start);
    mem_free(self->successors);
    mem_free(self->predecessor_start);
    mem_free(self->predecessors);
    *self = (graph){0};
}

void graph_add_edge(graph *self, uint32_t before, uint32_t after) {
    MUST(!self->sealed && before < self->node_count && after < self->node_count);
    VEC_PUSH(&self->edges, ((graph_edge){before, after}));
}

/* Fills one adjacency list by counting sort: of each edge, `key` says whose list it is in. */
static void fill_lists(const graph *self, bool by_before, uint32_t **start_out, uint32_t **list_out) {
    uint32_t *start = mem_zeroed((size_t)self->node_count + 2, sizeof *start);
    uint32_t *list = mem_alloc(self->edges.length * sizeof *list);
    for (size_t i = 0; i < self->edges.length; i++) {
        const graph_edge *edge = &self->edges.items[i];
        start[(by_before ? edge->before : edge->after) + 2]++;
    }
    for (uint32_t n = 0; n < self->node_count; n++) start[n + 2] += start[n + 1];
    for (size_t i = 0; i < self->edges.length; i++) {
        const graph_edge *edge = &self->edges.items[i];
        uint32_t key = by_before ? edge->before : edge->after;
        list[start[key + 1]++] = by_before ? edge->after : edge->before;
    }
    *start_out = start;
    *list_out = list;
}

/* Leaves the first of equal edges. */
static void drop_duplicates(graph *self) {
    uint32_t *seen_from =
        mem_zeroed(self->node_count, sizeof *seen_from); /* 1 + the node that listed it last */
    uint32_t *start, *list;
    fill_lists(self, true, &start, &list);
    VEC_CLEAR(&self->edges);
    for (uint32_t n = 0; n < self->node_count; n++) {
        for (uint32_t i = start[n]; i < start[n + 1]; i++) {
            if (seen_from[list[i]] == n + 1) continue;
            seen_from[list[i]] = n + 1;
            VEC_PUSH(&self->edges, ((graph_edge){n, list[i]}));
        }
    }
    mem_free(seen_from);
    mem_free(start);
    mem_free(list);
}

void graph_seal(graph *self) {
    MUST(!self->sealed && self->edges.length < UINT32_MAX);
    drop_duplicates(self);
    fill_lists(self, true, &self->successor_start, &self->successors);
    fill_lists(self, false, &self->predecessor_start, &self->predecessors);
    VEC_RELEASE(&self->edges);
    self->sealed = true;
}

const uint32_t *graph_successors(const graph *self, uint32_t node, uint32_t *count) {
    MUST(self->sealed && node < self->node_count);
    *count = self->successor_start[node + 1] - self->successor_start[node];
    return self->successors + self->successor_start[node];
}

const uint32_t *graph_predecessors(const graph *self, uint32_t node, uint32_t *count) {
    MUST(self->sealed && node < self->node_count);
    *count = self->predecessor_start[node + 1] - self->predecessor_start[node];
    return self->predecessors + self->predecessor_start[node];
}

bool graph_order(const graph *self, uint32_t *order, uint32_t *levels) {
    graph_ready ready;
    graph_ready_init(&ready, self);
    if (levels != NULL) memset(levels, 0, self->node_count * sizeof *levels);
    uint32_t done = 0, node;
    while (graph_ready_pop(&ready, &node)) {
        order[done++] = node;
        graph_ready_done(&ready, node);
        if (levels == NULL) continue;
        uint32_t count;
        const uint32_t *after = graph_successors(self, node, &count);
        for (uint32_t i = 0; i < count; i++)
            if (levels[after[i]] <= levels[node]) levels[after[i]] = levels[node] + 1;
    }
    graph_ready_release(&ready);
    return done == self->node_count;
}

/* ---- cycles ------------------------------------------------------------------------------------------- */

/* A path of the depth-first search: the nodes on it, and for each which successor comes next. */
typedef struct search {
    const graph *graph;
    uint32_t *path, *next;
    uint32_t length;
    uint8_t *mark; /* 0 not seen, 1 on the path, 2 finished without a cycle */
} search;

static void enter(search *self, uint32_t node) {
    self->mark[node] = 1;
    self->path[self->length] = node;
    self->next[self->length++] = 0;
}

/* Follows edges from `root`; the number of path entries that the cycle starts at, or UINT32_MAX. */
static uint32_t search_from(search *self, uint32_t root) {
    enter(self, root);
    while (self->length != 0) {
        uint32_t top = self->length - 1, count;
        const uint32_t *after = graph_successors(self->graph, self->path[top], &count);
        if (self->next[top] == count) {
            self->mark[self->path[top]] = 2;
            self->length--;
            continue;
        }
        uint32_t node = after[self->next[top]++];
        if (self->mark[node] == 0) {
            enter(self, node);
        } else if (self->mark[node] == 1) {
            uint32_t start = top;
            while (self->path[start] != node) start--;
            return start;
        }
    }
    return UINT32_MAX;
}

uint32_t *graph_find_cycle(const graph *self, uint32_t *length) {
    search walk = {.graph = self};
    walk.path = mem_alloc(self->node_count * sizeof *walk.path);
    walk.next = mem_alloc(self->node_count * sizeof *walk.next);
    walk.mark = mem_zeroed(self->node_count, 1);
    uint32_t *cycle = NULL;
    *length = 0;
    for (uint32_t root = 0; root < self->node_count && cycle == NULL; root++) {
        if (walk.mark[root] != 0) continue;
        uint32_t start = search_from(&walk, root);
        if (start == UINT32_MAX) continue;
        *length = walk.length - start;
        cycle = mem_alloc(*length * sizeof *cycle);
        memcpy(cycle, walk.path + start, *length * sizeof *cycle);
    }
    mem_free(walk.path);
    mem_free(walk.next);
    mem_free(walk.mark);
    return cycle;
}

/* ---- what may start now ------------------------------------------------------------------------------- */

static void heap_push(graph_ready *self, uint32_t node) {
    VEC_PUSH(&self->heap, node);
    uint32_t *heap = self->heap.items;
    for (size_t i = self->heap.length - 1; i != 0 && heap[(i - 1) / 2] > heap[i]; i = (i - 1) / 2) {
        uint32_t up = heap[(i - 1) / 2];
        heap[(i - 1) / 2] = heap[i];
        heap[i] = up;
    }
}

static uint32_t heap_pop(graph_ready *self) {
    uint32_t *heap = self->heap.items, smallest = heap[0], last = VEC_POP(&self->heap);
    size_t count = self->heap.length, i = 0;
    while (count != 0) {
        size_t child = 2 * i + 1;
        if (child + 1 < count && heap[child + 1] < heap[child]) child++;
        if (child >= count || heap[child] >= last) break;
        heap[i] = heap[child];
        i = child;
    }
    if (count != 0) heap[i] = last;
    return smallest;
}

void graph_ready_init(graph_ready *self, const graph *of) {
    MUST(of->sealed);
    *self = (graph_ready){.graph = of};
    self->waiting = mem_alloc(of->node_count * sizeof *self->waiting);
    for (uint32_t n = 0; n < of->node_count; n++) {
        self->waiting[n] = of->predecessor_start[n + 1] - of->predecessor_start[n];
        if (self->waiting[n] == 0) heap_push(self, n);
    }
}

void graph_ready_release(graph_ready *self) {
    mem_free(self->waiting);
    VEC_RELEASE(&self->heap);
    *self = (graph_ready){0};
}

bool graph_ready_pop(graph_ready *self, uint32_t *node) {
    if (self->heap.length == 0) return false;
    *node = heap_pop(self);
    return true;
}

void graph_ready_done(graph_ready *self, uint32_t node) {
    uint32_t count;
    const uint32_t *after = graph_successors(self->graph, node, &count);
    for (uint32_t i = 0; i < count; i++) {
        MUST(self->waiting[after[i]] != 0);
        if (--self->waiting[after[i]] == 0) heap_push(self, after[i]);
    }
}
