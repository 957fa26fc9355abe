/* backends/backend.c: the backend that the program chose: FileBackend and FileBackendProvider of 'creact'. */
#include "backends/backend.h"

#include "value/error.h"
#include "value/function.h"
#include "value/host.h"
#include "value/string.h"

/* What an object of the program says about the backend; `directory` is NULL when it leaves it to the default.
 */
typedef struct backend_config {
    const char *directory;
} backend_config;

static const cr_host_class backend_class = {.name = "FileBackend"};

static cr_value construct_file_backend(cr_context *cx, const cr_function *self, cr_value this_value,
                                       uint32_t argc, const cr_value *argv) {
    cr_value options = arg_at(argc, argv, 0);
    const char *name = cr_to_utf8(cx, cr_from_pointer(self->info->name), NULL);
    if (!called_as_constructor(cx))
        return throw_type_error(cx, "Class constructor %s cannot be invoked without 'new'", name);
    if (options != CR_UNDEFINED && !cr_has_slots(options))
        return throw_type_error(cx, "the options of '%s' must be an object", name);
    cr_value directory = options != CR_UNDEFINED ? cr_field(options, "directory") : CR_UNDEFINED;
    if (directory != CR_UNDEFINED && (!cr_is_string(directory) || string_length(directory) == 0))
        return throw_type_error(cx, "option 'directory' of '%s' must be a string that is not empty", name);
    backend_config *config = HEAP_NEW(cx, backend_config);
    if (directory != CR_UNDEFINED) config->directory = cr_to_utf8(cx, directory, NULL);
    cr_value object = host_new(cx, &backend_class, config);
    cr_as_object(object)->proto = new_target_prototype(cx, PROTOTYPE_OBJECT);
    cr_set_field(cx, object, "kind", cr_string_text(cx, "backend"));
    return object;
}

#define FILE_BACKEND_CLASS(export)                                                                           \
    STRING_LITERAL(name_of_##export, #export);                                                               \
    static const cr_function_info info_of_##export = {                                                       \
        &name_of_##export, construct_file_backend, 1, CR_FUNCTION_NATIVE | CR_FUNCTION_CLASS, {0}};          \
    extern cr_function cr_lib_creact__##export;                                                              \
    cr_function cr_lib_creact__##export = CR_STATIC_FUNCTION(&info_of_##export)

FILE_BACKEND_CLASS(FileBackend);
FILE_BACKEND_CLASS(FileBackendProvider);

cr_status backend_open(cr_context *cx, cr_value config, const char *default_directory, backend **out,
                       cr_error *err) {
    const char *directory = default_directory;
    if (!cr_is_nullish(config)) {
        cr_host *host = host_of(config, &backend_class);
        if (host == NULL)
            return cr_fail(
                err, CR_E_CONFIG,
                "'CReact.backend' is not a backend: make one with 'new', such as 'new FileBackend()'");
        const backend_config *chosen = host->data;
        if (chosen->directory != NULL) directory = chosen->directory;
    }
    return file_backend_open(directory, out, err);
}
