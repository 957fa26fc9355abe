/* JSX: an element is a type, a key and props; React.createElement's rules for children. */
#include "opt/lowering.h"

/* One child is itself, several are an array. False: there is none. */
static bool visit_children(lowering *self, const tsx_list *children, tsx_span span, ir_operand *value) {
    if (children->count == 0) return false;
    bool single = children->count == 1 && children->items[0]->kind != TSX_NODE_SPREAD;
    if (single) *value = visit_expression(self, children->items[0]);
    else if (are_static(self, children)) *value = static_list(self, children, span);
    else *value = visit_array_items(self, children, false, span);
    return true;
}

static ir_operand attribute_value(lowering *self, tsx_jsx_attribute_node *attribute) {
    if (attribute->value == NULL) return ir_bool(self->ir, true);
    return visit_named(self, attribute->value, attribute->name->text);
}

static ir_operand emit_element(lowering *self, tsx_node *node, ir_operand type, ir_operand key, ir_operand props) {
    return emit_value(self, IR_ELEMENT, node->span, type, key, props);
}

/* Props under construction: a list as long as there is no spread, then an object. */
typedef struct props {
    uint32_t count;
    uint32_t *keys;
    ir_operand *values;
    ir_operand object; /* IR_NOTHING: still a list */
} props;

static void add_prop(lowering *self, props *into, str name, ir_operand value, tsx_span span) {
    if (into->object.kind != IR_NOTHING) {
        emit_status(self, IR_DEFINE, span, into->object, ir_text(self->ir, name), value);
        return;
    }
    into->keys[into->count] = ir_string_of(self->ir, name);
    into->values[into->count++] = value;
}

static void close_list(lowering *self, props *into, tsx_span span) {
    if (into->object.kind == IR_NOTHING) into->object = emit_object(self, span, into->count, into->keys, into->values);
}

static props props_new(lowering *self, uint32_t capacity) {
    return (props){0, ARENA_ARRAY(self->ir->memory, uint32_t, capacity), ARENA_ARRAY(self->ir->memory, ir_operand, capacity), ir_nothing};
}

static ir_operand visit_tag(lowering *self, tsx_node *tag) {
    if (tag->kind == TSX_NODE_JSX_INTRINSIC) return unsupported(self, tag, "an element in lower case");
    return visit_expression(self, tag);
}

static bool has_spread_attribute(const tsx_list *attributes) {
    for (uint32_t i = 0; i < attributes->count; i++) {
        if (attributes->items[i]->kind == TSX_NODE_SPREAD) return true;
    }
    return false;
}

ir_operand visit_jsx_element(lowering *self, tsx_node *node) {
    tsx_jsx_element_node *element = tsx_as_jsx_element(node);
    ir_operand value;
    if (static_value(self, node, &value)) return value;
    ir_operand type = visit_tag(self, element->tag);
    props made = props_new(self, element->attributes.count + 1);
    ir_operand key = ir_undefined(self->ir);
    bool has_spread = has_spread_attribute(&element->attributes);
    for (uint32_t i = 0; i < element->attributes.count; i++) {
        tsx_node *item = element->attributes.items[i];
        if (item->kind == TSX_NODE_SPREAD) {
            ir_operand source = visit_expression(self, tsx_as_spread(item)->argument);
            close_list(self, &made, node->span);
            emit_status(self, IR_OBJECT_SPREAD, item->span, made.object, source, ir_nothing);
            continue;
        }
        tsx_jsx_attribute_node *attribute = tsx_as_jsx_attribute(item);
        ir_operand given = attribute_value(self, attribute);
        if (str_is(attribute->name->text, "key") && !has_spread) key = given;
        else add_prop(self, &made, attribute->name->text, given, item->span);
    }
    if (visit_children(self, &element->children, node->span, &value)) add_prop(self, &made, STR("children"), value, node->span);
    close_list(self, &made, node->span);
    /* With a spread, which may bring a key or replace it, the runtime takes the key out of the props. */
    if (has_spread) key = ir_constant_of(self->ir, IR_CONST_UNINITIALIZED, 0);
    return emit_element(self, node, type, key, made.object);
}

ir_operand visit_jsx_fragment(lowering *self, tsx_node *node) {
    tsx_jsx_fragment_node *fragment = tsx_as_jsx_fragment(node);
    ir_operand value;
    if (static_value(self, node, &value)) return value;
    ir_operand type = ir_constant_of(self->ir, IR_CONST_EXTERN, ir_extern_of(self->ir, FRAGMENT_NAME, false));
    props made = props_new(self, 1);
    if (visit_children(self, &fragment->children, node->span, &value)) add_prop(self, &made, STR("children"), value, node->span);
    close_list(self, &made, node->span);
    return emit_element(self, node, type, ir_undefined(self->ir), made.object);
}
