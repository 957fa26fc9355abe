/* backends/backend.h: where the state log of stacks is kept, and the lock on it.
 *
 * A backend stores lines; deploy/stack gives them meaning. Calls block (a remote backend runs the loop inside).
 * Calling sequence:  open -> load* -> (lock -> load -> cut? -> append* -> compact* -> unlock) -> close
 * Durability: append returns after the lines are on stable storage (fdatasync for a file). After a failed append
 * the backend is broken: every later call fails.
 * Fencing (D7): lock gives a number that grows with every holder; append and compact carry it and are refused
 * when a newer holder exists (CR_E_LOCKED).                                                                 */
#ifndef CREACT_BACKEND_H
#define CREACT_BACKEND_H

#include "base/str.h"
#include "creact/status.h"
#include "creact/value.h"

typedef struct backend_lock_info {
    char holder[128];    /* user@host pid */
    char operation[32];
    uint64_t acquired_at_ms; /* wall clock of the holder, only to be shown */
    uint64_t fence;
} backend_lock_info;

typedef struct backend backend;

typedef struct backend_type {
    const char *name; /* "file" */
    /* All records of `stack` as one text of lines in *text (owned by the backend, good until close); empty when
     * there is no such stack. *origin names the place for messages (a path). */
    cr_status (*load)(backend *self, const char *stack, str *text, const char **origin, cr_error *err);
    cr_status (*append)(backend *self, const char *stack, uint64_t fence, str lines, cr_error *err);
    /* What was loaded was read once, and is only looked at here and there from now on. May be NULL. */
    void (*rest)(backend *self);
    /* Drops a torn tail: the log ends after its first `size` bytes. */
    cr_status (*cut)(backend *self, const char *stack, uint64_t fence, uint64_t size, cr_error *err);
    /* Replaces the whole log atomically. */
    cr_status (*compact)(backend *self, const char *stack, uint64_t fence, str text, cr_error *err);
    cr_status (*lock)(backend *self, const char *stack, const char *operation, uint64_t *fence, cr_error *err);
    cr_status (*renew)(backend *self, const char *stack, uint64_t fence, cr_error *err);
    cr_status (*unlock)(backend *self, const char *stack, uint64_t fence, cr_error *err);
    /* Who holds the lock; *held is false when nobody does. */
    cr_status (*inspect)(backend *self, const char *stack, bool *held, backend_lock_info *info, cr_error *err);
    void (*close)(backend *self);
} backend_type;

/* The first member of every backend. */
struct backend {
    const backend_type *type;
};

/* The file backend: `directory`/<stack>.jsonl and <stack>.lock (backends/file.c). Makes the directory when first
 * written to. */
cr_status file_backend_open(const char *directory, backend **out, cr_error *err);
/* From CReact.backend (an object of FileBackend …); CR_UNDEFINED: the file backend in `default_directory`. */
cr_status backend_open(cr_context *cx, cr_value config, const char *default_directory, backend **out, cr_error *err);

#endif
