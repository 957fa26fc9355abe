/* parse/types.c: types. They make no code; the checker reads them. */
#include "base/vec.h"
#include "parse/lower.h"

/* ---- names */

static tsx_node *make_name(parser *p, const kid *self) {
    tsx_identifier_node *name = NEW(p, identifier, IDENTIFIER, kid_span(p, self));
    name->name = name_of(p, self);
    return &name->base;
}

static tsx_node *make_qualified(parser *p, tsx_span span, tsx_node *left, const kid *right) {
    tsx_qualified_name_node *name = NEW(p, qualified_name, QUALIFIED_NAME, span);
    name->left = left;
    name->name = name_of(p, right);
    name->name_span = kid_span(p, right);
    return &name->base;
}

/* A.B.C, whichever of its node types the grammar chose. */
static tsx_node *lower_entity(parser *p, const kid *self) {
    if (self->type == N_this) return lower_this(p, self->node);
    if (self->type == N_subscript_expression || self->type == N_call_expression)
        return unexpected_node(p, self);
    if (self->type != N_nested_type_identifier && self->type != N_nested_identifier &&
        self->type != N_member_expression)
        return make_name(p, self);
    if (!enter_level(p, kid_span(p, self))) return error_node(p, kid_span(p, self));
    kids all = kids_of(p, self->node);
    tsx_node *left = lower_entity(p, &all.items[0]);
    leave_level(p);
    return make_qualified(p, kid_span(p, self), left, &all.items[all.count - 1]);
}

static tsx_node *make_keyword(parser *p, tsx_span span, str text) {
    tsx_type_keyword_node *keyword = NEW(p, type_keyword, TYPE_KEYWORD, span);
    keyword->name = tsx_intern(&p->session->names, text);
    return &keyword->base;
}

static tsx_node *make_reference(parser *p, tsx_span span, tsx_node *name) {
    tsx_type_ref_node *reference = NEW(p, type_ref, TYPE_REF, span);
    reference->name = name;
    return &reference->base;
}

tsx_node *lower_type_name(parser *p, TSNode node) {
    kid self = kid_from(p, node);
    tsx_span span = kid_span(p, &self);
    if (str_is(text_of(p, span), "bigint")) return make_keyword(p, span, STR("bigint"));
    return make_reference(p, span, lower_entity(p, &self));
}

tsx_node *lower_generic_type(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_node *reference =
        make_reference(p, span_of(p, node), lower_entity(p, kid_of_field(&all, FIELD_name)));
    tsx_as_type_ref(reference)->type_arguments =
        lower_type_arguments(p, kid_of_field(&all, FIELD_type_arguments));
    return reference;
}

/* After `implements` and `extends` the grammar may give a name, a generic type or an expression like A.B. */
tsx_node *lower_heritage_type(parser *p, const kid *self) {
    if (self->type == N_member_expression || self->type == N_identifier)
        return make_reference(p, kid_span(p, self), lower_entity(p, self));
    return lower_type(p, self->node);
}

tsx_node *lower_predefined_type(parser *p, TSNode node) {
    tsx_span span = span_of(p, node);
    str text = text_of(p, span);
    return make_keyword(p, span, str_starts_with(text, STR("unique")) ? STR("unique symbol") : text);
}

tsx_node *lower_this_type(parser *p, TSNode node) {
    return new_node(p, TSX_NODE_TYPE_THIS, span_of(p, node));
}

tsx_list lower_type_arguments(parser *p, const kid *self) {
    if (self == NULL) return (tsx_list){NULL, 0};
    kids all = kids_of(p, self->node);
    tsx_list list = list_new(p, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        bool is_const = is_token(&all.items[i], "const");
        if (all.items[i].type != N_TOKEN || is_const) list_add(&list, lower_type(p, all.items[i].node));
    }
    return list;
}

/* `: T`, `: asserts x`, `: x is T` and the like: the type is the last child. A type without colon is itself.
 */
