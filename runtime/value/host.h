/* value/host.h: exotic objects: process.env, an instance's outputs, iterators.
 *
 * A host object has ordinary properties like any object; its class may answer before they are looked at.    */
#ifndef CREACT_VALUE_HOST_H
#define CREACT_VALUE_HOST_H

#include "value/context.h"

typedef struct cr_host cr_host;

/* Each hook may be NULL. */
typedef struct cr_host_class {
    const char *name; /* console.log shows it before the braces; NULL: as a plain object */
    /* An own property: its value (CR_EXCEPTION after a throw), CR_HOLE when there is none of that name. */
    cr_value (*get)(cr_context *cx, cr_host *host, const cr_string *key);
    /* false after a throw. Without the hook the property becomes an ordinary one. */
    bool (*set)(cr_context *cx, cr_host *host, const cr_string *key, cr_value value);
    /* Own enumerable keys, before the ordinary ones; *count of them, in the context's heap. NULL after a throw. */
    const cr_string **(*own_keys)(cr_context *cx, cr_host *host, uint32_t *count);
    /* The nodes that the object as a whole depends on, for value_origin. */
    const cr_origin *(*origin)(cr_context *cx, const cr_host *host);
} cr_host_class;

struct cr_host {
    cr_object object;
    const cr_host_class *class;
    void *data; /* the class's own */
};

static inline cr_host *cr_as_host(cr_value v) { return (cr_host *)(uintptr_t)v; }
/* The host object of `class`, else NULL. */
static inline cr_host *host_of(cr_value v, const cr_host_class *class) {
    return cr_is_kind(v, CR_KIND_HOST) && cr_as_host(v)->class == class ? cr_as_host(v) : NULL;
}

/* A host object that inherits from Object.prototype. `class` is borrowed for as long as the context lives. */
cr_value host_new(cr_context *cx, const cr_host_class *class, void *data);

#endif
