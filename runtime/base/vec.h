/* base/vec.h: a growing array of one type.
 *
 *     VEC(int) numbers = {0};
 *     VEC_PUSH(&numbers, 7);
 *     for (size_t i = 0; i < numbers.length; i++) use(numbers.items[i]);
 *     VEC_RELEASE(&numbers);
 *
 * The element type stays in the struct (no void pointers, no size argument), so the compiler checks each use.
 * A pointer into `items` is good until the next push.                                                     */
#ifndef CREACT_BASE_VEC_H
#define CREACT_BASE_VEC_H

#include <stddef.h>
#include <string.h>

#include "base/mem.h"

#define VEC(type)                                                                                             \
    struct {                                                                                                  \
        type *items;                                                                                          \
        size_t length, capacity;                                                                              \
    }

#define VEC_RESERVE(self, count)                                                                              \
    do {                                                                                                      \
        if ((self)->capacity < (count)) {                                                                     \
            size_t vec_capacity = (self)->capacity != 0 ? (self)->capacity * 2 : 8;                           \
            if (vec_capacity < (count)) vec_capacity = (count);                                               \
            (self)->items = mem_resize((self)->items, vec_capacity * sizeof *(self)->items);                  \
            (self)->capacity = vec_capacity;                                                                  \
        }                                                                                                     \
    } while (0)

#define VEC_PUSH(self, item)                                                                                  \
    do {                                                                                                      \
        VEC_RESERVE((self), (self)->length + 1);                                                              \
        (self)->items[(self)->length++] = (item);                                                             \
    } while (0)

#define VEC_POP(self) ((self)->items[--(self)->length])
#define VEC_LAST(self) ((self)->items[(self)->length - 1])
#define VEC_CLEAR(self) ((self)->length = 0)
#define VEC_RELEASE(self) (mem_free((self)->items), (self)->items = NULL, (self)->length = (self)->capacity = 0)

#endif
