/* opt/lowering.h: what the files of the lowering share; for opt/lower_*.c only.
 *
 * One `lowering` a module, one `frame` for the function that is being lowered, one `exit_point` for each
 * construct around the current statement that break, continue, return or an exception must pass.
 *
 * Files: lower.c (module, functions), lower_expression.c, lower_operator.c, lower_call.c, lower_literal.c,
 * lower_jsx.c, lower_class.c, lower_pattern.c, lower_name.c, lower_statement.c, lower_loop.c, lower_try.c,
 * lower_static.c.                                                                                          */
#ifndef CREACT_OPT_LOWERING_H
#define CREACT_OPT_LOWERING_H

#include "base/bug.h"
#include "opt/lower.h"

enum { LABELS_MAX = 8 }; /* labels on one statement; more are refused */

/* What break and continue mean at a construct. */
typedef enum exit_kind {
    EXIT_LOOP,
    EXIT_SWITCH, /* break, with or without label */
    EXIT_BLOCK,  /* break with its label */
    EXIT_FINALLY /* leaving it runs the finally block first */
} exit_kind;

struct exit_point;

/* A jump or return on its way outwards. */
typedef struct completion {
    enum { COMPLETION_CONTINUE, COMPLETION_BREAK, COMPLETION_RETURN } kind;
    const struct exit_point *stop; /* the construct that is left or continued */
} completion;

typedef struct exit_point {
    exit_kind kind;
    struct exit_point *outer;
    const tsx_name *labels[LABELS_MAX]; /* of the program, that stand before the construct */
    uint32_t label_count;
    uint32_t break_label, continue_label;
    uint32_t iterator;        /* LOOP: closed when the loop is left; IR_NONE: none */
    uint32_t handler;         /* outside of the construct: where exceptions of closing or of finally go */
    uint32_t finally_label;   /* FINALLY */
    uint32_t state, returned; /* FINALLY: registers: which completion waits; the value of a waiting return */
    VEC(completion) waiting;
} exit_point;

/* The function being lowered. */
typedef struct frame {
    struct frame *outer;
    const tsx_function *facts; /* of bind */
    ir_function *ir;
    uint32_t handler; /* of what is emitted now; IR_NONE: out of the function */
    exit_point *exits;
    uint32_t this_cell;      /* the cell register that holds `this` for inner arrows; IR_NONE: none */
    uint32_t nil_label;      /* inside an optional chain: where a skipped chain goes */
    tsx_class_node *derived; /* the class whose derived constructor this is */
} frame;

typedef struct lowering {
    tsx_session *session;
    const tsx_program *program;
    const tsx_module *module;
    ir_module *ir;
    frame *frame;
    ir_operand *storage;   /* [symbol number]: where each local variable of this module lives */
    bool *has_this_arrows; /* [function number]: some inner arrow uses its `this` */
    uint8_t *staticness;   /* [node id]: memory of lower_static.c */
    uint32_t inert_end;    /* top-level code before this offset of the file calls nothing of the program */
    str name_hint;         /* the name that an anonymous function or class takes from its place; bytes NULL: none */
    const tsx_name *pending_labels[LABELS_MAX]; /* labels before the statement that comes next */
    uint32_t pending_label_count;
} lowering;

