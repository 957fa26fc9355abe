/* providers/mock: makes nothing, and is otherwise a provider like any other; the example to copy from.
 *
 * A call takes `latencyMs`: the effect comes after half of it, the answer after the other half, so that a
 * process can die before an effect, after it, and after the answer. */
#include <stdio.h>

#include "base/mem.h"
#include "base/vec.h"
#include "creact/abi.h"
#include "creact/props.h"
#include "creact/provider.h"
#include "os/env.h"
#include "os/loop.h"
#include "providers/mock/world.h"

extern cr_object cr_global_JSON;

/* A failure to play, from the option `failures`. */
typedef struct mock_failure {
    const char *match, *operation, *message; /* operation NULL: each */
    double times;                            /* left */
    bool transient;
} mock_failure;

typedef struct mock {
    cr_context *cx;
    world world;
    uint64_t latency_ms;
    VEC(mock_failure) failures;
} mock;

/* One call on its way. */
typedef struct mock_call {
    mock *mock;
    cr_operation *operation;
    os_timer *timer; /* of the half that runs */
    const char *effect, *id; /* id: in the world */
    cr_value outputs;
    bool happened;
} mock_call;

/* ---- options ------------------------------------------------------------------------------------------- */

static const cr_prop_rule option_rules[] = {{.name = "latencyMs", .kind = CR_PROP_NUMBER, .max = 3600000},
                                            {.name = "failures", .kind = CR_PROP_ANY},
                                            {.name = "world", .kind = CR_PROP_TEXT},
                                            {.name = NULL}};
static const cr_prop_rule failure_rules[] = {{.name = "match", .kind = CR_PROP_TEXT, .required = true},
                                             {.name = "operation", .kind = CR_PROP_TEXT},
                                             {.name = "times", .kind = CR_PROP_NUMBER, .max = 1e9},
                                             {.name = "transient", .kind = CR_PROP_ANY},
                                             {.name = "message", .kind = CR_PROP_TEXT},
                                             {.name = NULL}};

static cr_status read_failures(mock *self, cr_value list, cr_error *err) {
    if (list == CR_UNDEFINED) return CR_OK;
    if (!cr_is_array(list)) return cr_fail(err, CR_E_CONFIG, "option 'failures' must be an array");
    for (uint32_t i = 0; i < cr_as_array(list)->length; i++) {
        cr_value item = cr_as_array(list)->items[i];
        if (!cr_has_slots(item)) return cr_fail(err, CR_E_CONFIG, "option 'failures' must hold objects");
        cr_status status = cr_props_check(self->cx, "failures", item, failure_rules, err);
        if (status != CR_OK) return status;
        mock_failure failure = {.match = cr_prop_text(self->cx, item, "match", NULL),
                                .operation = cr_prop_text(self->cx, item, "operation", NULL),
                                .message = cr_prop_text(self->cx, item, "message", NULL),
                                .times = cr_prop_number(item, "times", 1),
                                .transient = cr_field(item, "transient") == CR_TRUE};
        if (failure.message == NULL) failure.message = "the mock provider was told to fail";
        VEC_PUSH(&self->failures, failure);
    }
    return CR_OK;
}

static void mock_close(void *provider) {
    mock *self = provider;
    world_close(&self->world);
    VEC_RELEASE(&self->failures);
    mem_free(self);
}

static cr_status mock_open(cr_context *cx, cr_value config, void **provider, cr_error *err) {
    mock *self = mem_zeroed(1, sizeof *self);
    const char *directory = os_env_get("CREACT_MOCK_WORLD");
    cr_status status = CR_OK;
    self->cx = cx;
    self->world.log.descriptor = -1;
    if (config != CR_UNDEFINED && !cr_has_slots(config))
        status = cr_fail(err, CR_E_CONFIG, "the options must be an object");
    else if (config != CR_UNDEFINED) {
        const char *chosen = cr_prop_text(cx, config, "world", NULL);
        if (chosen != NULL) directory = chosen;
        status = cr_props_check(cx, "MockCloudProvider", config, option_rules, err);
        if (status == CR_OK) status = read_failures(self, cr_field(config, "failures"), err);
        self->latency_ms = status == CR_OK ? (uint64_t)cr_prop_number(config, "latencyMs", 0) : 0;
    }
    if (status == CR_OK)
        status = world_open(&self->world, directory != NULL && directory[0] != '\0' ? directory : NULL, err);
    if (status == CR_OK) {
        *provider = self;
        return CR_OK;
    }
    VEC_RELEASE(&self->failures);
    mem_free(self);
    return status;
}

/* ---- outputs ------------------------------------------------------------------------------------------- */

/* What the construct's own `static mockOutputs(props)` answers; without one, an id. CR_EXCEPTION: it threw.
 */
