/* cli/session.c: the steps that commands share, see cli.h. */
#include <errno.h>
#include <stdlib.h>

#include "builtins/builtins.h"
#include "cli/cli.h"
#include "cli/value_text.h"
#include "json/json.h"
#include "os/env.h"
#include "value/error.h"
#include "value/promise.h"

#define STATE_DIRECTORY_DEFAULT ".creact/state"

/* Prints what the program threw, with its stack of TSX lines. */
static cr_status report_thrown(cli *self, cr_value thrown, const char *kind, cr_error *err) {
    const char *red = self->err_color ? "\033[31m" : "", *plain = self->err_color ? "\033[0m" : "";
    fflush(self->out);
    fprintf(self->err, "%serror:%s %s%s\n", red, plain, kind, error_describe(self->cx, thrown, true));
    return cr_fail(err, CR_E_THROWN, "%s", "");
}

/* Reports a rejected promise that nobody handled. */
static cr_status check_unhandled(cli *self, cr_error *err) {
    cr_value promise = tasks_unhandled(self->cx);
    if (promise == CR_UNDEFINED) return CR_OK;
    return report_thrown(self, cr_as_promise(promise)->result, "unhandled rejection: ", err);
}

cr_status cli_evaluate(cli *self, bool must_register, cr_error *err) {
    self->cx = context_new(self->program);
    builtins_install(self->cx);
    self->cx->runtime->console_to_stderr = self->options.json || self->console_to_stderr;
    self->renderer = renderer_new(self->cx);
    self->loop = os_loop_new();
    cr_error evaluation = {0};
    cr_status status = program_evaluate(self->cx, &evaluation);
    const app_config *config = renderer_config(self->renderer);
    if (status == CR_E_THROWN) {
        cr_pending pending = context_take_pending(self->cx);
        return report_thrown(self, pending.value, "", err);
    }
    /* A program that awaits renderCloudDOM cannot go on before the command is done; that is not a failure. */
    if (status != CR_OK && !(status == CR_E_FAILED && config->registered))
        return cr_fail(err, status, "%s", evaluation.message);
    status = check_unhandled(self, err);
    if (status != CR_OK) return status;
    if (must_register && !config->registered)
        return cr_fail(err, CR_E_DATA, "the program '%s' never calls 'CReact.renderCloudDOM', so it describes nothing",
                       self->program->name);
    self->stack_name = self->options.stack != NULL ? self->options.stack
                       : config->stack != NULL     ? config->stack
                                                   : self->program->name;
    const char *from_environment = os_env_get("CREACT_STATE_DIR");
    self->state_directory = self->options.state_dir != NULL                              ? self->options.state_dir
                            : from_environment != NULL && *from_environment != '\0' ? from_environment
                                                                                         : STATE_DIRECTORY_DEFAULT;
    return CR_OK;
}

cr_status cli_open_stack(cli *self, const char *operation, cr_error *err) {
    const app_config *config = renderer_config(self->renderer);
    /* An option of the command line wins over what the program sets. */
    cr_value chosen = self->options.state_dir != NULL ? CR_UNDEFINED : config->backend;
    cr_status status = backend_open(self->cx, chosen, self->state_directory, &self->backend, err);
    if (status != CR_OK) return status;
    stack_options options = {.name = self->stack_name, .for_deployment = operation != NULL, .operation = operation};
    return stack_open(self->cx, self->backend, &options, &self->stack, err);
}

cr_status cli_make_router(cli *self, cr_error *err) {
    if (self->router != NULL) return CR_OK;
    return router_new(self->cx, self->program, renderer_config(self->renderer)->cloud_provider, &self->router, err);
}

cr_status cli_mount(cli *self, cr_error *err) {
    cr_status status = cli_make_router(self, err);
    if (status != CR_OK) return status;
    return renderer_mount(self->renderer, self->stack_name, stack_recorded(self->stack), err);
}

cr_status cli_settle(cli *self, cr_error *err) {
    cr_status status = renderer_settle(self->renderer, err);
    return status != CR_OK ? status : check_unhandled(self, err);
}

void cli_release(cli *self) {
    if (self->router != NULL) router_free(self->router);
    if (self->stack != NULL) stack_close(self->stack);
    if (self->backend != NULL) self->backend->type->close(self->backend);
    if (self->renderer != NULL) renderer_free(self->renderer);
    if (self->loop != NULL) os_loop_free(self->loop);
    if (self->cx != NULL) context_free(self->cx);
}

void cli_write(cli *self, const str_buf *text) {
    errno = 0;
    size_t written = fwrite(str_buf_text(text), 1, text->length, self->out);
    if (written < text->length && self->write_errno == 0) self->write_errno = errno;
}

void cli_note(cli *self, const char *format, ...) {
    fflush(self->out);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(self->err, format, arguments);
    va_end(arguments);
    fputc('\n', self->err);
}

cr_value cli_text_value(cr_context *cx, const char *text) { return text != NULL ? cr_string_text(cx, text) : CR_NULL; }

void cli_write_json(cli *self, cr_value value, bool pretty) {
    str_buf text;
    str_buf_init(&text);
    if (pretty) json_write_pretty(self->cx, value, 2, &text);
    else json_write(self->cx, value, &text);
    str_buf_add_char(&text, '\n');
    cli_write(self, &text);
    str_buf_release(&text);
}

/* The names of a map of outputs, sorted. */
static int by_name(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

void cli_add_outputs(cli *self, const map *outputs, str_buf *out) {
    str *names = mem_zeroed(outputs->count + 1, sizeof *names);
    uint32_t widest = 0;
    size_t count = 0;
    for (size_t i = 0; i < outputs->count; i++) {
        if (outputs->entries[i].value == NULL) continue; /* was an output once */
        names[count++] = outputs->entries[i].key;
        uint32_t columns = text_columns(outputs->entries[i].key);
        if (columns > widest) widest = columns;
    }
    qsort(names, count, sizeof *names, by_name);
    if (count > 0) paint(out, &self->style, INK_BOLD, "\nOutputs:\n");
    for (size_t i = 0; i < count; i++) {
        str_buf_add_format(out, "  %.*s", STR_ARGS(names[i]));
        text_indent(out, widest - text_columns(names[i]));
        str_buf_add_text(out, " = ");
        value_text_block(self->cx, *(const cr_value *)map_get(outputs, names[i]), &self->style, 4, out);
        str_buf_add_char(out, '\n');
    }
    mem_free(names);
}
