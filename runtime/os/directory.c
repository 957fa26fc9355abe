#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"
#include "os/internal.h"

static cr_status failed(cr_error *err, const char *what, const char *path, int number) {
    return cr_fail(err, path_status(number), "cannot %s directory '%s': %s", what, path, strerror(number));
}

static bool is_directory(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static cr_status make_one(const char *path, uint32_t mode, bool *created, cr_error *err) {
    if (is_directory(path)) return CR_OK;
    if (fault_blocks(FAULT_MKDIR) || mkdir(path, (mode_t)mode) != 0) {
        if (errno == EEXIST && is_directory(path)) return CR_OK;
        return failed(err, "make", path, errno);
    }
    *created = true;
    if (sync_directory_of(path) != 0) return failed(err, "sync the parent of", path, errno);
    return CR_OK;
}

cr_status os_directory_make(const char *path, uint32_t mode, bool *created, cr_error *err) {
    char *partial = mem_copy_text(path, strlen(path));
    cr_status status = CR_OK;
    bool made = false;
    size_t end = strlen(partial);
    while (end > 1 && partial[end - 1] == '/') partial[--end] = '\0';
    for (char *at = partial + 1; status == CR_OK && *at != '\0'; at++) {
        if (*at != '/') continue;
        *at = '\0';
        status = make_one(partial, 0777, &made, err);
        *at = '/';
    }
    made = false;
    if (status == CR_OK) status = make_one(partial, mode, &made, err);
    if (created != NULL) *created = made;
    mem_free(partial);
    return status;
}

cr_status os_directory_remove(const char *path, bool *empty, cr_error *err) {
    *empty = true;
    if (fault_blocks(FAULT_REMOVE) || rmdir(path) != 0) {
        if (errno == ENOENT) return CR_OK;
        if (errno == ENOTEMPTY || errno == EEXIST) {
            *empty = false;
            return CR_OK;
        }
        return failed(err, "remove", path, errno);
    }
    if (sync_directory_of(path) != 0) return failed(err, "sync the parent of", path, errno);
    return CR_OK;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

cr_status os_directory_list(const char *path, os_names *names, cr_error *err) {
    DIR *directory = fault_blocks(FAULT_OPEN) ? NULL : opendir(path);
    if (directory == NULL) {
        if (errno == ENOENT) return cr_fail(err, CR_E_NO_INPUT, "there is no directory '%s'", path);
        return failed(err, "read", path, errno);
    }
    struct dirent *entry;
    errno = 0;
    while ((entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            VEC_PUSH(names, mem_copy_text(entry->d_name, strlen(entry->d_name)));
        errno = 0;
    }
    int number = errno;
    closedir(directory);
    if (number != 0) return failed(err, "read", path, number);
    if (names->length > 0) qsort(names->items, names->length, sizeof *names->items, compare_names);
    return CR_OK;
}

void os_names_release(os_names *self) {
    for (size_t i = 0; i < self->length; i++) mem_free(self->items[i]);
    VEC_RELEASE(self);
}
