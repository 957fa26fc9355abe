/* Export tables, and the way from an import to the symbol that it names.
 *
 * First each module lists what it exports itself, then `export *` adds the names of other modules, and at last
 * every re-export and import is followed to its end.                                                       */
#include "bind/binder.h"

const tsx_export *tsx_module_export(const tsx_module *self, const tsx_name *name) {
    return map_get(&self->exports, name->text);
}

static const tsx_import *import_of(const tsx_module *module, const tsx_node *statement) {
    for (size_t i = 0; i < module->imports.length; i++)
        if (module->imports.items[i].node == statement) return &module->imports.items[i];
    return NULL;
}

/* ---- what a module exports itself */

static void report_duplicate(binder *self, const tsx_export *old, const tsx_name *name, tsx_span span) {
    bool is_default = name == self->default_name;
    tsx_diag *diag = is_default ? tsx_report(self->session, TSX_C0211, span)
                                : tsx_report(self->session, TSX_C0226, span, name_text(name));
    tsx_diag_label(self->session, diag, old->span, "the first one is here");
}

static tsx_export *add_export(binder *self, tsx_module *module, const tsx_name *name, tsx_span span, meaning what) {
    tsx_export **place = (tsx_export **)(void *)map_at(&module->exports, name->text);
    if (*place == NULL) {
        *place = ARENA_NEW(&self->session->memory, tsx_export);
        **place = (tsx_export){.name = name, .span = span, .value = what.value, .type = what.type};
        return *place;
    }
    tsx_export *old = *place;
    bool is_new = old->from == NULL && (what.value == NULL || old->value == NULL || old->value == what.value) &&
                  (what.type == NULL || old->type == NULL || old->type == what.type);
    if (!is_new) {
        report_duplicate(self, old, name, span);
        return NULL;
    }
    if (what.value != NULL) old->value = what.value;
    if (what.type != NULL) old->type = what.type;
    return old;
}

static meaning meaning_of_symbol(tsx_symbol *symbol) {
    const tsx_symbol_kind_facts *facts = tsx_symbol_kind_get(symbol->kind);
    return (meaning){facts->is_value ? symbol : NULL, facts->is_type ? symbol : NULL};
}

/* The name as a value and as a type of the module's own scope, found through one of the two. */
static meaning both_meanings(const tsx_module *module, tsx_symbol *symbol) {
    meaning what = meaning_of_symbol(symbol);
    if (what.value == NULL) what.value = tsx_scope_own_value(module->scope, symbol->name);
    if (what.type == NULL) what.type = tsx_scope_own_type(module->scope, symbol->name);
    return what;
}

static void export_symbol(binder *self, tsx_module *module, tsx_symbol *symbol, const tsx_name *as) {
    if (symbol == NULL) return;
    symbol->is_exported = true;
    add_export(self, module, as != NULL ? as : symbol->name, symbol->span, meaning_of_symbol(symbol));
}

static void export_pattern(binder *self, tsx_module *module, tsx_node *pattern) {
    switch (pattern->kind) {
    case TSX_NODE_BINDING: export_symbol(self, module, tsx_symbol_of(pattern), NULL); break;
    case TSX_NODE_DEFAULT_PATTERN: export_pattern(self, module, tsx_as_default_pattern(pattern)->target); break;
    case TSX_NODE_REST: export_pattern(self, module, tsx_as_rest(pattern)->argument); break;
    case TSX_NODE_PATTERN_PROPERTY: export_pattern(self, module, tsx_as_pattern_property(pattern)->value); break;
    case TSX_NODE_OBJECT_PATTERN: {
        tsx_list properties = tsx_as_object_pattern(pattern)->properties;
        for (uint32_t i = 0; i < properties.count; i++) export_pattern(self, module, properties.items[i]);
        break;
    }
    case TSX_NODE_ARRAY_PATTERN: {
        tsx_list elements = tsx_as_array_pattern(pattern)->elements;
        for (uint32_t i = 0; i < elements.count; i++) export_pattern(self, module, elements.items[i]);
        break;
    }
    default: break;
    }
}

/* The BINDING of a declaration that is no VARIABLES, or NULL. */
static tsx_node *declared_name(tsx_node *declaration) {
    switch (declaration->kind) {
    case TSX_NODE_FUNCTION_DECL: return tsx_as_function(tsx_as_function_decl(declaration)->function)->name;
    case TSX_NODE_CLASS_DECL: return tsx_as_class(tsx_as_class_decl(declaration)->class_node)->name;
    case TSX_NODE_INTERFACE_DECL: return tsx_as_interface_decl(declaration)->name;
    case TSX_NODE_TYPE_ALIAS_DECL: return tsx_as_type_alias_decl(declaration)->name;
    case TSX_NODE_ENUM_DECL: return tsx_as_enum_decl(declaration)->name;
    case TSX_NODE_NAMESPACE_DECL: return tsx_as_namespace_decl(declaration)->name;
    default: return NULL;
    }
}

