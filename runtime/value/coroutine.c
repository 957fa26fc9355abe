#include "value/coroutine.h"

#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "base/bug.h"
#include "value/error.h"

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifdef WITH_ASAN
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(__has_include)
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#endif
#endif
#ifndef VALGRIND_STACK_REGISTER
#define VALGRIND_STACK_REGISTER(start, end) 0u
#define VALGRIND_STACK_DEREGISTER(id) ((void)(id))
#endif

/* Where a stack keeps what another one needs to come back to it. */
typedef struct stack_state {
    ucontext_t registers;
    call_frame *frame;
    const cr_site *site;
    const char *stack_limit;
    struct coroutine *coroutine;
    const void *bottom; /* lowest address and size, for ASan */
    size_t bytes;
} stack_state;

struct coroutine {
    stack_state here, resumer;
    char *mapping; /* guard page included */
    size_t mapping_bytes;
    void (*run)(cr_context *cx, void *data);
    void *data;
    bool finished;
    call_frame *base;
    uint32_t nesting; /* how many coroutines wait for this one to give way */
    unsigned valgrind_id;
    coroutine *next_idle, *next_live, *previous_live;
};

enum { STACK_RESERVE_BYTES = 128 << 10 }; /* natives and the C library below the last checked call */

static void save_state(cr_context *cx, stack_state *state) {
    state->frame = cx->runtime->frame;
    state->site = cx->site;
    state->stack_limit = cx->runtime->stack_limit_real;
    state->coroutine = cx->runtime->coroutine;
}

static void restore_state(cr_context *cx, const stack_state *state) {
    cr_runtime *runtime = cx->runtime;
    runtime->frame = state->frame;
    cx->site = state->site;
    runtime->stack_limit_real = state->stack_limit;
    if (!runtime->interrupt_requested) runtime->stack_limit = state->stack_limit;
    runtime->coroutine = state->coroutine;
}

/* Goes from one stack to another; `leaving_for_good` frees what ASan keeps for the stack that is left. */
static void change_stack(stack_state *from, stack_state *to, bool leaving_for_good) {
#ifdef WITH_ASAN
    void *fake_stack = NULL;
    __sanitizer_start_switch_fiber(leaving_for_good ? NULL : &fake_stack, to->bottom, to->bytes);
#endif
    MUST(swapcontext(&from->registers, &to->registers) == 0);
#ifdef WITH_ASAN
    __sanitizer_finish_switch_fiber(fake_stack, NULL, NULL);
#endif
}

/* The first function on a new stack; makecontext passes nothing wider than an int. */
static void enter(unsigned cx_high, unsigned cx_low) {
    cr_context *cx = (cr_context *)((uintptr_t)cx_high << 32 | cx_low);
    coroutine *self = cx->runtime->coroutine;
#ifdef WITH_ASAN
    __sanitizer_finish_switch_fiber(NULL, &self->resumer.bottom, &self->resumer.bytes);
#endif
    self->run(cx, self->data);
    self->finished = true;
    restore_state(cx, &self->resumer);
    change_stack(&self->here, &self->resumer, true);
    BUG("a finished coroutine was resumed");
}

/* Not inlined: gcc takes what stands beside getcontext, which returns twice, to be clobbered by it. */
__attribute__((noinline)) static coroutine *make(cr_context *cx) {
    cr_runtime *runtime = cx->runtime;
    coroutine *self = runtime->idle;
    if (self != NULL) {
        runtime->idle = self->next_idle;
        return self;
    }
    size_t page = (size_t)sysconf(_SC_PAGESIZE), bytes = COROUTINE_STACK_BYTES + page;
    char *mapping = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (mapping == MAP_FAILED) return NULL;
    if (mprotect(mapping, page, PROT_NONE) != 0) {
        munmap(mapping, bytes);
        return NULL;
    }
    self = mem_zeroed(1, sizeof *self);
    self->mapping = mapping;
    self->mapping_bytes = bytes;
    self->valgrind_id = VALGRIND_STACK_REGISTER(mapping + page, mapping + bytes);
    self->next_live = runtime->live;
    if (runtime->live != NULL) runtime->live->previous_live = self;
    runtime->live = self;
    return self;
}

