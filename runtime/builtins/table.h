/* builtins/table.h: turns the rows of builtins.def into static functions and lazy objects.
 *
 * A file that implements an owner says
 *     BUILTIN_MEMBERS(array_prototype, MEMBERS_Array_prototype)
 * and gets a native_table of that name. The objects exist before the program runs and cost nothing until they are
 * used: their slots are made at the first look-up (CR_FLAG_LAZY).                                            */
#ifndef CREACT_BUILTINS_TABLE_H
#define CREACT_BUILTINS_TABLE_H

#include "builtins/builtins.h"
#include "value/object.h"
#include "value/string.h"

/* Flags of rows. GETTER is the table's own and lies above those of cr_function_info. */
enum { PURE = CR_FUNCTION_PURE, GETTER = 1 << 15, METHOD_FLAGS = CR_FUNCTION_NATIVE | CR_FUNCTION_METHOD };

#define BUILTIN_FUNCTION(id, js_name, arity_, flags_)                                                         \
    static cr_string id##_name = STRING_LITERAL_INIT(#js_name);                                               \
    static const cr_function_info id##_info = {&id##_name, native_##id, (arity_), (uint16_t)(flags_), {0, 0, 0}}; \
    static cr_function id##_function = CR_STATIC_FUNCTION(&id##_info);

#define BUILTIN_METHOD_ROW(id, js_name, arity_, flags_, declaration, text)                                    \
    BUILTIN_FUNCTION(id, js_name, arity_, CR_FUNCTION_NATIVE | CR_FUNCTION_METHOD | ((flags_) & ~GETTER))
#define BUILTIN_STATIC_ROW(id, js_name, arity_, flags_, declaration, text)                                    \
    BUILTIN_FUNCTION(id, js_name, arity_, CR_FUNCTION_NATIVE | (flags_))
#define BUILTIN_MEMBER_ROW(id, js_name, arity_, flags_, declaration, text)                                    \
    {&id##_name, &id##_function, {0}, NULL, CR_SLOT_HIDDEN, ((flags_) & GETTER) != 0},
#define BUILTIN_CONSTANT_FUNCTION(js_name, expression, text)                                                  \
    static cr_value make_##js_name(cr_context *cx) { return cr_number(expression); }                          \
    static cr_string constant_##js_name = STRING_LITERAL_INIT(#js_name);
#define BUILTIN_CONSTANT_ROW(js_name, expression, text)                                                       \
    {&constant_##js_name, NULL, {0}, make_##js_name, CR_SLOT_HIDDEN | CR_SLOT_READONLY | CR_SLOT_LOCKED, false},

#define BUILTIN_NO_ROWS(X)

/* The members of a prototype whose constructor is `constructor_`. */
#define BUILTIN_PROTOTYPE(name_, LIST, constructor_)                                                          \
    LIST(BUILTIN_METHOD_ROW)                                                                                  \
    static cr_string name_##_constructor_name = STRING_LITERAL_INIT("constructor");                           \
    static const native_member name_##_members[] = {                                                          \
        {&name_##_constructor_name, &(constructor_), {0}, NULL, CR_SLOT_HIDDEN, false}, LIST(BUILTIN_MEMBER_ROW)}; \
    static native_table name_##_table = {name_##_members, sizeof name_##_members / sizeof(native_member), NULL}; \
    cr_object name_ = {{CR_KIND_OBJECT, CR_FLAG_LAZY, 0, 0}, 0, 0, NULL, NULL, NULL, &name_##_table};

/* A native_table of static functions and constants. */
#define BUILTIN_STATICS(name_, LIST, CONSTANTS)                                                               \
    LIST(BUILTIN_STATIC_ROW)                                                                                  \
    CONSTANTS(BUILTIN_CONSTANT_FUNCTION)                                                                      \
    static const native_member name_##_members[] = {LIST(BUILTIN_MEMBER_ROW) CONSTANTS(BUILTIN_CONSTANT_ROW)}; \
    static native_table name_##_table = {name_##_members, sizeof name_##_members / sizeof(native_member), #name_};

/* A global object (Math): statics of the same name come before. */
#define BUILTIN_OBJECT(name_)                                                                                 \
    cr_object cr_global_##name_ = {{CR_KIND_OBJECT, CR_FLAG_LAZY, 0, 0}, 0, 0, NULL, NULL, NULL, &name_##_table};

/* A global constructor. `prototype_object` may be NULL for a plain function; `table` NULL: no statics. */
#define BUILTIN_CONSTRUCTOR(js_name, code_, arity_, flags_, prototype_object, table_)                         \
    static cr_string js_name##_global_name = STRING_LITERAL_INIT(#js_name);                                   \
    static const cr_function_info js_name##_global_info = {                                                   \
        &js_name##_global_name, code_, (arity_), CR_FUNCTION_NATIVE | (flags_), {0, 0, 0}};                   \
    cr_function cr_global_##js_name = {                                                                       \
        {{CR_KIND_FUNCTION, CR_FLAG_LAZY, 0, 0}, 0, 0, NULL, NULL, NULL, (table_)}, &js_name##_global_info, NULL, (prototype_object)};

/* A global function that is PURE and no constructor. */
#define BUILTIN_GLOBAL_FUNCTION(id, js_name, arity_) BUILTIN_GLOBAL(id, js_name, arity_, CR_FUNCTION_PURE)
#define BUILTIN_GLOBAL(id, js_name, arity_, flags_)                                                           \
    static cr_string id##_global_name = STRING_LITERAL_INIT(#js_name);                                        \
    static const cr_function_info id##_global_info = {                                                        \
        &id##_global_name, native_##id, (arity_), CR_FUNCTION_NATIVE | (flags_), {0, 0, 0}};                  \
    cr_function cr_global_##js_name = CR_STATIC_FUNCTION(&id##_global_info);

/* For constructors without statics. */
#define BUILTIN_NO_STATICS(name_) static native_table name_##_table = {NULL, 0, #name_};

#endif
