#include "codegen/codegen.h"

#include <stdio.h>
#include <xxhash.h>

#include "codegen/emitter.h"

/* What other files define, and what this one defines before it is used. */
static void add_references(emitter *self) {
    const ir_module *module = self->module;
    for (size_t i = 0; i < module->externs.length; i++) {
        const ir_extern *entry = &module->externs.items[i];
        if (!entry->is_own) str_buf_add_format(self->out, "extern cr_object %s;\n", entry->name);
    }
    for (size_t i = 0; i < module->variables.length; i++) {
        const ir_variable *variable = &module->variables.items[i];
        if (variable->is_extern) {
            str_buf_add_format(self->out, "extern cr_value %s;\n", variable->name);
            continue;
        }
        const char *start = variable->starts_uninitialized ? "CR_UNINITIALIZED" : "CR_UNDEFINED";
        str_buf_add_format(self->out, "%scr_value %s = %s;\n", variable->is_exported ? "" : "static ", variable->name, start);
    }
    for (size_t i = 0; i < module->functions.length; i++) {
        const ir_function *function = module->functions.items[i];
        add_function_head(self, function);
        str_buf_add_text(self->out, ";\n");
        if (function->object_name == NULL) continue;
        str_buf_add_format(self->out, "%scr_function %s;\n", function->is_exported ? "extern " : "static ", function->object_name);
    }
}

/* How the IR's flags are called in creact/value.h. */
static const struct {
    uint32_t flag;
    const char *name;
} flag_names[] = {
    {IR_FUNCTION_IS_ASYNC, "CR_FUNCTION_ASYNC"},   {IR_FUNCTION_IS_ARROW, "CR_FUNCTION_ARROW"},
    {IR_FUNCTION_IS_METHOD, "CR_FUNCTION_METHOD"}, {IR_FUNCTION_IS_CLASS, "CR_FUNCTION_CLASS"},
    {IR_FUNCTION_IS_DERIVED, "CR_FUNCTION_DERIVED"},
};

static void add_info(emitter *self, const ir_function *function) {
    if (function->index == self->module->evaluate) return;
    uint32_t place_index = place_of_span(self, function->span); /* may move the places */
    place_entry place = self->places.items[place_index];
    str_buf_add_format(self->out, "static const cr_function_info %s_info = {&s%u, %s, %u, ", function->c_name, function->name,
                       function->c_name, function->arity);
    const char *separator = "";
    for (size_t i = 0; i < sizeof flag_names / sizeof *flag_names; i++) {
        if ((function->flags & flag_names[i].flag) == 0) continue;
        str_buf_add_format(self->out, "%s%s", separator, flag_names[i].name);
        separator = " | ";
    }
    str_buf_add_format(self->out, "%s, {F, %u, %u}};\n", separator[0] == '\0' ? "0" : "", place.line, place.column);
    if (function->object_name == NULL) return;
    str_buf_add_format(self->out, "%scr_function %s = CR_STATIC_FUNCTION(&%s_info);\n", function->is_exported ? "" : "static ",
                       function->object_name, function->c_name);
}

/* What the program was made from, for cr_module: a change of a module is then a change of its own file alone. */
static void add_hash(const ir_module *module, size_t begin, str_buf *out) {
    XXH128_hash_t hash = XXH3_128bits(out->bytes + begin, out->length - begin);
    str_buf_add_format(out, "\nconst char %se_hash[] = \"%016llx%016llx\";\n", module->prefix, (unsigned long long)hash.high64,
                       (unsigned long long)hash.low64);
}

void tsx_generate_module(const ir_module *module, tsx_files *files, bool exact_lines, str_buf *out) {
    emitter self = {.module = module, .files = files, .exact_lines = exact_lines};
    size_t begin = out->length;
    str_buf code, tables;
    str_buf_init(&code);
    str_buf_init(&tables);
    str_buf_init(&self.keys);
    arena_init(&self.memory);
    VEC_PUSH(&self.places, ((place_entry){1, 1})); /* S[0]: no place in particular */

    /* Functions and tables first, because they find out which places and keys there are. */
    self.out = &code;
    for (size_t i = 0; i < module->functions.length; i++) add_function(&self, module->functions.items[i]);
    self.out = &tables;
    add_tables(&self);
    for (size_t i = 0; i < module->functions.length; i++) add_info(&self, module->functions.items[i]);

    self.out = out;
    str_buf_add_text(out, "/* made by creactc; do not edit */\n#include \"creact/abi.h\"\n\n#define F ");
    add_c_string(out, str_of(module->name));
    str_buf_add_text(out, "\n\n");
    add_references(&self);
    str_buf_add_char(out, '\n');
    add_strings(&self);
    add_places(&self);
    str_buf_add_str(out, str_buf_str(&tables));
    str_buf_add_str(out, str_buf_str(&self.keys));
    str_buf_add_str(out, str_buf_str(&code));
    add_hash(module, begin, out);

    str_buf_release(&code);
    str_buf_release(&tables);
    str_buf_release(&self.keys);
    VEC_RELEASE(&self.places);
    map_release(&self.place_index);
    arena_release(&self.memory);
}

void tsx_generate_program(const tsx_program_facts *facts, str_buf *out) {
    str_buf_add_text(out, "/* made by creactc; do not edit */\n#include \"creact/abi.h\"\n\n");
    for (size_t i = 0; i < facts->module_count; i++) {
        const ir_module *module = facts->modules[i];
        str_buf_add_format(out, "cr_value %s(cr_context *, const cr_function *, cr_value, uint32_t, const cr_value *);\n",
                           module->functions.items[module->evaluate]->c_name);
        str_buf_add_format(out, "extern const char %se_hash[];\n", module->prefix);
    }
    for (size_t i = 0; i < facts->library_count; i++) {
        str_buf_add_format(out, "extern const cr_library cr_library_%.*s;\n", STR_ARGS(facts->libraries[i]));
    }
    str_buf_add_text(out, "\nstatic const cr_module modules[] = {\n");
    for (size_t i = 0; i < facts->module_count; i++) {
        const ir_module *module = facts->modules[i];
        str_buf_add_text(out, "    {");
        add_c_string(out, str_of(module->name));
        str_buf_add_format(out, ", %s, %s, %se_hash},\n", module->functions.items[module->evaluate]->c_name,
                           module->is_async ? "true" : "false", module->prefix);
    }
    str_buf_add_text(out, "};\nstatic const cr_library *const libraries[] = {");
    for (size_t i = 0; i < facts->library_count; i++) str_buf_add_format(out, "&cr_library_%.*s, ", STR_ARGS(facts->libraries[i]));
    str_buf_add_text(out, "0};\nstatic const cr_program program = {CR_ABI_VERSION, ");
    add_c_string(out, str_of(facts->name));
    str_buf_add_format(out, ", modules, %zu, libraries};\n\n", facts->module_count);
    str_buf_add_text(out, "int main(int argc, char **argv) { return cr_main(&program, argc, argv); }\n");
}
