#include "driver/driver.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "bind/bind.h"
#include "codegen/codegen.h"
#include "driver/depfile.h"
#include "driver/places.h"
#include "driver/stats.h"
#include "link/host.h"
#include "link/link.h"
#include "opt/lower.h"
#include "opt/optimise.h"
#include "types/types.h"

typedef struct compilation {
    const tsx_options *options;
    FILE *out;
    tsx_session session;
    tsx_program program;
    places places;
    tsx_stats stats;
    VEC(ir_module *) modules; /* in order of evaluation */
    VEC(linker_unit) units;   /* the C files, the program's own last */
    const char *name;         /* the entry's file name without its ending */
    const char *output;
    cr_error error; /* of what failed, when it was not the program's fault */
} compilation;

/* ---- the stages ---------------------------------------------------------------------------------------- */

static bool is_wrong(const compilation *self) { return self->session.diagnostics.error_count != 0; }

static cr_status parse(compilation *self) {
    if (strcmp(self->output, self->options->entry) == 0) {
        return cr_fail(&self->error, CR_E_USAGE, "the binary would overwrite its source '%s'; name another file with -o", self->output);
    }
    return tsx_program_load(&self->program, str_of(self->options->entry), &self->error);
}

static cr_status bind(compilation *self) {
    tsx_program_bind(&self->program);
    return CR_OK;
}

static cr_status check(compilation *self) {
    tsx_check_types(&self->program); /* even after errors: the user sees more of them in one run */
    return CR_OK;
}

static cr_status lower(compilation *self) {
    for (size_t i = 0; i < self->program.modules.length; i++) {
        ir_module *module = tsx_lower_module(&self->session, &self->program, self->program.modules.items[i], &self->session.memory);
        VEC_PUSH(&self->modules, module);
        if (!is_wrong(self)) ir_verify(module, "lowering");
    }
    return CR_OK;
}

/* Modules that hold only types leave nothing behind. */
static cr_status optimise(compilation *self) {
    size_t kept = 0;
    for (size_t i = 0; i < self->modules.length; i++) {
        ir_module *module = self->modules.items[i];
        ir_optimise(module, self->options->optimise);
        if (ir_module_is_empty(module)) ir_module_release(module);
        else self->modules.items[kept++] = module;
    }
    self->modules.length = kept;
    return CR_OK;
}

static void add_unit(compilation *self, const char *name, str_buf *text) {
    char *copy = arena_copy_text(&self->session.memory, str_buf_text(text), text->length);
    VEC_PUSH(&self->units, ((linker_unit){.name = name, .text = {copy, text->length}}));
    self->stats.c_bytes += text->length;
    str_buf_clear(text);
}

/* Of each library of the runtime that is imported, the name after "creact/". */
static size_t find_libraries(const compilation *self, str *libraries) {
    size_t count = 0;
    for (size_t i = 0; i < self->program.modules.length; i++) {
        const tsx_module *module = self->program.modules.items[i];
        str name = str_of(module->name);
        if (!module->is_library || !str_starts_with(name, STR("creact/"))) continue;
        libraries[count++] = (str){name.bytes + 7, name.length - 7};
    }
    return count;
}

static void generate_program(compilation *self, str_buf *text) {
    str *libraries = ARENA_ARRAY(&self->session.memory, str, self->program.modules.length + 1);
    tsx_program_facts facts = {
        .name = self->name,
        .modules = self->modules.items,
        .module_count = self->modules.length,
        .libraries = libraries,
        .library_count = find_libraries(self, libraries),
    };
    tsx_generate_program(&facts, text);
    add_unit(self, "program.c", text);
}

static cr_status generate(compilation *self) {
    bool exact_lines = self->options->debug || self->options->emit_folder != NULL || self->options->dump == DUMP_C;
    str_buf text;
    str_buf_init(&text);
    for (size_t i = 0; i < self->modules.length; i++) {
        const ir_module *module = self->modules.items[i];
        tsx_generate_module(module, &self->session.files, exact_lines, &text);
        add_unit(self, arena_format(&self->session.memory, "%s_%s.c", module->prefix, module->c_name), &text);
    }
    generate_program(self, &text);
    str_buf_release(&text);
    return CR_OK;
}

