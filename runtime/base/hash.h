/* base/hash.h: XXH3, the hash of ids, of what is compared, and of the checksums in files.
 *
 * The only door to it in the runtime: xxHash is compiled into hash.c alone, so that a deploy binary carries just the
 * functions named here. What they answer is written into files, so it is the same on every machine.           */
#ifndef CREACT_BASE_HASH_H
#define CREACT_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_128_BYTES = 16 };

/* XXH3-64. */
uint64_t hash_bytes(const void *bytes, size_t length);
/* XXH3-128 in its canonical (big-endian) form. */
void hash_bytes_128(const void *bytes, size_t length, uint8_t digest[HASH_128_BYTES]);

#endif
