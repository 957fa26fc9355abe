/* From the nodes that write types to types. */
#include "types/type.h"

type *type_new(checker *self, type_kind kind) {
    type *made = ARENA_NEW(&self->session->memory, type);
    made->kind = kind;
    return made;
}

/* ---- small ones */

static const type *keyword_type(checker *self, const tsx_name *name) {
    if (str_is(name->text, "string")) return self->string;
    if (str_is(name->text, "number")) return self->number;
    if (str_is(name->text, "boolean")) return self->boolean;
    if (str_is(name->text, "undefined") || str_is(name->text, "null") || str_is(name->text, "void"))
        return self->nullish;
    return self->open;
}

static const type *literal_type(checker *self, tsx_node *literal) {
    switch (literal->kind) {
    case TSX_NODE_STRING: {
        type *made = type_new(self, TYPE_STRING_LITERAL);
        made->text = tsx_as_string(literal)->value;
        return made;
    }
    case TSX_NODE_NUMBER: {
        type *made = type_new(self, TYPE_NUMBER_LITERAL);
        made->number = tsx_as_number(literal)->value;
        return made;
    }
    case TSX_NODE_TRUE:
    case TSX_NODE_FALSE: {
        type *made = type_new(self, TYPE_BOOLEAN_LITERAL);
        made->boolean = literal->kind == TSX_NODE_TRUE;
        return made;
    }
    default: return self->open;
    }
}

static const type *array_type(checker *self, tsx_node *element, const type_env *env) {
    type *made = type_new(self, TYPE_ARRAY);
    made->node = element;
    made->env = env;
    return made;
}

static const type **types_of_nodes(checker *self, tsx_list nodes, const type_env *env) {
    const type **types = ARENA_ARRAY(&self->session->memory, const type *, nodes.count + 1);
    for (uint32_t i = 0; i < nodes.count; i++) types[i] = type_of_node(self, nodes.items[i], env);
    return types;
}

static const type *union_type(checker *self, tsx_list nodes, const type_env *env) {
    type *made = type_new(self, TYPE_UNION);
    made->members = types_of_nodes(self, nodes, env);
    made->member_count = nodes.count;
    return made;
}

/* T["name"] */
static const type *indexed_type(checker *self, tsx_node *node, const type_env *env) {
    const tsx_type_indexed_node *parts = tsx_as_type_indexed(node);
    const type *object = type_of_node(self, parts->object, env);
    const type *index = type_of_node(self, parts->index, env);
    if (object->kind != TYPE_OBJECT || index->kind != TYPE_STRING_LITERAL) return self->open;
    const property *found = type_property(object, tsx_intern(&self->session->names, index->text));
    return found != NULL && !found->is_optional ? property_type(self, found) : self->open;
}

/* ---- references */

static const type_env *bind_parameters(checker *self, tsx_list parameters, const tsx_list *arguments,
                                       const type_env *outer, const type_env *around) {
    const type_env *env = around;
    for (uint32_t i = 0; i < parameters.count; i++) {
        tsx_type_parameter_node *parameter = tsx_as_type_parameter(parameters.items[i]);
        type_env *made = ARENA_NEW(&self->session->memory, type_env);
        made->parameter = tsx_symbol_of(parameter->name);
        if (arguments != NULL && i < arguments->count)
            made->argument = type_of_node(self, arguments->items[i], outer);
        else if (parameter->default_type != NULL)
            made->argument = type_of_node(self, parameter->default_type, env);
        else
            made->argument = self->open;
        made->next = env;
        env = made;
    }
    return env;
}

/* The same type under a name, for messages. */
static const type *named(checker *self, const type *original, const tsx_name *name) {
    if (original->kind == TYPE_OPEN || original->name != NULL || name == NULL) return original;
    type *copy = type_new(self, original->kind);
    *copy = *original;
    copy->name = name;
    return copy;
}

static const type *type_of_parameter(const checker *self, const tsx_symbol *symbol, const type_env *env) {
    for (; env != NULL; env = env->next)
        if (env->parameter == symbol) return env->argument;
    return self->open;
}

const type *type_of_type_symbol(checker *self, tsx_symbol *symbol, const tsx_list *arguments, const type_env *env) {
    symbol = tsx_symbol_type_target(symbol);
    if (symbol == NULL || symbol->is_merged) return self->open;
    if (symbol->kind == TSX_SYMBOL_TYPE_PARAMETER) return type_of_parameter(self, symbol, env);
    if (self->depth >= TYPE_DEPTH_MAX || symbol->declaration == NULL) return self->open;
    self->depth++;
    const type *found = self->open;
    tsx_node *declaration = symbol->declaration;
    if (declaration->kind == TSX_NODE_INTERFACE_DECL) {
        tsx_list parameters = tsx_as_interface_decl(declaration)->type_parameters;
        found = interface_type(self, declaration, bind_parameters(self, parameters, arguments, env, NULL));
    } else if (declaration->kind == TSX_NODE_TYPE_ALIAS_DECL) {
        tsx_list parameters = tsx_as_type_alias_decl(declaration)->type_parameters;
        const type_env *inner = bind_parameters(self, parameters, arguments, env, NULL);
        found = type_of_node(self, tsx_as_type_alias_decl(declaration)->type, inner);
    } else if (declaration->kind == TSX_NODE_CLASS_DECL) {
        tsx_node *class_node = tsx_as_class_decl(declaration)->class_node;
        tsx_list parameters = tsx_as_class(class_node)->type_parameters;
        found = instance_type(self, class_node, bind_parameters(self, parameters, arguments, env, NULL));
    }
    self->depth--;
    return named(self, found, symbol->name);
}

