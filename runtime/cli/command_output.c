/* `output [NAME]`: what the program published with useOutput, as recorded at the last deployment. */
#include "cli/cli.h"
#include "value/context.h"

static cr_value all_values(cli *self, const map *outputs) {
    cr_value object = cr_object_new(self->cx);
    for (size_t i = 0; i < outputs->count; i++) {
        if (outputs->entries[i].value == NULL) continue; /* was an output once */
        const char *name = arena_copy_text(&self->cx->runtime->heap, outputs->entries[i].key.bytes, outputs->entries[i].key.length);
        cr_set_field(self->cx, object, name, *(const cr_value *)outputs->entries[i].value);
    }
    return object;
}

/* A string alone is printed as it is, so that `$(./app output url)` works; anything else as JSON. */
static void write_one(cli *self, cr_value value) {
    if (self->options.json || !cr_is_string(value)) {
        cli_write_json(self, value, false);
        return;
    }
    size_t length;
    const char *text = cr_to_utf8(self->cx, value, &length);
    fwrite(text, 1, length, self->out);
    if (!self->options.raw) fputc('\n', self->out);
}

cr_status command_output(cli *self, cr_error *err) {
    self->console_to_stderr = true;
    cr_status status = cli_evaluate(self, true, err);
    if (status == CR_OK) status = cli_open_stack(self, NULL, err);
    if (status != CR_OK) return status;
    const map *outputs = &stack_recorded(self->stack)->outputs;
    if (self->options.argument_count == 1) {
        const cr_value *value = map_get(outputs, str_of(self->options.arguments[0]));
        if (value == NULL)
            return cr_fail(err, CR_E_NO_INPUT, "stack '%s' has no output '%s'", self->stack_name, self->options.arguments[0]);
        write_one(self, *value);
        return CR_OK;
    }
    if (self->options.raw) return cr_fail(err, CR_E_USAGE, "'--raw' needs the name of one output");
    if (self->options.json) {
        cli_write_json(self, all_values(self, outputs), false);
        return CR_OK;
    }
    str_buf text;
    str_buf_init(&text);
    cli_add_outputs(self, outputs, &text);
    /* The list without its heading's empty line. */
    if (text.length > 0) fwrite(text.bytes + 1, 1, text.length - 1, self->out);
    else cli_note(self, "stack '%s' has no outputs", self->stack_name);
    str_buf_release(&text);
    return CR_OK;
}
