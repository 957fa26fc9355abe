/* `deploy`, alias `apply`: makes the changes that the plan shows. */
#include "cli/carry_out.h"

cr_status command_deploy(cli *self, cr_error *err) {
    cr_status status = cli_evaluate(self, true, err);
    if (status != CR_OK) return status;
    return cli_carry_out(self, &(carry_out_options){.operation = "deploy"}, err);
}
