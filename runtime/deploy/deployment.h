/* deploy/deployment.h: what the files of the engine share.
 *
 *     engine.c   which changes start when; the turns of the loop; begin and end      task.c   the steps of
 * one change recover.c  what became of interrupted operations
 *
 * A change is carried out by a task:
 *
 *     WAITING ──its turn──▶ READING ──(update, delete, replace: is it still there?)──▶ READY
 *        │                                                                              │ intent on stable
 * storage ├──▶ LEFT      for the next wave: props not known, or no longer what was planned ▼ ├──▶ SKIPPED the
 * run stops                         BACKOFF ◀──transient── RUNNING ──▶ DONE └──▶ DONE      nothing to ask a
 * provider for            └──────▶ READY         └─────▶ FAILED
 *
 * One turn: answers are taken in, components render again, tasks whose time has come get ready, all lines of
 * the turn are made durable at once, then the operations start and the observer is told. */
#ifndef CREACT_DEPLOYMENT_H
#define CREACT_DEPLOYMENT_H

#include "deploy/engine.h"
#include "graph/graph.h"
#include "os/loop.h"
#include "provider/operation.h"

enum {
    BACKOFF_MS_MAX = 30000,
    TICK_MS = 100,
    CANCEL_GRACE_MS =
        10000, /* after the second interruption; what has not answered then is left as after a crash */
};

typedef enum task_state {
    TASK_WAITING,
    TASK_READING,
    TASK_READY,
    TASK_RUNNING,
    TASK_BACKOFF,
    TASK_DONE,
    TASK_FAILED,
    TASK_LEFT,
    TASK_SKIPPED,
} task_state;

typedef struct task {
    deployment *all;
    const change *change;
    uint32_t index; /* in the change set, whose order graph has the same numbers */
    task_state state;
    operation_kind kind; /* of the step under way */
    resource_record *record;
    const router_entry *provider;
    cr_operation *operation;
    operation_answer answer;
    os_timer *backoff;
    uint64_t started_ms;
    uint32_t attempt;    /* of the step under way */
    const char *message; /* FAILED, BACKOFF, LEFT */
} task;

struct deployment {
    stack *stack;
    renderer *renderer;
    router *router;
    cr_context *cx;
    deploy_options options;
    deploy_observer observer;
    os_loop *loop;
    bool own_loop;

    bool begun;            /* the begin line is in the log */
    uint32_t interrupts;   /* asked for */
    uint64_t cancelled_ms; /* when the second one came; 0: it has not */
    bool stopping;         /* nothing new starts */
    bool turn_asked;       /* a turn is due in the loop */
    cr_status status;      /* the first failure */
    cr_error error;

    const plan *plan; /* of the wave that runs */
    deploy_summary *summary;
    task *tasks;
    graph_ready ready;
    uint32_t busy;          /* tasks that were begun and are not done, failed or left */
    VEC(task *) answered;   /* their answers wait for the turn */
    VEC(task *) due;        /* their backoff is over */
    VEC(task *) starting;   /* READY or READING: the operation starts when the lines are durable */
    VEC(deploy_event) told; /* to the observer, once the turn's lines are durable */
    bool abandoned;         /* the operations that still run are left as after a crash */
};

/* ---- engine.c */

void deployment_tell(deployment *self, const deploy_event *event);
/* Keeps the first failure; nothing new starts after it. */
void deployment_fail(deployment *self, cr_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Makes the loop take a turn of the wave that runs. */
void deployment_ask_turn(deployment *self);
/* Runs the loop until nothing is busy; ticks, and gives up on what does not stop after the second
 * interruption. */
void deployment_drive(deployment *self);
/* Records that name the old id of a resource that has moved name the new one from now on: at the end of a wave, and
 * before recovery, should it have been cut short. */
cr_status deployment_follow_moves(deployment *self, cr_error *err);

/* ---- task.c */

/* Its turn has come. Afterwards it is READING or READY (and in `starting`), DONE, FAILED or LEFT. */
void task_begin(task *self);
/* Starts the operation of a READY or READING task. */
void task_start_operation(task *self);
/* Takes its answer in. Afterwards READY (in `starting`), BACKOFF, DONE, FAILED or LEFT. */
void task_take_answer(task *self);
/* Its backoff is over: READY for another attempt. */
void task_retry(task *self);
/* In BACKOFF when the run stops: FAILED. */
void task_give_up(task *self);
/* What an observer of its change is told. */
void task_tell(task *self, deploy_event_kind kind, const char *text);

/* Fills in a record after an operation succeeded. */
void record_deployed(deployment *self, resource_record *record, cr_value props, uint64_t props_hash,
                     const operation_answer *answer);

#endif
