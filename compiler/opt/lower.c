#include "opt/lowering.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- emitting ------------------------------------------------------------------------------------------ */

ir_inst *emit(lowering *self, ir_op op, tsx_span span) {
    ir_inst inst;
    ir_inst_clear(&inst, op, span);
    inst.handler = self->frame->handler;
    VEC_PUSH(&self->frame->ir->code, inst);
    return &VEC_LAST(&self->frame->ir->code);
}

static ir_inst *emit_three(lowering *self, ir_op op, tsx_span span, ir_operand a, ir_operand b, ir_operand c) {
    ir_inst *inst = emit(self, op, span);
    inst->operands[0] = a;
    inst->operands[1] = b;
    inst->operands[2] = c;
    return inst;
}

ir_operand emit_value(lowering *self, ir_op op, tsx_span span, ir_operand a, ir_operand b, ir_operand c) {
    ir_operand result = new_register(self, NULL);
    emit_three(self, op, span, a, b, c)->result = result.index;
    return result;
}
ir_operand emit_unary(lowering *self, ir_op op, tsx_span span, ir_operand a) {
    return emit_value(self, op, span, a, ir_nothing, ir_nothing);
}
ir_operand emit_binary(lowering *self, ir_op op, tsx_span span, ir_operand a, ir_operand b) {
    return emit_value(self, op, span, a, b, ir_nothing);
}
void emit_status(lowering *self, ir_op op, tsx_span span, ir_operand a, ir_operand b, ir_operand c) {
    emit_three(self, op, span, a, b, c);
}

void emit_copy(lowering *self, uint32_t target, ir_operand value) {
    ir_inst *inst = emit(self, IR_COPY, tsx_no_span);
    inst->result = target;
    inst->operands[0] = value;
}

uint32_t new_label(lowering *self) { return self->frame->ir->label_count++; }
void place_label(lowering *self, uint32_t label) { emit(self, IR_LABEL, tsx_no_span)->label = label; }
void emit_jump(lowering *self, uint32_t label) { emit(self, IR_JUMP, tsx_no_span)->label = label; }
void emit_branch(lowering *self, ir_op op, ir_operand a, ir_operand b, uint32_t label) {
    emit_three(self, op, tsx_no_span, a, b, ir_nothing)->label = label;
}

ir_operand new_register(lowering *self, const tsx_name *name) {
    return ir_register_operand(ir_register_new(self->ir, self->frame->ir, name != NULL ? name->text.bytes : NULL));
}

ir_operand *copy_list(lowering *self, const ir_operand *items, uint32_t count) {
    ir_operand *copy = ARENA_ARRAY(self->ir->memory, ir_operand, count + 1);
    if (count != 0) memcpy(copy, items, count * sizeof *items);
    return copy;
}

ir_operand const_name(lowering *self, const tsx_name *name) { return ir_text(self->ir, name->text); }

char *format_text(lowering *self, const char *format, ...) {
    str_buf buffer;
    str_buf_init(&buffer);
    va_list arguments;
    va_start(arguments, format);
    str_buf_add_va(&buffer, format, arguments);
    va_end(arguments);
    char *text = arena_copy_text(self->ir->memory, str_buf_text(&buffer), buffer.length);
    str_buf_release(&buffer);
    return text;
}

ir_operand unsupported(lowering *self, const tsx_node *node, const char *what) {
    tsx_report(self->session, TSX_C1901, node->span, what);
    return ir_undefined(self->ir);
}

/* ---- functions ----------------------------------------------------------------------------------------- */

/* Part of a C identifier: letters, digits and underscores stay. Only for names made unique by a number. */
static const char *readable(lowering *self, str name) {
    char *text = arena_copy_text(self->ir->memory, name.bytes, name.length);
    for (size_t i = 0; i < name.length; i++) {
        char c = text[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!plain) text[i] = '_';
    }
    return text;
}

static bool is_derived_constructor(const tsx_function *facts) {
    tsx_class_node *class_node = class_around(facts->node);
    return class_node != NULL && class_node->heritage != NULL;
}

static void visit_parameters(lowering *self, const tsx_list *parameters) {
    uint32_t position = 0;
    for (uint32_t i = 0; i < parameters->count; i++) {
        tsx_parameter_node *parameter = tsx_as_parameter(parameters->items[i]);
        if (tsx_has(&parameter->base, TSX_F_THIS_PARAMETER)) continue;
        bool is_rest = tsx_has(&parameter->base, TSX_F_REST);
        ir_operand value = new_register(self, NULL);
        ir_inst *inst = emit(self, is_rest ? IR_REST : IR_PARAMETER, parameter->base.span);
        inst->result = value.index;
        inst->operands[0] = (ir_operand){IR_IMMEDIATE, position++};
        if (parameter->initializer != NULL) {
            uint32_t given = new_label(self);
            ir_operand merged = new_register(self, NULL);
            emit_copy(self, merged.index, value);
            emit_branch(self, IR_JUMP_OTHER, value, ir_undefined(self->ir), given);
            str hint = parameter->pattern->kind == TSX_NODE_BINDING ? tsx_as_binding(parameter->pattern)->name->text
                                                                    : (str){NULL, 0};
            emit_copy(self, merged.index, visit_named(self, parameter->initializer, hint));
            place_label(self, given);
            value = merged;
        }
        visit_pattern(self, parameter->pattern, value, true, "");
    }
}

