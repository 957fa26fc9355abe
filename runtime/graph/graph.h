/* graph/graph.h: a directed graph over the numbers 0 … node_count-1, and what deployments ask of one.
 *
 * An edge (before, after) says that `before` must be done before `after` may start. Built once, then only read.
 *
 * Calling sequence:  graph_init -> graph_add_edge* -> graph_seal -> (all the rest)* -> graph_release
 * Cost: sealing, ordering and finding a cycle are O(V + E); the order has ties by number, which costs a heap.
 * Ownership: the graph owns its edges; lists that it hands out are borrowed and good until graph_release.    */
#ifndef CREACT_GRAPH_H
#define CREACT_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

typedef struct graph_edge {
    uint32_t before, after;
} graph_edge;

typedef struct graph {
    uint32_t node_count;
    bool sealed;
    VEC(graph_edge) edges; /* until sealed */
    /* Sealed: the neighbours of node n are list[start[n]] … list[start[n + 1] - 1], in the order of their adding. */
    uint32_t *successor_start, *successors;
    uint32_t *predecessor_start, *predecessors;
} graph;

void graph_init(graph *self, uint32_t node_count);
void graph_release(graph *self);
/* An edge from a node to itself is kept: it is a cycle. */
void graph_add_edge(graph *self, uint32_t before, uint32_t after);
/* Makes the adjacency lists, each edge once. */
void graph_seal(graph *self);

const uint32_t *graph_successors(const graph *self, uint32_t node, uint32_t *count);
const uint32_t *graph_predecessors(const graph *self, uint32_t node, uint32_t *count);

/* Kahn's algorithm (A. B. Kahn, "Topological sorting of large networks", 1962): node_count numbers into `order`,
 * of several that could come next the smallest first. levels[n] (may be NULL) is the length of the longest path
 * to n: nodes of one level can run side by side. False: there is a cycle; `order` and `levels` are then unusable. */
bool graph_order(const graph *self, uint32_t *order, uint32_t *levels);

/* The members of one cycle, each before the next, the last before the first; *length of them, to be freed with
 * mem_free. NULL: there is none. Of several cycles, one through the smallest number that is on any. */
uint32_t *graph_find_cycle(const graph *self, uint32_t *length);


/* ---- what may start now --------------------------------------------------------------------------------
 * graph_ready_init -> (graph_ready_pop | graph_ready_done)* -> graph_ready_release
 * A node is ready when all its predecessors are done; of several the smallest is popped first.               */
typedef struct graph_ready {
    const graph *graph; /* borrowed */
    uint32_t *waiting;  /* for each node: how many predecessors are not done */
    VEC(uint32_t) heap; /* ready and not popped, a binary heap */
} graph_ready;

void graph_ready_init(graph_ready *self, const graph *of);
void graph_ready_release(graph_ready *self);
/* The next ready node in *node; false: none is ready now. */
bool graph_ready_pop(graph_ready *self, uint32_t *node);
/* `node`, which was popped before, is done. */
void graph_ready_done(graph_ready *self, uint32_t node);

#endif
