/* opt/lower.h: from the bound tree of one module to IR.
 *
 * Names are resolved and types erased; what is left of a program is evaluation order. Each expression becomes
 * an operand (a register, or a constant that needs no instruction); each statement becomes jumps and labels.
 * What does not change from one evaluation to the next becomes a static table on the way: strings, elements
 * whose parts are all static, object and array literals (as templates that are copied when evaluated).
 *
 * Ownership: the result lives in `memory` (see opt/ir.h); the tree is only read.
 * Errors:    diagnostics C19xx for what the parser accepts but no code is generated for; the result is then
 *            not to be used.                                                                               */
#ifndef CREACT_OPT_LOWER_H
#define CREACT_OPT_LOWER_H

#include "bind/bind.h"
#include "opt/ir.h"

ir_module *tsx_lower_module(tsx_session *session, const tsx_program *program, const tsx_module *module, arena *memory);

#endif
