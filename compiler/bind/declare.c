/* Scopes, and the declarations that are made on entering them: everything that a block declares is known
 * before its first statement is looked at. */
#include "bind/binder.h"

/* ---- scopes */

tsx_scope *scope_open(binder *self, tsx_scope_kind kind, tsx_node *node) {
    tsx_scope *scope = ARENA_NEW(&self->session->memory, tsx_scope);
    scope->kind = kind;
    scope->node = node;
    scope->parent = self->scope;
    scope->function = self->function;
    self->scope = scope;
    VEC_PUSH(&self->module->scopes, scope);
    VEC_PUSH(&self->scope_starts, self->undo.length);
    return scope;
}

void scope_close(binder *self) {
    size_t start = VEC_POP(&self->scope_starts);
    while (self->undo.length > start) {
        undo_step step = VEC_POP(&self->undo);
        self->current[step.name] = step.before;
    }
    self->scope = self->scope->parent;
}

/* ---- conflicts */

static bool is_overload(const tsx_symbol *symbol) {
    const tsx_node *declaration = symbol->declaration;
    if (declaration->kind != TSX_NODE_FUNCTION_DECL) return false;
    return ((const tsx_function_node *)((const tsx_function_decl_node *)declaration)->function)->body == NULL;
}

/* May a second declaration of this kind share the name of `old` in one scope? */
static bool may_share(const tsx_symbol *old, tsx_symbol_kind kind) {
    if (kind == TSX_SYMBOL_VAR)
        return old->kind == TSX_SYMBOL_VAR || old->kind == TSX_SYMBOL_PARAMETER || old->kind == TSX_SYMBOL_FUNCTION ||
               old->kind == TSX_SYMBOL_CATCH;
    if (kind == TSX_SYMBOL_FUNCTION)
        return old->kind == TSX_SYMBOL_FUNCTION && is_overload(old);
    if (kind == TSX_SYMBOL_TYPE)
        return old->declaration->kind == TSX_NODE_INTERFACE_DECL || old->kind == TSX_SYMBOL_CLASS;
    return kind == TSX_SYMBOL_CLASS && old->kind == TSX_SYMBOL_TYPE;
}

static tsx_code conflict_code(const tsx_symbol *old, tsx_symbol_kind kind) {
    if (old->kind == TSX_SYMBOL_IMPORT || old->kind == TSX_SYMBOL_NAMESPACE) return TSX_C0203;
    if (old->kind == TSX_SYMBOL_FUNCTION && kind == TSX_SYMBOL_FUNCTION) return TSX_C0204;
    bool is_block_scoped = old->kind == TSX_SYMBOL_LET || old->kind == TSX_SYMBOL_CONST || kind == TSX_SYMBOL_LET ||
                           kind == TSX_SYMBOL_CONST;
    return is_block_scoped ? TSX_C0201 : TSX_C0202;
}

static void report_conflict(binder *self, const tsx_symbol *old, tsx_symbol_kind kind, const tsx_name *name,
                            tsx_span span) {
    if (name == self->default_name) {
        tsx_diag *diag = tsx_report(self->session, TSX_C0211, span);
        tsx_diag_label(self->session, diag, old->span, "the first one is here");
        return;
    }
    tsx_diag *diag = tsx_report(self->session, conflict_code(old, kind), span, name_text(name));
    tsx_diag_label(self->session, diag, old->span, "'%s' is first declared here", name_text(name));
}

/* Is the innermost scope the body that belongs to the head around it (parameters, a catch clause)? */
static bool is_body_of_head(const tsx_scope *scope) {
    if (scope->kind == TSX_SCOPE_BODY) return true;
    return scope->parent != NULL && scope->parent->kind == TSX_SCOPE_CATCH &&
           scope->node == tsx_as_catch(scope->parent->node)->body;
}

/* The symbol that already claims the name in this scope for the same purpose, or NULL. What a head declares
 * counts for the outermost block of its body. */
