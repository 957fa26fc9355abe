#include "link/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/vec.h"
#include "link/host.h"
#include "link/record.h"

/* Set by the build: what the runtime needs besides itself, and the sanitizers that it was built with. */
#ifndef CREACT_LINK_LIBRARIES
#define CREACT_LINK_LIBRARIES "-luv -lpcre2-16 -lm -lpthread"
#endif
#ifndef CREACT_SANITIZE_FLAGS
#define CREACT_SANITIZE_FLAGS ""
#endif
/* Where static archives are, which are given to linkers as -l:NAME; separated by blanks. */
#ifndef CREACT_ARCHIVE_FOLDERS
#define CREACT_ARCHIVE_FOLDERS "/usr/lib /usr/local/lib"
#endif

typedef VEC(const char *) words;

/* Adds the words of a list separated by blanks. */
static void add_words(tsx_linker *self, words *to, const char *list) {
    while (*list != '\0') {
        size_t length = strcspn(list, " ");
        if (length != 0) VEC_PUSH(to, arena_copy_text(&self->memory, list, length));
        list += length + (list[length] == ' ' ? 1 : 0);
    }
}

/* ---- the command lines --------------------------------------------------------------------------------- */

/* What an object depends on, and the compiler is told; without file names. */
static void add_flags(tsx_linker *self, words *to) {
    if (self->is_tcc) {
        if (self->options.debug) VEC_PUSH(to, "-g");
        return;
    }
    add_words(self, to, "-std=c11 -w -pipe -ffp-contract=off -fno-strict-aliasing");
    add_words(self, to, self->options.optimise >= 3 ? "-O2" : "-O0");
    add_words(self, to, self->options.debug ? "-g" : "-fno-asynchronous-unwind-tables");
    add_words(self, to, CREACT_SANITIZE_FLAGS);
}

static void show(const tsx_linker *self, const words *command) {
    if (!self->options.verbose) return;
    for (size_t i = 0; i + 1 < command->length; i++) fprintf(stderr, "%s%s", i == 0 ? "" : " ", command->items[i]);
    fputc('\n', stderr);
}

static cr_status start_compiler(tsx_linker *self, const linker_unit *unit, const char *object, pid_t *pid, cr_error *err) {
    words command = {0};
    VEC_PUSH(&command, self->compiler_path);
    add_flags(self, &command);
    /* The compiler works in the work folder on bare names, so no path of this machine gets into the object. */
    if (self->options.debug && !self->is_tcc) {
        VEC_PUSH(&command, arena_format(&self->memory, "-ffile-prefix-map=%s=.", self->work_folder));
        VEC_PUSH(&command, arena_format(&self->memory, "-ffile-prefix-map=%s=include", self->options.include_folder));
    }
    VEC_PUSH(&command, arena_format(&self->memory, "-I%s", self->options.include_folder));
    VEC_PUSH(&command, "-c");
    VEC_PUSH(&command, unit->name);
    VEC_PUSH(&command, "-o");
    VEC_PUSH(&command, object);
    VEC_PUSH(&command, NULL);
    show(self, &command);
    cr_status status = host_start(command.items, self->work_folder, pid, err);
    VEC_RELEASE(&command);
    return status;
}

/* ---- setting up ---------------------------------------------------------------------------------------- */

static const char *cache_root(tsx_linker *self) {
    const char *folder = getenv("CREACT_CACHE_DIR");
    if (folder != NULL && *folder != '\0') return folder;
    folder = getenv("XDG_CACHE_HOME");
    if (folder != NULL && *folder == '/') return arena_format(&self->memory, "%s/creact", folder);
    folder = getenv("HOME");
    if (folder != NULL && *folder == '/') return arena_format(&self->memory, "%s/.cache/creact", folder);
    return NULL;
}

/* The folder must be absolute: the compiler runs elsewhere. */
static const char *absolute(tsx_linker *self, const char *path) {
    if (path[0] == '/') return path;
    char here[4096];
    if (getcwd(here, sizeof here) == NULL) return path;
    return arena_format(&self->memory, "%s/%s", here, path);
}

static const char *make_work_folder(tsx_linker *self, const char *parent) {
    return mkdtemp(arena_format(&self->memory, "%s/work-XXXXXX", absolute(self, parent)));
}

