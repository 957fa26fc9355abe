/* A program of resources, written as natives, and a deployment of it with everything real but the cloud: what
 * engine_test.c and crash/crash_test.c run. The program: App describes `fleet.count` nodes, each with a
 * value; every `fleet.chain`-th needs an output of the one before. */
#ifndef CREACT_TEST_ENGINE_PROGRAM_H
#define CREACT_TEST_ENGINE_PROGRAM_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "builtins/builtins.h"
#include "deploy/engine.h"
#include "os/file.h"
#include "os/loop.h"
#include "value/context.h"
#include "value/string.h"
#include "json/json.h"

#define ARGS cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv
#define FUNCTION(function, flags)                                                                            \
    static cr_value function##_code(ARGS);                                                                   \
    STRING_LITERAL(function##_name, #function);                                                              \
    static const cr_function_info function##_info = {&function##_name, function##_code, 1, flags, {0}};      \
    static cr_function function = CR_STATIC_FUNCTION(&function##_info);                                      \
    static cr_value function##_code(ARGS)

extern cr_function cr_lib_creact__useInstance, cr_lib_creact__useOutput, cr_lib_creact__MockCloudProvider;
extern const cr_library cr_library_mock;

/* What the program describes; set before a run. */
static struct fleet {
    uint32_t count, chain; /* chain 0: no dependencies */
    const char *value;     /* of every node … */
    int special;           /* … but of this one (-1: none): */
    const char *special_value;
    const char *root; /* key of the component: another one is a rename */
    double latency_ms;
    cr_value (*failures)(cr_context *cx); /* option of the mock provider, or NULL */
    /* Instead of `new MockCloudProvider(…)`: a provider type that serves because the program imports its
     * library. */
    const cr_provider_type *provider, *also; /* also: a second one, or NULL */
} fleet;

/* static mockOutputs(props): { url: `http://${props.value}` } */
FUNCTION(mock_outputs, CR_FUNCTION_METHOD) {
    char url[128];
    cr_value outputs = cr_object_new(cx);
    snprintf(url, sizeof url, "http://%s", cr_to_utf8(cx, cr_field(argv[0], "value"), NULL));
    cr_set_field(cx, outputs, "url", cr_string_text(cx, url));
    return outputs;
}

static cr_value node_code(ARGS) {
    cr_set_field(cx, this_value, "props", argv[0]);
    return this_value;
}
STRING_LITERAL(node_name, "Node");
STRING_LITERAL(mock_outputs_key, "mockOutputs");
static const cr_function_info node_info = {&node_name, node_code, 1, CR_FUNCTION_CLASS, {0}};
static const cr_slot node_slots[] = {CR_SLOT_POINTER(mock_outputs_key, mock_outputs)};
static cr_function Node = {
    {CR_STATIC_HEAD(FUNCTION, CR_FLAG_STATIC_SLOTS, 0), 1, 1, (cr_slot *)(uintptr_t)node_slots, 0, 0, 0},
    &node_info,
    0,
    0};

static cr_value output_of(cr_context *cx, cr_value instance, const char *name) {
    cr_value outputs = cr_get(cx, instance, cr_as_string(cr_string_text(cx, "outputs")));
    return outputs == CR_EXCEPTION ? CR_EXCEPTION
                                   : cr_get(cx, outputs, cr_as_string(cr_string_text(cx, name)));
}

FUNCTION(App, 0) {
    cr_value before = CR_UNDEFINED;
    for (uint32_t i = 0; i < fleet.count; i++) {
        cr_value props = cr_object_new(cx);
        char key[32];
        snprintf(key, sizeof key, "node-%u", i);
        cr_set_field(cx, props, "key", cr_string_text(cx, key));
        cr_set_field(cx, props, "value",
                     cr_string_text(cx, (int)i == fleet.special ? fleet.special_value : fleet.value));
        if (fleet.chain > 0 && i % fleet.chain != 0) {
            cr_value url = output_of(cx, before, "url");
            if (url == CR_EXCEPTION) return CR_EXCEPTION;
            cr_set_field(cx, props, "needs", url);
        }
        cr_value arguments[] = {cr_from_pointer(&Node), props};
        before = cr_call(cx, cr_from_pointer(&cr_lib_creact__useInstance), CR_UNDEFINED, 2, arguments,
                         "useInstance");
        if (before == CR_EXCEPTION) return CR_EXCEPTION;
    }
    if (fleet.count > 0) {
        cr_value arguments[] = {cr_string_text(cx, "last"), output_of(cx, before, "url")};
        if (cr_call(cx, cr_from_pointer(&cr_lib_creact__useOutput), CR_UNDEFINED, 2, arguments,
                    "useOutput") == CR_EXCEPTION)
            return CR_EXCEPTION;
    }
    return CR_NULL;
}

/* ---- a run --------------------------------------------------------------------------------------------- */

typedef struct run_options {
    const char *directory; /* of state and world */
    bool destroy, plan_only;
    refresh_mode refresh;
    uint32_t parallelism;
    void (*event)(void *data, const deploy_event *event);
} run_options;

typedef struct run_result {
    cr_status status;
    cr_error err;
    uint32_t done[CHANGE_MOVE + 1], failed, skipped, waves;
    uint32_t planned[CHANGE_MOVE + 1]; /* by the first plan */
    uint32_t events[DEPLOY_EVENT_END + 1];
    deployment *deployment;
    const run_options *options;
} run_result;

typedef struct engine_run {
    cr_context *cx;
    renderer *renderer;
    backend *backend;
    stack *stack;
    router *router;
    os_loop *loop;
} engine_run;

static void count_event(void *data, const deploy_event *event) {
    run_result *result = data;
    result->events[event->kind]++;
    if (result->options->event != NULL) result->options->event(data, event);
}

static cr_status engine_use_type(engine_run *self, const char *world, cr_error *err) {
    const cr_provider_type *types[] = {fleet.provider, fleet.also, NULL};
    const cr_library library = {"creact/test", types}, *libraries[] = {&library, NULL};
    const cr_program program = {.abi_version = CR_ABI_VERSION, .name = "test", .libraries = libraries};
    setenv("CREACT_MOCK_WORLD", world, 1);
    return router_new(self->cx, &program, CR_UNDEFINED, &self->router, err);
}

static cr_status engine_open(engine_run *self, const run_options *options, const char *operation,
                             cr_error *err) {
    char path[600];
    *self = (engine_run){.cx = context_new(NULL)};
    builtins_install(self->cx);
    self->renderer = renderer_new(self->cx);
    self->loop = os_loop_new();
    snprintf(path, sizeof path, "%s/state", options->directory);
    cr_status status = file_backend_open(path, &self->backend, err);
    stack_options opening = {"test", operation != NULL, operation};
    if (status == CR_OK) status = stack_open(self->cx, self->backend, &opening, &self->stack, err);
    if (status != CR_OK) return status;
    snprintf(path, sizeof path, "%s/world", options->directory);
    if (fleet.provider != NULL) return engine_use_type(self, path, err);
    cr_value config = cr_object_new(self->cx);
    cr_set_field(self->cx, config, "world", cr_string_text(self->cx, path));
    cr_set_field(self->cx, config, "latencyMs", cr_number(fleet.latency_ms));
    if (fleet.failures != NULL) cr_set_field(self->cx, config, "failures", fleet.failures(self->cx));
    cr_value provider =
        cr_new(self->cx, cr_from_pointer(&cr_lib_creact__MockCloudProvider), 1, &config, "MockCloudProvider");
    return router_new(self->cx, NULL, provider, &self->router, err);
}

static cr_status engine_mount(engine_run *self, cr_error *err) {
    static const cr_site site = {"app.tsx", 1, 1};
    cr_value key = fleet.root != NULL ? cr_string_text(self->cx, fleet.root) : CR_UNDEFINED;
    renderer_config(self->renderer)->root =
        cr_element_new(self->cx, cr_from_pointer(&App), key, cr_object_new(self->cx), &site);
    return renderer_mount(self->renderer, "test", stack_recorded(self->stack), err);
}

static void engine_close(engine_run *self) {
    if (self->router != NULL) router_free(self->router);
    if (self->stack != NULL) stack_close(self->stack);
    self->backend->type->close(self->backend);
    os_loop_free(self->loop);
    renderer_free(self->renderer);
    context_free(self->cx);
    Node.prototype = cr_lib_creact__MockCloudProvider.prototype = NULL; /* they were of that context */
}

static cr_status run_waves(engine_run *self, run_result *result, const run_options *options) {
    for (result->waves = 0; result->waves < 20; result->waves++) {
        plan made;
        deploy_summary summary = {0};
        plan_options planning = {result->waves == 0 ? options->refresh : REFRESH_FALSE, options->destroy,
                                 self->loop};
        plan_init(&made);
        cr_status status =
            plan_compute(self->stack, self->renderer, self->router, &planning, &made, &result->err);
        bool empty = status == CR_OK && change_set_is_empty(&made.changes);
        if (result->waves == 0) memcpy(result->planned, made.changes.counts, sizeof result->planned);
        if (status == CR_OK && !empty && !options->plan_only) {
            status = deployment_run(result->deployment, &made, &summary, &result->err);
            for (int kind = 0; kind <= CHANGE_MOVE; kind++) result->done[kind] += summary.done[kind];
            result->failed += summary.failed;
            result->skipped += summary.skipped;
        }
        plan_release(&made);
        if (status != CR_OK || empty || options->plan_only) return status;
    }
    return cr_fail(&result->err, CR_E_FAILED, "too many waves");
}

/* Recovers what is interrupted, deploys, ends. */
static run_result engine_deploy(const run_options *options) {
    run_result result = {.options = options};
    engine_run run;
    deploy_summary summary;
    const char *operation = options->plan_only ? NULL : options->destroy ? "destroy" : "deploy";
    result.status = engine_open(&run, options, operation, &result.err);
    if (result.status == CR_OK) {
        deploy_options carrying = {options->parallelism, 2, 1, run.loop};
        deploy_observer observer = {&result, count_event, NULL};
        result.deployment = deployment_new(run.stack, run.renderer, run.router, &carrying, &observer);
        if (stack_recorded(run.stack)->interrupted && !options->plan_only)
            result.status = deployment_recover(result.deployment, &summary, &result.err);
        if (result.status == CR_OK) result.status = engine_mount(&run, &result.err);
        if (result.status == CR_OK) result.status = run_waves(&run, &result, options);
        if (result.status == CR_OK && !options->plan_only)
            result.status = deployment_end(result.deployment, &result.err);
        deployment_free(result.deployment);
        result.deployment = NULL;
    }
    engine_close(&run);
    return result;
}

static int engine_compare_lines(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The recorded state without what differs from run to run (tokens, serials, times); the caller frees. */
static char *engine_dump(const char *directory) {
    run_options options = {.directory = directory};
    engine_run run;
    cr_error err = {0};
    str_buf out;
    str_buf_init(&out);
    if (engine_open(&run, &options, NULL, &err) != CR_OK) str_buf_add_format(&out, "error: %s", err.message);
    const stack_record *recorded = run.stack != NULL ? stack_recorded(run.stack) : NULL;
    os_names lines = {0};
    for (size_t i = 0; recorded != NULL && i < recorded->resources.length; i++) {
        resource_record *r = recorded->resources.items[i];
        str_buf line;
        str_buf_init(&line);
        if (resource_record_details(run.cx, r, &err) != CR_OK) str_buf_add_text(&line, err.message);
        str_buf_add_format(&line, "%s %s %s %016llx ", r->address, resource_state_name(r->state), r->provider,
                           (unsigned long long)r->props_hash);
        json_write(run.cx, r->props, &line);
        json_write(run.cx, r->outputs, &line);
        for (uint32_t k = 0; k < r->depend_count; k++) str_buf_add_format(&line, " <%s", r->depends[k]);
        str_buf_add_char(&line, '\n');
        VEC_PUSH(&lines, str_buf_detach(&line));
    }
    /* Sorted: the order of making depends on the order of answers. */
    if (lines.length > 0) qsort(lines.items, lines.length, sizeof *lines.items, engine_compare_lines);
    for (size_t i = 0; i < lines.length; i++) str_buf_add_text(&out, lines.items[i]);
    str_buf_add_format(&out, "%zu resources, interrupted %d\n",
                       recorded != NULL ? recorded->resources.length : 0,
                       recorded != NULL && recorded->interrupted);
    os_names_release(&lines);
    engine_close(&run);
    return str_buf_detach(&out);
}

/* How often each effect was made: "create 3, update 0, delete 1", or the first resource that was made twice
 * without having been deleted in between. */
static void engine_effects(const char *directory, char *text, size_t size) {
    char path[600];
    char *log;
    size_t length;
    uint32_t creates = 0, updates = 0, deletes = 0;
    map alive = {0};
    snprintf(path, sizeof path, "%s/world/effects.log", directory);
    snprintf(text, size, "create 0, update 0, delete 0");
    if (os_file_read(path, &log, &length, NULL) != CR_OK) return;
    bool doubled = false;
    for (char *line = strtok(log, "\n"); line != NULL && !doubled; line = strtok(NULL, "\n")) {
        str id = {strchr(line, ' ') + 1, 16};
        if (line[0] == 'c') {
            doubled = map_get(&alive, id) != NULL;
            map_put(&alive, id, log);
            creates++;
        } else if (line[0] == 'u') {
            updates++;
        } else {
            map_put(&alive, id, NULL);
            deletes++;
        }
        if (doubled) snprintf(text, size, "made twice: %.*s", STR_ARGS(id));
    }
    if (!doubled) snprintf(text, size, "create %u, update %u, delete %u", creates, updates, deletes);
    map_release(&alive);
    mem_free(log);
}

#endif
