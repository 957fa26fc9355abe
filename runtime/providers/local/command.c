/* LocalCommand {create, update?, delete?, triggers?, environment?, directory?, timeoutMs?} -> {stdout, exitCode}:
 * commands of /bin/sh, each in a process group of its own.
 *
 * What a change does: `triggers` always makes the resource anew (delete, then create). `create`, `environment` and
 * `directory` run `update` where there is one, else make the resource anew. `delete`, `update` and `timeoutMs` are
 * only recorded. The commands see the declared environment, PATH, HOME, CREACT_TOKEN (the same when a command is
 * run again after a crash) and CREACT_STDOUT (what `create` or `update` printed last, unless it is longer than a
 * variable may be).
 * After a crash nobody can tell whether a command ended: it is run again, so commands should be idempotent.  */
#include <stdio.h>

#include "base/str.h"
#include "os/loop.h"
#include "os/process.h"
#include "providers/local/local.h"

enum {
    KILL_AFTER_MS = 5000,                   /* between TERM and KILL */
    STDOUT_BYTES_MAX = 1024 * 1024,         /* kept as an output; a program that prints more fails */
    VARIABLE_BYTES_MAX = 100 * 1024,        /* Linux refuses variables of 128 KiB */
    TAIL_LINES_MAX = 8, TAIL_BYTES_MAX = 700, /* of the last lines, in the message of a failure */
};

static const cr_prop_rule rules[] = {
    {"create", CR_PROP_TEXT, true, 0, 0},      {"update", CR_PROP_TEXT, false, 0, 0},
    {"delete", CR_PROP_TEXT, false, 0, 0},     {"triggers", CR_PROP_ANY, false, 0, 0},
    {"environment", CR_PROP_TEXT_MAP, false, 0, 0}, {"directory", CR_PROP_TEXT, false, 0, 0},
    {"timeoutMs", CR_PROP_NUMBER, false, 1, 1e9}, {0},
};

/* Props whose change means that the command's effect would be another one. */
static const char *const effective[] = {"create", "environment", "directory"};
enum { EFFECTIVE_COUNT = sizeof effective / sizeof effective[0] };

static bool effect_changes(local_provider *self, const cr_resource *resource) {
    for (size_t i = 0; i < EFFECTIVE_COUNT; i++)
        if (local_prop_changed(self->cx, resource, effective[i])) return true;
    return false;
}

static cr_status diff(local_provider *self, const cr_resource *resource, cr_diff *result, cr_error *err) {
    if (!cr_has_slots(resource->prior_props)) return CR_OK;
    size_t reasons = 0;
    if (local_prop_changed(self->cx, resource, "triggers")) result->replace_reasons[reasons++] = "triggers";
    bool has_update = cr_is_string(cr_field(resource->props, "update"));
    for (size_t i = 0; i < EFFECTIVE_COUNT && !has_update; i++)
        if (local_prop_changed(self->cx, resource, effective[i])) result->replace_reasons[reasons++] = effective[i];
    result->replace = reasons > 0;
    if (!result->replace && has_update && effect_changes(self, resource)) {
        result->planned_outputs = cr_object_new(self->cx);
        cr_set_field(self->cx, result->planned_outputs, "stdout", cr_diff_unknown(self->cx, resource, "stdout"));
        cr_set_field(self->cx, result->planned_outputs, "exitCode", cr_number(0));
    }
    return CR_OK;
}

/* ---- one run of a command ------------------------------------------------------------------------------------- */

typedef struct command_run {
    cr_operation *operation;
    os_process *process;
    os_timer *timer;
    char **environment;
    str_buf out;
    VEC(char *) tail; /* the last lines of both streams */
    bool deletes, recovers, timed_out, cancelled, too_long;
    double timeout_ms;
} command_run;

static void run_free(command_run *self) {
    if (self->timer != NULL) os_timer_stop(self->timer);
    for (size_t i = 0; i < self->tail.length; i++) mem_free(self->tail.items[i]);
    VEC_RELEASE(&self->tail);
    str_buf_release(&self->out);
    cr_environment_free(self->environment);
    mem_free(self);
}

