/* builtins/inspect_layout.h: where the lines break when an object is printed.
 *
 * The rules are Node's: up to three innermost levels go on one line if they fit; more than six elements of an array
 * are laid out in columns; everything else gets a line for itself.                                           */
#ifndef CREACT_BUILTINS_INSPECT_LAYOUT_H
#define CREACT_BUILTINS_INSPECT_LAYOUT_H

#include "value/context.h"

typedef struct inspect_layout {
    int indent;
    int current_level; /* the deepest level that was printed last */
} inspect_layout;

typedef struct inspect_entry {
    const char *text;
    int units, columns; /* its length in UTF-16 units, and on a terminal */
} inspect_entry;

typedef VEC(inspect_entry) entry_list;
typedef VEC(const cr_string *) key_list;

void entry_add(entry_list *entries, const char *text);
/* The whole object. `numbers`: the array whose elements these are, to align numbers on the right. */
const char *layout_entries(cr_context *cx, const inspect_layout *layout, entry_list *entries, const char *base, const char *open,
                           const char *close, bool is_array, cr_value numbers, int level);

#endif
