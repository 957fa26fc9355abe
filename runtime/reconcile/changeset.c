#include "reconcile/changeset.h"

#include <string.h>

#include "base/bug.h"
#include "graph/graph.h"
#include "reconcile/reconcile.h"
#include "value/context.h"

void change_set_init(change_set *self) { *self = (change_set){0}; }

void change_set_release(change_set *self) {
    for (size_t i = 0; i < self->changes.length; i++) {
        VEC_RELEASE(&self->changes.items[i]->attributes);
        mem_free(self->changes.items[i]);
    }
    VEC_RELEASE(&self->changes);
    map_release(&self->by_id);
    if (self->order != NULL) {
        graph_release(self->order);
        mem_free(self->order);
    }
    change_set_init(self);
}

const uint32_t *change_set_predecessors(const change_set *set, uint32_t change_index, uint32_t *count) {
    return graph_predecessors(set->order, change_index, count);
}

/* ---- one change -----------------------------------------------------------------------------------------
 */

static change *add_change(reconciling *self, change_kind kind, cloud_node *node, resource_record *record) {
    change *made = mem_zeroed(1, sizeof *made);
    made->kind = kind;
    made->node = node;
    made->record = record;
    made->address = node != NULL ? node->address : record->address;
    if (record != NULL && node != NULL && strcmp(record->id, node->id) != 0)
        made->moved_from = record->address;
    VEC_PUSH(&self->set->changes, made);
    return made;
}

static const drift *drift_of(const reconciling *self, const resource_record *record) {
    return self->drifts != NULL ? map_get(self->drifts, str_of(record->id)) : NULL;
}

/* Why a recorded resource has to be created (again); NULL: it is there. *resumes: the create was under way.
 */
static const char *reason_to_create(reconciling *self, resource_record *record, bool *resumes) {
    const drift *seen = drift_of(self, record);
    if (seen != NULL && seen->gone) return "it is gone";
    if (record->state == RESOURCE_PENDING) return "it was planned and never made";
    if (record->operation == NULL || strcmp(record->operation, "create") != 0) return NULL;
    *resumes = record->state == RESOURCE_APPLYING;
    if (record->state == RESOURCE_APPLYING) return "its creation was interrupted";
    return record->state == RESOURCE_FAILED ? "its creation failed" : NULL;
}

/* Why a resource has to be updated though its props may be the same; NULL: there is no such reason. */
static const char *reason_to_update(const resource_record *record, const drift *seen) {
    if (seen != NULL) return seen->reason != NULL ? seen->reason : "it was changed outside of this program";
    bool replacing = record->operation != NULL && strcmp(record->operation, "delete") == 0;
    if (record->state == RESOURCE_APPLYING)
        return replacing ? "its deletion was interrupted" : "its last update was interrupted";
    if (record->state == RESOURCE_FAILED) return replacing ? "its deletion failed" : "its last update failed";
    return NULL;
}

/* What drifted is put back: the difference is shown from the world to the record. */
static void add_drift(change *one, const drift *seen) {
    for (size_t i = 0; seen != NULL && i < seen->attributes.length; i++) {
        attribute_change attribute = seen->attributes.items[i];
        VEC_PUSH(&one->attributes,
                 ((attribute_change){attribute.path, attribute.after, attribute.before, false}));
    }
}

static bool is_at(const char *path, const char *prop) {
    size_t length = strlen(prop);
    return strncmp(path, prop, length) == 0 &&
           (path[length] == '\0' || path[length] == '.' || path[length] == '[');
}

/* Asks the provider whether the update needs a new resource. */
static cr_status ask_oracle(reconciling *self, change *one, cr_error *err) {
    if (self->oracle == NULL || self->oracle->diff == NULL) return CR_OK;
    cr_diff diff = {.planned_outputs = CR_UNDEFINED, .planned_private = CR_UNDEFINED};
    cr_status status = self->oracle->diff(self->oracle->data, one->node, one->record, &diff, err);
    if (status != CR_OK || !diff.replace) return status;
    one->kind = CHANGE_REPLACE;
    for (size_t i = 0; i < sizeof diff.replace_reasons / sizeof diff.replace_reasons[0]; i++) {
        if (diff.replace_reasons[i] == NULL) break;
        for (size_t k = 0; k < one->attributes.length; k++)
            if (is_at(one->attributes.items[k].path, diff.replace_reasons[i]))
                one->attributes.items[k].forces_replace = true;
    }
    return CR_OK;
}

static void drop_last(reconciling *self, change *one) {
    VEC_RELEASE(&one->attributes);
    mem_free(one);
    self->set->changes.length--;
    self->set->counts[CHANGE_NONE]++;
}

