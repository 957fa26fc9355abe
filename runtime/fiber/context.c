/* createContext, Provider, Consumer: a context is an object with a Provider and a Consumer, which are told by
 * the class of host object that they are. */
#include "fiber/fiber.h"
#include "fiber/natives.h"
#include "value/error.h"
#include "value/host.h"
#include "value/object.h"
#include "value/string.h"
#include "value/unknown.h"

static const cr_host_class context_class = {.name = "Context"};
static const cr_host_class provider_class = {.name = "Context.Provider"};
static const cr_host_class consumer_class = {.name = "Context.Consumer"};

static context *context_of(cr_value v, const cr_host_class *class) {
    cr_host *host = host_of(v, class);
    return host != NULL ? host->data : NULL;
}

context *context_of_provider(cr_value type) { return context_of(type, &provider_class); }
context *context_of_consumer(cr_value type) { return context_of(type, &consumer_class); }

static cr_value create_context(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                               const cr_value *argv) {
    context *made = HEAP_NEW(cx, context);
    made->default_value = arg_at(argc, argv, 0);
    made->object = host_new(cx, &context_class, made);
    cr_set_field(cx, made->object, "Provider", host_new(cx, &provider_class, made));
    cr_set_field(cx, made->object, "Consumer", host_new(cx, &consumer_class, made));
    return made->object;
}

NATIVE(createContext, create_context, 1);

cr_value context_value(const fiber *reader, const context *of) {
    for (const fiber *f = reader->parent; f != NULL; f = f->parent)
        if (f->kind == FIBER_PROVIDER && f->context == of) return cr_field(f->element->props.bits, "value");
    return of->default_value;
}

static cr_value use_context(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                            const cr_value *argv) {
    hook *h = hook_next(cx, HOOK_CONTEXT);
    if (h == NULL) return CR_EXCEPTION;
    h->context = context_of(arg_at(argc, argv, 0), &context_class);
    if (h->context == NULL) return throw_type_error(cx, "useContext() needs what createContext() made");
    return context_value(renderer_of(cx)->current, h->context);
}

NATIVE(useContext, use_context, 1);

static bool reads_context(const fiber *f, const context *of) {
    if (f->kind == FIBER_CONSUMER) return f->context == of;
    for (const hook *h = f->hooks; h != NULL; h = h->next)
        if (h->kind == HOOK_CONTEXT && h->context == of) return true;
    return false;
}

void context_changed(fiber *provider) {
    bool skip = false;
    for (fiber *f = provider->child; f != NULL; f = fiber_next(f, provider, skip)) {
        /* What is under another provider of the same context does not see this one. */
        skip = f->kind == FIBER_PROVIDER && f->context == provider->context;
        if (!skip && reads_context(f, provider->context)) mark_dirty(f);
    }
}
