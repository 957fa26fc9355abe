/* Types of values: literals as they stand, names by their declaration, calls by what the callee declares to
 * return. Nothing is narrowed, so a type may be wider than tsc's; see relate.c for why that does no harm. */
#include "types/type.h"

static const type *function_value(checker *self, tsx_node *function) {
    type *made = type_new(self, TYPE_FUNCTION);
    made->node = function;
    return made;
}

static const type *class_value(checker *self, tsx_node *class_node) {
    type *made = type_new(self, TYPE_CLASS);
    made->node = class_node;
    const tsx_node *name = tsx_as_class(class_node)->name;
    if (name != NULL) made->name = ((const tsx_binding_node *)name)->name;
    return made;
}

/* A literal kept in a variable that can change counts as its kind only. */
static const type *widened(const checker *self, const type *of) {
    switch (of->kind) {
    case TYPE_STRING_LITERAL: return self->string;
    case TYPE_NUMBER_LITERAL: return self->number;
    case TYPE_BOOLEAN_LITERAL: return self->boolean;
    case TYPE_NULLISH: return self->open;
    default: return of;
    }
}

/* ---- names */

/* `({ name }: Props)`: the property of the parameter's type. Only one level deep; defaults leave it open. */
static const type *type_in_pattern(checker *self, const tsx_symbol *symbol, tsx_node *pattern, const type *whole) {
    if (pattern->kind != TSX_NODE_OBJECT_PATTERN || whole->kind != TYPE_OBJECT) return self->open;
    tsx_list properties = tsx_as_object_pattern(pattern)->properties;
    for (uint32_t i = 0; i < properties.count; i++) {
        if (properties.items[i]->kind != TSX_NODE_PATTERN_PROPERTY) continue;
        const tsx_pattern_property_node *part = tsx_as_pattern_property(properties.items[i]);
        if (tsx_symbol_of(part->value) != symbol || part->key->kind != TSX_NODE_KEY) continue;
        const property *found = type_property(whole, tsx_as_key(part->key)->name);
        return found != NULL && !found->is_optional ? property_type(self, found) : self->open;
    }
    return self->open;
}

static const type *type_of_variable(checker *self, tsx_symbol *symbol) {
    if (symbol->declaration->kind != TSX_NODE_DECLARATOR) return self->open;
    const tsx_declarator_node *declarator = tsx_as_declarator(symbol->declaration);
    const type *whole = self->open;
    if (declarator->type != NULL)
        whole = type_of_node(self, declarator->type, NULL);
    else if (declarator->initializer != NULL && symbol->kind == TSX_SYMBOL_CONST)
        whole = type_of_expression(self, declarator->initializer);
    if (declarator->pattern->kind == TSX_NODE_BINDING) return whole;
    return type_in_pattern(self, symbol, declarator->pattern, whole);
}

static const type *type_of_parameter_symbol(checker *self, const tsx_symbol *symbol) {
    if (symbol->declaration->kind != TSX_NODE_PARAMETER) return self->open;
    const tsx_parameter_node *parameter = tsx_as_parameter(symbol->declaration);
    if (parameter->type == NULL || tsx_has(symbol->declaration, TSX_F_REST)) return self->open;
    const type *whole = type_of_node(self, parameter->type, NULL);
    if (parameter->pattern->kind == TSX_NODE_BINDING) return symbol->is_assigned ? self->open : whole;
    return type_in_pattern(self, symbol, parameter->pattern, whole);
}

const type *type_of_value_symbol(checker *self, tsx_symbol *symbol) {
    symbol = tsx_symbol_target(symbol);
    if (symbol == NULL || symbol->is_merged || self->depth >= TYPE_DEPTH_MAX) return self->open;
    self->depth++;
    const type *found = self->open;
    switch (symbol->kind) {
    case TSX_SYMBOL_FUNCTION: found = function_value(self, tsx_as_function_decl(symbol->declaration)->function); break;
    case TSX_SYMBOL_CLASS: found = class_value(self, tsx_as_class_decl(symbol->declaration)->class_node); break;
    case TSX_SYMBOL_CONST:
    case TSX_SYMBOL_LET: found = type_of_variable(self, symbol); break;
    case TSX_SYMBOL_PARAMETER: found = type_of_parameter_symbol(self, symbol); break;
    case TSX_SYMBOL_DEFAULT:
        found = type_of_expression(self, tsx_as_export_default(symbol->declaration)->expression);
        break;
    default: break;
    }
    self->depth--;
    return found;
}

/* ---- calls */

