/* Objects, arrays and templates. */
#include "opt/lowering.h"

#include <math.h>
#include <stdio.h>

/* ---- keys ---------------------------------------------------------------------------------------------- */

bool known_key(lowering *self, const tsx_node *key, str *text) {
    if (key->kind == TSX_NODE_COMPUTED_KEY) { /* ["a"] is as good as a */
        key = ((const tsx_computed_key_node *)key)->expression;
        if (key->kind != TSX_NODE_STRING && key->kind != TSX_NODE_NUMBER) return false;
    }
    switch (key->kind) {
    case TSX_NODE_KEY: *text = ((const tsx_key_node *)key)->name->text; return true;
    case TSX_NODE_STRING: *text = ((const tsx_string_node *)key)->value; return true;
    case TSX_NODE_NUMBER: {
        double value = ((const tsx_number_node *)key)->value;
        /* Whole numbers print alike in C; the runtime converts the rest. */
        if (value < 0 || value > 9007199254740991.0 || value != floor(value)) return false;
        *text = str_of(format_text(self, "%.0f", value));
        return true;
    }
    default: return false;
    }
}

ir_operand visit_key(lowering *self, tsx_node *key) {
    str text;
    if (known_key(self, key, &text)) return ir_text(self->ir, text);
    if (key->kind == TSX_NODE_NUMBER) return ir_number(self->ir, tsx_as_number(key)->value);
    tsx_node *expression = tsx_as_computed_key(key)->expression;
    if (expression->kind == TSX_NODE_NUMBER) return ir_number(self->ir, tsx_as_number(expression)->value);
    ir_operand value = visit_expression(self, expression);
    if (value.kind == IR_CONSTANT) return value;
    return emit_unary(self, IR_TO_KEY, expression->span, value);
}

/* ---- objects ------------------------------------------------------------------------------------------- */

ir_operand method_value(lowering *self, tsx_method_node *method) {
    str name = {NULL, 0};
    if (!known_key(self, method->key, &name)) name = STR("");
    if (tsx_has(&method->base, TSX_F_GET)) name = str_of(format_text(self, "get %.*s", STR_ARGS(name)));
    if (tsx_has(&method->base, TSX_F_SET)) name = str_of(format_text(self, "set %.*s", STR_ARGS(name)));
    return visit_named(self, method->function, name);
}

static void define_accessor(lowering *self, ir_operand object, tsx_method_node *method) {
    ir_operand key = visit_key(self, method->key);
    ir_operand value = method_value(self, method), undefined = ir_undefined(self->ir);
    bool is_getter = tsx_has(&method->base, TSX_F_GET);
    ir_inst *inst = emit(self, IR_DEFINE_ACCESSOR, method->base.span);
    inst->operands[0] = object;
    inst->operands[1] = key;
    inst->operands[2] = is_getter ? value : undefined;
    inst->operands[3] = is_getter ? undefined : value;
    inst->operands[4] = (ir_operand){IR_IMMEDIATE, 0};
}

/* One member after the first that needs more than a list of keys and values. */
static void define_member(lowering *self, ir_operand object, tsx_node *member) {
    if (member->kind == TSX_NODE_SPREAD) {
        ir_operand source = visit_expression(self, tsx_as_spread(member)->argument);
        emit_status(self, IR_OBJECT_SPREAD, member->span, object, source, ir_nothing);
        return;
    }
    if (member->kind == TSX_NODE_METHOD) {
        tsx_method_node *method = tsx_as_method(member);
        if (tsx_has(member, TSX_F_GET) || tsx_has(member, TSX_F_SET)) {
            define_accessor(self, object, method);
            return;
        }
        ir_operand key = visit_key(self, method->key);
        emit_status(self, IR_DEFINE, member->span, object, key, method_value(self, method));
        return;
    }
    tsx_property_node *property = tsx_as_property(member);
    str name = {NULL, 0};
    known_key(self, property->key, &name);
    ir_operand key = visit_key(self, property->key);
    emit_status(self, IR_DEFINE, member->span, object, key, visit_named(self, property->value, name));
}

/* True if the member is a plain name with a value; then *key and *value are it. */
static bool plain_member(lowering *self, tsx_node *member, str *key) {
    if (member->kind == TSX_NODE_PROPERTY) return known_key(self, tsx_as_property(member)->key, key);
    bool accessor = tsx_has(member, TSX_F_GET) || tsx_has(member, TSX_F_SET);
    return member->kind == TSX_NODE_METHOD && !accessor && known_key(self, tsx_as_method(member)->key, key);
}

static ir_operand plain_value(lowering *self, tsx_node *member, str key) {
    if (member->kind == TSX_NODE_METHOD) return method_value(self, tsx_as_method(member));
    return visit_named(self, tsx_as_property(member)->value, key);
}

