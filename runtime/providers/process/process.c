#include "providers/process/process.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/mem.h"
#include "creact/abi.h"

static const char *const construct_names[] = {"LocalProcess", NULL};

static const cr_prop_rule rules[] = {
    {"command", CR_PROP_TEXTS, true, 0, 0},         {"environment", CR_PROP_TEXT_MAP, false, 0, 0},
    {"directory", CR_PROP_TEXT, false, 0, 0},       {"port", CR_PROP_NUMBER, false, 1, 65535},
    {"host", CR_PROP_TEXT, false, 0, 0},            {"ready", CR_PROP_OBJECT, false, 0, 0},
    {"stopTimeoutMs", CR_PROP_NUMBER, false, 0, 1e9}, {"logFile", CR_PROP_TEXT, false, 0, 0}, {0},
};
static const cr_prop_rule ready_rules[] = {
    {"port", CR_PROP_NUMBER, false, 1, 65535}, {"log", CR_PROP_TEXT, false, 0, 0},
    {"timeoutMs", CR_PROP_NUMBER, false, 1, 1e9}, {0},
};

/* Props whose change makes it another process; the others only tell how to wait for it. */
static const char *const identifying[] = {"command", "environment", "directory", "port", "host", "logFile"};

typedef struct process_provider {
    cr_context *cx;
} process_provider;

static cr_status open_provider(cr_context *cx, cr_value config, void **provider, cr_error *err) {
    process_provider *self = mem_zeroed(1, sizeof *self);
    self->cx = cx;
    *provider = self;
    return CR_OK;
}

static void close_provider(void *provider) { mem_free(provider); }

static cr_status validate(void *provider, const cr_resource *resource, cr_error *err) {
    process_provider *self = provider;
    cr_status status = cr_props_check(self->cx, "LocalProcess", resource->props, rules, err);
    if (status != CR_OK) return status;
    cr_value ready = cr_field(resource->props, "ready");
    return cr_has_slots(ready) ? cr_props_check(self->cx, "ready of LocalProcess", ready, ready_rules, err) : CR_OK;
}

/* Equal texts, numbers, arrays and objects of texts; an unknown equals nothing. */
static bool same(cr_context *cx, cr_value a, cr_value b) {
    if (a == b) return !cr_is_unknown(a);
    if (cr_is_string(a) && cr_is_string(b)) return cr_string_equal(cr_as_string(a), cr_as_string(b));
    if (cr_is_array(a) && cr_is_array(b)) {
        bool equal = cr_as_array(a)->length == cr_as_array(b)->length;
        for (uint32_t i = 0; equal && i < cr_as_array(a)->length; i++)
            equal = same(cx, cr_as_array(a)->items[i], cr_as_array(b)->items[i]);
        return equal;
    }
    if (!cr_is_kind(a, CR_KIND_OBJECT) || !cr_is_kind(b, CR_KIND_OBJECT)) return false;
    uint32_t count, other_count;
    const cr_string **keys = cr_own_keys(cx, a, &count);
    cr_own_keys(cx, b, &other_count);
    bool equal = count == other_count;
    for (uint32_t i = 0; equal && i < count; i++) equal = same(cx, cr_own(a, keys[i]), cr_own(b, keys[i]));
    return equal;
}

static cr_status diff(void *provider, const cr_resource *resource, cr_diff *result, cr_error *err) {
    process_provider *self = provider;
    if (!cr_has_slots(resource->prior_props)) return CR_OK;
    size_t reasons = 0;
    for (size_t i = 0; i < sizeof identifying / sizeof identifying[0]; i++)
        if (!same(self->cx, cr_field(resource->prior_props, identifying[i]), cr_field(resource->props, identifying[i])))
            result->replace_reasons[reasons++] = identifying[i];
    result->replace = reasons > 0;
    return CR_OK;
}

void process_log_path(cr_context *cx, const cr_resource *resource, cr_value props, str_buf *out) {
    const char *given = cr_prop_text(cx, props, "logFile", NULL);
    if (given != NULL && *given != '\0') {
        str_buf_add_text(out, given);
        return;
    }
    str_buf_add_format(out, ".creact/logs/%s/", resource->stack);
    for (const char *c = resource->address; *c != '\0'; c++) str_buf_add_char(out, *c == '/' ? '_' : *c);
    str_buf_add_text(out, ".log");
}

bool process_known(cr_context *cx, const cr_resource *resource, int64_t *pid, char identity[OS_IDENTITY_BYTES]) {
    if (!cr_has_slots(resource->private_data)) return false;
    double number = cr_prop_number(resource->private_data, "pid", 0);
    const char *text = cr_prop_text(cx, resource->private_data, "identity", NULL);
    if (number < 1 || text == NULL || strlen(text) >= OS_IDENTITY_BYTES) return false;
    *pid = (int64_t)number;
    memcpy(identity, text, strlen(text) + 1);
    return true;
}

/* ---- operations -------------------------------------------------------------------------------------------------- */

