/* The walk over one module: opens scopes, gives each function its record, and binds each name that is used. */
#include "bind/binder.h"

static void walk(tsx_node *node, void *context);
static void walk_target(binder *self, tsx_node *node, use_kind kind);

static void walk_list(binder *self, tsx_list list) {
    for (uint32_t i = 0; i < list.count; i++) walk(list.items[i], self);
}

static void walk_optional(binder *self, tsx_node *node) {
    if (node != NULL) walk(node, self);
}

/* ---- functions */

static tsx_function *function_new(binder *self, tsx_node *node) {
    tsx_function *function = ARENA_NEW(&self->session->memory, tsx_function);
    function->node = node;
    function->module = self->module;
    function->parent = self->function;
    function->number = (uint32_t)self->module->functions.length;
    VEC_PUSH(&self->module->functions, function);
    return function;
}

static void declare_parameters(binder *self, tsx_list parameters) {
    for (uint32_t i = 0; i < parameters.count; i++) {
        tsx_node *parameter = parameters.items[i];
        if (tsx_has(parameter, TSX_F_THIS_PARAMETER)) continue;
        tsx_node *pattern = tsx_as_parameter(parameter)->pattern;
        declare_pattern(self, TSX_SYMBOL_PARAMETER, pattern, parameter, 0);
    }
}

/* `{ let x; { var x; } }`: the `var` belongs to the function, and on its way there meets the `let`. */
static void check_var(binder *self, tsx_node *binding) {
    const tsx_symbol *symbol = tsx_symbol_of(binding);
    if (symbol == NULL || symbol->kind != TSX_SYMBOL_VAR) return;
    const tsx_symbol *nearest = self->current[symbol->name->id].value;
    if (nearest == symbol || nearest == NULL || nearest->kind == TSX_SYMBOL_CATCH) return;
    tsx_diag *diag = tsx_report(self->session, TSX_C0201, binding->span, name_text(symbol->name));
    tsx_diag_label(self->session, diag, nearest->span, "'%s' is first declared here", name_text(symbol->name));
}

/* A pattern that declares: its names are bound already; defaults and computed keys are evaluated. */
static void walk_pattern(binder *self, tsx_node *pattern) {
    switch (pattern->kind) {
    case TSX_NODE_BINDING: check_var(self, pattern); break;
    case TSX_NODE_HOLE: break;
    case TSX_NODE_DEFAULT_PATTERN:
        walk_pattern(self, tsx_as_default_pattern(pattern)->target);
        walk(tsx_as_default_pattern(pattern)->initializer, self);
        break;
    case TSX_NODE_REST: walk_pattern(self, tsx_as_rest(pattern)->argument); break;
    case TSX_NODE_PATTERN_PROPERTY:
        walk(tsx_as_pattern_property(pattern)->key, self);
        walk_pattern(self, tsx_as_pattern_property(pattern)->value);
        break;
    case TSX_NODE_OBJECT_PATTERN: {
        tsx_list properties = tsx_as_object_pattern(pattern)->properties;
        for (uint32_t i = 0; i < properties.count; i++) walk_pattern(self, properties.items[i]);
        break;
    }
    case TSX_NODE_ARRAY_PATTERN: {
        tsx_list elements = tsx_as_array_pattern(pattern)->elements;
        for (uint32_t i = 0; i < elements.count; i++) walk_pattern(self, elements.items[i]);
        break;
    }
    default: walk(pattern, self); break;
    }
}

static void walk_parameters(binder *self, tsx_list parameters) {
    for (uint32_t i = 0; i < parameters.count; i++) {
        tsx_parameter_node *parameter = tsx_as_parameter(parameters.items[i]);
        walk_optional(self, parameter->type);
        if (!tsx_has(parameters.items[i], TSX_F_THIS_PARAMETER)) walk_pattern(self, parameter->pattern);
        walk_optional(self, parameter->initializer);
    }
}

/* The outermost block of a function. Its scope is opened even when it declares nothing, so that what an inner
 * block declares is never taken for a conflict with a parameter. */
