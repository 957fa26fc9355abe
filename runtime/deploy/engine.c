#include "deploy/engine.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/bug.h"
#include "deploy/deployment.h"
#include "os/time.h"
#include "value/context.h"
#include "value/unknown.h"

deployment *deployment_new(stack *state, renderer *components, router *providers,
                           const deploy_options *options, const deploy_observer *observer) {
    deployment *self = mem_zeroed(1, sizeof *self);
    self->stack = state;
    self->renderer = components;
    self->router = providers;
    self->cx = stack_context(state);
    self->options = *options;
    if (self->options.parallelism == 0) self->options.parallelism = 1;
    if (observer != NULL) self->observer = *observer;
    self->own_loop = options->loop == NULL;
    self->loop = self->own_loop ? os_loop_new() : options->loop;
    return self;
}

void deployment_free(deployment *self) {
    if (self->own_loop) os_loop_free(self->loop);
    VEC_RELEASE(&self->answered);
    VEC_RELEASE(&self->due);
    VEC_RELEASE(&self->starting);
    VEC_RELEASE(&self->told);
    mem_free(self);
}

/* ---- telling ------------------------------------------------------------------------------------------- */

void deployment_tell(deployment *self, const deploy_event *event) { VEC_PUSH(&self->told, *event); }

static void tell_all(deployment *self) {
    for (size_t i = 0; i < self->told.length; i++)
        if (self->observer.event != NULL) self->observer.event(self->observer.data, &self->told.items[i]);
    VEC_CLEAR(&self->told);
}

static void tell_now(deployment *self, deploy_event_kind kind) {
    deploy_event event = {.kind = kind};
    deployment_tell(self, &event);
    tell_all(self);
}

void deployment_fail(deployment *self, cr_status status, const char *format, ...) {
    char message[CR_ERROR_MESSAGE_BYTES_MAX];
    va_list arguments;
    self->stopping = true;
    if (self->status != CR_OK) return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    self->status = cr_fail(&self->error, status, "%s", message);
}

/* ---- interruption -------------------------------------------------------------------------------------- */

void deployment_interrupt(deployment *self) {
    deploy_event event = {.kind = DEPLOY_EVENT_INTERRUPT};
    deployment_tell(self, &event);
    self->interrupts++;
    self->stopping = true;
    if (self->interrupts >= 2 && self->cancelled_ms == 0) self->cancelled_ms = os_monotonic_ms();
    if (self->tasks != NULL) deployment_ask_turn(self);
}

/* Waiting for another attempt makes no sense any more; running operations are cancelled after the second
 * signal. */
static void stop_tasks(deployment *self) {
    for (size_t i = 0; i < self->plan->changes.changes.length; i++) {
        task *one = &self->tasks[i];
        if (one->state == TASK_BACKOFF) {
            task_give_up(one);
            self->busy--;
        }
        if (self->interrupts >= 2 && one->operation != NULL) operation_cancel(one->operation);
    }
}

/* ---- turns --------------------------------------------------------------------------------------------- */

static bool is_over(const task *one) {
    return one->state == TASK_DONE || one->state == TASK_FAILED || one->state == TASK_LEFT;
}

static void settle(deployment *self, task *one) {
    if (!is_over(one)) return;
    self->busy--;
    if (one->state == TASK_DONE) graph_ready_done(&self->ready, one->index);
}

static void take_answers(deployment *self) {
    for (size_t i = 0; i < self->answered.length; i++) {
        task_take_answer(self->answered.items[i]);
        settle(self, self->answered.items[i]);
    }
    VEC_CLEAR(&self->answered);
}

static void take_due(deployment *self) {
    for (size_t i = 0; i < self->due.length; i++)
        if (self->due.items[i]->state == TASK_BACKOFF) task_retry(self->due.items[i]);
    VEC_CLEAR(&self->due);
}

/* The components that read the new outputs render again, and with them the props of what is still to come. */
static void render(deployment *self) {
    cr_error cause = {0};
    cr_status status = renderer_flush(self->renderer, NULL, &cause);
    if (status != CR_OK) deployment_fail(self, status, "%s", cause.message);
}

static void begin_ready(deployment *self) {
    uint32_t index;
    while (!self->stopping && self->busy < self->options.parallelism &&
           graph_ready_pop(&self->ready, &index)) {
        task *one = &self->tasks[index];
        self->busy++;
        task_begin(one);
        settle(self, one);
    }
}

