/* reconcile/reconcile.h: what the files of this room share.
 *
 *     changeset.c  finds what changed        diff.c   attribute-level differences
 *     moves.c      pairs renamed resources   order.c  dependencies among changes, order, batches, cycles       */
#ifndef CREACT_RECONCILE_H
#define CREACT_RECONCILE_H

#include "reconcile/changeset.h"

/* A node that has no record under its id. */
typedef struct newcomer {
    cloud_node *node;
    resource_record *record; /* of the resource that it was under another address, or NULL */
} newcomer;

/* A record whose id no node has. */
typedef struct leftover {
    resource_record *record;
    bool taken; /* a newcomer is what became of it */
} leftover;

typedef struct reconciling {
    cr_context *cx;
    const cloud_dom *dom;
    stack_record *recorded; /* may be NULL */
    const map *drifts;      /* may be NULL */
    const change_oracle *oracle;
    bool all_deleted;
    change_set *set;
    VEC(newcomer) newcomers; /* in document order */
    VEC(leftover) leftovers; /* in recorded order, without what is under a deferred component */
    map moved; /* old address -> cloud_node */
} reconciling;

/* ---- diff.c */

/* Appends what differs between two clean values; `path` is that of the values ("" for props as a whole). */
void diff_values(reconciling *self, const char *path, cr_value before, cr_value after, attribute_list *out);
/* Could `after`, once its unknowns are known, be equal to `before`? */
bool values_compatible(reconciling *self, cr_value before, cr_value after);

/* ---- moves.c */

/* Pairs newcomers with leftovers. */
cr_status find_moves(reconciling *self, cr_error *err);

/* ---- order.c */

/* Refuses cycles among the nodes of the CloudDOM. */
cr_status check_cycles(reconciling *self, cr_error *err);
/* Orders set->changes, and fills in batches, `order` and by_id. */
cr_status order_changes(reconciling *self, cr_error *err);

#endif
