/* `version`: of the runtime, the ABI and the program. CREACT_VERSION is set by runtime/CMakeLists.txt. */
#include "cli/cli.h"

cr_status command_version(cli *self, cr_error *err) {
    char hash[SOURCE_HASH_DIGITS + 1];
    cli_source_hash(self->program, hash);
    if (self->options.json) {
        fprintf(self->out, "{\"abi\":%d,\"creact\":\"%s\",\"sourceHash\":\"%s\"}\n", CR_ABI_VERSION, CREACT_VERSION, hash);
        return CR_OK;
    }
    fprintf(self->out, "creact %s (abi %d)\nprogram %s, source %s\n", CREACT_VERSION, CR_ABI_VERSION, self->program->name, hash);
    return CR_OK;
}
