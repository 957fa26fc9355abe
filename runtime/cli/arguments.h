/* cli/arguments.h: the command line of a deploy binary: from argv to a command with its options.
 *
 * Options may stand before or after the command; `--name value`, `--name=value`, `-n value`; `--` ends them.
 * Ownership: cli_options borrows from argv.
 * Errors: CR_E_USAGE, with a suggestion for a misspelt name.                                                */
#ifndef CREACT_CLI_ARGUMENTS_H
#define CREACT_CLI_ARGUMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "creact/status.h"
#include "deploy/plan.h"

struct cli;

enum {
    CLI_PARALLELISM_DEFAULT = 10,
    CLI_PARALLELISM_MAX = 1000, /* more would only be open files and processes */
    CLI_ARGUMENTS_MAX = 2,      /* after the command; no command takes more */
};

typedef enum cli_option_id {
#define OPTION(name, text, letter, argument, summary) CLI_OPTION_##name,
#include "cli/options.def"
#undef OPTION
    CLI_OPTION_COUNT
} cli_option_id;

typedef struct cli_option {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* NULL: a switch */
    const char *summary;
} cli_option;

typedef struct cli_command {
    const char *name, *alias, *arguments, *summary; /* alias and summary may be NULL */
    uint32_t arguments_min, arguments_max;
    uint32_t options; /* bits of cli_option_id */
    cr_status (*run)(struct cli *cli, cr_error *err);
} cli_command;

typedef struct cli_options {
    const cli_command *command; /* NULL: none given */
    const char *arguments[CLI_ARGUMENTS_MAX];
    uint32_t argument_count;
    const char *stack, *state_dir; /* NULL: not given */
    bool json, raw, auto_approve, detailed_exitcode, no_color, verbose, help;
    uint32_t parallelism;
    refresh_mode refresh;
} cli_options;

/* All commands and options, in the order of their tables. */
const cli_command *cli_commands(uint32_t *count);
const cli_option *cli_option_at(uint32_t id);
/* By name or alias; NULL when there is none. */
const cli_command *cli_command_find(const char *name);

cr_status cli_options_parse(cli_options *self, int argc, char **argv, cr_error *err);

/* The text of `help` and `help COMMAND`; `program` is the name of the binary. */
void cli_help(const char *program, const char *description, str_buf *out);
void cli_help_command(const char *program, const cli_command *command, str_buf *out);

#endif
