/* `destroy`: removes everything that is recorded. */
#include "cli/carry_out.h"

cr_status command_destroy(cli *self, cr_error *err) {
    cr_status status = cli_evaluate(self, true, err);
    if (status != CR_OK) return status;
    return cli_carry_out(self, &(carry_out_options){.operation = "destroy", .destroy = true}, err);
}