static void walk_body(binder *self, tsx_node *body) {
    if (body->kind != TSX_NODE_BLOCK) {
        walk(body, self);
        return;
    }
    tsx_block_node *block = tsx_as_block(body);
    tsx_scope *scope = scope_open(self, TSX_SCOPE_BODY, body);
    declare_statements(self, block->body);
    declare_vars(self, block->body);
    if (scope->symbols.length > 0) block->scope = scope;
    walk_list(self, block->body);
    scope_close(self);
}

/* `known` is the record when it was made before (a class's constructor). */
static tsx_function *walk_function(binder *self, tsx_node *node, tsx_function *known) {
    tsx_function_node *parts = tsx_as_function(node);
    tsx_function *outer = self->function;
    tsx_function *function = NULL;
    if (parts->body != NULL) {
        function = known != NULL ? known : function_new(self, node);
        function->is_arrow = tsx_has(node, TSX_F_ARROW);
        function->is_async = tsx_has(node, TSX_F_ASYNC);
        self->function = function;
    }
    parts->scope = scope_open(self, TSX_SCOPE_FUNCTION, node);
    if (function != NULL) function->scope = parts->scope;
    bool is_expression = node->parent->kind != TSX_NODE_FUNCTION_DECL;
    if (is_expression && parts->name != NULL) declare(self, TSX_SYMBOL_SELF, parts->name, node, 0);
    declare_type_parameters(self, parts->type_parameters);
    declare_parameters(self, parts->parameters);
    walk_list(self, parts->type_parameters);
    walk_parameters(self, parts->parameters);
    walk_optional(self, parts->return_type);
    if (parts->body != NULL) walk_body(self, parts->body);
    scope_close(self);
    self->function = outer;
    return function;
}

static void walk_function_declaration(binder *self, tsx_node *node) {
    tsx_node *function_node = tsx_as_function_decl(node)->function;
    tsx_function *function = walk_function(self, function_node, NULL);
    if (function == NULL) return;
    tsx_node *name = tsx_as_function(function_node)->name;
    const tsx_name *text = name != NULL ? tsx_as_binding(name)->name : self->default_name;
    function->is_hoisted = true;
    function->symbol = self->current[text->id].value;
}

/* ---- classes */

static tsx_node *written_constructor(tsx_list members) {
    for (uint32_t i = 0; i < members.count; i++) {
        if (members.items[i]->kind != TSX_NODE_METHOD || !tsx_has(members.items[i], TSX_F_CONSTRUCTOR)) continue;
        tsx_node *function = tsx_as_method(members.items[i])->function;
        if (tsx_as_function(function)->body != NULL) return function;
    }
    return NULL;
}

static bool is_ambient_class(const binder *self, const tsx_node *node) {
    return self->module->is_declaration ||
           (node->parent->kind == TSX_NODE_CLASS_DECL && tsx_has(node->parent, TSX_F_DECLARE));
}

static void walk_in(binder *self, tsx_function *function, tsx_node *node) {
    tsx_function *outer = self->function;
    self->function = function;
    walk(node, self);
    self->function = outer;
}

static void walk_field(binder *self, tsx_node *node, tsx_function *constructor) {
    tsx_field_node *field = tsx_as_field(node);
    walk(field->key, self);
    walk_optional(self, field->type);
    if (field->initializer == NULL) return;
    walk_in(self, tsx_has(node, TSX_F_STATIC) ? function_new(self, node) : constructor, field->initializer);
}

static void walk_class_member(binder *self, tsx_node *member, tsx_function *constructor) {
    switch (member->kind) {
    case TSX_NODE_METHOD: {
        tsx_method_node *method = tsx_as_method(member);
        walk(method->key, self);
        walk_function(self, method->function, constructor != NULL && constructor->node == method->function ? constructor : NULL);
        break;
    }
    case TSX_NODE_FIELD: walk_field(self, member, constructor); break;
    case TSX_NODE_STATIC_BLOCK: walk_in(self, function_new(self, member), tsx_as_static_block(member)->body); break;
    default: walk(member, self); break;
    }
}

