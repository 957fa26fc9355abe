/* The rules of hooks. A hook finds its state by its place in the order of hooks of the component, so each
 * rendering must call the same ones: not under a condition, not in a loop, not in a callback, not after an
 * early return. A hook is what the library exports under a name of the form 'useName', or a function of the
 * program with such a name that calls one. */
#include "types/type.h"

typedef enum obstacle_kind { NO_OBSTACLE, CONDITION, LOOP } obstacle_kind;

/* What stands around the place of the walk, inside one function. */
typedef struct frame {
    struct frame *outer;
    tsx_node *function; /* NULL: the top level of the module */
    bool is_component_or_hook;
    bool is_member; /* a method or accessor */
    obstacle_kind obstacle;
    tsx_span obstacle_span;
    const tsx_node *early_return;
} frame;

typedef struct hook_walk {
    tsx_program *program;
    frame *frame;
} hook_walk;

/* ---- what is a hook */

static bool is_upper(char byte) { return byte >= 'A' && byte <= 'Z'; }

static bool is_hook_name(str name) { return name.length > 3 && str_starts_with(name, STR("use")) && is_upper(name.bytes[3]); }

/* The name by which a function is known: its own, or that of the constant it is the value of. */
static const tsx_name *function_name(tsx_node *function) {
    const tsx_node *own = tsx_as_function(function)->name;
    if (own != NULL) return ((const tsx_binding_node *)own)->name;
    const tsx_node *parent = function->parent;
    if (parent->kind != TSX_NODE_DECLARATOR) return NULL;
    const tsx_node *pattern = ((const tsx_declarator_node *)parent)->pattern;
    return pattern->kind == TSX_NODE_BINDING ? ((const tsx_binding_node *)pattern)->name : NULL;
}

static tsx_symbol *called_symbol(tsx_node *callee) {
    tsx_symbol *symbol = tsx_symbol_of(callee);
    if (callee->kind == TSX_NODE_MEMBER) {
        tsx_symbol *object = tsx_symbol_of(tsx_as_member(callee)->object);
        if (object != NULL) object = tsx_symbol_target(object);
        if (object == NULL || object->kind != TSX_SYMBOL_NAMESPACE || object->namespace == NULL) return NULL;
        const tsx_export *export = tsx_module_export(object->namespace, tsx_as_member(callee)->name);
        symbol = export != NULL ? export->value : NULL;
    }
    return symbol != NULL ? tsx_symbol_target(symbol) : NULL;
}

enum { HOOK_DEPTH_MAX = 8 }; /* of hooks that call hooks */

static bool is_hook(const tsx_symbol *symbol, int depth);

typedef struct hook_search {
    int depth;
    bool is_found;
} hook_search;

static void search_hook(tsx_node *node, void *context) {
    hook_search *search = context;
    if (search->is_found) return;
    if (node->kind == TSX_NODE_CALL) search->is_found = is_hook(called_symbol(tsx_as_call(node)->callee), search->depth + 1);
    if (!search->is_found) tsx_for_each_child(node, search_hook, search);
}

static bool is_hook(const tsx_symbol *symbol, int depth) {
    if (symbol == NULL || symbol->module == NULL || !is_hook_name(symbol->name->text) || depth > HOOK_DEPTH_MAX)
        return false;
    if (symbol->module->is_library) return symbol->is_ambient;
    tsx_node *body = NULL;
    if (symbol->kind == TSX_SYMBOL_FUNCTION) body = tsx_as_function_decl(symbol->declaration)->function;
    if (symbol->kind == TSX_SYMBOL_CONST && symbol->declaration->kind == TSX_NODE_DECLARATOR)
        body = tsx_as_declarator(symbol->declaration)->initializer;
    hook_search search = {depth, false};
    if (body != NULL) search_hook(body, &search);
    return search.is_found;
}

/* ---- one call */

static bool is_inside_component(const frame *at) {
    for (; at != NULL; at = at->outer)
        if (at->is_component_or_hook) return true;
    return false;
}

static void report(hook_walk *self, tsx_code code, const tsx_node *call, const char *name, tsx_span other,
                   const char *label) {
    tsx_session *session = self->program->session;
    tsx_diag *diag = tsx_report(session, code, call->span, name);
    if (other.file != 0) tsx_diag_label(session, diag, other, "%s", label);
}

static void check_hook(hook_walk *self, tsx_node *node) {
    tsx_node *callee = tsx_as_call(node)->callee;
    const tsx_symbol *symbol = called_symbol(callee);
    if (!is_hook(symbol, 0)) return;
    const frame *at = self->frame;
    const char *name = symbol->name->text.bytes;
    if (at->function == NULL || at->is_member)
        report(self, TSX_C3005, callee, name, tsx_no_span, NULL);
    else if (!at->is_component_or_hook && is_inside_component(at->outer))
        report(self, TSX_C3003, callee, name, at->function->span, "this function runs any number of times");
    else if (at->obstacle == CONDITION)
        report(self, TSX_C3001, callee, name, at->obstacle_span, "this decides whether the hook is called");
    else if (at->obstacle == LOOP)
        report(self, TSX_C3002, callee, name, at->obstacle_span, "this decides how often the hook is called");
    else if (at->early_return != NULL)
        report(self, TSX_C3004, callee, name, at->early_return->span, "when this returns, the hook is not called");
}

/* ---- the walk */

static void walk(tsx_node *node, void *context);

static void walk_all(hook_walk *self, tsx_list list) {
    for (uint32_t i = 0; i < list.count; i++) walk(list.items[i], self);
}

