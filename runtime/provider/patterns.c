#include "provider/patterns.h"

#include "base/vec.h"
#include "provider/object.h"
#include "value/error.h"
#include "value/function.h"
#include "value/host.h"
#include "value/object.h"
#include "value/string.h"

/* Grows in the context's heap, which is freed as a whole. */
typedef struct pattern_list {
    provider_pattern *items;
    uint32_t length, capacity;
} pattern_list;

static const cr_host_class router_class = {.name = "ProviderRouter"};

static pattern_list *list_of(cr_value value) {
    cr_host *host = host_of(value, &router_class);
    return host != NULL ? host->data : NULL;
}

const provider_pattern *provider_patterns_of(cr_value value, uint32_t *count) {
    static const provider_pattern none = {0, 0};
    const pattern_list *list = list_of(value);
    if (list == NULL) return NULL;
    *count = list->length;
    return list->length > 0 ? list->items : &none;
}

bool provider_pattern_matches(cr_context *cx, cr_value pattern, const char *construct) {
    cr_value name = cr_string_text(cx, construct);
    cr_set_field(cx, pattern, "lastIndex", cr_number(0)); /* a pattern with /g would go on where it stopped */
    cr_value result = cr_call_method(cx, pattern, cr_as_string(cr_string_text(cx, "test")), 1, &name, "pattern.test");
    if (result == CR_EXCEPTION) context_take_pending(cx);
    return result == CR_TRUE;
}

static cr_value call_register(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    pattern_list *list = list_of(this_value);
    cr_value pattern = arg_at(argc, argv, 0), provider = arg_at(argc, argv, 1);
    if (list == NULL) return throw_type_error(cx, "Method ProviderRouter.prototype.register called on incompatible receiver");
    if (!cr_is_kind(pattern, CR_KIND_REGEXP)) return throw_type_error(cx, "'register' needs a regular expression as its first argument");
    if (provider_handle_of(provider) == NULL) return throw_type_error(cx, "'register' needs a provider as its second argument");
    if (list->length == list->capacity) {
        provider_pattern *grown = HEAP_ARRAY(cx, provider_pattern, list->capacity * 2 + 4);
        if (list->length > 0) memcpy(grown, list->items, list->length * sizeof *grown);
        list->items = grown;
        list->capacity = list->capacity * 2 + 4;
    }
    list->items[list->length++] = (provider_pattern){pattern, provider};
    return this_value;
}

STRING_LITERAL(name_register, "register");
STRING_LITERAL(name_router, "ProviderRouter");
static const cr_function_info register_info = {&name_register, call_register, 2, CR_FUNCTION_NATIVE | CR_FUNCTION_METHOD, {0}};
static cr_function register_function = CR_STATIC_FUNCTION(&register_info);

static cr_value construct_router(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    if (!called_as_constructor(cx)) return throw_type_error(cx, "Class constructor ProviderRouter cannot be invoked without 'new'");
    cr_value object = host_new(cx, &router_class, HEAP_NEW(cx, pattern_list));
    cr_object *proto = new_target_prototype(cx, PROTOTYPE_OBJECT);
    if (object_find(proto, &name_register) == NULL)
        object_define(cx, proto, &name_register, cr_from_pointer(&register_function), CR_SLOT_HIDDEN);
    cr_as_object(object)->proto = proto;
    cr_set_field(cx, object, "kind", cr_string_text(cx, "provider"));
    return object;
}

static const cr_function_info router_info = {&name_router, construct_router, 0, CR_FUNCTION_NATIVE | CR_FUNCTION_CLASS, {0}};
extern cr_function cr_lib_creact__ProviderRouter;
cr_function cr_lib_creact__ProviderRouter = CR_STATIC_FUNCTION(&router_info);
