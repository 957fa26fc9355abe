/* support/name.h: interned names. Equal texts give the same pointer, so names compare by pointer.
 *
 *     const tsx_name *name = tsx_intern(&session->names, STR("props"));
 *
 * Ownership: the table owns its names (they live as long as it does); texts given in are copied.           */
#ifndef CREACT_SUPPORT_NAME_H
#define CREACT_SUPPORT_NAME_H

#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

typedef struct tsx_name {
    str text;    /* UTF-8 (a lone surrogate from an escape is kept as three bytes, as in WTF-8); NUL-terminated */
    uint32_t id; /* 0, 1, 2 … in order of first use */
} tsx_name;

typedef struct tsx_names {
    map by_text; /* text -> tsx_name */
    arena memory;
} tsx_names;

void tsx_names_init(tsx_names *self);
void tsx_names_release(tsx_names *self);

/* The name with this text, made on first use. Never NULL. */
const tsx_name *tsx_intern(tsx_names *self, str text);

/* For printf's %.*s */
#define NAME_ARGS(name) STR_ARGS((name)->text)

#endif
