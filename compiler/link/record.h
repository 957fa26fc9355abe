/* link/record.h: what a binary was linked from, so that nothing is linked again when nothing changed.
 *
 * A record is a small file of the cache. Its name stands for all that went into a binary, its content is the hash
 * of the binary that came out: a file that has this content is what linking again would write.
 * Limits: system start files and the C library are not part of the name; they change only with the compiler.  */
#ifndef CREACT_LINK_RECORD_H
#define CREACT_LINK_RECORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* The file in `folder` for `inputs`, with this ending: 32 hex digits of XXH3-128, spread over 256 folders that are
 * made here. The text lives in `memory`. */
const char *record_path(const char *folder, str identity, str inputs, const char *ending, arena *memory);
/* Is the binary what the record says? Then it gets the time of now, as if it had been linked: make compares times. */
bool record_matches(const char *record, const char *binary);
/* Remembers the binary as it is. A record that cannot be written is none. */
void record_write(const char *record, const char *binary);

#endif
