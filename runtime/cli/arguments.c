#include "cli/arguments.h"

#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const cli_option options[] = {
#define OPTION(name, text, letter, argument, summary) {text, letter, argument, summary},
#include "cli/options.def"
#undef OPTION
};

static const cli_command commands[] = {
#define OPT(name) (1u << CLI_OPTION_##name)
#define COMMAND(function, name, alias, arguments, min, max, taken, summary)                                   \
    {name, alias, arguments, summary, min, max, taken, command_##function},
#include "cli/commands.def"
#undef COMMAND
#undef OPT
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0], SUGGESTION_DISTANCE_MAX = 2 };

const cli_command *cli_commands(uint32_t *count) {
    *count = COMMAND_COUNT;
    return commands;
}

const cli_option *cli_option_at(uint32_t id) { return &options[id]; }

const cli_command *cli_command_find(const char *name) {
    for (uint32_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
        if (commands[i].alias != NULL && strcmp(commands[i].alias, name) == 0) return &commands[i];
    }
    return NULL;
}

/* Keeps the nearer of `best` and `candidate`. */
static void consider(str name, const char *candidate, const char **best, int *best_distance) {
    if (candidate == NULL) return;
    int distance = str_distance(name, str_of(candidate), SUGGESTION_DISTANCE_MAX);
    if (distance < *best_distance) *best = candidate, *best_distance = distance;
}

static cr_status unknown_command(const char *name, cr_error *err) {
    const char *best = NULL;
    int distance = SUGGESTION_DISTANCE_MAX + 1;
    for (uint32_t i = 0; i < COMMAND_COUNT; i++) {
        if (commands[i].summary == NULL) continue;
        consider(str_of(name), commands[i].name, &best, &distance);
        consider(str_of(name), commands[i].alias, &best, &distance);
    }
    if (best != NULL) return cr_fail(err, CR_E_USAGE, "unknown command '%s'; did you mean '%s'?", name, best);
    return cr_fail(err, CR_E_USAGE, "unknown command '%s'; 'help' lists the commands", name);
}

static cr_status unknown_option(str name, cr_error *err) {
    const char *best = NULL;
    int distance = SUGGESTION_DISTANCE_MAX + 1;
    for (uint32_t i = 0; i < CLI_OPTION_COUNT; i++) consider(name, options[i].name, &best, &distance);
    if (best != NULL)
        return cr_fail(err, CR_E_USAGE, "unknown option '--%.*s'; did you mean '--%s'?", STR_ARGS(name), best);
    return cr_fail(err, CR_E_USAGE, "unknown option '--%.*s'; '--help' lists the options", STR_ARGS(name));
}

static cr_status set_parallelism(cli_options *self, const char *value, cr_error *err) {
    char *end;
    unsigned long number = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end != '\0' || number < 1 || number > CLI_PARALLELISM_MAX)
        return cr_fail(err, CR_E_USAGE, "'--parallelism' takes a number from 1 to %d, not '%s'", CLI_PARALLELISM_MAX, value);
    self->parallelism = (uint32_t)number;
    return CR_OK;
}

static cr_status set_refresh(cli_options *self, const char *value, cr_error *err) {
    static const char *const names[] = {[REFRESH_AUTO] = "auto", [REFRESH_TRUE] = "true", [REFRESH_FALSE] = "false"};
    for (uint32_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], value) == 0) {
            self->refresh = (refresh_mode)i;
            return CR_OK;
        }
    return cr_fail(err, CR_E_USAGE, "'--refresh' takes 'auto', 'true' or 'false', not '%s'", value);
}

static cr_status set_option(cli_options *self, cli_option_id id, const char *value, cr_error *err) {
    switch (id) {
    case CLI_OPTION_STACK: self->stack = value; break;
    case CLI_OPTION_STATE_DIR: self->state_dir = value; break;
    case CLI_OPTION_JSON: self->json = true; break;
    case CLI_OPTION_RAW: self->raw = true; break;
    case CLI_OPTION_AUTO_APPROVE: self->auto_approve = true; break;
    case CLI_OPTION_PARALLELISM: return set_parallelism(self, value, err);
    case CLI_OPTION_DETAILED_EXITCODE: self->detailed_exitcode = true; break;
    case CLI_OPTION_REFRESH: return set_refresh(self, value, err);
    case CLI_OPTION_NO_COLOR: self->no_color = true; break;
    case CLI_OPTION_VERBOSE: self->verbose = true; break;
    case CLI_OPTION_HELP: self->help = true; break;
    case CLI_OPTION_COUNT: break;
    }
    if (value != NULL && *value == '\0')
        return cr_fail(err, CR_E_USAGE, "'--%s' needs a value that is not empty", options[id].name);
    return CR_OK;
}

static bool find_option(str name, char letter, cli_option_id *id) {
    for (uint32_t i = 0; i < CLI_OPTION_COUNT; i++) {
        if (letter != 0 ? options[i].letter == letter : str_is(name, options[i].name)) {
            *id = (cli_option_id)i;
            return true;
        }
    }
    return false;
}