static cr_value outputs_of(mock *self, const cr_resource *resource) {
    cr_context *cx = self->cx;
    cr_value maker = CR_UNDEFINED;
    if (cr_is_function(resource->construct_class))
        maker = cr_get(cx, resource->construct_class, cr_as_string(cr_string_text(cx, "mockOutputs")));
    if (cr_is_function(maker)) {
        cr_value props = resource->props != CR_UNDEFINED ? resource->props : cr_object_new(cx);
        return cr_call(cx, maker, resource->construct_class, 1, &props, "mockOutputs");
    }
    if (cr_is_object(resource->prior_outputs)) return resource->prior_outputs;
    cr_value outputs = cr_object_new(cx);
    char id[64];
    snprintf(id, sizeof id, "mock-%s", resource->id);
    cr_set_field(cx, outputs, "id", cr_string_text(cx, id));
    return outputs;
}

static const char *to_json(mock *self, cr_value value) {
    cr_context *cx = self->cx;
    cr_value text = cr_call_method(cx, CR_REF(cr_global_JSON), cr_as_string(cr_string_text(cx, "stringify")),
                                   1, &value, "JSON.stringify");
    if (text == CR_EXCEPTION) cr_catch(cx);
    return cr_is_string(text) ? cr_to_utf8(cx, text, NULL) : "{}";
}

static cr_value from_json(mock *self, const char *json) {
    cr_context *cx = self->cx;
    cr_value text = cr_string_text(cx, json);
    cr_value value = cr_call_method(cx, CR_REF(cr_global_JSON), cr_as_string(cr_string_text(cx, "parse")), 1,
                                    &text, "JSON.parse");
    if (value == CR_EXCEPTION) cr_catch(cx);
    return cr_is_object(value) ? value : cr_object_new(cx);
}

/* ---- names in the world -------------------------------------------------------------------------------- */

/* What a thing is called in the world must outlive a move of its resource, whose id then is another one: the
 * engine keeps the name as private data. */
static const char *world_id(mock *self, const cr_resource *resource) {
    cr_value private_data = resource->private_data;
    const char *kept = cr_has_slots(private_data) ? cr_prop_text(self->cx, private_data, "id", NULL) : NULL;
    return kept != NULL ? kept : resource->id;
}

/* The name of what is to be made, or was made with this token: the id, unless something that has moved away
 * bears it. */
static const char *new_world_id(mock *self, const cr_resource *resource) {
    const world_thing *there = world_find(&self->world, resource->id);
    if (there == NULL || strcmp(there->token, resource->token) == 0) return resource->id;
    char name[80];
    snprintf(name, sizeof name, "%s.%s", resource->id, resource->token);
    return cr_to_utf8(self->cx, cr_string_text(self->cx, name), NULL);
}

/* The name that the resource of this operation has, or is to have. */
static const char *operation_world_id(mock *self, const cr_resource *resource) {
    return strcmp(resource->operation, "create") == 0 ? new_world_id(self, resource) : world_id(self, resource);
}

static cr_value private_of(mock *self, const char *id) {
    if (!self->world.kept) return CR_UNDEFINED;
    cr_value private_data = cr_object_new(self->cx);
    cr_set_field(self->cx, private_data, "id", cr_string_text(self->cx, id));
    return private_data;
}

/* ---- calls --------------------------------------------------------------------------------------------- */

/* Plays the first failure that matches; false: none does. */
static bool plays_failure(mock *self, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    for (size_t i = 0; i < self->failures.length; i++) {
        mock_failure *failure = &self->failures.items[i];
        if (failure->times < 1 || strstr(resource->address, failure->match) == NULL) continue;
        if (failure->operation != NULL && strcmp(failure->operation, resource->operation) != 0) continue;
        failure->times--;
        cr_operation_fail(operation, failure->transient ? CR_FAILURE_TRANSIENT : CR_FAILURE_PERMANENT, "%s",
                          failure->message);
        return true;
    }
    return false;
}

static void call_answer(void *data) {
    mock_call *self = data;
    cr_operation *operation = self->operation;
    cr_value outputs = self->outputs, private_data = private_of(self->mock, self->id);
    mem_free(self);
    if (outputs != CR_UNDEFINED)
        cr_operation_done(operation, outputs, private_data);
    else
        cr_operation_gone(operation);
}

static void call_fail(mock_call *self, const char *message) {
    cr_operation *operation = self->operation;
    mem_free(self);
    cr_operation_fail(operation, CR_FAILURE_PERMANENT, "%s", message);
}

static void call_effect(void *data) {
    mock_call *self = data;
    const cr_resource *resource = cr_operation_resource(self->operation);
    cr_error err = {0};
    const char *json = self->outputs != CR_UNDEFINED ? to_json(self->mock, self->outputs) : NULL;
    if (plays_failure(self->mock, self->operation)) {
        mem_free(self);
        return;
    }
    if (world_effect(&self->mock->world, self->effect, self->id, resource->token, json, &err) != CR_OK) {
        call_fail(self, err.message);
        return;
    }
    self->happened = true;
    self->timer =
        os_timer_start(cr_operation_loop(self->operation), self->mock->latency_ms / 2, 0, call_answer, self);
}

/* Stops early: before the effect there was none, after it the answer is known already. */
static void call_cancel(cr_operation *operation, void *data) {
    mock_call *self = data;
    os_timer_stop(self->timer);
    if (self->happened)
        call_answer(self);
    else
        call_fail(self, "cancelled");
}

