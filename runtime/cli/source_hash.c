#include "base/hash.h"
#include "cli/cli.h"

void cli_source_hash(const cr_program *program, char digits[SOURCE_HASH_DIGITS + 1]) {
    str_buf hashes;
    str_buf_init(&hashes);
    for (uint32_t i = 0; i < program->module_count; i++) str_buf_add_text(&hashes, program->modules[i].hash);
    uint8_t digest[HASH_128_BYTES];
    hash_bytes_128(str_buf_text(&hashes), hashes.length, digest);
    for (int i = 0; i < HASH_128_BYTES; i++) snprintf(digits + i * 2, 3, "%02x", digest[i]);
    str_buf_release(&hashes);
}
