/* Reads the files of the program: from the entry along the imports, each file once. */
#include "bind/binder.h"
#include "bind/path.h"
#include "parse/parse.h"

typedef struct library_row {
    const char *name, *file;
} library_row;

static const library_row library[] = {
#define LIBRARY(name, file) {name, file},
#include "bind/library.def"
#undef LIBRARY
};
enum { LIBRARY_COUNT = sizeof library / sizeof library[0] };

typedef struct refused_module {
    const char *name, *help;
} refused_module;

static const refused_module refused_modules[] = {
#define REFUSED_GLOBAL(name, code, help)
#define REFUSED_MEMBER(object, member, code, help)
#define REFUSED_MODULE(name, help) {name, help},
#include "bind/refused.def"
#undef REFUSED_GLOBAL
#undef REFUSED_MEMBER
#undef REFUSED_MODULE
};

/* ---- names of modules */

str library_path(const tsx_program *self, const char *file) {
    arena *memory = &self->session->memory;
    str folder = self->library_folder;
    const char *slash = folder.length > 0 && !str_ends_with(folder, STR("/")) ? "/" : "";
    return tsx_path_normalize(memory, str_of(arena_format(memory, "%.*s%s%s", STR_ARGS(folder), slash, file)));
}

/* The name under which a file of the library is imported, or NULL when `path` is no such file. */
static const char *library_name(const tsx_program *self, str path) {
    for (int i = 0; i < LIBRARY_COUNT; i++)
        if (str_equal(path, library_path(self, library[i].file))) return library[i].name;
    return NULL;
}

static bool is_identifier_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/* "components/Api.tsx" -> "components_Api"; a number is added where two modules would share a name. */
static const char *c_name_of(tsx_program *self, const char *name) {
    arena *memory = &self->session->memory;
    str stem = str_of(name);
    for (size_t i = stem.length; i > 0 && stem.bytes[i - 1] != '/'; i--)
        if (stem.bytes[i - 1] == '.') stem.length = i - 1;
    char *text = arena_copy_text(memory, stem.bytes, stem.length);
    for (char *at = text; *at != '\0'; at++)
        if (!is_identifier_byte(*at)) *at = '_';
    const char *candidate = text;
    for (int n = 2; map_get(&self->c_names, str_of(candidate)) != NULL; n++)
        candidate = arena_format(memory, "%s_%d", text, n);
    map_put(&self->c_names, str_of(candidate), self);
    return candidate;
}

/* ---- modules */

static void add_import(tsx_module *module, tsx_node *node, tsx_node *source) {
    if (source == NULL || source->kind != TSX_NODE_STRING) return;
    tsx_import import = {.node = node, .specifier_span = source->span, .specifier = tsx_as_string(source)->value};
    VEC_PUSH(&module->imports, import);
}

static void find_imports(tsx_module *module) {
    tsx_list body = tsx_as_module(module->root)->body;
    for (uint32_t i = 0; i < body.count; i++) {
        tsx_node *statement = body.items[i];
        if (statement->kind == TSX_NODE_IMPORT) add_import(module, statement, tsx_as_import(statement)->source);
        if (statement->kind == TSX_NODE_EXPORT_NAMED)
            add_import(module, statement, tsx_as_export_named(statement)->source);
        if (statement->kind == TSX_NODE_EXPORT_ALL)
            add_import(module, statement, tsx_as_export_all(statement)->source);
    }
}

static tsx_module *module_new(tsx_program *self, str path, uint32_t file) {
    arena *memory = &self->session->memory;
    tsx_module *module = ARENA_NEW(memory, tsx_module);
    module->path = path;
    module->file = file;
    module->index = UINT32_MAX;
    module->name = library_name(self, path);
    module->is_library = module->name != NULL;
    if (module->name == NULL) module->name = tsx_path_relative(memory, self->entry_folder, path).bytes;
    module->c_name = c_name_of(self, module->name);
    module->is_declaration = str_ends_with(path, STR(".d.ts"));
    VEC_PUSH(&self->all, module);
    map_put(&self->by_path, path, module);
    uint32_t errors_before = self->session->diagnostics.error_count;
    module->root = tsx_parse_module(self->session, file);
    if (self->session->diagnostics.error_count > errors_before) self->has_syntax_errors = true;
    find_imports(module);
    return module;
}

/* The module of a file; NULL when there is no such file. Other failures (too large, unreadable) fill *err. */
static tsx_module *module_at(tsx_program *self, str path, cr_error *err) {
    tsx_module *known = map_get(&self->by_path, path);
    if (known != NULL) return known;
    uint32_t file;
    if (tsx_files_read(&self->session->files, path, &file, err) != CR_OK) return NULL;
    return module_new(self, path, file);
}

