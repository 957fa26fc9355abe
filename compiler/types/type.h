/* types/type.h: types, as far as this room follows them.
 *
 * A type is made once from the node that writes it and never changes. Properties, elements and type arguments
 * are evaluated when they are looked at, so that recursive types end.
 * Ownership: types live in the session's memory.                                                           */
#ifndef CREACT_TYPES_TYPE_H
#define CREACT_TYPES_TYPE_H

#include "bind/bind.h"
#include "diag/session.h"

typedef enum type_kind {
    TYPE_OPEN, /* not followed: any, unknown, a type parameter, a mapped type … */
    TYPE_STRING,
    TYPE_NUMBER,
    TYPE_BOOLEAN,
    TYPE_NULLISH, /* undefined, null, void */
    TYPE_STRING_LITERAL,
    TYPE_NUMBER_LITERAL,
    TYPE_BOOLEAN_LITERAL,
    TYPE_OBJECT, /* properties; an instance of a class too */
    TYPE_ARRAY,
    TYPE_FUNCTION,
    TYPE_CLASS, /* the class itself, as a value */
    TYPE_UNION,
} type_kind;

typedef struct type type;

/* What the type parameters around a node stand for; the innermost first. */
typedef struct type_env {
    const tsx_symbol *parameter;
    const type *argument;
    const struct type_env *next;
} type_env;

typedef struct property {
    const tsx_name *name;
    tsx_span span;            /* where it is declared */
    bool is_optional;
    const type *known;        /* its type; or NULL, and then */
    tsx_node *node;           /* the type to evaluate, an expression when `is_value`, or NULL: open */
    const type_env *env;
    bool is_value;
} property;

struct type {
    type_kind kind;
    const tsx_name *name; /* of the interface, alias or class; NULL: none */
    str text;             /* STRING_LITERAL */
    double number;        /* NUMBER_LITERAL */
    bool boolean;         /* BOOLEAN_LITERAL */
    bool has_others;      /* OBJECT: may have other properties (index signature, open base …) */
    bool is_instance;     /* OBJECT: made by a class */
    property *properties; /* OBJECT */
    uint32_t property_count;
    const type **members; /* UNION */
    uint32_t member_count;
    tsx_node *node; /* ARRAY: the element's type or NULL; FUNCTION: FUNCTION or TYPE_FUNCTION; CLASS: CLASS */
    const type_env *env;
};

typedef struct checker {
    tsx_program *program;
    tsx_session *session;
    const type **by_node; /* [node id]: types of nodes outside of generics */
    int depth;            /* of evaluation, see TYPE_DEPTH_MAX */
    const type *open, *string, *number, *boolean, *nullish;
    const tsx_name *props_name, *children_name, *key_name;
    const tsx_symbol *use_instance; /* of the library; NULL when it is not imported */
} checker;

/* Types that are nested deeper through aliases and type arguments are open. */
enum { TYPE_DEPTH_MAX = 40 };

/* ---- evaluate.c: from nodes to types ---- */

type *type_new(checker *self, type_kind kind);
/* The type that a type node writes. NULL gives open. */
const type *type_of_node(checker *self, tsx_node *node, const type_env *env);
/* What the symbol of a type stands for, with these type arguments (NULL: none). */
const type *type_of_type_symbol(checker *self, tsx_symbol *symbol, const tsx_list *arguments, const type_env *env);
const type *property_type(checker *self, const property *self_property);
const property *type_property(const type *self, const tsx_name *name);
/* An ARRAY's element. */
const type *element_type(checker *self, const type *array);
/* The type without undefined and null; open when nothing is left. */
const type *without_nullish(checker *self, const type *self_type);

/* ---- members.c: types with properties ---- */

const type *type_of_members(checker *self, tsx_list members, const type_env *env);
const type *instance_type(checker *self, tsx_node *class_node, const type_env *env);
const type *interface_type(checker *self, tsx_node *declaration, const type_env *env);
const type *intersection_type(checker *self, const type *const *parts, uint32_t count);
/* Partial, Required, Readonly, Pick, Omit, Record …; open for names that it does not know. */
const type *utility_type(checker *self, const tsx_name *name, tsx_list arguments, const type_env *env);

/* ---- expression.c: types of values ---- */

const type *type_of_expression(checker *self, tsx_node *expression);
/* The type of a BINDING's or export's symbol. */
const type *type_of_value_symbol(checker *self, tsx_symbol *symbol);
/* Is this CALL one of the library's `useInstance`? */
bool is_use_instance(const checker *self, tsx_node *call);
/* The type of the first parameter of a FUNCTION; NULL when it takes none. */
const type *first_parameter_type(checker *self, const type *function);

/* ---- relate.c ---- */

/* True when a value of type `source` can certainly not be used as `target`. */
bool certainly_not(checker *self, const type *source, const type *target);

/* ---- print.c ---- */

/* As tsc would write it; in the session's memory. */
const char *type_text(checker *self, const type *self_type);

/* ---- spelling.c ---- */

/* Would tsc suggest `candidate` for `name`? Several of its errors have one code with a suggestion and another
 * without; the suggestion that is shown is the diagnostics' own. */
bool tsc_suggests(str name, str candidate);

/* ---- shape.c: given properties against declared ones ---- */

typedef struct given {
    const tsx_name *name;
    tsx_span span;       /* of the name */
    tsx_node *value;     /* NULL: the value `true` of an attribute without one, or a name that a spread brought */
    const type *known;   /* of a name that a spread brought; else NULL */
    bool is_overwritten; /* by a later spread */
} given;

typedef enum shape_form { SHAPE_JSX, SHAPE_ARGUMENT, SHAPE_VALUE } shape_form;

typedef struct given_shape {
    shape_form form;
    VEC(given) items;
    tsx_span whole;    /* where what is missing is reported: the tag, the argument, the property's name */
    bool has_spread;   /* unknown properties are not looked for */
    bool is_open;      /* a spread of something open: nothing is said */
    bool has_children; /* JSX: between the tags */
    bool allows_children;
} given_shape;

void given_release(given_shape *self);
void given_of_attributes(checker *self, tsx_list attributes, given_shape *shape);
void given_of_object(checker *self, tsx_node *object, given_shape *shape);
/* Compares and reports. `also`: a name that is allowed besides (key), or NULL. True when something was reported. */
bool check_shape(checker *self, const given_shape *shape, const type *target, const tsx_name *also);
/* Compares one value with what is expected of it; `place` is where a mismatch is reported. */
bool check_value_type(checker *self, tsx_node *value, const type *target, tsx_span place);

/* ---- uses.c: the expressions that are checked ---- */

void check_jsx_element(checker *self, tsx_node *element);
void check_use_instance(checker *self, tsx_node *call);
void check_output_member(checker *self, tsx_node *member);

/* ---- duplicates.c ---- */

void check_duplicate_attributes(checker *self, tsx_list attributes);
void check_duplicate_properties(checker *self, tsx_list members);

/* ---- hooks.c ---- */

void check_hooks(tsx_program *program, tsx_module *module);

#endif
