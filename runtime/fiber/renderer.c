#include "fiber/renderer.h"

#include "fiber/fiber.h"
#include "fiber/natives.h"
#include "os/env.h"
#include "value/host.h"
#include "value/promise.h"
#include "value/unknown.h"
#include "json/json.h"

/* ---- hooks of the context ------------------------------------------------------------------------------ */

/* The component that a value is used in; a consumer's function belongs to the component around it. */
static fiber *component_now(const renderer *self) {
    fiber *f = self->current;
    while (f != NULL && f->kind != FIBER_COMPONENT) f = f->parent;
    return f;
}

static void note_assumption(void *data, cr_context *cx, cr_value unknown) {
    renderer *self = renderer_of(cx);
    fiber *f = component_now(self);
    if (f == NULL) return;
    str_buf subject;
    str_buf_init(&subject);
    unknown_describe(cx, unknown, &subject);
    const fiber_assumption *seen = f->assumptions;
    while (seen != NULL && strcmp(seen->subject, str_buf_text(&subject)) != 0) seen = seen->next;
    if (seen == NULL) {
        fiber_assumption *made = HEAP_NEW(cx, fiber_assumption);
        made->subject = arena_copy_text(&cx->runtime->heap, str_buf_text(&subject), subject.length);
        made->site = cx->site;
        made->next = f->assumptions;
        f->assumptions = made;
        if (f != self->current) self->structure_changed = true; /* else render.c compares */
    }
    str_buf_release(&subject);
}

static const char *read_env(void *data, cr_context *cx, const char *name) {
    cloud_dom *dom = &renderer_of(cx)->dom;
    const char *value = os_env_get(name);
    size_t low = 0, high = dom->inputs.length;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(dom->inputs.items[middle].name, name);
        if (order == 0) return dom->inputs.items[middle].value;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    cloud_input input = {"env", arena_copy_text(&cx->runtime->heap, name, strlen(name)),
                         value != NULL ? arena_copy_text(&cx->runtime->heap, value, strlen(value)) : NULL};
    VEC_PUSH(&dom->inputs, input);
    memmove(&dom->inputs.items[low + 1], &dom->inputs.items[low],
            (dom->inputs.length - 1 - low) * sizeof input);
    dom->inputs.items[low] = input;
    return input.value;
}

static const char *node_address(void *data, cr_context *cx, const void *node) {
    return ((const cloud_node *)node)->address;
}

/* ---- life --------------------------------------------------------------------------------------------- */

STRING_LITERAL(outputs_name, "outputs");
static const cr_function_info outputs_info = {
    &outputs_name, outputs_getter, 0, CR_FUNCTION_NATIVE | CR_FUNCTION_METHOD, {0}};
static cr_function outputs_function = CR_STATIC_FUNCTION(&outputs_info);

renderer *renderer_new(cr_context *cx) {
    renderer *self = HEAP_NEW(cx, renderer);
    self->cx = cx;
    self->config.root = self->config.cloud_provider = self->config.backend = self->config.retry_policy =
        self->config.promise = CR_UNDEFINED;
    self->recorded_state = CR_UNDEFINED;
    cloud_dom_init(&self->dom);
    str_buf_init(&self->scratch);
    str_buf_init(&self->key_text);
    self->outputs_accessor = cr_array_new(cx, 2, (cr_value[]){CR_REF(outputs_function), CR_UNDEFINED});
    self->root = HEAP_NEW(cx, fiber);
    self->root->kind = FIBER_FRAGMENT;
    self->root->mounted = true;
    cx->runtime->renderer = self;
    cr_hooks *hooks = &cx->runtime->hooks;
    hooks->assumed = note_assumption;
    hooks->env_read = read_env;
    hooks->node_address = node_address;
    return self;
}

