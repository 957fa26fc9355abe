/* Files that are written as a whole. The content goes to a file without a name (O_TMPFILE), which is gone
 * when the process dies; once it is on the disk it gets its name in one step. To replace a file it needs a
 * name beside it for the moment between two calls; what a crash leaves there os_file_sweep removes. Where the
 * file system has no files without names, the content is written under that name. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"
#include "os/internal.h"

typedef struct writing {
    const char *path, *bytes;
    size_t length;
    uint32_t mode;
    bool replace;    /* or refuse an existing file */
    char *temporary; /* the name beside it */
} writing;

static char *temporary_name(const char *path) {
    str_buf name;
    const char *slash = strrchr(path, '/');
    size_t directory = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    str_buf_init(&name);
    str_buf_add(&name, path, directory);
    str_buf_add_format(&name, ".%s.%ld.tmp", path + directory, (long)getpid());
    return str_buf_detach(&name);
}

/* Writes the content and closes the file, keeping errno of the first failure. `publish` runs in between. */
static int fill(const writing *self, int descriptor, int (*publish)(const writing *self, int descriptor)) {
    int result = write_all(descriptor, self->bytes, self->length);
    if (result == 0) result = CHECKED(FAULT_CHMOD, fchmod(descriptor, (mode_t)self->mode));
    if (result == 0) result = CHECKED(FAULT_SYNC, fsync(descriptor));
    if (result == 0) result = publish(self, descriptor);
    int number = errno;
    if (close_checked(descriptor) != 0 && result == 0) return -1;
    errno = number;
    return result;
}

/* ---- without a name ------------------------------------------------------------------------------------ */

static int give_name(int descriptor, const char *name) {
    char link_path[64];
    snprintf(link_path, sizeof link_path, "/proc/self/fd/%d", descriptor);
    return linkat(AT_FDCWD, link_path, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

static int publish_nameless(const writing *self, int descriptor) {
    if (fault_blocks(FAULT_RENAME)) return -1;
    if (!self->replace) return give_name(descriptor, self->path);
    int result = give_name(descriptor, self->temporary);
    if (result != 0 && errno == EEXIST && unlink(self->temporary) == 0)
        result = give_name(descriptor, self->temporary);
    if (result != 0) return -1;
    result = rename(self->temporary, self->path);
    int number = errno;
    if (result != 0) unlink(self->temporary);
    errno = number;
    return result;
}

static int write_nameless(const writing *self) {
    char *directory = directory_of(self->path);
    int descriptor = CHECKED(FAULT_CREATE, open(directory, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
    mem_free(directory);
    return descriptor >= 0 ? fill(self, descriptor, publish_nameless) : -1;
}

/* Does this failure say that the file system, or a missing /proc, is in the way of files without names? */
static bool needs_name(int number) {
    return number == EOPNOTSUPP || number == EISDIR || number == EINVAL || number == ENOENT;
}

/* ---- with a name --------------------------------------------------------------------------------------- */

/* link(2) refuses an existing name, rename(2) replaces it; both are atomic. */
static int publish_named(const writing *self, int descriptor) {
    if (fault_blocks(FAULT_RENAME)) return -1;
    return self->replace ? rename(self->temporary, self->path) : link(self->temporary, self->path);
}

static int write_named(const writing *self) {
    int descriptor = open_checked(self->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return -1;
    int result = fill(self, descriptor, publish_named), number = errno;
    if (result != 0 || !self->replace) unlink(self->temporary);
    errno = number;
    return result;
}

static cr_status write_whole(writing *self, cr_error *err) {
    self->temporary = temporary_name(self->path);
    int result = write_nameless(self);
    if (result != 0 && needs_name(errno)) result = write_named(self);
    if (result == 0) result = sync_directory_of(self->path);
    int number = errno;
    mem_free(self->temporary);
    if (result == 0) return CR_OK;
    if (number == EEXIST) return cr_fail(err, CR_E_FAILED, "'%s' exists already", self->path);
    return cr_fail(err, number == ENOENT || number == ENOTDIR ? CR_E_NO_INPUT : path_status(number),
                   "cannot write '%s': %s", self->path, strerror(number));
}

cr_status os_file_write(const char *path, const char *bytes, size_t length, uint32_t mode, cr_error *err) {
    writing self = {.path = path, .bytes = bytes, .length = length, .mode = mode, .replace = true};
    return write_whole(&self, err);
}

cr_status os_file_create(const char *path, const char *bytes, size_t length, uint32_t mode, cr_error *err) {
    writing self = {.path = path, .bytes = bytes, .length = length, .mode = mode};
    return write_whole(&self, err);
}

/* ---- what crashes left --------------------------------------------------------------------------------- */

/* Is `name` what temporary_name gives for a file called `base` in a process that is no more? */
static bool is_abandoned(const char *name, const char *base) {
    size_t length = strlen(base);
    if (name[0] != '.' || strncmp(name + 1, base, length) != 0 || name[1 + length] != '.') return false;
    char *end;
    long pid = strtol(name + 2 + length, &end, 10);
    return pid > 0 && strcmp(end, ".tmp") == 0 && pid != (long)getpid() && kill((pid_t)pid, 0) != 0 &&
           errno == ESRCH;
}

cr_status os_file_sweep(const char *path, cr_error *err) {
    const char *slash = strrchr(path, '/');
    char *directory = directory_of(path);
    os_names names = {0};
    cr_error cause;
    cr_status status = os_directory_list(directory, &names, &cause);
    for (size_t i = 0; i < names.length && status == CR_OK; i++) {
        if (!is_abandoned(names.items[i], slash == NULL ? path : slash + 1)) continue;
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