static cr_status make_folders(tsx_linker *self, cr_error *err) {
    const char *root = self->options.use_cache ? cache_root(self) : NULL;
    host_hold_signals(&self->held);
    self->holds_signals = true;
    if (root != NULL && host_make_folder(root, NULL) == CR_OK) {
        /* Beside the cache, so that a finished object is moved, not copied. */
        self->cache_folder = absolute(self, root);
        self->work_folder = make_work_folder(self, self->cache_folder);
        if (self->work_folder != NULL) return CR_OK;
        self->cache_folder = NULL; /* a cache that cannot be written is none */
    }
    const char *parent = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";
    self->work_folder = make_work_folder(self, parent);
    if (self->work_folder == NULL) return cr_fail(err, CR_E_IO, "cannot make a folder for objects in '%s'", parent);
    return CR_OK;
}

/* The first of these programs that is on this machine, as a path; its place in the list in *which. NULL: none. */
static const char *first_program(tsx_linker *self, const char *const *names, size_t *which) {
    const char *found = NULL;
    str_buf path;
    str_buf_init(&path);
    for (*which = 0; names[*which] != NULL && found == NULL; ++*which) {
        if (host_find_program(names[*which], &path)) found = arena_copy_text(&self->memory, str_buf_text(&path), path.length);
    }
    str_buf_release(&path);
    if (found != NULL) --*which;
    return found;
}

static cr_status find_compiler(tsx_linker *self, cr_error *err) {
    static const char *const usual[] = {"cc", "gcc", "clang", "tcc", NULL};
    const char *const named[] = {self->options.compiler, NULL};
    size_t which = 0;
    /* "cc" means the machine's compiler, which has another name where only that one is installed. */
    self->compiler_path = first_program(self, strcmp(named[0], "cc") == 0 ? usual : named, &which);
    if (self->compiler_path == NULL) {
        return cr_fail(err, CR_E_CONFIG, "there is no C compiler '%s'; install one, or name yours with --cc", self->options.compiler);
    }
    const char *name = strrchr(self->compiler_path, '/');
    self->is_tcc = strstr(name != NULL ? name : self->compiler_path, "tcc") != NULL;
    return CR_OK;
}

/* Path, size and time of a file: what it is, without reading it. */
static void add_stamp(str_buf *to, const char *path) {
    uint64_t size = 0;
    int64_t modified_ns = 0;
    host_stamp(path, &size, &modified_ns);
    str_buf_add_format(to, "%s %llu %lld ", path, (unsigned long long)size, (long long)modified_ns);
}

static cr_status find_identity(tsx_linker *self, cr_error *err) {
    static const char *const headers[] = {"abi.h", "value.h"};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        const char *path = arena_format(&self->memory, "%s/creact/%s", self->options.include_folder, headers[i]);
        if (host_read(path, &self->identity, err) != CR_OK) {
            return cr_fail(err, CR_E_CONFIG, "the runtime's header '%s' is missing; name its folder with --runtime-dir", path);
        }
    }
    add_stamp(&self->identity, self->compiler_path);
    words flags = {0};
    add_flags(self, &flags);
    for (size_t i = 0; i < flags.length; i++) str_buf_add_format(&self->identity, " %s", flags.items[i]);
    VEC_RELEASE(&flags);
    return CR_OK;
}

cr_status linker_init(tsx_linker *self, const linker_options *options, cr_error *err) {
    memset(self, 0, sizeof *self);
    arena_init(&self->memory);
    str_buf_init(&self->identity);
    self->options = *options;
    self->options.include_folder = absolute(self, options->include_folder);
    cr_status status = find_compiler(self, err);
    if (status == CR_OK) status = find_identity(self, err);
    if (status == CR_OK) status = make_folders(self, err);
    if (status != CR_OK) linker_release(self);
    return status;
}

void linker_release(tsx_linker *self) {
    if (self->work_folder != NULL) host_remove_folder(self->work_folder);
    self->work_folder = NULL;
    if (self->holds_signals) host_let_signals(&self->held);
    self->holds_signals = false;
    str_buf_release(&self->identity);
    arena_release(&self->memory);
}

/* ---- compiling ----------------------------------------------------------------------------------------- */

enum { JOBS_MAX = 64 }; /* C compilers at a time; more do not help on machines of today */

typedef struct job {
    pid_t pid;
    linker_unit *unit;
    const char *made; /* where the compiler writes */
} job;

