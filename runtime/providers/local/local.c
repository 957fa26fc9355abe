#include "providers/local/local.h"

#include <stdio.h>

#include "creact/abi.h"
#include "os/file.h"

static const local_construct *const constructs[] = {&local_file, &local_directory, &local_command};
static const char *const construct_names[] = {"LocalFile", "LocalDirectory", "LocalCommand", NULL};

static const local_construct *construct_of(const cr_resource *resource) {
    for (size_t i = 0; i < sizeof constructs / sizeof constructs[0]; i++)
        if (strcmp(constructs[i]->name, resource->construct) == 0) return constructs[i];
    return NULL;
}

bool local_mode_parse(const char *text, uint32_t *mode) {
    size_t length = strlen(text);
    if (length < 3 || length > 4) return false;
    *mode = 0;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '7') return false;
        *mode = *mode * 8 + (uint32_t)(*text - '0');
    }
    return true;
}

uint32_t local_mode_of(cr_context *cx, cr_value props, uint32_t fallback) {
    const char *text = cr_prop_text(cx, props, "mode", NULL);
    uint32_t mode;
    return text != NULL && local_mode_parse(text, &mode) ? mode : fallback;
}

cr_value local_mode_value(cr_context *cx, uint32_t mode) {
    char text[8];
    snprintf(text, sizeof text, "%04o", mode & 07777u);
    return cr_string_text(cx, text);
}

cr_status local_mode_check(cr_context *cx, const char *owner, cr_value props, cr_error *err) {
    const char *text = cr_prop_text(cx, props, "mode", NULL);
    uint32_t mode;
    if (text == NULL || local_mode_parse(text, &mode)) return CR_OK;
    return cr_fail(err, CR_E_DATA, "prop 'mode' of '%s' must be octal digits such as '0644', not '%s'", owner, text);
}

/* Equal all the way down, as far as props can differ; an unknown equals nothing. */
static bool same(cr_context *cx, cr_value a, cr_value b) {
    if (cr_is_unknown(a) || cr_is_unknown(b)) return false;
    if (a == b) return true;
    if (cr_is_string(a) && cr_is_string(b)) return cr_string_equal(cr_as_string(a), cr_as_string(b));
    if (cr_is_array(a) && cr_is_array(b)) {
        const cr_array *x = cr_as_array(a), *y = cr_as_array(b);
        bool equal = x->length == y->length;
        for (uint32_t i = 0; equal && i < x->length; i++) equal = same(cx, x->items[i], y->items[i]);
        return equal;
    }
    if (!cr_has_slots(a) || !cr_has_slots(b) || cr_is_array(a) || cr_is_array(b)) return false;
    uint32_t count, other_count;
    const cr_string **keys = cr_own_keys(cx, a, &count);
    cr_own_keys(cx, b, &other_count);
    bool equal = count == other_count;
    for (uint32_t i = 0; equal && i < count; i++) equal = same(cx, cr_own(a, keys[i]), cr_own(b, keys[i]));
    return equal;
}

bool local_prop_changed(cr_context *cx, const cr_resource *resource, const char *name) {
    cr_value before = cr_has_slots(resource->prior_props) ? cr_field(resource->prior_props, name) : CR_UNDEFINED;
    cr_value after = cr_has_slots(resource->props) ? cr_field(resource->props, name) : CR_UNDEFINED;
    return !same(cx, before, after);
}

bool local_recovers(const cr_operation *operation, const char *name) {
    const char *interrupted = cr_operation_resource(operation)->operation;
    return interrupted != NULL && strcmp(interrupted, name) == 0;
}

/* ---- folders to be removed when they are empty ---------------------------------------------------------------- */

void local_fail(cr_operation *operation, cr_status status, const cr_error *error) {
    cr_operation_fail(operation, status == CR_E_IO ? CR_FAILURE_TRANSIENT : CR_FAILURE_PERMANENT, "%s", error->message);
}