static void export_declaration(binder *self, tsx_module *module, tsx_node *statement) {
    tsx_node *declaration = tsx_as_export_decl(statement)->declaration;
    if (declaration->kind == TSX_NODE_VARIABLES) {
        tsx_list declarators = tsx_as_variables(declaration)->declarators;
        for (uint32_t i = 0; i < declarators.count; i++)
            export_pattern(self, module, tsx_as_declarator(declarators.items[i])->pattern);
        return;
    }
    bool is_default = tsx_has(statement, TSX_F_DEFAULT);
    const tsx_node *name = declared_name(declaration);
    tsx_symbol *symbol = name != NULL ? tsx_symbol_of(name) : tsx_scope_own_value(module->scope, self->default_name);
    export_symbol(self, module, symbol, is_default ? self->default_name : NULL);
}

/* `export default expression`. The name of a class or type alone exports its type too. */
static void export_default(binder *self, tsx_module *module, tsx_node *statement) {
    tsx_node *expression = tsx_as_export_default(statement)->expression;
    meaning what = {tsx_scope_own_value(module->scope, self->default_name), NULL};
    tsx_symbol *named = tsx_symbol_of(expression);
    if (named != NULL && named->kind != TSX_SYMBOL_GLOBAL) {
        meaning of_name = both_meanings(module, named);
        what.type = of_name.type;
        if (of_name.value == NULL) what.value = NULL;
    }
    if (what.value != NULL) what.value->is_exported = true;
    add_export(self, module, self->default_name, statement->span, what);
}

static void export_named(binder *self, tsx_module *module, tsx_node *statement) {
    tsx_export_named_node *parts = tsx_as_export_named(statement);
    const tsx_import *import = parts->source != NULL ? import_of(module, statement) : NULL;
    for (uint32_t i = 0; i < parts->specifiers.count; i++) {
        tsx_node *specifier = parts->specifiers.items[i];
        tsx_export_specifier_node *names = tsx_as_export_specifier(specifier);
        meaning what = {NULL, NULL};
        if (import == NULL) {
            tsx_symbol *symbol = tsx_symbol_of(names->local);
            if (symbol == NULL || symbol->kind == TSX_SYMBOL_GLOBAL) continue;
            what = both_meanings(module, symbol);
            if (what.value != NULL) what.value->is_exported = true;
        }
        tsx_export *export = add_export(self, module, names->exported, names->exported_span, what);
        if (export == NULL) continue;
        export->is_type_only = tsx_has(statement, TSX_F_TYPE_ONLY) || tsx_has(specifier, TSX_F_TYPE_ONLY);
        if (import == NULL || import->module == NULL) continue;
        export->from = import->module;
        export->from_name = tsx_as_identifier(names->local)->name;
        export->from_node = specifier;
    }
}

/* `export * as name from` */
static void export_namespace(binder *self, tsx_module *module, tsx_node *statement) {
    const tsx_export_all_node *parts = tsx_as_export_all(statement);
    const tsx_import *import = import_of(module, statement);
    if (parts->exported == NULL || import == NULL || import->module == NULL) return;
    tsx_symbol *symbol = ARENA_NEW(&self->session->memory, tsx_symbol);
    *symbol = (tsx_symbol){.kind = TSX_SYMBOL_NAMESPACE, .name = parts->exported, .span = parts->exported_span,
                           .declaration = statement, .module = module, .scope = module->scope,
                           .function = module->top_level, .namespace = import->module, .is_module_level = true,
                           .is_exported = true, .is_type_only = tsx_has(statement, TSX_F_TYPE_ONLY)};
    symbol->number = (uint32_t)module->symbols.length;
    VEC_PUSH(&module->symbols, symbol);
    add_export(self, module, parts->exported, parts->exported_span, (meaning){symbol, symbol});
}

static void collect_exports(binder *self, tsx_module *module) {
    tsx_list body = tsx_as_module(module->root)->body;
    for (uint32_t i = 0; i < body.count; i++) {
        tsx_node *statement = body.items[i];
        switch (statement->kind) {
        case TSX_NODE_EXPORT_DECL: export_declaration(self, module, statement); break;
        case TSX_NODE_EXPORT_DEFAULT: export_default(self, module, statement); break;
        case TSX_NODE_EXPORT_NAMED: export_named(self, module, statement); break;
        case TSX_NODE_EXPORT_ALL: export_namespace(self, module, statement); break;
        default: break;
        }
    }
}

