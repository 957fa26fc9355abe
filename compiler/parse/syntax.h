/* parse/syntax.h: what to say about a text that the grammar cannot read. Private to parse/.                  */
#ifndef CREACT_PARSE_SYNTAX_H
#define CREACT_PARSE_SYNTAX_H

#include "parse/lower.h"

/* Checks that the text is UTF-8 without NUL; reports the first place that is not. False: do not parse it. */
bool check_encoding(tsx_session *session, uint32_t file);

/* Reports the syntax errors of a tree that has some: brackets and tags that do not match, by themselves, because
 * everything after them is guesswork; else one error for each statement at the top level that has any. */
void report_syntax_errors(parser *p, TSNode root);

#endif