/* ---- emitting (lower.c) */
/* Appends an instruction; good until the next one. Its handler is the frame's. */
ir_inst *emit(lowering *self, ir_op op, tsx_span span);
/* Appends one with up to three operands and a fresh register, or without a result. */
ir_operand emit_value(lowering *self, ir_op op, tsx_span span, ir_operand a, ir_operand b, ir_operand c);
ir_operand emit_unary(lowering *self, ir_op op, tsx_span span, ir_operand a);
ir_operand emit_binary(lowering *self, ir_op op, tsx_span span, ir_operand a, ir_operand b);
void emit_status(lowering *self, ir_op op, tsx_span span, ir_operand a, ir_operand b, ir_operand c);
void emit_copy(lowering *self, uint32_t target, ir_operand value);
uint32_t new_label(lowering *self);
void place_label(lowering *self, uint32_t label);
void emit_jump(lowering *self, uint32_t label);
void emit_branch(lowering *self, ir_op op, ir_operand a, ir_operand b, uint32_t label);
ir_operand new_register(lowering *self, const tsx_name *name);
/* Copies operands into the IR's memory. */
ir_operand *copy_list(lowering *self, const ir_operand *items, uint32_t count);
ir_operand const_name(lowering *self, const tsx_name *name);
char *format_text(lowering *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Reports C1901 at the node and gives undefined. */
ir_operand unsupported(lowering *self, const tsx_node *node, const char *what);

/* ---- functions and classes (lower.c, lower_class.c) */
ir_operand visit_function(lowering *self, tsx_node *node);
/* The body of `facts` as a new function of the module; `name` is its `name` property. */
ir_function *visit_function_body(lowering *self, const tsx_function *facts, str name);
/* A closure over what `facts` captures, as seen from the current frame. */
ir_operand make_closure(lowering *self, const tsx_function *facts, ir_function *function, tsx_span span);
ir_operand visit_class(lowering *self, tsx_node *node);
/* What evaluating a function or class gives: the static object if it is one of the top level, else a closure. */
ir_operand function_value(lowering *self, const tsx_node *node, const tsx_function *facts, ir_function *function);
/* The function of a method or accessor, with its name. */
ir_operand method_value(lowering *self, tsx_method_node *method);
/* What a constructor does before its own statements (or after super()): parameter properties and fields. */
void visit_instance_fields(lowering *self, tsx_class_node *node, const tsx_function_node *constructor);
const tsx_function *class_constructor(const tsx_class_node *node);
const tsx_function_node *written_constructor(const tsx_class_node *node);
tsx_class_node *class_around(tsx_node *constructor);

/* ---- names (lower_name.c) */
/* Where a variable lives: IR_REGISTER, IR_CELL_REGISTER, IR_CAPTURE, IR_VARIABLE, IR_SELF; IR_CONSTANT for what
 * never changes (static functions, globals, natives). */
ir_operand place_of(lowering *self, tsx_symbol *symbol);
/* The module-level function or class behind a symbol that is a static object; NULL if it is none. */
const tsx_node *static_function_of(const tsx_symbol *symbol);
const char *static_function_name(lowering *self, const tsx_symbol *symbol);
/* The value behind `ns.name` where ns is a namespace import; NULL when `node` is no such member. */
tsx_symbol *namespace_member(tsx_node *node);
/* True if this use must be checked for the temporal dead zone. */
bool needs_check(const lowering *self, const tsx_node *identifier, const tsx_symbol *symbol);
ir_operand load_symbol(lowering *self, tsx_symbol *symbol, const tsx_node *use);
/* `is_initial`: the initialisation of the binding, which may write a const and ends the dead zone. */
void store_symbol(lowering *self, tsx_symbol *symbol, ir_operand value, bool is_initial, const tsx_node *use);
/* Enters a scope: cells for captured variables, hoisted functions. NULL: nothing to do. */
void enter_scope(lowering *self, const tsx_scope *scope, const tsx_list *body);
/* The functions that a list of statements declares. */
void hoist_functions(lowering *self, const tsx_list *body);
ir_operand visit_this(lowering *self, const tsx_node *node);

/* ---- expressions */
ir_operand visit_expression(lowering *self, tsx_node *node);
/* The same; an anonymous function or class gets this name. */
ir_operand visit_named(lowering *self, tsx_node *node, str name);
/* Jumps to `label` if the truth of `node` is `when`; else goes on. */
void visit_condition(lowering *self, tsx_node *node, bool when, uint32_t label);
/* Without parentheses' marks, types, non-null: what is evaluated. */
tsx_node *strip_types(tsx_node *node);
ir_operand visit_unary(lowering *self, tsx_node *node);
ir_operand visit_update(lowering *self, tsx_node *node);
ir_operand visit_binary(lowering *self, tsx_node *node);
ir_operand visit_logical(lowering *self, tsx_node *node);
ir_operand visit_assign(lowering *self, tsx_node *node);
ir_operand visit_conditional(lowering *self, tsx_node *node);
ir_operand visit_call(lowering *self, tsx_node *node);
ir_operand visit_new(lowering *self, tsx_node *node);
ir_operand visit_member(lowering *self, tsx_node *node);
ir_operand visit_index(lowering *self, tsx_node *node);
ir_operand visit_optional_chain(lowering *self, tsx_node *node);
/* Leaves the chain when this link was written with `?.` and `value`, which stands before it, is nullish. */
void visit_link(lowering *self, const tsx_node *node, ir_operand value);
ir_operand visit_object(lowering *self, tsx_node *node);
ir_operand visit_array(lowering *self, tsx_node *node);
ir_operand visit_template(lowering *self, tsx_node *node);
ir_operand visit_tagged_template(lowering *self, tsx_node *node);
ir_operand visit_jsx_element(lowering *self, tsx_node *node);
ir_operand visit_jsx_fragment(lowering *self, tsx_node *node);
/* A property key as an operand: a string or number constant, or the computed value as a key. */
ir_operand visit_key(lowering *self, tsx_node *key);
/* The text of a key that is known; false for computed ones. */
bool known_key(lowering *self, const tsx_node *key, str *text);
/* The list as an array value, spreads included; `are_arguments`: of a call. */
ir_operand visit_array_items(lowering *self, const tsx_list *list, bool are_arguments, tsx_span span);

ir_operand emit_object(lowering *self, tsx_span span, uint32_t count, const uint32_t *keys, const ir_operand *values);
ir_operand emit_array(lowering *self, tsx_span span, uint32_t count, const ir_operand *values);

#define FRAGMENT_NAME "cr_lib_creact__Fragment"

/* ---- references: what can be assigned to (lower_operator.c) */
typedef struct reference {
    enum { REFERENCE_SYMBOL, REFERENCE_MEMBER, REFERENCE_INDEX } kind;
    tsx_symbol *symbol;
    ir_operand object, key;
    tsx_node *node;
} reference;
reference reference_of(lowering *self, tsx_node *target, bool is_read_too);
ir_operand reference_get(lowering *self, const reference *from);
void reference_set(lowering *self, const reference *to, ir_operand value);

/* ---- patterns (lower_pattern.c) */
/* How V8 names an expression in a message: x.y, f(...), (intermediate value). */
const char *expression_text(lowering *self, tsx_node *node);
/* The same for what is iterated. */
const char *iterable_text(lowering *self, tsx_node *node);
/* How a message names the initializer of a pattern; "": not at all. */
const char *initializer_text(lowering *self, const tsx_node *pattern, tsx_node *initializer);
/* Gives `value` to a pattern: bindings when `declares`, assignment targets otherwise. `text`: how a message
 * names the value; "": not at all; NULL: the value is a property of another, which is what a message names. */
void visit_pattern(lowering *self, tsx_node *pattern, ir_operand value, bool declares, const char *text);

/* Closes an iterator because of an exception, and goes on with the exception. */
void close_after_throw(lowering *self, uint32_t iterator, tsx_span span);

/* ---- statements */
void visit_statement(lowering *self, tsx_node *node);
void visit_statements(lowering *self, const tsx_list *list);
void visit_block(lowering *self, tsx_node *node);
void visit_variables(lowering *self, tsx_node *node);
void visit_for(lowering *self, tsx_node *node);
void visit_for_of(lowering *self, tsx_node *node);
void visit_for_in(lowering *self, tsx_node *node);
void visit_while(lowering *self, tsx_node *node);
void visit_do_while(lowering *self, tsx_node *node);
void visit_switch(lowering *self, tsx_node *node);
void visit_try(lowering *self, tsx_node *node);
/* Leaves constructs on the way to a jump or return, innermost first. */
void visit_break(lowering *self, tsx_node *node);
void visit_continue(lowering *self, tsx_node *node);
void visit_return(lowering *self, tsx_node *node);
void emit_completion(lowering *self, exit_point *from, completion what, ir_operand returned);
/* Opens a construct; takes the labels that stand before it. */
void push_exit(lowering *self, exit_point *point, exit_kind kind);
void pop_exit(lowering *self, exit_point *point);

/* ---- what needs no instruction (lower_static.c) */
/* The value of `node` as a constant; false when it must be computed. */
bool static_value(lowering *self, tsx_node *node, ir_operand *value);
/* The same, where an object or array literal may be a template. */
bool template_value(lowering *self, tsx_node *node, ir_operand *value);
/* True if `node` is an object or array literal that cr_instantiate can make. */
bool is_template(lowering *self, tsx_node *node);
/* A list of children that are all constants, as one static array. */
bool are_static(lowering *self, const tsx_list *list);
ir_operand static_list(lowering *self, const tsx_list *list, tsx_span span);
/* Offset in the module's file up to which its top-level code is inert. */
uint32_t find_inert_end(lowering *self);

#endif
