#include "driver/places.h"

#include <unistd.h>

/* Set by the build: the folders of this build tree. */
#ifndef CREACT_BUILD_LIBRARY_FOLDER
#define CREACT_BUILD_LIBRARY_FOLDER ""
#define CREACT_BUILD_INCLUDE_FOLDER ""
#define CREACT_BUILD_RUNTIME_ARCHIVE ""
#endif

/* PREFIX of PREFIX/bin/creactc, or NULL. */
static const char *own_prefix(arena *memory) {
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) return NULL;
    path[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(path, '/');
        if (slash == NULL) return NULL;
        *slash = '\0';
    }
    return arena_copy_text(memory, path, strlen(path));
}

static void use_prefix(places *self, const char *prefix, arena *memory) {
    self->library_folder = arena_format(memory, "%s/share/creact/lib", prefix);
    self->include_folder = arena_format(memory, "%s/include", prefix);
    self->runtime_archive = arena_format(memory, "%s/lib/creact/libcreact.a", prefix);
}

void places_find(places *self, const tsx_options *options, arena *memory) {
    const char *prefix = own_prefix(memory);
    *self = (places){CREACT_BUILD_LIBRARY_FOLDER, CREACT_BUILD_INCLUDE_FOLDER, CREACT_BUILD_RUNTIME_ARCHIVE};
    bool is_installed = prefix != NULL && access(arena_format(memory, "%s/include/creact/abi.h", prefix), F_OK) == 0;
    if (is_installed) use_prefix(self, prefix, memory);
    if (options->runtime_folder != NULL) {
        const char *library = self->library_folder;
        use_prefix(self, options->runtime_folder, memory);
        if (access(self->library_folder, F_OK) != 0) self->library_folder = library;
    }
    if (options->library_folder != NULL) self->library_folder = options->library_folder;
}
