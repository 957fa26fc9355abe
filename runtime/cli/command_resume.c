/* `resume`: finishes what was interrupted or failed: a deployment as a deployment, a destroy as a destroy. */
#include "cli/carry_out.h"

cr_status command_resume(cli *self, cr_error *err) {
    cr_status status = cli_evaluate(self, true, err);
    if (status != CR_OK) return status;
    return cli_carry_out(self, &(carry_out_options){.operation = "resume", .resume = true}, err);
}
