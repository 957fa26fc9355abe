/* Names: where each variable lives, and how it is read, written and made. */
#include "opt/lowering.h"

#include <math.h>

/* ---- static functions ---------------------------------------------------------------------------------- */

/* The function or class expression that a const is declared with, or that is exported by default. */
static tsx_node *declared_value(const tsx_symbol *symbol) {
    tsx_node *node = symbol->declaration;
    if (node == NULL) return NULL;
    if (node->kind == TSX_NODE_BINDING && node->parent != NULL) node = node->parent;
    switch (node->kind) {
    case TSX_NODE_FUNCTION_DECL: return tsx_as_function_decl(node)->function;
    case TSX_NODE_CLASS_DECL: return tsx_as_class_decl(node)->class_node;
    case TSX_NODE_EXPORT_DECL: return tsx_as_export_decl(node)->declaration;
    case TSX_NODE_EXPORT_DEFAULT: return strip_types(tsx_as_export_default(node)->expression);
    case TSX_NODE_DECLARATOR: {
        tsx_declarator_node *declarator = tsx_as_declarator(node);
        if (declarator->pattern->kind != TSX_NODE_BINDING || declarator->initializer == NULL) return NULL;
        return strip_types(declarator->initializer);
    }
    default: return node;
    }
}

const tsx_node *static_function_of(const tsx_symbol *symbol) {
    if (!symbol->is_module_level || symbol->is_assigned || symbol->is_ambient) return NULL;
    bool may_be = symbol->kind == TSX_SYMBOL_FUNCTION || symbol->kind == TSX_SYMBOL_CLASS
        || symbol->kind == TSX_SYMBOL_CONST || symbol->kind == TSX_SYMBOL_DEFAULT;
    if (!may_be) return NULL;
    tsx_node *value = declared_value(symbol);
    if (value != NULL && value->kind == TSX_NODE_FUNCTION_DECL) value = tsx_as_function_decl(value)->function;
    if (value != NULL && value->kind == TSX_NODE_CLASS_DECL) value = tsx_as_class_decl(value)->class_node;
    if (value == NULL || (value->kind != TSX_NODE_FUNCTION && value->kind != TSX_NODE_CLASS)) return NULL;
    const tsx_function *facts = value->kind == TSX_NODE_CLASS ? class_constructor(tsx_as_class(value)) : tsx_function_of(value);
    bool is_free = facts->captures.length == 0 && !(facts->is_arrow && facts->uses_this);
    return is_free ? value : NULL;
}

static bool is_plain(str name) {
    for (size_t i = 0; i < name.length; i++) {
        char c = name.bytes[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) return false;
    }
    return true;
}

/* The name in C of what a module-level symbol stands for: m3_App for a static function, m3v_port for a variable.
 * Names with letters that C lacks go by number instead. */
static const char *module_level_name(lowering *self, const tsx_symbol *symbol, const char *mark) {
    unsigned module = symbol->module->index;
    if (!is_plain(symbol->name->text)) return format_text(self, "m%u%sn%u", module, mark, symbol->number);
    return format_text(self, "m%u%s_%.*s", module, mark, NAME_ARGS(symbol->name));
}

const char *static_function_name(lowering *self, const tsx_symbol *symbol) {
    return module_level_name(self, symbol, "");
}

static ir_operand extern_constant(lowering *self, const char *name, bool is_own) {
    return ir_constant_of(self->ir, IR_CONST_EXTERN, ir_extern_of(self->ir, name, is_own));
}

/* ---- places -------------------------------------------------------------------------------------------- */

static ir_operand global_place(lowering *self, const tsx_symbol *symbol) {
    if (symbol->global_form != TSX_GLOBAL_CONSTANT) {
        return extern_constant(self, format_text(self, "cr_global_%.*s", NAME_ARGS(symbol->name)), false);
    }
    if (str_is(symbol->name->text, "NaN")) return ir_number(self->ir, (double)NAN);
    if (str_is(symbol->name->text, "Infinity")) return ir_number(self->ir, (double)INFINITY);
    MUST(str_is(symbol->name->text, "undefined"));
    return ir_undefined(self->ir);
}

/* 'creact/local' LocalProvider is cr_lib_creact_local__LocalProvider. */
static ir_operand native_place(lowering *self, const tsx_symbol *symbol) {
    char *name = format_text(self, "cr_lib_%s__%.*s", symbol->module->name, NAME_ARGS(symbol->name));
    for (char *c = name; *c != '\0'; c++) {
        if (*c == '/' || *c == '-' || *c == '.') *c = '_';
    }
    return extern_constant(self, name, false);
}

