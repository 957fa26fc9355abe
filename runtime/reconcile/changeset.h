/* reconcile/changeset.h: the difference between what is recorded and what the program describes.
 *
 *     change_set_compute(cx, dom, recorded, hooks, &set, err) -> read set -> change_set_release
 *
 * Creates, updates, replaces, deletes, moves; for each its attribute-level differences; the order in which they
 * run and the batches that could run side by side (Kahn's algorithm, ties by address; ARCHITECTURE.md sec. 5).
 * Deletes run in reverse order of the recorded graph, after the updates of what depended on them. Nothing under
 * a deferred component is deleted. Errors: a cycle (CR_E_DATA, printed with source lines).
 *
 * A resource that moved is new to the renderer, so its outputs are unknown in the first render. The caller gives
 * each node with `moved_from` the outputs of its record (renderer_set_outputs) before it renders and computes
 * again: what depends on it then has the props that it had, and is seen to have moved, too.                  */
#ifndef CREACT_CHANGESET_H
#define CREACT_CHANGESET_H

#include "clouddom/clouddom.h"
#include "clouddom/record.h"
#include "creact/provider.h"

/* X(NAME, sign in the plan, JSON name) */
#define CHANGE_KIND_LIST(X)                                                                                   \
    X(NONE, " ", "no-op") X(CREATE, "+", "create") X(UPDATE, "~", "update") X(REPLACE, "-/+", "replace")      \
    X(DELETE, "-", "delete") X(MOVE, ">", "move")

typedef enum change_kind {
#define X(name, sign, json) CHANGE_##name,
    CHANGE_KIND_LIST(X)
#undef X
} change_kind;

/* One changed attribute. before/after are CR_UNDEFINED when absent; after may be unknown. */
typedef struct attribute_change {
    const char *path; /* "env.PORT", "rules[2].port" */
    cr_value before, after;
    bool forces_replace;
} attribute_change;

typedef VEC(attribute_change) attribute_list;

typedef struct change {
    change_kind kind;
    cloud_node *node;        /* NULL for a delete */
    resource_record *record; /* NULL for a create */
    const char *address;     /* of the node, or of the record for a delete */
    const char *moved_from;  /* an update, replace or move of a resource that had another address */
    const char *reason;      /* why: "tainted by a failed create", "gone from the world", … or NULL */
    attribute_list attributes;
    uint32_t batch; /* index into batches */
    bool resumes;   /* finishes an operation that was interrupted (record->operation) */
} change;

/* What refresh saw of one recorded resource (promise D5). */
typedef struct drift {
    resource_record *record;
    bool gone;
    cr_value outputs; /* as read now */
    const char *reason; /* of the update that puts it right; NULL: it was changed outside of this program */
    attribute_list attributes;
} drift;

typedef struct change_set {
    VEC(change *) changes; /* all but NONE, in deployment order */
    uint32_t batch_count;     /* change.batch is below it */
    uint32_t counts[CHANGE_MOVE + 1]; /* a count for each kind, NONE included */
    map by_id; /* id -> change, NONE excluded */
    struct graph *order; /* who waits for whom, over indexes into changes */
} change_set;

/* Asks the provider of `node` about a changed prop (its cr_provider_type.diff); NULL: any change is an update. */
typedef struct change_oracle {
    void *data;
    cr_status (*diff)(void *data, const cloud_node *node, resource_record *record, cr_diff *diff, cr_error *err);
} change_oracle;

/* Compares. `drifts` maps a record's id to its drift (NULL: no refresh); a resource that is gone is created
 * again. `all_deleted` compares with an empty program (destroy). */
cr_status change_set_compute(cr_context *cx, const cloud_dom *dom, stack_record *recorded, const map *drifts,
                             const change_oracle *oracle, bool all_deleted, change_set *set, cr_error *err);
void change_set_init(change_set *self);
void change_set_release(change_set *self);
static inline bool change_set_is_empty(const change_set *self) { return self->changes.length == 0; }

/* The changes that must be done before `self` may start, as indexes into set->changes: a create or update after
 * those of the nodes it needs; a delete after the changes and deletes of all that depended on it. */
const uint32_t *change_set_predecessors(const change_set *set, uint32_t change_index, uint32_t *count);

#endif
