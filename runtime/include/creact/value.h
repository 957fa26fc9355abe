/* creact/value.h: JavaScript values, as generated C, the runtime and providers see them.
 *
 * A cr_value is 64 bits:
 *   0                         CR_EXCEPTION: no value; an exception is pending in the context
 *   2 4 6 8 10 12             undefined null false true, an array hole, an uninitialised binding
 *   4096 … 2^48-1             a pointer to a cr_heap object (its first byte is the kind)
 *   2^49 … 2^64-1             a double: its bits plus CR_NUMBER_OFFSET, NaN canonical
 * Pointers stand for themselves, so that strings, functions, elements and whole trees can be static tables of
 * generated C (a C constant expression cannot set tag bits in an address). The idea is JavaScriptCore's.
 *
 * Ownership: every heap object belongs to the context's heap (an arena) and lives as long as the context.
 * Threads: a context and its values belong to one thread.                                                  */
#ifndef CREACT_VALUE_H
#define CREACT_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t cr_value;
typedef struct cr_context cr_context;

#define CR_EXCEPTION     ((cr_value)0)
#define CR_UNDEFINED     ((cr_value)2)
#define CR_NULL          ((cr_value)4)
#define CR_FALSE         ((cr_value)6)
#define CR_TRUE          ((cr_value)8)
#define CR_HOLE          ((cr_value)10) /* only inside arrays */
#define CR_UNINITIALIZED ((cr_value)12) /* only inside bindings: the temporal dead zone */

#define CR_NUMBER_OFFSET  ((uint64_t)1 << 49)
#define CR_NAN_BITS       ((uint64_t)0x7ff8000000000000u)
#define CR_POINTER_MIN    ((cr_value)4096)
#define CR_POINTER_LIMIT  ((cr_value)1 << 48)

/* A value in a static table: a pointer, or the bits of anything else. Same size and layout as cr_value. */
typedef union cr_const {
    const void *pointer;
    cr_value bits;
} cr_const;

/* To add a kind: a row here, its struct below (or in its own header of value/), a case in value/property.c. */
#define CR_KIND_LIST(X)                                                                                       \
    X(STRING) X(OBJECT) X(ARRAY) X(FUNCTION) X(ELEMENT) X(UNKNOWN) X(MAP) X(SET) X(REGEXP) X(PROMISE) X(HOST)  \
    X(TEMPLATE_OBJECT) X(TEMPLATE_ARRAY) X(CELL)

typedef enum cr_kind {
#define X(name) CR_KIND_##name,
    CR_KIND_LIST(X)
#undef X
} cr_kind;

typedef struct cr_heap {
    uint8_t kind;  /* cr_kind */
    uint8_t flags; /* CR_FLAG_… */
    uint16_t reserved;
    uint32_t length; /* of a string in code units, of a template in entries; else unused */
} cr_heap;

enum {
    CR_FLAG_WIDE = 1 << 0,         /* string: 16-bit units; without it, 8-bit units (Latin-1) */
    CR_FLAG_FROZEN = 1 << 1,       /* object: no property can be added, changed or removed */
    CR_FLAG_NOT_EXTENSIBLE = 1 << 2,
    CR_FLAG_STATIC_SLOTS = 1 << 3, /* object: `slots` is a table of generated C; copied before the first write */
    CR_FLAG_ERROR = 1 << 4,        /* object: made by an Error constructor */
    CR_FLAG_INSTANCE = 1 << 5,     /* object: a construct's instance; `host` is its cloud_node */
    CR_FLAG_KEEPS_HASH = 1 << 6,   /* string: writable, so a computed hash is kept */
    CR_FLAG_LAZY = 1 << 7,         /* object of builtins/: `host` says which slots it gets at its first use */
};

/* Which resources a value was made from; a set in order of first use. Strings carry it (R1: edges survive the
 * value becoming known). */
typedef struct cr_origin {
    uint32_t count;
    const void *nodes[]; /* cloud_node, opaque here */
} cr_origin;

typedef struct cr_string {
    cr_heap head;            /* head.length: code units */
    uint32_t hash;           /* cr_string_hash, 0 when not computed yet */
    uint32_t reserved;
    const void *units;       /* uint8_t or uint16_t (CR_FLAG_WIDE) */
    const cr_origin *origin; /* NULL for most */
} cr_string;

