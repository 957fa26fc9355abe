/* What needs no instruction: literals, elements without variable parts, templates; and how far the top level of a
 * module only declares things. */
#include "opt/lowering.h"

#include <math.h>
#include <stdio.h>

/* ---- classes of expressions ---------------------------------------------------------------------------- */

/* STATIC: a constant. TEMPLATE: an object or array literal that is copied each time. COMPUTED: the rest. */
enum { STATIC_UNKNOWN, STATIC_CONSTANT, STATIC_TEMPLATE, STATIC_COMPUTED };

static uint8_t classify(lowering *self, tsx_node *node);

static uint8_t all_of(lowering *self, const tsx_list *list, bool allow_template) {
    for (uint32_t i = 0; i < list->count; i++) {
        uint8_t class_of = classify(self, list->items[i]);
        if (class_of == STATIC_COMPUTED || (class_of == STATIC_TEMPLATE && !allow_template)) return STATIC_COMPUTED;
    }
    return allow_template ? STATIC_TEMPLATE : STATIC_CONSTANT;
}

static uint8_t classify_object(lowering *self, tsx_object_node *object) {
    for (uint32_t i = 0; i < object->members.count; i++) {
        str key;
        if (object->members.items[i]->kind != TSX_NODE_PROPERTY) return STATIC_COMPUTED;
        tsx_property_node *property = tsx_as_property(object->members.items[i]);
        if (!known_key(self, property->key, &key) || str_is(key, "__proto__")) return STATIC_COMPUTED;
        if (classify(self, property->value) == STATIC_COMPUTED) return STATIC_COMPUTED;
    }
    return STATIC_TEMPLATE;
}

static uint8_t classify_element(lowering *self, tsx_jsx_element_node *element) {
    if (classify(self, element->tag) != STATIC_CONSTANT) return STATIC_COMPUTED;
    for (uint32_t i = 0; i < element->attributes.count; i++) {
        if (element->attributes.items[i]->kind != TSX_NODE_JSX_ATTRIBUTE) return STATIC_COMPUTED;
        tsx_jsx_attribute_node *attribute = tsx_as_jsx_attribute(element->attributes.items[i]);
        if (attribute->value != NULL && classify(self, attribute->value) != STATIC_CONSTANT) return STATIC_COMPUTED;
        bool is_key = str_is(attribute->name->text, "key");
        if (is_key && (attribute->value == NULL || strip_types(attribute->value)->kind != TSX_NODE_STRING)) return STATIC_COMPUTED;
    }
    return all_of(self, &element->children, false);
}

static uint8_t classify_symbol(lowering *self, tsx_symbol *symbol, tsx_node *use) {
    symbol = symbol != NULL ? tsx_symbol_target(symbol) : NULL;
    if (symbol == NULL || symbol->kind == TSX_SYMBOL_NAMESPACE || needs_check(self, use, symbol)) return STATIC_COMPUTED;
    if (!symbol->is_module_level && symbol->kind != TSX_SYMBOL_GLOBAL && !symbol->is_ambient) return STATIC_COMPUTED;
    return place_of(self, symbol).kind == IR_CONSTANT ? STATIC_CONSTANT : STATIC_COMPUTED;
}

static uint8_t classify_unary(tsx_unary_node *unary) {
    tsx_kind operand = strip_types(unary->operand)->kind;
    if (unary->op == TSX_OP_MINUS || unary->op == TSX_OP_PLUS) return operand == TSX_NODE_NUMBER ? STATIC_CONSTANT : STATIC_COMPUTED;
    bool is_bool = operand == TSX_NODE_TRUE || operand == TSX_NODE_FALSE;
    return unary->op == TSX_OP_NOT && is_bool ? STATIC_CONSTANT : STATIC_COMPUTED;
}

