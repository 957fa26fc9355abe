/* creact/abi.h: the runtime as generated C calls it. Nothing else of the runtime is visible to it.
 *
 * Errors: a function that returns cr_value answers CR_EXCEPTION when it threw; one that returns bool answers
 * false, and says so. Generated code then jumps to the innermost handler or returns CR_EXCEPTION itself.
 * Evaluation order is the caller's business: arguments are temporaries, computed before.
 * Unknown values: each function says what it does with one: lifts (the result is unknown), assumes (takes it
 * as present and truthy, and notes the assumption) or suspends (an exception that no handler of the program
 * catches; the component is rendered again when the value is known). Promise R1.
 * Strings of generated C are static cr_string; CR_ABI_VERSION changes with every incompatible change.       */
#ifndef CREACT_ABI_H
#define CREACT_ABI_H

#include "creact/value.h"

#define CR_ABI_VERSION 2

/* The part of the context that generated C writes: where the program is, for errors and resources. */
struct cr_context {
    const cr_site *site; /* set before each operation that can throw */
    struct cr_runtime *runtime;
};

/* ---- static tables ------------------------------------------------------------------------------------- */
#define CR_STATIC_HEAD(kind_, flags_, length_) { CR_KIND_##kind_, (flags_), 0, (length_) }
/* An 8-bit string of generated C: CR_STATIC_STRING(name, length, hash, "bytes") */
#define CR_STATIC_STRING(name, length, hash, bytes)                                                           \
    static const cr_string name = {CR_STATIC_HEAD(STRING, 0, length), hash, 0, bytes, 0}
#define CR_STATIC_STRING_WIDE(name, length, hash, units)                                                      \
    static const cr_string name = {CR_STATIC_HEAD(STRING, CR_FLAG_WIDE, length), hash, 0, units, 0}
#define CR_SLOT_POINTER(key, object) { &(key), { .pointer = &(object) }, 0, 0 }
#define CR_SLOT_BITS(key, value) { &(key), { .bits = (value) }, 0, 0 }
/* A frozen object over a static table of slots (the props of a static element). */
#define CR_STATIC_OBJECT(count, slots)                                                                        \
    { CR_STATIC_HEAD(OBJECT, CR_FLAG_FROZEN | CR_FLAG_STATIC_SLOTS, 0), (count), (count), (cr_slot *)(slots), 0, 0, 0 }
/* A function without captured variables: exists before the program runs, so elements can point to it. */
#define CR_STATIC_FUNCTION(info)                                                                              \
    { { CR_STATIC_HEAD(FUNCTION, 0, 0), 0, 0, 0, 0, 0, 0 }, (info), 0, 0 }
/* A frozen array over a static table of values (several children of an element). */
#define CR_STATIC_ARRAY(count, items)                                                                         \
    { { CR_STATIC_HEAD(ARRAY, CR_FLAG_FROZEN, 0), 0, 0, 0, 0, 0, 0 }, (cr_value *)(items), (count), (count) }
/* The value of a static object, and of a number by its bits (NaN canonical), as constant expressions. */
#define CR_REF(object)  ((cr_value)(uintptr_t)&(object))
#define CR_NUMBER(bits) ((cr_value)(bits) + CR_NUMBER_OFFSET)

/* ---- literals ------------------------------------------------------------------------------------------ */
/* A fresh object or array from a template. */
cr_value cr_instantiate(cr_context *cx, const void *template_);
/* A fresh object with `count` properties, keys[i] = values[i] (later duplicates win, in the place of the first). */
cr_value cr_object_literal(cr_context *cx, uint32_t count, const cr_string *const *keys, const cr_value *values);
/* Defines an own property of an object literal under construction; `key` is any value (computed keys). */
bool cr_define(cr_context *cx, cr_value object, cr_value key, cr_value value);
bool cr_define_accessor(cr_context *cx, cr_value object, cr_value key, cr_value getter, cr_value setter, uint32_t flags);
/* `{...source}`: copies own enumerable properties; an unknown source suspends. */
bool cr_object_spread(cr_context *cx, cr_value object, cr_value source);
/* `[...source]`: appends what iterating `source` gives; an unknown suspends. */
/* `text`: the source as written, for the message; with "..." before it: as an argument of a call; "": it has no name. */
bool cr_array_spread(cr_context *cx, cr_value array, cr_value source, const char *text);
/* `const {a, b, ...rest} = source`: a fresh object of what is left. */
cr_value cr_object_rest(cr_context *cx, cr_value source, uint32_t count, const cr_value *excluded_keys);
/* Before `const {key} = value`: TypeError "Cannot destructure property 'key' of 'text' as it is undefined." for
 * undefined and null, without the property when `key` is undefined (an empty or computed pattern); `text` is the
 * value as written ("": it has no name); false: threw. */
