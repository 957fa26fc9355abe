#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file.h"
#include "os/internal.h"

static cr_status failed(cr_error *err, const char *path, int number) {
    return cr_fail(err, number == ENOENT ? CR_E_NO_INPUT : CR_E_IO, "cannot read '%s': %s", path, strerror(number));
}

cr_status os_file_map(const char *path, os_mapping *out, cr_error *err) {
    struct stat info;
    void *bytes = MAP_FAILED;
    int descriptor = open_checked(path, O_RDONLY, 0);
    if (descriptor < 0) return failed(err, path, errno);
    *out = (os_mapping){"", 0};
    int result = fault_blocks(FAULT_READ) ? -1 : fstat(descriptor, &info);
    if (result == 0 && !S_ISREG(info.st_mode)) result = -1, errno = EISDIR;
    if (result == 0 && info.st_size > 0) {
        bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
        result = bytes == MAP_FAILED ? -1 : 0;
        if (result == 0) *out = (os_mapping){bytes, (size_t)info.st_size};
    }
    int number = errno;
    close(descriptor);
    return result == 0 ? CR_OK : failed(err, path, number);
}

static void *start_of(const os_mapping *self) { return (void *)(uintptr_t)self->bytes; }

void os_mapping_rest(const os_mapping *self) {
    if (self->length > 0) madvise(start_of(self), self->length, MADV_DONTNEED);
}

void os_mapping_release(os_mapping *self) {
    if (self->length > 0) munmap(start_of(self), self->length);
    *self = (os_mapping){"", 0};
}
