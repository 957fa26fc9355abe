/* deploy/recover.c: after a crash, what became of the operations that were under way (promise D2).
 *
 * Their intents are in the log, each with its token. The provider that was asked looks at the world: it
 * adopts what was made, finishes what was begun, or finds nothing. Each answer becomes an outcome in the log.
 * A crash in between leaves the rest to the next run. */
#include "base/bug.h"
#include "deploy/deployment.h"
#include "deploy/machine.h"
#include "deploy/resource.h"
#include "os/time.h"
#include "value/context.h"
#include "json/json.h"

typedef struct recovery recovery;

typedef struct interrupted {
    recovery *all;
    resource_record *record;
    const router_entry *provider;
    uint64_t started_ms;
} interrupted;

struct recovery {
    deployment *deployment;
    VEC(interrupted) operations;
    size_t next;
};

static void start_next(recovery *self);

static void tell(interrupted *self, deploy_event_kind kind, const char *what) {
    deployment *all = self->all->deployment;
    deploy_event event = {.kind = kind, .attempt = self->record->attempt};
    event.text = arena_format(&all->cx->runtime->heap, "%s: %s", self->record->address, what);
    event.duration_ms = os_monotonic_ms() - self->started_ms;
    deployment_tell(all, &event);
}

/* An update that did not happen leaves the resource as it was; should it be gone, the next look at it will
 * tell. */
static void nothing_happened(interrupted *self, operation_kind kind) {
    if (kind == OPERATION_UPDATE) {
        const resource_record *record = self->record;
        operation_answer before = {.outputs = record->outputs, .private_data = record->private_data};
        record_deployed(self->all->deployment, self->record, record->props, record->props_hash, &before);
        tell(self, DEPLOY_EVENT_DONE, "was not updated");
        return;
    }
    machine_move(self->record, RESOURCE_PENDING);
    stack_forget(self->all->deployment->stack, self->record);
    tell(self, DEPLOY_EVENT_DONE, kind == OPERATION_DELETE ? "was deleted" : "was not made");
}

static void is_there(interrupted *self, operation_kind kind, const operation_answer *answer) {
    deployment *all = self->all->deployment;
    resource_record *record = self->record;
    cr_value props = record->wanted_props;
    uint64_t hash = record->props_hash;
    if (kind == OPERATION_DELETE) {
        props = record->props;
    } else {
        str_buf scratch;
        str_buf_init(&scratch);
        hash = json_hash64(all->cx, props, &scratch);
        str_buf_release(&scratch);
    }
    record_deployed(all, record, props, hash, answer);
    tell(self, DEPLOY_EVENT_DONE, kind == OPERATION_DELETE ? "is still there" : "was made, and is adopted");
}

static void answered(void *data, const operation_answer *answer) {
    interrupted *self = data;
    deployment *all = self->all->deployment;
    operation_kind kind = operation_kind_of(self->record->operation);
    cr_error cause = {0};
    bool not_found = answer->outcome == OPERATION_FAILED && answer->failure == CR_FAILURE_NOT_FOUND;
    all->busy--;
    if (answer->outcome == OPERATION_GONE || not_found) {
        nothing_happened(self, kind);
    } else if (answer->outcome == OPERATION_DONE) {
        is_there(self, kind, answer);
    } else {
        all->summary->failed++;
        tell(self, DEPLOY_EVENT_FAIL, answer->message);
        deployment_fail(all, CR_E_PROVIDER, "cannot tell what became of '%s': %s", self->record->address,
                        answer->message);
    }
    if (stack_flush(all->stack, &cause) != CR_OK) deployment_fail(all, cause.status, "%s", cause.message);
    for (size_t i = 0; i < all->told.length; i++)
        if (all->observer.event != NULL) all->observer.event(all->observer.data, &all->told.items[i]);
    VEC_CLEAR(&all->told);
    start_next(self->all);
}

static void start_next(recovery *self) {
    deployment *all = self->deployment;
    while (!all->stopping && all->busy < all->options.parallelism && self->next < self->operations.length) {
        interrupted *one = &self->operations.items[self->next++];
        cr_resource resource = resource_of(stack_name(all->stack), NULL, one->record);
        operation_observer observer = {one, NULL, answered};
        one->started_ms = os_monotonic_ms();
        all->busy++;
        operation_start(all->cx, all->loop, one->provider, OPERATION_RECOVER, &resource, &observer);
    }
}

static cr_status find_interrupted(recovery *self, cr_error *err) {
    deployment *all = self->deployment;
    stack_record *recorded = stack_recorded(all->stack);
    for (size_t i = 0; i < recorded->resources.length; i++) {
        interrupted one = {.all = self, .record = recorded->resources.items[i]};
        if (one.record->state != RESOURCE_APPLYING) continue;
        cr_status status = resource_record_details(all->cx, one.record, err);
        if (status == CR_OK &&
            (one.record->operation == NULL || operation_kind_of(one.record->operation) == OPERATION_READ))
            status =
                cr_fail(err, CR_E_DATA, "the record of '%s' is damaged: it does not say what was under way",
                        one.record->address);
        if (status == CR_OK) status = resource_provider(all->router, one.record, &one.provider, err);
        if (status != CR_OK) return status;
        VEC_PUSH(&self->operations, one);
    }
    return CR_OK;
}

cr_status deployment_recover(deployment *self, deploy_summary *summary, cr_error *err) {
    recovery all = {.deployment = self};
    uint64_t started_ms = os_monotonic_ms();
    *summary = (deploy_summary){0};
    self->summary = summary;
    if (self->interrupts > 0) return cr_fail(err, CR_E_INTERRUPTED, "interrupted");
    cr_status status = find_interrupted(&all, err);
    if (status == CR_OK) status = deployment_follow_moves(self, err);
    if (status == CR_OK) {
        start_next(&all);
        deployment_drive(self);
        if (self->interrupts > 0)
            status = cr_fail(err, CR_E_INTERRUPTED, "interrupted");
        else if (self->status != CR_OK)
            status = cr_fail(err, self->status, "%s", self->error.message);
    }
    stack_sweep(self->stack);
    VEC_RELEASE(&all.operations);
    summary->duration_ms = os_monotonic_ms() - started_ms;
    return status;
}
