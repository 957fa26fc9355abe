/* driver/depfile.h: what a binary was made from, as a rule for make and ninja (-MD). */
#ifndef CREACT_DRIVER_DEPFILE_H
#define CREACT_DRIVER_DEPFILE_H

#include "base/str.h"

/* `target: path…`, and an empty rule for each path, so that a deleted file means "build again" and not an error.
 * Blanks, `#` and `$` are escaped as make reads them. */
void depfile_write(str target, const str *paths, size_t count, str_buf *out);

#endif