/* Waits for one job and puts its object where it belongs. */
static cr_status finish_job(tsx_linker *self, job *jobs, size_t *running, cr_error *err) {
    bool succeeded = false;
    pid_t pids[JOBS_MAX];
    for (size_t i = 0; i < *running; i++) pids[i] = jobs[i].pid;
    pid_t pid = host_wait(pids, *running, &succeeded);
    for (size_t i = 0; i < *running; i++) {
        if (jobs[i].pid != pid) continue;
        job done = jobs[i];
        jobs[i] = jobs[--*running];
        if (!succeeded) {
            return cr_fail(err, CR_E_BUG, "the C compiler '%s' failed on '%s'", self->compiler_path, done.unit->name);
        }
        if (strcmp(done.made, done.unit->object) == 0) return CR_OK;
        return host_rename(done.made, done.unit->object, err);
    }
    return cr_fail(err, CR_E_OS, "a C compiler was lost");
}

static cr_status start_job(tsx_linker *self, linker_unit *unit, job *job_, cr_error *err) {
    const char *source = arena_format(&self->memory, "%s/%s", self->work_folder, unit->name);
    cr_status status = host_write(source, unit->text, err);
    if (status != CR_OK) return status;
    job_->unit = unit;
    job_->made = arena_format(&self->memory, "%s.o", source);
    if (unit->object == NULL) unit->object = job_->made;
    return start_compiler(self, unit, job_->made, &job_->pid, err);
}

/* Long files first, so that no processor is left alone with one at the end; else in order, so that runs are alike. */
static int compare_lengths(const void *a, const void *b) {
    const linker_unit *first = *(linker_unit *const *)a, *second = *(linker_unit *const *)b;
    if (first->text.length != second->text.length) return first->text.length > second->text.length ? -1 : 1;
    return first < second ? -1 : 1;
}

/* The units whose objects are not in the cache, in the order in which to compile them. */
static size_t find_missing(tsx_linker *self, linker_unit *units, size_t count, linker_unit **missing) {
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        if (self->cache_folder != NULL) {
            units[i].object = record_path(self->cache_folder, str_buf_str(&self->identity), units[i].text, ".o", &self->memory);
            units[i].was_cached = host_exists(units[i].object);
        }
        if (!units[i].was_cached) missing[length++] = &units[i];
    }
    if (length > 1) qsort(missing, length, sizeof *missing, compare_lengths);
    return length;
}

cr_status linker_compile(tsx_linker *self, linker_unit *units, size_t count, cr_error *err) {
    job jobs[JOBS_MAX];
    size_t running = 0, limit = self->options.jobs != 0 ? self->options.jobs : host_processors();
    if (limit > JOBS_MAX) limit = JOBS_MAX;
    cr_status status = CR_OK;
    linker_unit **missing = ARENA_ARRAY(&self->memory, linker_unit *, count + 1);
    size_t missing_count = find_missing(self, units, count, missing);
    for (size_t i = 0; i < missing_count && status == CR_OK; i++) {
        if (running == limit) status = finish_job(self, jobs, &running, err);
        if (status != CR_OK) break;
        status = start_job(self, missing[i], &jobs[running], err);
        if (status == CR_OK) running++;
    }
    while (running != 0) { /* even after a failure: no child is left behind */
        cr_status last = finish_job(self, jobs, &running, status == CR_OK ? err : NULL);
        if (status == CR_OK) status = last;
    }
    return status;
}

/* ---- linking ------------------------------------------------------------------------------------------- */

/* What links: a compiler, and with it a linker that is faster than its own, where there is one. */
typedef struct link_tools {
    const char *program, *linker, *linker_flag; /* paths, and the flag that chooses the linker; NULL: its own */
    bool is_tcc;
} link_tools;

/* tcc compiles; the machine's own compiler links, where there is one. */
static link_tools find_tools(tsx_linker *self) {
    static const char *const compilers[] = {"cc", "gcc", "clang", NULL};
    static const char *const linkers[] = {"ld.mold", "mold", "ld.gold", NULL};
    static const char *const flags[] = {"-fuse-ld=mold", "-fuse-ld=mold", "-fuse-ld=gold"};
    size_t which = 0;
    link_tools tools = {.program = self->compiler_path, .is_tcc = self->is_tcc};
    const char *other = self->is_tcc ? first_program(self, compilers, &which) : NULL;
    if (other != NULL) tools = (link_tools){.program = other};
    if (tools.is_tcc) return tools;
    tools.linker = first_program(self, linkers, &which);
    if (tools.linker != NULL) tools.linker_flag = flags[which];
    return tools;
}

