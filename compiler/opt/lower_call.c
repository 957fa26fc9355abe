/* Property access, calls, `new`, and the optional chains that skip them. */
#include "opt/lowering.h"

const char *expression_text(lowering *self, tsx_node *node) {
    node = strip_types(node);
    switch (node->kind) {
    case TSX_NODE_IDENTIFIER: return tsx_as_identifier(node)->name->text.bytes;
    case TSX_NODE_THIS: return "this";
    case TSX_NODE_OBJECT: return tsx_as_object(node)->members.count == 0 ? "{}" : "{(intermediate value)}";
    case TSX_NODE_NULL: return "null";
    case TSX_NODE_UNDEFINED: return "undefined";
    case TSX_NODE_NUMBER: return format_text(self, "%.15g", tsx_as_number(node)->value);
    case TSX_NODE_OPTIONAL_CHAIN: return expression_text(self, tsx_as_optional_chain(node)->expression);
    case TSX_NODE_MEMBER: {
        tsx_member_node *member = tsx_as_member(node);
        bool optional = tsx_has(node, TSX_F_OPTIONAL_LINK);
        return format_text(self, "%s%s%.*s", expression_text(self, member->object), optional ? "?." : ".", NAME_ARGS(member->name));
    }
    case TSX_NODE_INDEX: {
        tsx_index_node *index = tsx_as_index(node);
        tsx_node *key = strip_types(index->index);
        const char *object = expression_text(self, index->object);
        if (key->kind == TSX_NODE_STRING) return format_text(self, "%s.%.*s", object, STR_ARGS(tsx_as_string(key)->value));
        if (key->kind == TSX_NODE_NUMBER) return format_text(self, "%s[%.15g]", object, tsx_as_number(key)->value);
        if (key->kind == TSX_NODE_IDENTIFIER) return format_text(self, "%s[%s]", object, expression_text(self, key));
        return format_text(self, "%s[...]", object);
    }
    case TSX_NODE_CALL: return format_text(self, "%s(...)", expression_text(self, tsx_as_call(node)->callee));
    default: return "(intermediate value)";
    }
}

const char *iterable_text(lowering *self, tsx_node *node) {
    node = strip_types(node);
    const char *text = expression_text(self, node);
    if (node->kind != TSX_NODE_CALL) return text;
    return format_text(self, "%s is not a function or its return value", expression_text(self, tsx_as_call(node)->callee));
}

const char *initializer_text(lowering *self, const tsx_node *pattern, tsx_node *initializer) {
    if (pattern->kind != TSX_NODE_ARRAY_PATTERN) return expression_text(self, initializer);
    tsx_node *node = strip_types(initializer);
    switch (node->kind) { /* what V8 does not name */
    case TSX_NODE_MEMBER:
    case TSX_NODE_INDEX:
    case TSX_NODE_OPTIONAL_CHAIN: return "";
    case TSX_NODE_CALL: return strip_types(tsx_as_call(node)->callee)->kind == TSX_NODE_FUNCTION ? "" : iterable_text(self, node);
    default: return expression_text(self, node);
    }
}

/* ---- arguments ----------------------------------------------------------------------------------------- */

static bool has_spread(const tsx_list *list) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind == TSX_NODE_SPREAD) return true;
    }
    return false;
}

/* The method is looked up before the arguments are evaluated. Where nothing can tell, one instruction does both:
 * arguments that neither throw nor change anything. */
static bool are_quiet(lowering *self, const tsx_list *list) {
    for (uint32_t i = 0; i < list->count; i++) {
        tsx_node *node = strip_types(list->items[i]);
        ir_operand unused;
        bool quiet = node->kind == TSX_NODE_FUNCTION || node->kind == TSX_NODE_THIS || is_template(self, node)
            || (node->kind == TSX_NODE_IDENTIFIER && !tsx_has(node, TSX_F_NEEDS_CHECK))
            || (node->kind != TSX_NODE_JSX_ELEMENT && static_value(self, node, &unused));
        if (!quiet) return false;
    }
    return true;
}

static ir_operand *visit_arguments(lowering *self, const tsx_list *list) {
    ir_operand *values = ARENA_ARRAY(self->ir->memory, ir_operand, list->count + 1);
    for (uint32_t i = 0; i < list->count; i++) values[i] = visit_expression(self, list->items[i]);
    return values;
}

