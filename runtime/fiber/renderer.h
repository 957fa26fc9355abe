/* fiber/renderer.h: runs the program's components and keeps the CloudDOM.
 *
 * Calling sequence:
 *   renderer_new -> (the program is evaluated and calls CReact.renderCloudDOM, which only registers a root)
 *   -> renderer_mount -> (renderer_set_outputs* -> renderer_flush)* -> renderer_run_effects -> renderer_free
 *
 * Fibers are components with their hooks; a fiber renders again when a value that it read has changed: state,
 * context, or an output of a resource (promise R2). State set while rendering is derived (R3). A component that
 * needs the content of an unknown is suspended: it is listed in dom->deferred, its nodes so far stay (R1).
 * Errors: what a component throws becomes CR_E_THROWN with the error's text, component stack and TSX line.   */
#ifndef CREACT_RENDERER_H
#define CREACT_RENDERER_H

#include "clouddom/clouddom.h"
#include "clouddom/record.h"

typedef struct renderer renderer;

/* What the program asked for through CReact.*: read by cli/ and deploy/ after evaluation. */
typedef struct app_config {
    bool registered;        /* renderCloudDOM was called */
    cr_value root;          /* the element */
    const char *stack;      /* second argument of renderCloudDOM, or NULL */
    cr_value cloud_provider; /* CReact.cloudProvider or .provider; CR_UNDEFINED: the linked libraries' own */
    cr_value backend;        /* CReact.backendProvider or .backend; CR_UNDEFINED: the file backend */
    cr_value retry_policy;   /* CReact.retryPolicy */
    cr_value promise;        /* what renderCloudDOM returned; settled by renderer_settle */
    const cr_site *site;
} app_config;

renderer *renderer_new(cr_context *cx);
void renderer_free(renderer *self);
app_config *renderer_config(renderer *self);

/* First render. Outputs and hook state come from `recorded` (NULL: nothing is recorded). CR_E_THROWN, CR_E_DATA
 * (equal addresses, wrong use of hooks …). */
cr_status renderer_mount(renderer *self, const char *stack, stack_record *recorded, cr_error *err);
cloud_dom *renderer_dom(renderer *self);

/* Outputs of `node` became known or changed: an object whose values may be unknown; CR_UNDEFINED: all unknown
 * (it is to be created or replaced). Marks the fibers that read them; renderer_flush renders. */
void renderer_set_outputs(renderer *self, cloud_node *node, cr_value outputs);
/* A plan found that `node` was at `old_address` before (a renamed component): recorded state of the components that
 * were renamed with it is theirs again. True: it marked some for rendering. */
bool renderer_moved(renderer *self, const cloud_node *node, const char *old_address);
/* Renders what is marked until nothing is; *changed (may be NULL) says whether any node's props, the set of
 * nodes, or what is deferred changed. Nodes that the program no longer describes leave dom->nodes. */
cr_status renderer_flush(renderer *self, bool *changed, cr_error *err);
/* After deployment: runs effects (useEffect) whose dependencies changed; they may set state. */
cr_status renderer_run_effects(renderer *self, cr_error *err);
/* Settles the promise of renderCloudDOM with the CloudDOM as a value, and runs the tasks that wait for it. */
cr_status renderer_settle(renderer *self, cr_error *err);
/* The state to record: component address -> array of hook state (only components that have any to keep). */
void renderer_component_state(renderer *self, map *components);

#endif
