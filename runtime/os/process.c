#include "os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "base/bug.h"
#include "base/mem.h"
#include "base/str.h"
#include "os/child.h"
#include "os/internal.h"

/* How long the output of a program that has exited is waited for, when something that it started holds it
 * open. */
enum { DRAIN_MS = 250 };

typedef struct stream_reader {
    handle_head head;
    uv_pipe_t pipe;
    struct os_process *process;
    str_buf line;
    char piece[4096];
    int stream;
    bool open;
} stream_reader;

struct os_process {
    loop_child child; /* must be first: the loop frees a child through its head */
    os_loop *loop;
    os_process_observer observer;
    stream_reader *streams[2];
    os_timer *killer, *drain;
    int wait_status;
    bool exited;
};

/* ---- output -------------------------------------------------------------------------------------------- */

static void emit_line(stream_reader *self, const char *bytes, size_t length) {
    if (length > 0 && bytes[length - 1] == '\r') length--;
    if (self->process->observer.line != NULL)
        self->process->observer.line(self->process->observer.data, self->stream, bytes, length);
}

static void take_bytes(stream_reader *self, const char *bytes, size_t length) {
    while (length > 0) {
        const char *end = memchr(bytes, '\n', length);
        size_t part = end != NULL ? (size_t)(end - bytes) : length;
        if (self->line.length + part > OS_PROCESS_LINE_BYTES_MAX)
            part = OS_PROCESS_LINE_BYTES_MAX - self->line.length, end = NULL;
        str_buf_add(&self->line, bytes, part);
        bytes += part;
        length -= part;
        if (end == NULL && self->line.length < OS_PROCESS_LINE_BYTES_MAX) continue;
        if (end != NULL) bytes++, length--;
        emit_line(self, str_buf_text(&self->line), self->line.length);
        str_buf_clear(&self->line);
    }
}

static void finish_if_over(os_process *self) {
    if (!self->exited || self->streams[0] != NULL || self->streams[1] != NULL) return;
    bool freeing = loop_is_freeing(self->loop); /* its timers may be gone, and nobody listens any more */
    if (self->killer != NULL && !freeing) os_timer_stop(self->killer);
    if (self->drain != NULL && !freeing) os_timer_stop(self->drain);
    int status = self->wait_status;
    int signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    os_process_observer observer = self->observer;
    mem_free(self);
    if (observer.exited != NULL && !freeing)
        observer.exited(observer.data, WIFEXITED(status) ? WEXITSTATUS(status) : 0, signal_number);
}

static void stream_free(handle_head *head) {
    stream_reader *self = (stream_reader *)head;
    os_process *process = self->process;
    if (process != NULL) process->streams[self->stream - 1] = NULL;
    str_buf_release(&self->line);
    mem_free(self);
    if (process != NULL) finish_if_over(process);
}

static void pipe_closed(uv_handle_t *handle) { stream_free(handle->data); }

static void close_stream(stream_reader *self) {
    if (!self->open) return;
    self->open = false;
    if (self->line.length > 0) emit_line(self, str_buf_text(&self->line), self->line.length);
    uv_close((uv_handle_t *)&self->pipe, pipe_closed);
}

static void give_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *buffer) {
    stream_reader *self = handle->data;
    *buffer = uv_buf_init(self->piece, sizeof self->piece);
}

static void bytes_arrived(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
    stream_reader *self = stream->data;
    if (count > 0)
        take_bytes(self, buffer->base, (size_t)count);
    else if (count < 0)
        close_stream(self);
}

static void open_stream(os_process *process, int stream, int descriptor) {
    stream_reader *self = mem_zeroed(1, sizeof *self);
    self->head.free = stream_free;
    self->process = process;
    self->stream = stream;
    self->open = true;
    str_buf_init(&self->line);
    MUST(uv_pipe_init(loop_uv(process->loop), &self->pipe, 0) == 0);
    self->pipe.data = self;
    MUST(uv_pipe_open(&self->pipe, descriptor) == 0);
    MUST(uv_read_start((uv_stream_t *)&self->pipe, give_buffer, bytes_arrived) == 0);
    process->streams[stream - 1] = self;
}

/* ---- the end ------------------------------------------------------------------------------------------- */

static void drained(void *data) {
    os_process *self = data;
    self->drain = NULL;
    for (int i = 0; i < 2; i++)
        if (self->streams[i] != NULL) close_stream(self->streams[i]);
}