tsx_node *lower_annotation(parser *p, const kid *self) {
    if (self == NULL) return NULL;
    switch (self->type) {
    case N_type_annotation:
    case N_asserts_annotation:
    case N_type_predicate_annotation:
    case N_omitting_type_annotation:
    case N_adding_type_annotation:
    case N_opting_type_annotation: {
        kids all = kids_of(p, self->node);
        return lower_type(p, all.items[all.count - 1].node);
    }
    default: return lower_type(p, self->node);
    }
}

/* ---- literals */

static tsx_node *make_literal(parser *p, tsx_span span, tsx_node *literal) {
    tsx_type_literal_node *type = NEW(p, type_literal, TYPE_LITERAL, span);
    type->literal = literal;
    return &type->base;
}

static tsx_node *lower_signed_number(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_unary_node *unary = NEW(p, unary, UNARY, span_of(p, node));
    unary->op = is_token(&all.items[0], "-") ? TSX_OP_MINUS : TSX_OP_PLUS;
    unary->operand = lower_number(p, all.items[all.count - 1].node);
    return &unary->base;
}

tsx_node *lower_literal_type(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_span span = span_of(p, node);
    const kid *literal = &all.items[0];
    if (literal->type == N_null || literal->type == N_undefined)
        return make_keyword(p, span, text_of(p, span));
    if (literal->type == N_unary_expression)
        return make_literal(p, span, lower_signed_number(p, literal->node));
    return make_literal(p, span, lower_expression(p, literal->node));
}

tsx_node *type_from_expression(parser *p, tsx_node *expression) {
    switch (expression->kind) {
    case TSX_NODE_STRING:
    case TSX_NODE_NUMBER:
    case TSX_NODE_TRUE:
    case TSX_NODE_FALSE: return make_literal(p, expression->span, expression);
    case TSX_NODE_NULL: return make_keyword(p, expression->span, STR("null"));
    case TSX_NODE_UNDEFINED: return make_keyword(p, expression->span, STR("undefined"));
    case TSX_NODE_IDENTIFIER: return make_reference(p, expression->span, expression);
    case TSX_NODE_MEMBER: {
        tsx_member_node *member = tsx_as_member(expression);
        tsx_node *left = type_from_expression(p, member->object);
        if (left == NULL || left->kind != TSX_NODE_TYPE_REF) return NULL;
        tsx_qualified_name_node *name = NEW(p, qualified_name, QUALIFIED_NAME, expression->span);
        name->left = tsx_as_type_ref(left)->name;
        name->name = member->name;
        name->name_span = member->name_span;
        return make_reference(p, expression->span, &name->base);
    }
    case TSX_NODE_INSTANTIATION: {
        tsx_instantiation_node *instantiation = tsx_as_instantiation(expression);
        tsx_node *reference = type_from_expression(p, instantiation->expression);
        if (reference == NULL || reference->kind != TSX_NODE_TYPE_REF) return NULL;
        tsx_as_type_ref(reference)->type_arguments = instantiation->type_arguments;
        reference->span = expression->span;
        return reference;
    }
    default: return NULL;
    }
}

/* ---- composed types */

tsx_node *lower_parenthesized_type(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_node *inner = lower_type(p, all.items[1].node);
    inner->flags |= TSX_F_PARENTHESIZED;
    return inner;
}

tsx_node *lower_array_type(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_type_array_node *array = NEW(p, type_array, TYPE_ARRAY, span_of(p, node));
    array->element = lower_type(p, all.items[0].node);
    return &array->base;
}

tsx_node *lower_lookup_type(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_type_indexed_node *indexed = NEW(p, type_indexed, TYPE_INDEXED, span_of(p, node));
    indexed->object = lower_type(p, all.items[0].node);
    indexed->index = lower_type(p, all.items[2].node);
    return &indexed->base;
}

/* The slot of the first type inside a type that binds more loosely than `readonly`; NULL: it does not. */
static tsx_node **loose_first(tsx_node *type) {
    if (tsx_has(type, TSX_F_PARENTHESIZED)) return NULL;
    switch (type->kind) {
    case TSX_NODE_TYPE_UNION: return &tsx_as_type_union(type)->types.items[0];
    case TSX_NODE_TYPE_INTERSECTION: return &tsx_as_type_intersection(type)->types.items[0];
    case TSX_NODE_TYPE_CONDITIONAL: return &tsx_as_type_conditional(type)->check;
    default: return NULL;
    }
}

