/* providers/process: programs that keep running after the deploy binary has ended.
 *
 *   process.c   the provider contract: what a change means, reading, stopping, recovery
 *   start.c     starting a program and waiting until it is ready
 *   mark.c      the mark: a file beside the log that says which process is ours
 *
 * A program is known again by its pid and identity (start time), which are the resource's private data, and by its
 * mark: {token, pid, identity}, on stable storage before the program runs its first instruction. So a deployment
 * that is killed at any instant leaves either no process or one that the next deployment finds by its token.  */
#ifndef CREACT_PROVIDERS_PROCESS_H
#define CREACT_PROVIDERS_PROCESS_H

#include "base/str.h"
#include "creact/props.h"
#include "creact/provider.h"
#include "os/process.h"

enum {
    READY_TIMEOUT_MS_DEFAULT = 30 * 1000,
    STOP_TIMEOUT_MS_DEFAULT = 5 * 1000,
    KILL_WAIT_MS = 5 * 1000, /* a process that survives KILL that long is stuck in the kernel */
};

typedef struct process_mark {
    char *token;
    int64_t pid;
    char identity[OS_IDENTITY_BYTES];
} process_mark;

/* The mark beside `log_path`. *found is false when there is none that can be read. The caller releases it. */
cr_status process_mark_read(const char *log_path, process_mark *out, bool *found, cr_error *err);
cr_status process_mark_write(const char *log_path, const process_mark *mark, cr_error *err);
cr_status process_mark_remove(const char *log_path, cr_error *err);
void process_mark_release(process_mark *self);

/* Where the output of a resource's program goes: prop `logFile`, else .creact/logs/<stack>/<address>.log. */
void process_log_path(cr_context *cx, const cr_resource *resource, cr_value props, str_buf *out);
/* The pid and identity of private data; false when there are none. */
bool process_known(cr_context *cx, const cr_resource *resource, int64_t *pid, char identity[OS_IDENTITY_BYTES]);

/* Starts the program of the operation, or waits for the one of `running` (a mark, may be NULL), until it is ready;
 * answers the operation. */
void process_start(cr_operation *operation, const process_mark *running);
/* TERM, then KILL after `timeout_ms`; answers gone when the process is no more, after removing its mark and log. */
void process_stop(cr_operation *operation, int64_t pid, const char *identity, uint64_t timeout_ms, const char *log_path);

#endif
