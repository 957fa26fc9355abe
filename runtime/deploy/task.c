#include <inttypes.h>
#include <stdio.h>

#include "base/bug.h"
#include "base/hash.h"
#include "deploy/deployment.h"
#include "deploy/machine.h"
#include "deploy/resource.h"
#include "os/time.h"
#include "value/context.h"
#include "json/json.h"

/* ---- small things -------------------------------------------------------------------------------------- */

void task_tell(task *self, deploy_event_kind kind, const char *text) {
    deploy_event event = {.kind = kind, .change = self->change, .text = text, .attempt = self->attempt};
    if (kind == DEPLOY_EVENT_DONE)
        event.duration_ms = self->started_ms != 0 ? os_monotonic_ms() - self->started_ms : 0;
    deployment_tell(self->all, &event);
}

static const char *keep_text(task *self, const char *text) {
    return arena_copy_text(&self->all->cx->runtime->heap, text, strlen(text));
}

static bool is_drifted(const task *self) {
    return self->record != NULL && map_get(&self->all->plan->drift_by_id, str_of(self->record->id)) != NULL;
}

/* For the next plan, which is another one than this. */
static void leave(task *self, const char *why) {
    self->state = TASK_LEFT;
    self->message = why;
    self->all->summary->outdated = true;
}

static void done(task *self) {
    self->state = TASK_DONE;
    self->all->summary->done[self->change->kind]++;
    task_tell(self, DEPLOY_EVENT_DONE, NULL);
}

static void fail(task *self, const char *message) {
    self->state = TASK_FAILED;
    self->message = keep_text(self, message);
    self->all->summary->failed++;
    task_tell(self, DEPLOY_EVENT_FAIL, self->message);
    deployment_fail(self->all, CR_E_PROVIDER, "%s of '%s' failed: %s", operation_kind_name(self->kind),
                    self->change->address, message);
}

/* ---- intents ------------------------------------------------------------------------------------------- */

static void add_field(str_buf *text, const char *field) { str_buf_add(text, field, strlen(field) + 1); }

/* The idempotency token of an operation: the same for every attempt, another for every other intent. */
static const char *make_token(task *self, const char *operation, uint64_t wanted_hash) {
    const stack_record *recorded = stack_recorded(self->all->stack);
    char number[48], token[17];
    str_buf text;
    str_buf_init(&text);
    add_field(&text, recorded->lineage);
    add_field(&text, self->record->id);
    add_field(&text, operation);
    snprintf(number, sizeof number, "%016" PRIx64 " %u", wanted_hash, (unsigned)recorded->deployment);
    add_field(&text, number);
    snprintf(token, sizeof token, "%016" PRIx64, hash_bytes(text.bytes, text.length));
    str_buf_release(&text);
    return keep_text(self, token);
}

/* Is this the operation that failed the last time, wanted with the same props? Its token then is good again:
 * should it have happened after all, the provider can know. */
static bool repeats_failed(task *self, const char *operation, cr_value wanted) {
    const resource_record *record = self->record;
    cr_context *cx = self->all->cx;
    if (record->state != RESOURCE_FAILED || record->operation == NULL || record->token == NULL) return false;
    if (strcmp(record->operation, operation) != 0) return false;
    if (wanted == CR_UNDEFINED || record->wanted_props == CR_UNDEFINED) return wanted == record->wanted_props;
    str_buf scratch;
    str_buf_init(&scratch);
    bool same = json_hash64(cx, wanted, &scratch) == json_hash64(cx, record->wanted_props, &scratch);
    str_buf_release(&scratch);
    return same;
}

static void record_edges(task *self) {
    const cloud_node *node = self->change->node;
    resource_record *record = self->record;
    record->depends = HEAP_ARRAY(self->all->cx, const char *, node->edges.length + 1);
    record->depend_count = 0;
    for (size_t i = 0; i < node->edges.length; i++)
        record->depends[record->depend_count++] = node->edges.items[i].to->id;
}

