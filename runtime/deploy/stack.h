/* deploy/stack.h: one stack's recorded state, opened for reading or for a deployment.
 *
 * The state log (ARCHITECTURE.md section 4) is read through a backend; this module gives records their
 * meaning: headers, resources, intents, outcomes, component state, outputs, begin and end of deployments.
 * Opened for a deployment it holds the backend's lock, and every append carries the fence (D7).
 *
 * A line is  {"c":"<16 hex digits>","s":<serial>,"t":"<type>",…}  where c is the XXH3-64 of the rest of the
 * line after its comma, and s grows by one from line to line: a changed, missing, added or moved line is
 * found. Types: head       format, stack, lineage, deployment, operation      the first line, and only it
 *   node       a resource as it is now (clouddom/record.h); the last line of an id counts. "from": the id
 * that it had gone       id component  address, state        output  name, value        without the second
 * there is none any more begin      deployment, operation, by, at                      end   deployment, at
 * A line without its end at the end of the log is torn: it was never acknowledged, and is dropped.
 *
 * Errors: CR_E_LOCKED (who holds it, since when), CR_E_DATA (damage, with file and line; a newer format;
 * another lineage), CR_E_IO. */
#ifndef CREACT_STACK_H
#define CREACT_STACK_H

#include "backends/backend.h"
#include "clouddom/record.h"
#include "creact/status.h"

typedef struct stack stack;

typedef struct stack_options {
    const char *name;      /* of the stack */
    bool for_deployment;   /* take the lock */
    const char *operation; /* "deploy", for the lock's holder */
} stack_options;

cr_status stack_open(cr_context *cx, backend *backend, const stack_options *options, stack **out,
                     cr_error *err);
/* Gives the lock back. What was not flushed is lost. */
void stack_close(stack *self);
stack_record *stack_recorded(stack *self);
/* The resource at `address`, or NULL. Looks at all of them: addresses are not indexed. */
resource_record *stack_record_at(const stack *self, const char *address);
cr_context *stack_context(const stack *self);
const char *stack_name(const stack *self);

/* ---- writing -------------------------------------------------------------------------------------------
 * Each call changes what is recorded and adds lines that stack_flush makes durable: all or a prefix of them,
 * so that one call is one line wherever half of it would be wrong. Only of a stack opened for a deployment.
 */

/* The fields of `record` (detailed) as a line: an intent (state APPLYING) or an outcome. A record that is not
 * in stack_recorded yet is added. */
void stack_put(stack *self, resource_record *record);
/* `record` is from now on at another address: a new record takes its place, the old one is gone. */
resource_record *stack_move(stack *self, resource_record *record, const char *id, const char *address);
/* The resource is no more. Its record stays in memory (id and address no longer lead to it), out of
 * stack_recorded()->resources after the next stack_sweep. */
void stack_forget(stack *self, resource_record *record);
void stack_sweep(stack *self);
/* Hook state of a component, or CR_UNDEFINED: none any more. An unchanged value writes nothing. */
void stack_put_component(stack *self, const char *address, cr_value state);
/* Output of the stack, likewise. */
void stack_put_output(stack *self, const char *name, cr_value value);
void stack_begin(stack *self);
void stack_end(stack *self);
/* Makes durable what was added: one append, one sync. */
cr_status stack_flush(stack *self, cr_error *err);
/* Writes the log anew without what is superseded, when that is the larger part of it. */
cr_status stack_tidy(stack *self, cr_error *err);

#endif
