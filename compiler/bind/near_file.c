/* A file that was not found: which one beside it may have been meant. For messages only. */
#include <dirent.h>
#include <stdlib.h>
#include <strings.h>

#include "bind/binder.h"
#include "bind/path.h"

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* "Api.tsx" -> "Api"; names that are no source files and no folders stay as they are. */
static str stem_of(const char *name) {
    static const char *const endings[] = {".d.ts", ".tsx", ".ts"};
    str stem = str_of(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (!str_ends_with(stem, str_of(endings[i]))) continue;
        stem.length -= strlen(endings[i]);
        break;
    }
    return stem;
}

/* The names in a folder, sorted, so that the answer does not depend on the file system. */
static size_t list_folder(arena *memory, const char *folder, const char ***names) {
    VEC(const char *) found = {0};
    DIR *directory = opendir(folder);
    if (directory == NULL) return 0;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
        if (entry->d_name[0] != '.') VEC_PUSH(&found, arena_copy_text(memory, entry->d_name, strlen(entry->d_name)));
    closedir(directory);
    *names = ARENA_ARRAY(memory, const char *, found.length + 1);
    if (found.length > 0) memcpy(*names, found.items, found.length * sizeof *found.items);
    size_t count = found.length;
    VEC_RELEASE(&found);
    qsort(*names, count, sizeof **names, by_name);
    return count;
}

const char *nearest_file(tsx_program *self, str path, str specifier) {
    arena *memory = &self->session->memory;
    str folder = tsx_path_folder(path), wanted = stem_of(path.bytes + folder.length);
    const char **names;
    size_t count = list_folder(memory, folder.length > 0 ? arena_format(memory, "%.*s", STR_ARGS(folder)) : ".", &names);
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, wanted);
    for (size_t i = 0; i < count; i++) {
        str stem = stem_of(names[i]);
        bool differs_in_case = stem.length == wanted.length && strncasecmp(stem.bytes, wanted.bytes, stem.length) == 0;
        if (differs_in_case) {
            nearest.best = stem;
            break;
        }
        tsx_nearest_add(&nearest, stem);
    }
    if (nearest.best.bytes == NULL || str_equal(nearest.best, wanted)) return NULL;
    return arena_format(memory, "%.*s%.*s", STR_ARGS(tsx_path_folder(specifier)), STR_ARGS(nearest.best));
}