static uint32_t arity_of(const tsx_list *parameters) {
    uint32_t arity = 0;
    for (uint32_t i = 0; i < parameters->count; i++) {
        tsx_parameter_node *parameter = tsx_as_parameter(parameters->items[i]);
        if (tsx_has(&parameter->base, TSX_F_THIS_PARAMETER)) continue;
        if (parameter->initializer != NULL || tsx_has(&parameter->base, TSX_F_REST)) break;
        arity++;
    }
    return arity;
}

static void emit_return(lowering *self, ir_operand value) {
    emit(self, IR_RETURN, tsx_no_span)->operands[0] = value;
}

/* The body of a written function, from its parameters on. */
static void visit_written(lowering *self, const tsx_function *facts) {
    tsx_function_node *node = tsx_as_function(facts->node);
    tsx_class_node *class_node = class_around(facts->node);
    visit_parameters(self, &node->parameters);
    if (class_node != NULL && class_node->heritage == NULL) visit_instance_fields(self, class_node, node);
    if (tsx_has(&node->base, TSX_F_CONCISE)) {
        emit_return(self, visit_expression(self, node->body));
        return;
    }
    tsx_block_node *body = tsx_as_block(node->body);
    enter_scope(self, body->scope, &body->body);
    visit_statements(self, &body->body);
}

static void visit_body_kind(lowering *self, const tsx_function *facts) {
    switch (facts->node->kind) {
    case TSX_NODE_FUNCTION:
        visit_written(self, facts);
        break;
    case TSX_NODE_CLASS: /* a constructor that is not written */
        if (self->frame->derived != NULL) emit(self, IR_SUPER_FORWARD, facts->node->span);
        if (self->frame->derived != NULL && self->has_this_arrows[facts->number]) {
            self->frame->this_cell = self->frame->ir->cell_count++;
            ir_inst *cell = emit(self, IR_CELL, tsx_no_span);
            cell->result = self->frame->this_cell;
            cell->operands[0] = (ir_operand){IR_THIS, 0};
        }
        visit_instance_fields(self, tsx_as_class(facts->node), NULL);
        break;
    case TSX_NODE_FIELD: { /* a static field: answers its value */
        tsx_field_node *field = tsx_as_field(facts->node);
        str name = {NULL, 0};
        known_key(self, field->key, &name);
        emit_return(self, visit_named(self, field->initializer, name));
        break;
    }
    case TSX_NODE_STATIC_BLOCK:
        visit_block(self, tsx_as_static_block(facts->node)->body);
        break;
    default:
        BUG("a function made of a node of kind %d", (int)facts->node->kind);
    }
}

static uint32_t flags_of(const tsx_function *facts) {
    uint32_t flags = 0;
    bool is_constructor = class_around(facts->node) != NULL;
    if (facts->is_async) flags |= IR_FUNCTION_IS_ASYNC;
    if (facts->is_arrow) flags |= IR_FUNCTION_IS_ARROW;
    if (is_constructor) flags |= IR_FUNCTION_IS_CLASS | (is_derived_constructor(facts) ? IR_FUNCTION_IS_DERIVED : 0);
    else if (tsx_has(facts->node, TSX_F_METHOD)) flags |= IR_FUNCTION_IS_METHOD;
    return flags;
}

/* Opens a frame for `facts`. */
static void push_frame(lowering *self, frame *frame_, const tsx_function *facts, ir_function *function) {
    memset(frame_, 0, sizeof *frame_);
    frame_->outer = self->frame;
    frame_->facts = facts;
    frame_->ir = function;
    frame_->handler = frame_->this_cell = frame_->nil_label = IR_NONE;
    if (is_derived_constructor(facts)) frame_->derived = class_around(facts->node);
    self->frame = frame_;
}

ir_function *visit_function_body(lowering *self, const tsx_function *facts, str name) {
    const char *c_name = format_text(self, "%sf%u_%s", self->ir->prefix, facts->number, readable(self, name));
    ir_function *function = ir_function_new(self->ir, c_name);
    frame here;
    push_frame(self, &here, facts, function);
    function->name = ir_string_of(self->ir, name);
    function->flags = flags_of(facts);
    function->span = facts->node->span;
    bool captures_this = facts->is_arrow && facts->uses_this;
    function->capture_count = (uint32_t)facts->captures.length + (captures_this ? 1 : 0);
    if (facts->node->kind == TSX_NODE_FUNCTION) function->arity = arity_of(&tsx_as_function(facts->node)->parameters);
    if (self->has_this_arrows[facts->number] && here.derived == NULL && !facts->is_arrow) {
        here.this_cell = function->cell_count++;
        ir_inst *cell = emit(self, IR_CELL, tsx_no_span);
        cell->result = here.this_cell;
        cell->operands[0] = (ir_operand){IR_THIS, 0};
    }
    enter_scope(self, facts->scope, NULL);
    visit_body_kind(self, facts);
    emit_return(self, here.derived != NULL ? (ir_operand){IR_THIS, 0} : ir_undefined(self->ir));
    self->frame = here.outer;
    return function;
}

