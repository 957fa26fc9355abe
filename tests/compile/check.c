/* tests/compile/check.c: runs the front end over cases and compares what it reports with what they expect.
 *
 *     check LIBRARY_FOLDER FOLDER...      each .ts or .tsx file of a folder, and each sub-folder with an index.tsx
 *     check --print LIBRARY_FOLDER FILE   prints the dump of bind and the diagnostics, to look at
 *     check --tsc LIBRARY_FOLDER FILE     prints the diagnostics in tsc's format, to compare
 *
 * A case says what it expects in comments of its own files:
 *     // error: C0210 4:11                an error (or warning) with this code at this line and column of this file
 *     // bind: let count 2:7 used         a line of --dump=bind, which describes a symbol, import or function
 * Everything that is reported must be expected. A case without expectations must pass without a report.      */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "bind/bind.h"
#include "types/types.h"

typedef struct expectation {
    char *text; /* "path:line:column code", or a line of the dump */
    bool is_met;
} expectation;

typedef struct check_case {
    const char *path;
    tsx_session session;
    tsx_program program;
    VEC(expectation) errors, lines;
    str_buf dump;
} check_case;

static void compile(check_case *self, const char *library) {
    cr_error err;
    tsx_session_init(&self->session);
    tsx_program_init(&self->program, &self->session, str_of(library));
    if (tsx_program_load(&self->program, str_of(self->path), &err) != CR_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(66);
    }
    tsx_program_bind(&self->program);
    tsx_check_types(&self->program);
    str_buf_init(&self->dump);
    tsx_program_dump(&self->program, &self->dump);
}

static void release(check_case *self) {
    for (size_t i = 0; i < self->errors.length; i++) mem_free(self->errors.items[i].text);
    for (size_t i = 0; i < self->lines.length; i++) mem_free(self->lines.items[i].text);
    VEC_RELEASE(&self->errors);
    VEC_RELEASE(&self->lines);
    str_buf_release(&self->dump);
    tsx_program_release(&self->program);
    tsx_session_release(&self->session);
}

/* ---- expectations */

static void add_error(check_case *self, str path, str line) {
    char code[8] = "";
    unsigned row = 0, column = 0;
    char text[64] = "";
    memcpy(text, line.bytes, line.length < sizeof text - 1 ? line.length : sizeof text - 1);
    if (sscanf(text, "%7s %u:%u", code, &row, &column) != 3) {
        fprintf(stderr, "%.*s: cannot read the expectation '%s'\n", STR_ARGS(path), text);
        exit(65);
    }
    str_buf key;
    str_buf_init(&key);
    str_buf_add_format(&key, "%.*s:%u:%u %s", STR_ARGS(path), row, column, code);
    expectation made = {str_buf_detach(&key), false};
    VEC_PUSH(&self->errors, made);
}

static void read_line(check_case *self, str path, str line) {
    while (line.length > 0 && (line.bytes[0] == ' ' || line.bytes[0] == '\t'))
        line = (str){line.bytes + 1, line.length - 1};
    if (str_starts_with(line, STR("// error: ")))
        add_error(self, path, (str){line.bytes + 10, line.length - 10});
    if (!str_starts_with(line, STR("// bind: "))) return;
    expectation made = {mem_copy_text(line.bytes + 9, line.length - 9), false};
    VEC_PUSH(&self->lines, made);
}

static void read_expectations(check_case *self) {
    for (size_t i = 0; i < self->program.all.length; i++) {
        const tsx_module *module = self->program.all.items[i];
        if (module->is_library) continue;
        const tsx_file *file = tsx_files_get(&self->session.files, module->file);
        const char *at = file->text.bytes, *end = at + file->text.length;
        while (at < end) {
            const char *stop = memchr(at, '\n', (size_t)(end - at));
            if (stop == NULL) stop = end;
            read_line(self, file->path, (str){at, (size_t)(stop - at)});
            at = stop + 1;
        }
    }
}

/* ---- comparison */

static bool meet(expectation *items, size_t count, str text) {
    for (size_t i = 0; i < count; i++) {
        if (items[i].is_met || !str_is(text, items[i].text)) continue;
        items[i].is_met = true;
        return true;
    }
    return false;
}

