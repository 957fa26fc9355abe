/* The child's side of starting a program: between fork and exec only calls that are safe there. */
#include "os/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

static void close_from(unsigned first) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
#endif
    for (int descriptor = (int)first; descriptor < 1024; descriptor++) close(descriptor);
}

/* Handlers of the parent must not run here; what it ignores must not be ignored by the program. */
static void reset_signals(void) {
    sigset_t none;
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Moves `descriptor` out of the way of 0 to 4. */
static int lift(int descriptor) { return descriptor < 5 ? fcntl(descriptor, F_DUPFD, 5) : descriptor; }

static _Noreturn void give_up(int report, int number) {
    ssize_t ignored = write(report, &number, sizeof number);
    (void)ignored;
    _exit(127);
}

_Noreturn void child_run(const child_setup *setup) {
    int input = lift(setup->input), output = lift(setup->output), errors = lift(setup->errors);
    int report = lift(setup->report), gate = setup->gate < 0 ? -1 : lift(setup->gate);
    char go;
    setsid();
    dup2(input, 0);
    dup2(output, 1);
    dup2(errors, 2);
    dup2(report, 3);
    fcntl(3, F_SETFD, FD_CLOEXEC);
    if (gate >= 0) dup2(gate, 4);
    close_from(gate >= 0 ? 5 : 4);
    reset_signals();
    if (setup->parent != 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != setup->parent) _exit(127); /* the parent died before the line above */
    }
    if (gate >= 0) {
        ssize_t got;
        do got = read(4, &go, 1);
        while (got < 0 && errno == EINTR);
        if (got != 1) _exit(127); /* the parent is gone or gave up */
        close(4);
    }
    if (setup->directory != NULL && chdir(setup->directory) != 0) give_up(3, errno);
    environ = setup->environment;
    execvp(setup->argv[0], setup->argv);
    give_up(3, errno);
}

int child_fork(const child_setup *setup) {
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    int pid = fork();
    if (pid == 0) child_run(setup);
    int number = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = number;
    return pid;
}

int child_await_exec(int report) {
    int number = 0;
    ssize_t got;
    do got = read(report, &number, sizeof number);
    while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof number ? number : 0;
}