static cr_status compile_and_link(compilation *self) {
    const linker_options options = {
        .compiler = self->options->compiler,
        .optimise = self->options->optimise,
        .debug = self->options->debug,
        .verbose = self->options->verbose,
        .use_cache = !self->options->no_cache,
        .jobs = self->options->jobs,
        .include_folder = self->places.include_folder,
        .runtime_archive = self->places.runtime_archive,
    };
    tsx_linker linker;
    cr_status status = linker_init(&linker, &options, &self->error);
    if (status != CR_OK) return status;
    uint64_t begun = stats_now();
    status = linker_compile(&linker, self->units.items, self->units.length, &self->error);
    stats_add(&self->stats, STAGE_COMPILE, begun);
    begun = stats_now();
    if (status == CR_OK) status = linker_link(&linker, self->units.items, self->units.length, self->output, &self->error);
    stats_add(&self->stats, STAGE_LINK, begun);
    linker_release(&linker);
    return status;
}

/* ---- other outputs ------------------------------------------------------------------------------------- */

static cr_status emit_files(compilation *self) {
    cr_status status = host_make_folder(self->options->emit_folder, &self->error);
    for (size_t i = 0; i < self->units.length && status == CR_OK; i++) {
        const char *path = arena_format(&self->session.memory, "%s/%s", self->options->emit_folder, self->units.items[i].name);
        status = host_replace(path, self->units.items[i].text, &self->error);
    }
    return status;
}

static cr_status write_depfile(compilation *self) {
    const char *path = self->options->depfile;
    if (path == NULL) path = arena_format(&self->session.memory, "%s.d", self->output);
    size_t count = self->program.all.length;
    str *paths = ARENA_ARRAY(&self->session.memory, str, count + 1);
    for (size_t i = 0; i < count; i++) paths[i] = self->program.all.items[i]->path;
    str_buf text;
    str_buf_init(&text);
    depfile_write(str_of(self->output), paths, count, &text);
    cr_status status = host_replace(path, str_buf_str(&text), &self->error);
    str_buf_release(&text);
    return status;
}

static void dump(compilation *self) {
    str_buf text;
    str_buf_init(&text);
    if (self->options->dump == DUMP_BIND) tsx_program_dump(&self->program, &text);
    for (size_t i = 0; i < self->program.modules.length; i++) {
        const tsx_module *module = self->program.modules.items[i];
        if (module->is_library) continue;
        if (self->options->dump == DUMP_AST) tsx_ast_dump(module->root, true, &text);
        if (text.length != 0 && text.bytes[text.length - 1] != '\n') str_buf_add_char(&text, '\n');
    }
    for (size_t i = 0; i < self->modules.length; i++) {
        const ir_module *module = self->modules.items[i];
        if (module->is_library) continue;
        if (self->options->dump == DUMP_IR) ir_dump(module, &text);
        if (self->options->dump == DUMP_C) str_buf_add_str(&text, self->units.items[i].text);
    }
    fwrite(str_buf_text(&text), 1, text.length, self->out);
    str_buf_release(&text);
}

/* ---- the pipeline -------------------------------------------------------------------------------------- */

static cr_status timed(compilation *self, tsx_stage stage, cr_status (*run)(compilation *self)) {
    uint64_t begun = stats_now();
    cr_status status = run(self);
    stats_add(&self->stats, stage, begun);
    return status;
}

