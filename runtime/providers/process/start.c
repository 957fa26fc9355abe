/* Starting a program and waiting until it is ready:
 *
 *   probe its port (somebody else there? conflict) -> spawn, held -> mark, synced -> release
 *     -> every POLL_MS: dead? fail. port answers and the log line is there? done. time up? stop it, fail.      */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>

#include "base/mem.h"
#include "os/file.h"
#include "os/loop.h"
#include "os/time.h"
#include "providers/process/process.h"

enum {
    POLL_MS = 50,
    PROBE_TIMEOUT_MS = 1000,
    SETTLE_MS = 100, /* without port and log line, a program is ready when it lives that long */
    TAIL_BYTES_MAX = 600, /* of the log, in the message of a failure */
};

typedef struct start {
    cr_operation *operation;
    process_mark mark;
    str_buf log_path;
    uint64_t log_from;  /* where the log ended before this start */
    const char *host, *ready_log; /* of the context; ready_log may be NULL */
    double port;        /* to wait for; 0: none */
    uint64_t started_ms, timeout_ms;
    os_timer *timer;
    os_probe *probe;
    bool port_answers, running, cancelled;
} start;

static void start_free(start *self) {
    if (self->timer != NULL) os_timer_stop(self->timer);
    if (self->probe != NULL) os_tcp_probe_cancel(self->probe);
    cr_operation_on_cancel(self->operation, NULL, NULL);
    process_mark_release(&self->mark);
    str_buf_release(&self->log_path);
    mem_free(self);
}

/* Answers with a failure; a program that was started is killed, since nobody would know it. */
static void fail(start *self, cr_failure failure, const char *message) {
    cr_error ignored;
    if (self->running) {
        os_process_signal(self->mark.pid, self->mark.identity, SIGKILL);
        process_mark_remove(str_buf_text(&self->log_path), &ignored);
    }
    cr_operation_fail(self->operation, failure, "%s", message);
    start_free(self);
}

/* Appends the last lines that the program printed. */
static void add_tail(start *self, str_buf *out) {
    char *bytes;
    size_t length;
    cr_error ignored;
    if (os_file_read(str_buf_text(&self->log_path), &bytes, &length, &ignored) != CR_OK) return;
    size_t from = self->log_from < length ? self->log_from : length;
    if (length - from > TAIL_BYTES_MAX) from = length - TAIL_BYTES_MAX;
    while (from < length) {
        const char *end = memchr(bytes + from, '\n', length - from);
        size_t line = end != NULL ? (size_t)(end - (bytes + from)) : length - from;
        str_buf_add_format(out, "\n      │ %.*s", (int)line, bytes + from);
        from += line + 1;
    }
    mem_free(bytes);
}

static void fail_with_tail(start *self, const char *what) {
    str_buf message;
    str_buf_init(&message);
    str_buf_add_text(&message, what);
    add_tail(self, &message);
    fail(self, CR_FAILURE_PERMANENT, str_buf_text(&message));
    str_buf_release(&message);
}

static bool log_line_seen(start *self) {
    if (self->ready_log == NULL) return true;
    char *bytes;
    size_t length;
    cr_error ignored;
    if (os_file_read(str_buf_text(&self->log_path), &bytes, &length, &ignored) != CR_OK) return false;
    bool seen = self->log_from < length && memmem(bytes + self->log_from, length - self->log_from, self->ready_log, strlen(self->ready_log)) != NULL;
    mem_free(bytes);
    return seen;
}

static void answer_ready(start *self) {
    cr_context *cx = cr_operation_context(self->operation);
    cr_value props = cr_operation_resource(self->operation)->props;
    cr_value outputs = cr_object_new(cx), private_data = cr_object_new(cx);
    double port = cr_prop_number(props, "port", 0);
    cr_set_field(cx, outputs, "pid", cr_number((double)self->mark.pid));
    if (port > 0) {
        bool any = strcmp(self->host, "0.0.0.0") == 0, ipv6 = strchr(self->host, ':') != NULL;
        char url[320];
        snprintf(url, sizeof url, ipv6 ? "http://[%s]:%.0f" : "http://%s:%.0f", any ? "127.0.0.1" : self->host, port);
        cr_set_field(cx, outputs, "port", cr_number(port));
        cr_set_field(cx, outputs, "url", cr_string_text(cx, url));
    }
    cr_set_field(cx, outputs, "logFile", cr_string_text(cx, str_buf_text(&self->log_path)));
    cr_set_field(cx, private_data, "pid", cr_number((double)self->mark.pid));
    cr_set_field(cx, private_data, "identity", cr_string_text(cx, self->mark.identity));
    cr_operation_done(self->operation, outputs, private_data);
    start_free(self);
}

static void on_probed(void *data, bool connected) {
    start *self = data;
    self->probe = NULL;
    self->port_answers = connected;
}