/* ns.Type of an imported module. */
static tsx_symbol *qualified_symbol(tsx_node *name) {
    const tsx_qualified_name_node *parts = tsx_as_qualified_name(name);
    if (parts->left->kind != TSX_NODE_IDENTIFIER) return NULL;
    tsx_symbol *symbol = tsx_symbol_of(parts->left);
    if (symbol != NULL) symbol = tsx_symbol_type_target(symbol);
    if (symbol == NULL || symbol->kind != TSX_SYMBOL_NAMESPACE || symbol->namespace == NULL) return NULL;
    const tsx_export *export = tsx_module_export(symbol->namespace, parts->name);
    return export != NULL ? export->type : NULL;
}

static const type *reference_type(checker *self, tsx_node *node, const type_env *env) {
    const tsx_type_ref_node *parts = tsx_as_type_ref(node);
    if (parts->name->kind == TSX_NODE_QUALIFIED_NAME) {
        tsx_symbol *symbol = qualified_symbol(parts->name);
        return symbol != NULL ? type_of_type_symbol(self, symbol, &parts->type_arguments, env) : self->open;
    }
    if (parts->name->kind != TSX_NODE_IDENTIFIER) return self->open;
    tsx_symbol *symbol = tsx_symbol_of(parts->name);
    if (symbol != NULL) return type_of_type_symbol(self, symbol, &parts->type_arguments, env);
    const tsx_name *name = tsx_as_identifier(parts->name)->name;
    if (str_is(name->text, "Array") || str_is(name->text, "ReadonlyArray"))
        return array_type(self, parts->type_arguments.count > 0 ? parts->type_arguments.items[0] : NULL, env);
    return utility_type(self, name, parts->type_arguments, env);
}

/* ---- all */

static const type *evaluate(checker *self, tsx_node *node, const type_env *env) {
    switch (node->kind) {
    case TSX_NODE_TYPE_KEYWORD: return keyword_type(self, tsx_as_type_keyword(node)->name);
    case TSX_NODE_TYPE_LITERAL: return literal_type(self, tsx_as_type_literal(node)->literal);
    case TSX_NODE_TYPE_REF: return reference_type(self, node, env);
    case TSX_NODE_TYPE_ARRAY: return array_type(self, tsx_as_type_array(node)->element, env);
    case TSX_NODE_TYPE_TUPLE: return array_type(self, NULL, env);
    case TSX_NODE_TYPE_READONLY: return type_of_node(self, tsx_as_type_readonly(node)->type, env);
    case TSX_NODE_TYPE_UNION: return union_type(self, tsx_as_type_union(node)->types, env);
    case TSX_NODE_TYPE_OBJECT: return type_of_members(self, tsx_as_type_object(node)->members, env);
    case TSX_NODE_TYPE_INDEXED: return indexed_type(self, node, env);
    case TSX_NODE_TYPE_INTERSECTION: {
        tsx_list parts = tsx_as_type_intersection(node)->types;
        return intersection_type(self, types_of_nodes(self, parts, env), parts.count);
    }
    case TSX_NODE_TYPE_FUNCTION: {
        if (tsx_has(node, TSX_F_CONSTRUCTOR)) return self->open;
        type *made = type_new(self, TYPE_FUNCTION);
        made->node = node;
        made->env = env;
        return made;
    }
    default: return self->open;
    }
}

const type *type_of_node(checker *self, tsx_node *node, const type_env *env) {
    if (node == NULL || self->depth >= TYPE_DEPTH_MAX) return self->open;
    if (env == NULL && self->by_node[node->id] != NULL) return self->by_node[node->id];
    if (env == NULL) self->by_node[node->id] = self->open; /* while it is evaluated: what refers to itself is open */
    self->depth++;
    const type *found = evaluate(self, node, env);
    self->depth--;
    if (env == NULL) self->by_node[node->id] = found;
    return found;
}

const type *element_type(checker *self, const type *array) { return type_of_node(self, array->node, array->env); }

const property *type_property(const type *self, const tsx_name *name) {
    for (uint32_t i = 0; i < self->property_count; i++)
        if (self->properties[i].name == name) return &self->properties[i];
    return NULL;
}

const type *property_type(checker *self, const property *of) {
    if (of->known != NULL) return of->known;
    if (of->node == NULL) return self->open;
    return of->is_value ? type_of_expression(self, of->node) : type_of_node(self, of->node, of->env);
}

const type *without_nullish(checker *self, const type *of) {
    if (of->kind == TYPE_NULLISH) return self->open;
    if (of->kind != TYPE_UNION) return of;
    const type *only = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < of->member_count; i++) {
        if (of->members[i]->kind == TYPE_NULLISH) continue;
        only = of->members[i];
        count++;
    }
    return count == 1 ? without_nullish(self, only) : count == 0 ? self->open : of;
}
