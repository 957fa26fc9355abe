/* tests/compile/parse_check.c: parses cases and compares trees and diagnostics with what they expect.
 *
 *     parse_check FOLDER               every .ts and .tsx file of a folder
 *     parse_check --bless FILE...      writes what the parser says now into the cases' `// ast:` lines
 *
 * A case says what it expects in comments:
 *     // ast: (expression_stmt …)      the statement that starts on the next line has this tree
 *     // error: C0012 3:14             an error with this code at this line and column
 * Every diagnostic must be expected. To add a case: write a file, run --bless, and read what it wrote. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "parse/parse.h"

static const char AST[] = "// ast:", ERROR[] = "// error: ";

typedef struct parse_case {
    const char *path;
    tsx_session session;
    uint32_t file;
    tsx_module_node *module;
    VEC(char *) wanted; /* "3:14 C0012" */
    int failures;
} parse_case;

static void open_case(parse_case *self, const char *path) {
    cr_error err;
    *self = (parse_case){.path = path};
    tsx_session_init(&self->session);
    if (tsx_files_read(&self->session.files, str_of(path), &self->file, &err) != CR_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(66);
    }
    self->module = tsx_as_module(tsx_parse_module(&self->session, self->file));
}

static void close_case(parse_case *self) {
    for (size_t i = 0; i < self->wanted.length; i++) mem_free(self->wanted.items[i]);
    VEC_RELEASE(&self->wanted);
    tsx_session_release(&self->session);
}

/* The tree of the statement that starts on a line, into `out`; nothing if there is none. */
static void dump_statement(parse_case *self, uint32_t line, str_buf *out) {
    for (uint32_t i = 0; i < self->module->body.count; i++) {
        tsx_node *statement = self->module->body.items[i];
        if (tsx_files_position(&self->session.files, self->file, statement->span.start).line != line)
            continue;
        tsx_ast_dump(statement, false, out);
        out->length--; /* without the line end */
        return;
    }
}

static void check_tree(parse_case *self, uint32_t line, str wanted) {
    str_buf tree;
    str_buf_init(&tree);
    dump_statement(self, line + 1, &tree);
    while (wanted.length > 0 && wanted.bytes[0] == ' ') wanted = (str){wanted.bytes + 1, wanted.length - 1};
    if (!str_equal(wanted, str_buf_str(&tree))) {
        printf("%s:%u: expected %.*s\n  but got %.*s\n", self->path, line, STR_ARGS(wanted),
               STR_ARGS(str_buf_str(&tree)));
        self->failures++;
    }
    str_buf_release(&tree);
}

static void want_error(parse_case *self, str line) {
    char code[8], text[64] = "";
    unsigned row, column;
    memcpy(text, line.bytes, line.length < sizeof text - 1 ? line.length : sizeof text - 1);
    if (sscanf(text, "%7s %u:%u", code, &row, &column) != 3) {
        printf("%s: cannot read the expectation '%s'\n", self->path, text);
        self->failures++;
        return;
    }
    str_buf key;
    str_buf_init(&key);
    str_buf_add_format(&key, "%u:%u %s", row, column, code);
    VEC_PUSH(&self->wanted, str_buf_detach(&key));
}

static bool take_wanted(parse_case *self, const char *key) {
    for (size_t i = 0; i < self->wanted.length; i++) {
        if (strcmp(self->wanted.items[i], key) != 0) continue;
        mem_free(self->wanted.items[i]);
        self->wanted.items[i] = VEC_LAST(&self->wanted);
        self->wanted.length--;
        return true;
    }
    return false;
}

static void check_errors(parse_case *self) {
    for (size_t i = 0; i < self->session.diagnostics.all.length; i++) {
        const tsx_diag *diag = self->session.diagnostics.all.items[i];
        tsx_position at = tsx_files_position(&self->session.files, self->file, diag->span.start);
        char key[64];
        snprintf(key, sizeof key, "%u:%u %s", at.line, at.column, tsx_code_get(diag->code)->name);
        if (take_wanted(self, key)) continue;
        printf("%s: unexpected %s (%s)\n", self->path, key, diag->text);
        self->failures++;
    }
    for (size_t i = 0; i < self->wanted.length; i++)
        printf("%s: missing %s\n", self->path, self->wanted.items[i]);
    self->failures += (int)self->wanted.length;
}

static bool run_case(const char *path) {
    parse_case self;
    open_case(&self, path);
    tsx_files_position(&self.session.files, self.file, 0);
    uint32_t lines = tsx_files_get(&self.session.files, self.file)->line_count;
    for (uint32_t i = 1; i <= lines; i++) {
        str line = tsx_files_line(&self.session.files, self.file, i);
        if (str_starts_with(line, str_of(AST)))
            check_tree(&self, i, (str){line.bytes + strlen(AST), line.length - strlen(AST)});
        else if (str_starts_with(line, str_of(ERROR)))
            want_error(&self, (str){line.bytes + strlen(ERROR), line.length - strlen(ERROR)});
    }
    check_errors(&self);
    bool ok = self.failures == 0;
    close_case(&self);
    return ok;
}

static void bless(const char *path) {
    parse_case self;
    open_case(&self, path);
    tsx_files_position(&self.session.files, self.file, 0);
    const tsx_file *file = tsx_files_get(&self.session.files, self.file);
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        perror(path);
        exit(73);
    }
    for (uint32_t i = 1; i <= file->line_count; i++) {
        str line = tsx_files_line(&self.session.files, self.file, i);
        if (i == file->line_count && line.length == 0) break;
        if (str_starts_with(line, str_of(AST))) {
            str_buf tree;
            str_buf_init(&tree);
            dump_statement(&self, i + 1, &tree);
            fprintf(out, "%s %.*s\n", AST, STR_ARGS(str_buf_str(&tree)));
            str_buf_release(&tree);
        } else {
            fprintf(out, "%.*s\n", STR_ARGS(line));
        }
    }
    fclose(out);
    close_case(&self);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int run_folder(const char *folder) {
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, by_name), cases = 0, failed = 0;
    for (int i = 0; i < count; i++) {
        str name = str_of(entries[i]->d_name);
        if (str_ends_with(name, STR(".ts")) || str_ends_with(name, STR(".tsx"))) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
            cases++;
            if (!run_case(path)) failed++;
        }
        free(entries[i]);
    }
    if (count >= 0) free(entries);
    printf("%d cases, %d failed\n", cases, failed);
    return failed > 0 || cases == 0;
}

int main(int argc, char **argv) {
    if (argc >= 3 && strcmp(argv[1], "--bless") == 0) {
        for (int i = 2; i < argc; i++) bless(argv[i]);
        return 0;
    }
    if (argc == 2) return run_folder(argv[1]);
    fputs("usage: parse_check FOLDER | --bless FILE...\n", stderr);
    return 64;
}
