/* bind/symbol.h: what a name stands for.
 *
 * One symbol for each binding of the program: a variable, parameter, function, class, import, type, global.
 * An import is a symbol of its own (IMPORT) that leads to the exporting module's symbol; tsx_symbol_target
 * follows it. Globals belong to no module; what the runtime gives natively ('creact') is declared in the
 * users' library with `declare` and so is an ambient symbol of a library module.
 * Ownership: symbols live in the session's memory.                                                        */
#ifndef CREACT_BIND_SYMBOL_H
#define CREACT_BIND_SYMBOL_H

#include <stdbool.h>
#include <stdint.h>

#include "ast/ast.h"
#include "source/source.h"
#include "support/name.h"

struct tsx_module;
struct tsx_scope;
struct tsx_function;

/* To add a kind: a row here; bind/declare.c makes symbols, bind/dump.c prints the text.
 * X(kind, text, is a value, is a type, has a temporal dead zone) */
#define TSX_SYMBOL_KIND_LIST(X)                                                                               \
    X(VAR, "var", true, false, false)                                                                         \
    X(LET, "let", true, false, true)                                                                          \
    X(CONST, "const", true, false, true)                                                                      \
    X(PARAMETER, "parameter", true, false, false)                                                             \
    X(CATCH, "catch", true, false, false)                                                                     \
    X(FUNCTION, "function", true, false, false)   /* a declaration: hoisted with its value */                 \
    X(SELF, "self", true, false, false)           /* the own name of a function or class expression */        \
    X(CLASS, "class", true, true, true)                                                                       \
    X(DEFAULT, "default", true, false, false)     /* `export default expression`; its name is "default" */     \
    X(IMPORT, "import", true, true, false)                                                                    \
    X(NAMESPACE, "namespace", true, true, false)  /* import * as ns, export * as ns */                        \
    X(TYPE, "type", false, true, false)           /* interface, type alias */                                 \
    X(TYPE_PARAMETER, "type parameter", false, true, false)                                                   \
    X(ENUM, "enum", true, true, true)                                                                         \
    X(GLOBAL, "global", true, false, false)       /* a row of creact/globals.def */

typedef enum tsx_symbol_kind {
#define X(kind, text, value, type, zone) TSX_SYMBOL_##kind,
    TSX_SYMBOL_KIND_LIST(X)
#undef X
} tsx_symbol_kind;

typedef struct tsx_symbol_kind_facts {
    const char *text;
    bool is_value, is_type, has_dead_zone;
} tsx_symbol_kind_facts;
const tsx_symbol_kind_facts *tsx_symbol_kind_get(tsx_symbol_kind kind);

/* What a row of creact/globals.def is to generated C. */
typedef enum tsx_global_form { TSX_GLOBAL_OBJECT, TSX_GLOBAL_FUNCTION, TSX_GLOBAL_CONSTANT } tsx_global_form;

typedef struct tsx_symbol {
    tsx_symbol_kind kind;
    const tsx_name *name;
    tsx_span span;               /* the name where it is declared; none for globals */
    tsx_node *declaration;       /* the node that declares it; NULL for globals */
    struct tsx_module *module;   /* NULL for globals */
    struct tsx_scope *scope;     /* NULL for globals */
    struct tsx_function *function; /* whose variable it is; the module's top-level function for module-level ones */
    struct tsx_symbol *target;     /* IMPORT: the value that it leads to; NULL when there is none */
    struct tsx_symbol *type_target; /* IMPORT: the type that it leads to (often the same); NULL when there is none */
    struct tsx_module *imported_from;  /* IMPORT: the module; NULL when it was not found */
    const tsx_name *imported_name;     /* IMPORT: what it is called there */
    struct tsx_module *namespace;      /* NAMESPACE: the module */
    uint32_t number;                /* unique within the module, from 0, in order of declaration */
    uint32_t initialized_at;  /* offset in the file after which the binding has its value; 0: from the start */
    tsx_global_form global_form;   /* GLOBAL */
    const char *global_constant;   /* GLOBAL, CONSTANT: the C expression */
    bool is_module_level; /* declared by the top level of a module (not in a block of it) */
    bool is_captured;     /* used by an inner function; never set for module-level symbols */
    bool is_assigned;     /* written after its initialisation */
    bool is_used;         /* read or written as a value anywhere */
    bool is_exported;     /* visible to other modules under some name */
    bool is_ambient;      /* `declare`: of a library module, a native of the runtime; else has no value */
    bool is_type_only;    /* `import type` */
    bool is_merged;      /* a type declared in several places (interfaces of one name); `declaration` is the first */
    bool needs_check; /* some use may come before initialisation (that IDENTIFIER has TSX_F_NEEDS_CHECK): keep
                         CR_UNINITIALIZED in it until then */
} tsx_symbol;

/* What an IDENTIFIER or BINDING names: at a declaration its own symbol, at a use a symbol of this module (maybe
 * an IMPORT) or a global. NULL when it could not be resolved (an error was reported) or names no binding (the
 * `local` of `export { local } from`). An identifier in a type names a type, one after `typeof` a value. */
tsx_symbol *tsx_symbol_of(const tsx_node *node);

/* The symbol behind an import, through any number of re-exports; `self` when it is no import. NULL when the
 * import leads to no value. */
tsx_symbol *tsx_symbol_target(tsx_symbol *self);
/* The same for types. */
tsx_symbol *tsx_symbol_type_target(tsx_symbol *self);

#endif
