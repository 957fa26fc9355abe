/* The expressions that are checked: JSX elements, calls of useInstance, reads of outputs. */
#include "types/type.h"

/* The props that an element of this type takes; NULL: none at all. Open: not known. */
static const type *props_of_tag(checker *self, const type *tag, bool *is_construct) {
    *is_construct = tag->kind == TYPE_CLASS;
    if (tag->kind == TYPE_CLASS) {
        const property *props = type_property(instance_type(self, tag->node, NULL), self->props_name);
        return props != NULL && !props->is_optional ? property_type(self, props) : self->open;
    }
    if (tag->kind != TYPE_FUNCTION) return self->open;
    bool is_generic = tag->node->kind == TSX_NODE_FUNCTION && tsx_as_function(tag->node)->type_parameters.count > 0;
    return is_generic ? self->open : first_parameter_type(self, tag);
}

static const given *find_given(const given_shape *shape, const tsx_name *name) {
    for (size_t i = 0; i < shape->items.length; i++)
        if (shape->items.items[i].name == name) return &shape->items.items[i];
    return NULL;
}

static void check_key(checker *self, const given_shape *shape) {
    const given *key = find_given(shape, self->key_name);
    if (key == NULL || shape->is_open || key->known != NULL || key->is_overwritten) return;
    const type *members[] = {self->string, self->number};
    type expected = {.kind = TYPE_UNION, .members = members, .member_count = 2};
    type truth = {.kind = TYPE_BOOLEAN_LITERAL, .boolean = true};
    const type *source = key->value != NULL ? type_of_expression(self, key->value) : &truth;
    if (certainly_not(self, source, &expected))
        tsx_report(self->session, TSX_C2005, key->span, type_text(self, source), type_text(self, &expected));
}

void check_jsx_element(checker *self, tsx_node *node) {
    const tsx_jsx_element_node *element = tsx_as_jsx_element(node);
    if (element->tag->kind == TSX_NODE_JSX_INTRINSIC) {
        tsx_span opening = {node->span.file, node->span.start, element->tag->span.end};
        tsx_report(self->session, TSX_C2017, opening, tsx_as_jsx_intrinsic(element->tag)->name->text.bytes);
        return;
    }
    const type *tag = type_of_expression(self, element->tag);
    bool is_construct;
    const type *props = props_of_tag(self, tag, &is_construct);
    type nothing = {.kind = TYPE_OBJECT};
    if (props == NULL) props = &nothing;
    given_shape shape = {.form = SHAPE_JSX, .whole = element->tag->span, .allows_children = is_construct,
                         .has_children = element->children.count > 0};
    given_of_attributes(self, element->attributes, &shape);
    if (tag->kind != TYPE_OPEN) check_key(self, &shape);
    check_shape(self, &shape, props, self->key_name);
    given_release(&shape);
}

void check_use_instance(checker *self, tsx_node *node) {
    if (!is_use_instance(self, node)) return;
    const tsx_call_node *call = tsx_as_call(node);
    if (call->arguments.count < 2 || call->type_arguments.count > 0) return;
    tsx_node *object = call->arguments.items[1];
    if (object->kind != TSX_NODE_OBJECT || call->arguments.items[0]->kind == TSX_NODE_SPREAD) return;
    const type *construct = type_of_expression(self, call->arguments.items[0]);
    if (construct->kind != TYPE_CLASS) return;
    bool is_construct;
    const type *props = props_of_tag(self, construct, &is_construct);
    given_shape shape = {.form = SHAPE_ARGUMENT, .whole = object->span};
    given_of_object(self, object, &shape);
    check_key(self, &shape);
    check_shape(self, &shape, props, self->key_name);
    given_release(&shape);
}

/* Does the chain of members start at an instance that useInstance answered? */
static bool starts_at_instance(const checker *self, tsx_node *node) {
    for (;;) {
        switch (node->kind) {
        case TSX_NODE_MEMBER: node = tsx_as_member(node)->object; break;
        case TSX_NODE_NON_NULL: node = tsx_as_non_null(node)->expression; break;
        case TSX_NODE_OPTIONAL_CHAIN: node = tsx_as_optional_chain(node)->expression; break;
        case TSX_NODE_CALL: return is_use_instance(self, node);
        case TSX_NODE_IDENTIFIER: {
            const tsx_symbol *symbol = tsx_symbol_of(node);
            if (symbol == NULL || symbol->kind != TSX_SYMBOL_CONST) return false;
            if (symbol->declaration->kind != TSX_NODE_DECLARATOR) return false;
            const tsx_declarator_node *declarator = tsx_as_declarator(symbol->declaration);
            bool is_plain = declarator->type == NULL && declarator->pattern->kind == TSX_NODE_BINDING;
            return is_plain && declarator->initializer != NULL && is_use_instance(self, declarator->initializer);
        }
        default: return false;
        }
    }
}

/* Members that every object has. */
static bool is_of_every_object(const tsx_name *name) {
    static const char *const names[] = {"constructor", "toString", "toLocaleString", "valueOf", "hasOwnProperty",
                                        "isPrototypeOf", "propertyIsEnumerable"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_is(name->text, names[i])) return true;
    return false;
}

void check_output_member(checker *self, tsx_node *node) {
    const tsx_member_node *member = tsx_as_member(node);
    if (tsx_has(node, TSX_F_PRIVATE) || !starts_at_instance(self, member->object)) return;
    const type *of = without_nullish(self, type_of_expression(self, member->object));
    if (of->kind != TYPE_OBJECT || of->has_others || is_of_every_object(member->name)) return;
    if (type_property(of, member->name) != NULL) return;
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, member->name->text);
    bool is_close = false;
    for (uint32_t i = 0; i < of->property_count; i++) {
        tsx_nearest_add(&nearest, of->properties[i].name->text);
        if (tsc_suggests(member->name->text, of->properties[i].name->text)) is_close = true;
    }
    bool has_nearest = nearest.best.bytes != NULL;
    tsx_diag *diag = tsx_report(self->session, is_close ? TSX_C2013 : TSX_C2006, member->name_span,
                                member->name->text.bytes, type_text(self, of));
    if (has_nearest) tsx_diag_help(self->session, diag, "did you mean '%.*s'?", STR_ARGS(nearest.best));
}