/* Walks `node` as something that is not always, or not once, evaluated. The outermost obstacle is the one to name. */
static void walk_behind(hook_walk *self, obstacle_kind kind, tsx_span span, tsx_node *node) {
    if (node == NULL) return;
    frame *at = self->frame;
    obstacle_kind before = at->obstacle;
    tsx_span span_before = at->obstacle_span;
    if (before == NO_OBSTACLE) {
        at->obstacle = kind;
        at->obstacle_span = span;
    }
    walk(node, self);
    at->obstacle = before;
    at->obstacle_span = span_before;
}

static void walk_function(hook_walk *self, tsx_node *node) {
    const tsx_name *name = function_name(node);
    bool is_member = node->parent->kind == TSX_NODE_METHOD && node->parent->parent->kind == TSX_NODE_CLASS;
    bool is_named_so = name != NULL && !is_member && (is_upper(name->text.bytes[0]) || is_hook_name(name->text));
    frame inner = {.outer = self->frame, .function = node, .is_component_or_hook = is_named_so, .is_member = is_member};
    self->frame = &inner;
    tsx_for_each_child(node, walk, self);
    self->frame = inner.outer;
}

static void walk_switch(hook_walk *self, tsx_node *node) {
    const tsx_switch_node *parts = tsx_as_switch(node);
    walk(parts->discriminant, self);
    for (uint32_t i = 0; i < parts->cases.count; i++) {
        const tsx_case_node *branch = tsx_as_case(parts->cases.items[i]);
        for (uint32_t k = 0; k < branch->body.count; k++)
            walk_behind(self, CONDITION, parts->discriminant->span, branch->body.items[k]);
    }
}

static void walk_for(hook_walk *self, tsx_node *node) {
    const tsx_for_node *parts = tsx_as_for(node);
    tsx_span head = {node->span.file, node->span.start, parts->body->span.start};
    if (parts->initializer != NULL) walk(parts->initializer, self);
    walk_behind(self, LOOP, head, parts->test);
    walk_behind(self, LOOP, head, parts->update);
    walk_behind(self, LOOP, head, parts->body);
}

static void walk_for_each(hook_walk *self, tsx_node *right, tsx_node *body) {
    walk(right, self);
    walk_behind(self, LOOP, right->span, body);
}

static void walk_try(hook_walk *self, tsx_node *node) {
    const tsx_try_node *parts = tsx_as_try(node);
    walk(parts->block, self);
    if (parts->handler != NULL) walk_behind(self, CONDITION, parts->handler->span, parts->handler);
    if (parts->finalizer != NULL) walk(parts->finalizer, self);
}

static void walk_expression(hook_walk *self, tsx_node *node) {
    switch (node->kind) {
    case TSX_NODE_CONDITIONAL: {
        const tsx_conditional_node *parts = tsx_as_conditional(node);
        walk(parts->test, self);
        walk_behind(self, CONDITION, parts->test->span, parts->consequent);
        walk_behind(self, CONDITION, parts->test->span, parts->alternate);
        break;
    }
    case TSX_NODE_LOGICAL:
        walk(tsx_as_logical(node)->left, self);
        walk_behind(self, CONDITION, tsx_as_logical(node)->left->span, tsx_as_logical(node)->right);
        break;
    case TSX_NODE_CALL:
        check_hook(self, node);
        tsx_for_each_child(node, walk, self);
        break;
    default:
        if (tsx_class_of(node) != TSX_CLASS_TYPE) tsx_for_each_child(node, walk, self);
        break;
    }
}

static void walk(tsx_node *node, void *context) {
    hook_walk *self = context;
    switch (node->kind) {
    case TSX_NODE_FUNCTION: walk_function(self, node); break;
    case TSX_NODE_IF: {
        const tsx_if_node *parts = tsx_as_if(node);
        walk(parts->test, self);
        walk_behind(self, CONDITION, parts->test->span, parts->consequent);
        walk_behind(self, CONDITION, parts->test->span, parts->alternate);
        break;
    }
    case TSX_NODE_SWITCH: walk_switch(self, node); break;
    case TSX_NODE_FOR: walk_for(self, node); break;
    case TSX_NODE_FOR_OF: walk_for_each(self, tsx_as_for_of(node)->right, tsx_as_for_of(node)->body); break;
    case TSX_NODE_FOR_IN: walk_for_each(self, tsx_as_for_in(node)->right, tsx_as_for_in(node)->body); break;
    case TSX_NODE_WHILE:
        walk_behind(self, LOOP, tsx_as_while(node)->test->span, tsx_as_while(node)->test);
        walk_behind(self, LOOP, tsx_as_while(node)->test->span, tsx_as_while(node)->body);
        break;
    case TSX_NODE_DO_WHILE:
        walk_behind(self, LOOP, tsx_as_do_while(node)->test->span, tsx_as_do_while(node)->body);
        walk_behind(self, LOOP, tsx_as_do_while(node)->test->span, tsx_as_do_while(node)->test);
        break;
    case TSX_NODE_TRY: walk_try(self, node); break;
    case TSX_NODE_RETURN: {
        tsx_for_each_child(node, walk, self);
        frame *at = self->frame;
        if (at->obstacle != NO_OBSTACLE && at->early_return == NULL) at->early_return = node;
        break;
    }
    default: walk_expression(self, node); break;
    }
}

void check_hooks(tsx_program *program, tsx_module *module) {
    frame top = {.outer = NULL};
    hook_walk self = {.program = program, .frame = &top};
    walk_all(&self, tsx_as_module(module->root)->body);
}
