/* parse/lower.h: what the files of this room share. Private to parse/.
 *
 * Lowering goes down the grammar's tree by recursion: each function takes a syntax node and gives the tree's
 * node for it. The children of a syntax node are fetched at once (kids_of), without comments, with their type as
 * an enum made from grammar/subset.def; so functions look for a child by its field, type or token text.
 *
 * Only trees without syntax errors are lowered, so a function may rely on the shape that the grammar gives.
 * Where that shape holds something it does not know, it calls unexpected_node().                           */
#ifndef CREACT_PARSE_LOWER_H
#define CREACT_PARSE_LOWER_H

#include <tree_sitter/api.h>

#include "ast/ast.h"
#include "parse/parse.h"

/* ---- syntax nodes */

typedef enum node_type {
#define STATEMENT(type, level, function)  N_##type,
#define EXPRESSION(type, level, function) N_##type,
#define TYPE(type, level, function)       N_##type,
#define SPINE(type, level)                N_##type,
#define PART(type, level)                 N_##type,
#define REFUSED(type, code)               N_##type,
#define ABSTRACT(type)                    N_##type,
#include "subset.def"
    NODE_TYPE_COUNT,
    N_TOKEN, /* punctuation or a keyword: look at `text` */
    N_UNKNOWN
} node_type;

/* The grammar's names of children that lowering looks for. */
#define FIELD_LIST(X)                                                                                         \
    X(alias) X(alternative) X(arguments) X(attribute) X(body) X(close_tag) X(condition) X(consequence)        \
    X(constraint) X(constructor) X(declaration) X(finalizer) X(flags) X(handler) X(increment) X(index_type)   \
    X(initializer) X(key) X(kind) X(label) X(left) X(module) X(name) X(object) X(open_tag) X(operator)        \
    X(parameter) X(parameters) X(pattern) X(property) X(return_type) X(right) X(sign) X(source) X(type)       \
    X(type_arguments) X(type_parameters) X(value)

typedef enum field {
    FIELD_NONE,
#define X(name) FIELD_##name,
    FIELD_LIST(X)
#undef X
    FIELD_OTHER
} field;

typedef struct kid {
    TSNode node;
    node_type type;
    field field;
    const char *text; /* the type as the grammar spells it; of a token, its own text */
    uint32_t start, end;
} kid;

typedef struct kids {
    kid *items;
    uint32_t count;
} kids;

/* ---- what surrounds the place being lowered, for early errors */

typedef struct label_scope {
    const tsx_name *name;
    bool of_loop;
    struct label_scope *outer;
} label_scope;

typedef struct context {
    bool top_level;       /* directly in a module or namespace: imports and exports may stand here */
    bool awaits;          /* `await` may be used */
    bool returns;         /* `return` may be used */
    bool new_target;      /* inside a function that is not an arrow */
    bool super_property;  /* inside a method */
    bool super_call;      /* inside the constructor of a class with `extends` */
    bool arguments_bound; /* inside a function or class part: `arguments` means the special object */
    bool ambient;         /* in a declaration file or under `declare` */
    int loops, breakables;
    label_scope *labels;
} context;

typedef struct parser {
    tsx_session *session;
    uint32_t file;
    str text;   /* as the user wrote it; lowering reads texts from here, by offset */
    str parsed; /* what the grammar read: the same length, with repairs (repair.c) */
    const TSLanguage *language;
    TSTreeCursor cursor; /* for kids_of and flattening only, which never nest */
    arena scratch;       /* lives as long as this parser */
    context context;
    int depth;
    bool too_deep; /* was reported */
    uint32_t symbol_count;
    uint16_t *type_of_symbol; /* 1 + node_type; 0: not looked up yet */
    uint8_t field_of_id[256]; /* likewise */
} parser;

/* ---- tree.c */
kids kids_of(parser *p, TSNode node);
kid *kid_of_field(const kids *all, field name);       /* NULL: none */
kid *kid_of_type(const kids *all, node_type type);    /* the first; NULL: none */
kid *kid_of_token(const kids *all, const char *text); /* the first; NULL: none */
static inline bool is_token(const kid *self, const char *text) {
    return self->type == N_TOKEN && strcmp(self->text, text) == 0;
}
kid kid_from(parser *p, TSNode node); /* without a field */
node_type type_of(parser *p, TSNode node);
bool is_spine(node_type type);

tsx_span span_of(const parser *p, TSNode node);
static inline tsx_span kid_span(const parser *p, const kid *self) {
    return (tsx_span){p->file, self->start, self->end};
}
str text_of(const parser *p, tsx_span span);
const tsx_name *name_of(parser *p, const kid *self); /* its text, with unicode escapes resolved */

tsx_node *new_node(parser *p, tsx_kind kind, tsx_span span);
/* NEW(p, call, CALL, span): a typed node. */
#define NEW(p, name, KIND, span) tsx_as_##name(new_node((p), TSX_NODE_##KIND, (span)))