void local_leftover_add(local_provider *self, const char *folder) {
    for (size_t i = 0; i < self->leftover.length; i++)
        if (strcmp(self->leftover.items[i], folder) == 0) return;
    VEC_PUSH(&self->leftover, mem_copy_text(folder, strlen(folder)));
}

void local_leftover_sweep(local_provider *self) {
    for (bool again = true; again;) { /* a folder is empty once the folders in it are gone */
        again = false;
        for (size_t i = 0; i < self->leftover.length; i++) {
            bool empty = false;
            cr_error error;
            if (os_directory_remove(self->leftover.items[i], &empty, &error) != CR_OK || !empty) continue;
            mem_free(self->leftover.items[i]);
            self->leftover.items[i--] = self->leftover.items[--self->leftover.length];
            again = true;
        }
    }
}

/* ---- the contract ------------------------------------------------------------------------------------------ */

static cr_status open_provider(cr_context *cx, cr_value config, void **provider, cr_error *err) {
    local_provider *self = mem_zeroed(1, sizeof *self);
    self->cx = cx;
    *provider = self;
    return CR_OK;
}

static void close_provider(void *provider) {
    local_provider *self = provider;
    for (size_t i = 0; i < self->leftover.length; i++) mem_free(self->leftover.items[i]);
    VEC_RELEASE(&self->leftover);
    mem_free(self);
}

static cr_status validate(void *provider, const cr_resource *resource, cr_error *err) {
    local_provider *self = provider;
    const local_construct *construct = construct_of(resource);
    if (construct == NULL) return cr_fail(err, CR_E_DATA, "the local provider has no construct '%s'", resource->construct);
    cr_status status = cr_props_check(self->cx, construct->name, resource->props, construct->rules, err);
    if (status != CR_OK || construct->validate == NULL) return status;
    return construct->validate(self, resource, err);
}

static cr_status diff(void *provider, const cr_resource *resource, cr_diff *result, cr_error *err) {
    const local_construct *construct = construct_of(resource);
    return construct != NULL ? construct->diff(provider, resource, result, err) : CR_OK;
}

#define OPERATION(name, member)                                                                               \
    static void name(void *provider, cr_operation *operation) {                                               \
        const local_construct *construct = construct_of(cr_operation_resource(operation));                    \
        if (construct != NULL) construct->member(provider, operation);                                        \
        else cr_operation_fail(operation, CR_FAILURE_PERMANENT, "the local provider has no such construct");   \
    }
OPERATION(read_resource, read)
OPERATION(create_resource, create)
OPERATION(update_resource, update)
OPERATION(delete_resource, delete_)
OPERATION(recover_resource, recover)

static const cr_provider_type local_type = {
    .api_version = CR_PROVIDER_API_VERSION, .name = "local", .version = "1", .constructs = construct_names,
    .features = CR_PROVIDER_CHEAP_READ, .open = open_provider, .close = close_provider, .validate = validate,
    .diff = diff, .read = read_resource, .create = create_resource, .update = update_resource,
    .delete_ = delete_resource, .recover = recover_resource,
};

/* ---- the library ------------------------------------------------------------------------------------------- */

static cr_value construct_provider(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return cr_provider_object(cx, self, &local_type, argc > 0 ? argv[0] : CR_UNDEFINED);
}

CR_STATIC_STRING(class_name, sizeof "LocalProvider" - 1, 0, "LocalProvider");
static const cr_function_info class_info = {
    .name = &class_name, .code = construct_provider, .flags = CR_FUNCTION_NATIVE | CR_FUNCTION_CLASS};
extern cr_function cr_lib_creact_local__LocalProvider;
cr_function cr_lib_creact_local__LocalProvider = CR_STATIC_FUNCTION(&class_info);

static const cr_provider_type *const types[] = {&local_type, NULL};
extern const cr_library cr_library_local;
const cr_library cr_library_local = {.name = "creact/local", .providers = types};