/* Records what is about to be done. The operation starts when that is durable (D2). */
static void intend(task *self, operation_kind kind) {
    const cloud_node *node = kind == OPERATION_DELETE ? NULL : self->change->node;
    resource_record *record = self->record;
    cr_value wanted = node != NULL ? node->props : CR_UNDEFINED;
    const char *operation = operation_kind_name(kind);
    if (!repeats_failed(self, operation, wanted))
        record->token = make_token(self, operation, node != NULL ? node->props_hash : 0);
    machine_move(record, RESOURCE_APPLYING);
    record->operation = operation;
    record->wanted_props = wanted;
    record->attempt = self->attempt = 1;
    if (node != NULL) record_edges(self);
    if (kind == OPERATION_CREATE) {
        record->provider = self->provider->type->name;
        record->props = record->outputs = record->private_data = CR_UNDEFINED;
        record->props_hash = 0;
    }
    stack_put(self->all->stack, record);
    self->kind = kind;
    self->state = TASK_READY;
    VEC_PUSH(&self->all->starting, self);
}

void task_retry(task *self) {
    self->attempt++;
    self->state = self->kind == OPERATION_READ ? TASK_READING : TASK_READY;
    if (self->kind != OPERATION_READ) {
        machine_move(self->record, RESOURCE_APPLYING);
        self->record->attempt = self->attempt;
        stack_put(self->all->stack, self->record);
    }
    VEC_PUSH(&self->all->starting, self);
}

/* ---- beginning ----------------------------------------------------------------------------------------- */

static void read_first(task *self) {
    self->kind = OPERATION_READ;
    self->state = TASK_READING;
    self->attempt = 1;
    VEC_PUSH(&self->all->starting, self);
}

static void new_record(task *self) {
    const cloud_node *node = self->change->node;
    resource_record *record = HEAP_NEW(self->all->cx, resource_record);
    memcpy(record->id, node->id, sizeof record->id);
    record->address = node->address;
    record->construct = node->construct;
    record->state = RESOURCE_PENDING;
    record->detailed = true;
    record->props = record->outputs = record->private_data = record->wanted_props = CR_UNDEFINED;
    self->record = record;
}

/* What was only renamed keeps its resource: one line of the log, no provider. */
static void move(task *self) {
    const cloud_node *node = self->change->node;
    self->record = stack_move(self->all->stack, self->record, node->id, node->address);
}

/* Does the provider still think, now that all props are known, that an update is enough? */
static bool needs_replace(task *self) {
    const cr_provider_type *type = self->provider->type;
    cr_diff diff = {.planned_outputs = CR_UNDEFINED, .planned_private = CR_UNDEFINED};
    if (type->diff == NULL) return false;
    cr_resource resource = resource_of(stack_name(self->all->stack), self->change->node, self->record);
    return type->diff(self->provider->provider, &resource, &diff, NULL) == CR_OK && diff.replace;
}

/* False when the change cannot or need not be made now; the task's state says what became of it. */
static bool is_as_planned(task *self) {
    const change *c = self->change;
    const cloud_node *node = c->node;
    cr_error cause = {0};
    const map *described = &renderer_dom(self->all->renderer)->by_id;
    if (node == NULL) {
        if (!self->all->plan->destroy && map_get(described, str_of(self->record->id)) != NULL)
            leave(self, "the program describes it again");
        return self->state == TASK_WAITING;
    }
    if (map_get(described, str_of(node->id)) != node) {
        leave(self, "the program does not describe it any more");
    } else if (node->has_unknown) {
        self->state = TASK_LEFT; /* unless something else brings the value about, the next plan is the same */
        self->message = "its props are not known yet";
    } else if (self->provider->type->validate != NULL) {
        cr_resource resource = resource_of(stack_name(self->all->stack), node, NULL);
        self->kind = c->kind == CHANGE_CREATE ? OPERATION_CREATE : OPERATION_UPDATE;
        if (self->provider->type->validate(self->provider->provider, &resource, &cause) != CR_OK)
            fail(self, cause.message);
    }
    return self->state == TASK_WAITING;
}

/* An update or replace that turned out to change nothing, now that all is known. */
static bool turned_out_same(task *self) {
    const cloud_node *node = self->change->node;
    if (node == NULL || self->record->state != RESOURCE_DEPLOYED || is_drifted(self)) return false;
    if (node->props_hash != self->record->props_hash) return false;
    if (self->record->provider != NULL && strcmp(self->record->provider, self->provider->type->name) != 0)
        return false;
    renderer_set_outputs(self->all->renderer, self->change->node, self->record->outputs);
    return true;
}