static uint8_t classify_fresh(lowering *self, tsx_node *node) {
    switch (node->kind) {
    case TSX_NODE_STRING:
    case TSX_NODE_NUMBER:
    case TSX_NODE_TRUE:
    case TSX_NODE_FALSE:
    case TSX_NODE_NULL:
    case TSX_NODE_UNDEFINED:
    case TSX_NODE_JSX_TEXT: return STATIC_CONSTANT;
    case TSX_NODE_TEMPLATE: return tsx_as_template(node)->expressions.count == 0 ? STATIC_CONSTANT : STATIC_COMPUTED;
    case TSX_NODE_UNARY: return classify_unary(tsx_as_unary(node));
    case TSX_NODE_IDENTIFIER: return classify_symbol(self, tsx_symbol_of(node), node);
    case TSX_NODE_MEMBER: {
        tsx_symbol *symbol = namespace_member(node);
        return symbol != NULL ? classify_symbol(self, symbol, NULL) : STATIC_COMPUTED;
    }
    case TSX_NODE_ARRAY: return all_of(self, &tsx_as_array(node)->elements, true);
    case TSX_NODE_OBJECT: return classify_object(self, tsx_as_object(node));
    case TSX_NODE_JSX_ELEMENT: return classify_element(self, tsx_as_jsx_element(node));
    case TSX_NODE_JSX_FRAGMENT: return all_of(self, &tsx_as_jsx_fragment(node)->children, false);
    default: return STATIC_COMPUTED;
    }
}

static uint8_t classify(lowering *self, tsx_node *node) {
    node = strip_types(node);
    uint8_t *known = &self->staticness[node->id];
    if (*known == STATIC_UNKNOWN) *known = classify_fresh(self, node);
    return *known;
}

bool is_template(lowering *self, tsx_node *node) { return classify(self, node) == STATIC_TEMPLATE; }

/* ---- building ------------------------------------------------------------------------------------------ */

static uint32_t constant_index(lowering *self, tsx_node *node) {
    ir_operand value;
    if (!template_value(self, node, &value)) BUG("a static value cannot be built");
    return value.index;
}

/* Properties under construction; a later one of the same name takes the place of the first. */
typedef struct entries {
    uint32_t count;
    uint32_t *keys, *items;
} entries;

static void add_entry(entries *entries_, uint32_t key, uint32_t item) {
    for (uint32_t i = 0; i < entries_->count; i++) {
        if (entries_->keys[i] == key) {
            entries_->items[i] = item;
            return;
        }
    }
    entries_->keys[entries_->count] = key;
    entries_->items[entries_->count++] = item;
}

static entries entries_new(lowering *self, uint32_t capacity) {
    return (entries){0, ARENA_ARRAY(self->ir->memory, uint32_t, capacity + 1), ARENA_ARRAY(self->ir->memory, uint32_t, capacity + 1)};
}

static ir_operand build_list(lowering *self, ir_table_kind kind, const tsx_list *list, tsx_span span) {
    uint32_t *items = ARENA_ARRAY(self->ir->memory, uint32_t, list->count + 1);
    for (uint32_t i = 0; i < list->count; i++) items[i] = constant_index(self, list->items[i]);
    return ir_table_of(self->ir, (ir_table){kind, list->count, items, NULL, span});
}

static ir_operand build_object(lowering *self, tsx_object_node *object) {
    entries found = entries_new(self, object->members.count);
    for (uint32_t i = 0; i < object->members.count; i++) {
        tsx_property_node *property = tsx_as_property(object->members.items[i]);
        str key = {NULL, 0};
        known_key(self, property->key, &key);
        add_entry(&found, ir_string_of(self->ir, key), constant_index(self, property->value));
    }
    return ir_table_of(self->ir, (ir_table){IR_TABLE_OBJECT, found.count, found.items, found.keys, object->base.span});
}

static void add_children(lowering *self, entries *props, const tsx_list *children, tsx_span span) {
    if (children->count == 0) return;
    uint32_t item = children->count == 1 ? constant_index(self, children->items[0])
                                         : build_list(self, IR_TABLE_LIST, children, span).index;
    add_entry(props, ir_string_of(self->ir, STR("children")), item);
}

