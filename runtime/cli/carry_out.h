/* cli/carry_out.h: what deploy, destroy and resume share: recover, plan, show, ask, run; and again for what came
 * to light (promise D6), until nothing is left.                                                             */
#ifndef CREACT_CLI_CARRY_OUT_H
#define CREACT_CLI_CARRY_OUT_H

#include "cli/cli.h"

enum {
    WAVES_MAX = 50, /* a program that changes its mind after each wave would never end */
};

typedef struct carry_out_options {
    const char *operation; /* for the lock: "deploy" "destroy" "resume" */
    bool destroy;          /* towards an empty program */
    bool resume;           /* only if something was interrupted, and towards what that was */
} carry_out_options;

/* From the evaluated program to a finished deployment. CR_E_PROVIDER, CR_E_INTERRUPTED: said in full already. */
cr_status cli_carry_out(cli *self, const carry_out_options *options, cr_error *err);

#endif