static void reap(loop_child *child) {
    os_process *self = (os_process *)child;
    pid_t got;
    do got = waitpid((pid_t)child->pid, &self->wait_status, WNOHANG);
    while (got < 0 && errno == EINTR);
    if (got == 0) return;
    MUST(got == (pid_t)child->pid); /* nobody else waits for our children */
    self->exited = true;
    loop_child_remove(self->loop, child);
    if (self->killer != NULL) os_timer_stop(self->killer), self->killer = NULL;
    if (self->streams[0] != NULL || self->streams[1] != NULL)
        self->drain = os_timer_start(self->loop, DRAIN_MS, 0, drained, self);
    else
        finish_if_over(self);
}

/* The loop is being freed: the streams follow as handles of their own. */
static void process_free(handle_head *head) {
    os_process *self = (os_process *)head;
    for (int i = 0; i < 2; i++)
        if (self->streams[i] != NULL) self->streams[i]->process = NULL;
    mem_free(self);
}

static void kill_now(void *data) {
    os_process *self = data;
    self->killer = NULL;
    if (!self->exited) kill(-(pid_t)self->child.pid, SIGKILL);
}

void os_process_stop(os_process *self, uint64_t kill_after_ms) {
    if (self->exited || self->killer != NULL) return;
    kill(-(pid_t)self->child.pid, SIGTERM);
    self->killer = os_timer_start(self->loop, kill_after_ms, 0, kill_now, self);
}

int64_t os_process_pid(const os_process *self) { return self->child.pid; }

/* ---- the start ----------------------------------------------------------------------------------------- */

static void close_all(int *descriptors, int count) {
    for (int i = 0; i < count; i++)
        if (descriptors[i] >= 0) close(descriptors[i]);
}

/* pipes: output, errors and report, each read end first; input. */
static int open_pipes(int pipes[7]) {
    for (int i = 0; i < 7; i++) pipes[i] = -1;
    if (pipe2(pipes, O_CLOEXEC) != 0 || pipe2(pipes + 2, O_CLOEXEC) != 0 || pipe2(pipes + 4, O_CLOEXEC) != 0)
        return -1;
    pipes[6] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    return pipes[6] >= 0 ? 0 : -1;
}

static cr_status start_failed(cr_error *err, const os_process_options *options, int number) {
    if (options->directory != NULL && access(options->directory, X_OK) != 0)
        return cr_fail(err, CR_E_OS, "cannot start '%s' in directory '%s': %s", options->argv[0],
                       options->directory, strerror(number));
    return cr_fail(err, CR_E_OS, "cannot start '%s': %s", options->argv[0], strerror(number));
}

static void process_start(os_loop *loop, int64_t pid, const os_process_observer *observer, const int *pipes,
                          os_process **out) {
    os_process *self = mem_zeroed(1, sizeof *self);
    self->child.head.free = process_free;
    self->child.pid = pid;
    self->child.reap = reap;
    self->loop = loop;
    self->observer = *observer;
    open_stream(self, 1, pipes[0]);
    open_stream(self, 2, pipes[2]);
    loop_child_add(loop, &self->child);
    *out = self;
}

cr_status os_process_spawn(os_loop *loop, const os_process_options *options,
                           const os_process_observer *observer, os_process **out, cr_error *err) {
    int pipes[7];
    if (fault_blocks(FAULT_SPAWN)) return start_failed(err, options, errno);
    if (open_pipes(pipes) != 0) {
        int number = errno;
        close_all(pipes, 7);
        return start_failed(err, options, number);
    }
    child_setup setup = {(char *const *)(uintptr_t)options->argv,
                         (char **)(uintptr_t)options->environment,
                         options->directory,
                         pipes[6],
                         pipes[1],
                         pipes[3],
                         pipes[5],
                         -1,
                         getpid()};
    int pid = child_fork(&setup);
    int number = pid < 0 ? errno : 0;
    int not_ours[] = {pipes[1], pipes[3], pipes[5], pipes[6]};
    close_all(not_ours, 4);
    if (number == 0) number = child_await_exec(pipes[4]);
    close(pipes[4]);
    if (number != 0) {
        close(pipes[0]);
        close(pipes[2]);
        if (pid > 0) waitpid(pid, NULL, 0);
        return start_failed(err, options, number);
    }
    process_start(loop, pid, observer, pipes, out);
    return CR_OK;
}
