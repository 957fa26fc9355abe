#include "driver/options.h"

#include <stdlib.h>
#include <string.h>

typedef enum option_id {
#define OPTION(id, short_name, long_name, argument, help) OPTION_##id,
#include "driver/options.def"
#undef OPTION
    OPTION_COUNT
} option_id;

static const struct {
    const char *short_name, *long_name, *argument, *help;
} rows[OPTION_COUNT] = {
#define OPTION(id, short_name, long_name, argument, help) {short_name, long_name, argument, help},
#include "driver/options.def"
#undef OPTION
};

void options_help(FILE *out) {
    fputs("usage: creactc [options] ENTRY.tsx\n\n"
          "Compiles a TSX infrastructure program and all that it imports into one native deploy binary.\n\n", out);
    for (int i = 0; i < OPTION_COUNT; i++) {
        char name[64];
        const char *separator = rows[i].short_name != NULL && rows[i].long_name != NULL ? ", " : "";
        snprintf(name, sizeof name, "%s%s%s%s%s", rows[i].short_name != NULL ? rows[i].short_name : "", separator,
                 rows[i].long_name != NULL ? rows[i].long_name : "", rows[i].argument == NULL ? "" : rows[i].long_name != NULL ? "=" : " ",
                 rows[i].argument != NULL ? rows[i].argument : "");
        fprintf(out, "  %-22s %s\n", name, rows[i].help);
    }
    fputs("\nExit status: 0 done, 1 errors were reported, 64 wrong usage, 66 no such file, 70 a bug, 74 input or output\n"
          "failed, 78 no C compiler or runtime.\n", out);
}

/* ---- words with a choice ------------------------------------------------------------------------------- */

typedef struct choice {
    const char *name;
    int value;
} choice;

static const choice dumps[] = {{"ast", DUMP_AST}, {"bind", DUMP_BIND}, {"ir", DUMP_IR}, {"c", DUMP_C}, {NULL, 0}};
static const choice formats[] = {{"text", TSX_FORMAT_TEXT}, {"json", TSX_FORMAT_JSON}, {"tsc", TSX_FORMAT_TSC}, {NULL, 0}};
static const choice colours[] = {{"auto", COLOUR_AUTO}, {"always", COLOUR_ALWAYS}, {"never", COLOUR_NEVER}, {NULL, 0}};
static const choice levels[] = {{"0", 0}, {"1", 1}, {"2", 2}, {"3", 3}, {NULL, 0}};

static cr_status choose(const choice *choices, const char *option, const char *word, int *value, cr_error *err) {
    char known[64] = "";
    for (const choice *each = choices; each->name != NULL; each++) {
        if (strcmp(each->name, word) == 0) {
            *value = each->value;
            return CR_OK;
        }
        strncat(known, each == choices ? "" : each[1].name == NULL ? " or " : ", ", sizeof known - strlen(known) - 1);
        strncat(known, each->name, sizeof known - strlen(known) - 1);
    }
    return cr_fail(err, CR_E_USAGE, "'%s' cannot be '%s': it is %s", option, word, known);
}

/* ---- one option ---------------------------------------------------------------------------------------- */

static cr_status set_jobs(tsx_options *self, const char *word, cr_error *err) {
    char *end;
    long jobs = strtol(word, &end, 10);
    if (*word == '\0' || *end != '\0' || jobs < 1 || jobs > 1024) {
        return cr_fail(err, CR_E_USAGE, "'-j' wants a number from 1 to 1024, not '%s'", word);
    }
    self->jobs = (unsigned)jobs;
    return CR_OK;
}

static cr_status set(tsx_options *self, option_id id, const char *word, cr_error *err) {
    int value = 0;
    cr_status status = CR_OK;
    switch (id) {
    case OPTION_OUTPUT: self->output = word; break;
    case OPTION_EMIT_C: self->emit_folder = word; break;
    case OPTION_OPTIMISE:
        status = choose(levels, "-O", word, &value, err);
        self->optimise = value;
        break;
    case OPTION_DEBUG: self->debug = true; break;
    case OPTION_COMPILER: self->compiler = word; break;
    case OPTION_DEPENDS: self->depends = true; break;
    case OPTION_DEPFILE:
        self->depfile = word;
        self->depends = true;
        break;
    case OPTION_CHECK: self->check = true; break;
    case OPTION_DUMP:
        status = choose(dumps, "--dump", word, &value, err);
        self->dump = (dump_stage)value;
        break;
    case OPTION_STATS: self->stats = true; break;
    case OPTION_FORMAT:
        status = choose(formats, "--format", word, &value, err);
        self->format = (tsx_diag_format)value;
        break;
    case OPTION_COLOUR:
        status = choose(colours, "--color", word, &value, err);
        self->colour = (colour_when)value;
        break;
    case OPTION_LIBRARY: self->library_folder = word; break;
    case OPTION_RUNTIME: self->runtime_folder = word; break;
    case OPTION_NO_CACHE: self->no_cache = true; break;
    case OPTION_JOBS: return set_jobs(self, word, err);
    case OPTION_VERBOSE: self->verbose = true; break;
    case OPTION_HELP: self->help = true; break;
    case OPTION_VERSION: self->version = true; break;
    case OPTION_COUNT: break;
    }
    return status;
}

/* The option that a word begins, and its argument when that is in the same word; OPTION_COUNT: none. */
static option_id find(const char *word, const char **argument) {
    for (int i = 0; i < OPTION_COUNT; i++) {
        const char *name = rows[i].long_name;
        size_t length = name != NULL ? strlen(name) : 0;
        *argument = NULL;
        if (length != 0 && strncmp(word, name, length) == 0 && (word[length] == '\0' || (word[length] == '=' && rows[i].argument != NULL))) {
            if (word[length] == '=') *argument = word + length + 1;
            return (option_id)i;
        }
        name = rows[i].short_name;
        if (name != NULL && strcmp(word, name) == 0) return (option_id)i;
    }
    for (int i = 0; i < OPTION_COUNT; i++) { /* -O2, -ofile */
        const char *name = rows[i].short_name;
        if (name == NULL || rows[i].argument == NULL || strncmp(word, name, strlen(name)) != 0) continue;
        *argument = word + strlen(name);
        return (option_id)i;
    }
    return OPTION_COUNT;
}

cr_status options_parse(tsx_options *self, int argc, char **argv, cr_error *err) {
    memset(self, 0, sizeof *self);
    self->optimise = 2;
    bool only_files = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i], *argument = NULL;
        if (only_files || word[0] != '-' || word[1] == '\0') {
            if (self->entry != NULL) return cr_fail(err, CR_E_USAGE, "one entry at a time: '%s' and '%s'", self->entry, word);
            self->entry = word;
            continue;
        }
        only_files = strcmp(word, "--") == 0;
        if (only_files) continue;
        option_id id = find(word, &argument);
        if (id == OPTION_COUNT) return cr_fail(err, CR_E_USAGE, "there is no option '%s'; see --help", word);
        if (rows[id].argument != NULL && argument == NULL) {
            if (i + 1 == argc) return cr_fail(err, CR_E_USAGE, "'%s' wants %s", word, rows[id].argument);
            argument = argv[++i];
        }
        cr_status status = set(self, id, argument, err);
        if (status != CR_OK) return status;
    }
    bool needs_entry = !self->help && !self->version;
    if (needs_entry && self->entry == NULL) return cr_fail(err, CR_E_USAGE, "no entry file; see --help");
    if (self->compiler == NULL) self->compiler = getenv("CC");
    if (self->compiler == NULL || *self->compiler == '\0') self->compiler = "cc";
    return CR_OK;
}
