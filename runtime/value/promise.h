/* value/promise.h: promises, microtasks, async functions.
 *
 * An async function runs in a coroutine of its own (coroutine.h) until its first await; cr_await switches back
 * to whoever runs tasks, and a microtask continues it once the promise is settled. The order of microtasks is
 * the language's: await of a native promise costs one turn, a promise resolved with a promise three.
 *
 * tasks_run is called from the main stack only (cr_main, tests, the event loop's callbacks).                */
#ifndef CREACT_VALUE_PROMISE_H
#define CREACT_VALUE_PROMISE_H

#include "creact/status.h"
#include "value/context.h"

typedef enum promise_state { PROMISE_PENDING, PROMISE_FULFILLED, PROMISE_REJECTED } promise_state;

typedef struct promise_reaction promise_reaction;

typedef struct cr_promise {
    cr_object object;
    uint32_t state; /* promise_state */
    bool handled;   /* somebody listens for a rejection */
    bool resolving; /* resolved, maybe with another promise that is pending */
    bool suspended; /* rejected because the content of an unknown (the result) was needed */
    cr_value result;
    promise_reaction *reactions, *reactions_last;
} cr_promise;

static inline cr_promise *cr_as_promise(cr_value v) { return (cr_promise *)(uintptr_t)v; }
static inline bool cr_is_promise(cr_value v) { return cr_is_kind(v, CR_KIND_PROMISE); }

cr_value promise_new(cr_context *cx);
/* Settles; a second time is ignored. promise_resolve follows a promise or thenable. */
void promise_resolve(cr_context *cx, cr_value promise, cr_value value);
void promise_reject(cr_context *cx, cr_value promise, cr_value reason);
/* Promise.resolve(value): `value` itself if it is a promise. */
cr_value promise_of(cr_context *cx, cr_value value);
/* promise.then(on_fulfilled, on_rejected): the derived promise. Either may be undefined. */
cr_value promise_then(cr_context *cx, cr_value promise, cr_value on_fulfilled, cr_value on_rejected);
/* The resolve and reject functions that an executor gets; the first call of either counts. */
void promise_resolvers(cr_context *cx, cr_value promise, cr_value pair[2]);
/* For natives: calls `settled(data, …)` in a microtask once the promise is settled. */
void promise_listen(cr_context *cx, cr_value promise,
                    void (*settled)(cr_context *cx, void *data, bool fulfilled, cr_value result), void *data);

/* Runs an async function: answers the promise of its result. cr_call does this for CR_FUNCTION_ASYNC. */
cr_value async_call(cr_context *cx, const cr_function *f, cr_value this_value, uint32_t argc, const cr_value *argv);
/* Runs `code` (a module with a top-level await) the same way. */
cr_value async_run(cr_context *cx, cr_code code);

/* Queues a microtask. */
void task_add(cr_context *cx, void (*run)(cr_context *cx, void *data), void *data);
/* Runs microtasks until there are none. False when an interruption is pending. */
bool tasks_run(cr_context *cx);
/* A promise that was rejected and that nobody has handled by now (call after tasks_run); CR_UNDEFINED: none.
 * Each is reported once; what the runtime reports it as is error_describe of its result. */
cr_value tasks_unhandled(cr_context *cx);

/* Runs microtasks, and outside work by way of hooks.wait, until `promise` is settled. CR_E_FAILED when nothing
 * is left that could settle it; CR_E_INTERRUPTED. */
cr_status promise_drive(cr_context *cx, cr_value promise, cr_error *err);

/* Evaluates the program's modules in order, waiting for those with a top-level await. CR_OK; CR_E_THROWN with
 * the exception (or unhandled rejection) pending in the context; CR_E_FAILED when an await can never end. */
cr_status program_evaluate(cr_context *cx, cr_error *err);

#endif