/* ---- specifiers */

static const char *text_of(tsx_program *self, str text) {
    return arena_copy_text(&self->session->memory, text.bytes, text.length);
}

static void report_missing_file(tsx_program *self, const tsx_import *import, const tsx_candidates *tried) {
    tsx_session *session = self->session;
    tsx_diag *diag = tsx_report(session, TSX_C0212, import->specifier_span, text_of(self, import->specifier));
    str_buf paths;
    str_buf_init(&paths);
    for (int i = 0; i < tried->count; i++)
        str_buf_add_format(&paths, "%s'%.*s'", i > 0 ? ", " : "", STR_ARGS(tried->items[i]));
    tsx_diag_note(session, diag, "looked for %s", str_buf_text(&paths));
    const char *nearest = nearest_file(self, tried->items[0], import->specifier);
    if (nearest != NULL) tsx_diag_help(session, diag, "did you mean '%s'?", nearest);
    str_buf_release(&paths);
}

static tsx_module *find_relative(tsx_program *self, const tsx_module *from, const tsx_import *import) {
    tsx_candidates tried;
    tsx_path_candidates(&self->session->memory, tsx_path_folder(from->path), import->specifier, &tried);
    cr_error first = {0};
    for (int i = 0; i < tried.count; i++) {
        cr_error err = {0};
        tsx_module *module = module_at(self, tried.items[i], &err);
        if (module != NULL) return module;
        if (err.status != CR_E_NO_INPUT && first.status == CR_OK) first = err;
    }
    if (str_ends_with(import->specifier, STR(".json")))
        tsx_report(self->session, TSX_C1203, import->specifier_span);
    else if (first.status != CR_OK)
        tsx_report(self->session, TSX_C0214, import->specifier_span, text_of(self, import->specifier), first.message);
    else
        report_missing_file(self, import, &tried);
    return NULL;
}

static const refused_module *find_refused(str specifier) {
    if (str_starts_with(specifier, STR("node:"))) specifier = (str){specifier.bytes + 5, specifier.length - 5};
    for (size_t i = 0; i < sizeof refused_modules / sizeof refused_modules[0]; i++)
        if (str_is(specifier, refused_modules[i].name)) return &refused_modules[i];
    return NULL;
}

/* Is there a file that was meant, had './' been written? */
static bool exists_beside(tsx_program *self, const tsx_module *from, str specifier) {
    tsx_candidates candidates;
    const char *relative = arena_format(&self->session->memory, "./%.*s", STR_ARGS(specifier));
    tsx_path_candidates(&self->session->memory, tsx_path_folder(from->path), str_of(relative), &candidates);
    for (int i = 0; i < candidates.count; i++) {
        uint32_t file;
        cr_error err;
        if (tsx_files_read(&self->session->files, candidates.items[i], &file, &err) == CR_OK) return true;
    }
    return false;
}

static void report_unknown_package(tsx_program *self, const tsx_module *from, const tsx_import *import) {
    tsx_session *session = self->session;
    const refused_module *refused = find_refused(import->specifier);
    if (refused != NULL) {
        tsx_diag *diag = tsx_report(session, TSX_C1204, import->specifier_span, text_of(self, import->specifier));
        tsx_diag_help(session, diag, "%s", refused->help);
        return;
    }
    tsx_diag *diag = tsx_report(session, TSX_C0213, import->specifier_span, text_of(self, import->specifier));
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, import->specifier);
    str_buf names;
    str_buf_init(&names);
    for (int i = 0; i < LIBRARY_COUNT; i++) {
        tsx_nearest_add(&nearest, str_of(library[i].name));
        str_buf_add_format(&names, "%s'%s'", i > 0 ? ", " : "", library[i].name);
    }
    if (nearest.best.bytes != NULL)
        tsx_diag_help(session, diag, "did you mean '%.*s'?", STR_ARGS(nearest.best));
    else if (exists_beside(self, from, import->specifier))
        tsx_diag_help(session, diag, "a file of the program is imported as './%.*s'", STR_ARGS(import->specifier));
    tsx_diag_note(session, diag, "packages are not read; what can be imported by name is %s", str_buf_text(&names));
    str_buf_release(&names);
}

static tsx_module *find_library(tsx_program *self, const tsx_import *import, bool *is_library) {
    for (int i = 0; i < LIBRARY_COUNT; i++) {
        if (!str_is(import->specifier, library[i].name)) continue;
        *is_library = true;
        cr_error err;
        tsx_module *module = module_at(self, library_path(self, library[i].file), &err);
        if (module == NULL)
            tsx_report(self->session, TSX_C0214, import->specifier_span, library[i].name, err.message);
        return module;
    }
    *is_library = false;
    return NULL;
}