static int compare_errors(check_case *self) {
    int failures = 0;
    const tsx_diagnostics *reported = &self->session.diagnostics;
    for (size_t i = 0; i < reported->all.length; i++) {
        const tsx_diag *diag = reported->all.items[i];
        str_buf key;
        str_buf_init(&key);
        if (diag->span.file != 0) {
            tsx_position at = tsx_files_position(&self->session.files, diag->span.file, diag->span.start);
            str path = tsx_files_get(&self->session.files, diag->span.file)->path;
            str_buf_add_format(&key, "%.*s:%u:%u ", STR_ARGS(path), at.line, at.column);
        }
        str_buf_add_text(&key, tsx_code_get(diag->code)->name);
        if (!meet(self->errors.items, self->errors.length, str_buf_str(&key))) {
            printf("unexpected: %s (%s)\n", str_buf_text(&key), diag->text);
            failures++;
        }
        str_buf_release(&key);
    }
    return failures;
}

static void compare_lines(check_case *self) {
    const char *at = str_buf_text(&self->dump);
    while (*at != '\0') {
        const char *stop = strchr(at, '\n');
        while (*at == ' ') at++;
        meet(self->lines.items, self->lines.length, (str){at, (size_t)(stop - at)});
        at = stop + 1;
    }
}

static int count_unmet(const char *what, const expectation *items, size_t count) {
    int failures = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i].is_met) continue;
        printf("missing %s: %s\n", what, items[i].text);
        failures++;
    }
    return failures;
}

static bool run_case(const char *library, const char *path) {
    check_case self = {.path = path};
    compile(&self, library);
    read_expectations(&self);
    int failures = compare_errors(&self);
    compare_lines(&self);
    failures += count_unmet("error", self.errors.items, self.errors.length);
    failures += count_unmet("line", self.lines.items, self.lines.length);
    if (failures > 0) printf("FAILED %s\n", path);
    release(&self);
    return failures == 0;
}

/* ---- folders */

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int run_folder(const char *library, const char *folder, int *count) {
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        perror(folder);
        exit(66);
    }
    VEC(char *) paths = {0};
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        str name = str_of(entry->d_name);
        bool is_file = str_ends_with(name, STR(".tsx")) || str_ends_with(name, STR(".ts"));
        if (name.bytes[0] == '.') continue;
        str_buf path;
        str_buf_init(&path);
        str_buf_add_format(&path, "%s/%s%s", folder, entry->d_name, is_file ? "" : "/index.tsx");
        FILE *file = fopen(str_buf_text(&path), "r");
        if (file != NULL) {
            fclose(file);
            VEC_PUSH(&paths, str_buf_detach(&path));
        }
        str_buf_release(&path);
    }
    closedir(directory);
    qsort(paths.items, paths.length, sizeof *paths.items, by_name);
    int failed = 0;
    for (size_t i = 0; i < paths.length; i++) {
        if (!run_case(library, paths.items[i])) failed++;
        mem_free(paths.items[i]);
    }
    *count += (int)paths.length;
    VEC_RELEASE(&paths);
    return failed;
}

/* All of them, where tsx_diagnostics_print shows the first ones. */
static void print_as_tsc(check_case *self) {
    for (size_t i = 0; i < self->session.diagnostics.all.length; i++) {
        const tsx_diag *diag = self->session.diagnostics.all.items[i];
        if (diag->span.file == 0) continue;
        tsx_position at = tsx_files_position(&self->session.files, diag->span.file, diag->span.start);
        const tsx_code_facts *code = tsx_code_get(diag->code);
        str path = tsx_files_get(&self->session.files, diag->span.file)->path;
        printf("%.*s(%u,%u): error TS%d: %s: %s\n", STR_ARGS(path), at.line, at.column, code->ts, code->name, diag->text);
    }
}

static int print_case(const char *library, const char *path, bool as_tsc) {
    check_case self = {.path = path};
    compile(&self, library);
    if (as_tsc)
        print_as_tsc(&self);
    else {
        fputs(str_buf_text(&self.dump), stdout);
        tsx_diagnostics_print(&self.session, TSX_FORMAT_TEXT, false, stdout);
    }
    int status = self.session.diagnostics.error_count > 0;
    release(&self);
    return status;
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "--print") == 0) return print_case(argv[2], argv[3], false);
    if (argc == 4 && strcmp(argv[1], "--tsc") == 0) return print_case(argv[2], argv[3], true);
    if (argc < 3) {
        fputs("usage: check LIBRARY_FOLDER FOLDER...\n", stderr);
        return 64;
    }
    int failed = 0, count = 0;
    for (int i = 2; i < argc; i++) failed += run_folder(argv[1], argv[i], &count);
    printf("%d cases, %d failed\n", count, failed);
    return failed > 0 || count == 0;
}
