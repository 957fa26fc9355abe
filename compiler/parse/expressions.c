/* parse/expressions.c: operands: names, arrays, objects, groups. Operators are in operators.c. */
#include "parse/lower.h"

static tsx_node *lower_leaf(parser *p, TSNode node, tsx_kind kind) {
    return new_node(p, kind, span_of(p, node));
}

tsx_node *lower_true(parser *p, TSNode node) { return lower_leaf(p, node, TSX_NODE_TRUE); }
tsx_node *lower_false(parser *p, TSNode node) { return lower_leaf(p, node, TSX_NODE_FALSE); }
tsx_node *lower_null(parser *p, TSNode node) { return lower_leaf(p, node, TSX_NODE_NULL); }
tsx_node *lower_undefined(parser *p, TSNode node) { return lower_leaf(p, node, TSX_NODE_UNDEFINED); }
tsx_node *lower_this(parser *p, TSNode node) { return lower_leaf(p, node, TSX_NODE_THIS); }

/* Whether it may stand here is decided where its use is seen (check_super in operators.c). */
tsx_node *lower_super(parser *p, TSNode node) { return lower_leaf(p, node, TSX_NODE_SUPER); }

tsx_node *lower_identifier(parser *p, TSNode node) {
    kid self = kid_from(p, node);
    tsx_identifier_node *identifier = NEW(p, identifier, IDENTIFIER, kid_span(p, &self));
    identifier->name = name_of(p, &self);
    if (str_is(identifier->name->text, "arguments") && p->context.arguments_bound)
        tsx_report(p->session, TSX_C1009, identifier->base.span);
    if (!p->context.ambient) check_not_reserved(p, identifier->name, identifier->base.span);
    return &identifier->base;
}

tsx_node *lower_meta_property(parser *p, TSNode node) {
    tsx_span span = span_of(p, node);
    bool is_import = str_starts_with(text_of(p, span), STR("import"));
    tsx_report(p->session, is_import ? TSX_C1016 : p->context.new_target ? TSX_C1017 : TSX_C0032, span);
    return error_node(p, span);
}

tsx_node *lower_parenthesized(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_node *inner = NULL;
    for (uint32_t i = 0; i < all.count; i++) {
        const kid *next = &all.items[i];
        if (next->type == N_type_annotation) return unexpected_node(p, next); /* Flow's (x: T) */
        if (next->type != N_TOKEN) inner = lower_expression(p, next->node);
    }
    if (inner == NULL) return error_node(p, span_of(p, node));
    inner->flags |= TSX_F_PARENTHESIZED;
    return inner;
}

tsx_node *lower_sequence(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_sequence_node *sequence = NEW(p, sequence, SEQUENCE, span_of(p, node));
    sequence->expressions = list_new(p, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        if (all.items[i].type != N_TOKEN)
            list_add(&sequence->expressions, lower_expression(p, all.items[i].node));
    }
    return &sequence->base;
}

tsx_node *lower_spread(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_spread_node *spread = NEW(p, spread, SPREAD, span_of(p, node));
    spread->argument = lower_expression(p, all.items[all.count - 1].node);
    return &spread->base;
}

/* Elements of an array, arguments of a call. */
static tsx_node *lower_element(parser *p, const kid *self) {
    return self->type == N_spread_element ? lower_spread(p, self->node) : lower_expression(p, self->node);
}

void check_commas(parser *p, const kids *all) {
    for (uint32_t i = 1; i < all->count; i++) {
        if (is_token(&all->items[i], ",") && all->items[i - 1].type == N_TOKEN)
            unexpected_node(p, &all->items[i]);
    }
}

tsx_list lower_arguments(parser *p, TSNode arguments) {
    kids all = kids_of(p, arguments);
    check_commas(p, &all);
    tsx_list list = list_new(p, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        if (all.items[i].type != N_TOKEN) list_add(&list, lower_element(p, &all.items[i]));
    }
    return list;
}

/* A comma that follows a comma, or the opening bracket, stands for a hole. */
tsx_node *lower_array(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_array_node *array = NEW(p, array, ARRAY, span_of(p, node));
    array->elements = list_new(p, all.count);
    bool expects_element = true;
    for (uint32_t i = 0; i < all.count; i++) {
        const kid *next = &all.items[i];
        if (next->type != N_TOKEN) {
            list_add(&array->elements, lower_element(p, next));
            expects_element = false;
        } else if (is_token(next, ",")) {
            if (expects_element) list_add(&array->elements, new_node(p, TSX_NODE_HOLE, kid_span(p, next)));
            expects_element = true;
        }
    }
    return &array->base;
}

/* ---- objects */

tsx_node *lower_property_key(parser *p, const kid *self) {
    tsx_span span = kid_span(p, self);
    if (self->type == N_string) return lower_string(p, self->node);
    if (self->type == N_number) return lower_number(p, self->node);
    if (self->type == N_computed_property_name) {
        kids all = kids_of(p, self->node);
        tsx_computed_key_node *key = NEW(p, computed_key, COMPUTED_KEY, span);
        key->expression = lower_expression(p, all.items[1].node);
        return &key->base;
    }
    tsx_key_node *key = NEW(p, key, KEY, span);
    key->name = name_of(p, self);
    if (self->type == N_private_property_identifier) key->base.flags |= TSX_F_PRIVATE;
    return &key->base;
}

static tsx_node *lower_pair(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_property_node *property = NEW(p, property, PROPERTY, span_of(p, node));
    property->key = lower_property_key(p, kid_of_field(&all, FIELD_key));
    property->value = lower_expression(p, kid_of_field(&all, FIELD_value)->node);
    return &property->base;
}

static tsx_node *lower_shorthand(parser *p, const kid *self) {
    tsx_property_node *property = NEW(p, property, PROPERTY, kid_span(p, self));
    property->base.flags |= TSX_F_SHORTHAND;
    property->key = lower_property_key(p, self);
    property->value = str_is(text_of(p, kid_span(p, self)), "undefined") ? lower_undefined(p, self->node)
                                                                         : lower_identifier(p, self->node);
    return &property->base;
}

static tsx_node *lower_member(parser *p, const kid *self) {
    switch (self->type) {
    case N_pair: return lower_pair(p, self->node);
    case N_spread_element: return lower_spread(p, self->node);
    case N_shorthand_property_identifier: return lower_shorthand(p, self);
    case N_method_definition: {
        context inside = function_context(p, TSX_F_METHOD);
        inside.super_property = true;
        return lower_method(p, self->node, &inside);
    }
    default: return unexpected_node(p, self);
    }
}

tsx_node *lower_object(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_object_node *object = NEW(p, object, OBJECT, span_of(p, node));
    check_commas(p, &all);
    object->members = list_new(p, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        if (all.items[i].type != N_TOKEN) list_add(&object->members, lower_member(p, &all.items[i]));
    }
    return &object->base;
}