static ir_operand build_element(lowering *self, tsx_node *node, uint32_t type, uint32_t key, const entries *props) {
    ir_operand table = ir_table_of(self->ir, (ir_table){IR_TABLE_PROPS, props->count, props->items, props->keys, node->span});
    uint32_t items[3] = {type, key, table.index};
    return ir_table_of(self->ir, (ir_table){IR_TABLE_ELEMENT, 3, items, NULL, node->span});
}

static ir_operand build_jsx(lowering *self, tsx_jsx_element_node *element) {
    entries props = entries_new(self, element->attributes.count + 1);
    uint32_t key = ir_undefined(self->ir).index;
    for (uint32_t i = 0; i < element->attributes.count; i++) {
        tsx_jsx_attribute_node *attribute = tsx_as_jsx_attribute(element->attributes.items[i]);
        uint32_t value = attribute->value != NULL ? constant_index(self, attribute->value) : ir_bool(self->ir, true).index;
        if (str_is(attribute->name->text, "key")) key = value;
        else add_entry(&props, ir_string_of(self->ir, attribute->name->text), value);
    }
    add_children(self, &props, &element->children, element->base.span);
    return build_element(self, &element->base, constant_index(self, element->tag), key, &props);
}

static ir_operand build_fragment(lowering *self, tsx_jsx_fragment_node *fragment) {
    entries props = entries_new(self, 1);
    add_children(self, &props, &fragment->children, fragment->base.span);
    ir_operand type = ir_constant_of(self->ir, IR_CONST_EXTERN, ir_extern_of(self->ir, FRAGMENT_NAME, false));
    return build_element(self, &fragment->base, type.index, ir_undefined(self->ir).index, &props);
}

static ir_operand build_unary(lowering *self, tsx_unary_node *unary) {
    tsx_node *operand = strip_types(unary->operand);
    if (unary->op == TSX_OP_NOT) return ir_bool(self->ir, operand->kind == TSX_NODE_FALSE);
    double value = tsx_as_number(operand)->value;
    return ir_number(self->ir, unary->op == TSX_OP_MINUS ? -value : value);
}

static ir_operand build(lowering *self, tsx_node *node) {
    switch (node->kind) {
    case TSX_NODE_STRING: return ir_text(self->ir, tsx_as_string(node)->value);
    case TSX_NODE_NUMBER: return ir_number(self->ir, tsx_as_number(node)->value);
    case TSX_NODE_TRUE: return ir_bool(self->ir, true);
    case TSX_NODE_FALSE: return ir_bool(self->ir, false);
    case TSX_NODE_NULL: return ir_constant_of(self->ir, IR_CONST_NULL, 0);
    case TSX_NODE_UNDEFINED: return ir_undefined(self->ir);
    case TSX_NODE_JSX_TEXT: return ir_text(self->ir, tsx_as_jsx_text(node)->value);
    case TSX_NODE_TEMPLATE: return ir_text(self->ir, tsx_as_template_text(tsx_as_template(node)->texts.items[0])->value);
    case TSX_NODE_UNARY: return build_unary(self, tsx_as_unary(node));
    case TSX_NODE_IDENTIFIER: return place_of(self, tsx_symbol_of(node));
    case TSX_NODE_MEMBER: return place_of(self, namespace_member(node));
    case TSX_NODE_ARRAY: return build_list(self, IR_TABLE_ARRAY, &tsx_as_array(node)->elements, node->span);
    case TSX_NODE_OBJECT: return build_object(self, tsx_as_object(node));
    case TSX_NODE_JSX_ELEMENT: return build_jsx(self, tsx_as_jsx_element(node));
    case TSX_NODE_JSX_FRAGMENT: return build_fragment(self, tsx_as_jsx_fragment(node));
    default: BUG("nothing static in a node of kind %d", (int)node->kind);
    }
}

bool static_value(lowering *self, tsx_node *node, ir_operand *value) {
    if (classify(self, node) != STATIC_CONSTANT) return false;
    *value = build(self, strip_types(node));
    return true;
}

bool template_value(lowering *self, tsx_node *node, ir_operand *value) {
    if (classify(self, node) == STATIC_COMPUTED) return false;
    *value = build(self, strip_types(node));
    return true;
}

