/* types/types.h: checks of declared shapes, the first part of the type checker, and the rules of hooks.
 *
 * A construct or component declares the props that it takes. Every JSX element and every `useInstance` call is
 * compared with that declaration: props that are missing, unknown, or obviously of the wrong type are errors,
 * and so are outputs that a construct does not declare.
 *
 * The rule that decides (promise L2): what real tsc accepts is never rejected. So a type that this room does
 * not follow to its end (conditional and mapped types, inference, narrowing …) is open, and nothing is said
 * about what is open. Codes and places are those of tsc.
 *
 *     tsx_program_load(…); tsx_program_bind(program); tsx_check_types(program);
 *
 * May be called after binding reported errors, to report more of them in one run: what a name that was not
 * resolved stands for is open. Errors: diagnostics C2xxx and C3xxx.                                        */
#ifndef CREACT_TYPES_TYPES_H
#define CREACT_TYPES_TYPES_H

#include "bind/bind.h"

/* Checks every module that is evaluated, the library's own excepted. */
void tsx_check_types(tsx_program *program);

#endif
