/* base/map.h: a hash map from byte strings to pointers. Open addressing, linear probing, at most 3/4 full.
 *
 * Keys are borrowed: they must outlive the map. Iteration is in insertion order, so that nothing that is
 * printed or generated depends on a hash (promise L3).
 *
 *     map names = {0};
 *     map_put(&names, STR("a"), value);
 *     for (size_t i = 0; i < names.count; i++) use(names.entries[i].key, names.entries[i].value);
 *     map_release(&names);                                                                                */
#ifndef CREACT_BASE_MAP_H
#define CREACT_BASE_MAP_H

#include <stdint.h>

#include "base/str.h"

typedef struct map_entry {
    str key;
    uint64_t hash;
    void *value;
} map_entry;

typedef struct map_slot {
    uint32_t reference; /* 1 + index into entries, 0 is free */
    uint32_t hash;      /* its upper half: an entry of another key is seldom looked at */
} map_slot;

typedef struct map {
    map_entry *entries; /* in insertion order */
    map_slot *slots;
    size_t count, capacity, slot_count;
} map;

void map_release(map *self);
/* Room for `count` keys in all, so that adding them moves nothing. */
void map_reserve(map *self, size_t count);
/* The value of `key`, or NULL. */
void *map_get(const map *self, str key);
/* Where the value of `key` is kept, added as NULL if it was absent; good until the next change. */
void **map_at(map *self, str key);
static inline void map_put(map *self, str key, void *value) { *map_at(self, key) = value; }

#endif