/* ---- export * */

/* A name that came from two `export *` and means different things is visible through neither; TypeScript
 * reports the second. */
static void add_star(binder *self, tsx_module *module, const tsx_import *star, tsx_export *theirs) {
    tsx_export **place = (tsx_export **)(void *)map_at(&module->exports, theirs->name->text);
    tsx_export *old = *place;
    if (old == NULL) {
        *place = ARENA_NEW(&self->session->memory, tsx_export);
        **place = (tsx_export){.name = theirs->name, .span = theirs->span, .from = star->module,
                               .from_name = theirs->name, .from_node = star->node};
        (*place)->is_type_only = tsx_has(star->node, TSX_F_TYPE_ONLY);
        return;
    }
    bool is_star = old->from_node != NULL && old->from_node->kind == TSX_NODE_EXPORT_ALL;
    bool is_same = old->span.file == theirs->span.file && old->span.start == theirs->span.start;
    if (is_star && old->from_node != star->node && !is_same)
        tsx_report(self->session, TSX_C0227, star->node->span, name_text(theirs->name));
}

enum { NOT_VISITED, BEING_VISITED, VISITED };

static void complete_stars(binder *self, tsx_module *module) {
    if (module->visit != NOT_VISITED) return;
    module->visit = BEING_VISITED;
    for (size_t i = 0; i < module->imports.length; i++) {
        const tsx_import *star = &module->imports.items[i];
        if (star->node->kind != TSX_NODE_EXPORT_ALL || tsx_as_export_all(star->node)->exported != NULL) continue;
        if (star->module == NULL) {
            module->has_unknown_exports = true;
            continue;
        }
        complete_stars(self, star->module);
        if (star->module->has_unknown_exports) module->has_unknown_exports = true;
        for (size_t k = 0; k < star->module->exports.count; k++) {
            tsx_export *theirs = star->module->exports.entries[k].value;
            if (theirs->name != self->default_name) add_star(self, module, star, theirs);
        }
    }
    module->visit = VISITED;
}

/* ---- what does not exist */

static const tsx_import *import_above(const tsx_symbol *symbol) {
    const tsx_node *statement = symbol->declaration;
    if (statement->kind != TSX_NODE_IMPORT) statement = statement->parent;
    return import_of(symbol->module, statement);
}

static const char *specifier_text(binder *self, const tsx_import *import) {
    return arena_copy_text(&self->session->memory, import->specifier.bytes, import->specifier.length);
}

/* A name that is exported but leads nowhere, or may come from a module that was not found, was reported there. */
bool is_reported_export(const tsx_module *module, const tsx_name *name) {
    return module->has_unknown_exports || map_get(&module->exports, name->text) != NULL;
}

static void report_no_default(binder *self, const tsx_import *import, tsx_span span, const tsx_name *local) {
    if (map_get(&import->module->exports, self->default_name->text) != NULL) return;
    const char *specifier = specifier_text(self, import);
    tsx_diag *diag = tsx_report(self->session, TSX_C0220, span, specifier);
    if (map_get(&import->module->exports, local->text) != NULL)
        tsx_diag_help(self->session, diag, "write `import { %s } from '%s';`", name_text(local), specifier);
}

static void report_no_export(binder *self, const tsx_import *import, tsx_span span, const tsx_name *name) {
    tsx_session *session = self->session;
    const tsx_module *module = import->module;
    if (is_reported_export(module, name)) return;
    const char *specifier = specifier_text(self, import);
    const tsx_symbol *hidden = tsx_scope_own_value(module->scope, name);
    if (hidden == NULL) hidden = tsx_scope_own_type(module->scope, name);
    if (hidden != NULL && hidden->kind != TSX_SYMBOL_IMPORT) {
        tsx_diag *diag = tsx_report(session, TSX_C0219, span, specifier, name_text(name));
        tsx_diag_label(session, diag, hidden->span, "'%s' is declared here", name_text(name));
        tsx_diag_help(session, diag, "put 'export' before its declaration");
        return;
    }
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, name->text);
    for (size_t i = 0; i < module->exports.count; i++)
        if (!str_is(module->exports.entries[i].key, "default"))
            tsx_nearest_add(&nearest, module->exports.entries[i].key);
    if (nearest.best.bytes != NULL) {
        const char *best = arena_copy_text(&session->memory, nearest.best.bytes, nearest.best.length);
        tsx_report(session, TSX_C0218, span, specifier, name_text(name), best);
        return;
    }
    tsx_diag *diag = tsx_report(session, TSX_C0217, span, specifier, name_text(name));
    if (map_get(&module->exports, STR("default")) != NULL)
        tsx_diag_help(session, diag, "write `import %s from '%s';`", name_text(name), specifier);
}

