/* Statements, except loops and try. */
#include "opt/lowering.h"

void visit_statements(lowering *self, const tsx_list *list) {
    for (uint32_t i = 0; i < list->count; i++) visit_statement(self, list->items[i]);
}

void visit_block(lowering *self, tsx_node *node) {
    tsx_block_node *block = tsx_as_block(node);
    enter_scope(self, block->scope, &block->body);
    visit_statements(self, &block->body);
}

static void visit_labelled_block(lowering *self, tsx_node *node) {
    if (self->pending_label_count == 0) {
        visit_block(self, node);
        return;
    }
    exit_point here;
    push_exit(self, &here, EXIT_BLOCK);
    visit_block(self, node);
    place_label(self, here.break_label);
    pop_exit(self, &here);
}

static void visit_declarator(lowering *self, tsx_declarator_node *declarator, bool is_var) {
    if (declarator->initializer == NULL) {
        if (!is_var) visit_pattern(self, declarator->pattern, ir_undefined(self->ir), true, "");
        return;
    }
    bool is_name = declarator->pattern->kind == TSX_NODE_BINDING;
    str hint = is_name ? tsx_as_binding(declarator->pattern)->name->text : (str){NULL, 0};
    ir_operand value = visit_named(self, declarator->initializer, hint);
    visit_pattern(self, declarator->pattern, value, true, is_name ? "" : initializer_text(self, declarator->pattern, declarator->initializer));
}

void visit_variables(lowering *self, tsx_node *node) {
    if (tsx_has(node, TSX_F_DECLARE)) return;
    tsx_variables_node *variables = tsx_as_variables(node);
    for (uint32_t i = 0; i < variables->declarators.count; i++) {
        visit_declarator(self, tsx_as_declarator(variables->declarators.items[i]), tsx_has(node, TSX_F_VAR));
    }
}

static void visit_expression_stmt(lowering *self, tsx_node *node) {
    if (!tsx_has(node, TSX_F_DIRECTIVE)) visit_expression(self, tsx_as_expression_stmt(node)->expression);
}

static void visit_if(lowering *self, tsx_node *node) {
    tsx_if_node *statement = tsx_as_if(node);
    uint32_t other = new_label(self);
    visit_condition(self, statement->test, false, other);
    visit_statement(self, statement->consequent);
    if (statement->alternate == NULL) {
        place_label(self, other);
        return;
    }
    uint32_t end = new_label(self);
    emit_jump(self, end);
    place_label(self, other);
    visit_statement(self, statement->alternate);
    place_label(self, end);
}

static void visit_throw(lowering *self, tsx_node *node) {
    ir_operand value = visit_expression(self, tsx_as_throw(node)->argument);
    emit(self, IR_THROW, node->span)->operands[0] = value;
}

/* The symbol of a default export that has no name of its own. */
static tsx_symbol *default_symbol(const lowering *self) {
    const tsx_export *found = tsx_module_export(self->module, tsx_intern(&self->session->names, STR("default")));
    return found != NULL ? found->value : NULL;
}

static void visit_class_decl(lowering *self, tsx_node *node) {
    if (tsx_has(node, TSX_F_DECLARE)) return;
    tsx_node *class_node = tsx_as_class_decl(node)->class_node;
    bool is_nameless = tsx_as_class(class_node)->name == NULL;
    ir_operand value = visit_named(self, class_node, STR("default"));
    tsx_symbol *symbol = is_nameless ? default_symbol(self) : NULL;
    if (symbol != NULL) store_symbol(self, symbol, value, true, NULL);
}

static void visit_export_decl(lowering *self, tsx_node *node) {
    visit_statement(self, tsx_as_export_decl(node)->declaration);
}

static void visit_export_default(lowering *self, tsx_node *node) {
    ir_operand value = visit_named(self, tsx_as_export_default(node)->expression, STR("default"));
    tsx_symbol *symbol = default_symbol(self);
    /* `export default name` exports the variable itself, which has its value already. */
    if (symbol != NULL && symbol->kind == TSX_SYMBOL_DEFAULT) store_symbol(self, symbol, value, true, NULL);
}

