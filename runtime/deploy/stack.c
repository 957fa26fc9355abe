#include "deploy/stack.h"

#include <stdio.h>

#include "base/bug.h"
#include "base/mem.h"
#include "deploy/log.h"
#include "os/env.h"
#include "os/random.h"
#include "os/time.h"
#include "value/context.h"
#include "value/unknown.h"
#include "json/json.h"

/* A log is written anew only past this many lines, and when fewer than half of them count. */
enum { TIDY_LINES_MIN = 64 };

struct stack {
    cr_context *cx;
    backend *backend;
    char *name;
    char operation[16];
    bool for_deployment;
    uint64_t fence;
    stack_record record;
    log_facts facts;
    bool needs_head, needs_cut, needs_newline; /* before the next line */
    uint64_t lines;                            /* in the log */
    str_buf pending;
};

stack_record *stack_recorded(stack *self) { return &self->record; }
resource_record *stack_record_at(const stack *self, const char *address) {
    for (size_t i = 0; i < self->record.resources.length; i++) {
        resource_record *record = self->record.resources.items[i];
        if (!record->gone && strcmp(record->address, address) == 0) return record;
    }
    return NULL;
}

cr_context *stack_context(const stack *self) { return self->cx; }
const char *stack_name(const stack *self) { return self->name; }

/* ---- open and close ------------------------------------------------------------------------------------ */

static void rest_log(void *data) {
    backend *store = data;
    store->type->rest(store);
}

static cr_status load(stack *self, cr_error *err) {
    str text;
    const char *origin;
    cr_status status = self->backend->type->load(self->backend, self->name, &text, &origin, err);
    if (status == CR_OK) status = log_replay(self->cx, text, origin, &self->record, &self->facts, err);
    if (status != CR_OK) return status;
    if (self->backend->type->rest != NULL) {
        self->record.rest = rest_log;
        self->record.rest_data = self->backend;
        rest_log(self->backend);
    }
    stack_sweep(self);
    self->lines = self->facts.lines;
    self->needs_head = self->facts.is_new;
    self->needs_newline = self->facts.newline_missing;
    self->needs_cut = self->facts.intact_bytes < text.length;
    if (self->facts.is_new) os_random_uuid(self->record.lineage);
    return CR_OK;
}

cr_status stack_open(cr_context *cx, backend *store, const stack_options *options, stack **out,
                     cr_error *err) {
    stack *self = mem_zeroed(1, sizeof *self);
    cr_status status = CR_OK;
    self->cx = cx;
    self->backend = store;
    self->name = mem_copy_text(options->name, strlen(options->name));
    self->record.stack = self->name;
    self->for_deployment = options->for_deployment;
    str_buf_init(&self->pending);
    snprintf(self->operation, sizeof self->operation, "%s",
             options->operation != NULL ? options->operation : "");
    if (self->for_deployment)
        status = store->type->lock(store, self->name, self->operation, &self->fence, err);
    if (status == CR_OK) status = load(self, err);
    if (status != CR_OK) {
        stack_close(self);
        return status;
    }
    *out = self;
    return CR_OK;
}

void stack_close(stack *self) {
    stack_record *record = &self->record;
    if (self->fence != 0) self->backend->type->unlock(self->backend, self->name, self->fence, NULL);
    VEC_RELEASE(&record->resources);
    map_release(&record->by_id);
    map_release(&record->moved);
    map_release(&record->components);
    map_release(&record->outputs);
    str_buf_release(&self->pending);
    mem_free(self->name);
    mem_free(self);
}

/* ---- writing ------------------------------------------------------------------------------------------- */

static void add_head(stack *self, str_buf *out) {
    log_line line = log_begin(out, ++self->record.serial, "head");
    log_number(&line, "format", STATE_FORMAT);
    log_text(&line, "stack", self->name);
    log_text(&line, "lineage", self->record.lineage);
    log_number(&line, "deployment", self->record.deployment);
    log_text(&line, "operation", self->record.operation);
    log_end(&line);
}

static log_line begin_line(stack *self, const char *type) {
    MUST(self->for_deployment);
    if (self->needs_newline) str_buf_add_char(&self->pending, '\n');
    if (self->needs_head) {
        add_head(self, &self->pending);
        self->lines++;
    }
    self->needs_newline = self->needs_head = false;
    self->lines++;
    return log_begin(&self->pending, ++self->record.serial, type);
}

void stack_put(stack *self, resource_record *record) {
    MUST(record->detailed && !record->gone);
    if (map_get(&self->record.by_id, str_of(record->id)) != record) {
        VEC_PUSH(&self->record.resources, record);
        map_put(&self->record.by_id, str_of(record->id), record);
    }
    log_line line = begin_line(self, "node");
    log_resource(&line, self->cx, record, NULL);
    log_end(&line);
}

static void unindex_record(stack *self, resource_record *record) {
    record->gone = true;
    map_put(&self->record.by_id, str_of(record->id), NULL);
}

resource_record *stack_move(stack *self, resource_record *record, const char *id, const char *address) {
    resource_record *moved = HEAP_NEW(self->cx, resource_record);
    MUST(record->detailed && strcmp(record->id, id) != 0);
    *moved = *record;
    snprintf(moved->id, sizeof moved->id, "%s", id);
    moved->address = arena_copy_text(&self->cx->runtime->heap, address, strlen(address));
    moved->line = (str){NULL, 0};
    unindex_record(self, record);
    VEC_PUSH(&self->record.resources, moved);
    map_put(&self->record.by_id, str_of(moved->id), moved);
    map_put(&self->record.moved, str_of(record->id), moved);
    log_line line = begin_line(self, "node");
    log_resource(&line, self->cx, moved, record->id);
    log_end(&line);
    return moved;
}