static ir_operand variable_place(lowering *self, const tsx_symbol *symbol) {
    bool own = symbol->module == self->module;
    ir_variable variable = {.name = module_level_name(self, symbol, "v"), .is_extern = !own};
    variable.is_exported = own && symbol->is_exported;
    variable.starts_uninitialized = own && tsx_symbol_kind_get(symbol->kind)->has_dead_zone;
    return (ir_operand){IR_VARIABLE, ir_variable_of(self->ir, variable)};
}

ir_operand place_of(lowering *self, tsx_symbol *use) {
    tsx_symbol *symbol = tsx_symbol_target(use);
    MUST(symbol != NULL);
    if (symbol->kind == TSX_SYMBOL_GLOBAL) return global_place(self, symbol);
    if (symbol->is_ambient && symbol->module->is_library) return native_place(self, symbol);
    if (symbol->is_module_level) {
        if (static_function_of(symbol) != NULL) {
            return extern_constant(self, static_function_name(self, symbol), symbol->module == self->module);
        }
        return variable_place(self, symbol);
    }
    if (symbol->function == self->frame->facts) return self->storage[symbol->number];
    const tsx_function *facts = self->frame->facts;
    for (size_t i = 0; i < facts->captures.length; i++) {
        if (facts->captures.items[i] == symbol) return (ir_operand){IR_CAPTURE, (uint32_t)i};
    }
    BUG("'%.*s' is not captured by the function that uses it", NAME_ARGS(symbol->name));
}

tsx_symbol *namespace_member(tsx_node *node) {
    if (node->kind != TSX_NODE_MEMBER) return NULL;
    tsx_member_node *member = tsx_as_member(node);
    if (member->object->kind != TSX_NODE_IDENTIFIER) return NULL;
    tsx_symbol *symbol = tsx_symbol_of(member->object);
    if (symbol != NULL && symbol->kind == TSX_SYMBOL_IMPORT) symbol = tsx_symbol_target(symbol);
    if (symbol == NULL || symbol->kind != TSX_SYMBOL_NAMESPACE || symbol->namespace == NULL) return NULL;
    const tsx_export *export = tsx_module_export(symbol->namespace, member->name);
    return export != NULL ? export->value : NULL;
}

/* ---- reading and writing ------------------------------------------------------------------------------- */

/* Code in a function runs only after all inert code of the top level (lower_static.c), which so needs no check. */
bool needs_check(const lowering *self, const tsx_node *identifier, const tsx_symbol *symbol) {
    if (identifier == NULL || !tsx_has(identifier, TSX_F_NEEDS_CHECK)) return false;
    if (!symbol->is_module_level || self->frame->facts == self->module->top_level) return true;
    return symbol->module == self->module && symbol->initialized_at > self->inert_end;
}

static void emit_check(lowering *self, ir_operand value, const tsx_symbol *symbol, const tsx_node *use) {
    ir_inst *check = emit(self, IR_CHECK_INITIALIZED, use->span);
    check->operands[0] = value;
    check->text = symbol->name->text.bytes;
}

/* A static function or class that may be used too early has a variable that tells whether it is there. */
static bool has_witness(const lowering *self, const tsx_symbol *symbol) {
    return symbol->needs_check && symbol->kind != TSX_SYMBOL_FUNCTION && symbol->module == self->module;
}

ir_operand load_symbol(lowering *self, tsx_symbol *use, const tsx_node *node) {
    tsx_symbol *symbol = tsx_symbol_target(use);
    if (symbol == NULL) return unsupported(self, node, "this import");
    if (symbol->kind == TSX_SYMBOL_NAMESPACE) return unsupported(self, node, "a namespace import as a value");
    ir_operand place = place_of(self, symbol);
    bool check = needs_check(self, node, symbol);
    if (place.kind == IR_CONSTANT) {
        if (check && has_witness(self, symbol)) emit_check(self, variable_place(self, symbol), symbol, node);
        return place;
    }
    bool is_cell = place.kind == IR_CELL_REGISTER || place.kind == IR_CAPTURE;
    bool changes = symbol->is_assigned || symbol->kind == TSX_SYMBOL_VAR;
    ir_operand value = place;
    if (is_cell || (place.kind == IR_VARIABLE && (changes || check))) value = emit_unary(self, IR_LOAD, node->span, place);
    else if (place.kind == IR_REGISTER && changes) value = emit_unary(self, IR_COPY, node->span, place);
    if (check) emit_check(self, value, symbol, node);
    return value;
}