/* Reads the option at argv[*at] and moves *at to its last word. *seen gets its bit. */
static cr_status parse_option(cli_options *self, int argc, char **argv, int *at, uint32_t *seen, cr_error *err) {
    const char *word = argv[*at];
    const char *value = NULL;
    cli_option_id id;
    if (word[1] == '-') {
        const char *equals = strchr(word, '=');
        str name = {word + 2, equals != NULL ? (size_t)(equals - word - 2) : strlen(word + 2)};
        if (!find_option(name, 0, &id)) return unknown_option(name, err);
        if (equals != NULL) value = equals + 1;
    } else if (word[2] != '\0' || !find_option(STR(""), word[1], &id)) {
        return cr_fail(err, CR_E_USAGE, "unknown option '%s'; '--help' lists the options", word);
    }
    if (options[id].argument == NULL && value != NULL)
        return cr_fail(err, CR_E_USAGE, "'--%s' takes no value", options[id].name);
    if (options[id].argument != NULL && value == NULL) {
        if (*at + 1 >= argc) return cr_fail(err, CR_E_USAGE, "'--%s' needs a value: %s", options[id].name, options[id].argument);
        value = argv[++*at];
    }
    *seen |= 1u << id;
    return set_option(self, id, value, err);
}

static cr_status check(const cli_options *self, uint32_t seen, cr_error *err) {
    const cli_command *command = self->command;
    if (command == NULL || self->help) return CR_OK;
    for (uint32_t i = 0; i < CLI_OPTION_COUNT; i++)
        if ((seen & ~command->options & (1u << i)) != 0)
            return cr_fail(err, CR_E_USAGE, "'%s' does not take '--%s'", command->name, options[i].name);
    if (self->argument_count < command->arguments_min)
        return cr_fail(err, CR_E_USAGE, "'%s' needs an argument: %s", command->name, command->arguments);
    return CR_OK;
}

cr_status cli_options_parse(cli_options *self, int argc, char **argv, cr_error *err) {
    *self = (cli_options){.parallelism = CLI_PARALLELISM_DEFAULT, .refresh = REFRESH_AUTO};
    uint32_t seen = 0;
    bool options_ended = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (!options_ended && strcmp(word, "--") == 0) {
            options_ended = true;
        } else if (!options_ended && word[0] == '-' && word[1] != '\0') {
            cr_status status = parse_option(self, argc, argv, &i, &seen, err);
            if (status != CR_OK) return status;
        } else if (self->command == NULL) {
            self->command = cli_command_find(word);
            if (self->command == NULL) return unknown_command(word, err);
        } else if (self->argument_count < self->command->arguments_max) {
            self->arguments[self->argument_count++] = word;
        } else {
            return cr_fail(err, CR_E_USAGE, "'%s' does not take the argument '%s'", self->command->name, word);
        }
    }
    return check(self, seen, err);
}

/* ---- help ---------------------------------------------------------------------------------------------- */

static void add_option_row(const cli_option *option, str_buf *out) {
    str_buf left;
    str_buf_init(&left);
    if (option->letter != 0) str_buf_add_format(&left, "-%c, --%s", option->letter, option->name);
    else str_buf_add_format(&left, "    --%s", option->name);
    if (option->argument != NULL) str_buf_add_format(&left, " %s", option->argument);
    str_buf_add_format(out, "  %-31s %s\n", str_buf_text(&left), option->summary);
    str_buf_release(&left);
}

void cli_help(const char *program, const char *description, str_buf *out) {
    str_buf_add_format(out, "%s\n\nusage: %s COMMAND [options]\n\ncommands:\n", description, program);
    for (uint32_t i = 0; i < COMMAND_COUNT; i++) {
        const cli_command *command = &commands[i];
        if (command->summary == NULL) continue;
        str_buf left;
        str_buf_init(&left);
        str_buf_add_text(&left, command->name);
        if (command->alias != NULL) str_buf_add_format(&left, ", %s", command->alias);
        if (*command->arguments != '\0') str_buf_add_format(&left, " %s", command->arguments);
        str_buf_add_format(out, "  %-31s %s\n", str_buf_text(&left), command->summary);
        str_buf_release(&left);
    }
    str_buf_add_format(out, "\noptions:\n");
    for (uint32_t i = 0; i < CLI_OPTION_COUNT; i++) add_option_row(&options[i], out);
    str_buf_add_format(out,
                       "\nexit status: 0 done, 1 failed, 2 changes (--detailed-exitcode), 64 wrong usage, 65 bad data,\n"
                       "66 input missing, 70 internal error, 75 locked by another deployment, 130 interrupted\n"
                       "\n'%s help COMMAND' shows the options that a command takes.\n",
                       program);
}

void cli_help_command(const char *program, const cli_command *command, str_buf *out) {
    str_buf_add_format(out, "%s\n\nusage: %s %s", command->summary != NULL ? command->summary : command->name, program,
                       command->name);
    if (*command->arguments != '\0') str_buf_add_format(out, " %s", command->arguments);
    str_buf_add_text(out, " [options]\n");
    if (command->alias != NULL) str_buf_add_format(out, "alias: %s\n", command->alias);
    str_buf_add_text(out, "\noptions:\n");
    for (uint32_t i = 0; i < CLI_OPTION_COUNT; i++)
        if ((command->options & (1u << i)) != 0) add_option_row(&options[i], out);
}
