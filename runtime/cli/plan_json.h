/* cli/plan_json.h: a plan as a JSON document for programs. Its format is versioned: PLAN_JSON_FORMAT grows with
 * every incompatible change; fields may be added without.                                                  */
#ifndef CREACT_CLI_PLAN_JSON_H
#define CREACT_CLI_PLAN_JSON_H

#include "deploy/plan.h"

enum { PLAN_JSON_FORMAT = 1 };

/* The plan of the stack called `name`: {format, stack, changes, order, batches, deferred, assumptions, drift, inputs, summary} */
cr_value plan_to_value(cr_context *cx, const char *name, const plan *plan);
const char *change_json_name(change_kind kind);

#endif