bool is_use_instance(const checker *self, tsx_node *call) {
    if (call->kind != TSX_NODE_CALL || self->use_instance == NULL) return false;
    tsx_node *callee = tsx_as_call(call)->callee;
    tsx_symbol *symbol = NULL;
    if (callee->kind == TSX_NODE_IDENTIFIER) symbol = tsx_symbol_of(callee);
    if (callee->kind == TSX_NODE_MEMBER) {
        const tsx_member_node *member = tsx_as_member(callee);
        tsx_symbol *object = tsx_symbol_of(member->object);
        if (object != NULL) object = tsx_symbol_target(object);
        if (object == NULL || object->kind != TSX_SYMBOL_NAMESPACE || object->namespace == NULL) return false;
        const tsx_export *export = tsx_module_export(object->namespace, member->name);
        symbol = export != NULL ? export->value : NULL;
    }
    return symbol != NULL && tsx_symbol_target(symbol) == self->use_instance;
}

/* What a function with these type arguments declares to return. */
static const type *return_type(checker *self, const type *function, tsx_list arguments) {
    bool is_type = function->node->kind == TSX_NODE_TYPE_FUNCTION;
    tsx_list parameters = is_type ? tsx_as_type_function(function->node)->type_parameters
                                  : tsx_as_function(function->node)->type_parameters;
    tsx_node *written = is_type ? tsx_as_type_function(function->node)->return_type
                                : tsx_as_function(function->node)->return_type;
    const type_env *env = function->env;
    for (uint32_t i = 0; i < parameters.count; i++) {
        type_env *made = ARENA_NEW(&self->session->memory, type_env);
        made->parameter = tsx_symbol_of(tsx_as_type_parameter(parameters.items[i])->name);
        made->argument = i < arguments.count ? type_of_node(self, arguments.items[i], NULL) : self->open;
        made->next = env;
        env = made;
    }
    return type_of_node(self, written, env);
}

static const type *type_of_call(checker *self, tsx_node *node) {
    const tsx_call_node *call = tsx_as_call(node);
    if (is_use_instance(self, node)) {
        if (call->arguments.count == 0 || call->arguments.items[0]->kind == TSX_NODE_SPREAD) return self->open;
        const type *construct = type_of_expression(self, call->arguments.items[0]);
        if (construct->kind != TYPE_CLASS) return self->open;
        return instance_type(self, construct->node, NULL);
    }
    const type *callee = type_of_expression(self, call->callee);
    return callee->kind == TYPE_FUNCTION ? return_type(self, callee, call->type_arguments) : self->open;
}

const type *first_parameter_type(checker *self, const type *function) {
    bool is_type = function->node->kind == TSX_NODE_TYPE_FUNCTION;
    tsx_list parameters = is_type ? tsx_as_type_function(function->node)->parameters
                                  : tsx_as_function(function->node)->parameters;
    uint32_t first = parameters.count > 0 && tsx_has(parameters.items[0], TSX_F_THIS_PARAMETER) ? 1 : 0;
    if (first >= parameters.count) return NULL;
    if (tsx_has(parameters.items[first], TSX_F_REST)) return self->open;
    return type_of_node(self, tsx_as_parameter(parameters.items[first])->type, function->env);
}

/* ---- members */

static const type *type_of_member(checker *self, tsx_node *node) {
    const tsx_member_node *member = tsx_as_member(node);
    tsx_symbol *object = tsx_symbol_of(member->object);
    if (object != NULL) object = tsx_symbol_target(object);
    if (object != NULL && object->kind == TSX_SYMBOL_NAMESPACE && object->namespace != NULL) {
        const tsx_export *export = tsx_module_export(object->namespace, member->name);
        return export != NULL && export->value != NULL ? type_of_value_symbol(self, export->value) : self->open;
    }
    const type *of = without_nullish(self, type_of_expression(self, member->object));
    const property *found = of->kind == TYPE_OBJECT ? type_property(of, member->name) : NULL;
    if (found == NULL || found->is_optional) return self->open;
    /* What was written to a property since is not followed; what a class or type declares stays true. */
    return found->is_value ? self->open : property_type(self, found);
}

/* ---- objects, arrays, operators */

static const type *type_of_object(checker *self, tsx_node *object) {
    given_shape shape = {.form = SHAPE_VALUE};
    given_of_object(self, object, &shape);
    type *made = type_new(self, TYPE_OBJECT);
    made->has_others = shape.is_open;
    made->properties = ARENA_ARRAY(&self->session->memory, property, shape.items.length + 1);
    for (size_t i = 0; i < shape.items.length; i++) {
        const given *item = &shape.items.items[i];
        if (type_property(made, item->name) != NULL) continue;
        made->properties[made->property_count++] = (property){.name = item->name, .span = item->span,
                                                              .known = item->known, .node = item->value,
                                                              .is_value = true};
    }
    given_release(&shape);
    return made;
}

static const type *union_of(checker *self, const type *a, const type *b) {
    if (a->kind == TYPE_OPEN || b->kind == TYPE_OPEN) return self->open;
    type *made = type_new(self, TYPE_UNION);
    made->members = ARENA_ARRAY(&self->session->memory, const type *, 2);
    made->members[0] = a;
    made->members[1] = b;
    made->member_count = 2;
    return made;
}

