/* bind/bind.h: from the entry file to a program whose every name is resolved.
 *
 * Loading follows the imports from the entry, and parses each file once. Binding gives every name of every
 * module a symbol, finds out what closures capture, which imports are types only (and so erased), in which
 * order modules are evaluated, and reports what is wrong with names and imports. The results hang in the tree:
 * the `symbol` and `scope` slots of nodes.
 *
 * Calling sequence:  tsx_program_init -> tsx_program_load -> tsx_program_bind -> look-ups
 *                    -> tsx_program_release (before the session is released)
 * Ownership: all is in the session's memory, except vectors and maps, which tsx_program_release frees.
 * Errors:    diagnostics in the session. After any error the program is safe to look at but not to generate
 *            code from.                                                                                    */
#ifndef CREACT_BIND_BIND_H
#define CREACT_BIND_BIND_H

#include "bind/module.h"
#include "diag/session.h"

typedef struct tsx_program {
    tsx_session *session;
    str library_folder;
    VEC(tsx_module *) all;     /* every module, in order of discovery; [0] is the entry */
    VEC(tsx_module *) modules; /* those that are evaluated, in order of evaluation; the last is the entry */
    map by_path;               /* path -> tsx_module */
    map c_names;               /* the c_name of every module, to keep them apart */
    map global_types;          /* names that runtime/lib/globals.d.ts declares; read when one is looked for */
    map globals;               /* name -> tsx_symbol */
    tsx_module *entry;
    str entry_folder; /* with its last slash, or empty */
    bool has_syntax_errors;
} tsx_program;

/* `library_folder` holds the users' library (index.ts, local.ts …); borrowed. */
void tsx_program_init(tsx_program *self, tsx_session *session, str library_folder);
void tsx_program_release(tsx_program *self);

/* Reads and parses the entry and all that it imports. Fails only when the entry itself cannot be read;
 * everything else is a diagnostic at the import. */
cr_status tsx_program_load(tsx_program *self, str entry_path, cr_error *err);

/* Resolves all names. May be called after loading reported errors, to report more of them in one run; does
 * nothing when some module did not parse. */
void tsx_program_bind(tsx_program *self);

/* For --dump=bind: modules, their functions, scopes and symbols with kind and flags. */
void tsx_program_dump(const tsx_program *self, str_buf *out);

#endif
