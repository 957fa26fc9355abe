/* deploy/stack.h: one stack's recorded state, opened for reading or for a deployment.
 *
 * The state log (ARCHITECTURE.md section 4) is read through a backend; this module gives records their meaning:
 * headers, resources, intents, outcomes, component state, outputs, begin and end of deployments.
 * Opened for a deployment it holds the backend's lock, and every append carries the fence (D7).
 * Errors: CR_E_LOCKED (who holds it, since when), CR_E_DATA (damage, with file and line; a newer format; another
 * lineage), CR_E_IO.                                                                                        */
#ifndef CREACT_STACK_H
#define CREACT_STACK_H

#include "backends/backend.h"
#include "clouddom/record.h"
#include "creact/status.h"

typedef struct stack stack;

typedef struct stack_options {
    const char *name;     /* of the stack */
    bool for_deployment;  /* take the lock */
    const char *operation; /* "deploy", for the lock's holder */
} stack_options;

cr_status stack_open(cr_context *cx, backend *backend, const stack_options *options, stack **out, cr_error *err);
/* Gives the lock back. */
void stack_close(stack *self);
stack_record *stack_recorded(stack *self);

#endif
