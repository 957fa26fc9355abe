#include "deploy/plan.h"

#include <stdio.h>

#include "deploy/refresh.h"
#include "deploy/resource.h"
#include "os/loop.h"
#include "value/context.h"
#include "value/unknown.h"

/* Each round of making a plan makes outputs unknown that were known, or the other way round when a provider
 * changes its mind; a program that is not done after this many goes in circles. */
enum { ROUNDS_MAX = 64 };

/* Outputs that this plan gave a node: planned ones, or unknown ones because it is to be made anew. */
typedef struct override {
    cloud_node *node;
    int round; /* the newest that wanted it */
} override;

typedef struct planner {
    cr_context *cx;
    stack *stack;
    renderer *renderer;
    router *router;
    plan *plan;
    map planned;   /* id -> cr_value *: outputs that the provider planned in this round */
    map overrides; /* id -> override */
    int round;
} planner;

void plan_init(plan *self) {
    *self = (plan){0};
    change_set_init(&self->changes);
}

void plan_release(plan *self) {
    change_set_release(&self->changes);
    for (size_t i = 0; i < self->drifts.length; i++) VEC_RELEASE(&self->drifts.items[i]->attributes);
    VEC_RELEASE(&self->drifts);
    map_release(&self->drift_by_id);
}

/* ---- what providers say -------------------------------------------------------------------------------- */

/* Which library brings a provider for a construct of the users' library. */
static const struct {
    const char *construct, *library;
} bringers[] = {{"LocalFile", "creact/local"},
                {"LocalDirectory", "creact/local"},
                {"LocalCommand", "creact/local"},
                {"LocalProcess", "creact/process"}};

static cr_status no_provider(cr_context *cx, const cloud_node *node, cr_error *err) {
    const char *site = node->site != NULL ? cloud_site_text(cx, node->site) : "";
    for (size_t i = 0; i < sizeof bringers / sizeof bringers[0]; i++)
        if (strcmp(bringers[i].construct, node->construct) == 0)
            return cr_fail(err, CR_E_DATA,
                           "%s: no provider serves '%s' of '%s': import '%s', or register its provider", site,
                           node->construct, node->address, bringers[i].library);
    return cr_fail(err, CR_E_DATA,
                   "%s: no provider serves '%s' of '%s': set 'CReact.cloudProvider', or import 'creact/mock' "
                   "to try it out",
                   site, node->construct, node->address);
}

/* What another provider made than the one that serves the construct now is replaced: noted as a drift that
 * the plan does not list. CR_E_DATA: the other provider is not there to delete it. */
static cr_status check_maker(planner *self, resource_record *record, const router_entry *provider,
                             cr_error *err) {
    if (record->provider == NULL || strcmp(record->provider, provider->type->name) == 0) return CR_OK;
    if (map_get(&self->plan->drift_by_id, str_of(record->id)) != NULL) return CR_OK;
    if (router_find_type(self->router, record->provider) == NULL)
        return cr_fail(err, CR_E_DATA,
                       "'%s' was made by provider '%s', which this program does not have: import it to "
                       "replace what it made",
                       record->address, record->provider);
    drift *switched = HEAP_NEW(self->cx, drift);
    switched->record = record;
    switched->outputs = CR_UNDEFINED;
    switched->reason = "another provider serves it now";
    map_put(&self->plan->drift_by_id, str_of(record->id), switched);
    return CR_OK;
}

/* Every construct has a provider, and its provider has nothing against the props. What is unchanged was
 * checked when it was deployed. */
static cr_status check_nodes(planner *self, cr_error *err) {
    const cloud_dom *dom = renderer_dom(self->renderer);
    const stack_record *recorded = stack_recorded(self->stack);
    for (size_t i = 0; i < dom->nodes.length; i++) {
        const cloud_node *node = dom->nodes.items[i];
        const router_entry *provider = router_find(self->router, node->construct);
        cr_error cause = {0};
        if (provider == NULL) return no_provider(self->cx, node, err);
        resource_record *record = stack_record_of(recorded, node);
        if (record != NULL && check_maker(self, record, provider, err) != CR_OK) return CR_E_DATA;
        if (provider->type->validate == NULL) continue;
        if (record != NULL && record->state == RESOURCE_DEPLOYED && !node->has_unknown &&
            record->props_hash == node->props_hash)
            continue;
        cr_resource resource = resource_of(stack_name(self->stack), node, NULL);
        if (provider->type->validate(provider->provider, &resource, &cause) != CR_OK)
            return cr_fail(err, CR_E_DATA, "%s: '%s': %s", cloud_site_text(self->cx, node->site),
                           node->address, cause.message);
    }
    return CR_OK;
}

