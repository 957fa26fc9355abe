/* tests/fuzz/parse.c: libFuzzer target for the parser: any bytes give a tree and diagnostics, never a crash.
 *
 *     CC=clang cmake -B build-fuzz -G Ninja -DCREACT_SANITIZE=address,undefined,fuzzer-no-link
 *     ninja -C build-fuzz fuzz_parse && build-fuzz/tests/fuzz_parse -max_len=20000 CORPUS tests/compile/parse
 *
 * The first byte chooses the kind of file; what is found is written to CORPUS.                              */
#include <stdint.h>
#include <stdio.h>

#include "parse/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static const char *const paths[] = {"a.tsx", "a.ts", "a.d.ts"};
    if (length == 0) return 0;
    tsx_session session;
    tsx_session_init(&session);
    str text = {(const char *)bytes + 1, length - 1};
    uint32_t file = tsx_files_add(&session.files, str_of(paths[bytes[0] % 3]), text);
    tsx_node *module = tsx_parse_module(&session, file);
    str_buf dump;
    str_buf_init(&dump);
    tsx_ast_dump(module, false, &dump);
    str_buf_release(&dump);
    FILE *out = fopen("/dev/null", "w");
    if (out != NULL) {
        tsx_diagnostics_print(&session, TSX_FORMAT_TEXT, false, out);
        tsx_diagnostics_print(&session, TSX_FORMAT_JSON, false, out);
        fclose(out);
    }
    tsx_session_release(&session);
    return 0;
}
