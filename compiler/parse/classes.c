/* parse/classes.c: classes and what stands in them. */
#include "parse/lower.h"

/* What the body of a member sees; super(...) only in the constructor of a class that extends another. */
static context member_context(const parser *p, bool is_derived_constructor) {
    context inside = function_context(p, TSX_F_METHOD);
    inside.super_property = true;
    inside.super_call = is_derived_constructor;
    return inside;
}

static tsx_node *lower_field(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_field_node *field_node = NEW(p, field, FIELD, span_of(p, node));
    field_node->base.flags |= modifiers_of(p, &all);
    if (kid_of_token(&all, "?") != NULL) field_node->base.flags |= TSX_F_OPTIONAL_MARK;
    if (kid_of_token(&all, "!") != NULL) field_node->base.flags |= TSX_F_DEFINITE;
    field_node->key = lower_property_key(p, kid_of_field(&all, FIELD_name));
    field_node->type = lower_annotation(p, kid_of_field(&all, FIELD_type));
    const kid *value = kid_of_field(&all, FIELD_value);
    if (value != NULL) {
        context outer = p->context;
        p->context = member_context(p, false);
        p->context.returns = false;
        field_node->initializer = lower_expression(p, value->node);
        p->context = outer;
    }
    return &field_node->base;
}

static tsx_node *lower_static_block(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_static_block_node *block = NEW(p, static_block, STATIC_BLOCK, span_of(p, node));
    context outer = p->context;
    p->context = member_context(p, false);
    p->context.returns = false;
    block->body = lower_statement(p, kid_of_field(&all, FIELD_body)->node);
    p->context = outer;
    return &block->base;
}

static bool names_constructor(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    const kid *name = kid_of_field(&all, FIELD_name);
    return name != NULL && str_is(text_of(p, kid_span(p, name)), "constructor");
}

/* Finds the constructor, and refuses names that stand for something else in a class. */
static tsx_node *check_method(parser *p, tsx_node *node) {
    const tsx_method_node *method = tsx_as_method(node);
    bool is_static = tsx_has(node, TSX_F_STATIC);
    bool is_plain = !tsx_has(node, TSX_F_GET | TSX_F_SET) && !tsx_has(method->function, TSX_F_ASYNC);
    if (is_static && key_is(method->key, "prototype"))
        tsx_report(p->session, TSX_C0043, method->key->span, "static member", "prototype");
    if (is_static || !key_is(method->key, "constructor")) return node;
    if (!is_plain)
        tsx_report(p->session, TSX_C0043, method->key->span, "getter, setter or async method", "constructor");
    node->flags |= TSX_F_CONSTRUCTOR;
    return node;
}

static tsx_node *check_field(parser *p, tsx_node *node) {
    const tsx_field_node *field_node = tsx_as_field(node);
    if (key_is(field_node->key, "constructor"))
        tsx_report(p->session, TSX_C0043, field_node->key->span, "field", "constructor");
    if (tsx_has(node, TSX_F_STATIC) && key_is(field_node->key, "prototype"))
        tsx_report(p->session, TSX_C0043, field_node->key->span, "static member", "prototype");
    return node;
}

static tsx_node *lower_class_member(parser *p, const kid *self, bool is_derived) {
    switch (self->type) {
    case N_method_definition:
    case N_method_signature:
    case N_abstract_method_signature: {
        context inside = member_context(p, is_derived && names_constructor(p, self->node));
        return check_method(p, lower_method(p, self->node, &inside));
    }
    case N_public_field_definition: return check_field(p, lower_field(p, self->node));
    case N_class_static_block: return lower_static_block(p, self->node);
    case N_index_signature: return lower_index_signature(p, self->node);
    default: return unexpected_node(p, self);
    }
}

static void check_constructors(parser *p, const tsx_list *members) {
    const tsx_node *first = NULL;
    for (uint32_t i = 0; i < members->count; i++) {
        tsx_node *member = members->items[i];
        if (member->kind != TSX_NODE_METHOD || !tsx_has(member, TSX_F_CONSTRUCTOR)) continue;
        if (tsx_as_function(tsx_as_method(member)->function)->body == NULL) continue;
        if (first != NULL) {
            tsx_diag *diag = tsx_report(p->session, TSX_C0040, member->span);
            tsx_diag_label(p->session, diag, first->span, "the first one");
        }
        first = member;
    }
}

static void lower_heritage(parser *p, tsx_class_node *class_node, TSNode node) {
    kids all = kids_of(p, node);
    for (uint32_t i = 0; i < all.count; i++) {
        kids clause = kids_of(p, all.items[i].node);
        if (all.items[i].type == N_extends_clause) {
            class_node->heritage = lower_expression(p, kid_of_field(&clause, FIELD_value)->node);
            class_node->heritage_type_arguments =
                lower_type_arguments(p, kid_of_field(&clause, FIELD_type_arguments));
        } else if (all.items[i].type == N_implements_clause) {
            class_node->implements = list_new(p, clause.count);
            for (uint32_t k = 0; k < clause.count; k++) {
                if (clause.items[k].type != N_TOKEN)
                    list_add(&class_node->implements, lower_heritage_type(p, &clause.items[k]));
            }
        } else {
            unexpected_node(p, &all.items[i]);
        }
    }
}

tsx_node *lower_class_expression(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_class_node *class_node = NEW(p, class, CLASS, span_of(p, node));
    class_node->base.flags |= modifiers_of(p, &all);
    const kid *name = kid_of_field(&all, FIELD_name), *heritage = kid_of_type(&all, N_class_heritage);
    const kid *decorator = kid_of_type(&all, N_decorator);
    if (decorator != NULL) unexpected_node(p, decorator);
    if (name != NULL) class_node->name = lower_binding(p, name);
    class_node->type_parameters = lower_type_parameters(p, kid_of_field(&all, FIELD_type_parameters));
    if (heritage != NULL) lower_heritage(p, class_node, heritage->node);
    kids body = kids_of(p, kid_of_field(&all, FIELD_body)->node);
    class_node->members = list_new(p, body.count);
    for (uint32_t i = 0; i < body.count; i++) {
        if (body.items[i].type != N_TOKEN)
            list_add(&class_node->members,
                     lower_class_member(p, &body.items[i], class_node->heritage != NULL));
    }
    check_constructors(p, &class_node->members);
    return &class_node->base;
}

tsx_node *lower_class_declaration(parser *p, TSNode node) {
    tsx_class_decl_node *declaration = NEW(p, class_decl, CLASS_DECL, span_of(p, node));
    declaration->class_node = lower_class_expression(p, node);
    return &declaration->base;
}
