/* fiber/natives.h: how this room's exports of module 'creact' are declared.
 *
 * To add one: a function of type cr_code, NATIVE(exportName, function, arity) below it, and its declaration in
 * runtime/lib/index.ts.                                                                                      */
#ifndef CREACT_FIBER_NATIVES_H
#define CREACT_FIBER_NATIVES_H

#include "fiber/fiber.h"
#include "value/string.h"

/* `import { name } from 'creact'`: the function cr_lib_creact__name. */
#define NATIVE(export, function, arity) NATIVE_FLAGS(export, function, arity, CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW, NULL)
#define NATIVE_FLAGS(export, function, arity, flags, prototype)                                               \
    STRING_LITERAL(name_of_##export, #export);                                                                \
    static const cr_function_info info_of_##export = {&name_of_##export, function, arity, flags, {0}};        \
    extern cr_function cr_lib_creact__##export;                                                               \
    cr_function cr_lib_creact__##export = {                                                                   \
        {CR_STATIC_HEAD(FUNCTION, 0, 0), 0, 0, 0, 0, 0, 0}, &info_of_##export, 0, prototype}

extern cr_function cr_lib_creact__Fragment;
extern cr_function cr_lib_creact__CReact;

/* The next hook of the component that renders now. NULL after a throw: no component renders, the order of hooks
 * changed, or there are more than last time. */
hook *hook_next(cr_context *cx, hook_kind kind);

#endif