/* The grammar lets `readonly A[] | B` mean readonly (A[] | B): moves it down to A[]. */
tsx_node *lower_readonly_type(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_node *whole = lower_type(p, all.items[1].node), **place = &whole, **first;
    uint32_t start = ts_node_start_byte(node);
    while ((first = loose_first(*place)) != NULL) {
        (*place)->span.start = start;
        place = first;
    }
    tsx_type_readonly_node *type =
        NEW(p, type_readonly, TYPE_READONLY, ((tsx_span){p->file, start, (*place)->span.end}));
    type->type = *place;
    *place = &type->base;
    return whole;
}

tsx_node *lower_keyof(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_type_keyof_node *type = NEW(p, type_keyof, TYPE_KEYOF, span_of(p, node));
    type->type = lower_type(p, all.items[1].node);
    return &type->base;
}

/* A | B | C leans left, as deep as it is long: goes down in a loop, then lists from left to right. */
static tsx_list lower_members_of(parser *p, TSNode node, node_type type) {
    VEC(TSNode) members = {0};
    for (bool more = true; more;) {
        kids all = kids_of(p, node);
        more = false;
        for (uint32_t i = all.count; i-- > 0;) {
            const kid *next = &all.items[i];
            if (is_token(next, "|") || is_token(next, "&")) continue;
            if (i == 0 && next->type == type) {
                node = next->node;
                more = true;
            } else {
                VEC_PUSH(&members, next->node);
            }
        }
    }
    tsx_list list = list_new(p, (uint32_t)members.length);
    while (members.length > 0) {
        TSNode next = VEC_POP(&members);
        list_add(&list, lower_type(p, next));
    }
    VEC_RELEASE(&members);
    return list;
}

tsx_node *lower_union(parser *p, TSNode node) {
    tsx_list types = lower_members_of(p, node, N_union_type);
    if (types.count == 1) return types.items[0]; /* written with a leading bar */
    tsx_type_union_node *type = NEW(p, type_union, TYPE_UNION, span_of(p, node));
    type->types = types;
    return &type->base;
}

tsx_node *lower_intersection(parser *p, TSNode node) {
    tsx_list types = lower_members_of(p, node, N_intersection_type);
    if (types.count == 1) return types.items[0];
    tsx_type_intersection_node *type = NEW(p, type_intersection, TYPE_INTERSECTION, span_of(p, node));
    type->types = types;
    return &type->base;
}

static tsx_node *lower_tuple_element(parser *p, const kid *self) {
    tsx_tuple_element_node *element = NEW(p, tuple_element, TUPLE_ELEMENT, kid_span(p, self));
    kids all = {NULL, 0};
    if (self->type == N_required_parameter || self->type == N_optional_parameter ||
        self->type == N_optional_type || self->type == N_rest_type)
        all = kids_of(p, self->node);
    if (self->type == N_optional_parameter || self->type == N_optional_type)
        element->base.flags |= TSX_F_OPTIONAL_MARK;
    if (self->type == N_rest_type) element->base.flags |= TSX_F_REST;
    if (self->type == N_required_parameter || self->type == N_optional_parameter) {
        const kid *name = kid_of_field(&all, FIELD_name);
        if (name->type == N_rest_pattern) {
            kids rest = kids_of(p, name->node);
            element->base.flags |= TSX_F_REST;
            name = &rest.items[rest.count - 1];
        }
        element->name = name_of(p, name);
        element->type = lower_annotation(p, kid_of_field(&all, FIELD_type));
    } else if (self->type == N_optional_type) {
        element->type = lower_type(p, all.items[0].node);
    } else if (self->type == N_rest_type) {
        element->type = lower_type(p, all.items[1].node);
    } else {
        element->type = lower_type(p, self->node);
    }
    return &element->base;
}

tsx_node *lower_tuple(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_type_tuple_node *tuple = NEW(p, type_tuple, TYPE_TUPLE, span_of(p, node));
    tuple->elements = list_new(p, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        if (all.items[i].type != N_TOKEN) list_add(&tuple->elements, lower_tuple_element(p, &all.items[i]));
    }
    return &tuple->base;
}

