/* value/object.h: ordinary properties: finding, adding, removing, listing.
 *
 * Nothing here runs the user's code, looks at the prototype chain or knows arrays and host objects; that is
 * property.h. Slots stay in insertion order; past OBJECT_LINEAR_MAX an index is built.                      */
#ifndef CREACT_VALUE_OBJECT_H
#define CREACT_VALUE_OBJECT_H

#include "value/context.h"

enum { OBJECT_LINEAR_MAX = 8 };
enum { OBJECT_NULL_PROTO = 1 }; /* in head.reserved: inherits from nothing */

/* A fresh object that inherits from `proto` (NULL: Object.prototype). */
cr_object *object_new(cr_context *cx, cr_object *proto);
/* Room for `capacity` properties. */
void object_reserve(cr_context *cx, cr_object *self, uint32_t capacity);

/* The slot of an own ordinary property, NULL when absent. Good until the next change of the object. */
cr_slot *object_find(const cr_object *self, const cr_string *key);
/* The slot of `key`, added (undefined, flags 0) when absent; ignores FROZEN. Makes static slots writable. */
cr_slot *object_slot(cr_context *cx, cr_object *self, const cr_string *key);
/* Defines or overwrites, whatever the flags were. */
void object_define(cr_context *cx, cr_object *self, const cr_string *key, cr_value value, uint32_t flags);
void object_remove(cr_context *cx, cr_object *self, const cr_string *key);

/* What `self` inherits from, the default of its kind included; NULL at the end of the chain. */
cr_object *object_proto(const cr_context *cx, const cr_object *self);

/* ---- objects of builtins/ that get their slots at the first use ---------------------------------------- */

typedef struct native_member {
    cr_string *name;
    cr_function *function; /* NULL: a constant, or what `make` answers */
    cr_const value;
    cr_value (*make)(cr_context *cx); /* made once, at the first use of the object */
    uint32_t slot_flags;
    bool getter; /* `function` is a getter */
} native_member;

/* A lazy object's `host`. Not const, because `host` is not. */
typedef struct native_table {
    const native_member *members;
    uint32_t count;
    const char *name; /* "Math", for printing calls of unknowns; NULL for a prototype */
} native_table;

/* Gives a CR_FLAG_LAZY object its slots. context_free makes it lazy again. */
void object_expand(cr_context *cx, cr_object *self);
static inline void object_ready(cr_context *cx, cr_object *self) {
    if ((self->head.flags & CR_FLAG_LAZY) != 0) object_expand(cx, self);
}

/* ---- arrays -------------------------------------------------------------------------------------------- */

/* Arrays are dense; a write far past the end is refused: RangeError "Invalid array length". */
enum { ARRAY_LENGTH_MAX = 1 << 26 };

cr_array *array_with_capacity(cr_context *cx, uint32_t capacity);
/* Sets the length; new elements are holes. false: threw. */
bool array_set_length(cr_context *cx, cr_array *self, uint32_t length);
bool array_reserve(cr_context *cx, cr_array *self, uint32_t capacity);
/* As cr_array_push, without the check of the kind; false: threw (frozen, too long). */
bool array_append(cr_context *cx, cr_array *self, cr_value value);

#endif