static void store_place(lowering *self, ir_operand place, ir_operand value) {
    if (place.kind == IR_REGISTER) {
        emit_copy(self, place.index, value);
        return;
    }
    MUST(place.kind == IR_CELL_REGISTER || place.kind == IR_CAPTURE || place.kind == IR_VARIABLE);
    emit_status(self, IR_STORE, tsx_no_span, place, value, ir_nothing);
}

void store_symbol(lowering *self, tsx_symbol *symbol, ir_operand value, bool is_initial, const tsx_node *use) {
    if (!is_initial) {
        symbol = tsx_symbol_target(symbol);
        bool is_const = symbol->kind == TSX_SYMBOL_CONST || symbol->module != self->module;
        if (needs_check(self, use, symbol)) load_symbol(self, symbol, use);
        if (is_const) {
            emit(self, IR_ASSIGN_CONSTANT, use->span);
            return;
        }
        if (symbol->kind == TSX_SYMBOL_SELF) return; /* silently ignored outside of strict code; bind refuses it */
    }
    ir_operand place = place_of(self, symbol);
    if (place.kind == IR_CONSTANT) { /* a static function is its own value */
        if (is_initial && has_witness(self, symbol)) store_place(self, variable_place(self, symbol), value);
        return;
    }
    store_place(self, place, value);
}

ir_operand visit_this(lowering *self, const tsx_node *node) {
    const tsx_function *facts = self->frame->facts;
    if (facts == self->module->top_level) return ir_undefined(self->ir);
    if (facts->is_arrow) {
        ir_operand cell = {IR_CAPTURE, (uint32_t)facts->captures.length};
        return emit_unary(self, IR_LOAD, node->span, cell);
    }
    return (ir_operand){IR_THIS, 0};
}

/* ---- scopes -------------------------------------------------------------------------------------------- */

static bool is_variable(const tsx_symbol *symbol) {
    return tsx_symbol_kind_get(symbol->kind)->is_value && symbol->kind != TSX_SYMBOL_IMPORT
        && symbol->kind != TSX_SYMBOL_NAMESPACE && symbol->kind != TSX_SYMBOL_GLOBAL && !symbol->is_ambient;
}

static void make_variable(lowering *self, tsx_symbol *symbol) {
    bool is_self = symbol->kind == TSX_SYMBOL_SELF && symbol->scope->kind == TSX_SCOPE_FUNCTION;
    ir_operand start = is_self ? (ir_operand){IR_SELF, 0}
        : symbol->needs_check  ? ir_constant_of(self->ir, IR_CONST_UNINITIALIZED, 0)
                               : ir_undefined(self->ir);
    if (symbol->is_captured) {
        ir_operand cell = {IR_CELL_REGISTER, self->frame->ir->cell_count++};
        ir_inst *inst = emit(self, IR_CELL, tsx_no_span);
        inst->result = cell.index;
        inst->operands[0] = start;
        self->storage[symbol->number] = cell;
    } else if (is_self) {
        self->storage[symbol->number] = start;
    } else {
        ir_operand place = new_register(self, symbol->name);
        self->storage[symbol->number] = place;
        if (symbol->needs_check || symbol->kind == TSX_SYMBOL_VAR) emit_copy(self, place.index, start);
    }
}

/* The declaration inside an `export`, or the statement itself. */
static tsx_node *exported_statement(tsx_node *node) {
    return node->kind == TSX_NODE_EXPORT_DECL ? tsx_as_export_decl(node)->declaration : node;
}

void hoist_functions(lowering *self, const tsx_list *body) {
    for (uint32_t i = 0; i < body->count; i++) {
        tsx_node *node = exported_statement(body->items[i]);
        if (node->kind != TSX_NODE_FUNCTION_DECL || tsx_has(node, TSX_F_DECLARE)) continue;
        tsx_node *function = tsx_as_function_decl(node)->function;
        if (tsx_as_function(function)->body == NULL) continue;
        const tsx_function *facts = tsx_function_of(function);
        ir_operand value = visit_named(self, function, STR("default"));
        if (facts->symbol != NULL) store_symbol(self, facts->symbol, value, true, NULL);
    }
}

void enter_scope(lowering *self, const tsx_scope *scope, const tsx_list *body) {
    if (scope == NULL) return;
    for (size_t i = 0; i < scope->symbols.length; i++) {
        tsx_symbol *symbol = scope->symbols.items[i];
        if (!symbol->is_module_level && is_variable(symbol)) make_variable(self, symbol);
    }
    if (body != NULL) hoist_functions(self, body);
}