static void walk_class(binder *self, tsx_node *node) {
    tsx_class_node *parts = tsx_as_class(node);
    tsx_scope *scope = scope_open(self, TSX_SCOPE_CLASS, node);
    parts->scope = scope;
    if (parts->name != NULL && node->parent->kind != TSX_NODE_CLASS_DECL) {
        tsx_symbol *own = declare(self, TSX_SYMBOL_SELF, parts->name, node, 0);
        self->current[own->name->id].type = own;
    }
    declare_type_parameters(self, parts->type_parameters);
    walk_list(self, parts->type_parameters);
    walk_optional(self, parts->heritage);
    walk_list(self, parts->heritage_type_arguments);
    walk_list(self, parts->implements);
    if (!is_ambient_class(self, node)) {
        tsx_node *written = written_constructor(parts->members);
        scope->constructor = function_new(self, written != NULL ? written : node);
    }
    for (uint32_t i = 0; i < parts->members.count; i++)
        walk_class_member(self, parts->members.items[i], scope->constructor);
    scope_close(self);
}

/* ---- statements with scopes */

static void walk_block(binder *self, tsx_node *node) {
    tsx_block_node *block = tsx_as_block(node);
    bool has_scope = declares_something(block->body);
    if (has_scope) {
        block->scope = scope_open(self, TSX_SCOPE_BLOCK, node);
        declare_statements(self, block->body);
    }
    walk_list(self, block->body);
    if (has_scope) scope_close(self);
}

static bool is_lexical(const tsx_node *node) {
    return node != NULL && node->kind == TSX_NODE_VARIABLES && !tsx_has(node, TSX_F_VAR);
}

static void walk_for(binder *self, tsx_node *node) {
    tsx_for_node *parts = tsx_as_for(node);
    bool has_scope = is_lexical(parts->initializer);
    if (has_scope) {
        parts->scope = scope_open(self, TSX_SCOPE_LOOP, node);
        declare_statements(self, (tsx_list){&parts->initializer, 1});
    }
    walk_optional(self, parts->initializer);
    walk_optional(self, parts->test);
    walk_optional(self, parts->update);
    walk(parts->body, self);
    if (has_scope) scope_close(self);
}

/* for-of and for-in. The names of the head exist while `right` is evaluated, but have no value yet. */
static tsx_scope *walk_for_each(binder *self, tsx_node *node, tsx_node *left, tsx_node *right, tsx_node *body) {
    tsx_scope *scope = NULL;
    if (is_lexical(left)) {
        scope = scope_open(self, TSX_SCOPE_LOOP, node);
        tsx_symbol_kind kind = tsx_has(left, TSX_F_CONST) ? TSX_SYMBOL_CONST : TSX_SYMBOL_LET;
        tsx_node *declarator = tsx_as_variables(left)->declarators.items[0];
        declare_pattern(self, kind, tsx_as_declarator(declarator)->pattern, declarator, right->span.end);
    }
    if (left->kind == TSX_NODE_VARIABLES)
        walk(left, self);
    else
        walk_target(self, left, USE_WRITE);
    walk(right, self);
    walk(body, self);
    if (scope != NULL) scope_close(self);
    return scope;
}

static void walk_switch(binder *self, tsx_node *node) {
    tsx_switch_node *parts = tsx_as_switch(node);
    walk(parts->discriminant, self);
    tsx_scope *scope = scope_open(self, TSX_SCOPE_SWITCH, node);
    for (uint32_t i = 0; i < parts->cases.count; i++)
        declare_statements(self, tsx_as_case(parts->cases.items[i])->body);
    if (scope->symbols.length > 0) parts->scope = scope;
    walk_list(self, parts->cases);
    scope_close(self);
}

