/* process: the environment (each variable that is read is a recorded input) and the working directory. */
#include <stdlib.h>
#include <unistd.h>

#include "builtins/table.h"
#include "value/error.h"
#include "value/host.h"
#include "value/property.h"

extern char **environ;

static const char *read_variable(cr_context *cx, const char *name) {
    const cr_hooks *hooks = &cx->runtime->hooks;
    return hooks->env_read != NULL ? hooks->env_read(hooks->data, cx, name) : getenv(name);
}

static cr_value env_get(cr_context *cx, cr_host *host, const cr_string *key) {
    if (object_find(&host->object, key) != NULL) return CR_HOLE; /* the program set it */
    const char *value = read_variable(cx, cr_to_utf8(cx, cr_from_pointer(key), NULL));
    return value != NULL ? cr_string_text(cx, value) : CR_HOLE;
}

/* As in Node, what is assigned becomes a string. */
static bool env_set(cr_context *cx, cr_host *host, const cr_string *key, cr_value value) {
    value = cr_to_string(cx, value);
    if (value == CR_EXCEPTION) return false;
    object_define(cx, &host->object, key, value, 0);
    return true;
}

static int compare_names(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Sorted: the order of the environment is no input that anybody means. */
static const cr_string **env_keys(cr_context *cx, cr_host *host, uint32_t *count) {
    uint32_t total = 0;
    for (char **at = environ; at != NULL && *at != NULL; at++) total++;
    const char **names = HEAP_ARRAY(cx, const char *, (size_t)total + 1);
    const cr_string **keys = HEAP_ARRAY(cx, const cr_string *, (size_t)total + 1);
    uint32_t used = 0;
    for (uint32_t i = 0; i < total; i++) {
        const char *equals = strchr(environ[i], '=');
        if (equals != NULL && equals != environ[i]) names[used++] = arena_copy_text(&cx->runtime->heap, environ[i], (size_t)(equals - environ[i]));
    }
    qsort(names, used, sizeof *names, compare_names);
    *count = 0;
    for (uint32_t i = 0; i < used; i++) {
        const cr_string *key = cr_as_string(cr_string_text(cx, names[i]));
        if (object_find(&host->object, key) == NULL) keys[(*count)++] = key;
    }
    return keys;
}

static const cr_host_class env_class = {.get = env_get, .set = env_set, .own_keys = env_keys};

static cr_value make_env(cr_context *cx) { return host_new(cx, &env_class, NULL); }

NATIVE(process_cwd) {
    char *path = getcwd(NULL, 0);
    if (path == NULL) return throw_error(cx, PROTOTYPE_ERROR, "ENOENT: no such file or directory, uv_cwd");
    cr_value value = cr_string_text(cx, path);
    free(path);
    return value;
}

STRING_LITERAL(member_env, "env");
MEMBERS_process(BUILTIN_STATIC_ROW)
static const native_member process_members[] = {{&member_env, NULL, {0}, make_env, 0, false}, MEMBERS_process(BUILTIN_MEMBER_ROW)};
static native_table process_table = {process_members, sizeof process_members / sizeof(native_member), "process"};
BUILTIN_OBJECT(process)
