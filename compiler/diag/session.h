/* diag/session.h: what one run of the compiler carries along; passed to every stage. There are no globals.
 *
 * Calling sequence:  tsx_session_init -> stages … -> tsx_session_release
 * Ownership: all that is made for one compilation (trees, symbols, types, IR) lives in `memory`.           */
#ifndef CREACT_DIAG_SESSION_H
#define CREACT_DIAG_SESSION_H

#include "base/arena.h"
#include "diag/diag.h"
#include "source/source.h"
#include "support/name.h"

typedef struct tsx_session {
    arena memory;
    tsx_names names;
    tsx_files files;
    tsx_diagnostics diagnostics;
    uint32_t node_count; /* nodes made so far: ids are 1 … node_count, for tables beside the tree */
} tsx_session;

void tsx_session_init(tsx_session *self);
void tsx_session_release(tsx_session *self);

#endif
