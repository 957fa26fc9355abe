#include "value/collection.h"

#include "value/string.h"

enum { INDEX_SIZE_MIN = 8 };

cr_value collection_new(cr_context *cx, cr_kind kind, cr_object *proto) {
    cr_collection *self = HEAP_NEW(cx, cr_collection);
    self->object.head.kind = (uint8_t)kind;
    self->object.proto = proto;
    return cr_from_pointer(self);
}

/* 0 and -0 are the same key. */
static cr_value normal_key(cr_value key) { return cr_is_number(key) && cr_to_double(key) == 0 ? cr_number(0) : key; }

static uint32_t hash_of(cr_value key) {
    if (cr_is_string(key)) return cr_string_hash(cr_as_string(key));
    uint64_t mixed = key * 0x9e3779b97f4a7c15u; /* Fibonacci hashing */
    return (uint32_t)(mixed >> 32);
}

static bool same_key(cr_value a, cr_value b) {
    return a == b || (cr_is_string(a) && cr_is_string(b) && cr_string_equal(cr_as_string(a), cr_as_string(b)));
}

collection_entry *collection_find(const cr_collection *self, cr_value key) {
    if (self->live == 0) return NULL;
    key = normal_key(key);
    uint32_t mask = self->index_size - 1;
    for (uint32_t at = hash_of(key) & mask; self->index[at] != 0; at = (at + 1) & mask) {
        collection_entry *entry = &self->entries[self->index[at] - 1];
        if (same_key(entry->key, key)) return entry;
    }
    return NULL;
}

static void index_add(cr_collection *self, uint32_t entry) {
    uint32_t mask = self->index_size - 1, at = hash_of(self->entries[entry].key) & mask;
    while (self->index[at] != 0) at = (at + 1) & mask;
    self->index[at] = entry + 1;
}

/* Makes the index anew over the live entries; deleted ones leave it. */
static void index_build(cr_context *cx, cr_collection *self) {
    uint32_t size = INDEX_SIZE_MIN;
    while (size < self->capacity * 2) size *= 2;
    if (size > self->index_size) {
        self->index = HEAP_ARRAY(cx, uint32_t, size);
        self->index_size = size;
    }
    memset(self->index, 0, sizeof(uint32_t) * self->index_size);
    for (uint32_t i = 0; i < self->count; i++)
        if (self->entries[i].key != CR_HOLE) index_add(self, i);
}

void collection_put(cr_context *cx, cr_collection *self, cr_value key, cr_value value) {
    collection_entry *found = collection_find(self, key);
    if (found != NULL) {
        found->value = value;
        return;
    }
    if (self->count == self->capacity) {
        uint32_t capacity = self->capacity == 0 ? INDEX_SIZE_MIN / 2 : self->capacity * 2;
        collection_entry *entries = HEAP_ARRAY(cx, collection_entry, capacity);
        if (self->count != 0) memcpy(entries, self->entries, sizeof *entries * self->count);
        self->entries = entries;
        self->capacity = capacity;
        index_build(cx, self);
    }
    self->entries[self->count] = (collection_entry){normal_key(key), value};
    index_add(self, self->count++);
    self->live++;
}

bool collection_delete(cr_collection *self, cr_value key) {
    collection_entry *entry = collection_find(self, key);
    if (entry == NULL) return false;
    *entry = (collection_entry){CR_HOLE, CR_UNDEFINED};
    self->live--;
    return true;
}

void collection_clear(cr_collection *self) {
    for (uint32_t i = 0; i < self->count; i++) self->entries[i] = (collection_entry){CR_HOLE, CR_UNDEFINED};
    if (self->index != NULL) memset(self->index, 0, sizeof(uint32_t) * self->index_size);
    self->live = 0;
}

collection_entry *collection_next(const cr_collection *self, uint32_t *position) {
    while (*position < self->count) {
        collection_entry *entry = &self->entries[(*position)++];
        if (entry->key != CR_HOLE) return entry;
    }
    return NULL;
}