bool cr_require_object(cr_context *cx, cr_value value, cr_value key, const char *text);
/* A template literal: String() of each part, joined. Unknown parts lift. */
cr_value cr_template(cr_context *cx, uint32_t count, const cr_value *parts);
/* /source/flags; fails to link only where PCRE2 is absent. */
cr_value cr_regexp(cr_context *cx, const cr_string *source, const cr_string *flags);
/* A closure over `count` cells. */
cr_value cr_closure(cr_context *cx, const cr_function_info *info, uint32_t count, cr_cell *const *cells);
cr_cell *cr_cell_new(cr_context *cx, cr_value initial);
/* One method, accessor or static member of a class under construction. */
bool cr_class_method(cr_context *cx, cr_value class_, cr_value key, cr_value method, bool is_static);
bool cr_class_accessor(cr_context *cx, cr_value class_, cr_value key, cr_value getter, cr_value setter, bool is_static);
/* `class_ extends super`: links prototypes and statics. Throws when `super` is no constructor. */
bool cr_class_extends(cr_context *cx, cr_value class_, cr_value super);
/* Defines a field of `this` or a static field of a class. */
bool cr_define_field(cr_context *cx, cr_value object, cr_value key, cr_value value);

/* ---- properties ---------------------------------------------------------------------------------------- */
/* object.key. Of an unknown: lifts. Of undefined or null: V8's TypeError. */
cr_value cr_get(cr_context *cx, cr_value object, const cr_string *key);
cr_value cr_get_element(cr_context *cx, cr_value object, cr_value key);
/* object.key = value; answers false after a throw (frozen, undefined …). */
bool cr_set(cr_context *cx, cr_value object, const cr_string *key, cr_value value);
bool cr_set_element(cr_context *cx, cr_value object, cr_value key, cr_value value);
cr_value cr_delete(cr_context *cx, cr_value object, cr_value key);
cr_value cr_in(cr_context *cx, cr_value key, cr_value object);
cr_value cr_instance_of(cr_context *cx, cr_value value, cr_value class_);

/* ---- calls --------------------------------------------------------------------------------------------- */
/* callee(...). `text` is the callee as written, for "x.y is not a function". An unknown callee lifts. */
cr_value cr_call(cr_context *cx, cr_value callee, cr_value this_value, uint32_t argc, const cr_value *argv, const char *text);
/* object.key(...), looked up and called in one go. */
cr_value cr_call_method(cr_context *cx, cr_value object, const cr_string *key, uint32_t argc, const cr_value *argv, const char *text);
cr_value cr_new(cr_context *cx, cr_value class_, uint32_t argc, const cr_value *argv, const char *text);
/* f(...array): the arguments as one array. */
cr_value cr_call_spread(cr_context *cx, cr_value callee, cr_value this_value, cr_value arguments, const char *text);
cr_value cr_new_spread(cr_context *cx, cr_value class_, cr_value arguments, const char *text);
/* The arguments from `from` on, as an array (rest parameters). */
cr_value cr_rest(cr_context *cx, uint32_t argc, const cr_value *argv, uint32_t from);
/* super(...) of a derived class: makes `this`. */
cr_value cr_super_call(cr_context *cx, const cr_function *self, uint32_t argc, const cr_value *argv);
/* await: runs other tasks until the promise is settled. Only inside async functions and async modules. */
cr_value cr_await(cr_context *cx, cr_value value);

/* ---- operators (unknowns: arithmetic lifts, comparison suspends) -------------------------------------- */
cr_value cr_add(cr_context *cx, cr_value a, cr_value b);
cr_value cr_sub(cr_context *cx, cr_value a, cr_value b);
cr_value cr_mul(cr_context *cx, cr_value a, cr_value b);
cr_value cr_div(cr_context *cx, cr_value a, cr_value b);
cr_value cr_mod(cr_context *cx, cr_value a, cr_value b);
cr_value cr_pow(cr_context *cx, cr_value a, cr_value b);
cr_value cr_bit_and(cr_context *cx, cr_value a, cr_value b);
cr_value cr_bit_or(cr_context *cx, cr_value a, cr_value b);
cr_value cr_bit_xor(cr_context *cx, cr_value a, cr_value b);
cr_value cr_shift_left(cr_context *cx, cr_value a, cr_value b);
cr_value cr_shift_right(cr_context *cx, cr_value a, cr_value b);
cr_value cr_shift_right_unsigned(cr_context *cx, cr_value a, cr_value b);
cr_value cr_bit_not(cr_context *cx, cr_value a);
cr_value cr_negate(cr_context *cx, cr_value a);
cr_value cr_plus(cr_context *cx, cr_value a);      /* unary +, ToNumber */
cr_value cr_increment(cr_context *cx, cr_value a); /* ToNumber, then + 1 */
cr_value cr_decrement(cr_context *cx, cr_value a);
cr_value cr_less(cr_context *cx, cr_value a, cr_value b);
cr_value cr_less_equal(cr_context *cx, cr_value a, cr_value b);
cr_value cr_greater(cr_context *cx, cr_value a, cr_value b);
cr_value cr_greater_equal(cr_context *cx, cr_value a, cr_value b);
/* === and !==. Unknown against undefined or null: assumes "not equal"; against anything else: suspends. */
cr_value cr_equal(cr_context *cx, cr_value a, cr_value b);
cr_value cr_not_equal(cr_context *cx, cr_value a, cr_value b);
cr_value cr_typeof(cr_context *cx, cr_value a); /* unknown: suspends */
/* ToBoolean. Never throws; an unknown is true, and the assumption is noted. */
bool cr_truthy(cr_context *cx, cr_value v);
/* v === null || v === undefined, for ?? and ?. and == null. An unknown is not, and the assumption is noted. */
bool cr_nullish(cr_context *cx, cr_value v);
/* ToPropertyKey, for keys that are evaluated before what follows them. */
cr_value cr_to_key(cr_context *cx, cr_value v);
cr_value cr_to_string(cr_context *cx, cr_value v);

