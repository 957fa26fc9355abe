/* base/mem.h: the one door to malloc.
 *
 * Running out of memory is handled like a crash: state on disk is made so that a killed deployment resumes,
 * so an allocation that fails prints one line and ends the process with status 71 (EX_OSERR). Callers need no
 * failure path. Tests make the n-th allocation fail with mem_fail_after().                               */
#ifndef CREACT_BASE_MEM_H
#define CREACT_BASE_MEM_H

#include <stddef.h>

/* Each returns memory of `size` bytes (never NULL; size 0 gives a unique pointer); mem_zeroed is cleared. */
void *mem_alloc(size_t size);
void *mem_zeroed(size_t count, size_t size);
void *mem_resize(void *memory, size_t size);
void mem_free(void *memory);

/* Copies `length` bytes of `text` and adds a NUL. The caller frees. */
char *mem_copy_text(const char *text, size_t length);

/* Makes the n-th allocation from now on fail (0 turns it off). For tests only. */
void mem_fail_after(size_t allocations);

#endif
