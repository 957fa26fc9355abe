#include "base/map.h"

#include "base/bug.h"
#include "base/hash.h"
#include "base/mem.h"

enum { SLOTS_MIN = 16 };

void map_release(map *self) {
    mem_free(self->entries);
    mem_free(self->slots);
    *self = (map){0};
}

/* The slot that holds `key`, or the free one where it belongs. */
static size_t find_slot(const map *self, str key, uint64_t hash) {
    size_t mask = self->slot_count - 1;
    for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        map_slot taken = self->slots[slot];
        if (taken.reference == 0) return slot;
        if (taken.hash != hash >> 32) continue;
        const map_entry *entry = &self->entries[taken.reference - 1];
        if (entry->hash == hash && str_equal(entry->key, key)) return slot;
    }
}

void *map_get(const map *self, str key) {
    if (self->count == 0) return NULL;
    uint32_t reference = self->slots[find_slot(self, key, hash_bytes(key.bytes, key.length))].reference;
    return reference != 0 ? self->entries[reference - 1].value : NULL;
}

static void set_slot_count(map *self, size_t slot_count) {
    self->slot_count = slot_count;
    mem_free(self->slots);
    self->slots = mem_zeroed(self->slot_count, sizeof *self->slots);
    for (size_t i = 0; i < self->count; i++) {
        uint64_t hash = self->entries[i].hash;
        size_t slot = hash & (slot_count - 1); /* all keys are different, so the first free one is right */
        while (self->slots[slot].reference != 0) slot = (slot + 1) & (slot_count - 1);
        self->slots[slot] = (map_slot){(uint32_t)i + 1, (uint32_t)(hash >> 32)};
    }
}

void map_reserve(map *self, size_t count) {
    size_t slot_count = self->slot_count != 0 ? self->slot_count : SLOTS_MIN;
    while (count * 4 > slot_count * 3) slot_count *= 2;
    if (slot_count != self->slot_count) set_slot_count(self, slot_count);
    if (count <= self->capacity) return;
    self->entries = mem_resize(self->entries, count * sizeof *self->entries);
    self->capacity = count;
}

void **map_at(map *self, str key) {
    uint64_t hash = hash_bytes(key.bytes, key.length);
    if ((self->count + 1) * 4 > self->slot_count * 3)
        set_slot_count(self, self->slot_count != 0 ? self->slot_count * 2 : SLOTS_MIN);
    size_t slot = find_slot(self, key, hash);
    if (self->slots[slot].reference == 0) {
        MUST(self->count < UINT32_MAX);
        if (self->count == self->capacity) {
            self->capacity = self->capacity != 0 ? self->capacity * 2 : 8;
            self->entries = mem_resize(self->entries, self->capacity * sizeof *self->entries);
        }
        self->entries[self->count++] = (map_entry){key, hash, NULL};
        self->slots[slot] = (map_slot){(uint32_t)self->count, (uint32_t)(hash >> 32)};
    }
    return &self->entries[self->slots[slot].reference - 1].value;
}