static void on_line(void *data, int stream, const char *line, size_t length) {
    command_run *self = data;
    cr_operation_log(self->operation, line, length);
    if (self->tail.length == TAIL_LINES_MAX) {
        mem_free(self->tail.items[0]);
        memmove(self->tail.items, self->tail.items + 1, (TAIL_LINES_MAX - 1) * sizeof self->tail.items[0]);
        self->tail.length--;
    }
    VEC_PUSH(&self->tail, mem_copy_text(line, length));
    if (stream != 1) return;
    if (self->out.length + length + 1 > STDOUT_BYTES_MAX) {
        if (!self->too_long) os_process_stop(self->process, KILL_AFTER_MS);
        self->too_long = true;
        return;
    }
    str_buf_add(&self->out, line, length);
    str_buf_add_char(&self->out, '\n');
}

static void answer_success(command_run *self) {
    cr_context *cx = cr_operation_context(self->operation);
    if (self->deletes) {
        cr_operation_gone(self->operation);
        return;
    }
    size_t length = self->out.length;
    while (length > 0 && strchr(" \t\r\n", self->out.bytes[length - 1]) != NULL) length--;
    cr_value outputs = cr_object_new(cx);
    cr_set_field(cx, outputs, "stdout", cr_string_utf8(cx, str_buf_text(&self->out), length));
    cr_set_field(cx, outputs, "exitCode", cr_number(0));
    cr_operation_done(self->operation, outputs, CR_UNDEFINED);
}

static void answer_failure(command_run *self, int exit_status, int signal_number) {
    char what[64];
    if (self->timed_out) snprintf(what, sizeof what, "the command did not end within %.0f ms", self->timeout_ms);
    else if (self->cancelled) snprintf(what, sizeof what, "the command was stopped");
    else if (self->too_long) snprintf(what, sizeof what, "the command printed more than %d bytes", STDOUT_BYTES_MAX);
    else if (signal_number != 0) snprintf(what, sizeof what, "the command was ended by signal %d", signal_number);
    else snprintf(what, sizeof what, "the command ended with status %d", exit_status);
    if (self->recovers && !self->cancelled) {
        /* Run again after a crash, it failed: that is the answer. What was to be deleted is still there; what was to
         * be made or updated was not, and the next plan says so. */
        const cr_resource *resource = cr_operation_resource(self->operation);
        cr_operation_log(self->operation, what, strlen(what));
        if (self->deletes && cr_has_slots(resource->prior_outputs))
            cr_operation_done(self->operation, resource->prior_outputs, resource->private_data);
        else cr_operation_gone(self->operation);
        return;
    }
    str_buf lines;
    str_buf_init(&lines);
    for (size_t i = 0; i < self->tail.length; i++) str_buf_add_format(&lines, "\n      │ %s", self->tail.items[i]);
    size_t from = lines.length > TAIL_BYTES_MAX ? lines.length - TAIL_BYTES_MAX : 0;
    while (from > 0 && from < lines.length && lines.bytes[from] != '\n') from++;
    cr_operation_fail(self->operation, CR_FAILURE_PERMANENT, "%s%s", what, str_buf_text(&lines) + from);
    str_buf_release(&lines);
}

static void on_exited(void *data, int exit_status, int signal_number) {
    command_run *self = data;
    cr_operation_on_cancel(self->operation, NULL, NULL);
    bool failed = exit_status != 0 || signal_number != 0 || self->timed_out || self->cancelled || self->too_long;
    if (failed) answer_failure(self, exit_status, signal_number);
    else answer_success(self);
    run_free(self);
}

static void on_timeout(void *data) {
    command_run *self = data;
    self->timer = NULL; /* fired once: gone */
    self->timed_out = true;
    os_process_stop(self->process, KILL_AFTER_MS);
}