static void start_operations(deployment *self) {
    for (size_t i = 0; i < self->starting.length; i++) {
        task *one = self->starting.items[i];
        deploy_event event = {.kind = DEPLOY_EVENT_START, .change = one->change, .attempt = one->attempt};
        if (one->kind != OPERATION_READ && self->observer.event != NULL)
            self->observer.event(self->observer.data, &event);
        task_start_operation(one);
    }
    VEC_CLEAR(&self->starting);
}

/* The log cannot be written: what runs cannot be recorded any more, so it is left as after a crash. */
static void abandon(deployment *self) {
    self->abandoned = true;
    for (size_t i = 0; i < self->plan->changes.changes.length; i++) {
        task *one = &self->tasks[i];
        if (one->operation != NULL) operation_abandon(one->operation);
        if (one->backoff != NULL) os_timer_stop(one->backoff);
        one->backoff = NULL;
    }
    self->busy = 0;
    VEC_CLEAR(&self->starting);
}

static void turn(void *data) {
    deployment *self = data;
    cr_error cause = {0};
    self->turn_asked = false;
    if (self->tasks == NULL || self->abandoned) return;
    take_answers(self);
    take_due(self);
    if (self->stopping) stop_tasks(self);
    render(self);
    begin_ready(self);
    if (stack_flush(self->stack, &cause) != CR_OK) {
        deployment_fail(self, CR_E_IO, "%s", cause.message);
        self->error.status = self->status = cause.status;
        snprintf(self->error.message, sizeof self->error.message, "%s", cause.message);
        abandon(self);
        return;
    }
    tell_all(self);
    start_operations(self);
}

void deployment_ask_turn(deployment *self) {
    if (self->turn_asked) return;
    self->turn_asked = true;
    os_loop_defer(self->loop, turn, self);
}

static void tick(void *data) {
    deployment *self = data;
    if (self->observer.tick != NULL) self->observer.tick(self->observer.data);
    if (self->tasks == NULL || self->abandoned || self->cancelled_ms == 0) return;
    if (os_monotonic_ms() - self->cancelled_ms > CANCEL_GRACE_MS) abandon(self);
}

void deployment_drive(deployment *self) {
    os_timer *ticker = os_timer_start(self->loop, TICK_MS, TICK_MS, tick, self);
    while (self->busy > 0 || self->turn_asked) os_loop_turn(self->loop);
    os_timer_stop(ticker);
}

/* ---- a wave -------------------------------------------------------------------------------------------- */

static void make_tasks(deployment *self, const plan *wave) {
    size_t count = wave->changes.changes.length;
    self->plan = wave;
    self->abandoned = false;
    self->tasks = mem_zeroed(count + 1, sizeof *self->tasks);
    for (size_t i = 0; i < count; i++) {
        self->tasks[i].all = self;
        self->tasks[i].change = wave->changes.changes.items[i];
        self->tasks[i].index = (uint32_t)i;
    }
    graph_ready_init(&self->ready, wave->changes.order);
}

/* What was not started because the run stopped; what waits for the next wave is no failure, and not
 * mentioned. */
static void skip_rest(deployment *self) {
    for (size_t i = 0; self->stopping && i < self->plan->changes.changes.length; i++) {
        task *one = &self->tasks[i];
        if (one->state != TASK_WAITING) continue;
        one->state = TASK_SKIPPED;
        self->summary->skipped++;
        task_tell(one, DEPLOY_EVENT_SKIP, NULL);
    }
}

/* The id that the resource has now; `id` itself when it has not moved. */
static const char *id_after_moves(const stack_record *recorded, const char *id) {
    for (size_t i = 0; i < recorded->moved.count && map_get(&recorded->by_id, str_of(id)) == NULL; i++) {
        const resource_record *moved = map_get(&recorded->moved, str_of(id));
        if (moved == NULL) break;
        id = moved->id;
    }
    return id;
}