enum {
    CR_SLOT_HIDDEN = 1 << 0,   /* not enumerable */
    CR_SLOT_READONLY = 1 << 1, /* not writable */
    CR_SLOT_LOCKED = 1 << 2,   /* not configurable */
    CR_SLOT_ACCESSOR = 1 << 3, /* `value` is an array of [getter, setter] */
};

typedef struct cr_slot {
    const cr_string *key;
    cr_const value;
    uint32_t flags;
    uint32_t reserved;
} cr_slot;

/* Keys are compared by hash and content, so they need no interning. Slots are in insertion order; array-index
 * keys are put first only when keys are listed. */
typedef struct cr_object {
    cr_heap head;
    uint32_t count, capacity;
    cr_slot *slots;
    uint32_t *index; /* hash table over slots, built past 8 properties; NULL before */
    struct cr_object *proto;
    void *host; /* what the engine hangs on an object: a cloud_node, a provider … */
} cr_object;

typedef struct cr_array {
    cr_object object; /* properties other than the elements; nearly always empty */
    cr_value *items;
    uint32_t length, capacity;
} cr_array;

typedef struct cr_cell {
    cr_heap head;
    cr_value value;
} cr_cell;

/* A place in the user's program. */
typedef struct cr_site {
    const char *file; /* as given to the compiler, relative to the entry's folder */
    uint32_t line, column; /* from 1; columns in UTF-16 units */
} cr_site;

typedef struct cr_function cr_function;

/* The code of a function, generated or native. argv has argc values (missing ones are not filled in). Returns
 * CR_EXCEPTION after cr_throw. */
typedef cr_value (*cr_code)(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                            const cr_value *argv);

enum {
    CR_FUNCTION_ASYNC = 1 << 0,
    CR_FUNCTION_ARROW = 1 << 1,  /* no `new` */
    CR_FUNCTION_METHOD = 1 << 2, /* no `new` */
    CR_FUNCTION_CLASS = 1 << 3,  /* only `new` */
    CR_FUNCTION_NATIVE = 1 << 4,
    CR_FUNCTION_PURE = 1 << 5,    /* native: lifts over unknown arguments and receiver (promise R1) */
    CR_FUNCTION_DERIVED = 1 << 6, /* class with `extends` */
};

typedef struct cr_function_info {
    const cr_string *name;
    cr_code code;
    uint16_t arity; /* the `length` property */
    uint16_t flags; /* CR_FUNCTION_… */
    cr_site site;
} cr_function_info;

struct cr_function {
    cr_object object;
    const cr_function_info *info;
    cr_cell **cells; /* captured variables, in the order that the compiler chose */
    cr_object *prototype; /* of instances made by `new`; NULL until needed */
};

/* A JSX element. Immutable, so one without variable parts is a static table. */
typedef struct cr_element {
    cr_heap head;
    cr_const type;  /* a function (component or construct class), a context's provider object, Fragment */
    cr_const key;   /* a string, or CR_UNDEFINED */
    cr_const props; /* a frozen object, `children` included, `key` not */
    const cr_site *site;
} cr_element;

/* An object or array literal without variable parts. cr_instantiate makes a fresh one each time it is
 * evaluated; an entry that points to another template is instantiated with it. */
typedef struct cr_template_object {
    cr_heap head;
    const cr_slot *slots;
} cr_template_object;
typedef struct cr_template_array {
    cr_heap head;
    const cr_const *items;
} cr_template_array;