static void unmap(cr_context *cx, coroutine *self) {
    if (self->previous_live != NULL) self->previous_live->next_live = self->next_live;
    if (self->next_live != NULL) self->next_live->previous_live = self->previous_live;
    if (cx->runtime->live == self) cx->runtime->live = self->next_live;
    VALGRIND_STACK_DEREGISTER(self->valgrind_id);
    munmap(self->mapping, self->mapping_bytes);
    mem_free(self);
}

static void put_back(cr_context *cx, coroutine *self) {
    uint32_t idle = 0;
    for (const coroutine *at = cx->runtime->idle; at != NULL; at = at->next_idle) idle++;
    if (idle >= COROUTINES_IDLE_MAX) {
        unmap(cx, self);
        return;
    }
    self->next_idle = cx->runtime->idle;
    cx->runtime->idle = self;
}

/* Enters `self` and comes back when it suspends or finishes. */
static void switch_to(cr_context *cx, coroutine *self) {
    save_state(cx, &self->resumer);
    coroutine *outer = cx->runtime->coroutine;
    if (outer != NULL) {
        self->resumer.bottom = outer->here.bottom;
        self->resumer.bytes = outer->here.bytes;
    }
    restore_state(cx, &self->here);
    change_stack(&self->resumer, &self->here, false);
    if (self->finished) put_back(cx, self);
}

bool coroutine_start(cr_context *cx, void (*run)(cr_context *cx, void *data), void *data) {
    const coroutine *outer = cx->runtime->coroutine;
    uint32_t nesting = outer != NULL ? outer->nesting + 1 : 0;
    if (nesting >= COROUTINE_NESTING_MAX) {
        throw_range_error(cx, "Maximum call stack size exceeded");
        return false;
    }
    coroutine *self = make(cx);
    if (self == NULL) {
        throw_range_error(cx, "too many async calls wait at the same time");
        return false;
    }
    char *end = self->mapping + self->mapping_bytes, *bottom = end - COROUTINE_STACK_BYTES;
    self->run = run;
    self->data = data;
    self->nesting = nesting;
    self->base = NULL;
    self->finished = false;
    self->here = (stack_state){.frame = cx->runtime->frame, .site = cx->site, .coroutine = self, .bottom = bottom, .bytes = COROUTINE_STACK_BYTES};
    self->here.stack_limit = bottom + STACK_RESERVE_BYTES;
    MUST(getcontext(&self->here.registers) == 0);
    self->here.registers.uc_stack.ss_sp = bottom;
    self->here.registers.uc_stack.ss_size = COROUTINE_STACK_BYTES;
    self->here.registers.uc_link = NULL;
    uintptr_t address = (uintptr_t)cx;
    makecontext(&self->here.registers, (void (*)(void))(uintptr_t)enter, 2, (unsigned)(address >> 32), (unsigned)address);
    switch_to(cx, self);
    return true;
}

void coroutine_set_base(cr_context *cx, call_frame *base) { cx->runtime->coroutine->base = base; }

void coroutine_suspend(cr_context *cx) {
    coroutine *self = cx->runtime->coroutine;
    MUST(self != NULL);
    if (self->base != NULL) {
        self->base->up = NULL;
        self->base->call_site = NULL;
    }
    save_state(cx, &self->here);
    restore_state(cx, &self->resumer);
    change_stack(&self->here, &self->resumer, false);
}

void coroutine_resume(cr_context *cx, coroutine *self) { switch_to(cx, self); }

void coroutines_release(cr_context *cx) {
    while (cx->runtime->live != NULL) unmap(cx, cx->runtime->live);
    cx->runtime->idle = NULL;
}