void stack_forget(stack *self, resource_record *record) {
    unindex_record(self, record);
    log_line line = begin_line(self, "gone");
    log_text(&line, "id", record->id);
    log_end(&line);
}

void stack_sweep(stack *self) {
    size_t kept = 0;
    for (size_t i = 0; i < self->record.resources.length; i++)
        if (!self->record.resources.items[i]->gone)
            self->record.resources.items[kept++] = self->record.resources.items[i];
    self->record.resources.length = kept;
}

/* Keeps `value` under `name`; false when it was there already. */
static bool keep_named(stack *self, map *values, const char *name, cr_value value) {
    cr_value *before = map_get(values, str_of(name));
    if (before == NULL && value == CR_UNDEFINED) return false;
    if (before != NULL && value != CR_UNDEFINED && value_equal_deep(self->cx, *before, value)) return false;
    if (before == NULL) name = arena_copy_text(&self->cx->runtime->heap, name, strlen(name));
    cr_value *kept = NULL;
    if (value != CR_UNDEFINED) {
        kept = HEAP_NEW(self->cx, cr_value);
        *kept = value;
    }
    map_put(values, str_of(name), kept);
    return true;
}

void stack_put_component(stack *self, const char *address, cr_value state) {
    if (!keep_named(self, &self->record.components, address, state)) return;
    log_line line = begin_line(self, "component");
    log_text(&line, "address", address);
    log_value(&line, self->cx, "state", state);
    log_end(&line);
}

void stack_put_output(stack *self, const char *name, cr_value value) {
    if (!keep_named(self, &self->record.outputs, name, value)) return;
    log_line line = begin_line(self, "output");
    log_text(&line, "name", name);
    log_value(&line, self->cx, "value", value);
    log_end(&line);
}

void stack_begin(stack *self) {
    stack_record *record = &self->record;
    char who[96];
    /* A resumed deployment goes on being what it was. */
    if (!record->interrupted || record->operation[0] == '\0' || strcmp(self->operation, "resume") != 0)
        snprintf(record->operation, sizeof record->operation, "%s", self->operation);
    record->deployment++;
    record->interrupted = true;
    os_user_at_host(who, sizeof who);
    log_line line = begin_line(self, "begin");
    log_number(&line, "deployment", record->deployment);
    log_text(&line, "operation", record->operation);
    log_text(&line, "by", who);
    log_number(&line, "at", os_wall_ms());
    log_end(&line);
}

void stack_end(stack *self) {
    self->record.interrupted = false;
    log_line line = begin_line(self, "end");
    log_number(&line, "deployment", self->record.deployment);
    log_number(&line, "at", os_wall_ms());
    log_end(&line);
}

cr_status stack_flush(stack *self, cr_error *err) {
    const backend_type *type = self->backend->type;
    cr_status status = CR_OK;
    if (self->pending.length == 0) return CR_OK;
    if (self->needs_cut)
        status = type->cut(self->backend, self->name, self->fence, self->facts.intact_bytes, err);
    self->needs_cut = false;
    if (status == CR_OK)
        status = type->append(self->backend, self->name, self->fence, str_buf_str(&self->pending), err);
    str_buf_clear(&self->pending);
    return status;
}

/* ---- compaction ---------------------------------------------------------------------------------------- */

static uint64_t count_named(const map *values) {
    uint64_t count = 0;
    for (size_t i = 0; i < values->count; i++) count += values->entries[i].value != NULL;
    return count;
}

static void copy_named(stack *self, str_buf *out, const map *values, const char *type, const char *name,
                       const char *value) {
    for (size_t i = 0; i < values->count; i++) {
        const map_entry *entry = &values->entries[i];
        if (entry->value == NULL) continue;
        char *text = mem_copy_text(entry->key.bytes, entry->key.length);
        log_line line = log_begin(out, ++self->record.serial, type);
        log_text(&line, name, text);
        log_value(&line, self->cx, value, *(cr_value *)entry->value);
        log_end(&line);
        mem_free(text);
    }
}

cr_status stack_tidy(stack *self, cr_error *err) {
    stack_record *record = &self->record;
    uint64_t live =
        1 + record->resources.length + count_named(&record->components) + count_named(&record->outputs);
    cr_status status = stack_flush(self, err);
    if (status != CR_OK || record->interrupted || self->lines < TIDY_LINES_MIN || self->lines <= 2 * live)
        return status;
    str_buf text;
    str_buf_init(&text);
    add_head(self, &text);
    for (size_t i = 0; i < record->resources.length; i++) {
        const resource_record *resource = record->resources.items[i];
        if (!resource->detailed) {
            log_copy(&text, ++record->serial, resource->line);
            continue;
        }
        log_line line = log_begin(&text, ++record->serial, "node");
        log_resource(&line, self->cx, resource, NULL);
        log_end(&line);
    }
    copy_named(self, &text, &record->components, "component", "address", "state");
    copy_named(self, &text, &record->outputs, "output", "name", "value");
    status = self->backend->type->compact(self->backend, self->name, self->fence, str_buf_str(&text), err);
    if (status == CR_OK) self->lines = live;
    str_buf_release(&text);
    return status;
}