tsx_node *lower_conditional_type(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_type_conditional_node *type = NEW(p, type_conditional, TYPE_CONDITIONAL, span_of(p, node));
    type->check = lower_type(p, kid_of_field(&all, FIELD_left)->node);
    type->extends = lower_type(p, kid_of_field(&all, FIELD_right)->node);
    type->consequent = lower_type(p, kid_of_field(&all, FIELD_consequence)->node);
    type->alternate = lower_type(p, kid_of_field(&all, FIELD_alternative)->node);
    return &type->base;
}

/* ---- parameters of types */

static tsx_node *lower_type_parameter(parser *p, const kid *self) {
    kids all = kids_of(p, self->node);
    tsx_type_parameter_node *parameter = NEW(p, type_parameter, TYPE_PARAMETER, kid_span(p, self));
    const kid *constraint = kid_of_field(&all, FIELD_constraint), *value = kid_of_field(&all, FIELD_value);
    if (kid_of_token(&all, "const") != NULL) parameter->base.flags |= TSX_F_CONST;
    parameter->name = lower_binding(p, kid_of_field(&all, FIELD_name));
    if (constraint != NULL) parameter->constraint = lower_type(p, kids_of(p, constraint->node).items[1].node);
    if (value != NULL) parameter->default_type = lower_type(p, kids_of(p, value->node).items[1].node);
    return &parameter->base;
}

tsx_list lower_type_parameters(parser *p, const kid *self) {
    if (self == NULL) return (tsx_list){NULL, 0};
    kids all = kids_of(p, self->node);
    tsx_list list = list_new(p, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        if (all.items[i].type == N_type_parameter) list_add(&list, lower_type_parameter(p, &all.items[i]));
    }
    return list;
}

tsx_node *lower_infer(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_type_infer_node *type = NEW(p, type_infer, TYPE_INFER, span_of(p, node));
    tsx_type_parameter_node *parameter = NEW(p, type_parameter, TYPE_PARAMETER, span_of(p, node));
    parameter->name = lower_binding(p, &all.items[1]);
    if (all.count > 3) parameter->constraint = lower_type(p, all.items[3].node);
    type->parameter = &parameter->base;
    return &type->base;
}

/* ---- functions and members */

static tsx_node *any_type(parser *p, tsx_span span) {
    return make_keyword(p, (tsx_span){span.file, span.end, span.end}, STR("any"));
}

/* The signature of a function type, method, call or constructor; a missing return type is `any`. */
static tsx_node *lower_signature(parser *p, TSNode node, const kids *all) {
    tsx_type_function_node *type = NEW(p, type_function, TYPE_FUNCTION, span_of(p, node));
    const kid *result = kid_of_field(all, FIELD_return_type);
    if (result == NULL) result = kid_of_field(all, FIELD_type);
    bool ambient = p->context.ambient;
    p->context.ambient = true; /* names of parameters are only for reading */
    type->type_parameters = lower_type_parameters(p, kid_of_field(all, FIELD_type_parameters));
    type->parameters = lower_parameters(p, all);
    p->context.ambient = ambient;
    type->return_type = result != NULL ? lower_annotation(p, result) : any_type(p, type->base.span);
    return &type->base;
}

tsx_node *lower_function_type(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_node *type = lower_signature(p, node, &all);
    if (type_of(p, node) == N_constructor_type) type->flags |= TSX_F_CONSTRUCTOR;
    if (kid_of_token(&all, "abstract") != NULL) type->flags |= TSX_F_ABSTRACT;
    return type;
}

static tsx_node *lower_property_signature(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_property_signature_node *property = NEW(p, property_signature, PROPERTY_SIGNATURE, span_of(p, node));
    property->base.flags |= modifiers_of(p, &all);
    if (kid_of_token(&all, "?") != NULL) property->base.flags |= TSX_F_OPTIONAL_MARK;
    property->key = lower_property_key(p, kid_of_field(&all, FIELD_name));
    property->type = lower_annotation(p, kid_of_field(&all, FIELD_type));
    return &property->base;
}

