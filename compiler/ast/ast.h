/* ast/ast.h: the syntax tree, as parse builds it and every later stage reads it.
 *
 * Each kind of node is a row of ast.def and a struct made from that row; the struct begins with tsx_node, so
 * that a node is passed as tsx_node * and looked at through a checked cast:
 *
 *     if (node->kind == TSX_NODE_CALL) {
 *         tsx_call_node *call = tsx_as_call(node);
 *         visit(call->callee);
 *         for (uint32_t i = 0; i < call->arguments.count; i++) visit(call->arguments.items[i]);
 *     }
 *
 * What concerns all kinds alike goes through the table instead (tsx_for_each_child, tsx_ast_dump).
 * Ownership: nodes, lists and texts live in the session's memory; nothing is freed singly.
 * Invariant: every CHILD is there; spans of children lie within the parent's; `parent` is set throughout.  */
#ifndef CREACT_AST_AST_H
#define CREACT_AST_AST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bug.h"
#include "base/str.h"
#include "diag/session.h"
#include "source/source.h"
#include "support/name.h"

struct tsx_symbol;
struct tsx_scope;

typedef enum tsx_kind {
#define NODE(KIND, name, class, slots) TSX_NODE_##KIND,
#include "ast/ast.def"
#undef NODE
    TSX_KIND_COUNT
} tsx_kind;

typedef enum tsx_class {
    TSX_CLASS_EXPRESSION,
    TSX_CLASS_STATEMENT,
    TSX_CLASS_PATTERN,
    TSX_CLASS_TYPE,
    TSX_CLASS_JSX,
    TSX_CLASS_PART
} tsx_class;

/* Flags: TSX_F_ASYNC … */
typedef uint64_t tsx_flags;
enum {
#define FLAG(NAME, text) TSX_FLAG_BIT_##NAME,
#include "ast/flags.def"
#undef FLAG
    TSX_FLAG_COUNT
};
#define FLAG(NAME, text) static const tsx_flags TSX_F_##NAME = (tsx_flags)1 << TSX_FLAG_BIT_##NAME;
#include "ast/flags.def"
#undef FLAG

typedef enum tsx_op {
#define OPERATOR(NAME, text, precedence) TSX_OP_##NAME,
#include "ast/op.def"
#undef OPERATOR
    TSX_OP_COUNT
} tsx_op;
const char *tsx_op_text(tsx_op op);
int tsx_op_precedence(tsx_op op);
/* The operator inside a compound assignment: ASSIGN_ADD -> ADD, ASSIGN_COALESCE -> COALESCE. */
tsx_op tsx_op_of_assignment(tsx_op assignment);

typedef struct tsx_node {
    tsx_kind kind;
    uint32_t id; /* from 1, unique in the session: an index for tables beside the tree */
    tsx_flags flags;
    tsx_span span;           /* without surrounding parentheses */
    struct tsx_node *parent; /* NULL of a MODULE */
} tsx_node;

typedef struct tsx_list {
    tsx_node **items;
    uint32_t count;
} tsx_list;

/* One struct a kind. */
#define CHILD(x)    tsx_node *x;
#define OPTIONAL(x) tsx_node *x;
#define LIST(x)     tsx_list x;
#define NAME(x)     const tsx_name *x;
#define TEXT(x)     str x;
#define NUMBER(x)   double x;
#define OPERATOR(x) tsx_op x;
#define PLACE(x)    tsx_span x;
#define SYMBOL(x)   struct tsx_symbol *x;
#define SCOPE(x)    struct tsx_scope *x;
#define NODE(KIND, name, class, slots)                                                                        \
    typedef struct tsx_##name##_node {                                                                        \
        tsx_node base;                                                                                        \
        slots                                                                                                 \
    } tsx_##name##_node;
#include "ast/ast.def"
#undef NODE
#undef CHILD
#undef OPTIONAL
#undef LIST
#undef NAME
#undef TEXT
#undef NUMBER
#undef OPERATOR
#undef PLACE
#undef SYMBOL
#undef SCOPE

/* tsx_as_call(node): the same node with its own type. Anything but that kind is a bug. Constness is the
 * caller's word: these take and give non-const pointers. */
#define NODE(KIND, name, class, slots)                                                                        \
    static inline tsx_##name##_node *tsx_as_##name(tsx_node *node) {                                          \
        MUST(node->kind == TSX_NODE_##KIND);                                                                  \
        return (tsx_##name##_node *)node;                                                                     \
    }
#include "ast/ast.def"
#undef NODE

/* ---- the table */

typedef enum tsx_slot_type {
    TSX_SLOT_CHILD,
    TSX_SLOT_OPTIONAL,
    TSX_SLOT_LIST,
    TSX_SLOT_NAME,
    TSX_SLOT_TEXT,
    TSX_SLOT_NUMBER,
    TSX_SLOT_OPERATOR,
    TSX_SLOT_PLACE,
    TSX_SLOT_SYMBOL,
    TSX_SLOT_SCOPE
} tsx_slot_type;

typedef struct tsx_slot {
    const char *name;
    tsx_slot_type type;
    uint32_t offset; /* in the struct of the kind */
} tsx_slot;

typedef struct tsx_kind_facts {
    const char *name; /* "call" */
    tsx_class class_of;
    uint32_t size; /* of the struct */
    uint32_t slot_count;
    const tsx_slot *slots;
} tsx_kind_facts;
const tsx_kind_facts *tsx_kind_get(tsx_kind kind);

static inline bool tsx_is_function(const tsx_node *node) { return node->kind == TSX_NODE_FUNCTION; }
static inline bool tsx_has(const tsx_node *node, tsx_flags flag) { return (node->flags & flag) != 0; }
static inline tsx_class tsx_class_of(const tsx_node *node) { return tsx_kind_get(node->kind)->class_of; }

/* ---- making and walking */

/* A cleared node of a kind. Its parent is set by tsx_set_parents. */
tsx_node *tsx_node_new(tsx_session *session, tsx_kind kind, tsx_span span);

/* Sets the parent of everything below `root`. */
void tsx_set_parents(tsx_node *root);

/* Calls `visit` for each child, in slot order; it does not descend by itself. */
typedef void tsx_visit(tsx_node *child, void *context);
void tsx_for_each_child(tsx_node *node, tsx_visit *visit, void *context);

/* The tree as S-expressions, for --dump=ast and tests: one line when `indent` is false, else one node a line.
 * (call (identifier "f") arguments: [(number 1)]); flags follow the kind as +flag. */
void tsx_ast_dump(tsx_node *node, bool indent, str_buf *out);

#endif
