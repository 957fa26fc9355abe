#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_bytes(const void *bytes, size_t length) { return XXH3_64bits(bytes, length); }

void hash_bytes_128(const void *bytes, size_t length, uint8_t digest[HASH_128_BYTES]) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, length));
    memcpy(digest, canonical.digest, HASH_128_BYTES);
}
