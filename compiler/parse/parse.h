/* parse/parse.h: text to syntax tree.
 *
 * tree-sitter's grammar does the reading; this room lowers what it read to ast/ast.h, one function for each
 * type of syntax node (grammar/subset.def), repairs what the grammar nests wrongly (operators are re-climbed
 * by ast/op.def's precedence, see operators.c), and reports syntax errors, early errors and everything
 * that is outside the subset. It is the only room that knows tree-sitter.
 *
 *     tsx_node *module = tsx_parse_module(session, file);
 *     if (session->diagnostics.error_count > 0) … do not go on to bind …
 *
 * Ownership: the tree lives in the session's memory; it borrows nothing from the parser.
 * Errors:    diagnostics; a module is always returned, with ERROR nodes where nothing could be made of the text.
 * Limits:    TSX_NESTING_MAX.                                                                              */
#ifndef CREACT_PARSE_PARSE_H
#define CREACT_PARSE_PARSE_H

#include "ast/ast.h"

/* How deep syntax may nest: lowering and all later stages recurse, and must do so within an 8 MB stack. Real
 * programs stay below 60. */
#define TSX_NESTING_MAX 500

/* The module of a file that was read or added before. Paths that end in .d.ts are declaration files. */
tsx_node *tsx_parse_module(tsx_session *session, uint32_t file);

#endif
