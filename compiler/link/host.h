/* link/host.h: files and child processes, as far as compiling and linking need them.
 *
 * Objects and binaries can be made again, so nothing here waits for the disk; what must never be seen half-written
 * is written aside and renamed.
 * Errors: a cr_status and a message that names the path.                                                   */
#ifndef CREACT_LINK_HOST_H
#define CREACT_LINK_HOST_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/mem.h"
#include "base/str.h"
#include "creact/status.h"

/* Appends the file's content. */
cr_status host_read(const char *path, str_buf *out, cr_error *err);
cr_status host_write(const char *path, str bytes, cr_error *err);
/* Writes beside `path`, then renames, unless the file has this content already (its time is then kept). */
cr_status host_replace(const char *path, str bytes, cr_error *err);
cr_status host_rename(const char *from, const char *to, cr_error *err);
/* Can a file be made or replaced at `path`? CR_E_IO: no, and why. */
cr_status host_check_writable(const char *path, cr_error *err);
/* `path` with all missing parents. */
cr_status host_make_folder(const char *path, cr_error *err);
/* Removes a folder with the plain files in it; a missing one is fine. */
void host_remove_folder(const char *path);
bool host_exists(const char *path);
/* Size and time of last change; false when there is no such file. */
bool host_stamp(const char *path, uint64_t *size, int64_t *modified_ns);
/* Where a command is: itself if it has a slash, else the first of PATH that can be run. False: nowhere. */
bool host_find_program(const char *name, str_buf *out);

/* Starts argv (NULL-terminated) in `folder` (NULL: ours), with our output streams. Its pid, or a status. */
cr_status host_start(const char *const *argv, const char *folder, pid_t *pid, cr_error *err);

unsigned host_processors(void);

/* Between the two, a signal that would end us waits, so that what is half made can be removed first. `held` keeps
 * what was allowed before. */
void host_hold_signals(sigset_t *held);
void host_let_signals(const sigset_t *held);
/* Waits for one of the children: its pid, and whether it ended with status 0. While signals are held, one that
 * would end us ends the children. */
pid_t host_wait(const pid_t *children, size_t count, bool *succeeded);

#endif