static tsx_node *lower_method_signature(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_method_signature_node *method = NEW(p, method_signature, METHOD_SIGNATURE, span_of(p, node));
    method->base.flags |= modifiers_of(p, &all);
    if (kid_of_token(&all, "?") != NULL) method->base.flags |= TSX_F_OPTIONAL_MARK;
    method->key = lower_property_key(p, kid_of_field(&all, FIELD_name));
    method->signature = lower_signature(p, node, &all);
    return &method->base;
}

static tsx_node *lower_call_signature(parser *p, TSNode node, bool is_constructor) {
    kids all = kids_of(p, node);
    tsx_call_signature_node *call = NEW(p, call_signature, CALL_SIGNATURE, span_of(p, node));
    if (is_constructor) call->base.flags |= TSX_F_CONSTRUCTOR;
    call->signature = lower_signature(p, node, &all);
    return &call->base;
}

tsx_node *lower_index_signature(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    const kid *name = kid_of_field(&all, FIELD_name), *key_type = kid_of_field(&all, FIELD_index_type);
    kid self = kid_from(p, node);
    if (name == NULL || key_type == NULL) return unexpected_node(p, &self);
    tsx_index_signature_node *signature = NEW(p, index_signature, INDEX_SIGNATURE, span_of(p, node));
    if (kid_of_token(&all, "readonly") != NULL) signature->base.flags |= TSX_F_READONLY;
    signature->name = name_of(p, name);
    signature->key_type = lower_type(p, key_type->node);
    signature->type = lower_annotation(p, kid_of_field(&all, FIELD_type));
    return &signature->base;
}

/* { readonly [K in T as N]?: U }, which the grammar reads as an object type with one index signature. */
static tsx_node *lower_mapped(parser *p, TSNode object, TSNode signature, const kid *clause) {
    kids all = kids_of(p, signature), parts = kids_of(p, clause->node);
    tsx_type_mapped_node *mapped = NEW(p, type_mapped, TYPE_MAPPED, span_of(p, object));
    tsx_type_parameter_node *parameter = NEW(p, type_parameter, TYPE_PARAMETER, kid_span(p, clause));
    parameter->name = lower_binding(p, kid_of_field(&parts, FIELD_name));
    parameter->constraint = lower_type(p, kid_of_field(&parts, FIELD_type)->node);
    mapped->parameter = &parameter->base;
    const kid *alias = kid_of_field(&parts, FIELD_alias), *type = kid_of_field(&all, FIELD_type);
    const kid *sign = kid_of_field(&all, FIELD_sign);
    if (alias != NULL) mapped->as_type = lower_type(p, alias->node);
    if (kid_of_token(&all, "readonly") != NULL)
        mapped->base.flags |= sign != NULL && is_token(sign, "-") ? TSX_F_MINUS_READONLY : TSX_F_READONLY;
    if (type != NULL && type->type == N_omitting_type_annotation) mapped->base.flags |= TSX_F_MINUS_OPTIONAL;
    if (type != NULL && (type->type == N_adding_type_annotation || type->type == N_opting_type_annotation))
        mapped->base.flags |= TSX_F_OPTIONAL_MARK;
    mapped->type = lower_annotation(p, type);
    return &mapped->base;
}

tsx_list lower_type_members(parser *p, TSNode body) {
    kids all = kids_of(p, body);
    tsx_list list = list_new(p, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        const kid *next = &all.items[i];
        switch (next->type) {
        case N_TOKEN:
            if (is_token(next, "{|") || is_token(next, "|}")) unexpected_node(p, next);
            break;
        case N_property_signature: list_add(&list, lower_property_signature(p, next->node)); break;
        case N_method_signature: list_add(&list, lower_method_signature(p, next->node)); break;
        case N_call_signature: list_add(&list, lower_call_signature(p, next->node, false)); break;
        case N_construct_signature: list_add(&list, lower_call_signature(p, next->node, true)); break;
        case N_index_signature: list_add(&list, lower_index_signature(p, next->node)); break;
        default: unexpected_node(p, next);
        }
    }
    return list;
}