static tsx_symbol *claimed(binder *self, const meaning *now, tsx_symbol_kind kind) {
    const tsx_symbol_kind_facts *facts = tsx_symbol_kind_get(kind);
    tsx_symbol *candidates[] = {facts->is_value ? now->value : NULL, facts->is_type ? now->type : NULL};
    for (int i = 0; i < 2; i++) {
        tsx_symbol *old = candidates[i];
        if (old == NULL || old->kind == TSX_SYMBOL_SELF) continue; /* an own name gives way to any other */
        if (old->scope == self->scope) return old;
        bool is_of_head = old->kind == TSX_SYMBOL_PARAMETER || old->kind == TSX_SYMBOL_CATCH;
        if (is_of_head && old->scope == self->scope->parent && is_body_of_head(self->scope) &&
            kind != TSX_SYMBOL_FUNCTION)
            return old;
    }
    return NULL;
}

/* ---- one declaration */

static meaning *meaning_of(binder *self, const tsx_name *name) {
    if (name->id >= self->current_count) {
        uint32_t count = (uint32_t)self->session->names.by_text.count;
        self->current = mem_resize(self->current, count * sizeof *self->current);
        memset(self->current + self->current_count, 0, (count - self->current_count) * sizeof *self->current);
        self->current_count = count;
    }
    return &self->current[name->id];
}

static bool is_ambient(const binder *self, const tsx_node *declaration) {
    if (self->module->is_declaration) return true;
    if (declaration->kind == TSX_NODE_DECLARATOR) declaration = declaration->parent;
    return tsx_has(declaration, TSX_F_DECLARE);
}

static tsx_symbol *merge(tsx_symbol *old, tsx_symbol_kind kind, tsx_node *declaration) {
    if (kind == TSX_SYMBOL_TYPE || kind == TSX_SYMBOL_CLASS) old->is_merged = true;
    if (kind == TSX_SYMBOL_FUNCTION) old->declaration = declaration; /* the last one is the one with a body */
    if (kind == TSX_SYMBOL_VAR) old->is_assigned = true;
    return old;
}

tsx_symbol *declare_name(binder *self, tsx_symbol_kind kind, const tsx_name *name, tsx_span span,
                         tsx_node *declaration, uint32_t initialized_at) {
    meaning *now = meaning_of(self, name);
    tsx_symbol *old = claimed(self, now, kind);
    if (old != NULL) {
        if (may_share(old, kind)) return merge(old, kind, declaration);
        report_conflict(self, old, kind, name, span);
        return old;
    }
    tsx_symbol *symbol = ARENA_NEW(&self->session->memory, tsx_symbol);
    symbol->kind = kind;
    symbol->name = name;
    symbol->span = span;
    symbol->declaration = declaration;
    symbol->module = self->module;
    symbol->scope = self->scope;
    symbol->function = self->function;
    symbol->number = (uint32_t)self->module->symbols.length;
    symbol->initialized_at = initialized_at;
    symbol->is_module_level = self->scope->kind == TSX_SCOPE_MODULE;
    symbol->is_ambient = is_ambient(self, declaration);
    symbol->is_assigned = kind == TSX_SYMBOL_VAR; /* its initialiser may run any number of times */
    VEC_PUSH(&self->module->symbols, symbol);
    VEC_PUSH(&self->scope->symbols, symbol);
    VEC_PUSH(&self->undo, ((undo_step){name->id, *now}));
    const tsx_symbol_kind_facts *facts = tsx_symbol_kind_get(kind);
    if (facts->is_value) now->value = symbol;
    if (facts->is_type) now->type = symbol;
    return symbol;
}

tsx_symbol *declare(binder *self, tsx_symbol_kind kind, tsx_node *name, tsx_node *declaration,
                    uint32_t initialized_at) {
    tsx_binding_node *binding = tsx_as_binding(name);
    binding->symbol = declare_name(self, kind, binding->name, name->span, declaration, initialized_at);
    return binding->symbol;
}

