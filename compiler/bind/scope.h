/* bind/scope.h: where names are visible, and what each function needs from outside.
 *
 * A scope is opened by a module, function, block, loop, catch clause, switch, class or generic type; it hangs
 * in the `scope` slot of the node, and is NULL where the node declares nothing. A function has two: its own
 * with the parameters, and that of its body's BLOCK with everything else.
 * Each function of the program (and the top level of each module, the constructor of each class, written or
 * not, and each static initialiser of a class) has a tsx_function with the facts that code generation needs.
 * Ownership: both live in the session's memory; the vectors are released with the program.                 */
#ifndef CREACT_BIND_SCOPE_H
#define CREACT_BIND_SCOPE_H

#include "base/vec.h"
#include "bind/symbol.h"

#define TSX_SCOPE_KIND_LIST(X)                                                                                \
    X(MODULE, "module")                                                                                       \
    X(FUNCTION, "function") /* parameters; of a function expression with a name, first that name (SELF) */    \
    X(BODY, "body")         /* of a function: `var`, and what its outermost block declares */                  \
    X(BLOCK, "block")                                                                                         \
    X(LOOP, "loop") /* the head of for, for-in, for-of: fresh for each iteration */                           \
    X(CATCH, "catch")                                                                                         \
    X(SWITCH, "switch")                                                                                       \
    X(CLASS, "class") /* always there; type parameters, and the own name of a class expression (SELF) */      \
    X(TYPE, "type")   /* type parameters of an interface, alias, signature or mapped type */

typedef enum tsx_scope_kind {
#define X(kind, text) TSX_SCOPE_##kind,
    TSX_SCOPE_KIND_LIST(X)
#undef X
} tsx_scope_kind;

typedef struct tsx_scope {
    tsx_scope_kind kind;
    tsx_node *node;
    struct tsx_scope *parent; /* NULL for a module's */
    struct tsx_function *function;
    VEC(tsx_symbol *) symbols; /* in order of declaration, hoisted ones first */
    struct tsx_function *constructor; /* CLASS, unless ambient: in it run the field initialisers of instances */
    bool has_captured; /* some variable is captured: each entry (each iteration) makes fresh cells */
} tsx_scope;

typedef struct tsx_function {
    tsx_node *node; /* the FUNCTION; the MODULE of a top level; the FIELD or STATIC_BLOCK of a static initialiser
                       (called once with the class as `this`); the CLASS of a constructor that is not written */
    struct tsx_module *module;
    struct tsx_function *parent; /* NULL for a top level */
    tsx_scope *scope; /* its parameters' scope; NULL when it has none */
    tsx_symbol *symbol; /* the name that a function declaration declares; NULL for others */
    VEC(tsx_symbol *) captures; /* variables of outer functions that it or its inner functions use, in order of
                                   first use; module-level variables are not captured but reached directly */
    uint32_t number;  /* within its module, from 0 (the top level), in order of position */
    bool is_arrow;
    bool is_async;
    bool is_hoisted; /* a declaration: exists from the start of its scope */
    bool uses_this;  /* itself or through inner arrows; an arrow with it captures `this` */
    bool uses_super;
    bool has_await;  /* directly */
} tsx_function;

/* The facts of a FUNCTION, after binding. */
tsx_function *tsx_function_of(const tsx_node *node);

const char *tsx_scope_kind_text(tsx_scope_kind kind);

/* The symbol that `name` has in this very scope as a value / as a type, or NULL. */
tsx_symbol *tsx_scope_own_value(const tsx_scope *self, const tsx_name *name);
tsx_symbol *tsx_scope_own_type(const tsx_scope *self, const tsx_name *name);

#endif
