/* Stopping a program: TERM to its group, KILL when it does not end in time, and only then the answer. */
#include <inttypes.h>
#include <signal.h>

#include "base/mem.h"
#include "os/file.h"
#include "os/loop.h"
#include "os/time.h"
#include "providers/process/process.h"

enum { POLL_MS = 20 };

typedef struct stop {
    cr_operation *operation;
    int64_t pid;
    char identity[OS_IDENTITY_BYTES];
    char *log_path;
    uint64_t started_ms, timeout_ms;
    bool killed;
    os_timer *timer;
} stop;

static void stop_free(stop *self) {
    if (self->timer != NULL) os_timer_stop(self->timer);
    cr_operation_on_cancel(self->operation, NULL, NULL);
    mem_free(self->log_path);
    mem_free(self);
}

/* Removes the default log and the folders that hold nothing any more. A log that the program's author placed
 * somewhere is the author's. */
static void remove_log(cr_operation *operation, const char *log_path) {
    const cr_resource *resource = cr_operation_resource(operation);
    cr_value props = cr_has_slots(resource->prior_props) ? resource->prior_props : resource->props;
    if (cr_prop_text(cr_operation_context(operation), props, "logFile", NULL) != NULL) return;
    cr_error ignored;
    bool empty = os_file_remove(log_path, NULL, &ignored) == CR_OK;
    char *folder = mem_copy_text(log_path, strlen(log_path));
    for (int level = 0; level < 2 && empty; level++) { /* <stack>/ and logs/ */
        char *slash = strrchr(folder, '/');
        if (slash == NULL) break;
        *slash = '\0';
        if (os_directory_remove(folder, &empty, &ignored) != CR_OK) break;
    }
    mem_free(folder);
}

static void answer_gone(stop *self) {
    cr_error error;
    if (process_mark_remove(self->log_path, &error) != CR_OK) {
        cr_operation_fail(self->operation, CR_FAILURE_TRANSIENT, "%s", error.message);
    } else {
        remove_log(self->operation, self->log_path);
        cr_operation_gone(self->operation);
    }
    stop_free(self);
}

static void poll_gone(void *data) {
    stop *self = data;
    uint64_t elapsed = os_monotonic_ms() - self->started_ms;
    if (!os_process_is(self->pid, self->identity)) {
        answer_gone(self);
    } else if (!self->killed && elapsed >= self->timeout_ms) {
        self->killed = true;
        os_process_signal(self->pid, self->identity, SIGKILL);
    } else if (self->killed && elapsed >= self->timeout_ms + KILL_WAIT_MS) {
        cr_operation_fail(self->operation, CR_FAILURE_TRANSIENT, "process %" PRId64 " does not end", self->pid);
        stop_free(self);
    }
}

static void on_cancel(cr_operation *operation, void *data) { ((stop *)data)->timeout_ms = 0; /* no more patience */ }

void process_stop(cr_operation *operation, int64_t pid, const char *identity, uint64_t timeout_ms, const char *log_path) {
    stop *self = mem_zeroed(1, sizeof *self);
    *self = (stop){.operation = operation, .pid = pid, .timeout_ms = timeout_ms, .started_ms = os_monotonic_ms()};
    memcpy(self->identity, identity, strlen(identity) + 1);
    self->log_path = mem_copy_text(log_path, strlen(log_path));
    if (!os_process_signal(pid, identity, SIGTERM)) {
        answer_gone(self);
        return;
    }
    self->timer = os_timer_start(cr_operation_loop(operation), POLL_MS, POLL_MS, poll_gone, self);
    cr_operation_on_cancel(operation, on_cancel, self);
}
