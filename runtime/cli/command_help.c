/* `help [COMMAND]`. */
#include "cli/cli.h"

cr_status command_help(cli *self, cr_error *err) {
    str_buf text;
    str_buf_init(&text);
    cr_status status = CR_OK;
    if (self->options.argument_count == 1) {
        const cli_command *command = cli_command_find(self->options.arguments[0]);
        if (command == NULL) status = cr_fail(err, CR_E_USAGE, "unknown command '%s'", self->options.arguments[0]);
        else cli_help_command(self->program_path, command, &text);
    } else {
        str_buf description;
        str_buf_init(&description);
        str_buf_add_format(&description, "%s: plans and deploys the infrastructure that '%s' describes", self->program_path,
                           self->program->name);
        cli_help(self->program_path, str_buf_text(&description), &text);
        str_buf_release(&description);
    }
    cli_write(self, &text);
    str_buf_release(&text);
    return status;
}