static void walk_catch(binder *self, tsx_node *node) {
    tsx_catch_node *parts = tsx_as_catch(node);
    tsx_scope *scope = scope_open(self, TSX_SCOPE_CATCH, node);
    if (parts->parameter != NULL) {
        declare_pattern(self, TSX_SYMBOL_CATCH, parts->parameter, node, 0);
        walk_pattern(self, parts->parameter);
        parts->scope = scope;
    }
    walk_optional(self, parts->type);
    walk(parts->body, self);
    scope_close(self);
}

static void walk_declarator(binder *self, tsx_node *node) {
    tsx_declarator_node *parts = tsx_as_declarator(node);
    walk_pattern(self, parts->pattern);
    walk_optional(self, parts->type);
    walk_optional(self, parts->initializer);
}

/* ---- types */

/* A scope for type parameters (and for the parameters of a function type), around all children. */
static tsx_scope *walk_type_scope(binder *self, tsx_node *node, tsx_list type_parameters, tsx_list parameters) {
    tsx_scope *scope = scope_open(self, TSX_SCOPE_TYPE, node);
    declare_type_parameters(self, type_parameters);
    declare_parameters(self, parameters);
    if (parameters.count > 0) {
        walk_list(self, type_parameters);
        walk_parameters(self, parameters);
    }
    return scope;
}

static const tsx_list no_list = {NULL, 0};

static void walk_interface(binder *self, tsx_node *node) {
    tsx_interface_decl_node *parts = tsx_as_interface_decl(node);
    parts->scope = walk_type_scope(self, node, parts->type_parameters, no_list);
    walk_list(self, parts->type_parameters);
    walk_list(self, parts->extends);
    walk_list(self, parts->members);
    scope_close(self);
}

static void walk_type_alias(binder *self, tsx_node *node) {
    tsx_type_alias_decl_node *parts = tsx_as_type_alias_decl(node);
    parts->scope = walk_type_scope(self, node, parts->type_parameters, no_list);
    walk_list(self, parts->type_parameters);
    walk(parts->type, self);
    scope_close(self);
}

static void walk_function_type(binder *self, tsx_node *node) {
    tsx_type_function_node *parts = tsx_as_type_function(node);
    parts->scope = walk_type_scope(self, node, parts->type_parameters, parts->parameters);
    if (parts->parameters.count == 0) walk_list(self, parts->type_parameters);
    walk(parts->return_type, self);
    scope_close(self);
}

static void walk_mapped_type(binder *self, tsx_node *node) {
    tsx_type_mapped_node *parts = tsx_as_type_mapped(node);
    parts->scope = walk_type_scope(self, node, (tsx_list){&parts->parameter, 1}, no_list);
    walk(parts->parameter, self);
    walk_optional(self, parts->as_type);
    walk_optional(self, parts->type);
    scope_close(self);
}

static void declare_inferred(tsx_node *node, void *context) {
    if (node->kind == TSX_NODE_TYPE_CONDITIONAL) return;
    if (node->kind == TSX_NODE_TYPE_INFER) {
        tsx_node *parameter = tsx_as_type_infer(node)->parameter;
        const tsx_name *name = tsx_as_binding(tsx_as_type_parameter(parameter)->name)->name;
        binder *self = context;
        tsx_symbol *known = tsx_scope_own_type(self->scope, name);
        if (known == NULL) declare_type_parameters(self, (tsx_list){&parameter, 1});
    }
    tsx_for_each_child(node, declare_inferred, context);
}

static void walk_conditional_type(binder *self, tsx_node *node) {
    tsx_type_conditional_node *parts = tsx_as_type_conditional(node);
    walk(parts->check, self);
    parts->scope = scope_open(self, TSX_SCOPE_TYPE, node);
    declare_inferred(parts->extends, self);
    walk(parts->extends, self);
    walk(parts->consequent, self);
    scope_close(self);
    walk(parts->alternate, self);
}

