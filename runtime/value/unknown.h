/* value/unknown.h: values that are known only after a deployment (promise R1).
 *
 * An unknown is an expression: the output of a node, or what the program made of one. Data operations build
 * larger unknowns; unknown_describe prints them so that a plan can show what is known. Unknowns are immutable.
 *
 * A value's origin is the set of nodes that it was made from, in order of first use. Unknowns and strings
 * carry it, so that an edge of the dependency graph survives the value becoming known.                     */
#ifndef CREACT_VALUE_UNKNOWN_H
#define CREACT_VALUE_UNKNOWN_H

#include "value/context.h"

/* To add one: a row, how it is made below, how it is printed in unknown.c.
 * X(name, what the operands are) */
#define UNKNOWN_OP_LIST(X)                                                                                    \
    X(OUTPUT, "none; node, address and name (the path within the outputs; NULL: all of them)")                \
    X(MEMBER, "object; name is the property")                                                                 \
    X(CONCAT, "the parts of a template, strings and other values")                                            \
    X(CALL, "receiver, then arguments; name is the method")                                                   \
    X(APPLY, "arguments; name is the function (JSON.stringify)")                                              \
    X(UNARY, "operand; name is the operator")                                                                 \
    X(BINARY, "left and right; name is the operator")

typedef enum unknown_op {
#define X(name, operands) UNKNOWN_##name,
    UNKNOWN_OP_LIST(X)
#undef X
} unknown_op;

typedef struct cr_unknown {
    cr_heap head;
    uint32_t op; /* unknown_op */
    uint32_t operand_count;
    const cr_string *name;
    const cr_value *operands;
    const void *node;         /* OUTPUT: the cloud_node */
    const cr_string *address; /* OUTPUT: its address, for printing */
    const cr_origin *origin;  /* never empty for an OUTPUT and what is made of it */
} cr_unknown;

static inline const cr_unknown *cr_as_unknown(cr_value v) { return (const cr_unknown *)(uintptr_t)v; }

/* The output `path` ("host"; NULL: the outputs as a whole) of `node`. */
cr_value unknown_output(cr_context *cx, const void *node, const cr_string *address, const cr_string *path);
/* object.name */
cr_value unknown_member(cr_context *cx, cr_value object, const cr_string *name);
/* The text of `parts` joined. With no unknown part the result is a string. */
cr_value unknown_concat(cr_context *cx, uint32_t count, const cr_value *parts);
/* receiver.name(arguments) */
cr_value unknown_call(cr_context *cx, cr_value receiver, const cr_string *name, uint32_t argc, const cr_value *argv);
/* name(arguments) */
cr_value unknown_apply(cr_context *cx, const cr_string *name, uint32_t argc, const cr_value *argv);
cr_value unknown_unary(cr_context *cx, const char *op, cr_value operand);
cr_value unknown_binary(cr_context *cx, const char *op, cr_value left, cr_value right);

/* Appends `v` as text with its unknown parts written out: `${Database/main-db.host}`,
 * `postgres://${Database/main-db.host}:5432/app`, `${A/b.list.split(",")}`. A string is appended as it is,
 * anything else as in an expression. Never throws. */
void unknown_describe(cr_context *cx, cr_value v, str_buf *out);

/* Is `v` unknown, or does it hold an unknown somewhere inside (arrays, objects, Map, Set)? */
bool value_has_unknown(cr_context *cx, cr_value v);
/* Object.is, where unknowns that stand for the same are the same (renders make them anew). */
bool value_same(cr_value a, cr_value b);
/* Equal all the way down: arrays and plain objects by content (order of keys aside), the rest as value_same. */
bool value_equal_deep(cr_context *cx, cr_value a, cr_value b);

/* ---- origins ------------------------------------------------------------------------------------------- */

/* The union of two origins (either may be NULL). */
const cr_origin *origin_union(cr_context *cx, const cr_origin *a, const cr_origin *b);
const cr_origin *origin_of_node(cr_context *cx, const void *node);
/* What a value itself carries, not looking inside objects. */
const cr_origin *value_origin_shallow(cr_value v);
/* All nodes that `v` depends on, deeply: unknowns, strings, instances; depth first, keys in order. NULL: none. */
const cr_origin *value_origin(cr_context *cx, cr_value v);
/* `v` if it is no string or carries `origin` already, else a copy of the string that does. */
cr_value value_with_origin(cr_context *cx, cr_value v, const cr_origin *origin);

#endif
