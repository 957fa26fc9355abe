#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The only mutable static of base/: a countdown that tests set. 0 means "never fail". */
static size_t fail_countdown;

enum { EXIT_OUT_OF_MEMORY = 71, HUGE_PAGE_BYTES = 2 * 1024 * 1024, LARGE_BYTES_MIN = 2 * HUGE_PAGE_BYTES };

static void *checked(void *memory) {
    if (memory != NULL && (fail_countdown == 0 || --fail_countdown != 0)) return memory;
    static const char message[] = "creact: out of memory\n";
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(EXIT_OUT_OF_MEMORY);
}

/* Big pieces start at a huge page and ask for huge ones: filling them then takes a page fault for 2 MiB, not for 4 KiB.
 * Asking is a hint, so what it answers does not matter. */
static void *alloc_large(size_t size) {
    size_t whole = (size + HUGE_PAGE_BYTES - 1) & ~(size_t)(HUGE_PAGE_BYTES - 1);
    void *memory = whole >= size ? aligned_alloc(HUGE_PAGE_BYTES, whole) : NULL;
    if (memory != NULL) (void)madvise(memory, whole, MADV_HUGEPAGE);
    return memory;
}

void *mem_alloc(size_t size) {
    if (size >= LARGE_BYTES_MIN) return checked(alloc_large(size));
    return checked(malloc(size != 0 ? size : 1));
}

void *mem_zeroed(size_t count, size_t size) { return checked(calloc(count != 0 ? count : 1, size != 0 ? size : 1)); }

void *mem_resize(void *memory, size_t size) { return checked(realloc(memory, size != 0 ? size : 1)); }

void mem_free(void *memory) { free(memory); }

char *mem_copy_text(const char *text, size_t length) {
    char *copy = mem_alloc(length + 1);
    if (length != 0) memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void mem_fail_after(size_t allocations) { fail_countdown = allocations; }