/* The leftmost name of A.B.C. */
static void walk_entity_name(binder *self, tsx_node *name, bool is_value) {
    bool is_qualified = name->kind == TSX_NODE_QUALIFIED_NAME;
    while (name->kind == TSX_NODE_QUALIFIED_NAME) name = tsx_as_qualified_name(name)->left;
    if (name->kind != TSX_NODE_IDENTIFIER) {
        if (name->kind != TSX_NODE_THIS) walk(name, self);
    } else if (is_value)
        reference(self, name, USE_TYPEOF);
    else
        reference_type(self, name, is_qualified);
}

/* ---- expressions */

/* What an assignment writes to. */
static void walk_target(binder *self, tsx_node *node, use_kind kind) {
    switch (node->kind) {
    case TSX_NODE_IDENTIFIER: reference(self, node, kind); break;
    case TSX_NODE_NON_NULL: walk_target(self, tsx_as_non_null(node)->expression, kind); break;
    case TSX_NODE_AS:
        walk_target(self, tsx_as_as(node)->expression, kind);
        walk(tsx_as_as(node)->type, self);
        break;
    case TSX_NODE_DEFAULT_PATTERN:
        walk_target(self, tsx_as_default_pattern(node)->target, kind);
        walk(tsx_as_default_pattern(node)->initializer, self);
        break;
    case TSX_NODE_REST: walk_target(self, tsx_as_rest(node)->argument, kind); break;
    case TSX_NODE_PATTERN_PROPERTY:
        walk(tsx_as_pattern_property(node)->key, self);
        walk_target(self, tsx_as_pattern_property(node)->value, kind);
        break;
    case TSX_NODE_OBJECT_PATTERN: {
        tsx_list properties = tsx_as_object_pattern(node)->properties;
        for (uint32_t i = 0; i < properties.count; i++) walk_target(self, properties.items[i], kind);
        break;
    }
    case TSX_NODE_ARRAY_PATTERN: {
        tsx_list elements = tsx_as_array_pattern(node)->elements;
        for (uint32_t i = 0; i < elements.count; i++) walk_target(self, elements.items[i], kind);
        break;
    }
    default: walk(node, self); break;
    }
}

/* `this` belongs to the nearest function that is no arrow; the arrows on the way capture it. */
static void use_this(binder *self, bool is_super) {
    for (tsx_function *function = self->function; function != NULL; function = function->parent) {
        function->uses_this = true;
        if (is_super) function->uses_super = true;
        if (!function->is_arrow) return;
    }
}

static void walk_assign(binder *self, tsx_node *node) {
    tsx_assign_node *parts = tsx_as_assign(node);
    walk_target(self, parts->target, parts->op == TSX_OP_ASSIGN ? USE_WRITE : USE_READ_WRITE);
    walk(parts->value, self);
}

static void walk_member(binder *self, tsx_node *node) {
    walk(tsx_as_member(node)->object, self);
    check_member(self, node);
}

/* The names of `export { a as b }` are uses only when they name what this module has. */
static void walk_export_named(binder *self, tsx_node *node) {
    tsx_export_named_node *parts = tsx_as_export_named(node);
    if (parts->source != NULL) return;
    for (uint32_t i = 0; i < parts->specifiers.count; i++)
        reference(self, tsx_as_export_specifier(parts->specifiers.items[i])->local, USE_EXPORT);
}

/* ---- all kinds: those without a row of their own walk their children */

static void walk_for_of(binder *self, tsx_node *node) {
    tsx_for_of_node *parts = tsx_as_for_of(node);
    parts->scope = walk_for_each(self, node, parts->left, parts->right, parts->body);
    if (tsx_has(node, TSX_F_AWAIT_MARK)) self->function->has_await = true;
}

static void walk_for_in(binder *self, tsx_node *node) {
    tsx_for_in_node *parts = tsx_as_for_in(node);
    parts->scope = walk_for_each(self, node, parts->left, parts->right, parts->body);
}

