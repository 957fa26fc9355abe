#include "os/loop.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <uv.h>

#include "base/bug.h"
#include "base/mem.h"
#include "os/internal.h"

typedef struct deferred_call {
    os_callback call;
    void *data;
} deferred_call;

struct os_loop {
    uv_loop_t uv;
    uv_idle_t idle; /* active while calls are deferred, so that the loop does not sleep */
    uv_signal_t child_signal;
    bool freeing;
    loop_child *children;
    VEC(deferred_call) deferred;
};

struct uv_loop_s *loop_uv(os_loop *self) {
    return &self->uv;
}
bool loop_is_freeing(const os_loop *self) { return self->freeing; }

static void handle_closed(uv_handle_t *handle) {
    handle_head *head = handle->data;
    if (head != NULL) head->free(head);
}

static void child_signal_arrived(uv_signal_t *handle, int number) {
    os_loop *self = (os_loop *)handle->loop;
    for (loop_child *child = self->children, *next; child != NULL; child = next) {
        next = child->next;
        child->reap(child);
    }
}

os_loop *os_loop_new(void) {
    os_loop *self = mem_zeroed(1, sizeof *self);
    MUST(uv_loop_init(&self->uv) == 0);
    MUST(uv_idle_init(&self->uv, &self->idle) == 0);
    MUST(uv_signal_init(&self->uv, &self->child_signal) == 0);
    self->idle.data = self->child_signal.data = NULL;
    MUST(uv_signal_start(&self->child_signal, child_signal_arrived, SIGCHLD) ==
         0); /* before any child is started */
    uv_unref((uv_handle_t *)&self->child_signal);
    return self;
}

static void close_handle(uv_handle_t *handle, void *data) {
    if (!uv_is_closing(handle)) uv_close(handle, handle_closed);
}

void os_loop_free(os_loop *self) {
    self->freeing = true;
    while (self->children != NULL) {
        loop_child *child = self->children;
        kill(-(pid_t)child->pid, SIGKILL);
        waitpid((pid_t)child->pid, NULL, 0);
        self->children = child->next;
        child->head.free(&child->head);
    }
    uv_walk(&self->uv, close_handle, NULL);
    uv_run(&self->uv, UV_RUN_DEFAULT);
    MUST(uv_loop_close(&self->uv) == 0);
    VEC_RELEASE(&self->deferred);
    mem_free(self);
}

void os_loop_run(os_loop *self) { uv_run(&self->uv, UV_RUN_DEFAULT); }
bool os_loop_turn(os_loop *self) { return uv_run(&self->uv, UV_RUN_ONCE) != 0; }
void os_loop_stop(os_loop *self) { uv_stop(&self->uv); }

static void run_deferred(uv_idle_t *idle) {
    os_loop *self = (os_loop *)idle->loop; /* the first member */
    size_t count = self->deferred.length;
    for (size_t i = 0; i < count; i++) {
        deferred_call next = self->deferred.items[i]; /* a copy: the call may defer more */
        next.call(next.data);
    }
    size_t left = self->deferred.length - count;
    if (left > 0)
        memmove(self->deferred.items, self->deferred.items + count, left * sizeof *self->deferred.items);
    self->deferred.length = left;
    if (left == 0) uv_idle_stop(idle);
}

void os_loop_defer(os_loop *self, os_callback call, void *data) {
    VEC_PUSH(&self->deferred, ((deferred_call){call, data}));
    uv_idle_start(&self->idle, run_deferred);
}

/* ---- timers -------------------------------------------------------------------------------------------- */

struct os_timer {
    handle_head head;
    uv_timer_t uv;
    os_callback call;
    void *data;
};

static void timer_free(handle_head *head) { mem_free(head); }

static void timer_fired(uv_timer_t *handle) {
    os_timer *self = handle->data;
    bool once = uv_timer_get_repeat(handle) == 0;
    if (once) uv_close((uv_handle_t *)handle, handle_closed); /* freed after this turn */
    self->call(self->data);
}

os_timer *os_timer_start(os_loop *loop, uint64_t delay_ms, uint64_t repeat_ms, os_callback call, void *data) {
    os_timer *self = mem_zeroed(1, sizeof *self);
    self->head.free = timer_free;
    self->call = call;
    self->data = data;
    MUST(uv_timer_init(&loop->uv, &self->uv) == 0);
    self->uv.data = self;
    uv_update_time(&loop->uv);
    MUST(uv_timer_start(&self->uv, timer_fired, delay_ms, repeat_ms) == 0);
    return self;
}

void os_timer_stop(os_timer *self) {
    if (!uv_is_closing((uv_handle_t *)&self->uv)) uv_close((uv_handle_t *)&self->uv, handle_closed);
}

/* ---- signals ------------------------------------------------------------------------------------------- */

struct os_signal {
    handle_head head;
    uv_signal_t uv;
    os_callback call;
    void *data;
};

static void signal_free(handle_head *head) { mem_free(head); }

static void signal_arrived(uv_signal_t *handle, int number) {
    os_signal *self = handle->data;
    self->call(self->data);
}

os_signal *os_signal_watch(os_loop *loop, int number, os_callback call, void *data) {
    os_signal *self = mem_zeroed(1, sizeof *self);
    self->head.free = signal_free;
    self->call = call;
    self->data = data;
    MUST(uv_signal_init(&loop->uv, &self->uv) == 0);
    self->uv.data = self;
    MUST(uv_signal_start(&self->uv, signal_arrived, number) == 0);
    uv_unref((uv_handle_t *)&self->uv);
    return self;
}

void os_signal_stop(os_signal *self) {
    if (!uv_is_closing((uv_handle_t *)&self->uv)) uv_close((uv_handle_t *)&self->uv, handle_closed);
}

/* ---- children ------------------------------------------------------------------------------------------ */

void loop_child_add(os_loop *self, loop_child *child) {
    if (self->children == NULL) uv_ref((uv_handle_t *)&self->child_signal);
    child->next = self->children;
    self->children = child;
}

void loop_child_remove(os_loop *self, loop_child *child) {
    loop_child **at = &self->children;
    while (*at != NULL && *at != child) at = &(*at)->next;
    MUST(*at == child);
    *at = child->next;
    if (self->children == NULL) uv_unref((uv_handle_t *)&self->child_signal);
}