static void on_cancel(cr_operation *operation, void *data) {
    command_run *self = data;
    self->cancelled = true;
    os_process_stop(self->process, KILL_AFTER_MS);
}

/* Runs the command of prop `name` of `props`, which must be there. */
static void start(cr_operation *operation, cr_value props, const char *name, bool deletes, bool recovers) {
    cr_context *cx = cr_operation_context(operation);
    const cr_resource *resource = cr_operation_resource(operation);
    command_run *self = mem_zeroed(1, sizeof *self);
    *self = (command_run){.operation = operation, .deletes = deletes, .timeout_ms = cr_prop_number(props, "timeoutMs", 0)};
    self->recovers = recovers;
    str_buf_init(&self->out);
    size_t printed_length = 0;
    const char *printed = cr_prop_text(cx, resource->prior_outputs, "stdout", &printed_length);
    if (printed_length > VARIABLE_BYTES_MAX) printed = NULL;
    const char *extra[] = {"CREACT_TOKEN", resource->token != NULL ? resource->token : "",
                           printed != NULL ? "CREACT_STDOUT" : NULL, printed, NULL};
    self->environment = cr_environment_new(cx, cr_field(props, "environment"), extra);
    const char *argv[] = {"/bin/sh", "-c", cr_prop_text(cx, props, name, NULL), NULL};
    os_process_options options = {.argv = argv, .environment = (const char *const *)self->environment,
                                  .directory = cr_prop_text(cx, props, "directory", NULL)};
    os_process_observer observer = {.data = self, .line = on_line, .exited = on_exited};
    cr_error error;
    if (os_process_spawn(cr_operation_loop(operation), &options, &observer, &self->process, &error) != CR_OK) {
        cr_operation_fail(operation, CR_FAILURE_PERMANENT, "%s", error.message);
        run_free(self);
        return;
    }
    if (self->timeout_ms > 0)
        self->timer = os_timer_start(cr_operation_loop(operation), (uint64_t)self->timeout_ms, 0, on_timeout, self);
    cr_operation_on_cancel(operation, on_cancel, self);
}

/* ---- operations ------------------------------------------------------------------------------------------------ */

/* Commands leave nothing that could be looked at. */
static void read_command(local_provider *self, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    if (cr_has_slots(resource->prior_outputs)) cr_operation_done(operation, resource->prior_outputs, resource->private_data);
    else cr_operation_gone(operation); /* its creation never succeeded */
}

static void run_create(cr_operation *operation, bool recovers) {
    start(operation, cr_operation_resource(operation)->props, "create", false, recovers);
}

static void run_update(local_provider *self, cr_operation *operation, bool recovers) {
    const cr_resource *resource = cr_operation_resource(operation);
    if (effect_changes(self, resource) && cr_is_string(cr_field(resource->props, "update")))
        start(operation, resource->props, "update", false, recovers);
    else read_command(self, operation);
}

static void run_delete(cr_operation *operation, bool recovers) {
    const cr_resource *resource = cr_operation_resource(operation);
    cr_value props = cr_has_slots(resource->prior_props) ? resource->prior_props : resource->props;
    if (cr_is_string(cr_field(props, "delete"))) start(operation, props, "delete", true, recovers);
    else cr_operation_gone(operation);
}

static void create(local_provider *self, cr_operation *operation) { run_create(operation, false); }
static void update(local_provider *self, cr_operation *operation) { run_update(self, operation, false); }
static void delete_command(local_provider *self, cr_operation *operation) { run_delete(operation, false); }

static void recover(local_provider *self, cr_operation *operation) {
    if (local_recovers(operation, "delete")) run_delete(operation, true);
    else if (local_recovers(operation, "update")) run_update(self, operation, true);
    else run_create(operation, true);
}

const local_construct local_command = {
    .name = "LocalCommand", .rules = rules, .diff = diff, .read = read_command, .create = create, .update = update,
    .delete_ = delete_command, .recover = recover,
};
