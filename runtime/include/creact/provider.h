/* creact/provider.h: what a provider is. A provider turns one resource's description into the real thing.
 *
 * The engine alone orders, retries, times out, checkpoints and rolls back (promise D1). A provider validates,
 * compares, reads, creates, updates, deletes and recovers one resource at a time, and never waits: a call that
 * takes time returns at once and answers later, from the event loop, through its cr_operation.
 *
 * Calling sequence:  open -> (validate | diff | read | create | update | delete_ | recover)* -> close
 * Every operation is answered exactly once: cr_operation_done, cr_operation_gone or cr_operation_fail. All run
 * on one thread, that of the event loop.
 * Recovery: before create, update and delete_ the engine has written its intent and `token` to stable storage.
 * If the process dies, the next one calls `recover` with the same token: the provider looks at the world and
 * answers done (it happened, or was finished now), or gone (there is nothing). It never makes a second one.
 * Ownership: a provider borrows the resource until its answer; values belong to the context's heap.
 * An example of a whole provider: runtime/providers/mock.                                                  */
#ifndef CREACT_PROVIDER_H
#define CREACT_PROVIDER_H

#include "creact/status.h"
#include "creact/value.h"

#define CR_PROVIDER_API_VERSION 1

struct os_loop; /* os/loop.h */

/* One resource, as the engine hands it over. Absent values are CR_UNDEFINED. */
typedef struct cr_resource {
    const char *stack, *id, *address, *construct;
    cr_value construct_class; /* the class of the program, for static members such as mockOutputs */
    cr_value props;           /* what the program wants; no unknowns once an operation runs. In a delete_: absent,
                                 except when the resource is deleted to be made anew */
    cr_value prior_props;     /* as deployed last */
    cr_value prior_outputs;
    cr_value private_data; /* what the provider gave the engine to keep with the resource */
    const char *operation; /* "read" "create" "update" "delete"; for recover: the one that was interrupted */
    const char *token;     /* idempotency token, the same again in a retry and in recovery */
    uint32_t attempt;      /* from 1 */
    const void *node;      /* the engine's own */
} cr_resource;

/* How a failure is to be treated. The engine decides what to do about each class. */
typedef enum cr_failure {
    CR_FAILURE_PERMANENT, /* the same call would fail again */
    CR_FAILURE_TRANSIENT, /* worth a retry: timeouts, refused connections, throttling */
    CR_FAILURE_NOT_FOUND, /* the resource is not there */
    CR_FAILURE_CONFLICT,  /* something that is not ours stands in the way */
} cr_failure;

/* One call in flight; made by the engine. */
typedef struct cr_operation cr_operation;

const cr_resource *cr_operation_resource(const cr_operation *operation);
cr_context *cr_operation_context(const cr_operation *operation);
struct os_loop *cr_operation_loop(const cr_operation *operation);
/* A line that the resource's own program printed; shown under the resource and kept in the event log. */
void cr_operation_log(cr_operation *operation, const char *line, size_t length);
/* Called when the engine wants the operation to stop early (second Ctrl-C, timeout); it must still be answered. */
void cr_operation_on_cancel(cr_operation *operation, void (*cancel)(cr_operation *operation, void *data), void *data);
/* The answers. outputs: an object; private_data: anything that JSON can hold, or CR_UNDEFINED. */
void cr_operation_done(cr_operation *operation, cr_value outputs, cr_value private_data);
/* There is no such resource: read found nothing, delete_ is complete. Of recover: the create or update never happened
 * (after an update the resource is taken to be as it was before), or the delete is complete. */
void cr_operation_gone(cr_operation *operation);
void cr_operation_fail(cr_operation *operation, cr_failure failure, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What `diff` can say about a change from prior_props to props. The engine clears it before the call. */
typedef struct cr_diff {
    bool replace;                    /* the change needs a new resource */
    const char *replace_reasons[16]; /* names of top-level props that force it, NULL-terminated */
    cr_value planned_outputs; /* outputs after the change where known now, with cr_diff_unknown() for what is not;
                                 CR_UNDEFINED: an update keeps the outputs, a create or replace makes all unknown */
    cr_value planned_private;
} cr_diff;

enum {
    CR_PROVIDER_CHEAP_READ = 1 << 0, /* read costs little: done before every plan (promise D5) */
};

typedef struct cr_provider_type {
    uint32_t api_version; /* CR_PROVIDER_API_VERSION */
    const char *name;     /* "local" */
    const char *version;
    const char *const *constructs; /* names that it serves, NULL-terminated; "*" serves every construct */
    uint32_t features;             /* CR_PROVIDER_… */

    /* Makes a provider from what the program passed to its constructor (an object, or CR_UNDEFINED). */
    cr_status (*open)(cr_context *cx, cr_value config, void **provider, cr_error *err);
    void (*close)(void *provider);
    /* Each may be NULL where there is nothing to say. They answer at once; props may hold unknowns. */
    cr_status (*validate)(void *provider, const cr_resource *resource, cr_error *err);
    cr_status (*diff)(void *provider, const cr_resource *resource, cr_diff *diff, cr_error *err);
    /* Operations. `read` answers done with fresh outputs and private data (cr_operation_done's outputs may carry
     * a differing world: the engine compares with prior_outputs), or gone. */
    void (*read)(void *provider, cr_operation *operation);
    void (*create)(void *provider, cr_operation *operation);
    void (*update)(void *provider, cr_operation *operation);
    void (*delete_)(void *provider, cr_operation *operation);
    void (*recover)(void *provider, cr_operation *operation);
} cr_provider_type;

/* An output that is not known yet, for planned_outputs. */
cr_value cr_diff_unknown(cr_context *cx, const cr_resource *resource, const char *output);

/* A program makes a provider with a native class, `new LocalProvider(config)`: a cr_function of flags NATIVE and CLASS,
 *     cr_function cr_lib_creact_local__LocalProvider = CR_STATIC_FUNCTION(&info);
 * whose code answers cr_provider_object(cx, self, &local_type, config). The type is listed in cr_library.providers too:
 * it serves when the program names no provider. */
typedef struct cr_provider_handle {
    const cr_provider_type *type;
    cr_value config;
    void *provider; /* opened by the engine before the first use; NULL until then */
} cr_provider_handle;
/* Called from a native constructor: a new object (of the class's prototype) that stands for a provider. */
cr_value cr_provider_object(cr_context *cx, const cr_function *self, const cr_provider_type *type, cr_value config);

#endif