static bool find_provider(task *self) {
    cr_error cause = {0};
    cr_status status = CR_OK;
    if (self->record != NULL) status = resource_record_details(self->all->cx, self->record, &cause);
    if (self->change->node != NULL)
        self->provider = router_find(self->all->router, self->change->node->construct);
    else if (status == CR_OK)
        status = resource_provider(self->all->router, self->record, &self->provider, &cause);
    if (status != CR_OK)
        fail(self, cause.message);
    else
        MUST(self->provider != NULL); /* the plan has checked it */
    return status == CR_OK;
}

void task_begin(task *self) {
    const change *c = self->change;
    self->record = c->record;
    self->started_ms = os_monotonic_ms();
    self->kind = c->kind == CHANGE_CREATE   ? OPERATION_CREATE
                 : c->kind == CHANGE_DELETE ? OPERATION_DELETE
                                            : OPERATION_UPDATE;
    if (c->kind != CHANGE_MOVE && !find_provider(self)) return;
    if (c->kind == CHANGE_MOVE && resource_record_details(self->all->cx, self->record, NULL) != CR_OK) {
        fail(self, "its record is damaged");
        return;
    }
    if (c->kind != CHANGE_MOVE && !is_as_planned(self)) return;
    if (c->kind == CHANGE_UPDATE && needs_replace(self)) {
        leave(self, "it needs to be replaced, now that its props are known");
        return;
    }
    if (c->moved_from != NULL) move(self);
    if (c->kind == CHANGE_MOVE ||
        ((c->kind == CHANGE_UPDATE || c->kind == CHANGE_REPLACE) && turned_out_same(self))) {
        done(self);
    } else if (c->kind == CHANGE_CREATE) {
        if (self->record == NULL) new_record(self);
        intend(self, OPERATION_CREATE);
    } else {
        read_first(self); /* the world is looked at before it is changed (D5) */
    }
}

/* ---- operations ---------------------------------------------------------------------------------------- */

static void operation_answered(void *data, const operation_answer *answer) {
    task *self = data;
    self->answer = *answer;
    VEC_PUSH(&self->all->answered, self);
    deployment_ask_turn(self->all);
}

static void operation_line(void *data, const char *line, size_t length) {
    task *self = data;
    char *text = mem_copy_text(line, length);
    deploy_event event = {
        .kind = DEPLOY_EVENT_LOG, .change = self->change, .text = text, .attempt = self->attempt};
    if (self->all->observer.event != NULL) self->all->observer.event(self->all->observer.data, &event);
    mem_free(text);
}

/* What was made is read, updated and deleted by the provider that made it. */
static const router_entry *provider_of_step(task *self) {
    const router_entry *maker = NULL;
    if (self->kind != OPERATION_CREATE) maker = router_find_type(self->all->router, self->record->provider);
    return maker != NULL ? maker : self->provider;
}

void task_start_operation(task *self) {
    const cloud_node *node =
        self->kind == OPERATION_DELETE || self->kind == OPERATION_READ ? NULL : self->change->node;
    cr_resource resource = resource_of(stack_name(self->all->stack), node, self->record);
    operation_observer observer = {self, operation_line, operation_answered};
    resource.operation = operation_kind_name(self->kind);
    resource.attempt = self->attempt;
    if (self->kind == OPERATION_READ) {
        resource.token = NULL;
        resource.props =
            self->record->props != CR_UNDEFINED ? self->record->props : self->record->wanted_props;
    }
    if (self->change->node != NULL) resource.construct_class = self->change->node->construct_class;
    /* The first half of a replace: a provider may care what comes after it. */
    if (self->kind == OPERATION_DELETE && self->change->kind == CHANGE_REPLACE)
        resource.props = self->change->node->props;
    self->state = self->kind == OPERATION_READ ? TASK_READING : TASK_RUNNING;
    self->operation = operation_start(self->all->cx, self->all->loop, provider_of_step(self), self->kind,
                                      &resource, &observer);
}

void record_deployed(deployment *self, resource_record *record, cr_value props, uint64_t props_hash,
                     const operation_answer *answer) {
    machine_move(record, RESOURCE_DEPLOYED);
    record->props = props;
    record->props_hash = props_hash;
    record->outputs = answer->outputs;
    record->private_data = answer->private_data;
    record->operation = record->token = NULL;
    record->wanted_props = CR_UNDEFINED;
    record->attempt = 0;
    stack_put(self->stack, record);
}