static const type *type_of_sum(checker *self, const tsx_binary_node *sum) {
    const type *left = widened(self, type_of_expression(self, sum->left));
    const type *right = widened(self, type_of_expression(self, sum->right));
    if (left->kind == TYPE_STRING || right->kind == TYPE_STRING) return self->string;
    return left->kind == TYPE_NUMBER && right->kind == TYPE_NUMBER ? self->number : self->open;
}

static const type *type_of_binary(checker *self, tsx_node *node) {
    const tsx_binary_node *parts = tsx_as_binary(node);
    int precedence = tsx_op_precedence(parts->op);
    if (parts->op == TSX_OP_ADD) return type_of_sum(self, parts);
    if (precedence >= tsx_op_precedence(TSX_OP_EQUAL) && precedence <= tsx_op_precedence(TSX_OP_LESS))
        return self->boolean;
    return self->number; /* BigInt is not in the subset */
}

static const type *type_of_unary(const checker *self, tsx_op op) {
    switch (op) {
    case TSX_OP_NOT:
    case TSX_OP_DELETE: return self->boolean;
    case TSX_OP_TYPEOF: return self->string;
    case TSX_OP_PLUS:
    case TSX_OP_MINUS:
    case TSX_OP_BIT_NOT: return self->number;
    default: return self->open;
    }
}

static const type *literal_value(checker *self, tsx_node *node) {
    if (node->kind == TSX_NODE_TRUE || node->kind == TSX_NODE_FALSE) {
        type *made = type_new(self, TYPE_BOOLEAN_LITERAL);
        made->boolean = node->kind == TSX_NODE_TRUE;
        return made;
    }
    if (node->kind == TSX_NODE_NUMBER) {
        type *made = type_new(self, TYPE_NUMBER_LITERAL);
        made->number = tsx_as_number(node)->value;
        return made;
    }
    type *made = type_new(self, TYPE_STRING_LITERAL);
    made->text = node->kind == TSX_NODE_STRING ? tsx_as_string(node)->value : tsx_as_jsx_text(node)->value;
    return made;
}

static const type *evaluate(checker *self, tsx_node *node) {
    switch (node->kind) {
    case TSX_NODE_STRING:
    case TSX_NODE_JSX_TEXT:
    case TSX_NODE_NUMBER:
    case TSX_NODE_TRUE:
    case TSX_NODE_FALSE: return literal_value(self, node);
    case TSX_NODE_NULL:
    case TSX_NODE_UNDEFINED: return self->nullish;
    case TSX_NODE_TEMPLATE:
        /* Without parts it is a literal; where a template type is expected the text matters, so it is open then. */
        return tsx_as_template(node)->expressions.count > 0 ? self->string : self->open;
    case TSX_NODE_IDENTIFIER: {
        tsx_symbol *symbol = tsx_symbol_of(node);
        return symbol != NULL ? type_of_value_symbol(self, symbol) : self->open;
    }
    case TSX_NODE_OBJECT: return type_of_object(self, node);
    case TSX_NODE_ARRAY: return type_new(self, TYPE_ARRAY);
    case TSX_NODE_FUNCTION: return function_value(self, node);
    case TSX_NODE_CLASS: return class_value(self, node);
    case TSX_NODE_CALL: return type_of_call(self, node);
    case TSX_NODE_MEMBER: return type_of_member(self, node);
    case TSX_NODE_OPTIONAL_CHAIN: {
        const type *found = type_of_expression(self, tsx_as_optional_chain(node)->expression);
        return found->kind == TYPE_OBJECT ? found : self->open;
    }
    case TSX_NODE_NON_NULL: return without_nullish(self, type_of_expression(self, tsx_as_non_null(node)->expression));
    case TSX_NODE_AS: {
        tsx_as_node *as = tsx_as_as(node);
        return as->type->kind == TSX_NODE_TYPE_CONST ? type_of_expression(self, as->expression)
                                                     : type_of_node(self, as->type, NULL);
    }
    case TSX_NODE_SATISFIES: return type_of_expression(self, tsx_as_satisfies(node)->expression);
    case TSX_NODE_UNARY: return type_of_unary(self, tsx_as_unary(node)->op);
    case TSX_NODE_BINARY: return type_of_binary(self, node);
    case TSX_NODE_CONDITIONAL:
        return union_of(self, type_of_expression(self, tsx_as_conditional(node)->consequent),
                        type_of_expression(self, tsx_as_conditional(node)->alternate));
    default: return self->open;
    }
}

const type *type_of_expression(checker *self, tsx_node *node) {
    if (self->depth >= TYPE_DEPTH_MAX) return self->open;
    self->depth++;
    const type *found = evaluate(self, node);
    self->depth--;
    return found;
}
