/* os/child.h: the child's side of starting a program; used by this room's process.c and detached.c.        */
#ifndef CREACT_OS_CHILD_H
#define CREACT_OS_CHILD_H

#include <sys/types.h>

typedef struct child_setup {
    char *const *argv;
    char **environment;
    const char *directory;
    int input, output, errors; /* become 0, 1, 2 */
    int report;                /* gets an errno when the program cannot be executed; closed by exec */
    int gate;                  /* a byte must come before the program runs; -1: none */
    pid_t parent;              /* dies with it; 0: outlives it */
} child_setup;

/* fork, with signals held back until the child has dropped the parent's handlers. The pid, or -1 and errno.
 */
int child_fork(const child_setup *setup);
/* In the parent: waits until the program was executed (0) or could not be (the errno). */
int child_await_exec(int report);
/* In the child. */
_Noreturn void child_run(const child_setup *setup);

#endif