/* outputs CR_UNDEFINED: the answer is "gone". */
static void start_call(mock *self, cr_operation *operation, const char *effect, const char *id,
                       cr_value outputs) {
    mock_call *call = mem_zeroed(1, sizeof *call);
    call->mock = self;
    call->operation = operation;
    call->effect = effect;
    call->id = id;
    call->outputs = outputs;
    call->timer = os_timer_start(cr_operation_loop(operation), self->latency_ms - self->latency_ms / 2, 0,
                                 call_effect, call);
    cr_operation_on_cancel(operation, call_cancel, call);
}

static void make(mock *self, cr_operation *operation, const char *effect) {
    const cr_resource *resource = cr_operation_resource(operation);
    const char *id = operation_world_id(self, resource);
    const world_thing *there = world_find(&self->world, id);
    /* The same token again: it has happened, only the answer was lost. */
    if (there != NULL && strcmp(there->token, resource->token) == 0) {
        cr_operation_done(operation, from_json(self, there->outputs), private_of(self, id));
        return;
    }
    cr_value outputs = outputs_of(self, resource);
    if (outputs == CR_EXCEPTION) {
        cr_value thrown = cr_catch(self->cx);
        const char *text = thrown != CR_EXCEPTION ? cr_to_utf8(self->cx, thrown, NULL)
                                                  : "it needs a value that is not known yet";
        cr_operation_fail(operation, CR_FAILURE_PERMANENT, "'mockOutputs' of '%s' threw: %s",
                          resource->construct, text);
    } else if (!cr_is_object(outputs)) {
        cr_operation_fail(operation, CR_FAILURE_PERMANENT, "'mockOutputs' of '%s' does not return an object",
                          resource->construct);
    } else {
        start_call(self, operation, effect, id, outputs);
    }
}

static void mock_create(void *provider, cr_operation *operation) { make(provider, operation, "create"); }
static void mock_update(void *provider, cr_operation *operation) { make(provider, operation, "update"); }
static void mock_delete(void *provider, cr_operation *operation) {
    const char *id = world_id(provider, cr_operation_resource(operation));
    start_call(provider, operation, "delete", id, CR_UNDEFINED);
}

static void mock_read(void *provider, cr_operation *operation) {
    mock *self = provider;
    const cr_resource *resource = cr_operation_resource(operation);
    if (plays_failure(self, operation)) return;
    const world_thing *there = world_find(&self->world, world_id(self, resource));
    if (there != NULL)
        cr_operation_done(operation, from_json(self, there->outputs), CR_UNDEFINED);
    else if (!self->world.kept && cr_is_object(resource->prior_outputs))
        cr_operation_done(operation, resource->prior_outputs, CR_UNDEFINED);
    else
        cr_operation_gone(operation);
}

/* A world that was not kept has nothing in it. */
static void mock_recover(void *provider, cr_operation *operation) {
    mock *self = provider;
    const cr_resource *resource = cr_operation_resource(operation);
    const char *id = operation_world_id(self, resource);
    const world_thing *there = world_find(&self->world, id);
    if (there == NULL)
        cr_operation_gone(operation);
    else if (strcmp(resource->operation, "delete") == 0)
        mock_delete(provider, operation);
    else if (strcmp(there->token, resource->token) == 0)
        cr_operation_done(operation, from_json(self, there->outputs), private_of(self, id));
    else
        cr_operation_gone(operation);
}

/* ---- what programs import ------------------------------------------------------------------------------ */

static const char *const mock_constructs[] = {"*", NULL};

static const cr_provider_type mock_type = {
    .api_version = CR_PROVIDER_API_VERSION,
    .name = "mock",
    .version = "1",
    .constructs = mock_constructs,
    .open = mock_open,
    .close = mock_close,
    .read = mock_read,
    .create = mock_create,
    .update = mock_update,
    .delete_ = mock_delete,
    .recover = mock_recover,
};

static cr_value construct_mock(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                               const cr_value *argv) {
    return cr_provider_object(cx, self, &mock_type, argc > 0 ? argv[0] : CR_UNDEFINED);
}

#define MOCK_CLASS(module, export)                                                                           \
    static const cr_string module##_##export##_name = {CR_STATIC_HEAD(STRING, 0, sizeof #export - 1), 0, 0,  \
                                                       #export, 0};                                          \
    static const cr_function_info module##_##export##_info = {                                               \
        &module##_##export##_name, construct_mock, 1, CR_FUNCTION_NATIVE | CR_FUNCTION_CLASS, {0}};          \
    extern cr_function cr_lib_##module##__##export;                                                          \
    cr_function cr_lib_##module##__##export = CR_STATIC_FUNCTION(&module##_##export##_info)

MOCK_CLASS(creact, MockCloudProvider);
MOCK_CLASS(creact, DummyCloudProvider);
MOCK_CLASS(creact_mock, MockCloudProvider);
MOCK_CLASS(creact_mock, DummyCloudProvider);

static const cr_provider_type *const mock_types[] = {&mock_type, NULL};
extern const cr_library cr_library_mock;
const cr_library cr_library_mock = {"creact/mock", mock_types};
