/* os/random.h: randomness from the kernel.                                                                 */
#ifndef CREACT_OS_RANDOM_H
#define CREACT_OS_RANDOM_H

#include <stddef.h>

void os_random_bytes(void *bytes, size_t count);
enum { OS_UUID_BYTES = 37 };
/* A random (version 4) UUID as text. */
void os_random_uuid(char text[OS_UUID_BYTES]);

#endif