static cr_status ask_provider(void *data, const cloud_node *node, resource_record *record, cr_diff *diff,
                              cr_error *err) {
    planner *self = data;
    const router_entry *provider = router_find(self->router, node->construct);
    cr_status status = resource_record_details(self->cx, record, err);
    *diff = (cr_diff){.planned_outputs = CR_UNDEFINED, .planned_private = CR_UNDEFINED};
    if (status != CR_OK || provider == NULL) return status;
    if (record->provider != NULL && strcmp(record->provider, provider->type->name) != 0) {
        diff->replace = true; /* another provider cannot update what this one made */
        return CR_OK;
    }
    if (provider->type->diff == NULL) return CR_OK;
    cr_resource resource = resource_of(stack_name(self->stack), node, record);
    cr_error cause = {0};
    status = provider->type->diff(provider->provider, &resource, diff, &cause);
    if (status != CR_OK) return cr_fail(err, status, "'%s': %s", node->address, cause.message);
    if (diff->planned_outputs != CR_UNDEFINED) {
        cr_value *kept = HEAP_NEW(self->cx, cr_value);
        *kept = diff->planned_outputs;
        map_put(&self->planned, str_of(node->id), kept);
    }
    return CR_OK;
}

/* ---- rounds -------------------------------------------------------------------------------------------- */

/* True when `outputs` are other than what the node has. */
static bool give_outputs(planner *self, cloud_node *node, cr_value outputs) {
    void **at = map_at(&self->overrides, str_of(node->id));
    override *known = *at;
    cr_value now = cloud_node_outputs(self->cx, node);
    if (known != NULL) known->round = self->round;
    if (now == outputs ||
        (now != CR_UNDEFINED && outputs != CR_UNDEFINED && value_equal_deep(self->cx, now, outputs)))
        return false;
    if (known == NULL) {
        known = *at = HEAP_NEW(self->cx, override);
        *known = (override){node, self->round};
    }
    renderer_set_outputs(self->renderer, node, outputs);
    return true;
}

/* Makes the outputs of nodes what they will be by this plan; true when any is different from before. */
static bool give_planned_outputs(planner *self) {
    bool changed = false;
    const stack_record *recorded = stack_recorded(self->stack);
    for (size_t i = 0; i < self->plan->changes.changes.length; i++) {
        const change *c = self->plan->changes.changes.items[i];
        if (c->node == NULL) continue;
        const cr_value *planned = map_get(&self->planned, str_of(c->node->id));
        if (planned == NULL && c->moved_from != NULL && c->kind != CHANGE_REPLACE) {
            /* Under its new address it is what it was: what depends on it is then seen to be unchanged, too.
             */
            changed |= renderer_moved(self->renderer, c->node, c->moved_from);
            changed |= give_outputs(self, c->node, c->record->outputs);
            continue;
        }
        if (planned == NULL && (c->kind == CHANGE_UPDATE || c->kind == CHANGE_MOVE)) continue;
        changed |= give_outputs(self, c->node, planned != NULL ? *planned : CR_UNDEFINED);
    }
    for (size_t i = 0; i < self->overrides.count; i++) {
        const override *known = self->overrides.entries[i].value;
        if (known == NULL || known->round == self->round) continue;
        resource_record *record = map_get(&recorded->by_id, self->overrides.entries[i].key);
        if (record == NULL || resource_record_details(self->cx, record, NULL) != CR_OK) continue;
        changed |= give_outputs(self, known->node, record->outputs); /* not to be made anew after all */
    }
    return changed;
}

static cr_status rounds(planner *self, bool destroy, cr_error *err) {
    change_oracle oracle = {self, ask_provider};
    for (self->round = 0; self->round < ROUNDS_MAX; self->round++) {
        const cloud_dom *dom = renderer_dom(self->renderer);
        bool changed = false;
        cr_status status = destroy ? CR_OK : check_nodes(self, err);
        if (status != CR_OK) return status;
        change_set_release(&self->plan->changes);
        change_set_init(&self->plan->changes);
        map_release(&self->planned);
        self->planned = (map){0};
        self->plan->dom = dom;
        status = change_set_compute(self->cx, dom, stack_recorded(self->stack), &self->plan->drift_by_id,
                                    &oracle, destroy, &self->plan->changes, err);
        if (status != CR_OK || destroy || !give_planned_outputs(self)) return status;
        status = renderer_flush(self->renderer, &changed, err);
        if (status != CR_OK || !changed) return status;
    }
    return cr_fail(err, CR_E_FAILED,
                   "the plan does not settle: what the program describes changes with each look at it");
}

cr_status plan_compute(stack *state, renderer *components, router *providers, const plan_options *options,
                       plan *result, cr_error *err) {
    planner self = {.cx = stack_context(state),
                    .stack = state,
                    .renderer = components,
                    .router = providers,
                    .plan = result};
    os_loop *loop = options->loop != NULL ? options->loop : os_loop_new();
    result->destroy = options->destroy;
    cr_status status = refresh_world(state, providers, options->refresh, loop, result, err);
    if (status == CR_OK) status = rounds(&self, options->destroy, err);
    if (options->loop == NULL) os_loop_free(loop);
    map_release(&self.planned);
    map_release(&self.overrides);
    return status;
}
