/* os/fault.h: makes system calls fail, or the process die, at a chosen moment. For tests only.
 *
 * Every call of os/ that can fail passes one of the kinds below through fault_check before it is made; those
 * that change the outside world also count as one change. Nothing is armed unless a test arms it; the switch
 * is the one process-wide variable of os/, because a fault is a property of the machine and not of a loop or
 * a file.     */
#ifndef CREACT_OS_FAULT_H
#define CREACT_OS_FAULT_H

#include <stdint.h>

/* X(NAME, changes the world). To add one: a row, and a fault_check before the call. */
#define FAULT_KIND_LIST(X)                                                                                   \
    X(OPEN, 0)                                                                                               \
    X(READ, 0) X(STAT, 0) X(LOCK, 0) X(WRITE, 1) X(SYNC, 1) X(TRUNCATE, 1) X(RENAME, 1) X(REMOVE, 1)         \
        X(MKDIR, 1) X(CHMOD, 1) X(CREATE, 1) X(SPAWN, 1) X(KILL, 1)

typedef enum fault_kind {
#define X(name, changes) FAULT_##name,
    FAULT_KIND_LIST(X)
#undef X
        FAULT_KIND_COUNT
} fault_kind;

/* The nth call of `kind` from now on (from 1) fails with `error_number`, once; nth 0 disarms. */
void fault_fail(fault_kind kind, uint64_t nth, int error_number);
/* The process kills itself (SIGKILL) before the nth change of the world from now on; nth 0 disarms. */
void fault_die(uint64_t nth);
/* The next WRITE stores only its first `bytes` bytes and then the process dies: a torn line. */
void fault_tear(uint64_t bytes);
/* Changes of the world made so far by this process. */
uint64_t fault_changes(void);

/* Called by os/ before each system call: 0, or the errno that it is to fail with. */
int fault_check(fault_kind kind);
/* Called by os/ before a write: how many of `length` bytes to store before dying; `length` when nothing is
 * armed. */
uint64_t fault_torn(uint64_t length);

#endif
