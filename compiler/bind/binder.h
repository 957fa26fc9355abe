/* bind/binder.h: what the files of this room share while a program is bound. Not for other rooms.
 *
 * Each module is walked once. On the way `current` holds, for each name (by its id), what it means at the
 * place of the walk, so that a look-up is one step; opening a scope and declaring names in it pushes what they
 * meant before on `undo`, and closing the scope puts it back. Every use of a value is noted in `uses`, and
 * judged when all modules are known (whether an import is a type, what may run before its initialisation,
 * what is captured).                                                                                       */
#ifndef CREACT_BIND_BINDER_H
#define CREACT_BIND_BINDER_H

#include "bind/bind.h"

/* A name may be a value and a type at once. */
typedef struct meaning {
    tsx_symbol *value, *type;
} meaning;

typedef struct undo_step {
    uint32_t name;
    meaning before;
} undo_step;

typedef enum use_kind {
    USE_READ,
    USE_WRITE,
    USE_READ_WRITE,
    USE_TYPE,   /* in a type */
    USE_TYPEOF, /* after `typeof` in a type: names a value, but nothing is evaluated */
    USE_EXPORT, /* in `export { … }` */
} use_kind;

typedef struct use {
    tsx_node *node; /* IDENTIFIER */
    tsx_symbol *symbol;
    tsx_function *function;
    use_kind kind;
} use;

typedef struct binder {
    tsx_program *program;
    tsx_session *session;
    tsx_module *module;
    tsx_scope *scope;       /* the innermost one */
    tsx_function *function; /* the innermost one */
    meaning *current;       /* [name id] */
    uint32_t current_count;
    VEC(undo_step) undo;
    VEC(size_t) scope_starts; /* of each open scope: where its steps begin in `undo` */
    VEC(use) uses;            /* of all modules */
    const tsx_name *default_name;
} binder;

static inline bool use_is_value(use_kind kind) { return kind <= USE_READ_WRITE; }

/* ---- declare.c: scopes and declarations ---- */

tsx_scope *scope_open(binder *self, tsx_scope_kind kind, tsx_node *node);
void scope_close(binder *self);
/* Makes `name` (a BINDING) a symbol of the innermost scope, or reports the conflict and gives the symbol that
 * was there. */
tsx_symbol *declare(binder *self, tsx_symbol_kind kind, tsx_node *name, tsx_node *declaration, uint32_t initialized_at);
/* The same without a BINDING: for "default". */
tsx_symbol *declare_name(binder *self, tsx_symbol_kind kind, const tsx_name *name, tsx_span span, tsx_node *declaration,
                         uint32_t initialized_at);
/* Declares every name of a pattern. */
void declare_pattern(binder *self, tsx_symbol_kind kind, tsx_node *pattern, tsx_node *declaration, uint32_t initialized_at);
/* True when one of the statements declares something in the block itself (not `var`). */
bool declares_something(tsx_list statements);
/* Declares what the statements declare in the innermost scope: let, const, functions, classes, types, imports. */
void declare_statements(binder *self, tsx_list statements);
/* Declares every `var` below the statements, inner functions excepted, in the innermost scope. */
void declare_vars(binder *self, tsx_list statements);
/* Declares type parameters (TYPE_PARAMETERs) in the innermost scope. */
void declare_type_parameters(binder *self, tsx_list parameters);

/* ---- resolve.c: the walk ---- */

void resolve_module(binder *self, tsx_module *module);

/* ---- reference.c: one use of a name ---- */

/* Notes that IDENTIFIER `node` is used so, and binds it. Reports a name that means nothing. */
void reference(binder *self, tsx_node *node, use_kind kind);
/* An identifier in a type. `is_namespace`: it stands before a dot. */
void reference_type(binder *self, tsx_node *node, bool is_namespace);
/* Refuses `Math.random` and its like. */
void check_member(binder *self, tsx_node *member);

/* ---- suggest.c: did-you-mean for names ---- */

void report_unknown_value(binder *self, tsx_node *node);
void report_unknown_type(binder *self, tsx_node *node);

/* ---- exports.c ---- */

/* Fills the export tables of all modules, leads every import to its symbol, and reports what does not exist. */
void link_exports(binder *self);
/* True when nothing need be said of a name that `module` does not give: something was, elsewhere. */
bool is_reported_export(const tsx_module *module, const tsx_name *name);

/* ---- uses.c: what can be judged when all is linked ---- */

void check_uses(binder *self);

/* ---- capture.c ---- */

/* Marks captured symbols and fills the capture lists of functions. */
void find_captures(binder *self);

/* ---- zone.c: the temporal dead zone ---- */

void check_dead_zones(binder *self);

/* ---- graph.c ---- */

/* Erases imports of types, puts the modules in order of evaluation, reports cycles. */
void order_modules(binder *self);

/* ---- verify.c ---- */

void verify_program(const tsx_program *program);

/* ---- near_file.c ---- */

/* The specifier of the file that was probably meant by `specifier`, when nothing is at `path`; NULL: none. */
const char *nearest_file(tsx_program *self, str path, str specifier);

/* ---- globals.c ---- */

void make_globals(tsx_program *self);
/* True when `name` is a type of the language's own library (Record, Promise …) or a namespace of types. */
bool is_global_type(str name);
/* The same for what the users' library declares globally (globals.d.ts is read at the first call). */
bool is_declared_global_type(tsx_program *self, const tsx_name *name);
void add_global_types(tsx_nearest *nearest);

/* ---- load.c ---- */

/* The users' library module that exports `name`, or a name near to it; *exported is that name. NULL when there is
 * none. Reads the library's files: for messages only. */
const char *library_module_of_export(tsx_program *self, str name, str *exported);
/* The path of a file of the users' library. */
str library_path(const tsx_program *self, const char *file);

static inline const char *name_text(const tsx_name *name) { return name->text.bytes; }

#endif