void renderer_free(renderer *self) {
    if (self == NULL) return;
    for (size_t i = 0; i < self->nodes.length; i++) VEC_RELEASE(&self->nodes.items[i]->edges);
    VEC_RELEASE(&self->nodes);
    VEC_RELEASE(&self->cleanups);
    VEC_RELEASE(&self->assumers);
    cloud_dom_release(&self->dom);
    map_release(&self->retired);
    map_release(&self->stores);
    str_buf_release(&self->scratch);
    str_buf_release(&self->key_text);
    cr_hooks *hooks = &self->cx->runtime->hooks;
    hooks->assumed = NULL;
    hooks->env_read = NULL;
    hooks->node_address = NULL;
    self->cx->runtime->renderer = NULL;
}

static cr_value setting(const char *name, const char *alias) {
    cr_value creact = CR_REF(cr_lib_creact__CReact), value = cr_field(creact, name);
    return value != CR_UNDEFINED ? value : cr_field(creact, alias);
}

app_config *renderer_config(renderer *self) {
    app_config *config = &self->config;
    config->cloud_provider = setting("cloudProvider", "provider");
    config->backend = setting("backendProvider", "backend");
    config->retry_policy = cr_field(CR_REF(cr_lib_creact__CReact), "retryPolicy");
    return config;
}

cloud_dom *renderer_dom(renderer *self) { return &self->dom; }

/* ---- rendering ---------------------------------------------------------------------------------------- */

cr_status renderer_mount(renderer *self, const char *stack, stack_record *recorded, cr_error *err) {
    self->dom.stack = stack;
    self->recorded = recorded;
    self->root->dirty = self->structure_changed = true;
    if (recorded != NULL)
        map_reserve(&self->dom.by_id, recorded->resources.length); /* most are still described */
    return renderer_flush(self, NULL, err);
}

cr_status renderer_flush(renderer *self, bool *changed, cr_error *err) {
    cr_status status = render_marked(self, err);
    if (status == CR_OK) status = commit(self, err);
    if (changed != NULL) *changed = self->changed;
    self->changed = false;
    return status;
}

void renderer_set_outputs(renderer *self, cloud_node *node, cr_value outputs) {
    cr_value before = cloud_node_outputs(self->cx, node);
    cloud_node_set_outputs(self->cx, node, outputs);
    reads_changed(self, node, before, node->outputs);
}

uint64_t props_hash(renderer *self, cr_value clean) { return json_hash64(self->cx, clean, &self->scratch); }

/* ---- what renderCloudDOM's promise gives ----------------------------------------------------------------
 */

/* The CloudDOM as a value is made when the program looks at it: few do, and it is as large as the tree. */
typedef struct settled_dom {
    const cloud_dom *dom;
    cr_value value;
} settled_dom;

static cr_value settled_value(cr_context *cx, settled_dom *self) {
    if (self->value == 0) self->value = cloud_dom_to_value(cx, self->dom);
    return self->value;
}

static cr_value settled_get(cr_context *cx, cr_host *host, const cr_string *key) {
    cr_value value =
        string_is_ascii_text(key, "then") ? CR_UNDEFINED : cr_own(settled_value(cx, host->data), key);
    return value != CR_UNDEFINED ? value : CR_HOLE;
}

static const cr_string **settled_keys(cr_context *cx, cr_host *host, uint32_t *count) {
    return cr_own_keys(cx, settled_value(cx, host->data), count);
}

static const cr_host_class settled_class = {.name = "CloudDOM", .get = settled_get, .own_keys = settled_keys};

cr_status renderer_settle(renderer *self, cr_error *err) {
    if (self->config.promise == CR_UNDEFINED) return CR_OK;
    settled_dom *settled = HEAP_NEW(self->cx, settled_dom);
    settled->dom = &self->dom;
    promise_resolve(self->cx, self->config.promise, host_new(self->cx, &settled_class, settled));
    if (!tasks_run(self->cx)) return take_failure(self, NULL, err);
    return CR_OK;
}
