/* bind/path.h: which files an import specifier may mean.
 *
 * The rules are TypeScript's ("moduleResolution": "bundler"): './x' is x.ts, x.tsx, x.d.ts, or the index file
 * of the folder x; './x.js' is written for the output and means x.ts. Nothing here looks at the disk.
 * Ownership: paths are made in the arena that is passed.                                                   */
#ifndef CREACT_BIND_PATH_H
#define CREACT_BIND_PATH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* The most candidates that one specifier has. */
#define TSX_PATH_CANDIDATES_MAX 6

typedef struct tsx_candidates {
    str items[TSX_PATH_CANDIDATES_MAX]; /* in the order in which they are tried */
    int count;
} tsx_candidates;

/* True for './x', '../x', '.', '..' and '/x'. */
bool tsx_path_is_relative(str specifier);

/* The files that `specifier`, relative as above, may mean in a module of `folder`. */
void tsx_path_candidates(arena *memory, str folder, str specifier, tsx_candidates *candidates);

/* The folder part with its last slash; empty when there is none. Borrows from `path`. */
str tsx_path_folder(str path);

/* Without '.', '//' and 'x/..'; leading '..' stay. */
str tsx_path_normalize(arena *memory, str path);

/* `path` as seen from `folder` (both normalised, `folder` with its last slash or empty): 'a/b/' and 'a/c/d.ts'
 * give '../c/d.ts'. */
str tsx_path_relative(arena *memory, str folder, str path);

#endif