/* The node is what is recorded in `record`, maybe under another address. */
static cr_status compare(reconciling *self, cloud_node *node, resource_record *record, cr_error *err) {
    cr_status status = resource_record_details(self->cx, record, err);
    if (status != CR_OK) return status;
    bool resumes = false;
    const char *reason = reason_to_create(self, record, &resumes);
    if (reason != NULL) {
        change *create = add_change(self, CHANGE_CREATE, node, record);
        create->reason = reason;
        create->resumes = resumes;
        return CR_OK;
    }
    const drift *seen = drift_of(self, record);
    change *one = add_change(self, CHANGE_UPDATE, node, record);
    one->reason = reason_to_update(record, seen);
    one->resumes = record->state == RESOURCE_APPLYING;
    if (node->has_unknown || node->props_hash != record->props_hash)
        diff_values(self, "", record->props, node->props, &one->attributes);
    add_drift(one, seen);
    if (one->attributes.length == 0 && one->reason == NULL) {
        if (one->moved_from == NULL)
            drop_last(self, one);
        else
            one->kind = CHANGE_MOVE;
        return CR_OK;
    }
    return ask_oracle(self, one, err);
}

/* ---- all of them ----------------------------------------------------------------------------------------
 */

static bool is_unchanged(const reconciling *self, const cloud_node *node, const resource_record *record) {
    return record->state == RESOURCE_DEPLOYED && !node->has_unknown &&
           node->props_hash == record->props_hash &&
           (self->drifts == NULL || self->drifts->count == 0 || drift_of(self, record) == NULL);
}

/* Nodes against records of the same id; answers how many records were met. */
static cr_status compare_nodes(reconciling *self, size_t *met, cr_error *err) {
    const cloud_dom *dom = self->dom;
    for (size_t i = 0; i < dom->nodes.length; i++) {
        cloud_node *node = dom->nodes.items[i];
        resource_record *record = self->recorded != NULL ? stack_record_of(self->recorded, node) : NULL;
        if (record == NULL) {
            VEC_PUSH(&self->newcomers, ((newcomer){node, NULL}));
            continue;
        }
        ++*met;
        if (is_unchanged(self, node, record)) {
            self->set->counts[CHANGE_NONE]++;
            continue;
        }
        cr_status status = compare(self, node, record, err);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static bool is_deferred(const reconciling *self, const char *address) {
    for (size_t i = 0; i < self->dom->deferred.length; i++)
        if (cloud_address_is_under(address, self->dom->deferred.items[i].address)) return true;
    return false;
}

static void find_leftovers(reconciling *self, size_t met) {
    const stack_record *recorded = self->recorded;
    if (recorded == NULL || met == recorded->resources.length) return;
    for (size_t i = 0; i < recorded->resources.length; i++) {
        resource_record *record = recorded->resources.items[i];
        str id = {record->id, CLOUD_ID_BYTES - 1};
        if (!self->all_deleted && map_get(&self->dom->by_id, id) != NULL) continue;
        if (map_get(&recorded->by_id, id) != record) continue;
        if (!self->all_deleted && is_deferred(self, record->address))
            self->set->counts[CHANGE_NONE]++;
        else
            VEC_PUSH(&self->leftovers, ((leftover){record, false}));
    }
}

static cr_status compare_newcomers(reconciling *self, cr_error *err) {
    for (size_t i = 0; i < self->newcomers.length; i++) {
        newcomer *fresh = &self->newcomers.items[i];
        if (fresh->record == NULL) {
            add_change(self, CHANGE_CREATE, fresh->node, NULL);
            continue;
        }
        cr_status status = compare(self, fresh->node, fresh->record, err);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static cr_status delete_leftovers(reconciling *self, cr_error *err) {
    for (size_t i = 0; i < self->leftovers.length; i++) {
        leftover *old = &self->leftovers.items[i];
        if (old->taken) continue;
        cr_status status = resource_record_details(self->cx, old->record, err);
        if (status != CR_OK) return status;
        change *one = add_change(self, CHANGE_DELETE, NULL, old->record);
        one->resumes = old->record->state == RESOURCE_APPLYING;
    }
    return CR_OK;
}

static cr_status compute(reconciling *self, cr_error *err) {
    size_t met = 0;
    cr_status status = CR_OK;
    if (!self->all_deleted) {
        status = check_cycles(self, err);
        if (status == CR_OK) status = compare_nodes(self, &met, err);
    }
    if (status != CR_OK) return status;
    find_leftovers(self, met);
    status = find_moves(self, err);
    if (status == CR_OK) status = compare_newcomers(self, err);
    if (status == CR_OK) status = delete_leftovers(self, err);
    return status == CR_OK ? order_changes(self, err) : status;
}

cr_status change_set_compute(cr_context *cx, const cloud_dom *dom, stack_record *recorded, const map *drifts,
                             const change_oracle *oracle, bool all_deleted, change_set *set, cr_error *err) {
    reconciling self = {.cx = cx,
                        .dom = dom,
                        .recorded = recorded,
                        .drifts = drifts,
                        .oracle = oracle,
                        .all_deleted = all_deleted,
                        .set = set};
    MUST(set->changes.length == 0);
    cr_status status = compute(&self, err);
    VEC_RELEASE(&self.newcomers);
    VEC_RELEASE(&self.leftovers);
    map_release(&self.moved);
    if (status != CR_OK) change_set_release(set);
    return status;
}
