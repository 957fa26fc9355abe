#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/mem.h"

/* Chunks double up to the maximum: small programs stay small, large ones make few system calls. An arena that has
 * grown past ARENA_LARGE_BYTES goes on in chunks of huge pages (see mem_alloc): clearing small pages is otherwise a
 * third of what rendering 100,000 resources costs. */
enum {
    ARENA_CHUNK_BYTES_MIN = 16 * 1024,
    ARENA_CHUNK_BYTES_MAX = 1024 * 1024,
    ARENA_LARGE_BYTES = 16 * 1024 * 1024,
    ARENA_LARGE_CHUNK_BYTES = 8 * 1024 * 1024,
    ARENA_ALIGNMENT = 8, /* pointers, doubles and 64-bit numbers; nothing kept in an arena needs more */
};

struct arena_chunk {
    arena_chunk *older;
    size_t size;
};

void arena_init(arena *self) { *self = (arena){0}; }

void arena_release(arena *self) {
    for (arena_chunk *chunk = self->chunks; chunk != NULL;) {
        arena_chunk *older = chunk->older;
        mem_free(chunk);
        chunk = older;
    }
    arena_init(self);
}

static size_t aligned(size_t size) { return (size + ARENA_ALIGNMENT - 1) & ~(size_t)(ARENA_ALIGNMENT - 1); }

static void add_chunk(arena *self, size_t at_least) {
    size_t header = aligned(sizeof(arena_chunk));
    size_t size = self->chunks != NULL ? self->chunks->size * 2 : ARENA_CHUNK_BYTES_MIN;
    if (size > ARENA_CHUNK_BYTES_MAX) size = ARENA_CHUNK_BYTES_MAX;
    if (self->bytes > ARENA_LARGE_BYTES) size = ARENA_LARGE_CHUNK_BYTES;
    if (size < header + at_least) size = header + at_least;
    arena_chunk *chunk = mem_alloc(size);
    chunk->older = self->chunks;
    chunk->size = size < ARENA_CHUNK_BYTES_MAX ? size : ARENA_CHUNK_BYTES_MAX;
    self->chunks = chunk;
    self->next = (char *)chunk + header;
    self->end = (char *)chunk + size;
}

void *arena_alloc(arena *self, size_t size) {
    MUST(size < SIZE_MAX / 2);
    size = aligned(size != 0 ? size : 1);
    if ((size_t)(self->end - self->next) < size || self->chunks == NULL) add_chunk(self, size);
    void *memory = self->next;
    self->next += size;
    self->bytes += size;
    return memory;
}

void *arena_resize(arena *self, void *memory, size_t size, size_t new_size) {
    size_t old_bytes = aligned(size != 0 ? size : 1), new_bytes = aligned(new_size != 0 ? new_size : 1);
    if (memory != NULL && (char *)memory + old_bytes == self->next && new_bytes <= (size_t)(self->end - (char *)memory)) {
        self->next = (char *)memory + new_bytes;
        self->bytes = self->bytes - old_bytes + new_bytes;
        return memory;
    }
    if (memory != NULL && new_bytes <= old_bytes) return memory;
    void *moved = arena_alloc(self, new_size);
    if (memory != NULL) memcpy(moved, memory, size);
    return moved;
}

void *arena_zeroed(arena *self, size_t size) { return memset(arena_alloc(self, size), 0, size); }

char *arena_copy_text(arena *self, const char *text, size_t length) {
    char *copy = arena_alloc(self, length + 1);
    if (length != 0) memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *arena_format(arena *self, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    MUST(length >= 0);
    char *text = arena_alloc(self, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}