static inline bool cr_is_number(cr_value v) { return v >= CR_NUMBER_OFFSET; }
static inline bool cr_is_heap(cr_value v) { return v >= CR_POINTER_MIN && v < CR_POINTER_LIMIT; }
static inline cr_heap *cr_heap_of(cr_value v) { return (cr_heap *)(uintptr_t)v; }
static inline bool cr_is_kind(cr_value v, cr_kind kind) { return cr_is_heap(v) && cr_heap_of(v)->kind == kind; }
static inline bool cr_is_string(cr_value v) { return cr_is_kind(v, CR_KIND_STRING); }
static inline bool cr_is_array(cr_value v) { return cr_is_kind(v, CR_KIND_ARRAY); }
static inline bool cr_is_function(cr_value v) { return cr_is_kind(v, CR_KIND_FUNCTION); }
static inline bool cr_is_element(cr_value v) { return cr_is_kind(v, CR_KIND_ELEMENT); }
static inline bool cr_is_unknown(cr_value v) { return cr_is_kind(v, CR_KIND_UNKNOWN); }
static inline bool cr_is_bool(cr_value v) { return v == CR_FALSE || v == CR_TRUE; }
static inline bool cr_is_nullish(cr_value v) { return v == CR_UNDEFINED || v == CR_NULL; }
/* Everything that typeof calls "object" or "function", null excepted; an unknown is not. */
static inline bool cr_is_object(cr_value v) {
    return cr_is_heap(v) && cr_heap_of(v)->kind != CR_KIND_STRING && cr_heap_of(v)->kind != CR_KIND_UNKNOWN;
}
/* Has the layout of cr_object at its start (OBJECT, ARRAY, FUNCTION, MAP, SET, REGEXP, PROMISE, HOST). */
static inline bool cr_has_slots(cr_value v) {
    return cr_is_object(v) && cr_heap_of(v)->kind != CR_KIND_ELEMENT;
}

static inline cr_value cr_from_bool(bool b) { return b ? CR_TRUE : CR_FALSE; }
static inline cr_value cr_from_pointer(const void *p) { return (cr_value)(uintptr_t)p; }
static inline cr_value cr_number(double d) {
    union { double d; uint64_t bits; } u = {.d = d};
    return (d == d ? u.bits : CR_NAN_BITS) + CR_NUMBER_OFFSET;
}
static inline double cr_to_double(cr_value number) {
    union { uint64_t bits; double d; } u = {.bits = number - CR_NUMBER_OFFSET};
    return u.d;
}
static inline cr_string *cr_as_string(cr_value v) { return (cr_string *)(uintptr_t)v; }
static inline cr_object *cr_as_object(cr_value v) { return (cr_object *)(uintptr_t)v; }
static inline cr_array *cr_as_array(cr_value v) { return (cr_array *)(uintptr_t)v; }
static inline cr_function *cr_as_function(cr_value v) { return (cr_function *)(uintptr_t)v; }
static inline cr_element *cr_as_element(cr_value v) { return (cr_element *)(uintptr_t)v; }

/* ---- strings ---------------------------------------------------------------------------------------- */

/* FNV-1a over the code units as 16-bit numbers (low byte, then high byte only when it is not 0), 0 replaced by
 * 1. The compiler computes the same for its static strings. */
uint32_t cr_string_hash(const cr_string *s);
/* From UTF-8 (invalid bytes become U+FFFD; WTF-8 surrogates survive). Copies. */
cr_value cr_string_utf8(cr_context *cx, const char *bytes, size_t length);
cr_value cr_string_text(cr_context *cx, const char *text); /* NUL-terminated UTF-8 */
/* As NUL-terminated UTF-8 (lone surrogates as U+FFFD) in the context's heap; *length may be NULL. For an
 * argument that is not a string: its String() form without calling the user's code. */
const char *cr_to_utf8(cr_context *cx, cr_value v, size_t *length);
static inline uint32_t cr_unit_at(const cr_string *s, uint32_t i) {
    return (s->head.flags & CR_FLAG_WIDE) != 0 ? ((const uint16_t *)s->units)[i] : ((const uint8_t *)s->units)[i];
}
bool cr_string_equal(const cr_string *a, const cr_string *b);
bool cr_string_is(cr_value v, const char *ascii);

/* ---- objects and arrays, for natives and providers ---------------------------------------------------- */

cr_value cr_object_new(cr_context *cx);
cr_value cr_array_new(cr_context *cx, uint32_t count, const cr_value *items); /* copies items; NULL: all undefined */
/* Own data property by ASCII name, without getters or the prototype: CR_UNDEFINED when absent. */
cr_value cr_field(cr_value object, const char *name);
/* Defines an own property (copies the name). */
void cr_set_field(cr_context *cx, cr_value object, const char *name, cr_value value);
void cr_array_push(cr_context *cx, cr_value array, cr_value value);
/* Own enumerable string keys in JavaScript's order; *count of them, in the context's heap. */
const cr_string **cr_own_keys(cr_context *cx, cr_value object, uint32_t *count);
/* An own property by key, as cr_field. */
cr_value cr_own(cr_value object, const cr_string *key);

#endif
