#include "link/record.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "link/host.h"

const char *record_path(const char *folder, str identity, str inputs, const char *ending, arena *memory) {
    XXH3_state_t *state = XXH3_createState();
    XXH3_128bits_reset(state);
    XXH3_128bits_update(state, identity.bytes, identity.length);
    XXH3_128bits_update(state, inputs.bytes, inputs.length);
    XXH128_hash_t hash = XXH3_128bits_digest(state);
    XXH3_freeState(state);
    const char *part = arena_format(memory, "%s/%02x", folder, (unsigned)(hash.high64 >> 56));
    host_make_folder(part, NULL);
    return arena_format(memory, "%s/%016llx%016llx%s", part, (unsigned long long)hash.high64, (unsigned long long)hash.low64, ending);
}

enum { DIGEST_BYTES = 32 };

/* 32 hex digits of the file's content; false: there is no such file. */
static bool digest_of(const char *path, char digest[DIGEST_BYTES + 1]) {
    str_buf content;
    str_buf_init(&content);
    bool is_there = host_read(path, &content, NULL) == CR_OK;
    XXH128_hash_t hash = XXH3_128bits(str_buf_text(&content), content.length);
    snprintf(digest, DIGEST_BYTES + 1, "%016llx%016llx", (unsigned long long)hash.high64, (unsigned long long)hash.low64);
    str_buf_release(&content);
    return is_there;
}

bool record_matches(const char *record, const char *binary) {
    char digest[DIGEST_BYTES + 1];
    str_buf known;
    str_buf_init(&known);
    bool matches = host_read(record, &known, NULL) == CR_OK && access(binary, X_OK) == 0 && digest_of(binary, digest) &&
                   str_is(str_buf_str(&known), digest) && utimensat(AT_FDCWD, binary, NULL, 0) == 0;
    str_buf_release(&known);
    return matches;
}

void record_write(const char *record, const char *binary) {
    char digest[DIGEST_BYTES + 1];
    if (digest_of(binary, digest)) host_replace(record, str_of(digest), NULL);
}
