/* driver/options.h: what the user asked for, from the command line.
 *
 * Ownership: texts are borrowed from argv and the environment.                                             */
#ifndef CREACT_DRIVER_OPTIONS_H
#define CREACT_DRIVER_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "creact/status.h"
#include "diag/diag.h"

typedef enum dump_stage { DUMP_NONE, DUMP_AST, DUMP_BIND, DUMP_IR, DUMP_C } dump_stage;
typedef enum colour_when { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } colour_when;

typedef struct tsx_options {
    const char *entry;
    const char *output; /* -o; NULL: not given */
    const char *emit_folder;
    const char *compiler;
    const char *depfile; /* -MF */
    const char *library_folder, *runtime_folder;
    unsigned jobs;
    int optimise;
    dump_stage dump;
    tsx_diag_format format;
    colour_when colour;
    bool debug, depends, check, stats, no_cache, verbose, help, version;
} tsx_options;

/* CR_E_USAGE: *err says what is wrong. */
cr_status options_parse(tsx_options *self, int argc, char **argv, cr_error *err);
void options_help(FILE *out);

#endif
