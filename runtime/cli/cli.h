/* cli/cli.h: one run of a deploy binary.
 *
 * cr_main (main.c) parses argv and calls one command. A command takes what it needs, step by step:
 *
 *     cli_evaluate      context, renderer; the program's modules run and register a root
 *     cli_open_stack    backend, recorded state, the lock if it is to deploy
 *     cli_mount         first render, providers
 *
 * and main.c releases whatever was taken. Results go to stdout, everything else to stderr.
 * Errors: a command returns a cr_status; main.c prints err->message and exits with the status's exit status.
 * A message that was printed already (an exception with its stack) leaves err->message empty.              */
#ifndef CREACT_CLI_H
#define CREACT_CLI_H

#include <stdio.h>

#include "backends/backend.h"
#include "cli/arguments.h"
#include "cli/text.h"
#include "creact/abi.h"
#include "deploy/stack.h"
#include "fiber/renderer.h"
#include "os/loop.h"
#include "provider/router.h"

typedef struct cli {
    const cr_program *program; /* borrowed */
    const char *program_path;  /* argv[0], for hints: "./app resume" */
    cli_options options;
    text_style style; /* of stdout */
    bool err_color;   /* stderr is a terminal that shows colours */
    FILE *out, *err;
    bool console_to_stderr; /* console.log must not mix with the command's own output; set before cli_evaluate */
    int write_errno; /* of the first write to `out` that failed */
    int exit_status; /* of a command that succeeded: 0, or 2 for changes */

    cr_context *cx; /* NULL until cli_evaluate */
    renderer *renderer;
    os_loop *loop;
    backend *backend;
    stack *stack;
    router *router;
    const char *stack_name, *state_directory;
} cli;

#define COMMAND(function, ...) cr_status command_##function(cli *self, cr_error *err);
#include "cli/commands.def"
#undef COMMAND

/* Evaluates the program. CR_E_THROWN (printed with its stack), CR_E_DATA (it never calls renderCloudDOM; not
 * asked when `must_register` is false). */
cr_status cli_evaluate(cli *self, bool must_register, cr_error *err);
/* Opens the recorded state; `operation` is what a deployment takes the lock for, NULL: only looks. */
cr_status cli_open_stack(cli *self, const char *operation, cr_error *err);
/* Opens the providers that the program chose; done once. */
cr_status cli_make_router(cli *self, cr_error *err);
/* Renders for the first time, providers being ready. */
cr_status cli_mount(cli *self, cr_error *err);
/* Lets the program go on after `await renderCloudDOM(…)`. Call when the command's own output is done. */
cr_status cli_settle(cli *self, cr_error *err);
void cli_release(cli *self);

/* Writes to stdout. */
void cli_write(cli *self, const str_buf *text);
/* A note to the user on stderr: a line. */
void cli_note(cli *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* `value` as JSON and a line end to stdout; `pretty`: over several lines. */
void cli_write_json(cli *self, cr_value value, bool pretty);

/* "Outputs:" and a line for each, sorted by name. */
void cli_add_outputs(cli *self, const map *outputs, str_buf *out);

/* What the program was compiled from: 32 hex digits of XXH3-128 over its modules' hashes, in order of evaluation. */
enum { SOURCE_HASH_DIGITS = 32 };
void cli_source_hash(const cr_program *program, char digits[SOURCE_HASH_DIGITS + 1]);

/* A string value; CR_NULL for NULL. */
cr_value cli_text_value(cr_context *cx, const char *text);

#endif
