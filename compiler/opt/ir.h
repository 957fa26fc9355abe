/* opt/ir.h: the intermediate representation between the tree and C.
 *
 * A program is a list of modules; a module has functions, the variables of its top level, and tables of
 * constants; a function is one list of instructions over virtual registers, with labels and jumps (linear
 * three-address code, not SSA). Each instruction that can throw names its handler, a label of the same
 * function; without one the exception leaves the function. opt/ir.def has one row for each instruction.
 *
 * Registers hold values. A register of a variable may be assigned many times; a temporary is assigned once on
 * each path. Captured variables live in cells (cell registers), variables of a module's top level in variables
 * of the module, which importers use directly.
 *
 * Constants are values that need no instruction: literals, and the addresses of static objects (functions of
 * the top level, elements, templates). They are operands like registers.
 *
 * Calling sequence:  ir_module_new -> (ir_function_new -> ir_emit…)* -> ir_verify -> passes -> codegen/
 * Ownership: everything lives in the arena given to ir_module_new, vectors excepted: ir_module_release.     */
#ifndef CREACT_OPT_IR_H
#define CREACT_OPT_IR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "source/source.h"

typedef enum ir_op {
#define IR_OP(name, text, form, signature, function, what) IR_##name,
#include "opt/ir.def"
#undef IR_OP
    IR_OP_COUNT
} ir_op;

typedef enum ir_form { IR_FORM_VALUE, IR_FORM_STATUS, IR_FORM_PURE, IR_FORM_VOID, IR_FORM_JUMP, IR_FORM_SPECIAL } ir_form;

typedef struct ir_op_facts {
    const char *name, *signature, *function, *what;
    ir_form form;
} ir_op_facts;
const ir_op_facts *ir_op_get(ir_op op);

#define IR_NONE UINT32_MAX /* no label, register … */

typedef enum ir_operand_kind {
    IR_NOTHING,
    IR_REGISTER,
    IR_CONSTANT, /* index into the module's constants */
    IR_VARIABLE, /* index into the module's variables; as a value only where it is initialised and never changes */
    IR_CELL_REGISTER,
    IR_CAPTURE, /* a cell of the closure, by position */
    IR_THIS,
    IR_SELF,     /* the running function, as a value */
    IR_IMMEDIATE, /* a plain number */
    IR_ITERATOR,
    IR_PENDING,
    IR_FUNCTION /* index into the module's functions */
} ir_operand_kind;

typedef struct ir_operand {
    ir_operand_kind kind;
    uint32_t index;
} ir_operand;

static const ir_operand ir_nothing = {IR_NOTHING, 0};
static inline bool ir_same(ir_operand a, ir_operand b) { return a.kind == b.kind && a.index == b.index; }

enum { IR_OPERANDS_MAX = 5 };

typedef struct ir_inst {
    ir_op op;
    uint32_t result;  /* a register (a cell register for CELL), or IR_NONE */
    uint32_t label;   /* of LABEL and of jumps */
    uint32_t handler; /* the label that an exception goes to; IR_NONE: out of the function */
    ir_operand operands[IR_OPERANDS_MAX];
    ir_operand *list;
    const uint32_t *keys; /* of OBJECT: the string of each entry of the list */
    uint32_t list_count;
    const char *text;
    tsx_span span;
} ir_inst;

/* A string of the program, as UTF-16 code units. */
typedef struct ir_string {
    const uint16_t *units;
    uint32_t length;
    uint32_t hash; /* as cr_string_hash */
    bool wide;     /* some unit is above 0xff */
    str text;      /* WTF-8 */
} ir_string;

typedef enum ir_constant_kind {
    IR_CONST_UNDEFINED,
    IR_CONST_NULL,
    IR_CONST_FALSE,
    IR_CONST_TRUE,
    IR_CONST_HOLE,
    IR_CONST_UNINITIALIZED,
    IR_CONST_NUMBER,
    IR_CONST_STRING,   /* index: the string */
    IR_CONST_EXTERN,   /* index: an extern of this module */
    IR_CONST_TABLE     /* index: a static table of this module */
} ir_constant_kind;

typedef struct ir_constant {
    ir_constant_kind kind;
    uint32_t index;
    double number;
} ir_constant;

/* A static object by its name in C: a function or class of the top level of this module (is_own) or another, an
 * export of the runtime, a global. Only its address is used. */
typedef struct ir_extern {
    const char *name;
    bool is_own;
} ir_extern;

typedef enum ir_table_kind { IR_TABLE_ELEMENT, IR_TABLE_PROPS, IR_TABLE_LIST, IR_TABLE_OBJECT, IR_TABLE_ARRAY } ir_table_kind;