ir_operand emit_object(lowering *self, tsx_span span, uint32_t count, const uint32_t *keys, const ir_operand *values) {
    ir_operand result = new_register(self, NULL);
    ir_inst *inst = emit(self, IR_OBJECT, span);
    inst->result = result.index;
    inst->keys = keys;
    inst->list = copy_list(self, values, count);
    inst->list_count = count;
    return result;
}

ir_operand visit_object(lowering *self, tsx_node *node) {
    tsx_object_node *object = tsx_as_object(node);
    ir_operand template_;
    if (template_value(self, node, &template_)) return emit_unary(self, IR_INSTANTIATE, node->span, template_);
    uint32_t count = 0, total = object->members.count;
    uint32_t *keys = ARENA_ARRAY(self->ir->memory, uint32_t, total + 1);
    ir_operand *values = ARENA_ARRAY(self->ir->memory, ir_operand, total + 1);
    for (; count < total; count++) {
        str key;
        tsx_node *member = object->members.items[count];
        if (!plain_member(self, member, &key)) break;
        if (str_is(key, "__proto__")) unsupported(self, member, "'__proto__' in an object literal");
        keys[count] = ir_string_of(self->ir, key);
        values[count] = plain_value(self, member, key);
    }
    ir_operand result = emit_object(self, node->span, count, keys, values);
    for (uint32_t i = count; i < total; i++) define_member(self, result, object->members.items[i]);
    return result;
}

/* ---- arrays -------------------------------------------------------------------------------------------- */

ir_operand emit_array(lowering *self, tsx_span span, uint32_t count, const ir_operand *values) {
    ir_operand result = new_register(self, NULL);
    ir_inst *inst = emit(self, IR_ARRAY, span);
    inst->result = result.index;
    inst->list = copy_list(self, values, count);
    inst->list_count = count;
    return result;
}

ir_operand visit_array_items(lowering *self, const tsx_list *list, bool are_arguments, tsx_span span) {
    uint32_t count = 0;
    ir_operand *values = ARENA_ARRAY(self->ir->memory, ir_operand, list->count + 1);
    for (; count < list->count && list->items[count]->kind != TSX_NODE_SPREAD; count++) {
        tsx_node *item = list->items[count];
        values[count] = item->kind == TSX_NODE_HOLE ? ir_constant_of(self->ir, IR_CONST_HOLE, 0) : visit_expression(self, item);
    }
    ir_operand result = emit_array(self, span, count, values);
    for (uint32_t i = count; i < list->count; i++) {
        tsx_node *item = list->items[i];
        if (item->kind == TSX_NODE_SPREAD) {
            ir_operand source = visit_expression(self, tsx_as_spread(item)->argument);
            emit_status(self, IR_ARRAY_SPREAD, item->span, result, source, ir_nothing);
            const char *text = iterable_text(self, tsx_as_spread(item)->argument);
            VEC_LAST(&self->frame->ir->code).text = are_arguments ? format_text(self, "...%s", text) : text;
        } else if (item->kind == TSX_NODE_HOLE) {
            emit_status(self, IR_ARRAY_PUSH, item->span, result, ir_constant_of(self->ir, IR_CONST_HOLE, 0), ir_nothing);
        } else {
            emit_status(self, IR_ARRAY_PUSH, item->span, result, visit_expression(self, item), ir_nothing);
        }
    }
    return result;
}

ir_operand visit_array(lowering *self, tsx_node *node) {
    ir_operand template_;
    if (template_value(self, node, &template_)) return emit_unary(self, IR_INSTANTIATE, node->span, template_);
    return visit_array_items(self, &tsx_as_array(node)->elements, false, node->span);
}

/* ---- templates ----------------------------------------------------------------------------------------- */

ir_operand visit_template(lowering *self, tsx_node *node) {
    tsx_template_node *written = tsx_as_template(node);
    ir_operand value;
    if (static_value(self, node, &value)) return value;
    uint32_t count = 0;
    ir_operand *parts = ARENA_ARRAY(self->ir->memory, ir_operand, 2 * written->texts.count + 1);
    for (uint32_t i = 0; i < written->texts.count; i++) {
        str text = tsx_as_template_text(written->texts.items[i])->value;
        if (text.length != 0) parts[count++] = ir_text(self->ir, text);
        if (i < written->expressions.count) parts[count++] = visit_expression(self, written->expressions.items[i]);
    }
    ir_operand result = new_register(self, NULL);
    ir_inst *inst = emit(self, IR_TEMPLATE, node->span);
    inst->result = result.index;
    inst->list = parts;
    inst->list_count = count;
    return result;
}

ir_operand visit_tagged_template(lowering *self, tsx_node *node) { return unsupported(self, node, "a tagged template"); }
