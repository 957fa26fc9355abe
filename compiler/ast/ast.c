#include "ast/ast.h"

#include <stddef.h>

/* One function a kind, because a slot's offset needs the name of its struct. */
#define CHILD(x)    {#x, TSX_SLOT_CHILD, offsetof(self, x)},
#define OPTIONAL(x) {#x, TSX_SLOT_OPTIONAL, offsetof(self, x)},
#define LIST(x)     {#x, TSX_SLOT_LIST, offsetof(self, x)},
#define NAME(x)     {#x, TSX_SLOT_NAME, offsetof(self, x)},
#define TEXT(x)     {#x, TSX_SLOT_TEXT, offsetof(self, x)},
#define NUMBER(x)   {#x, TSX_SLOT_NUMBER, offsetof(self, x)},
#define OPERATOR(x) {#x, TSX_SLOT_OPERATOR, offsetof(self, x)},
#define PLACE(x)    {#x, TSX_SLOT_PLACE, offsetof(self, x)},
#define SYMBOL(x)   {#x, TSX_SLOT_SYMBOL, offsetof(self, x)},
#define SCOPE(x)    {#x, TSX_SLOT_SCOPE, offsetof(self, x)},
#define NODE(KIND, name, class, slots)                                                                       \
    static const tsx_kind_facts *facts_of_##name(void) {                                                     \
        typedef tsx_##name##_node self;                                                                      \
        static const tsx_slot rows[] = {slots{NULL, TSX_SLOT_CHILD, 0}};                                     \
        static const tsx_kind_facts facts = {#name, TSX_CLASS_##class, sizeof(self),                         \
                                             sizeof rows / sizeof rows[0] - 1, rows};                        \
        return &facts;                                                                                       \
    }
#include "ast/ast.def"
#undef NODE
#undef OPERATOR

const tsx_kind_facts *tsx_kind_get(tsx_kind kind) {
    switch (kind) {
#define NODE(KIND, name, class, slots)                                                                       \
    case TSX_NODE_##KIND:                                                                                    \
        return facts_of_##name();
#include "ast/ast.def"
#undef NODE
    case TSX_KIND_COUNT: break;
    }
    BUG("no such kind of node: %d", (int)kind);
}

typedef struct operator_facts {
    const char *text;
    int precedence;
} operator_facts;

static const operator_facts operators[] = {
#define OPERATOR(NAME, text, precedence) {text, precedence},
#include "ast/op.def"
#undef OPERATOR
};

const char *tsx_op_text(tsx_op op) { return operators[op].text; }
int tsx_op_precedence(tsx_op op) { return operators[op].precedence; }

tsx_op tsx_op_of_assignment(tsx_op assignment) {
    str text = str_of(operators[assignment].text);
    text.length--; /* without the = */
    for (int op = TSX_OP_COALESCE; op < TSX_OP_ASSIGN; op++) {
        if (str_is(text, operators[op].text)) return (tsx_op)op;
    }
    BUG("'%s' is not a compound assignment", operators[assignment].text);
}

tsx_node *tsx_node_new(tsx_session *session, tsx_kind kind, tsx_span span) {
    tsx_node *node = arena_zeroed(&session->memory, tsx_kind_get(kind)->size);
    node->kind = kind;
    node->id = ++session->node_count;
    node->span = span;
    return node;
}

void tsx_for_each_child(tsx_node *node, tsx_visit *visit, void *context) {
    const tsx_kind_facts *facts = tsx_kind_get(node->kind);
    for (uint32_t i = 0; i < facts->slot_count; i++) {
        char *place = (char *)node + facts->slots[i].offset;
        if (facts->slots[i].type == TSX_SLOT_CHILD || facts->slots[i].type == TSX_SLOT_OPTIONAL) {
            tsx_node *child = *(tsx_node **)(void *)place;
            if (child != NULL) visit(child, context);
        } else if (facts->slots[i].type == TSX_SLOT_LIST) {
            tsx_list *list = (tsx_list *)(void *)place;
            for (uint32_t k = 0; k < list->count; k++) visit(list->items[k], context);
        }
    }
}

static void set_parent(tsx_node *child, void *parent) {
    child->parent = parent;
    tsx_for_each_child(child, set_parent, child);
}

void tsx_set_parents(tsx_node *root) { tsx_for_each_child(root, set_parent, root); }
