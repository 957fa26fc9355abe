/* link/link.h: from C files to a binary, with the C compiler of the machine.
 *
 * Each C file is compiled into an object, several at a time. Objects are kept in a cache under a name made of all
 * that they depend on: the C text, the public headers, the compiler (path, size, time) and its flags. So an
 * unchanged module is not compiled again, in whatever folder it lies, and nothing stale is ever found.
 * Objects and the runtime archive are then linked; the linker takes from the archive only what the program
 * reaches. The binary is written aside and renamed. It is not linked when the file that is there was linked from the
 * same inputs with the same tools (record.h); it then only gets the time of now.
 *
 * Compilers: gcc and clang by any name; tcc by a name that contains "tcc"; "cc" is the first of cc, gcc, clang and
 * tcc that is installed. Generated C is compiled without
 * optimisation at -O0 to -O2 (it is calls into the optimised runtime, and half of the time to a binary would go
 * into optimising them), with -O2 at -O3. Linkers: mold, else gold, else the compiler's own.
 *
 * Calling sequence:  linker_init -> linker_compile -> linker_link -> linker_release
 * Errors:    CR_E_CONFIG (no compiler, no runtime), CR_E_BUG (the compiler refused generated C), CR_E_IO …  */
#ifndef CREACT_LINK_LINK_H
#define CREACT_LINK_LINK_H

#include <signal.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "creact/status.h"

typedef struct linker_options {
    const char *compiler; /* --cc */
    int optimise;         /* 0 to 3 */
    bool debug, verbose, use_cache;
    unsigned jobs;               /* 0: one for each processor */
    const char *include_folder;  /* holds creact/abi.h */
    const char *runtime_archive; /* libcreact.a */
} linker_options;

/* One C file. */
typedef struct linker_unit {
    const char *name; /* "m0_App.c" */
    str text;
    const char *object; /* out: the path of its object */
    bool was_cached;    /* out */
} linker_unit;

typedef struct tsx_linker {
    arena memory;
    linker_options options;
    const char *compiler_path;
    bool is_tcc;
    const char *cache_folder; /* NULL: none */
    const char *work_folder;  /* removed at the end */
    str_buf identity;         /* all that objects depend on besides their text */
    sigset_t held;            /* signals that wait until linker_release has cleaned up */
    bool holds_signals;
} tsx_linker;

cr_status linker_init(tsx_linker *self, const linker_options *options, cr_error *err);
void linker_release(tsx_linker *self);
cr_status linker_compile(tsx_linker *self, linker_unit *units, size_t count, cr_error *err);
cr_status linker_link(tsx_linker *self, const linker_unit *units, size_t count, const char *output, cr_error *err);

#endif
