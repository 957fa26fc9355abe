#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/fault.h"
#include "os/internal.h"

static cr_status failed(cr_error *err, const char *what, const char *path, int number) {
    cr_status status = number == ENOENT || number == ENOTDIR ? CR_E_NO_INPUT : CR_E_IO;
    return cr_fail(err, status, "cannot %s '%s': %s", what, path, strerror(number));
}

/* Runs a system call through the fault switch; errno says why it failed. */
#define CHECKED(kind, call) (fault_blocks(kind) ? -1 : (call))

bool fault_blocks(fault_kind kind) {
    int number = fault_check(kind);
    if (number == 0) return false;
    errno = number;
    return true;
}

int open_checked(const char *path, int flags, uint32_t mode) {
    for (;;) {
        int descriptor =
            CHECKED((flags & O_CREAT) != 0 ? FAULT_CREATE : FAULT_OPEN, open(path, flags | O_CLOEXEC, mode));
        if (descriptor >= 0 || errno != EINTR) return descriptor;
    }
}

int write_all(int descriptor, const char *bytes, size_t length) {
    while (length > 0) {
        size_t some = (size_t)fault_torn(length);
        ssize_t written = CHECKED(FAULT_WRITE, write(descriptor, bytes, some));
        if (some < length) kill(getpid(), SIGKILL); /* a torn write was asked for */
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return -1;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

/* close reports write errors on some file systems; EINTR means closed on Linux. */
int close_checked(int descriptor) { return close(descriptor) == 0 || errno == EINTR ? 0 : -1; }

int sync_data(int descriptor) { return CHECKED(FAULT_SYNC, fdatasync(descriptor)); }

int sync_directory_of(const char *path) {
    const char *slash = strrchr(path, '/');
    char *directory = slash == NULL ? mem_copy_text(".", 1)
                                    : mem_copy_text(path, slash == path ? 1 : (size_t)(slash - path));
    int descriptor = open_checked(directory, O_RDONLY | O_DIRECTORY, 0);
    mem_free(directory);
    if (descriptor < 0) return -1;
    int result = CHECKED(FAULT_SYNC, fsync(descriptor));
    int number = errno;
    close(descriptor);
    errno = number;
    return result;
}

/* ---- whole files --------------------------------------------------------------------------------------- */

/* Reads to the end into bytes that grow; the size that the system tells is a hint only. */
static int read_all(int descriptor, size_t expected, char **bytes, size_t *length) {
    size_t capacity = expected + 1; /* one more, so that the end is seen without growing */
    *bytes = mem_alloc(capacity + 1);
    *length = 0;
    for (;;) {
        if (*length == capacity) {
            capacity = capacity * 2 + 4096;
            *bytes = mem_resize(*bytes, capacity + 1);
        }
        ssize_t got = CHECKED(FAULT_READ, read(descriptor, *bytes + *length, capacity - *length));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        *length += (size_t)got;
    }
    (*bytes)[*length] = '\0';
    return 0;
}

cr_status os_file_read(const char *path, char **bytes, size_t *length, cr_error *err) {
    struct stat info;
    int descriptor = open_checked(path, O_RDONLY, 0);
    if (descriptor < 0) return failed(err, "read", path, errno);
    size_t expected = fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) ? (size_t)info.st_size : 0;
    char *content;
    size_t content_length;
    int result = read_all(descriptor, expected, &content, &content_length);
    int number = errno;
    close(descriptor);
    if (result != 0) {
        mem_free(content);
        return failed(err, "read", path, number);
    }
    *bytes = content;
    *length = content_length;
    return CR_OK;
}

static char *temporary_name(const char *path) {
    str_buf name;
    const char *slash = strrchr(path, '/');
    size_t directory = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    str_buf_init(&name);
    str_buf_add(&name, path, directory);
    str_buf_add_format(&name, ".%s.%ld.tmp", path + directory, (long)getpid());
    return str_buf_detach(&name);
}

static int write_temporary(const char *path, const char *bytes, size_t length, uint32_t mode) {
    int descriptor = open_checked(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return -1;
    int result = write_all(descriptor, bytes, length);
    if (result == 0) result = CHECKED(FAULT_CHMOD, fchmod(descriptor, (mode_t)mode));
    if (result == 0) result = CHECKED(FAULT_SYNC, fsync(descriptor));
    int number = errno;
    if (close_checked(descriptor) != 0 && result == 0) return -1;
    errno = number;
    return result;
}

static cr_status write_aside(const char *path, const char *bytes, size_t length, uint32_t mode, bool replace,
                             cr_error *err) {
    char *temporary = temporary_name(path);
    int result = write_temporary(temporary, bytes, length, mode);
    /* link(2) refuses an existing name, rename(2) replaces it; both are atomic. */
    if (result == 0 && replace) result = CHECKED(FAULT_RENAME, rename(temporary, path));
    if (result == 0 && !replace) result = CHECKED(FAULT_RENAME, link(temporary, path));
    int number = errno;
    if (result != 0 || !replace) unlink(temporary);
    mem_free(temporary);
    if (result == 0) result = sync_directory_of(path), number = errno;
    if (result == 0) return CR_OK;
    if (number == EEXIST) return cr_fail(err, CR_E_FAILED, "'%s' exists already", path);
    return failed(err, "write", path, number);
}

cr_status os_file_write(const char *path, const char *bytes, size_t length, uint32_t mode, cr_error *err) {
    return write_aside(path, bytes, length, mode, true, err);
}

cr_status os_file_create(const char *path, const char *bytes, size_t length, uint32_t mode, cr_error *err) {
    return write_aside(path, bytes, length, mode, false, err);
}

/* Is `name` what temporary_name gives for a file called `base` in a process that is no more? */
static bool is_abandoned(const char *name, const char *base) {
    size_t length = strlen(base);
    if (name[0] != '.' || strncmp(name + 1, base, length) != 0 || name[1 + length] != '.') return false;
    char *end;
    long pid = strtol(name + 2 + length, &end, 10);
    return pid > 0 && strcmp(end, ".tmp") == 0 && pid != (long)getpid() && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

cr_status os_file_sweep(const char *path, cr_error *err) {
    const char *slash = strrchr(path, '/');
    const char *base = slash == NULL ? path : slash + 1;
    char *directory = slash == NULL ? mem_copy_text(".", 1) : mem_copy_text(path, (size_t)(slash - path) + 1);
    os_names names = {0};
    cr_error cause;
    cr_status status = os_directory_list(directory, &names, &cause);
    for (size_t i = 0; i < names.length && status == CR_OK; i++) {
        if (!is_abandoned(names.items[i], base)) continue;
        str_buf abandoned;
        str_buf_init(&abandoned);
        str_buf_add_format(&abandoned, "%s/%s", directory, names.items[i]);
        status = os_file_remove(str_buf_text(&abandoned), NULL, &cause);
        str_buf_release(&abandoned);
    }
    os_names_release(&names);
    mem_free(directory);
    if (status == CR_OK || status == CR_E_NO_INPUT) return CR_OK; /* no directory: nothing to sweep */
    return cr_fail(err, status, "%s", cause.message);
}

/* ---- facts about files --------------------------------------------------------------------------------- */

static cr_status inspect(const char *path, bool follow, os_file_info *info, cr_error *err) {
    struct stat found;
    memset(info, 0, sizeof *info);
    if (CHECKED(FAULT_STAT, follow ? stat(path, &found) : lstat(path, &found)) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) return CR_OK;
        return failed(err, "look at", path, errno);
    }
    info->exists = true;
    info->is_file = S_ISREG(found.st_mode);
    info->is_directory = S_ISDIR(found.st_mode);
    info->is_link = S_ISLNK(found.st_mode);
    info->mode = (uint32_t)found.st_mode & 07777;
    info->size = (uint64_t)found.st_size;
    info->modified_ms = (uint64_t)found.st_mtim.tv_sec * 1000 + (uint64_t)found.st_mtim.tv_nsec / 1000000;
    return CR_OK;
}

cr_status os_file_inspect(const char *path, os_file_info *info, cr_error *err) {
    return inspect(path, false, info, err);
}

cr_status os_file_inspect_target(const char *path, os_file_info *info, cr_error *err) {
    return inspect(path, true, info, err);
}

cr_status os_file_set_mode(const char *path, uint32_t mode, cr_error *err) {
    if (CHECKED(FAULT_CHMOD, chmod(path, (mode_t)mode)) != 0)
        return failed(err, "set the mode of", path, errno);
    return CR_OK;
}

cr_status os_file_remove(const char *path, bool *removed, cr_error *err) {
    if (removed != NULL) *removed = false;
    if (CHECKED(FAULT_REMOVE, unlink(path)) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) return CR_OK;
        return failed(err, "remove", path, errno);
    }
    if (removed != NULL) *removed = true;
    if (sync_directory_of(path) != 0) return failed(err, "sync the directory of", path, errno);
    return CR_OK;
}