/* A static table. ELEMENT: items are type, key, props. PROPS (the frozen props of an element) and OBJECT (a
 * template): keys[i] has the value items[i]. LIST (a frozen array: several children) and ARRAY (a template): items. All items are indexes of constants. */
typedef struct ir_table {
    ir_table_kind kind;
    uint32_t count;
    const uint32_t *items;
    const uint32_t *keys;
    tsx_span span;
} ir_table;

/* A variable of a module's top level. */
typedef struct ir_variable {
    const char *name; /* in C */
    bool is_extern;   /* another module defines it */
    bool is_exported;
    bool starts_uninitialized; /* else undefined */
} ir_variable;

typedef struct ir_register {
    const char *name; /* of a variable of the program; NULL: a temporary */
} ir_register;

enum {
    IR_FUNCTION_IS_ASYNC = 1 << 0,
    IR_FUNCTION_IS_ARROW = 1 << 1,
    IR_FUNCTION_IS_METHOD = 1 << 2,
    IR_FUNCTION_IS_CLASS = 1 << 3,
    IR_FUNCTION_IS_DERIVED = 1 << 4,
};

typedef struct ir_function {
    const char *c_name;  /* unique in the program */
    const char *object_name; /* of the cr_function that it is before the program runs; NULL: made by CLOSURE */
    bool is_exported;        /* other modules use that object */
    uint32_t name;       /* string: the `name` property */
    uint32_t arity;      /* the `length` property */
    uint32_t flags;      /* IR_FUNCTION_IS_… */
    uint32_t index;      /* in its module */
    tsx_span span;
    VEC(ir_inst) code;
    VEC(ir_register) registers;
    uint32_t cell_count, capture_count, label_count, iterator_count, pending_count;
} ir_function;

typedef struct ir_module {
    arena *memory;
    const char *name;   /* the path as sites show it */
    const char *prefix; /* of its C names: "m3" */
    const char *c_name; /* the name as part of a file name: "components_Api" */
    bool is_library;
    uint32_t file;      /* number of its source file */
    bool is_async;
    uint32_t evaluate; /* function: the top-level code */
    VEC(ir_function *) functions;
    VEC(ir_string) strings;
    VEC(ir_constant) constants;
    VEC(ir_extern) externs;
    VEC(ir_table) tables;
    VEC(ir_variable) variables;
    map string_index, constant_index, extern_index, variable_index; /* text -> 1 + index */
} ir_module;

ir_module *ir_module_new(arena *memory, const char *name, const char *prefix, uint32_t file);
void ir_module_release(ir_module *self);

/* Each gives the index of an equal entry if there is one. */
uint32_t ir_string_of(ir_module *self, str wtf8);
uint32_t ir_extern_of(ir_module *self, const char *name, bool is_own);
uint32_t ir_variable_of(ir_module *self, ir_variable variable);

/* Constants as operands. */
ir_operand ir_undefined(ir_module *self);
ir_operand ir_bool(ir_module *self, bool value);
ir_operand ir_number(ir_module *self, double value);
ir_operand ir_text(ir_module *self, str wtf8);
ir_operand ir_constant_of(ir_module *self, ir_constant_kind kind, uint32_t index);
/* Appends a table (never shared: two elements at two places are two elements). Copies items and keys. */
ir_operand ir_table_of(ir_module *self, ir_table table);
/* The constant behind an operand; NULL when it is none. */
const ir_constant *ir_constant_at(const ir_module *self, ir_operand operand);

ir_function *ir_function_new(ir_module *self, const char *c_name);
void ir_inst_clear(ir_inst *inst, ir_op op, tsx_span span);
uint32_t ir_register_new(ir_module *self, ir_function *function, const char *name);
static inline ir_operand ir_register_operand(uint32_t index) { return (ir_operand){IR_REGISTER, index}; }

/* True if evaluating the module does nothing, and nothing in it can be used: a module of types. */
bool ir_module_is_empty(const ir_module *self);

/* True if the instruction can throw, and so uses its handler. */
bool ir_can_throw(const ir_inst *inst);
/* True if control never goes on to the next instruction. */
bool ir_ends_block(ir_op op);
bool ir_is_jump(ir_op op);

/* ---- opt/verify.c: what holds after every pass; the first violation is a bug of the compiler, and is reported
 * as one. Operands fit the signature, indexes are in range, each label used is defined once, no register is
 * read that nothing assigns, the last instruction does not fall off the end. `stage` names the pass before. */
void ir_verify(const ir_module *self, const char *stage);

/* ---- opt/dump.c: as text, for --dump=ir. */
void ir_dump(const ir_module *self, str_buf *out);

#endif