ir_operand make_closure(lowering *self, const tsx_function *facts, ir_function *function, tsx_span span) {
    ir_operand *cells = ARENA_ARRAY(self->ir->memory, ir_operand, function->capture_count + 1);
    for (size_t i = 0; i < facts->captures.length; i++) cells[i] = place_of(self, facts->captures.items[i]);
    if (function->capture_count > facts->captures.length) {
        cells[facts->captures.length] = self->frame->facts->is_arrow
            ? (ir_operand){IR_CAPTURE, (uint32_t)self->frame->facts->captures.length}
            : (ir_operand){IR_CELL_REGISTER, self->frame->this_cell};
    }
    ir_operand result = new_register(self, NULL);
    ir_inst *inst = emit(self, IR_CLOSURE, span);
    inst->result = result.index;
    inst->operands[0] = (ir_operand){IR_FUNCTION, function->index};
    inst->list = cells;
    inst->list_count = function->capture_count;
    return result;
}

static const tsx_symbol *static_symbol_of(const lowering *self, const tsx_node *node) {
    if (self->frame->facts != self->module->top_level) return NULL;
    for (size_t i = 0; i < self->module->symbols.length; i++) {
        if (static_function_of(self->module->symbols.items[i]) == node) return self->module->symbols.items[i];
    }
    return NULL;
}

ir_operand function_value(lowering *self, const tsx_node *node, const tsx_function *facts, ir_function *function) {
    const tsx_symbol *symbol = static_symbol_of(self, node);
    if (symbol == NULL) return make_closure(self, facts, function, node->span);
    function->object_name = static_function_name(self, symbol);
    function->is_exported = symbol->is_exported;
    return ir_constant_of(self->ir, IR_CONST_EXTERN, ir_extern_of(self->ir, function->object_name, true));
}

ir_operand visit_function(lowering *self, tsx_node *node) {
    tsx_function_node *written = tsx_as_function(node);
    str name = written->name != NULL ? tsx_as_binding(written->name)->name->text : self->name_hint;
    if (name.bytes == NULL) name = STR("");
    self->name_hint = (str){NULL, 0};
    const tsx_function *facts = tsx_function_of(node);
    return function_value(self, node, facts, visit_function_body(self, facts, name));
}

/* ---- modules ------------------------------------------------------------------------------------------- */

/* Which functions must keep `this` in a cell, because an arrow inside of them uses it. */
static void find_this_arrows(lowering *self) {
    for (size_t i = 0; i < self->module->functions.length; i++) {
        const tsx_function *facts = self->module->functions.items[i];
        if (facts->is_arrow && facts->uses_this && facts->parent != NULL) self->has_this_arrows[facts->parent->number] = true;
    }
}

static void visit_top_level(lowering *self) {
    tsx_module_node *root = tsx_as_module(self->module->root);
    const tsx_function *facts = self->module->top_level;
    ir_function *function = ir_function_new(self->ir, format_text(self, "%se_module", self->ir->prefix));
    function->name = ir_string_of(self->ir, STR(""));
    function->span = self->module->root->span;
    frame here;
    push_frame(self, &here, facts, function);
    if (self->has_this_arrows[facts->number]) {
        here.this_cell = function->cell_count++;
        ir_inst *cell = emit(self, IR_CELL, tsx_no_span);
        cell->result = here.this_cell;
        cell->operands[0] = ir_undefined(self->ir);
    }
    enter_scope(self, self->module->scope, &root->body);
    visit_statements(self, &root->body);
    emit_return(self, ir_undefined(self->ir));
    self->frame = NULL;
    self->ir->evaluate = function->index;
}

ir_module *tsx_lower_module(tsx_session *session, const tsx_program *program, const tsx_module *module, arena *memory) {
    lowering self = {.session = session, .program = program, .module = module};
    self.ir = ir_module_new(memory, module->name, arena_format(memory, "m%u", module->index), module->file);
    self.ir->c_name = module->c_name;
    self.ir->is_library = module->is_library;
    self.ir->is_async = module->has_await;
    self.storage = ARENA_ARRAY(memory, ir_operand, module->symbols.length + 1);
    self.has_this_arrows = ARENA_ARRAY(memory, bool, module->functions.length + 1);
    self.staticness = ARENA_ARRAY(memory, uint8_t, session->node_count + 1);
    find_this_arrows(&self);
    self.inert_end = find_inert_end(&self);
    visit_top_level(&self);
    return self.ir;
}
