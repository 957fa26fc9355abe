/* builtins/builtins.h: the standard library of the language.
 *
 * builtins.def lists every member; one file implements each owner; creact/globals.def lists the global names.
 * The objects are static and lazy, so a program pays only for what it touches, and a binary only links what it
 * names (regular expressions and PCRE2 come with the first literal or `RegExp`).                            */
#ifndef CREACT_BUILTINS_BUILTINS_H
#define CREACT_BUILTINS_BUILTINS_H

#include "builtins/builtins.def"
#include "value/context.h"

/* Tells the context what values inherit from. Call once, right after context_new. */
void builtins_install(cr_context *cx);

/* The members: cr_value native_array_map(…) … */
#define X(id, name, arity, flags, declaration, text)                                                          \
    cr_value native_##id(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv);
#define OWNER(owner) MEMBERS_##owner(X)
MEMBER_OWNERS(OWNER)
#undef OWNER
#undef X

/* The globals. */
#define KIND_OBJECT cr_object
#define KIND_FUNCTION cr_function
#define CR_GLOBAL(name, kind) extern KIND_##kind cr_global_##name;
#define CR_GLOBAL_CONSTANT(name, value)
#include "creact/globals.def"
#undef CR_GLOBAL
#undef CR_GLOBAL_CONSTANT
#undef KIND_OBJECT
#undef KIND_FUNCTION
extern cr_function cr_global_AggregateError, cr_global_URIError, cr_global_Function;

extern cr_object array_prototype, object_prototype, function_prototype, string_prototype, number_prototype, boolean_prototype,
    map_prototype, set_prototype, iterator_prototype, promise_prototype, regexp_prototype, Error_prototype, TypeError_prototype,
    RangeError_prototype, ReferenceError_prototype, SyntaxError_prototype, URIError_prototype, AggregateError_prototype;

/* What String.prototype.replace, split, match … need of regular expressions; the first one made registers it, so
 * that a program without any does not link PCRE2. All take a regular expression as `pattern`. */
typedef struct regexp_operations {
    cr_value (*replace)(cr_context *cx, cr_value pattern, const cr_string *text, cr_value by);
    cr_value (*split)(cr_context *cx, cr_value pattern, const cr_string *text, uint32_t limit);
    cr_value (*match)(cr_context *cx, cr_value pattern, const cr_string *text);
    cr_value (*match_all)(cr_context *cx, cr_value pattern, const cr_string *text);
    cr_value (*search)(cr_context *cx, cr_value pattern, const cr_string *text);
    bool (*is_global)(cr_value pattern);
    const cr_string *(*literal)(cr_context *cx, cr_value pattern); /* "/source/flags" */
} regexp_operations;

/* The natives' usual beginning. */
#define NATIVE(id)                                                                                            \
    cr_value native_##id(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv)

#endif
