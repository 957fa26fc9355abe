/* bind/module.h: one file of the program, what it imports and what it exports.
 *
 * Ownership: modules live in the session's memory; their vectors and maps are released with the program.   */
#ifndef CREACT_BIND_MODULE_H
#define CREACT_BIND_MODULE_H

#include "base/map.h"
#include "base/vec.h"
#include "bind/scope.h"

struct tsx_module;

/* One import or re-export statement. */
typedef struct tsx_import {
    tsx_node *node;
    tsx_span specifier_span;   /* the string, quotes included */
    str specifier;
    struct tsx_module *module; /* NULL when it was not found (reported) */
    bool is_erased; /* types only: the statement does nothing when the program runs */
} tsx_import;

/* A name that other modules can import. A name may be a value, a type, or one of each. */
typedef struct tsx_export {
    const tsx_name *name;
    tsx_span span;
    tsx_symbol *value; /* NULL: none; already led through imports */
    tsx_symbol *type;
    bool is_type_only;         /* `export type { … }` */
    struct tsx_module *from;   /* while linking: of a re-export, the other module, */
    const tsx_name *from_name; /* the name there, */
    tsx_node *from_node;       /* and the specifier */
    bool is_open;              /* being linked */
} tsx_export;

typedef struct tsx_module {
    const char *name;   /* relative to the folder of the entry: "components/Api.tsx"; of the library: "creact/local" */
    const char *c_name; /* the same as part of a C identifier, unique in the program: "components_Api" */
    str path;           /* as messages show it */
    uint32_t file;
    uint32_t index; /* place in tsx_program.modules; UINT32_MAX when the module is not evaluated */
    tsx_node *root;
    tsx_scope *scope;
    tsx_function *top_level;
    VEC(tsx_function *) functions; /* [number] */
    VEC(tsx_symbol *) symbols;     /* [number]; without globals */
    VEC(tsx_scope *) scopes;       /* every one, in order of opening; [0] is the module's */
    VEC(tsx_import) imports;       /* in order of appearance */
    map exports;                   /* name -> tsx_export, own and re-exported ones; complete after binding */
    bool is_library;     /* of the users' library: ambient declarations are natives of the runtime */
    bool is_declaration; /* .d.ts: nothing to evaluate */
    bool has_await;      /* top-level await */
    bool has_unknown_exports; /* `export *` from a module that was not found */
    uint8_t visit;       /* of the walks over the graph; bind/graph.c */
} tsx_module;

/* What `import { name }` of this module gives, or NULL. */
const tsx_export *tsx_module_export(const tsx_module *self, const tsx_name *name);

#endif