ir_operand static_list(lowering *self, const tsx_list *list, tsx_span span) {
    return build_list(self, IR_TABLE_LIST, list, span);
}
bool are_static(lowering *self, const tsx_list *list) { return all_of(self, list, false) == STATIC_CONSTANT; }

/* ---- inert code ---------------------------------------------------------------------------------------- */

static bool is_inert(tsx_node *node);

static void check_inert(tsx_node *child, void *context) {
    bool *inert = context;
    if (*inert) *inert = is_inert(child);
}

/* Evaluating it calls nothing that the program wrote: no call, no getter, no conversion of objects. Calls of the
 * runtime's own functions with inert arguments that hold no function are let through (createContext()). */
static bool is_inert(tsx_node *node) {
    switch (node->kind) {
    case TSX_NODE_FUNCTION:
    case TSX_NODE_IDENTIFIER:
    case TSX_NODE_REGEX:
    case TSX_NODE_INTERFACE_DECL:
    case TSX_NODE_TYPE_ALIAS_DECL:
    case TSX_NODE_IMPORT:
    case TSX_NODE_EXPORT_ALL:
    case TSX_NODE_EXPORT_NAMED:
    case TSX_NODE_FUNCTION_DECL: return true;
    case TSX_NODE_CALL: {
        tsx_call_node *call = tsx_as_call(node);
        tsx_symbol *symbol = call->callee->kind == TSX_NODE_IDENTIFIER ? tsx_symbol_of(call->callee) : NULL;
        symbol = symbol != NULL ? tsx_symbol_target(symbol) : NULL;
        if (symbol == NULL || !symbol->is_ambient || symbol->module == NULL || !symbol->module->is_library) return false;
        for (uint32_t i = 0; i < call->arguments.count; i++) {
            tsx_node *argument = strip_types(call->arguments.items[i]);
            if (argument->kind == TSX_NODE_FUNCTION || argument->kind == TSX_NODE_IDENTIFIER || !is_inert(argument)) return false;
        }
        return true;
    }
    case TSX_NODE_CLASS: {
        tsx_class_node *class_node = tsx_as_class(node);
        if (class_node->heritage != NULL) return false;
        for (uint32_t i = 0; i < class_node->members.count; i++) {
            tsx_node *member = class_node->members.items[i];
            if (member->kind == TSX_NODE_STATIC_BLOCK) return false;
            if (member->kind == TSX_NODE_METHOD && tsx_as_method(member)->key->kind == TSX_NODE_COMPUTED_KEY) return false;
            if (member->kind == TSX_NODE_FIELD && tsx_has(member, TSX_F_STATIC) && !is_inert(member)) return false;
        }
        return true;
    }
    case TSX_NODE_NEW:
    case TSX_NODE_TAGGED_TEMPLATE:
    case TSX_NODE_MEMBER:
    case TSX_NODE_INDEX:
    case TSX_NODE_BINARY:
    case TSX_NODE_UNARY:
    case TSX_NODE_UPDATE:
    case TSX_NODE_AWAIT:
    case TSX_NODE_SPREAD:
    case TSX_NODE_COMPUTED_KEY:
    case TSX_NODE_OBJECT_PATTERN:
    case TSX_NODE_ARRAY_PATTERN: {
        if (node->kind == TSX_NODE_UNARY && tsx_as_unary(node)->operand->kind == TSX_NODE_NUMBER) return true;
        return false;
    }
    case TSX_NODE_TEMPLATE:
        if (tsx_as_template(node)->expressions.count != 0) return false;
        break;
    default: break;
    }
    if (tsx_class_of(node) == TSX_CLASS_TYPE) return true;
    bool inert = true;
    tsx_for_each_child(node, check_inert, &inert);
    return inert;
}

uint32_t find_inert_end(lowering *self) {
    tsx_module_node *root = tsx_as_module(self->module->root);
    uint32_t end = 0;
    for (uint32_t i = 0; i < root->body.count && is_inert(root->body.items[i]); i++) end = root->body.items[i]->span.end;
    return end;
}
