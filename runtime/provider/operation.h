/* provider/operation.h: one call of a provider, from the engine's side (the provider's is creact/provider.h).
 *
 *     operation_start -> (line)* -> answered          or          operation_start -> operation_abandon
 *
 * A provider may answer inside the call that started it; `answered` is called from the event loop all the
 * same, so the engine is never entered from below. An operation that is answered twice is a bug and stops the
 * process. Ownership: the context's heap; the resource is copied, the strings and values in it are borrowed.
 */
#ifndef CREACT_OPERATION_H
#define CREACT_OPERATION_H

#include "creact/provider.h"
#include "os/loop.h"
#include "provider/router.h"

/* X(NAME, name in cr_resource and in the log, member of cr_provider_type) */
#define OPERATION_KIND_LIST(X)                                                                               \
    X(READ, "read", read)                                                                                    \
    X(CREATE, "create", create) X(UPDATE, "update", update) X(DELETE, "delete", delete_)                     \
        X(RECOVER, "recover", recover)

typedef enum operation_kind {
#define X(name, text, member) OPERATION_##name,
    OPERATION_KIND_LIST(X)
#undef X
} operation_kind;

const char *operation_kind_name(operation_kind kind);
/* Of a name in the log; OPERATION_READ when there is none such. */
operation_kind operation_kind_of(const char *name);

typedef enum operation_outcome { OPERATION_DONE, OPERATION_GONE, OPERATION_FAILED } operation_outcome;

typedef struct operation_answer {
    operation_outcome outcome;
    cr_value outputs, private_data; /* DONE */
    cr_failure failure;             /* FAILED */
    const char *message;            /* FAILED */
} operation_answer;

typedef struct operation_observer {
    void *data;
    void (*line)(void *data, const char *line, size_t length); /* may be NULL */
    void (*answered)(void *data, const operation_answer *answer);
} operation_observer;

cr_operation *operation_start(cr_context *cx, os_loop *loop, const router_entry *provider,
                              operation_kind kind, const cr_resource *resource,
                              const operation_observer *observer);
/* Asks the provider to stop early; it answers all the same, or not for a long time. */
void operation_cancel(cr_operation *self);
/* Nobody waits for the answer any more; `answered` is not called. */
void operation_abandon(cr_operation *self);

#endif