static ir_operand finish_call(lowering *self, ir_op op, const tsx_node *node, ir_operand a, ir_operand b,
                              const tsx_list *arguments, const char *text) {
    ir_operand *values = visit_arguments(self, arguments);
    ir_operand result = emit_binary(self, op, node->span, a, b);
    ir_inst *inst = &VEC_LAST(&self->frame->ir->code);
    inst->list = values;
    inst->list_count = arguments->count;
    inst->text = text;
    return result;
}

static ir_operand call_value(lowering *self, const tsx_node *node, ir_operand callee, ir_operand this_value,
                             const tsx_list *arguments, const char *text) {
    if (!has_spread(arguments)) return finish_call(self, IR_CALL, node, callee, this_value, arguments, text);
    ir_operand array = visit_array_items(self, arguments, true, node->span);
    ir_operand result = emit_value(self, IR_CALL_SPREAD, node->span, callee, this_value, array);
    VEC_LAST(&self->frame->ir->code).text = text;
    return result;
}

/* ---- optional chains ----------------------------------------------------------------------------------- */

void visit_link(lowering *self, const tsx_node *node, ir_operand value) {
    if (!tsx_has(node, TSX_F_OPTIONAL_LINK)) return;
    MUST(self->frame->nil_label != IR_NONE);
    emit_branch(self, IR_JUMP_NULLISH, value, ir_nothing, self->frame->nil_label);
}

ir_operand visit_optional_chain(lowering *self, tsx_node *node) {
    uint32_t outer = self->frame->nil_label, end = new_label(self);
    ir_operand result = new_register(self, NULL);
    self->frame->nil_label = new_label(self);
    emit_copy(self, result.index, visit_expression(self, tsx_as_optional_chain(node)->expression));
    emit_jump(self, end);
    place_label(self, self->frame->nil_label);
    emit_copy(self, result.index, ir_undefined(self->ir));
    place_label(self, end);
    self->frame->nil_label = outer;
    return result;
}

/* ---- members ------------------------------------------------------------------------------------------- */

ir_operand visit_member(lowering *self, tsx_node *node) {
    tsx_member_node *member = tsx_as_member(node);
    if (tsx_has(node, TSX_F_PRIVATE)) return unsupported(self, node, "a private name");
    if (member->object->kind == TSX_NODE_SUPER) return unsupported(self, node, "'super' as an object");
    tsx_symbol *symbol = namespace_member(node);
    if (symbol != NULL) return load_symbol(self, symbol, node);
    ir_operand object = visit_expression(self, member->object);
    visit_link(self, node, object);
    return emit_binary(self, IR_GET, tsx_span_join(node->span, member->name_span), object, const_name(self, member->name));
}

ir_operand visit_index(lowering *self, tsx_node *node) {
    tsx_index_node *index = tsx_as_index(node);
    ir_operand object = visit_expression(self, index->object);
    visit_link(self, node, object);
    return emit_binary(self, IR_GET_ELEMENT, node->span, object, visit_expression(self, index->index));
}

/* ---- calls --------------------------------------------------------------------------------------------- */

static ir_operand visit_super_call(lowering *self, tsx_call_node *call) {
    if (self->frame->derived == NULL) return unsupported(self, &call->base, "'super()' outside of a constructor's own body");
    if (has_spread(&call->arguments)) return unsupported(self, &call->base, "'super(...)' with a spread");
    ir_operand *values = visit_arguments(self, &call->arguments);
    ir_inst *inst = emit(self, IR_SUPER_CALL, call->base.span);
    inst->list = values;
    inst->list_count = call->arguments.count;
    if (self->has_this_arrows[self->frame->facts->number]) {
        self->frame->this_cell = self->frame->ir->cell_count++;
        ir_inst *cell = emit(self, IR_CELL, tsx_no_span);
        cell->result = self->frame->this_cell;
        cell->operands[0] = (ir_operand){IR_THIS, 0};
    }
    const tsx_function_node *constructor = written_constructor(self->frame->derived);
    visit_instance_fields(self, self->frame->derived, constructor);
    return (ir_operand){IR_THIS, 0};
}