static void poll_ready(void *data) {
    start *self = data;
    uint64_t elapsed = os_monotonic_ms() - self->started_ms;
    if (!os_process_is(self->mark.pid, self->mark.identity)) {
        fail_with_tail(self, "the program ended before it was ready");
    } else if (self->cancelled) {
        fail(self, CR_FAILURE_PERMANENT, "the start was stopped");
    } else if ((self->port == 0 || self->port_answers) && log_line_seen(self) &&
               (self->port > 0 || self->ready_log != NULL || elapsed >= SETTLE_MS)) {
        answer_ready(self);
    } else if (elapsed >= self->timeout_ms) {
        char what[160];
        if (self->port > 0 && !self->port_answers)
            snprintf(what, sizeof what, "port %.0f did not answer within %" PRIu64 " ms", self->port, self->timeout_ms);
        else snprintf(what, sizeof what, "its log did not say that it is ready within %" PRIu64 " ms", self->timeout_ms);
        fail_with_tail(self, what);
    } else if (self->port > 0 && !self->port_answers && self->probe == NULL) {
        self->probe = os_tcp_probe(cr_operation_loop(self->operation), self->host, (uint16_t)self->port, PROBE_TIMEOUT_MS, on_probed, self);
    }
}

static void on_cancel(cr_operation *operation, void *data) { ((start *)data)->cancelled = true; }

static void wait_ready(start *self) {
    self->running = true;
    self->port_answers = false;
    self->started_ms = os_monotonic_ms();
    self->timer = os_timer_start(cr_operation_loop(self->operation), POLL_MS, POLL_MS, poll_ready, self);
    cr_operation_on_cancel(self->operation, on_cancel, self);
}

/* ---- spawning ------------------------------------------------------------------------------------------------ */

/* The command as argv; the array is freed, the texts belong to the context. */
static const char **command_of(cr_context *cx, cr_value props) {
    const cr_array *command = cr_as_array(cr_field(props, "command"));
    const char **argv = mem_zeroed((size_t)command->length + 1, sizeof *argv);
    for (uint32_t i = 0; i < command->length; i++) argv[i] = cr_to_utf8(cx, command->items[i], NULL);
    return argv;
}

static cr_status make_log_folder(const char *log_path, cr_error *err) {
    const char *slash = strrchr(log_path, '/');
    if (slash == NULL || slash == log_path) return CR_OK;
    char *folder = mem_copy_text(log_path, (size_t)(slash - log_path));
    cr_status status = os_directory_make(folder, 0755, NULL, err);
    mem_free(folder);
    return status;
}

/* Spawns held, marks, releases. */
static cr_status spawn(start *self, cr_error *err) {
    cr_context *cx = cr_operation_context(self->operation);
    const cr_resource *resource = cr_operation_resource(self->operation);
    const char *log_path = str_buf_text(&self->log_path);
    os_file_info log;
    cr_status status = make_log_folder(log_path, err);
    if (status == CR_OK) status = os_file_inspect(log_path, &log, err);
    if (status != CR_OK) return status;
    self->log_from = log.exists ? log.size : 0;
    const char **argv = command_of(cx, resource->props);
    char **environment = cr_environment_new(cx, cr_field(resource->props, "environment"), NULL);
    os_process_options options = {.argv = argv, .environment = (const char *const *)environment,
                                  .directory = cr_prop_text(cx, resource->props, "directory", NULL)};
    os_detached detached;
    status = os_detached_spawn(&options, log_path, &detached, err);
    if (status == CR_OK) {
        self->mark.pid = detached.pid;
        memcpy(self->mark.identity, detached.identity, sizeof self->mark.identity);
        status = process_mark_write(log_path, &self->mark, err);
        if (status != CR_OK) os_detached_abandon(&detached);
        else status = os_detached_release(&detached, err);
        cr_error ignored;
        if (status != CR_OK) process_mark_remove(log_path, &ignored);
    }
    cr_environment_free(environment);
    mem_free(argv);
    return status;
}

/* The port was tried before anything was started: whoever answers there is not ours. */
static void on_port_tried(void *data, bool connected) {
    start *self = data;
    self->probe = NULL;
    cr_error error;
    if (connected) {
        char message[160];
        snprintf(message, sizeof message, "port %.0f is in use already by another program", self->port);
        fail(self, CR_FAILURE_CONFLICT, message);
    } else if (spawn(self, &error) != CR_OK) {
        fail(self, CR_FAILURE_PERMANENT, error.message);
    } else {
        wait_ready(self);
    }
}

static start *start_new(cr_operation *operation) {
    cr_context *cx = cr_operation_context(operation);
    const cr_resource *resource = cr_operation_resource(operation);
    cr_value ready = cr_field(resource->props, "ready");
    start *self = mem_zeroed(1, sizeof *self);
    self->operation = operation;
    const char *token = resource->token != NULL ? resource->token : "";
    self->mark.token = mem_copy_text(token, strlen(token));
    str_buf_init(&self->log_path);
    process_log_path(cx, resource, resource->props, &self->log_path);
    const char *host = cr_prop_text(cx, resource->props, "host", NULL);
    self->host = host != NULL ? host : "127.0.0.1";
    self->ready_log = cr_prop_text(cx, ready, "log", NULL);
    self->port = cr_prop_number(ready, "port", self->ready_log != NULL ? 0 : cr_prop_number(resource->props, "port", 0));
    self->timeout_ms = (uint64_t)cr_prop_number(ready, "timeoutMs", READY_TIMEOUT_MS_DEFAULT);
    return self;
}

void process_start(cr_operation *operation, const process_mark *running) {
    start *self = start_new(operation);
    if (running != NULL) {
        self->mark.pid = running->pid;
        memcpy(self->mark.identity, running->identity, sizeof self->mark.identity);
        wait_ready(self);
    } else if (self->port > 0) {
        self->probe = os_tcp_probe(cr_operation_loop(operation), self->host, (uint16_t)self->port, PROBE_TIMEOUT_MS, on_port_tried, self);
    } else {
        on_port_tried(self, false);
    }
}