/* ---- following */

static meaning lead_export(binder *self, tsx_export *export);

static meaning lead_name(binder *self, const tsx_module *module, const tsx_name *name) {
    tsx_export *export = map_get(&module->exports, name->text);
    return export != NULL ? lead_export(self, export) : (meaning){NULL, NULL};
}

/* Fills the targets of an IMPORT symbol. */
static void lead_import(binder *self, tsx_symbol *symbol) {
    if (symbol->imported_from == NULL || symbol->target != NULL || symbol->type_target != NULL) return;
    meaning found = lead_name(self, symbol->imported_from, symbol->imported_name);
    symbol->target = found.value;
    symbol->type_target = found.type;
}

static meaning lead_meaning(binder *self, meaning what) {
    tsx_symbol *symbols[] = {what.value, what.type};
    for (int i = 0; i < 2; i++)
        if (symbols[i] != NULL && symbols[i]->kind == TSX_SYMBOL_IMPORT) lead_import(self, symbols[i]);
    if (what.value != NULL) what.value = tsx_symbol_target(what.value);
    if (what.type != NULL) what.type = tsx_symbol_type_target(what.type);
    return what;
}

/* A chain of re-exports that comes back to itself leads nowhere. */
static meaning lead_export(binder *self, tsx_export *export) {
    if (export->is_open) return (meaning){NULL, NULL};
    export->is_open = true;
    meaning what = {export->value, export->type};
    if (export->from != NULL && what.value == NULL && what.type == NULL)
        what = lead_name(self, export->from, export->from_name);
    what = lead_meaning(self, what);
    export->value = what.value;
    export->type = what.type;
    export->is_open = false;
    return what;
}

static void lead_module(binder *self, tsx_module *module) {
    for (size_t i = 0; i < module->exports.count; i++) {
        tsx_export *export = module->exports.entries[i].value;
        meaning found = lead_export(self, export);
        bool is_missing = found.value == NULL && found.type == NULL && export->from != NULL;
        if (!is_missing || export->from_node->kind == TSX_NODE_EXPORT_ALL) continue;
        const tsx_import *import = import_of(module, export->from_node->parent);
        tsx_span span = tsx_as_export_specifier(export->from_node)->local->span;
        report_no_export(self, import, span, export->from_name);
    }
    for (size_t i = 0; i < module->symbols.length; i++) {
        tsx_symbol *symbol = module->symbols.items[i];
        if (symbol->kind != TSX_SYMBOL_IMPORT || symbol->imported_from == NULL) continue;
        lead_import(self, symbol);
        if (symbol->target != NULL || symbol->type_target != NULL) continue;
        const tsx_import *import = import_above(symbol);
        if (symbol->declaration->kind == TSX_NODE_IMPORT)
            report_no_default(self, import, symbol->span, symbol->name);
        else
            report_no_export(self, import, tsx_as_import_specifier(symbol->declaration)->imported_span,
                             symbol->imported_name);
    }
}

/* `export default Name` where Name turned out to be an imported type. */
static void settle_default(binder *self, tsx_module *module) {
    tsx_export *export = map_get(&module->exports, STR("default"));
    if (export == NULL || export->value == NULL || export->value->kind != TSX_SYMBOL_DEFAULT) return;
    tsx_symbol *named = tsx_symbol_of(tsx_as_export_default(export->value->declaration)->expression);
    if (named == NULL || named->kind != TSX_SYMBOL_IMPORT) return;
    lead_import(self, named);
    if (named->target == NULL && named->type_target != NULL) export->value = NULL;
}

void link_exports(binder *self) {
    tsx_program *program = self->program;
    for (size_t i = 0; i < program->all.length; i++) collect_exports(self, program->all.items[i]);
    for (size_t i = 0; i < program->all.length; i++) complete_stars(self, program->all.items[i]);
    for (size_t i = 0; i < program->all.length; i++) settle_default(self, program->all.items[i]);
    for (size_t i = 0; i < program->all.length; i++) lead_module(self, program->all.items[i]);
    for (size_t i = 0; i < program->all.length; i++) program->all.items[i]->visit = NOT_VISITED;
}