void declare_pattern(binder *self, tsx_symbol_kind kind, tsx_node *pattern, tsx_node *declaration,
                     uint32_t initialized_at) {
    switch (pattern->kind) {
    case TSX_NODE_BINDING: declare(self, kind, pattern, declaration, initialized_at); break;
    case TSX_NODE_DEFAULT_PATTERN:
        declare_pattern(self, kind, tsx_as_default_pattern(pattern)->target, declaration, initialized_at);
        break;
    case TSX_NODE_REST:
        declare_pattern(self, kind, tsx_as_rest(pattern)->argument, declaration, initialized_at);
        break;
    case TSX_NODE_PATTERN_PROPERTY:
        declare_pattern(self, kind, tsx_as_pattern_property(pattern)->value, declaration, initialized_at);
        break;
    case TSX_NODE_OBJECT_PATTERN: {
        tsx_list properties = tsx_as_object_pattern(pattern)->properties;
        for (uint32_t i = 0; i < properties.count; i++)
            declare_pattern(self, kind, properties.items[i], declaration, initialized_at);
        break;
    }
    case TSX_NODE_ARRAY_PATTERN: {
        tsx_list elements = tsx_as_array_pattern(pattern)->elements;
        for (uint32_t i = 0; i < elements.count; i++)
            declare_pattern(self, kind, elements.items[i], declaration, initialized_at);
        break;
    }
    default: break; /* a hole */
    }
}

/* ---- the statements of a block */

static tsx_node *inner_declaration(tsx_node *statement) {
    return statement->kind == TSX_NODE_EXPORT_DECL ? tsx_as_export_decl(statement)->declaration : statement;
}

bool declares_something(tsx_list statements) {
    for (uint32_t i = 0; i < statements.count; i++) {
        const tsx_node *statement = inner_declaration(statements.items[i]);
        switch (statement->kind) {
        case TSX_NODE_VARIABLES:
            if (!tsx_has(statement, TSX_F_VAR)) return true;
            break;
        case TSX_NODE_FUNCTION_DECL:
        case TSX_NODE_CLASS_DECL:
        case TSX_NODE_INTERFACE_DECL:
        case TSX_NODE_TYPE_ALIAS_DECL:
        case TSX_NODE_ENUM_DECL:
        case TSX_NODE_NAMESPACE_DECL:
        case TSX_NODE_IMPORT: return true;
        default: break;
        }
    }
    return false;
}

static void declare_variables(binder *self, tsx_node *node) {
    if (tsx_has(node, TSX_F_VAR)) return;
    tsx_symbol_kind kind = tsx_has(node, TSX_F_CONST) ? TSX_SYMBOL_CONST : TSX_SYMBOL_LET;
    tsx_list declarators = tsx_as_variables(node)->declarators;
    for (uint32_t i = 0; i < declarators.count; i++) {
        tsx_node *declarator = declarators.items[i];
        declare_pattern(self, kind, tsx_as_declarator(declarator)->pattern, declarator, declarator->span.end);
    }
}

static void declare_function(binder *self, tsx_node *node) {
    tsx_node *function = tsx_as_function_decl(node)->function;
    tsx_node *name = tsx_as_function(function)->name;
    if (name != NULL)
        declare(self, TSX_SYMBOL_FUNCTION, name, node, 0);
    else
        declare_name(self, TSX_SYMBOL_FUNCTION, self->default_name, function->span, node, 0);
}

static void declare_class(binder *self, tsx_node *node) {
    tsx_node *class_node = tsx_as_class_decl(node)->class_node;
    tsx_node *name = tsx_as_class(class_node)->name;
    if (name != NULL)
        declare(self, TSX_SYMBOL_CLASS, name, node, class_node->span.end);
    else
        declare_name(self, TSX_SYMBOL_CLASS, self->default_name, class_node->span, node, class_node->span.end);
}

static tsx_module *imported_module(const tsx_module *self, const tsx_node *import) {
    for (size_t i = 0; i < self->imports.length; i++)
        if (self->imports.items[i].node == import) return self->imports.items[i].module;
    return NULL;
}

static void declare_import_name(binder *self, tsx_node *binding, tsx_node *declaration, const tsx_name *imported,
                                bool is_type_only) {
    tsx_node *import = declaration->kind == TSX_NODE_IMPORT ? declaration : declaration->parent;
    tsx_symbol *symbol = declare(self, TSX_SYMBOL_IMPORT, binding, declaration, 0);
    if (symbol->declaration != declaration) return; /* a conflict, reported */
    symbol->imported_from = imported_module(self->module, import);
    symbol->imported_name = imported;
    symbol->is_type_only = is_type_only || tsx_has(import, TSX_F_TYPE_ONLY);
}

