/* Open-file-description locks rather than flock(2): equally given back when the holder dies, but they can be
 * asked about without being taken (F_OFD_GETLK), so that looking at a lock never disturbs who wants it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file.h"
#include "os/internal.h"

static cr_status failed(cr_error *err, const char *what, const char *path) {
    return cr_fail(err, CR_E_IO, "cannot %s '%s': %s", what, path, strerror(errno));
}

static int lock_call(int descriptor, int command, struct flock *lock) {
    memset(lock, 0, sizeof *lock);
    lock->l_type = F_WRLCK;
    lock->l_whence = SEEK_SET;
    for (;;) {
        int result = fault_blocks(FAULT_LOCK) ? -1 : fcntl(descriptor, command, lock);
        if (result == 0 || errno != EINTR) return result;
    }
}

bool os_lock_is_at(const os_lock *self, const char *path) {
    struct stat locked, there;
    return self->descriptor >= 0 && fstat(self->descriptor, &locked) == 0 && stat(path, &there) == 0 &&
           locked.st_dev == there.st_dev && locked.st_ino == there.st_ino;
}

cr_status os_lock_try(os_lock *self, const char *path, bool *held, cr_error *err) {
    struct flock lock;
    self->descriptor = -1;
    *held = false;
    int descriptor = open_checked(path, O_RDWR | O_CREAT, 0666);
    if (descriptor < 0) return failed(err, "open", path);
    if (lock_call(descriptor, F_OFD_SETLK, &lock) != 0) {
        bool taken = errno == EAGAIN || errno == EACCES;
        cr_status status = taken ? CR_OK : failed(err, "lock", path);
        close(descriptor);
        return status;
    }
    self->descriptor = descriptor;
    *held = os_lock_is_at(self, path); /* else somebody removed it since it was opened, and may hold another */
    if (!*held) os_lock_release(self);
    return CR_OK;
}

cr_status os_lock_write(os_lock *self, const char *bytes, size_t length, cr_error *err) {
    /* Over the old content, then cut: a crash never leaves less than what was there. */
    int result = lseek(self->descriptor, 0, SEEK_SET) < 0 ? -1 : write_all(self->descriptor, bytes, length);
    if (result == 0) result = fault_blocks(FAULT_TRUNCATE) ? -1 : ftruncate(self->descriptor, (off_t)length);
    if (result == 0) result = sync_data(self->descriptor);
    if (result != 0) return cr_fail(err, CR_E_IO, "cannot write the lock file: %s", strerror(errno));
    return CR_OK;
}

void os_lock_release(os_lock *self) {
    if (self->descriptor >= 0) close(self->descriptor);
    self->descriptor = -1;
}

cr_status os_lock_is_held(const char *path, bool *held, cr_error *err) {
    struct flock lock;
    *held = false;
    int descriptor = open_checked(path, O_RDONLY, 0);
    if (descriptor < 0) return errno == ENOENT || errno == ENOTDIR ? CR_OK : failed(err, "open", path);
    cr_status status = CR_OK;
    if (lock_call(descriptor, F_OFD_GETLK, &lock) != 0)
        status = failed(err, "ask about", path);
    else
        *held = lock.l_type != F_UNLCK;
    close(descriptor);
    return status;
}