static void taken_read(task *self) {
    const change *c = self->change;
    resource_record *record = self->record;
    if (self->answer.outcome == OPERATION_DONE) {
        record->outputs = self->answer.outputs;
        if (self->answer.private_data != CR_UNDEFINED) record->private_data = self->answer.private_data;
        intend(self, c->kind == CHANGE_UPDATE ? OPERATION_UPDATE : OPERATION_DELETE);
    } else if (c->kind == CHANGE_DELETE) {
        stack_forget(self->all->stack, record); /* somebody else removed it */
        done(self);
    } else if (c->kind == CHANGE_REPLACE) {
        intend(self, OPERATION_CREATE);
    } else {
        stack_forget(self->all->stack, record);
        leave(self, "it is gone from the world: it will be made anew");
    }
}

static void taken_write(task *self) {
    const change *c = self->change;
    bool was_delete = self->kind == OPERATION_DELETE;
    if (!was_delete && self->answer.outcome == OPERATION_GONE) {
        machine_move(self->record, RESOURCE_FAILED);
        stack_put(self->all->stack, self->record);
        fail(self, "the provider said that there is nothing");
    } else if (was_delete && c->kind == CHANGE_REPLACE) {
        intend(self, OPERATION_CREATE);
    } else if (was_delete) {
        stack_forget(self->all->stack, self->record);
        done(self);
    } else {
        const resource_record *record = self->record;
        str_buf scratch;
        str_buf_init(&scratch);
        /* Not the node's hash: it may have been rendered again since the operation began. */
        uint64_t hash = json_hash64(self->all->cx, record->wanted_props, &scratch);
        str_buf_release(&scratch);
        record_deployed(self->all, self->record, record->wanted_props, hash, &self->answer);
        renderer_set_outputs(self->all->renderer, c->node, record->outputs);
        done(self);
    }
}

/* Doubles from attempt to attempt; a quarter of it up or down, so that many do not come back at once, but the
 * same in every run. */
static uint64_t backoff_ms(const task *self) {
    uint64_t delay = self->all->options.retry_delay_ms;
    for (uint32_t i = 1; i < self->attempt && delay < BACKOFF_MS_MAX; i++) delay *= 2;
    if (delay > BACKOFF_MS_MAX) delay = BACKOFF_MS_MAX;
    uint64_t spread = delay / 2;
    if (spread == 0) return delay;
    char seed[64];
    int length = snprintf(seed, sizeof seed, "%s %u",
                          self->record->token != NULL ? self->record->token : self->record->id, (unsigned)self->attempt);
    return delay - delay / 4 + hash_bytes(seed, (size_t)length) % spread;
}

static void backoff_over(void *data) {
    task *self = data;
    self->backoff = NULL;
    VEC_PUSH(&self->all->due, self);
    deployment_ask_turn(self->all);
}

static void failed_for_good(task *self) {
    if (self->kind != OPERATION_READ) { /* a read has changed nothing */
        machine_move(self->record, RESOURCE_FAILED);
        stack_put(self->all->stack, self->record);
    }
    fail(self, self->message);
}

static void taken_failure(task *self) {
    self->message = self->answer.message;
    if (self->answer.failure == CR_FAILURE_TRANSIENT && self->attempt <= self->all->options.retries_max &&
        !self->all->stopping) {
        deploy_event event = {.kind = DEPLOY_EVENT_RETRY,
                              .change = self->change,
                              .text = self->message,
                              .attempt = self->attempt};
        event.delay_ms = backoff_ms(self);
        deployment_tell(self->all, &event);
        self->state = TASK_BACKOFF;
        self->backoff = os_timer_start(self->all->loop, event.delay_ms, 0, backoff_over, self);
        return;
    }
    failed_for_good(self);
}

void task_give_up(task *self) {
    if (self->backoff != NULL) os_timer_stop(self->backoff);
    self->backoff = NULL;
    failed_for_good(self);
}

void task_take_answer(task *self) {
    bool not_found = self->answer.outcome == OPERATION_FAILED && self->answer.failure == CR_FAILURE_NOT_FOUND;
    self->operation = NULL;
    if (not_found && (self->kind == OPERATION_READ || self->kind == OPERATION_DELETE))
        self->answer.outcome = OPERATION_GONE;
    if (self->answer.outcome == OPERATION_FAILED)
        taken_failure(self);
    else if (self->kind == OPERATION_READ)
        taken_read(self);
    else
        taken_write(self);
}
