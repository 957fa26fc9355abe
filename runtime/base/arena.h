/* base/arena.h: memory that lives and dies together.
 *
 * An arena hands out pieces of large chunks and frees them all at once; nothing is freed singly. A session of
 * the compiler and the value heap of a deploy binary each own one.
 *
 * Calling sequence:  arena_init -> (arena_alloc | arena_copy_text ...)* -> arena_release
 * Ownership: the arena owns all that it hands out.                                                        */
#ifndef CREACT_BASE_ARENA_H
#define CREACT_BASE_ARENA_H

#include <stddef.h>

typedef struct arena_chunk arena_chunk;

typedef struct arena {
    arena_chunk *chunks; /* newest first */
    char *next, *end;    /* the free part of the newest chunk */
    size_t bytes;        /* handed out in all, for --stats */
} arena;

void arena_init(arena *self);
void arena_release(arena *self);

/* `size` bytes, aligned to 8, not cleared / cleared. Never NULL. */
void *arena_alloc(arena *self, size_t size);
void *arena_zeroed(arena *self, size_t size);
/* `memory` of `size` bytes (NULL: none yet) with room for `new_size`: in place when it is the newest piece, so that
 * building something piece by piece leaves no waste behind; else smaller ones stay and larger ones are copied. */
void *arena_resize(arena *self, void *memory, size_t size, size_t new_size);

/* Copies `length` bytes and adds a NUL. */
char *arena_copy_text(arena *self, const char *text, size_t length);

/* printf into the arena. */
char *arena_format(arena *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(self, type) ((type *)arena_zeroed((self), sizeof(type)))
#define ARENA_ARRAY(self, type, count) ((type *)arena_zeroed((self), sizeof(type) * (count)))

#endif
