/* parse/repair.h: valid texts that the grammar rejects, made readable for it. Private to parse/.
 *
 * The grammar reads a copy of the text in which some bytes are changed, at the same offsets; lowering takes
 * every text from the original. Three things are repaired:
 *     `export type * from`    the word `type` is blanked (lower_export_all sees the difference);
 *     a bare `&` in JSX text  is masked by a byte that is text in JSX and an error everywhere else;
 *     `a < (-1)`              the sign becomes `~`: the grammar takes the parenthesis for a type argument. */
#ifndef CREACT_PARSE_REPAIR_H
#define CREACT_PARSE_REPAIR_H

#include <tree_sitter/api.h>

#include "base/str.h"

/* Blanks in place. Harmless inside strings and comments, because those are read from the original. */
void repair_export_type(char *text, size_t length);

/* If `tree` has errors: masks the signs of numbers behind `<` `(` in `text` and parses again; takes it back if that
 * leaves errors. Takes ownership of `tree`, gives the last one. */
TSTree *repair_signs(TSParser *parser, TSTree *tree, char *text, size_t length);

/* While `tree` has errors that a bare `&` may explain: masks it in `text` and parses again. When errors remain,
 * `text` becomes `original` again and the tree is that of it. Takes ownership of `tree`, gives the last one. */
TSTree *repair_ampersands(TSParser *parser, TSTree *tree, char *text, size_t length, const char *original);

bool is_error(TSNode node);

/* The first ERROR or MISSING node in document order; false: none. Does not recurse. */
bool first_error(TSNode root, TSNode *error);

#endif
