/* Classes: the constructor is the class's function; methods, accessors and static members are added when the class
 * is evaluated; fields are written at the start of the constructor, or after super(). */
#include "opt/lowering.h"

tsx_class_node *class_around(tsx_node *constructor) {
    if (constructor->kind == TSX_NODE_CLASS) return tsx_as_class(constructor);
    tsx_node *method = constructor->parent;
    if (constructor->kind != TSX_NODE_FUNCTION || method == NULL || method->kind != TSX_NODE_METHOD) return NULL;
    if (!tsx_has(method, TSX_F_CONSTRUCTOR)) return NULL;
    return tsx_as_class(method->parent);
}

const tsx_function_node *written_constructor(const tsx_class_node *node) {
    for (uint32_t i = 0; i < node->members.count; i++) {
        tsx_node *member = node->members.items[i];
        if (member->kind != TSX_NODE_METHOD || !tsx_has(member, TSX_F_CONSTRUCTOR)) continue;
        tsx_function_node *function = tsx_as_function(tsx_as_method(member)->function);
        if (function->body != NULL) return function;
    }
    return NULL;
}

const tsx_function *class_constructor(const tsx_class_node *node) {
    MUST(node->scope != NULL && node->scope->constructor != NULL);
    return node->scope->constructor;
}

/* ---- what a constructor does --------------------------------------------------------------------------- */

static bool is_parameter_property(const tsx_node *parameter) {
    return tsx_has(parameter, TSX_F_PUBLIC | TSX_F_PROTECTED | TSX_F_PRIVATE | TSX_F_READONLY | TSX_F_OVERRIDE);
}

static bool has_no_value(const tsx_node *field) { return tsx_has(field, TSX_F_DECLARE | TSX_F_ABSTRACT); }

static ir_operand field_value(lowering *self, tsx_field_node *field) {
    str name = {NULL, 0};
    known_key(self, field->key, &name);
    return field->initializer != NULL ? visit_named(self, field->initializer, name) : ir_undefined(self->ir);
}

void visit_instance_fields(lowering *self, tsx_class_node *node, const tsx_function_node *constructor) {
    const ir_operand this_value = {IR_THIS, 0};
    for (uint32_t i = 0; constructor != NULL && i < constructor->parameters.count; i++) {
        tsx_parameter_node *parameter = tsx_as_parameter(constructor->parameters.items[i]);
        if (!is_parameter_property(&parameter->base)) continue;
        tsx_binding_node *binding = tsx_as_binding(parameter->pattern);
        ir_operand value = load_symbol(self, binding->symbol, parameter->pattern);
        emit_status(self, IR_DEFINE_FIELD, parameter->base.span, this_value, const_name(self, binding->name), value);
    }
    for (uint32_t i = 0; i < node->members.count; i++) {
        tsx_node *member = node->members.items[i];
        if (member->kind != TSX_NODE_FIELD || tsx_has(member, TSX_F_STATIC) || has_no_value(member)) continue;
        tsx_field_node *field = tsx_as_field(member);
        str name;
        if (!known_key(self, field->key, &name)) {
            unsupported(self, member, "a field with a computed name");
            continue;
        }
        emit_status(self, IR_DEFINE_FIELD, member->span, this_value, ir_text(self->ir, name), field_value(self, field));
    }
}

/* ---- what evaluating a class does ---------------------------------------------------------------------- */

