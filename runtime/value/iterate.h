/* value/iterate.h: iterators as objects of the program: what map.entries(), array.keys(), matchAll answer.
 * for-of itself goes by cr_iterate and cr_next (creact/abi.h).                                              */
#ifndef CREACT_VALUE_ITERATE_H
#define CREACT_VALUE_ITERATE_H

#include "value/host.h"

/* ITERATE_FOR_IN: the source is an array of keys and, last, the object that they are of; a key that the object has
 * lost in the meantime is passed over. */
typedef enum iterator_kind { ITERATE_VALUES, ITERATE_KEYS, ITERATE_ENTRIES, ITERATE_FOR_IN } iterator_kind;

/* An iterator over an array, Map, Set or string. `name` is what console.log shows: "Map Entries". */
cr_value iterator_new(cr_context *cx, cr_value source, iterator_kind kind, const cr_host_class *class);
/* The next value: 1: there is one, 0: at the end, -1: threw. */
int iterator_step(cr_context *cx, cr_host *iterator, cr_value *value);
bool value_is_iterator(cr_value v);
/* cr_iterate_text for f(...iterable), where V8 words its messages otherwise. */
bool iterate_argument(cr_context *cx, cr_iterator *iterator, cr_value iterable, const char *text);
/* What an iterator of a Map or Set has still to give, without moving it; NULL for other iterators. */
const cr_array *iterator_rest(cr_context *cx, cr_value iterator);

/* To add one: a row; X(id, as console.log shows it) */
#define ITERATOR_CLASS_LIST(X)                                                                                \
    X(array, "Object [Array Iterator]")                                                                       \
    X(string, "Object [String Iterator]")                                                                     \
    X(map, "[Map Iterator]")                                                                                  \
    X(map_entries, "[Map Entries]")                                                                           \
    X(set, "[Set Iterator]")                                                                                  \
    X(set_entries, "[Set Entries]")                                                                           \
    X(for_in, "")  /* no program sees it */                                                                  \
    X(matches, "Object [RegExp String Iterator]")
#define X(id, text) extern const cr_host_class iterator_class_##id;
ITERATOR_CLASS_LIST(X)
#undef X

#endif
