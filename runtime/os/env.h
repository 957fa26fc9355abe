/* os/env.h: the process's own surroundings.                                                                */
#ifndef CREACT_OS_ENV_H
#define CREACT_OS_ENV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "creact/status.h"

/* The value of an environment variable, or NULL; borrowed from the process. */
const char *os_env_get(const char *name);
int64_t os_pid(void);
/* "user@host", for the holder of a lock. Cut to fit. */
void os_user_at_host(char *text, size_t size);
/* The working directory; appended to *out. */
cr_status os_working_directory(str_buf *out, cr_error *err);
/* First of all in a program: standard streams that are closed are opened on /dev/null, the wrong way round, so that using
 * them fails, and no file that is opened later takes their place and gets what was meant for them. */
void os_standard_streams_open(void);
bool os_is_terminal(int descriptor);
/* Columns of the terminal on `descriptor`, or 0 when it is none. */
uint32_t os_terminal_columns(int descriptor);

#endif
