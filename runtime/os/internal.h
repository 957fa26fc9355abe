/* os/internal.h: what the files of this room share; nobody else includes it.                               */
#ifndef CREACT_OS_INTERNAL_H
#define CREACT_OS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "creact/status.h"
#include "os/fault.h"
#include "os/loop.h"

/* fault_check; when the call is to fail, sets errno and answers true. */
bool fault_blocks(fault_kind kind);
/* Runs a system call through the fault switch; errno says why it failed. */
#define CHECKED(kind, call) (fault_blocks(kind) ? -1 : (call))

/* What a failed call on a path means: CR_E_OS when the system refuses it, and would again (no permission, read only, a
 * name that cannot be), else CR_E_IO. */
cr_status path_status(int number);

/* System calls that go through the fault switch, retry EINTR and set errno; -1 on failure. */
int open_checked(const char *path, int flags, uint32_t mode);
int write_all(int descriptor, const char *bytes, size_t length);
int close_checked(int descriptor);
int sync_data(int descriptor);
int sync_directory_of(const char *path);
/* The directory that `path` is in; the caller frees. */
char *directory_of(const char *path);

struct uv_loop_s;
struct uv_loop_s *loop_uv(os_loop *self);
/* os_loop_free is at work: no callback of a user may be called any more. */
bool loop_is_freeing(const os_loop *self);

/* The head of everything that a handle's `data` points to: how it is freed once the handle is closed. */
typedef struct handle_head {
    void (*free)(struct handle_head *self);
} handle_head;

/* The loop calls `reap` after each SIGCHLD, and stays alive while any child is listed. */
typedef struct loop_child {
    handle_head head;
    int64_t pid;
    void (*reap)(struct loop_child *self);
    struct loop_child *next;
} loop_child;
void loop_child_add(os_loop *self, loop_child *child);
void loop_child_remove(os_loop *self, loop_child *child);

#endif