cr_status deployment_follow_moves(deployment *self, cr_error *err) {
    stack_record *recorded = stack_recorded(self->stack);
    cr_status status = CR_OK;
    if (recorded->moved.count == 0) return CR_OK;
    for (size_t i = 0; i < recorded->resources.length && status == CR_OK; i++) {
        resource_record *record = recorded->resources.items[i];
        bool changed = false;
        if (record->gone) continue;
        status = resource_record_details(self->cx, record, err);
        for (uint32_t k = 0; status == CR_OK && k < record->depend_count; k++) {
            const char *now = id_after_moves(recorded, record->depends[k]);
            changed |= now != record->depends[k];
            record->depends[k] = now;
        }
        if (changed) stack_put(self->stack, record);
    }
    if (status == CR_OK) status = stack_flush(self->stack, err);
    if (status == CR_OK) map_release(&recorded->moved);
    return status;
}

static cr_status begin(deployment *self, cr_error *err) {
    if (self->begun) return CR_OK;
    stack_begin(self->stack);
    cr_status status = stack_flush(self->stack, err);
    self->begun = status == CR_OK;
    if (self->begun) tell_now(self, DEPLOY_EVENT_BEGIN);
    return status;
}

cr_status deployment_run(deployment *self, const plan *wave, deploy_summary *summary, cr_error *err) {
    uint64_t started_ms = os_monotonic_ms();
    *summary = (deploy_summary){0};
    self->summary = summary;
    if (self->interrupts > 0) return cr_fail(err, CR_E_INTERRUPTED, "interrupted");
    if (change_set_is_empty(&wave->changes)) return CR_OK;
    cr_status status = begin(self, err);
    if (status != CR_OK) return status;
    make_tasks(self, wave);
    deployment_ask_turn(self);
    deployment_drive(self);
    skip_rest(self);
    tell_all(self);
    if (!self->abandoned) {
        cr_error cause = {0};
        status = deployment_follow_moves(self, &cause);
        if (status != CR_OK) deployment_fail(self, status, "%s", cause.message);
    }
    stack_sweep(self->stack);
    graph_ready_release(&self->ready);
    mem_free(self->tasks);
    self->tasks = NULL;
    self->plan = NULL;
    summary->duration_ms = os_monotonic_ms() - started_ms;
    if (self->interrupts > 0 && (self->status == CR_OK || self->status == CR_E_PROVIDER))
        return cr_fail(err, CR_E_INTERRUPTED, "interrupted");
    if (self->status == CR_OK) return CR_OK;
    return cr_fail(err, self->status, "%s", self->error.message);
}

/* ---- the end ------------------------------------------------------------------------------------------- */

/* What is recorded under a name that `now` does not have is dropped. */
static void drop_named(deployment *self, const map *recorded, const map *now,
                       void (*put)(stack *, const char *, cr_value)) {
    for (size_t i = 0; i < recorded->count; i++) {
        str name = recorded->entries[i].key;
        if (recorded->entries[i].value == NULL || map_get(now, name) != NULL) continue;
        char *text = mem_copy_text(name.bytes, name.length);
        put(self->stack, text, CR_UNDEFINED);
        mem_free(text);
    }
}

static void put_named(deployment *self, const map *now, void (*put)(stack *, const char *, cr_value)) {
    for (size_t i = 0; i < now->count; i++) {
        const map_entry *entry = &now->entries[i];
        if (entry->value == NULL || value_has_unknown(self->cx, *(cr_value *)entry->value)) continue;
        char *text = mem_copy_text(entry->key.bytes, entry->key.length);
        put(self->stack, text, *(cr_value *)entry->value);
        mem_free(text);
    }
}

cr_status deployment_end(deployment *self, cr_error *err) {
    const stack_record *recorded = stack_recorded(self->stack);
    bool destroyed = recorded->resources.length == 0 && strcmp(recorded->operation, "destroy") == 0;
    map components = {0}, none = {0};
    if (!destroyed) renderer_component_state(self->renderer, &components);
    const map *outputs = destroyed ? &none : &renderer_dom(self->renderer)->outputs;
    put_named(self, &components, stack_put_component);
    drop_named(self, &recorded->components, &components, stack_put_component);
    put_named(self, outputs, stack_put_output);
    drop_named(self, &recorded->outputs, outputs, stack_put_output);
    map_release(&components);
    if (recorded->interrupted) stack_end(self->stack);
    cr_status status = stack_flush(self->stack, err);
    if (status == CR_OK) status = stack_tidy(self->stack, err);
    if (status == CR_OK) tell_now(self, DEPLOY_EVENT_END);
    return status;
}