/* The file that -l:NAME means, or NULL: the linker must search for it. */
static const char *archive_of(tsx_linker *self, const char *word) {
    if (strncmp(word, "-l:", 3) != 0) return NULL;
    words folders = {0};
    add_words(self, &folders, CREACT_ARCHIVE_FOLDERS);
    const char *found = NULL;
    for (size_t i = 0; i < folders.length && found == NULL; i++) {
        const char *path = arena_format(&self->memory, "%s/%s", folders.items[i], word + 3);
        if (host_exists(path)) found = path;
    }
    VEC_RELEASE(&folders);
    return found;
}

static void add_link_words(tsx_linker *self, const link_tools *tools, const linker_unit *units, size_t count, words *to) {
    for (size_t i = 0; i < count; i++) VEC_PUSH(to, units[i].object);
    VEC_PUSH(to, self->options.runtime_archive);
    if (!tools->is_tcc) {
        if (tools->linker_flag != NULL) VEC_PUSH(to, tools->linker_flag);
        add_words(self, to, "-Wl,--gc-sections -Wl,--build-id=none -Wl,--as-needed -Wl,-O1");
        if (!self->options.debug) VEC_PUSH(to, "-s");
        add_words(self, to, CREACT_SANITIZE_FLAGS);
    }
    size_t first = to->length;
    add_words(self, to, CREACT_LINK_LIBRARIES);
    for (size_t i = first; tools->is_tcc && i < to->length; i++) { /* tcc does not know -l:NAME */
        const char *archive = archive_of(self, to->items[i]);
        if (archive != NULL) to->items[i] = archive;
    }
}

/* The record of what the link gives: its name is made of the tools, the words, and each file among them. */
static const char *link_record(tsx_linker *self, const link_tools *tools, const words *inputs) {
    if (self->cache_folder == NULL) return NULL;
    str_buf text;
    str_buf_init(&text);
    add_stamp(&text, tools->program);
    if (tools->linker != NULL) add_stamp(&text, tools->linker);
    for (size_t i = 0; i < inputs->length; i++) {
        const char *word = inputs->items[i], *archive = archive_of(self, word);
        if (archive != NULL || word[0] != '-') add_stamp(&text, archive != NULL ? archive : word);
        else str_buf_add_format(&text, "%s ", word);
    }
    const char *record = record_path(self->cache_folder, str_buf_str(&self->identity), str_buf_str(&text), ".link", &self->memory);
    str_buf_release(&text);
    return record;
}

/* Links `inputs` into a file beside `output`, then renames it. */
static cr_status run_link(tsx_linker *self, const link_tools *tools, const words *inputs, const char *output, cr_error *err) {
    const char *aside = arena_format(&self->memory, "%s.%ld.tmp", output, (long)getpid());
    words command = {0};
    VEC_PUSH(&command, tools->program);
    VEC_PUSH(&command, "-o");
    VEC_PUSH(&command, aside);
    for (size_t i = 0; i < inputs->length; i++) VEC_PUSH(&command, inputs->items[i]);
    VEC_PUSH(&command, NULL);
    show(self, &command);
    pid_t pid;
    bool succeeded = false;
    cr_status status = host_start(command.items, NULL, &pid, err);
    VEC_RELEASE(&command);
    if (status != CR_OK) return status;
    host_wait(&pid, 1, &succeeded);
    status = succeeded ? host_rename(aside, output, err) : cr_fail(err, CR_E_BUG, "'%s' could not link '%s'", tools->program, output);
    if (status != CR_OK) unlink(aside);
    return status;
}

cr_status linker_link(tsx_linker *self, const linker_unit *units, size_t count, const char *output, cr_error *err) {
    if (!host_exists(self->options.runtime_archive)) {
        return cr_fail(err, CR_E_CONFIG, "the runtime '%s' is missing; name its folder with --runtime-dir", self->options.runtime_archive);
    }
    cr_status status = host_check_writable(output, err);
    if (status != CR_OK) return status;
    link_tools tools = find_tools(self);
    words inputs = {0};
    add_link_words(self, &tools, units, count, &inputs);
    const char *record = link_record(self, &tools, &inputs);
    if (record == NULL || !record_matches(record, output)) {
        status = run_link(self, &tools, &inputs, output, err);
        if (status == CR_OK && record != NULL) record_write(record, output);
    }
    VEC_RELEASE(&inputs);
    return status;
}
