#include "provider/object.h"

#include "value/error.h"
#include "value/function.h"
#include "value/host.h"
#include "value/object.h"

static const cr_host_class provider_class = {.name = "Provider"};

cr_value cr_provider_object(cr_context *cx, const cr_function *self, const cr_provider_type *type,
                            cr_value config) {
    if (!called_as_constructor(cx))
        return throw_type_error(cx, "Class constructor %s cannot be invoked without 'new'",
                                cr_to_utf8(cx, cr_from_pointer(self->info->name), NULL));
    cr_provider_handle *handle = HEAP_NEW(cx, cr_provider_handle);
    handle->type = type;
    handle->config = config;
    cr_value object = host_new(cx, &provider_class, handle);
    cr_as_object(object)->proto = new_target_prototype(cx, PROTOTYPE_OBJECT);
    cr_as_object(object)->host = handle;
    cr_set_field(cx, object, "kind", cr_string_text(cx, "provider"));
    return object;
}

cr_provider_handle *provider_handle_of(cr_value value) {
    cr_host *host = host_of(value, &provider_class);
    return host != NULL ? host->data : NULL;
}
