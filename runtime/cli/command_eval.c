/* `__eval`: evaluates the program's modules and nothing else; for tests of the language. */
#include "cli/cli.h"

cr_status command_eval(cli *self, cr_error *err) { return cli_evaluate(self, false, err); }
