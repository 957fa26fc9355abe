/* driver/driver.h: the compilation of one program, from options to a binary.
 *
 * The pipeline stands on one screen in driver.c (`compile`). Messages about the program go to `errors`, what
 * was asked for with --dump and --stats to `out`.
 * A binary and C files appear whole or not at all; an old binary stays when compiling fails, as with cc.    */
#ifndef CREACT_DRIVER_DRIVER_H
#define CREACT_DRIVER_DRIVER_H

#include <stdio.h>

#include "driver/options.h"

#define CREACT_VERSION "0.1.0"

/* The exit status: 0; 1 when errors were reported; else as creact/status.h says. `colour`: of messages. */
int driver_run(const tsx_options *options, FILE *out, FILE *errors, bool colour);

#endif