/* ---- iteration ----------------------------------------------------------------------------------------- */
/* for-of and array destructuring. Arrays, strings, Map, Set and their iterators; an unknown suspends. */
typedef struct cr_iterator {
    cr_value source, next_method; /* next_method: of iterators that are objects of the program */
    uint32_t position;
    uint32_t mode;
} cr_iterator;
bool cr_iterate(cr_context *cx, cr_iterator *iterator, cr_value iterable); /* false: threw */
/* The same; `text` is the value as written, for "x is not iterable" ("": it has no name). */
bool cr_iterate_text(cr_context *cx, cr_iterator *iterator, cr_value iterable, const char *text);
/* The next value in *value. 1: there is one; 0: at the end, *value is undefined, and so again; -1: threw (and is
 * then at the end). */
int cr_next(cr_context *cx, cr_iterator *iterator, cr_value *value);
/* Leaves the loop early (break, return, throw): calls the iterator's `return` where it has one; false: threw.
 * Does nothing at the end. */
bool cr_iterator_close(cr_context *cx, cr_iterator *iterator);
/* `const [a, , b] = iterable`: the first `count` values (undefined past the end), then closes; false: threw. */
bool cr_take(cr_context *cx, cr_value iterable, uint32_t count, cr_value *values, const char *text);
/* for-in: the keys to visit, as an array of strings. */
cr_value cr_for_in_keys(cr_context *cx, cr_value object);

/* ---- exceptions ---------------------------------------------------------------------------------------- */
/* Makes `value` the pending exception; always CR_EXCEPTION. */
cr_value cr_throw(cr_context *cx, cr_value value);
/* In a catch clause: takes the pending exception. CR_EXCEPTION when it cannot be caught (a suspended component,
 * an interrupted run): jump to the next handler outwards. */
cr_value cr_catch(cr_context *cx);
/* In a finally clause: sets any pending exception aside, and puts it back. */
typedef struct cr_pending {
    uint32_t kind;
    cr_value value;
    const void *detail;
} cr_pending;
void cr_pending_save(cr_context *cx, cr_pending *pending);
cr_value cr_pending_restore(cr_context *cx, const cr_pending *pending);
/* Reading a binding in its temporal dead zone: ReferenceError "Cannot access 'name' before initialization". */
cr_value cr_uninitialized(cr_context *cx, const char *name);
/* TypeError "Assignment to constant variable." */
cr_value cr_assign_constant(cr_context *cx);
/* ReferenceError "name is not defined". */
cr_value cr_not_defined(cr_context *cx, const char *name);

/* ---- JSX ----------------------------------------------------------------------------------------------- */
/* <type key={key} …props>: `props` must be a fresh object; it is frozen. key: CR_UNDEFINED; anything that becomes
 * a string; CR_UNINITIALIZED: the property `key` that a spread may have brought into props, taken out of it. */
cr_value cr_element_new(cr_context *cx, cr_value type, cr_value key, cr_value props, const cr_site *site);

/* ---- the program --------------------------------------------------------------------------------------- */
typedef struct cr_module {
    const char *name; /* path relative to the entry's folder */
    cr_code evaluate; /* top-level code; called with no arguments */
    bool is_async;    /* has a top-level await: runs as an async function */
    const char *hash; /* 32 hex digits of XXH3-128 over its generated C */
} cr_module;

typedef struct cr_program {
    uint32_t abi_version; /* CR_ABI_VERSION at compile time */
    const char *name;     /* entry's file name without its ending */
    const cr_module *modules; /* in order of evaluation */
    uint32_t module_count;
    const struct cr_library *const *libraries; /* what the program imports of 'creact/…', NULL-terminated */
} cr_program;

/* A part of the runtime that a program links only if it imports it: 'creact/local' is cr_library_local. */
typedef struct cr_library {
    const char *name;                             /* "creact/local" */
    const struct cr_provider_type *const *providers; /* NULL-terminated; see creact/provider.h */
} cr_library;

/* Runs the deploy binary: parses argv, evaluates the program, carries out the command. Returns the exit status. */
int cr_main(const cr_program *program, int argc, char **argv);

/* Exports of the runtime, by name: `import { useState } from 'creact'` is cr_lib_creact__useState, and
 * 'creact/local' LocalProvider is cr_lib_creact_local__LocalProvider; each is a cr_function. Globals (Math,
 * JSON, console …) are cr_global_Math …, a cr_object or cr_function as creact/globals.def says. */
#endif