static void read_process(void *provider, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    int64_t pid;
    char identity[OS_IDENTITY_BYTES];
    bool alive = process_known(cr_operation_context(operation), resource, &pid, identity) && os_process_is(pid, identity);
    if (alive) cr_operation_done(operation, resource->prior_outputs, resource->private_data);
    else cr_operation_gone(operation);
}

/* The mark of a live process beside the log of `props`; false when there is none. */
static bool live_mark(cr_operation *operation, cr_value props, process_mark *mark) {
    str_buf log_path;
    str_buf_init(&log_path);
    process_log_path(cr_operation_context(operation), cr_operation_resource(operation), props, &log_path);
    bool found = false;
    cr_error ignored;
    *mark = (process_mark){0};
    process_mark_read(str_buf_text(&log_path), mark, &found, &ignored);
    str_buf_release(&log_path);
    return found && os_process_is(mark->pid, mark->identity);
}

static bool has_token(const process_mark *mark, const cr_resource *resource) {
    return resource->token != NULL && strcmp(mark->token, resource->token) == 0;
}

static void create(void *provider, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    process_mark mark;
    bool live = live_mark(operation, resource->props, &mark);
    if (live && !has_token(&mark, resource))
        cr_operation_fail(operation, CR_FAILURE_CONFLICT, "process %" PRId64 " of another deployment runs already; stop it first", mark.pid);
    else process_start(operation, live ? &mark : NULL);
    process_mark_release(&mark);
}

/* Only how to wait for it or stop it has changed: nothing to do. */
static void update(void *provider, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    cr_operation_done(operation, resource->prior_outputs, resource->private_data);
}

/* Where the log of the running program is: where it was put, since the resource may have moved to another address. */
static void recorded_log_path(cr_context *cx, const cr_resource *resource, cr_value props, str_buf *out) {
    bool recorded = cr_has_slots(resource->prior_outputs);
    const char *path = recorded ? cr_prop_text(cx, resource->prior_outputs, "logFile", NULL) : NULL;
    if (path != NULL) str_buf_add_text(out, path);
    else process_log_path(cx, resource, props, out);
}

static void delete_process(void *provider, cr_operation *operation) {
    cr_context *cx = cr_operation_context(operation);
    const cr_resource *resource = cr_operation_resource(operation);
    cr_value props = cr_has_slots(resource->prior_props) ? resource->prior_props : resource->props;
    int64_t pid = 0;
    char identity[OS_IDENTITY_BYTES] = "";
    if (!process_known(cx, resource, &pid, identity)) {
        process_mark mark; /* made by a create whose outcome was not recorded */
        if (live_mark(operation, props, &mark)) {
            pid = mark.pid;
            memcpy(identity, mark.identity, sizeof identity);
        }
        process_mark_release(&mark);
    }
    str_buf log_path;
    str_buf_init(&log_path);
    recorded_log_path(cx, resource, props, &log_path);
    uint64_t timeout_ms = (uint64_t)cr_prop_number(props, "stopTimeoutMs", STOP_TIMEOUT_MS_DEFAULT);
    process_stop(operation, pid, identity, timeout_ms, str_buf_text(&log_path));
    str_buf_release(&log_path);
}

static void recover(void *provider, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    const char *interrupted = resource->operation != NULL ? resource->operation : "create";
    if (strcmp(interrupted, "delete") == 0 || !cr_has_slots(resource->props)) {
        delete_process(provider, operation);
    } else if (strcmp(interrupted, "update") == 0) {
        update(provider, operation);
    } else {
        process_mark mark;
        bool ours = live_mark(operation, resource->props, &mark) && has_token(&mark, resource);
        if (ours) process_start(operation, &mark);
        else cr_operation_gone(operation);
        process_mark_release(&mark);
    }
}

static const cr_provider_type process_type = {
    .api_version = CR_PROVIDER_API_VERSION, .name = "process", .version = "1", .constructs = construct_names,
    .features = CR_PROVIDER_CHEAP_READ, .open = open_provider, .close = close_provider, .validate = validate,
    .diff = diff, .read = read_process, .create = create, .update = update, .delete_ = delete_process, .recover = recover,
};

/* ---- the library --------------------------------------------------------------------------------------------------- */

static cr_value construct_provider(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return cr_provider_object(cx, self, &process_type, argc > 0 ? argv[0] : CR_UNDEFINED);
}

CR_STATIC_STRING(class_name, sizeof "ProcessProvider" - 1, 0, "ProcessProvider");
static const cr_function_info class_info = {
    .name = &class_name, .code = construct_provider, .flags = CR_FUNCTION_NATIVE | CR_FUNCTION_CLASS};
extern cr_function cr_lib_creact_process__ProcessProvider;
cr_function cr_lib_creact_process__ProcessProvider = CR_STATIC_FUNCTION(&class_info);

static const cr_provider_type *const types[] = {&process_type, NULL};
extern const cr_library cr_library_process;
const cr_library cr_library_process = {.name = "creact/process", .providers = types};