static void visit_method(lowering *self, ir_operand class_value, tsx_method_node *method) {
    if (tsx_as_function(method->function)->body == NULL || tsx_has(&method->base, TSX_F_CONSTRUCTOR)) return;
    if (tsx_has(method->key, TSX_F_PRIVATE)) {
        unsupported(self, &method->base, "a private name");
        return;
    }
    bool is_getter = tsx_has(&method->base, TSX_F_GET), is_setter = tsx_has(&method->base, TSX_F_SET);
    ir_operand key = visit_key(self, method->key);
    ir_operand value = method_value(self, method), undefined = ir_undefined(self->ir);
    ir_operand is_static = {IR_IMMEDIATE, tsx_has(&method->base, TSX_F_STATIC) ? 1 : 0};
    bool is_accessor = is_getter || is_setter;
    ir_inst *inst = emit(self, is_accessor ? IR_CLASS_ACCESSOR : IR_CLASS_METHOD, method->base.span);
    inst->operands[0] = class_value;
    inst->operands[1] = key;
    inst->operands[2] = is_setter ? undefined : value;
    inst->operands[3] = is_accessor ? (is_setter ? value : undefined) : is_static;
    if (is_accessor) inst->operands[4] = is_static;
}

static const tsx_function *initialiser_facts(const lowering *self, const tsx_node *member) {
    for (size_t i = 0; i < self->module->functions.length; i++) {
        if (self->module->functions.items[i]->node == member) return self->module->functions.items[i];
    }
    BUG("a static initialiser without its function");
}

/* Calls the function of a static field or block once, with the class as `this`. */
static ir_operand run_initialiser(lowering *self, ir_operand class_value, const tsx_node *member) {
    const tsx_function *facts = initialiser_facts(self, member);
    ir_function *function = visit_function_body(self, facts, STR("<static_initializer>"));
    ir_operand closure = make_closure(self, facts, function, member->span);
    ir_operand result = emit_binary(self, IR_CALL, member->span, closure, class_value);
    VEC_LAST(&self->frame->ir->code).text = "static initializer";
    return result;
}

static void visit_static_member(lowering *self, ir_operand class_value, tsx_node *member) {
    if (member->kind == TSX_NODE_STATIC_BLOCK) {
        run_initialiser(self, class_value, member);
        return;
    }
    if (member->kind != TSX_NODE_FIELD || !tsx_has(member, TSX_F_STATIC) || has_no_value(member)) return;
    tsx_field_node *field = tsx_as_field(member);
    ir_operand key = visit_key(self, field->key), value = ir_undefined(self->ir);
    if (field->initializer != NULL && !static_value(self, field->initializer, &value)) {
        value = run_initialiser(self, class_value, member);
    }
    emit_status(self, IR_DEFINE_FIELD, member->span, class_value, key, value);
}

static void check_private_fields(lowering *self, tsx_class_node *node) {
    for (uint32_t i = 0; i < node->members.count; i++) {
        tsx_node *member = node->members.items[i];
        bool is_private = member->kind == TSX_NODE_FIELD && tsx_has(tsx_as_field(member)->key, TSX_F_PRIVATE)
            && tsx_as_field(member)->key->kind == TSX_NODE_KEY;
        if (is_private) unsupported(self, member, "a private name");
    }
}

ir_operand visit_class(lowering *self, tsx_node *node) {
    tsx_class_node *written = tsx_as_class(node);
    str name = written->name != NULL ? tsx_as_binding(written->name)->name->text : self->name_hint;
    if (name.bytes == NULL) name = STR("");
    self->name_hint = (str){NULL, 0};
    enter_scope(self, written->scope, NULL);
    check_private_fields(self, written);
    ir_operand heritage = written->heritage != NULL ? visit_expression(self, written->heritage) : ir_nothing;
    const tsx_function *facts = class_constructor(written);
    ir_function *function = visit_function_body(self, facts, name);
    function->span = node->span;
    ir_operand class_value = function_value(self, node, facts, function);
    if (written->heritage != NULL) emit_status(self, IR_CLASS_EXTENDS, written->heritage->span, class_value, heritage, ir_nothing);
    for (uint32_t i = 0; i < written->members.count; i++) {
        if (written->members.items[i]->kind == TSX_NODE_METHOD) visit_method(self, class_value, tsx_as_method(written->members.items[i]));
    }
    if (written->name != NULL) store_symbol(self, tsx_symbol_of(written->name), class_value, true, NULL);
    for (uint32_t i = 0; i < written->members.count; i++) visit_static_member(self, class_value, written->members.items[i]);
    return class_value;
}
