/* `info`: what the program is made of, and where its state is kept. */
#include "cli/cli.h"
#include "creact/provider.h"

static cr_value constructs_value(cr_context *cx, const cr_provider_type *type) {
    cr_value list = cr_array_new(cx, 0, NULL);
    for (const char *const *c = type->constructs; c != NULL && *c != NULL; c++) cr_array_push(cx, list, cr_string_text(cx, *c));
    return list;
}

static cr_value info_value(cli *self, const char *origin) {
    cr_context *cx = self->cx;
    cr_value object = cr_object_new(cx), libraries = cr_array_new(cx, 0, NULL), providers = cr_array_new(cx, 0, NULL);
    for (const cr_library *const *l = self->program->libraries; l != NULL && *l != NULL; l++)
        cr_array_push(cx, libraries, cr_string_text(cx, (*l)->name));
    uint32_t count;
    const router_entry *entries = router_entries(self->router, &count);
    for (uint32_t i = 0; i < count; i++) {
        cr_value provider = cr_object_new(cx);
        cr_set_field(cx, provider, "name", cr_string_text(cx, entries[i].type->name));
        cr_set_field(cx, provider, "version", cli_text_value(cx, entries[i].type->version));
        cr_set_field(cx, provider, "constructs", constructs_value(cx, entries[i].type));
        cr_array_push(cx, providers, provider);
    }
    char hash[SOURCE_HASH_DIGITS + 1];
    cli_source_hash(self->program, hash);
    cr_set_field(cx, object, "program", cr_string_text(cx, self->program->name));
    cr_set_field(cx, object, "sourceHash", cr_string_text(cx, hash));
    cr_set_field(cx, object, "version", cr_string_text(cx, CREACT_VERSION));
    cr_set_field(cx, object, "modules", cr_number(self->program->module_count));
    cr_set_field(cx, object, "stack", cr_string_text(cx, self->stack_name));
    cr_set_field(cx, object, "backend", cr_string_text(cx, self->backend->type->name));
    cr_set_field(cx, object, "state", cli_text_value(cx, origin));
    cr_set_field(cx, object, "resources", cr_number((double)stack_recorded(self->stack)->resources.length));
    cr_set_field(cx, object, "libraries", libraries);
    cr_set_field(cx, object, "providers", providers);
    return object;
}

static void show(cli *self, const char *origin) {
    str_buf text;
    str_buf_init(&text);
    char hash[SOURCE_HASH_DIGITS + 1];
    cli_source_hash(self->program, hash);
    const stack_record *recorded = stack_recorded(self->stack);
    str_buf_add_format(&text, "program    %s (%u modules, source %s)\n", self->program->name, self->program->module_count,
                       hash);
    str_buf_add_format(&text, "creact     %s (abi %d)\n", CREACT_VERSION, CR_ABI_VERSION);
    str_buf_add_format(&text, "stack      %s, ", self->stack_name);
    text_add_count(&text, recorded->resources.length, "recorded resource");
    str_buf_add_format(&text, "%s\n", recorded->interrupted ? ", last deployment not finished" : "");
    str_buf_add_format(&text, "backend    %s, %s\n", self->backend->type->name, origin != NULL ? origin : "nothing recorded");
    str_buf_add_text(&text, "libraries ");
    for (const cr_library *const *l = self->program->libraries; l != NULL && *l != NULL; l++)
        str_buf_add_format(&text, " %s", (*l)->name);
    str_buf_add_text(&text, "\nproviders ");
    uint32_t count;
    const router_entry *entries = router_entries(self->router, &count);
    for (uint32_t i = 0; i < count; i++) {
        str_buf_add_format(&text, "%s %s %s:", i > 0 ? "\n          " : "", entries[i].type->name, entries[i].type->version);
        for (const char *const *c = entries[i].type->constructs; c != NULL && *c != NULL; c++)
            str_buf_add_format(&text, " %s", strcmp(*c, "*") == 0 ? "every construct" : *c);
    }
    str_buf_add_char(&text, '\n');
    cli_write(self, &text);
    str_buf_release(&text);
}

cr_status command_info(cli *self, cr_error *err) {
    self->console_to_stderr = true;
    cr_status status = cli_evaluate(self, true, err);
    if (status == CR_OK) status = cli_open_stack(self, NULL, err);
    if (status == CR_OK) status = cli_make_router(self, err);
    if (status != CR_OK) return status;
    str lines;
    const char *origin = NULL;
    status = self->backend->type->load(self->backend, self->stack_name, &lines, &origin, err);
    if (status != CR_OK) return status;
    if (self->options.json) cli_write_json(self, info_value(self, origin), false);
    else show(self, origin);
    return CR_OK;
}
