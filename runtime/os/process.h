/* os/process.h: programs that we start, and how they are known again.
 *
 * A child has its own session and process group, an environment of its own (nothing is inherited that is not
 * declared), no input, and dies with us (PR_SET_PDEATHSIG). Its lines are delivered as they are printed.
 * A detached program survives us. It is held before its first instruction until os_detached_release, so that
 * its pid can be on stable storage before it does anything: a crash in between leaves no unknown process
 * behind. A process is known again by its pid and its identity (start time and boot), never by the pid alone.
 */
#ifndef CREACT_OS_PROCESS_H
#define CREACT_OS_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "creact/status.h"
#include "os/loop.h"

enum { OS_PROCESS_LINE_BYTES_MAX = 64 * 1024 }; /* longer lines are delivered in pieces */

typedef struct os_process_options {
    const char *const *argv; /* NULL-terminated; argv[0] without '/' is looked up in PATH of `environment` */
    const char *const *environment; /* NULL-terminated NAME=value */
    const char *directory;          /* NULL: ours */
} os_process_options;

typedef struct os_process_observer {
    void *data;
    /* stream: 1 or 2; without the line end. May be NULL. */
    void (*line)(void *data, int stream, const char *line, size_t length);
    /* The last call, after all lines. exit_status is good when signal_number is 0. */
    void (*exited)(void *data, int exit_status, int signal_number);
} os_process_observer;

typedef struct os_process os_process;

/* CR_E_OS: the program could not be started (the message names it and the reason); no callback follows. */
cr_status os_process_spawn(os_loop *loop, const os_process_options *options,
                           const os_process_observer *observer, os_process **out, cr_error *err);
int64_t os_process_pid(const os_process *self);
/* TERM to the process group, KILL after kill_after_ms; `exited` is called as always. */
void os_process_stop(os_process *self, uint64_t kill_after_ms);

enum { OS_IDENTITY_BYTES = 48 };
/* What tells this process from every other that has or had its pid; false when there is no such process (a
 * zombie is none). */
bool os_process_identity(int64_t pid, char identity[OS_IDENTITY_BYTES]);
/* Is `pid` running and still the process of that identity? */
bool os_process_is(int64_t pid, const char *identity);
/* Sends `signal_number` to the process group of `pid`, if it is still the process of that identity. */
bool os_process_signal(int64_t pid, const char *identity, int signal_number);

typedef struct os_detached {
    int64_t pid;
    char identity[OS_IDENTITY_BYTES];
    int gate, report; /* descriptors; private */
} os_detached;
/* Starts a program that outlives us, held at the gate. Both output streams are appended to `log_path`. */
cr_status os_detached_spawn(const os_process_options *options, const char *log_path, os_detached *out,
                            cr_error *err);
/* Lets it run. CR_E_OS: it could not be executed, and is gone. */
cr_status os_detached_release(os_detached *self, cr_error *err);
/* Gives it up before it ran. */
void os_detached_abandon(os_detached *self);

#endif
