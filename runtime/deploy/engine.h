/* deploy/engine.h: carries a plan out (promises D1 to D6).
 *
 * Each change starts when all that it waits for is done, up to `parallelism` at a time. Before a provider
 * call its intent is on stable storage, after it its outcome. When outputs arrive, the components that read
 * them render again, and the props of changes that have not started follow. A change whose props still hold
 * unknowns when its turn comes, and what newly came to light, is left for the next wave: the caller computes
 * a plan again.
 *
 * Interruption: deploy_interrupt once: nothing new starts, what runs is finished and recorded; twice: running
 * operations are cancelled; both can be resumed.
 * Errors: the first failure (CR_E_PROVIDER); what does not depend on it is not started any more; what runs is
 * finished. Everything that happened is recorded in every case. */
#ifndef CREACT_ENGINE_H
#define CREACT_ENGINE_H

#include "deploy/plan.h"

/* X(NAME, name in --json) */
#define DEPLOY_EVENT_LIST(X)                                                                                 \
    X(BEGIN, "begin")         /* the deployment is recorded as begun */                                      \
    X(START, "start")         /* an operation starts: change, attempt */                                     \
    X(LOG, "log")             /* a line that a resource's program printed: text */                           \
    X(RETRY, "retry")         /* failed, will be tried again after delay_ms: text */                         \
    X(DONE, "done")           /* succeeded: duration_ms */                                                   \
    X(FAIL, "fail")           /* failed for good: text */                                                    \
    X(SKIP, "skip")           /* not started: what it needs failed, or the run was interrupted */            \
    X(INTERRUPT, "interrupt") /* asked to stop */                                                            \
    X(END, "end")             /* the deployment is recorded as ended */

typedef enum deploy_event_kind {
#define X(name, json) DEPLOY_EVENT_##name,
    DEPLOY_EVENT_LIST(X)
#undef X
} deploy_event_kind;

typedef struct deploy_event {
    deploy_event_kind kind;
    const change *change; /* or NULL */
    const char *text;     /* or NULL */
    uint32_t attempt;
    uint64_t delay_ms, duration_ms;
} deploy_event;

typedef struct deploy_observer {
    void *data;
    void (*event)(void *data, const deploy_event *event);
    void (*tick)(void *data); /* called about ten times a second while operations run; may be NULL */
} deploy_observer;

typedef struct deploy_options {
    uint32_t parallelism;    /* at least 1 */
    uint32_t retries_max;    /* after the first attempt, for transient failures */
    uint64_t retry_delay_ms; /* before the first retry; doubles */
    struct os_loop
        *loop; /* on which providers answer; the caller's signals are watched on it; NULL: its own */
} deploy_options;

typedef struct deploy_summary {
    uint32_t done[CHANGE_MOVE + 1]; /* a count for each change_kind */
    uint32_t failed, skipped;
    bool outdated; /* something was found or became known that makes the next plan another one */
    uint64_t duration_ms;
} deploy_summary;

typedef struct deployment deployment;

deployment *deployment_new(stack *stack, renderer *renderer, router *router, const deploy_options *options,
                           const deploy_observer *observer);
void deployment_free(deployment *self);
/* Carries out one wave. May be called again with the next plan. */
cr_status deployment_run(deployment *self, const plan *plan, deploy_summary *summary, cr_error *err);
/* Records component state and outputs and marks the deployment as ended. */
cr_status deployment_end(deployment *self, cr_error *err);
/* Safe to call from the event loop's signal watcher. */
void deployment_interrupt(deployment *self);
/* First step of `resume` and of `deploy` after a crash: asks providers to recover each interrupted operation
 * (D2), records what they find. Afterwards every record is in a settled state and a plan can be computed. */
cr_status deployment_recover(deployment *self, deploy_summary *summary, cr_error *err);

#endif