/* Every stage in order. Stops quietly when the program is wrong: its diagnostics say why. */
static cr_status compile(compilation *self) {
    const tsx_options *options = self->options;
    cr_status status = timed(self, STAGE_PARSE, parse);
    if (status != CR_OK) return status;
    timed(self, STAGE_BIND, bind);
    timed(self, STAGE_TYPES, check);
    if (options->dump == DUMP_AST || options->dump == DUMP_BIND) dump(self);
    if (is_wrong(self) || options->dump == DUMP_AST || options->dump == DUMP_BIND) return CR_OK;

    timed(self, STAGE_LOWER, lower);
    if (is_wrong(self)) return CR_OK;
    timed(self, STAGE_OPTIMISE, optimise);
    timed(self, STAGE_GENERATE, generate);
    if (options->dump != DUMP_NONE) dump(self);
    if (options->check || options->dump != DUMP_NONE) return CR_OK;

    if (options->emit_folder != NULL) status = emit_files(self);
    bool links = options->emit_folder == NULL || options->output != NULL;
    if (status == CR_OK && links) status = compile_and_link(self);
    if (status == CR_OK && options->depends) status = write_depfile(self);
    return status;
}

/* ---- around it ----------------------------------------------------------------------------------------- */

static void count_all(compilation *self) {
    tsx_stats *stats = &self->stats;
    stats->files = self->session.files.files.length;
    for (size_t i = 0; i < stats->files; i++) stats->source_bytes += self->session.files.files.items[i]->text.length;
    stats->modules = self->program.modules.length;
    stats->nodes = self->session.node_count;
    for (size_t i = 0; i < self->modules.length; i++) {
        const ir_module *module = self->modules.items[i];
        stats->functions += module->functions.length;
        stats->tables += module->tables.length;
        stats->strings += module->strings.length;
        for (size_t j = 0; j < module->functions.length; j++) stats->instructions += module->functions.items[j]->code.length;
    }
    stats->objects = self->units.length;
    for (size_t i = 0; i < self->units.length; i++) stats->cached += self->units.items[i].was_cached ? 1 : 0;
    int64_t unused;
    host_stamp(self->output, &stats->binary_bytes, &unused);
    stats->memory_bytes = self->session.memory.bytes;
}

/* "infra/app.tsx" is the program "app". */
static const char *program_name(const char *entry, arena *memory) {
    const char *slash = strrchr(entry, '/'), *name = slash != NULL ? slash + 1 : entry;
    const char *dot = strrchr(name, '.');
    return arena_copy_text(memory, name, dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name));
}

/* A failure that is not the program's, in the shape of a diagnostic. */
static void print_json_error(const char *message, FILE *errors) {
    cJSON *line = cJSON_CreateObject();
    cJSON_AddStringToObject(line, "severity", "error");
    cJSON_AddStringToObject(line, "message", message);
    char *text = cJSON_PrintUnformatted(line);
    fprintf(errors, "%s\n", text);
    cJSON_free(text);
    cJSON_Delete(line);
}

static int finish(compilation *self, cr_status status, FILE *errors, bool colour) {
    tsx_diagnostics_print(&self->session, self->options->format, colour, errors);
    if (status != CR_OK) {
        bool as_json = self->options->format == TSX_FORMAT_JSON;
        if (as_json) print_json_error(self->error.message, errors);
        else fprintf(errors, "creactc: error: %s\n", self->error.message);
        return cr_exit_status(status);
    }
    if (is_wrong(self)) return 1;
    if (self->options->stats) {
        count_all(self);
        stats_print(&self->stats, self->options->format == TSX_FORMAT_JSON, self->out);
    }
    return 0;
}

int driver_run(const tsx_options *options, FILE *out, FILE *errors, bool colour) {
    compilation self = {.options = options, .out = out};
    stats_start(&self.stats);
    tsx_session_init(&self.session);
    places_find(&self.places, options, &self.session.memory);
    self.name = program_name(options->entry, &self.session.memory);
    self.output = options->output != NULL ? options->output : self.name;
    tsx_program_init(&self.program, &self.session, str_of(self.places.library_folder));

    cr_status status = compile(&self);
    int exit_status = finish(&self, status, errors, colour);

    for (size_t i = 0; i < self.modules.length; i++) ir_module_release(self.modules.items[i]);
    VEC_RELEASE(&self.modules);
    VEC_RELEASE(&self.units);
    tsx_program_release(&self.program);
    tsx_session_release(&self.session);
    return exit_status;
}
