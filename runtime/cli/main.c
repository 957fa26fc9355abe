/* cli/main.c: cr_main, what `main` of a deploy binary calls. */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "cli/cli.h"
#include "os/env.h"

static bool wants_color(const cli *self, int descriptor) {
    const char *no_color = os_env_get("NO_COLOR"), *term = os_env_get("TERM");
    if (self->options.no_color || (no_color != NULL && *no_color != '\0')) return false;
    return os_is_terminal(descriptor) && (term == NULL || strcmp(term, "dumb") != 0);
}

static void choose_style(cli *self) {
    uint32_t columns = os_terminal_columns(fileno(self->out));
    if (columns == 0) columns = TEXT_COLUMNS_DEFAULT;
    if (columns < TEXT_COLUMNS_MIN) columns = TEXT_COLUMNS_MIN;
    self->style = (text_style){.color = wants_color(self, fileno(self->out)), .verbose = self->options.verbose,
                               .columns = columns};
    self->err_color = wants_color(self, fileno(self->err));
}

static void report(cli *self, cr_status status, const cr_error *err) {
    if (err->message[0] == '\0') return;
    fflush(self->out);
    if (self->err_color) fprintf(self->err, "\033[31merror:\033[0m %s\n", err->message);
    else fprintf(self->err, "error: %s\n", err->message);
    if (status == CR_E_USAGE) fprintf(self->err, "see '%s help'\n", self->program_path);
}

/* A full disk behind stdout is a failure like any other. A reader that has seen enough (`| head`) is none. */
static int finish(cli *self, int exit_status) {
    errno = 0;
    bool failed = fflush(self->out) != 0 || ferror(self->out) != 0;
    int number = self->write_errno != 0 ? self->write_errno : errno;
    if (!failed || number == EPIPE || exit_status != 0) return exit_status;
    fprintf(self->err, "error: cannot write to the standard output: %s\n", strerror(number));
    return cr_exit_status(CR_E_IO);
}

static cr_status run(cli *self, cr_error *err) {
    const cli_command *command = self->options.command;
    if (command == NULL && self->options.help) return command_help(self, err);
    if (command == NULL) {
        str_buf text;
        str_buf_init(&text);
        cli_help(self->program_path, "a command is needed", &text);
        fprintf(self->err, "%s", str_buf_text(&text));
        str_buf_release(&text);
        return cr_fail(err, CR_E_USAGE, "%s", "");
    }
    if (self->options.help) {
        str_buf text;
        str_buf_init(&text);
        cli_help_command(self->program_path, command, &text);
        cli_write(self, &text);
        str_buf_release(&text);
        return CR_OK;
    }
    return command->run(self, err);
}

int cr_main(const cr_program *program, int argc, char **argv) {
    cli self = {.program = program, .program_path = argc > 0 ? argv[0] : program->name, .out = stdout, .err = stderr};
    cr_error err = {0};
    os_standard_streams_open();
    /* A reader that goes away (`| head`) must not kill a deployment. */
    signal(SIGPIPE, SIG_IGN);
    if (program->abi_version != CR_ABI_VERSION) {
        fprintf(stderr, "error: the program was compiled for version %u of the runtime, and linked with version %u\n",
                program->abi_version, CR_ABI_VERSION);
        return cr_exit_status(CR_E_BUG);
    }
    cr_status status = cli_options_parse(&self.options, argc, argv, &err);
    choose_style(&self);
    if (status == CR_OK) status = run(&self, &err);
    if (status != CR_OK) report(&self, status, &err);
    cli_release(&self);
    return finish(&self, status == CR_OK ? self.exit_status : cr_exit_status(status));
}