static void visit_labeled(lowering *self, tsx_node *node) {
    tsx_labeled_node *labeled = tsx_as_labeled(node);
    if (self->pending_label_count == LABELS_MAX) {
        unsupported(self, node, "more than eight labels on one statement");
        return;
    }
    self->pending_labels[self->pending_label_count++] = labeled->label;
    bool takes_labels = false;
    switch (labeled->body->kind) {
    case TSX_NODE_LABELED:
    case TSX_NODE_BLOCK:
    case TSX_NODE_FOR:
    case TSX_NODE_FOR_OF:
    case TSX_NODE_FOR_IN:
    case TSX_NODE_WHILE:
    case TSX_NODE_DO_WHILE:
    case TSX_NODE_SWITCH: takes_labels = true; break;
    default: break;
    }
    if (takes_labels) {
        visit_statement(self, labeled->body);
        return;
    }
    exit_point here;
    push_exit(self, &here, EXIT_BLOCK);
    visit_statement(self, labeled->body);
    place_label(self, here.break_label);
    pop_exit(self, &here);
}

void visit_switch(lowering *self, tsx_node *node) {
    tsx_switch_node *statement = tsx_as_switch(node);
    exit_point here;
    push_exit(self, &here, EXIT_SWITCH);
    ir_operand value = visit_expression(self, statement->discriminant);
    enter_scope(self, statement->scope, NULL);
    uint32_t count = statement->cases.count, fallback = here.break_label;
    uint32_t *labels = ARENA_ARRAY(self->ir->memory, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) hoist_functions(self, &tsx_as_case(statement->cases.items[i])->body);
    for (uint32_t i = 0; i < count; i++) {
        tsx_case_node *clause = tsx_as_case(statement->cases.items[i]);
        labels[i] = new_label(self);
        if (clause->test == NULL) {
            fallback = labels[i];
            continue;
        }
        ir_operand test = visit_expression(self, clause->test);
        ir_operand same = emit_binary(self, IR_EQUAL, clause->test->span, value, test);
        emit_branch(self, IR_JUMP_SAME, same, ir_bool(self->ir, true), labels[i]);
    }
    emit_jump(self, fallback);
    for (uint32_t i = 0; i < count; i++) {
        place_label(self, labels[i]);
        visit_statements(self, &tsx_as_case(statement->cases.items[i])->body);
    }
    place_label(self, here.break_label);
    pop_exit(self, &here);
}

static void visit_nothing(lowering *self, tsx_node *node) {
    (void)self;
    (void)node;
}

/* One row a kind of statement. Functions are made when their scope is entered; imports, types and named exports do
 * nothing at run time. */
typedef void visit_kind(lowering *self, tsx_node *node);
static visit_kind *const kinds[TSX_KIND_COUNT] = {
    [TSX_NODE_VARIABLES] = visit_variables,
    [TSX_NODE_FUNCTION_DECL] = visit_nothing,
    [TSX_NODE_CLASS_DECL] = visit_class_decl,
    [TSX_NODE_EXPRESSION_STMT] = visit_expression_stmt,
    [TSX_NODE_BLOCK] = visit_labelled_block,
    [TSX_NODE_EMPTY] = visit_nothing,
    [TSX_NODE_IF] = visit_if,
    [TSX_NODE_FOR] = visit_for,
    [TSX_NODE_FOR_OF] = visit_for_of,
    [TSX_NODE_FOR_IN] = visit_for_in,
    [TSX_NODE_WHILE] = visit_while,
    [TSX_NODE_DO_WHILE] = visit_do_while,
    [TSX_NODE_SWITCH] = visit_switch,
    [TSX_NODE_BREAK] = visit_break,
    [TSX_NODE_CONTINUE] = visit_continue,
    [TSX_NODE_RETURN] = visit_return,
    [TSX_NODE_THROW] = visit_throw,
    [TSX_NODE_TRY] = visit_try,
    [TSX_NODE_LABELED] = visit_labeled,
    [TSX_NODE_DEBUGGER] = visit_nothing,
    [TSX_NODE_INTERFACE_DECL] = visit_nothing,
    [TSX_NODE_TYPE_ALIAS_DECL] = visit_nothing,
    [TSX_NODE_IMPORT] = visit_nothing,
    [TSX_NODE_EXPORT_DECL] = visit_export_decl,
    [TSX_NODE_EXPORT_DEFAULT] = visit_export_default,
    [TSX_NODE_EXPORT_NAMED] = visit_nothing,
    [TSX_NODE_EXPORT_ALL] = visit_nothing,
};

void visit_statement(lowering *self, tsx_node *node) {
    visit_kind *lower = kinds[node->kind];
    bool is_declared = (node->kind == TSX_NODE_ENUM_DECL || node->kind == TSX_NODE_NAMESPACE_DECL) && tsx_has(node, TSX_F_DECLARE);
    if (lower != NULL) lower(self, node);
    else if (!is_declared) unsupported(self, node, tsx_kind_get(node->kind)->name);
}
