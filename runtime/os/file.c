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

cr_status path_status(int number) {
    static const int refusals[] = {EACCES, EPERM, EROFS, ENOENT, EEXIST, ENOTDIR, EISDIR, ENAMETOOLONG, ELOOP, EINVAL};
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (refusals[i] == number) return CR_E_OS;
    return CR_E_IO;
}

static cr_status failed(cr_error *err, const char *what, const char *path, int number) {
    cr_status status = number == ENOENT || number == ENOTDIR ? CR_E_NO_INPUT : path_status(number);
    return cr_fail(err, status, "cannot %s '%s': %s", what, path, strerror(number));
}

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

char *directory_of(const char *path) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL) return mem_copy_text(".", 1);
    return mem_copy_text(path, slash == path ? 1 : (size_t)(slash - path));
}

int sync_directory_of(const char *path) {
    char *directory = directory_of(path);
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
