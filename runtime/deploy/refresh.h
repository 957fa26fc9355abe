/* deploy/refresh.h: looks at the world before a plan is made (promise D5). */
#ifndef CREACT_REFRESH_H
#define CREACT_REFRESH_H

#include "deploy/plan.h"
#include "os/loop.h"

/* Reads every recorded resource that `mode` asks for, and adds to the plan a drift for each that is not as
 * recorded. Runs the loop. CR_E_PROVIDER: a read failed. */
cr_status refresh_world(stack *stack, router *router, refresh_mode mode, os_loop *loop, plan *plan,
                        cr_error *err);

#endif
