/* cli/plan_text.h: a plan as people read it.
 *
 *     Stack 'shop'
 *
 *       Shop/Database
 *         + main-db (Database)
 *             engine  "postgres"
 *     …
 *     Plan: 1 to create, 0 to update, 0 to delete
 *
 * Ownership: borrows everything. Errors: none.                                                              */
#ifndef CREACT_CLI_PLAN_TEXT_H
#define CREACT_CLI_PLAN_TEXT_H

#include "cli/text.h"
#include "deploy/plan.h"

/* The whole plan: drift, changes by component, what is deferred, assumptions, inputs, order, summary. */
void plan_text(cr_context *cx, const plan *plan, const text_style *style, str_buf *out);
/* "Plan: 3 to create, 1 to update, 0 to delete (2 moves)" */
void plan_text_summary(const change_set *changes, str_buf *out);
/* One change in one line: "+ Shop/Database/main-db (Database)". */
void plan_text_change_line(const change *change, const text_style *style, str_buf *out);
const char *change_sign(change_kind kind);
ink change_ink(change_kind kind);

#endif