tsx_node *lower_object_type(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    const kid *signature = kid_of_type(&all, N_index_signature);
    if (signature != NULL) {
        kids parts = kids_of(p, signature->node);
        const kid *clause = kid_of_type(&parts, N_mapped_type_clause);
        if (clause != NULL) return lower_mapped(p, node, signature->node, clause);
    }
    tsx_type_object_node *object = NEW(p, type_object, TYPE_OBJECT, span_of(p, node));
    object->members = lower_type_members(p, node);
    return &object->base;
}

/* ---- predicates */

tsx_node *lower_predicate(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_type_predicate_node *predicate = NEW(p, type_predicate, TYPE_PREDICATE, span_of(p, node));
    predicate->parameter = name_of(p, kid_of_field(&all, FIELD_name));
    predicate->type = lower_type(p, kid_of_field(&all, FIELD_type)->node);
    return &predicate->base;
}

tsx_node *lower_asserts(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    const kid *what = &all.items[1];
    tsx_node *predicate;
    if (what->type == N_type_predicate) {
        predicate = lower_predicate(p, what->node);
    } else {
        predicate = new_node(p, TSX_NODE_TYPE_PREDICATE, span_of(p, node));
        tsx_as_type_predicate(predicate)->parameter = name_of(p, what);
    }
    predicate->flags |= TSX_F_ASSERTS;
    return predicate;
}

/* ---- typeof and import(...) */

/* import("m"), import("m").A.B: the grammar reads a call and members. */
static tsx_node *lower_type_import(parser *p, const kid *self) {
    kids all = kids_of(p, self->node);
    if (self->type == N_member_expression) {
        tsx_node *type = lower_type_import(p, &all.items[0]);
        if (type->kind != TSX_NODE_TYPE_IMPORT) return type;
        tsx_type_import_node *import = tsx_as_type_import(type);
        const kid *name = &all.items[all.count - 1];
        tsx_span span = {p->file, import->qualifier != NULL ? import->qualifier->span.start : name->start,
                         name->end};
        import->qualifier =
            import->qualifier == NULL ? make_name(p, name) : make_qualified(p, span, import->qualifier, name);
        type->span = kid_span(p, self);
        return type;
    }
    if (self->type == N_call_expression && all.items[0].type == N_import) {
        kids arguments = kids_of(p, all.items[1].node);
        if (arguments.count == 3 && arguments.items[1].type == N_string) {
            tsx_type_import_node *import = NEW(p, type_import, TYPE_IMPORT, kid_span(p, self));
            import->source = lower_string(p, arguments.items[1].node);
            return &import->base;
        }
    }
    return unexpected_node(p, self);
}

static bool names_import(parser *p, const kid *self) {
    return str_starts_with(text_of(p, kid_span(p, self)), STR("import"));
}

static tsx_node *lower_query_of(parser *p, tsx_span span, const kid *what) {
    kids all = {NULL, 0};
    if (what->type == N_subscript_expression || what->type == N_instantiation_expression)
        all = kids_of(p, what->node);
    if (what->type == N_subscript_expression) { /* typeof x["y"] looks up in typeof x */
        const kid *index = &all.items[all.count - 2];
        tsx_type_indexed_node *indexed = NEW(p, type_indexed, TYPE_INDEXED, span);
        indexed->object = lower_query_of(p, (tsx_span){p->file, span.start, all.items[0].end}, &all.items[0]);
        indexed->index = index->type == N_predefined_type
                             ? lower_predefined_type(p, index->node)
                             : make_literal(p, kid_span(p, index), lower_expression(p, index->node));
        return &indexed->base;
    }
    tsx_type_query_node *query = NEW(p, type_query, TYPE_QUERY, span);
    if (what->type == N_instantiation_expression) {
        query->type_arguments = lower_type_arguments(p, kid_of_field(&all, FIELD_type_arguments));
        what = &all.items[0];
    }
    bool is_import = what->type != N_identifier && names_import(p, what);
    query->expression = is_import ? lower_type_import(p, what) : lower_entity(p, what);
    return &query->base;
}

tsx_node *lower_type_query(parser *p, TSNode node) {
    kid self = kid_from(p, node);
    if (self.type != N_type_query) return lower_type_import(p, &self);
    kids all = kids_of(p, node);
    return lower_query_of(p, kid_span(p, &self), &all.items[1]);
}
