/* os/file.h: files and directories, written so that a crash leaves the old content or the new one.
 *
 * Paths are NUL-terminated bytes. Every function reports EINTR, short writes and a failed close rightly;
 * after a failed sync nothing is retried. Errors: CR_E_NO_INPUT (there is no such file), CR_E_IO, CR_E_OS;
 * the message names the path and the system's reason. */
#ifndef CREACT_OS_FILE_H
#define CREACT_OS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "creact/status.h"

/* The whole file in *bytes (the caller frees with mem_free; a NUL follows the content). */
cr_status os_file_read(const char *path, char **bytes, size_t *length, cr_error *err);

/* A file in memory as it is on the disk, for reading. Nobody may make it shorter than what is still read of it. */
typedef struct os_mapping {
    const char *bytes; /* "" for an empty file */
    size_t length;
} os_mapping;
/* CR_E_NO_INPUT: there is no such file; CR_E_IO: it cannot be read, or a folder of its path is no folder. */
cr_status os_file_map(const char *path, os_mapping *out, cr_error *err);
/* It was read once, and will be looked at here and there: gives the memory back until then. */
void os_mapping_rest(const os_mapping *self);
void os_mapping_release(os_mapping *self);

/* Replaces `path` atomically: a temporary file beside it, sync, rename, sync of the directory. `mode`:
 * permission bits, set whatever the umask says. */
cr_status os_file_write(const char *path, const char *bytes, size_t length, uint32_t mode, cr_error *err);
/* As os_file_write, but CR_E_FAILED when `path` exists already. */
cr_status os_file_create(const char *path, const char *bytes, size_t length, uint32_t mode, cr_error *err);

/* Removes what processes that died while they wrote `path` have left beside it: their temporary files. */
cr_status os_file_sweep(const char *path, cr_error *err);

typedef struct os_file_info {
    bool exists, is_file, is_directory, is_link; /* a link is not followed */
    uint32_t mode;                               /* permission bits */
    uint64_t size;
    uint64_t modified_ms;
} os_file_info;
/* A missing file is no error: info->exists is false. */
cr_status os_file_inspect(const char *path, os_file_info *info, cr_error *err);
/* What os_file_inspect says of the target when `path` is a link. */
cr_status os_file_inspect_target(const char *path, os_file_info *info, cr_error *err);

cr_status os_file_set_mode(const char *path, uint32_t mode, cr_error *err);
/* Removes a file and syncs its directory; a missing one is no error. *removed may be NULL. */
cr_status os_file_remove(const char *path, bool *removed, cr_error *err);
/* `path` and all its missing parents. *created (may be NULL): `path` itself was missing. */
cr_status os_directory_make(const char *path, uint32_t mode, bool *created, cr_error *err);
/* Removes an empty directory; a missing one is no error. *empty is false, and nothing is removed, when it is
 * not. */
cr_status os_directory_remove(const char *path, bool *empty, cr_error *err);
/* The names in a directory, sorted, without . and ..; each freed with mem_free. */
typedef VEC(char *) os_names;
cr_status os_directory_list(const char *path, os_names *names, cr_error *err);
void os_names_release(os_names *self);

/* A file that grows at its end. */
typedef struct os_log {
    int descriptor; /* -1: closed */
    uint64_t size;
    char *path;
} os_log;
/* Opens `path` for appending, made with `mode` (and its directory synced) when missing. */
cr_status os_log_open(os_log *self, const char *path, uint32_t mode, cr_error *err);
/* Appends and waits until the bytes are on stable storage (fdatasync). */
cr_status os_log_append(os_log *self, const char *bytes, size_t length, cr_error *err);
/* Cuts the file to `size` bytes and syncs it. */
cr_status os_log_cut(os_log *self, uint64_t size, cr_error *err);
void os_log_close(os_log *self);

/* An advisory lock on a file: given back by the kernel when the process dies. */
typedef struct os_lock {
    int descriptor; /* -1: not held */
} os_lock;
/* *held is false when another process has it. The file is made when missing. */
cr_status os_lock_try(os_lock *self, const char *path, bool *held, cr_error *err);
/* Replaces / reads the content of the locked file. */
cr_status os_lock_write(os_lock *self, const char *bytes, size_t length, cr_error *err);
void os_lock_release(os_lock *self);
/* Is the file at `path` still the one that is locked? Who removes a lock file lets others make and lock another. */
bool os_lock_is_at(const os_lock *self, const char *path);
/* Is the lock on `path` held by somebody? Takes nothing. */
cr_status os_lock_is_held(const char *path, bool *held, cr_error *err);

#endif
