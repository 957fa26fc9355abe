/* Destructuring. Order: the target's own expressions, then key, then value, then default, then assignment. */
#include "opt/lowering.h"

/* One element of a pattern: where its value goes, and its default. */
typedef struct element {
    tsx_node *target;
    tsx_node *initializer;
    bool has_reference;
    reference reference;
} element;

static element element_of(lowering *self, tsx_node *node, bool declares) {
    element result = {.target = node};
    if (node->kind == TSX_NODE_DEFAULT_PATTERN) {
        result.target = tsx_as_default_pattern(node)->target;
        result.initializer = tsx_as_default_pattern(node)->initializer;
    }
    result.target = strip_types(result.target);
    bool is_pattern = result.target->kind == TSX_NODE_OBJECT_PATTERN || result.target->kind == TSX_NODE_ARRAY_PATTERN;
    if (!declares && !is_pattern) {
        result.has_reference = true;
        result.reference = reference_of(self, result.target, false);
    }
    return result;
}

static str hint_of(const tsx_node *target) {
    if (target->kind == TSX_NODE_BINDING) return ((const tsx_binding_node *)target)->name->text;
    if (target->kind == TSX_NODE_IDENTIFIER) return ((const tsx_identifier_node *)target)->name->text;
    return (str){NULL, 0};
}

static void give(lowering *self, const element *to, ir_operand value, bool declares) {
    if (to->initializer != NULL) {
        ir_operand merged = new_register(self, NULL);
        uint32_t given = new_label(self);
        emit_copy(self, merged.index, value);
        emit_branch(self, IR_JUMP_OTHER, value, ir_undefined(self->ir), given);
        emit_copy(self, merged.index, visit_named(self, to->initializer, hint_of(to->target)));
        place_label(self, given);
        value = merged;
    }
    if (to->has_reference) reference_set(self, &to->reference, value);
    else visit_pattern(self, to->target, value, declares, to->initializer != NULL ? "" : NULL);
}

/* ---- objects ------------------------------------------------------------------------------------------- */

static void visit_object_rest(lowering *self, tsx_node *rest, ir_operand source, const ir_operand *keys, uint32_t count, bool declares) {
    element target = element_of(self, tsx_as_rest(rest)->argument, declares);
    ir_operand value = emit_unary(self, IR_OBJECT_REST, rest->span, source);
    ir_inst *inst = &VEC_LAST(&self->frame->ir->code);
    inst->list = copy_list(self, keys, count);
    inst->list_count = count;
    give(self, &target, value, declares);
}

static void visit_object_pattern(lowering *self, tsx_object_pattern_node *pattern, ir_operand source, bool declares, const char *text) {
    uint32_t count = pattern->properties.count;
    ir_operand *keys = ARENA_ARRAY(self->ir->memory, ir_operand, count + 1);
    str first = {NULL, 0};
    bool names_first = count != 0 && pattern->properties.items[0]->kind == TSX_NODE_PATTERN_PROPERTY
        && known_key(self, tsx_as_pattern_property(pattern->properties.items[0])->key, &first);
    if (text != NULL || !names_first) { /* else reading the first property tells as much */
        ir_inst *check = emit(self, IR_REQUIRE_OBJECT, pattern->base.span);
        check->operands[0] = source;
        check->operands[1] = names_first ? ir_text(self->ir, first) : ir_undefined(self->ir);
        check->text = text != NULL ? text : "";
    }
    for (uint32_t i = 0; i < count; i++) {
        tsx_node *item = pattern->properties.items[i];
        if (item->kind == TSX_NODE_REST) {
            visit_object_rest(self, item, source, keys, i, declares);
            break;
        }
        tsx_pattern_property_node *property = tsx_as_pattern_property(item);
        str name;
        bool is_known = known_key(self, property->key, &name);
        keys[i] = visit_key(self, property->key);
        element target = element_of(self, property->value, declares);
        ir_operand value = emit_binary(self, is_known ? IR_GET : IR_GET_ELEMENT, item->span, source, keys[i]);
        give(self, &target, value, declares);
    }
}

/* ---- arrays -------------------------------------------------------------------------------------------- */

/* Only names and holes: nothing can tell in which order the values are taken and stored. */
static bool is_plain(const tsx_array_pattern_node *pattern, bool declares) {
    for (uint32_t i = 0; i < pattern->elements.count; i++) {
        tsx_kind kind = pattern->elements.items[i]->kind;
        if (kind != TSX_NODE_BINDING && kind != TSX_NODE_HOLE) return false;
    }
    return declares;
}

/* The register of a plain local variable, or a temporary for what must be stored elsewhere. */
static ir_operand direct_place(lowering *self, tsx_node *item) {
    tsx_symbol *symbol = item->kind == TSX_NODE_BINDING ? tsx_symbol_of(item) : NULL;
    if (symbol != NULL && place_of(self, symbol).kind == IR_REGISTER) return place_of(self, symbol);
    return new_register(self, NULL);
}

