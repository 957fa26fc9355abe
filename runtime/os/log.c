#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"
#include "os/internal.h"

static cr_status failed(cr_error *err, const char *what, const char *path) {
    return cr_fail(err, CR_E_IO, "cannot %s '%s': %s", what, path, strerror(errno));
}

cr_status os_log_open(os_log *self, const char *path, uint32_t mode, cr_error *err) {
    struct stat info;
    bool created = false;
    int descriptor = open_checked(path, O_RDWR | O_APPEND, 0);
    if (descriptor < 0 && errno == ENOENT) {
        descriptor = open_checked(path, O_RDWR | O_APPEND | O_CREAT, mode);
        created = true;
    }
    if (descriptor < 0) return failed(err, "open", path);
    if (fstat(descriptor, &info) != 0 || (created && sync_directory_of(path) != 0)) {
        cr_status status = failed(err, "open", path);
        close(descriptor);
        return status;
    }
    self->descriptor = descriptor;
    self->size = (uint64_t)info.st_size;
    self->path = mem_copy_text(path, strlen(path));
    return CR_OK;
}

cr_status os_log_append(os_log *self, const char *bytes, size_t length, cr_error *err) {
    if (write_all(self->descriptor, bytes, length) != 0) return failed(err, "append to", self->path);
    if (sync_data(self->descriptor) != 0) return failed(err, "sync", self->path);
    self->size += length;
    return CR_OK;
}

cr_status os_log_cut(os_log *self, uint64_t size, cr_error *err) {
    if (fault_blocks(FAULT_TRUNCATE) || ftruncate(self->descriptor, (off_t)size) != 0)
        return failed(err, "cut", self->path);
    if (sync_data(self->descriptor) != 0) return failed(err, "sync", self->path);
    self->size = size;
    return CR_OK;
}

void os_log_close(os_log *self) {
    if (self->descriptor >= 0) close(self->descriptor);
    mem_free(self->path);
    self->descriptor = -1;
    self->path = NULL;
}
