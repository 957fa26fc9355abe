#include "deploy/refresh.h"

#include "base/bug.h"
#include "deploy/resource.h"
#include "provider/operation.h"
#include "value/context.h"
#include "value/unknown.h"

/* Reads that run side by side. */
enum { READS_MAX = 32 };

typedef struct refresh refresh;

typedef struct reading {
    refresh *all;
    resource_record *record;
    const router_entry *provider;
} reading;

struct refresh {
    cr_context *cx;
    const char *stack;
    os_loop *loop;
    plan *plan;
    VEC(reading) readings;
    size_t next;
    uint32_t running;
    cr_status status;
    cr_error *err;
};

static void add_attribute(drift *self, const char *path, cr_value before, cr_value after) {
    VEC_PUSH(&self->attributes, ((attribute_change){.path = path, .before = before, .after = after}));
}

/* Which outputs differ, by their names. */
static void compare_outputs(cr_context *cx, drift *self) {
    uint32_t count;
    const cr_string **keys = cr_is_object(self->record->outputs)
                                 ? cr_own_keys(cx, self->record->outputs, &count)
                                 : (count = 0, NULL);
    for (uint32_t i = 0; i < count; i++) {
        cr_value before = cr_own(self->record->outputs, keys[i]), after = cr_own(self->outputs, keys[i]);
        if (!value_equal_deep(cx, before, after))
            add_attribute(self, cr_to_utf8(cx, cr_from_pointer(keys[i]), NULL), before, after);
    }
    keys = cr_own_keys(cx, self->outputs, &count);
    for (uint32_t i = 0; i < count; i++) {
        cr_value after = cr_own(self->outputs, keys[i]);
        bool is_new =
            !cr_is_object(self->record->outputs) || cr_own(self->record->outputs, keys[i]) == CR_UNDEFINED;
        if (is_new && after != CR_UNDEFINED)
            add_attribute(self, cr_to_utf8(cx, cr_from_pointer(keys[i]), NULL), CR_UNDEFINED, after);
    }
}

static void add_drift(refresh *self, resource_record *record, bool gone, cr_value outputs) {
    drift *found = HEAP_NEW(self->cx, drift);
    found->record = record;
    found->gone = gone;
    found->outputs = outputs;
    if (!gone) compare_outputs(self->cx, found);
    if (!gone && found->attributes.length == 0) return;
    VEC_PUSH(&self->plan->drifts, found);
    map_put(&self->plan->drift_by_id, str_of(record->id), found);
}

static void start_next(refresh *self);

static void answered(void *data, const operation_answer *answer) {
    reading *one = data;
    refresh *self = one->all;
    bool gone = answer->outcome == OPERATION_GONE;
    self->running--;
    if (answer->outcome == OPERATION_FAILED && answer->failure == CR_FAILURE_NOT_FOUND) gone = true;
    if (answer->outcome == OPERATION_FAILED && !gone) {
        if (self->status == CR_OK)
            self->status = cr_fail(self->err, CR_E_PROVIDER, "cannot look at '%s': %s", one->record->address,
                                   answer->message);
    } else {
        add_drift(self, one->record, gone, answer->outputs);
    }
    start_next(self);
}

static void start_next(refresh *self) {
    while (self->status == CR_OK && self->running < READS_MAX && self->next < self->readings.length) {
        reading *one = &self->readings.items[self->next++];
        cr_resource resource = resource_of(self->stack, NULL, one->record);
        operation_observer observer = {one, NULL, answered};
        resource.operation = "read";
        resource.props = one->record->props;
        self->running++;
        operation_start(self->cx, self->loop, one->provider, OPERATION_READ, &resource, &observer);
    }
}

/* Only what is there can be read: not what was never made, nor what an interrupted operation left. */
static cr_status add_reading(refresh *self, const router *providers, resource_record *record,
                             refresh_mode mode, cr_error *err) {
    const router_entry *entry;
    if (record->state != RESOURCE_DEPLOYED) return CR_OK;
    if (mode == REFRESH_AUTO && (entry = router_find(providers, record->construct)) != NULL &&
        (entry->type->features & CR_PROVIDER_CHEAP_READ) == 0)
        return CR_OK; /* without looking at the record, of which there may be many */
    cr_status status = resource_record_details(self->cx, record, err);
    if (status != CR_OK) return status;
    status = resource_provider(providers, record, &entry, err);
    if (mode == REFRESH_AUTO && (status != CR_OK || (entry->type->features & CR_PROVIDER_CHEAP_READ) == 0))
        return CR_OK;
    if (status != CR_OK) return status;
    VEC_PUSH(&self->readings, ((reading){self, record, entry}));
    return CR_OK;
}

cr_status refresh_world(stack *state, router *providers, refresh_mode mode, os_loop *loop, plan *into,
                        cr_error *err) {
    refresh self = {
        .cx = stack_context(state), .stack = stack_name(state), .loop = loop, .plan = into, .err = err};
    stack_record *recorded = stack_recorded(state);
    cr_status status = CR_OK;
    if (mode == REFRESH_FALSE) return CR_OK;
    for (size_t i = 0; i < recorded->resources.length && status == CR_OK; i++)
        status = add_reading(&self, providers, recorded->resources.items[i], mode, err);
    if (status == CR_OK) {
        start_next(&self);
        while (self.running > 0)
            MUST(os_loop_turn(loop) || self.running == 0); /* every operation is answered from the loop */
        status = self.status;
    }
    VEC_RELEASE(&self.readings);
    return status;
}