/* No file of a program is named so, and system calls would cut the name at a NUL. */
static bool has_control_bytes(str text) {
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.bytes[i] < ' ') return true;
    return false;
}

static tsx_module *find_module(tsx_program *self, const tsx_module *from, const tsx_import *import) {
    if (has_control_bytes(import->specifier)) {
        tsx_report(self->session, TSX_C0214, import->specifier_span, "...", "the name has control characters");
        return NULL;
    }
    if (tsx_path_is_relative(import->specifier)) return find_relative(self, from, import);
    bool is_library;
    tsx_module *module = find_library(self, import, &is_library);
    if (!is_library) report_unknown_package(self, from, import);
    return module;
}

/* ---- the program */

void tsx_program_init(tsx_program *self, tsx_session *session, str library_folder) {
    *self = (tsx_program){.session = session, .library_folder = library_folder};
}

void tsx_program_release(tsx_program *self) {
    for (size_t i = 0; i < self->all.length; i++) {
        tsx_module *module = self->all.items[i];
        for (size_t k = 0; k < module->functions.length; k++) VEC_RELEASE(&module->functions.items[k]->captures);
        for (size_t k = 0; k < module->scopes.length; k++) VEC_RELEASE(&module->scopes.items[k]->symbols);
        VEC_RELEASE(&module->functions);
        VEC_RELEASE(&module->scopes);
        VEC_RELEASE(&module->symbols);
        VEC_RELEASE(&module->imports);
        map_release(&module->exports);
    }
    VEC_RELEASE(&self->all);
    VEC_RELEASE(&self->modules);
    map_release(&self->by_path);
    map_release(&self->c_names);
    map_release(&self->global_types);
    map_release(&self->globals);
}

cr_status tsx_program_load(tsx_program *self, str entry_path, cr_error *err) {
    str path = tsx_path_normalize(&self->session->memory, entry_path);
    self->entry_folder = tsx_path_folder(path);
    uint32_t file;
    cr_status status = tsx_files_read(&self->session->files, path, &file, err);
    if (status != CR_OK) return status;
    self->entry = module_new(self, path, file);
    for (size_t i = 0; i < self->all.length; i++) {
        tsx_module *module = self->all.items[i];
        for (size_t k = 0; k < module->imports.length; k++) {
            tsx_import *import = &module->imports.items[k];
            import->module = find_module(self, module, import);
        }
    }
    return CR_OK;
}

/* ---- for messages */

/* Does an exported declaration of the module at `root` declare `name`? *nearest takes all that are exported. */
static bool exports_name(tsx_node *root, str name, tsx_nearest *nearest) {
    tsx_list body = tsx_as_module(root)->body;
    for (uint32_t i = 0; i < body.count; i++) {
        if (body.items[i]->kind != TSX_NODE_EXPORT_DECL) continue;
        tsx_node *declaration = tsx_as_export_decl(body.items[i])->declaration;
        tsx_node *binding = NULL;
        if (declaration->kind == TSX_NODE_FUNCTION_DECL)
            binding = tsx_as_function(tsx_as_function_decl(declaration)->function)->name;
        else if (declaration->kind == TSX_NODE_CLASS_DECL)
            binding = tsx_as_class(tsx_as_class_decl(declaration)->class_node)->name;
        else if (declaration->kind == TSX_NODE_VARIABLES)
            binding = tsx_as_declarator(tsx_as_variables(declaration)->declarators.items[0])->pattern;
        if (binding == NULL || binding->kind != TSX_NODE_BINDING) continue;
        str exported = tsx_as_binding(binding)->name->text;
        if (str_equal(exported, name)) return true;
        tsx_nearest_add(nearest, exported);
    }
    return false;
}

const char *library_module_of_export(tsx_program *self, str name, str *nearest_name) {
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, name);
    const char *nearest_module = NULL;
    for (int i = 0; i < LIBRARY_COUNT; i++) {
        str path = library_path(self, library[i].file);
        const tsx_module *module = map_get(&self->by_path, path);
        tsx_node *root = module != NULL ? module->root : NULL;
        uint32_t file;
        cr_error err;
        if (root == NULL && tsx_files_read(&self->session->files, path, &file, &err) == CR_OK)
            root = tsx_parse_module(self->session, file);
        if (root == NULL) continue;
        str before = nearest.best;
        if (exports_name(root, name, &nearest)) {
            *nearest_name = name;
            return library[i].name;
        }
        if (nearest.best.bytes != before.bytes) nearest_module = library[i].name;
    }
    *nearest_name = nearest.best;
    return nearest_module;
}
