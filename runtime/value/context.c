#include "value/context.h"

#include <sys/resource.h>

#include "value/coroutine.h"
#include "value/error.h"
#include "value/object.h"

enum {
    STACK_BYTES_ASSUMED = 8 << 20, /* where the system sets no limit */
    STACK_RESERVE_BYTES = 192 << 10, /* for natives and the C library below the last checked call */
};

/* A context and its runtime, allocated together. */
typedef struct whole_context {
    cr_context context;
    cr_runtime runtime;
} whole_context;

/* The lowest address that the main stack may reach: from here down to the system's limit, less a reserve. */
static const char *main_stack_limit(void) {
    struct rlimit limit;
    size_t bytes = STACK_BYTES_ASSUMED;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < bytes)
        bytes = (size_t)limit.rlim_cur;
    size_t usable = bytes > 2 * STACK_RESERVE_BYTES ? bytes - STACK_RESERVE_BYTES : bytes / 2;
    return (const char *)__builtin_frame_address(0) - usable;
}

cr_context *context_new(const cr_program *program) {
    whole_context *whole = mem_zeroed(1, sizeof *whole);
    cr_runtime *runtime = &whole->runtime;
    whole->context.runtime = runtime;
    runtime->program = program;
    arena_init(&runtime->heap);
    runtime->stack_limit = runtime->stack_limit_real = main_stack_limit();
    return &whole->context;
}

void context_free(cr_context *self) {
    if (self == NULL) return;
    cr_runtime *runtime = self->runtime;
    coroutines_release(self);
    for (size_t i = 0; i < runtime->expanded.length; i++) {
        cr_object *object = runtime->expanded.items[i];
        object->slots = NULL;
        object->index = NULL;
        object->count = object->capacity = 0;
        object->head.flags |= CR_FLAG_LAZY;
    }
    VEC_RELEASE(&runtime->expanded);
    for (size_t i = 0; i < runtime->prototyped.length; i++) runtime->prototyped.items[i]->prototype = NULL;
    VEC_RELEASE(&runtime->prototyped);
    VEC_RELEASE(&runtime->rejected);
    arena_release(&runtime->heap);
    mem_free((whole_context *)(void *)self);
}

void context_interrupt(cr_context *self) {
    self->runtime->interrupt_requested = true;
    self->runtime->stack_limit = (const char *)UINTPTR_MAX;
}

cr_pending context_take_pending(cr_context *cx) {
    cr_pending pending = cx->runtime->pending;
    cx->runtime->pending = (cr_pending){0};
    return pending;
}

bool stack_check(cr_context *cx) {
    cr_runtime *runtime = cx->runtime;
    const char *here = __builtin_frame_address(0);
    if (here >= runtime->stack_limit) return true;
    if (runtime->interrupt_requested) {
        runtime->interrupt_requested = false;
        runtime->stack_limit = runtime->stack_limit_real;
        runtime->pending = (cr_pending){.kind = PENDING_INTERRUPTED};
        return false;
    }
    throw_range_error(cx, "Maximum call stack size exceeded");
    return false;
}

bool stack_is_low(const cr_context *cx) { return (const char *)__builtin_frame_address(0) < cx->runtime->stack_limit_real; }
