/* os/loop.h: the event loop: timers, signals, deferred calls, connections that are tried.
 *
 * One loop, one thread. The shell of libuv that the rest of the runtime sees; nobody else includes uv.h.
 * Calling sequence:  os_loop_new -> start timers, processes … -> os_loop_run -> os_loop_free
 * Ownership: the loop owns its handles; a handle is gone once it was stopped or its last callback has
 * returned. Callbacks run inside os_loop_run or os_loop_turn, never inside the call that starts something. */
#ifndef CREACT_OS_LOOP_H
#define CREACT_OS_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "creact/status.h"

typedef struct os_loop os_loop;

os_loop *os_loop_new(void);
/* Stops and frees every handle. Child processes that are still running are killed with their groups. */
void os_loop_free(os_loop *self);
/* Handles events until os_loop_stop, or until nothing is left that could happen (signals do not count). */
void os_loop_run(os_loop *self);
/* Waits for events once and handles them; false when nothing is left that could happen. */
bool os_loop_turn(os_loop *self);
/* Makes the running os_loop_run return after the callbacks of this turn. */
void os_loop_stop(os_loop *self);

typedef void (*os_callback)(void *data);

/* Calls `call` once in the next turn, in order of the deferring. */
void os_loop_defer(os_loop *self, os_callback call, void *data);

typedef struct os_timer os_timer;
/* After delay_ms, then each repeat_ms (0: only once). A timer that fired once is gone. */
os_timer *os_timer_start(os_loop *loop, uint64_t delay_ms, uint64_t repeat_ms, os_callback call, void *data);
void os_timer_stop(os_timer *self);

typedef struct os_signal os_signal;
/* Calls `call` for each `number` (SIGINT …) that arrives; alone it does not keep the loop running. */
os_signal *os_signal_watch(os_loop *loop, int number, os_callback call, void *data);
void os_signal_stop(os_signal *self);

typedef struct os_probe os_probe;
/* Tries to connect to a TCP port once; `done` tells whether somebody listened. host: an address or a name. */
os_probe *os_tcp_probe(os_loop *loop, const char *host, uint16_t port, uint64_t timeout_ms,
                       void (*done)(void *data, bool connected), void *data);
/* `done` is not called any more. */
void os_tcp_probe_cancel(os_probe *self);

#endif