/* Evaluates a member or index for a call: its object, which will be `this`, and the value. */
static ir_operand visit_method(lowering *self, tsx_node *callee, ir_operand *object) {
    if (callee->kind == TSX_NODE_INDEX) {
        tsx_index_node *index = tsx_as_index(callee);
        *object = visit_expression(self, index->object);
        visit_link(self, callee, *object);
        return emit_binary(self, IR_GET_ELEMENT, callee->span, *object, visit_expression(self, index->index));
    }
    tsx_member_node *member = tsx_as_member(callee);
    *object = visit_expression(self, member->object);
    visit_link(self, callee, *object);
    return emit_binary(self, IR_GET, callee->span, *object, const_name(self, member->name));
}

/* A call of a property: the object is `this`. */
static ir_operand visit_method_call(lowering *self, tsx_call_node *call, tsx_node *callee) {
    const char *text = expression_text(self, callee);
    bool direct = !tsx_has(&call->base, TSX_F_OPTIONAL_LINK) && are_quiet(self, &call->arguments);
    ir_operand object;
    if (callee->kind == TSX_NODE_MEMBER) {
        tsx_member_node *member = tsx_as_member(callee);
        if (member->object->kind == TSX_NODE_SUPER) return unsupported(self, callee, "'super' as an object");
        if (tsx_has(callee, TSX_F_PRIVATE)) return unsupported(self, callee, "a private name");
        if (direct) {
            object = visit_expression(self, member->object);
            visit_link(self, callee, object);
            return finish_call(self, IR_CALL_METHOD, &call->base, object, const_name(self, member->name), &call->arguments, text);
        }
    }
    ir_operand method = visit_method(self, callee, &object);
    visit_link(self, &call->base, method);
    return call_value(self, &call->base, method, object, &call->arguments, text);
}

static bool is_method(tsx_node *callee) {
    return callee->kind == TSX_NODE_INDEX || (callee->kind == TSX_NODE_MEMBER && namespace_member(callee) == NULL);
}

/* (a?.b)(): the chain ends at the parenthesis, but its object is still `this` of the call. */
static ir_operand visit_closed_chain_call(lowering *self, tsx_call_node *call, tsx_node *callee) {
    if (callee->kind == TSX_NODE_MEMBER && tsx_has(callee, TSX_F_PRIVATE)) return unsupported(self, callee, "a private name");
    uint32_t outer = self->frame->nil_label, end = new_label(self);
    ir_operand this_value = new_register(self, NULL), value = new_register(self, NULL), object;
    self->frame->nil_label = new_label(self);
    ir_operand method = visit_method(self, callee, &object);
    emit_copy(self, this_value.index, object);
    emit_copy(self, value.index, method);
    emit_jump(self, end);
    place_label(self, self->frame->nil_label);
    emit_copy(self, this_value.index, ir_undefined(self->ir));
    emit_copy(self, value.index, ir_undefined(self->ir));
    place_label(self, end);
    self->frame->nil_label = outer;
    visit_link(self, &call->base, value);
    return call_value(self, &call->base, value, this_value, &call->arguments, "(intermediate value)");
}

static ir_operand visit_call_in_chain(lowering *self, tsx_call_node *call) {
    tsx_node *callee = strip_types(call->callee);
    if (callee->kind == TSX_NODE_SUPER) return visit_super_call(self, call);
    if (is_method(callee)) return visit_method_call(self, call, callee);
    if (callee->kind == TSX_NODE_OPTIONAL_CHAIN) {
        tsx_node *inner = strip_types(tsx_as_optional_chain(callee)->expression);
        if (is_method(inner)) return visit_closed_chain_call(self, call, inner);
    }
    const char *text = expression_text(self, callee);
    ir_operand value = visit_expression(self, callee);
    visit_link(self, &call->base, value);
    return call_value(self, &call->base, value, ir_undefined(self->ir), &call->arguments, text);
}

ir_operand visit_call(lowering *self, tsx_node *node) { return visit_call_in_chain(self, tsx_as_call(node)); }

ir_operand visit_new(lowering *self, tsx_node *node) {
    tsx_new_node *made = tsx_as_new(node);
    const char *text = expression_text(self, made->callee);
    ir_operand class_value = visit_expression(self, made->callee);
    if (!has_spread(&made->arguments)) {
        return finish_call(self, IR_NEW, node, class_value, ir_nothing, &made->arguments, text);
    }
    ir_operand array = visit_array_items(self, &made->arguments, true, node->span);
    ir_operand result = emit_binary(self, IR_NEW_SPREAD, node->span, class_value, array);
    VEC_LAST(&self->frame->ir->code).text = text;
    return result;
}
