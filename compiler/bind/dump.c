/* --dump=bind: what binding found out, one symbol a line. */
#include "bind/binder.h"

static void add_place(const tsx_program *self, tsx_span span, str_buf *out) {
    if (span.file == 0) return;
    tsx_position at = tsx_files_position(&self->session->files, span.file, span.start);
    str_buf_add_format(out, " %u:%u", at.line, at.column);
}

static void add_flag(str_buf *out, bool is_set, const char *text) {
    if (is_set) str_buf_add_format(out, " %s", text);
}

static void dump_symbol(const tsx_program *self, const tsx_symbol *symbol, str_buf *out) {
    str_buf_add_format(out, "%s %s", tsx_symbol_kind_get(symbol->kind)->text, name_text(symbol->name));
    add_place(self, symbol->span, out);
    add_flag(out, symbol->is_exported, "exported");
    add_flag(out, symbol->is_ambient, "ambient");
    add_flag(out, symbol->is_type_only, "type-only");
    add_flag(out, symbol->is_merged, "merged");
    add_flag(out, symbol->is_used, "used");
    add_flag(out, symbol->is_assigned, "assigned");
    add_flag(out, symbol->is_captured, "captured");
    add_flag(out, symbol->needs_check, "needs-check");
    const tsx_symbol *target = symbol->target != NULL ? symbol->target : symbol->type_target;
    if (target != NULL)
        str_buf_add_format(out, " -> %s %s of %s", tsx_symbol_kind_get(target->kind)->text, name_text(target->name),
                           target->module->name);
    if (symbol->namespace != NULL) str_buf_add_format(out, " -> %s", symbol->namespace->name);
    str_buf_add_char(out, '\n');
}

static void dump_function(const tsx_program *self, const tsx_function *function, str_buf *out) {
    str_buf_add_format(out, "  function %u", function->number);
    if (function->symbol != NULL) str_buf_add_format(out, " %s", name_text(function->symbol->name));
    if (function->parent != NULL) add_place(self, function->node->span, out);
    add_flag(out, function->is_arrow, "arrow");
    add_flag(out, function->is_async, "async");
    add_flag(out, function->is_hoisted, "hoisted");
    add_flag(out, function->uses_this, "this");
    add_flag(out, function->uses_super, "super");
    add_flag(out, function->has_await, "await");
    for (size_t i = 0; i < function->captures.length; i++)
        str_buf_add_format(out, "%s%s", i == 0 ? " captures " : ", ", name_text(function->captures.items[i]->name));
    str_buf_add_char(out, '\n');
}

static void dump_scope(const tsx_program *self, const tsx_scope *scope, str_buf *out) {
    if (scope->symbols.length == 0) return;
    str_buf_add_format(out, "  scope %s of function %u", tsx_scope_kind_text(scope->kind), scope->function->number);
    if (scope->parent != NULL) add_place(self, scope->node->span, out);
    add_flag(out, scope->has_captured, "captured");
    str_buf_add_char(out, '\n');
    for (size_t i = 0; i < scope->symbols.length; i++) {
        str_buf_add_text(out, "    ");
        dump_symbol(self, scope->symbols.items[i], out);
    }
}

static void dump_exports(const tsx_module *module, str_buf *out) {
    for (size_t i = 0; i < module->exports.count; i++) {
        const tsx_export *export = module->exports.entries[i].value;
        const tsx_symbol *symbol = export->value != NULL ? export->value : export->type;
        if (symbol == NULL) continue;
        str_buf_add_format(out, "  export %s%s: %s %s", export->is_type_only ? "type " : "", name_text(export->name),
                           tsx_symbol_kind_get(symbol->kind)->text, name_text(symbol->name));
        if (symbol->module != module) str_buf_add_format(out, " of %s", symbol->module->name);
        str_buf_add_char(out, '\n');
    }
}

static void dump_module(const tsx_program *self, const tsx_module *module, str_buf *out) {
    str_buf_add_format(out, "module %s", module->name);
    add_flag(out, module->is_library, "library");
    add_flag(out, module->is_declaration, "declarations");
    add_flag(out, module->has_await, "await");
    add_flag(out, module->index == UINT32_MAX, "not evaluated");
    str_buf_add_char(out, '\n');
    for (size_t i = 0; i < module->imports.length; i++) {
        const tsx_import *import = &module->imports.items[i];
        str_buf_add_format(out, "  import '%.*s'", STR_ARGS(import->specifier));
        if (import->module != NULL) str_buf_add_format(out, " -> %s", import->module->name);
        str_buf_add_text(out, import->is_erased ? " erased\n" : "\n");
    }
    dump_exports(module, out);
    for (size_t i = 0; i < module->functions.length; i++) dump_function(self, module->functions.items[i], out);
    for (size_t i = 0; i < module->scopes.length; i++) dump_scope(self, module->scopes.items[i], out);
}

void tsx_program_dump(const tsx_program *self, str_buf *out) {
    for (size_t i = 0; i < self->modules.length; i++) dump_module(self, self->modules.items[i], out);
    for (size_t i = 0; i < self->all.length; i++)
        if (self->all.items[i]->index == UINT32_MAX && !self->all.items[i]->is_library)
            dump_module(self, self->all.items[i], out);
}