static void declare_import(binder *self, tsx_node *node) {
    tsx_import_node *import = tsx_as_import(node);
    if (import->default_name != NULL) declare_import_name(self, import->default_name, node, self->default_name, false);
    if (import->namespace_name != NULL) {
        tsx_symbol *symbol = declare(self, TSX_SYMBOL_NAMESPACE, import->namespace_name, node, 0);
        symbol->namespace = imported_module(self->module, node);
        symbol->is_type_only = tsx_has(node, TSX_F_TYPE_ONLY);
    }
    for (uint32_t i = 0; i < import->specifiers.count; i++) {
        tsx_node *specifier = import->specifiers.items[i];
        tsx_import_specifier_node *parts = tsx_as_import_specifier(specifier);
        declare_import_name(self, parts->local, specifier, parts->imported, tsx_has(specifier, TSX_F_TYPE_ONLY));
    }
}

/* A namespace of types; it may share its name with anything. */
static void declare_namespace(binder *self, tsx_node *node) {
    tsx_node *name = tsx_as_namespace_decl(node)->name;
    if (name->kind != TSX_NODE_BINDING || tsx_has(node, TSX_F_GLOBAL)) return;
    const tsx_symbol *old = meaning_of(self, tsx_as_binding(name)->name)->type;
    if (old == NULL || old->scope != self->scope) declare(self, TSX_SYMBOL_TYPE, name, node, 0);
}

/* Values that are hoisted come first, so that tables of a scope list functions before what uses them. */
static void declare_statement(binder *self, tsx_node *statement) {
    switch (statement->kind) {
    case TSX_NODE_VARIABLES: declare_variables(self, statement); break;
    case TSX_NODE_CLASS_DECL: declare_class(self, statement); break;
    case TSX_NODE_IMPORT: declare_import(self, statement); break;
    case TSX_NODE_INTERFACE_DECL:
        declare(self, TSX_SYMBOL_TYPE, tsx_as_interface_decl(statement)->name, statement, 0);
        break;
    case TSX_NODE_TYPE_ALIAS_DECL:
        declare(self, TSX_SYMBOL_TYPE, tsx_as_type_alias_decl(statement)->name, statement, 0);
        break;
    case TSX_NODE_ENUM_DECL:
        declare(self, TSX_SYMBOL_ENUM, tsx_as_enum_decl(statement)->name, statement, statement->span.end);
        break;
    case TSX_NODE_NAMESPACE_DECL: declare_namespace(self, statement); break;
    case TSX_NODE_EXPORT_DEFAULT:
        declare_name(self, TSX_SYMBOL_DEFAULT, self->default_name, statement->span, statement, statement->span.end);
        break;
    default: break;
    }
}

void declare_statements(binder *self, tsx_list statements) {
    for (uint32_t i = 0; i < statements.count; i++) {
        tsx_node *statement = inner_declaration(statements.items[i]);
        if (statement->kind == TSX_NODE_FUNCTION_DECL) declare_function(self, statement);
    }
    for (uint32_t i = 0; i < statements.count; i++) declare_statement(self, inner_declaration(statements.items[i]));
}

/* ---- var */

static void declare_vars_below(tsx_node *node, void *context) {
    binder *self = context;
    if (node->kind == TSX_NODE_VARIABLES && tsx_has(node, TSX_F_VAR)) {
        tsx_list declarators = tsx_as_variables(node)->declarators;
        for (uint32_t i = 0; i < declarators.count; i++)
            declare_pattern(self, TSX_SYMBOL_VAR, tsx_as_declarator(declarators.items[i])->pattern,
                            declarators.items[i], 0);
        return;
    }
    tsx_class class_of = tsx_class_of(node);
    bool may_hold_statements = class_of == TSX_CLASS_STATEMENT || node->kind == TSX_NODE_CASE ||
                               node->kind == TSX_NODE_CATCH;
    if (!may_hold_statements || node->kind == TSX_NODE_FUNCTION_DECL || node->kind == TSX_NODE_CLASS_DECL) return;
    tsx_for_each_child(node, declare_vars_below, self);
}

void declare_vars(binder *self, tsx_list statements) {
    for (uint32_t i = 0; i < statements.count; i++) declare_vars_below(statements.items[i], self);
}

void declare_type_parameters(binder *self, tsx_list parameters) {
    for (uint32_t i = 0; i < parameters.count; i++)
        declare(self, TSX_SYMBOL_TYPE_PARAMETER, tsx_as_type_parameter(parameters.items[i])->name,
                parameters.items[i], 0);
}
