/* deploy/plan.h: from a program and a state to a plan.
 *
 *   stack_open (backend, lock if asked for, state) -> renderer_mount -> plan_compute -> (show, ask)
 *   -> deploy_run -> (plan_compute again for what came to light: the next wave)* -> stack_close
 *
 * plan_compute refreshes what is cheap to read (D5), compares, asks providers, and where a resource is to be
 * created, replaced, or gets unknown outputs, makes its outputs unknown and renders again, until nothing
 * changes. Errors: CR_E_DATA (cycle, construct without a provider, refused props), CR_E_PROVIDER,
 * CR_E_THROWN.        */
#ifndef CREACT_PLAN_H
#define CREACT_PLAN_H

#include "deploy/stack.h"
#include "fiber/renderer.h"
#include "provider/router.h"
#include "reconcile/changeset.h"

typedef enum refresh_mode { REFRESH_AUTO, REFRESH_TRUE, REFRESH_FALSE } refresh_mode;

typedef struct plan {
    change_set changes;
    VEC(drift *) drifts;
    map drift_by_id; /* record id -> drift */
    const cloud_dom *dom;
    bool destroy; /* of everything, whatever the program describes */
} plan;

typedef struct plan_options {
    refresh_mode refresh;
    bool destroy;         /* compare with an empty program */
    struct os_loop *loop; /* on which providers answer; NULL: its own for the length of the call */
} plan_options;

void plan_init(plan *self);
void plan_release(plan *self);
/* Runs the event loop while providers read. */
cr_status plan_compute(stack *stack, renderer *renderer, router *router, const plan_options *options,
                       plan *plan, cr_error *err);

#endif
