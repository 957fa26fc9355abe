/* A program that outlives us: forked twice, so that init and not we is its parent, and held at a gate (a
 * socket that it reads from) until its pid is on stable storage. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/child.h"
#include "os/internal.h"
#include "os/process.h"

static cr_status start_failed(cr_error *err, const char *program, int number) {
    return cr_fail(err, CR_E_OS, "cannot start '%s': %s", program, strerror(number));
}

/* In the process between: starts the program, hands its pid over, ends. */
static _Noreturn void middle(const child_setup *setup, int pid_pipe) {
    int pid = child_fork(setup);
    if (pid < 0) pid = -errno;
    ssize_t ignored = write(pid_pipe, &pid, sizeof pid);
    (void)ignored;
    _exit(0);
}

/* The pid of the program, or -errno. */
static int fork_twice(const child_setup *setup) {
    int pid_pipe[2];
    int pid = 0;
    ssize_t got;
    if (pipe2(pid_pipe, O_CLOEXEC) != 0) return -errno;
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before); /* our handlers must not run in the process between */
    pid_t between = fork();
    if (between == 0) middle(setup, pid_pipe[1]);
    int number = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(pid_pipe[1]);
    if (between < 0) {
        close(pid_pipe[0]);
        return -number;
    }
    do got = read(pid_pipe[0], &pid, sizeof pid);
    while (got < 0 && errno == EINTR);
    close(pid_pipe[0]);
    while (waitpid(between, NULL, 0) < 0 && errno == EINTR) {
    }
    return got == (ssize_t)sizeof pid ? pid : -EIO;
}

typedef struct descriptors {
    int gate[2], report[2], log, null;
} descriptors;

static void close_one(int descriptor) {
    if (descriptor >= 0) close(descriptor);
}

static int descriptors_open(descriptors *self, const char *log_path) {
    *self = (descriptors){{-1, -1}, {-1, -1}, -1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, self->gate) != 0 ||
        pipe2(self->report, O_CLOEXEC) != 0)
        return -1;
    self->null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    self->log = open_checked(log_path, O_WRONLY | O_APPEND | O_CREAT, 0644);
    return self->null >= 0 && self->log >= 0 ? 0 : -1;
}

cr_status os_detached_spawn(const os_process_options *options, const char *log_path, os_detached *out,
                            cr_error *err) {
    descriptors fds;
    if (fault_blocks(FAULT_SPAWN)) return start_failed(err, options->argv[0], errno);
    int number = descriptors_open(&fds, log_path) != 0 ? errno : 0;
    int pid = -number;
    if (number == 0) {
        child_setup setup = {(char *const *)(uintptr_t)options->argv,
                             (char **)(uintptr_t)options->environment,
                             options->directory,
                             fds.null,
                             fds.log,
                             fds.log,
                             fds.report[1],
                             fds.gate[0],
                             0};
        pid = fork_twice(&setup);
    }
    close_one(fds.gate[0]);
    close_one(fds.report[1]);
    close_one(fds.log);
    close_one(fds.null);
    out->pid = pid;
    out->gate = fds.gate[1];
    out->report = fds.report[0];
    if (pid > 0 && os_process_identity(pid, out->identity)) return CR_OK;
    os_detached_abandon(out);
    if (number != 0 && access(log_path, W_OK) != 0) return start_failed(err, log_path, number);
    return start_failed(err, options->argv[0], pid < 0 ? -pid : ESRCH);
}

cr_status os_detached_release(os_detached *self, cr_error *err) {
    char go = 1;
    if (fault_blocks(FAULT_SPAWN) || send(self->gate, &go, 1, MSG_NOSIGNAL) != 1) {
        int number = errno;
        os_detached_abandon(self);
        return cr_fail(err, CR_E_OS, "cannot start process %lld: %s", (long long)self->pid, strerror(number));
    }
    close(self->gate);
    self->gate = -1;
    int number = child_await_exec(self->report);
    close(self->report);
    self->report = -1;
    if (number != 0) return cr_fail(err, CR_E_OS, "cannot start the program: %s", strerror(number));
    return CR_OK;
}

void os_detached_abandon(os_detached *self) {
    close_one(self->gate);
    close_one(self->report);
    self->gate = self->report = -1;
}
