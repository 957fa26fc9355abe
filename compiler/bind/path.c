#include "bind/path.h"

#include "base/vec.h"

bool tsx_path_is_relative(str specifier) {
    return str_is(specifier, ".") || str_is(specifier, "..") || str_starts_with(specifier, STR("./")) ||
           str_starts_with(specifier, STR("../")) || str_starts_with(specifier, STR("/"));
}

str tsx_path_folder(str path) {
    size_t length = path.length;
    while (length > 0 && path.bytes[length - 1] != '/') length--;
    return (str){path.bytes, length};
}

typedef VEC(str) parts;

/* Adds the parts of `path` to `out`, working off '.' and '..' on the way. */
static void split(str path, parts *out) {
    for (size_t start = 0; start <= path.length;) {
        size_t end = start;
        while (end < path.length && path.bytes[end] != '/') end++;
        str part = {path.bytes + start, end - start};
        if (str_is(part, "..") && out->length > 0 && !str_is(VEC_LAST(out), ".."))
            out->length--;
        else if (part.length > 0 && !str_is(part, "."))
            VEC_PUSH(out, part);
        start = end + 1;
    }
}

static str join(arena *memory, bool is_absolute, const str *items, size_t count) {
    str_buf text;
    str_buf_init(&text);
    if (is_absolute) str_buf_add_char(&text, '/');
    for (size_t i = 0; i < count; i++) {
        if (i > 0) str_buf_add_char(&text, '/');
        str_buf_add_str(&text, items[i]);
    }
    str joined = {arena_copy_text(memory, str_buf_text(&text), text.length), text.length};
    str_buf_release(&text);
    return joined;
}

str tsx_path_normalize(arena *memory, str path) {
    parts items = {0};
    split(path, &items);
    str normal = join(memory, str_starts_with(path, STR("/")), items.items, items.length);
    VEC_RELEASE(&items);
    return normal;
}

str tsx_path_relative(arena *memory, str folder, str path) {
    parts from = {0}, to = {0}, result = {0};
    split(folder, &from);
    split(path, &to);
    size_t shared = 0;
    while (shared < from.length && shared + 1 < to.length && str_equal(from.items[shared], to.items[shared]))
        shared++;
    for (size_t i = shared; i < from.length; i++) VEC_PUSH(&result, STR(".."));
    for (size_t i = shared; i < to.length; i++) VEC_PUSH(&result, to.items[i]);
    str relative = join(memory, false, result.items, result.length);
    VEC_RELEASE(&from);
    VEC_RELEASE(&to);
    VEC_RELEASE(&result);
    return relative;
}

/* Endings of a specifier that stand for source files: what is cut off, and what is tried instead. An ending
 * that names a source file is kept. */
typedef struct ending {
    const char *written;
    const char *tried[3];
} ending;

static const ending endings[] = {
    {".d.ts", {".d.ts"}},
    {".ts", {".ts"}},
    {".tsx", {".tsx"}},
    {".js", {".ts", ".tsx", ".d.ts"}},
    {".jsx", {".tsx", ".d.ts"}},
};

static const char *const without_ending[] = {".ts", ".tsx", ".d.ts"};

static void add(arena *memory, tsx_candidates *self, str base, const char *rest) {
    const char *path = arena_format(memory, "%.*s%s", STR_ARGS(base), rest);
    self->items[self->count++] = str_of(path);
}

void tsx_path_candidates(arena *memory, str folder, str specifier, tsx_candidates *candidates) {
    candidates->count = 0;
    bool is_folder = str_is(specifier, ".") || str_is(specifier, "..") || str_ends_with(specifier, STR("/.")) ||
                     str_ends_with(specifier, STR("/..")) || str_ends_with(specifier, STR("/"));
    bool is_absolute = str_starts_with(specifier, STR("/"));
    const char *whole = arena_format(memory, "%.*s%.*s", is_absolute ? 0 : (int)folder.length, folder.bytes,
                                     STR_ARGS(specifier));
    str base = tsx_path_normalize(memory, str_of(whole));
    for (size_t i = 0; !is_folder && i < sizeof endings / sizeof endings[0]; i++) {
        const ending *row = &endings[i];
        if (!str_ends_with(base, str_of(row->written))) continue;
        str stem = {base.bytes, base.length - strlen(row->written)};
        for (size_t k = 0; k < 3 && row->tried[k] != NULL; k++) add(memory, candidates, stem, row->tried[k]);
        return;
    }
    for (size_t i = 0; !is_folder && i < 3; i++) add(memory, candidates, base, without_ending[i]);
    const char *slash = base.length == 0 || str_is(base, "/") ? "" : "/";
    for (size_t i = 0; i < 3; i++)
        add(memory, candidates, base, arena_format(memory, "%sindex%s", slash, without_ending[i]));
}