static void walk_expression_part(binder *self, tsx_node *node) {
    switch (node->kind) {
    case TSX_NODE_IDENTIFIER: reference(self, node, USE_READ); break;
    case TSX_NODE_THIS: use_this(self, false); break;
    case TSX_NODE_SUPER: use_this(self, true); break;
    case TSX_NODE_MEMBER: walk_member(self, node); break;
    case TSX_NODE_ASSIGN: walk_assign(self, node); break;
    case TSX_NODE_UPDATE: walk_target(self, tsx_as_update(node)->target, USE_READ_WRITE); break;
    case TSX_NODE_FUNCTION: walk_function(self, node, NULL); break;
    case TSX_NODE_CLASS: walk_class(self, node); break;
    case TSX_NODE_AWAIT:
        self->function->has_await = true;
        walk(tsx_as_await(node)->argument, self);
        break;
    default: tsx_for_each_child(node, walk, self); break;
    }
}

static void walk_statement_part(binder *self, tsx_node *node) {
    switch (node->kind) {
    case TSX_NODE_FUNCTION_DECL: walk_function_declaration(self, node); break;
    case TSX_NODE_DECLARATOR: walk_declarator(self, node); break;
    case TSX_NODE_BLOCK: walk_block(self, node); break;
    case TSX_NODE_FOR: walk_for(self, node); break;
    case TSX_NODE_FOR_OF: walk_for_of(self, node); break;
    case TSX_NODE_FOR_IN: walk_for_in(self, node); break;
    case TSX_NODE_SWITCH: walk_switch(self, node); break;
    case TSX_NODE_CATCH: walk_catch(self, node); break;
    case TSX_NODE_INTERFACE_DECL: walk_interface(self, node); break;
    case TSX_NODE_TYPE_ALIAS_DECL: walk_type_alias(self, node); break;
    case TSX_NODE_EXPORT_NAMED: walk_export_named(self, node); break;
    case TSX_NODE_IMPORT:
    case TSX_NODE_EXPORT_ALL:
    case TSX_NODE_NAMESPACE_DECL: break;
    default: walk_expression_part(self, node); break;
    }
}

static void walk_type_part(binder *self, tsx_node *node) {
    switch (node->kind) {
    case TSX_NODE_TYPE_REF:
        walk_entity_name(self, tsx_as_type_ref(node)->name, false);
        walk_list(self, tsx_as_type_ref(node)->type_arguments);
        break;
    case TSX_NODE_TYPE_QUERY:
        walk_entity_name(self, tsx_as_type_query(node)->expression, true);
        walk_list(self, tsx_as_type_query(node)->type_arguments);
        break;
    case TSX_NODE_TYPE_FUNCTION: walk_function_type(self, node); break;
    case TSX_NODE_TYPE_MAPPED: walk_mapped_type(self, node); break;
    case TSX_NODE_TYPE_CONDITIONAL: walk_conditional_type(self, node); break;
    case TSX_NODE_TYPE_IMPORT: walk_list(self, tsx_as_type_import(node)->type_arguments); break;
    case TSX_NODE_TYPE_LITERAL: break;
    default: tsx_for_each_child(node, walk, self); break;
    }
}

static void walk(tsx_node *node, void *context) {
    binder *self = context;
    switch (tsx_class_of(node)) {
    case TSX_CLASS_TYPE: walk_type_part(self, node); break;
    case TSX_CLASS_STATEMENT:
    case TSX_CLASS_PART: walk_statement_part(self, node); break;
    default: walk_expression_part(self, node); break;
    }
}

void resolve_module(binder *self, tsx_module *module) {
    self->module = module;
    self->function = NULL;
    self->scope = NULL;
    self->function = module->top_level = function_new(self, module->root);
    module->scope = scope_open(self, TSX_SCOPE_MODULE, module->root);
    tsx_module_node *root = tsx_as_module(module->root);
    root->scope = module->scope;
    module->top_level->scope = module->scope;
    declare_statements(self, root->body);
    declare_vars(self, root->body);
    walk_list(self, root->body);
    module->top_level->is_async = module->has_await = module->top_level->has_await;
    scope_close(self);
}