tsx_list list_new(parser *p, uint32_t capacity);
void list_add(tsx_list *self, tsx_node *node); /* within the capacity */

/* Whether a line ends in [from, to): where a grammar rule forbids that. */
bool has_line_end(const parser *p, uint32_t from, uint32_t to);

/* Reports what a refused or misplaced node is, and gives an ERROR node for it. */
tsx_node *unexpected_node(parser *p, const kid *self);
tsx_node *error_node(parser *p, tsx_span span);
/* Goes one level down; false (after one report) past TSX_NESTING_MAX: give up with an ERROR node. */
bool enter_level(parser *p, tsx_span span);
static inline void leave_level(parser *p) { p->depth--; }

tsx_node *lower_statement(parser *p, TSNode node);
tsx_node *lower_expression(parser *p, TSNode node);
tsx_node *lower_type(parser *p, TSNode node);

/* ---- one function a row of subset.def */
#define STATEMENT(type, level, function)  tsx_node *function(parser *p, TSNode node);
#define EXPRESSION(type, level, function) tsx_node *function(parser *p, TSNode node);
#define TYPE(type, level, function)       tsx_node *function(parser *p, TSNode node);
#define SPINE(type, level)
#define PART(type, level)
#define REFUSED(type, code)
#define ABSTRACT(type)
#include "subset.def"

/* ---- operators.c */
tsx_node *lower_spine(parser *p, TSNode node);

/* ---- checks.c */
/* Turns an expression into what stands left of `=`; reports and gives it back when it cannot be assigned to. */
tsx_node *check_target(parser *p, tsx_node *target);
void check_delete(parser *p, const tsx_node *operand);
void check_binary(parser *p, tsx_op op, const tsx_node *left, const tsx_node *right, tsx_span operator_span);

/* ---- expressions.c */
tsx_node *lower_property_key(parser *p, const kid *self);
tsx_list lower_arguments(parser *p, TSNode arguments);
/* Reports commas with nothing between them, which the grammar lets pass in arguments and objects. */
void check_commas(parser *p, const kids *all);
tsx_node *lower_spread(parser *p, TSNode node);

/* ---- literals.c */
/* Cooks what stands between quotes: escapes are resolved, CR LF becomes LF where `is_template`. False: there
 * was an invalid escape; *bad is its place. */
bool cook_text(parser *p, tsx_span span, bool is_template, str *cooked, tsx_span *bad);
/* The text of a `string` node. Reports what is wrong with it. */
str string_value(parser *p, TSNode node);
bool number_value(str text, double *value); /* decimal, 0x, 0o, 0b, separators */
void add_utf8(str_buf *out, uint32_t code_point); /* WTF-8 */

/* A template after a tag: invalid escapes are allowed in it. */
tsx_node *lower_tagged_template(parser *p, TSNode node);

/* ---- functions.c */
tsx_node *lower_function_parts(parser *p, TSNode node, const kids *parts, tsx_flags flags, const context *inside);
tsx_list lower_parameters(parser *p, const kids *parts); /* of the node that has the parameters */
tsx_node *lower_method(parser *p, TSNode node, const context *inside);
/* Whether a property's key is this name, plain or as a string. */
bool key_is(const tsx_node *key, const char *name);
/* The context inside a function: of an arrow, much of the outer one stays. */
context function_context(const parser *p, tsx_flags flags);

/* The flag of a modifier such as `static` or `readonly`; 0: it is none. */
tsx_flags modifier_of(parser *p, const kid *self);
/* All modifiers among the children, up to the one in field `name`. */
tsx_flags modifiers_of(parser *p, const kids *all);

/* ---- patterns.c */
/* A declared name or pattern (`declares`), or the target of a destructuring assignment. */
tsx_node *lower_pattern(parser *p, TSNode node, bool declares);
tsx_node *lower_binding(parser *p, const kid *name);
/* Reports a name that is a reserved word (written with an escape, or where the grammar lets it pass). */
void check_not_reserved(parser *p, const tsx_name *name, tsx_span span);

/* ---- statements.c */
/* Those of the children from `first` on that are statements. */
tsx_list lower_statements(parser *p, const kids *all, uint32_t first);

/* ---- types.c */
tsx_list lower_type_parameters(parser *p, const kid *self); /* NULL: none */
tsx_list lower_type_arguments(parser *p, const kid *self);  /* NULL: none */
tsx_node *lower_annotation(parser *p, const kid *self);     /* of `: T`; NULL gives NULL */
tsx_list lower_type_members(parser *p, TSNode body);        /* of an interface or object type */
tsx_node *lower_index_signature(parser *p, TSNode node);
tsx_node *lower_heritage_type(parser *p, const kid *self);  /* A.B<T> after implements, extends */
/* The type that an expression looks like: names, A.B, literals (see operators.c). NULL: it is no type. */
tsx_node *type_from_expression(parser *p, tsx_node *expression);

/* ---- entities.c */
/* The character that an entity's name stands for; 0: there is none. */
uint32_t entity_character(str name);

#endif
