/* codegen/codegen.h: IR as C.
 *
 * Each module becomes one C file that includes creact/abi.h and nothing else: first what it refers to, then its
 * static tables (strings, places, templates, elements), then its functions, nearly one C statement for each
 * instruction, last the hash of all that. One more file, the program, lists the modules; it stays the same while
 * only what is in them changes. The text depends on the sources alone: no paths
 * but those relative to the entry, no order that comes from a hash (promise L3).
 *
 * Names: m3 is the module that is evaluated as the fourth; m3_App a static function object of its top level,
 * m3v_port a variable of its top level, m3f5_App the code of its function number 5, m3e_module its top-level
 * code, m3e_hash its hash; in a file, s7 is a string, t7 a table, S[7] a place, k7 a list of keys.
 * What comes from the program is written as a name only if it is made of letters, digits and underscores, and as
 * text only with everything else escaped (text.c), so nothing in a source can break out of its literal.       */
#ifndef CREACT_CODEGEN_CODEGEN_H
#define CREACT_CODEGEN_CODEGEN_H

#include "opt/ir.h"

/* `exact_lines`: a #line for every statement (for debuggers) instead of one for every function. */
void tsx_generate_module(const ir_module *module, tsx_files *files, bool exact_lines, str_buf *out);

/* What the program file says. `libraries` are names after "creact/". */
typedef struct tsx_program_facts {
    const char *name; /* of the entry, without its ending */
    ir_module *const *modules;
    size_t module_count;
    const str *libraries;
    size_t library_count;
} tsx_program_facts;
void tsx_generate_program(const tsx_program_facts *facts, str_buf *out);

#endif