static void visit_plain_array(lowering *self, tsx_array_pattern_node *pattern, ir_operand source, const char *text) {
    uint32_t count = pattern->elements.count;
    ir_operand *values = ARENA_ARRAY(self->ir->memory, ir_operand, count + 1);
    for (uint32_t i = 0; i < count; i++) values[i] = direct_place(self, pattern->elements.items[i]);
    ir_inst *inst = emit(self, IR_TAKE, pattern->base.span);
    inst->operands[0] = source;
    inst->list = values;
    inst->list_count = count;
    inst->text = text;
    for (uint32_t i = 0; i < count; i++) {
        tsx_node *item = pattern->elements.items[i];
        bool is_stored = item->kind == TSX_NODE_HOLE || self->frame->ir->registers.items[values[i].index].name != NULL;
        if (!is_stored) visit_pattern(self, item, values[i], true, NULL);
    }
}

static ir_operand emit_next(lowering *self, uint32_t iterator, uint32_t end, tsx_span span) {
    ir_operand value = new_register(self, NULL);
    ir_inst *inst = emit(self, IR_NEXT, span);
    inst->result = value.index;
    inst->operands[0] = (ir_operand){IR_ITERATOR, iterator};
    inst->label = end;
    return value;
}

static ir_operand visit_array_rest(lowering *self, uint32_t iterator, tsx_span span) {
    ir_operand array = emit_array(self, span, 0, NULL);
    uint32_t again = new_label(self), end = new_label(self);
    place_label(self, again);
    ir_operand value = emit_next(self, iterator, end, span);
    emit_status(self, IR_ARRAY_PUSH, span, array, value, ir_nothing);
    emit_jump(self, again);
    place_label(self, end);
    return array;
}

static void visit_array_pattern(lowering *self, tsx_array_pattern_node *pattern, ir_operand source, bool declares, const char *text) {
    text = text != NULL ? text : "";
    if (is_plain(pattern, declares)) {
        visit_plain_array(self, pattern, source, text);
        return;
    }
    uint32_t iterator = self->frame->ir->iterator_count++, outer = self->frame->handler;
    ir_operand address = {IR_ITERATOR, iterator};
    emit_status(self, IR_ITERATE, pattern->base.span, address, source, ir_nothing);
    VEC_LAST(&self->frame->ir->code).text = text;
    uint32_t failed = new_label(self), done = new_label(self);
    self->frame->handler = failed;
    for (uint32_t i = 0; i < pattern->elements.count; i++) {
        tsx_node *item = pattern->elements.items[i];
        bool is_rest = item->kind == TSX_NODE_REST, is_hole = item->kind == TSX_NODE_HOLE;
        element target = {0};
        if (!is_hole) target = element_of(self, is_rest ? tsx_as_rest(item)->argument : item, declares);
        ir_operand value;
        if (is_rest) {
            value = visit_array_rest(self, iterator, item->span);
        } else {
            uint32_t end = new_label(self);
            value = emit_next(self, iterator, end, item->span);
            place_label(self, end); /* at the end the value is undefined */
        }
        if (!is_hole) give(self, &target, value, declares);
    }
    self->frame->handler = outer;
    emit_status(self, IR_ITERATOR_CLOSE, pattern->base.span, address, ir_nothing, ir_nothing);
    emit_jump(self, done);
    place_label(self, failed);
    close_after_throw(self, iterator, pattern->base.span);
    place_label(self, done);
}

void close_after_throw(lowering *self, uint32_t iterator, tsx_span span) {
    ir_operand pending = {IR_PENDING, self->frame->ir->pending_count++};
    uint32_t outer = self->frame->handler, closed = new_label(self);
    emit_status(self, IR_PENDING_SAVE, span, pending, ir_nothing, ir_nothing);
    self->frame->handler = closed; /* what closing throws gives way to the first exception */
    emit_status(self, IR_ITERATOR_CLOSE, span, (ir_operand){IR_ITERATOR, iterator}, ir_nothing, ir_nothing);
    self->frame->handler = outer;
    place_label(self, closed);
    emit_status(self, IR_PENDING_RESTORE, span, pending, ir_nothing, ir_nothing);
    emit(self, IR_RAISE, span);
}

void visit_pattern(lowering *self, tsx_node *pattern, ir_operand value, bool declares, const char *text) {
    pattern = strip_types(pattern);
    switch (pattern->kind) {
    case TSX_NODE_BINDING: {
        tsx_symbol *symbol = tsx_symbol_of(pattern);
        if (symbol != NULL) store_symbol(self, symbol, value, true, pattern);
        break;
    }
    case TSX_NODE_OBJECT_PATTERN: visit_object_pattern(self, tsx_as_object_pattern(pattern), value, declares, text); break;
    case TSX_NODE_ARRAY_PATTERN: visit_array_pattern(self, tsx_as_array_pattern(pattern), value, declares, text); break;
    case TSX_NODE_DEFAULT_PATTERN: {
        element target = element_of(self, pattern, declares);
        give(self, &target, value, declares);
        break;
    }
    default: {
        reference target = reference_of(self, pattern, false);
        reference_set(self, &target, value);
    }
    }
}
