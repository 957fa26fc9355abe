/* CReact, Fragment and ProviderRouter of module 'creact'. */
#include "fiber/natives.h"

#include <string.h>

#include "fiber/provider_router.h"
#include "value/error.h"
#include "value/function.h"
#include "value/host.h"
#include "value/object.h"
#include "value/promise.h"

/* ---- Fragment ----------------------------------------------------------------------------------------- */

/* render.c knows it by its address; called as a function it gives what it would show. */
static cr_value fragment(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                         const cr_value *argv) {
    return cr_field(arg_at(argc, argv, 0), "children");
}

NATIVE(Fragment, fragment, 1);

/* ---- CReact ------------------------------------------------------------------------------------------- */

static cr_value render_cloud_dom(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                                 const cr_value *argv) {
    renderer *r = renderer_of(cx);
    if (r == NULL) return throw_error(cx, PROTOTYPE_ERROR, "renderCloudDOM() has nothing to render for");
    app_config *config = &r->config;
    if (config->registered)
        return throw_error(cx, PROTOTYPE_ERROR,
                           "renderCloudDOM() was called before, at %s; a program has one root",
                           cloud_site_text(cx, config->site));
    cr_value root = arg_at(argc, argv, 0), stack = arg_at(argc, argv, 1);
    if (!cr_is_element(root))
        return throw_type_error(cx, "renderCloudDOM() needs an element, such as <App />; got '%s'",
                                cr_to_utf8(cx, root, NULL));
    if (!cr_is_nullish(stack) && !cr_is_string(stack))
        return throw_type_error(cx, "the name of the stack must be a string; got '%s'",
                                cr_to_utf8(cx, stack, NULL));
    config->registered = true;
    config->root = root;
    config->stack = cr_is_string(stack) ? cr_to_utf8(cx, stack, NULL) : NULL;
    config->promise = promise_new(cx);
    config->site = cx->site;
    return config->promise;
}

static cr_value creact_called(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                              const cr_value *argv) {
    return throw_type_error(cx, "CReact is not to be called; use CReact.renderCloudDOM()");
}

STRING_LITERAL(render_cloud_dom_name, "renderCloudDOM");
static const cr_function_info render_cloud_dom_info = {
    &render_cloud_dom_name, render_cloud_dom, 1, CR_FUNCTION_NATIVE | CR_FUNCTION_METHOD, {0}};
static cr_function render_cloud_dom_function = CR_STATIC_FUNCTION(&render_cloud_dom_info);
static const cr_slot creact_slots[] = {CR_SLOT_POINTER(render_cloud_dom_name, render_cloud_dom_function)};
STRING_LITERAL(creact_name, "CReact");
static const cr_function_info creact_info = {
    &creact_name, creact_called, 0, CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW, {0}};
/* Programs set properties of it (CReact.cloudProvider = …): the slots are copied before the first write. */
cr_function cr_lib_creact__CReact = {
    {CR_STATIC_HEAD(FUNCTION, CR_FLAG_STATIC_SLOTS, 0), 1, 1, (cr_slot *)(uintptr_t)creact_slots, 0, 0, 0},
    &creact_info,
    0,
    0};

/* ---- ProviderRouter ----------------------------------------------------------------------------------- */

static const cr_host_class router_class = {.name = "ProviderRouter"};

const provider_routes *provider_routes_of(cr_value v) {
    cr_host *host = host_of(v, &router_class);
    return host != NULL ? host->data : NULL;
}

static cr_value router_construct(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                                 const cr_value *argv) {
    if (!called_as_constructor(cx))
        return throw_type_error(cx, "Class constructor ProviderRouter cannot be invoked without 'new'");
    cr_value router = host_new(cx, &router_class, HEAP_NEW(cx, provider_routes));
    cr_as_object(router)->proto = new_target_prototype(cx, PROTOTYPE_OBJECT);
    return router;
}

static cr_value router_register(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                                const cr_value *argv) {
    cr_host *host = host_of(this_value, &router_class);
    if (host == NULL)
        return throw_type_error(cx, "register() was called on something that is no ProviderRouter");
    provider_route route = {arg_at(argc, argv, 0), arg_at(argc, argv, 1)};
    if (!cr_is_kind(route.pattern, CR_KIND_REGEXP))
        return throw_type_error(cx, "register() needs a regular expression for construct names; got '%s'",
                                cr_to_utf8(cx, route.pattern, NULL));
    if (!cr_is_object(route.provider))
        return throw_type_error(cx, "register() needs a provider; got '%s'",
                                cr_to_utf8(cx, route.provider, NULL));
    provider_routes *routes = host->data;
    if (routes->count == routes->capacity) {
        uint32_t capacity = routes->capacity != 0 ? routes->capacity * 2 : 4;
        provider_route *items = HEAP_ARRAY(cx, provider_route, capacity);
        if (routes->count != 0) memcpy(items, routes->items, routes->count * sizeof *items);
        routes->items = items;
        routes->capacity = capacity;
    }
    routes->items[routes->count++] = route;
    return this_value;
}

extern cr_function cr_lib_creact__ProviderRouter;
STRING_LITERAL(register_name, "register");
STRING_LITERAL(name_of_constructor, "constructor");
static const cr_function_info register_info = {
    &register_name, router_register, 2, CR_FUNCTION_NATIVE | CR_FUNCTION_METHOD, {0}};
static cr_function register_function = CR_STATIC_FUNCTION(&register_info);
static const cr_slot router_slots[] = {
    {&register_name, {.pointer = &register_function}, CR_SLOT_HIDDEN, 0},
    {&name_of_constructor, {.pointer = &cr_lib_creact__ProviderRouter}, CR_SLOT_HIDDEN, 0},
};
static cr_object router_prototype = {
    CR_STATIC_HEAD(OBJECT, CR_FLAG_STATIC_SLOTS, 0), 2, 2, (cr_slot *)(uintptr_t)router_slots, 0, 0, 0};
NATIVE_FLAGS(ProviderRouter, router_construct, 0, CR_FUNCTION_NATIVE | CR_FUNCTION_CLASS, &router_prototype);
