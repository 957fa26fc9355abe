/* value/collection.h: Map and Set: a hash table that remembers the order of insertion.
 *
 * Entries are only ever appended; a deleted one stays as a mark. So an iterator is a position, and is good
 * whatever happens to the collection while it runs, as the language asks.                                   */
#ifndef CREACT_VALUE_COLLECTION_H
#define CREACT_VALUE_COLLECTION_H

#include "value/context.h"

typedef struct collection_entry {
    cr_value key; /* CR_HOLE: deleted */
    cr_value value;
} collection_entry;

typedef struct cr_collection {
    cr_object object;
    collection_entry *entries;
    uint32_t count, capacity; /* of entries, deleted ones included */
    uint32_t live;
    uint32_t *index; /* 1 + entry, 0 free; index_size is a power of two */
    uint32_t index_size;
} cr_collection;

static inline cr_collection *cr_as_collection(cr_value v) { return (cr_collection *)(uintptr_t)v; }

/* `kind` is CR_KIND_MAP or CR_KIND_SET. */
cr_value collection_new(cr_context *cx, cr_kind kind, cr_object *proto);
/* The entry of `key` (compared as SameValueZero), NULL when absent. */
collection_entry *collection_find(const cr_collection *self, cr_value key);
void collection_put(cr_context *cx, cr_collection *self, cr_value key, cr_value value);
bool collection_delete(cr_collection *self, cr_value key);
void collection_clear(cr_collection *self);
/* The next live entry at or after *position, which is moved past it; NULL at the end. */
collection_entry *collection_next(const cr_collection *self, uint32_t *position);

#endif
