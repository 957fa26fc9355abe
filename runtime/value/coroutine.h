/* value/coroutine.h: C stacks that can be left and entered again, for async functions.
 *
 * A coroutine runs on a stack of its own (mapped with a guard page below, so that running over it is a fault
 * and not a corruption). Finished ones keep their stack for the next. The idea and the calls are ucontext's.
 *
 * Calling sequence:  coroutine_start -> (coroutine_suspend inside, coroutine_resume outside)* -> it returns
 *
 * Limits: COROUTINE_STACK_BYTES; recursion past it is a RangeError like on the main stack. Memory is only
 * touched as far as a stack is used.                                                                         */
#ifndef CREACT_VALUE_COROUTINE_H
#define CREACT_VALUE_COROUTINE_H

#include "value/context.h"

enum {
    COROUTINE_STACK_BYTES = 1 << 20,
    COROUTINES_IDLE_MAX = 64,
    COROUTINE_NESTING_MAX = 4000, /* started by each other: recursion without end is a RangeError, as calls are */
};

typedef struct coroutine coroutine;

/* Runs `run` on a stack of its own until it suspends or returns. false: no stack could be made; a RangeError is
 * pending. */
bool coroutine_start(cr_context *cx, void (*run)(cr_context *cx, void *data), void *data);
/* The first frame of the current coroutine, whose `up` is the starter's: cut off when the starter goes on. */
void coroutine_set_base(cr_context *cx, call_frame *base);
/* Leaves the current coroutine; returns when it is resumed. */
void coroutine_suspend(cr_context *cx);
/* Enters a suspended coroutine until it suspends again or returns. */
void coroutine_resume(cr_context *cx, coroutine *self);
/* Unmaps all stacks, of suspended coroutines too. */
void coroutines_release(cr_context *cx);

#endif
