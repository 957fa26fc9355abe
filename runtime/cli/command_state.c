/* `state list` and `state show ADDRESS`: the recorded resources. */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/value_text.h"

static const char *state_name(resource_state state) {
    static const char *const names[] = {
#define STATE(name, text) #name,
#include "clouddom/states.def"
#undef STATE
    };
    return names[state];
}

static cr_value record_value(cli *self, const resource_record *r) {
    cr_context *cx = self->cx;
    cr_value object = cr_object_new(cx);
    cr_set_field(cx, object, "address", cr_string_text(cx, r->address));
    cr_set_field(cx, object, "construct", cr_string_text(cx, r->construct));
    cr_set_field(cx, object, "id", cr_string_text(cx, r->id));
    cr_set_field(cx, object, "state", cr_string_text(cx, state_name(r->state)));
    if (!r->detailed) return object;
    cr_set_field(cx, object, "provider", cli_text_value(cx, r->provider));
    if (r->props != CR_UNDEFINED) cr_set_field(cx, object, "props", r->props);
    if (r->outputs != CR_UNDEFINED) cr_set_field(cx, object, "outputs", r->outputs);
    cr_value depends = cr_array_new(cx, 0, NULL);
    const stack_record *recorded = stack_recorded(self->stack);
    for (uint32_t i = 0; i < r->depend_count; i++) {
        const resource_record *other = map_get(&recorded->by_id, str_of(r->depends[i]));
        cr_array_push(cx, depends, cr_string_text(cx, other != NULL ? other->address : r->depends[i]));
    }
    cr_set_field(cx, object, "dependsOn", depends);
    if (r->operation != NULL) cr_set_field(cx, object, "operation", cr_string_text(cx, r->operation));
    return object;
}

static int by_address(const void *a, const void *b) {
    return strcmp((*(resource_record *const *)a)->address, (*(resource_record *const *)b)->address);
}

static cr_status list(cli *self) {
    const stack_record *recorded = stack_recorded(self->stack);
    size_t count = recorded->resources.length;
    resource_record **sorted = mem_zeroed(count + 1, sizeof *sorted);
    if (count > 0) memcpy(sorted, recorded->resources.items, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_address);
    if (self->options.json) {
        cr_value all = cr_array_new(self->cx, 0, NULL);
        for (size_t i = 0; i < count; i++) cr_array_push(self->cx, all, record_value(self, sorted[i]));
        cli_write_json(self, all, false);
    } else {
        str_buf text;
        str_buf_init(&text);
        for (size_t i = 0; i < count; i++) {
            str_buf_add_format(&text, "%s (%s)", sorted[i]->address, sorted[i]->construct);
            if (sorted[i]->state != RESOURCE_DEPLOYED) paint(&text, &self->style, INK_YELLOW, "  %s", state_name(sorted[i]->state));
            str_buf_add_char(&text, '\n');
        }
        cli_write(self, &text);
        str_buf_release(&text);
    }
    mem_free(sorted);
    return CR_OK;
}

/* The address that is nearest to a misspelt one, or NULL. */
static const char *nearest(const stack_record *recorded, const char *address) {
    enum { DISTANCE_MAX = 3 };
    const char *best = NULL;
    int best_distance = DISTANCE_MAX + 1;
    for (size_t i = 0; i < recorded->resources.length; i++) {
        const char *candidate = recorded->resources.items[i]->address;
        const char *slash = strrchr(candidate, '/');
        if (slash != NULL && strcmp(slash + 1, address) == 0) return candidate;
        int distance = str_distance(str_of(address), str_of(candidate), DISTANCE_MAX);
        if (distance < best_distance) best = candidate, best_distance = distance;
    }
    return best;
}

static cr_status show(cli *self, const char *address, cr_error *err) {
    stack_record *recorded = stack_recorded(self->stack);
    resource_record *record = stack_record_at(self->stack, address);
    if (record == NULL) {
        const char *other = nearest(recorded, address);
        if (other != NULL)
            return cr_fail(err, CR_E_NO_INPUT, "stack '%s' has no resource '%s'; did you mean '%s'?", self->stack_name, address, other);
        return cr_fail(err, CR_E_NO_INPUT, "stack '%s' has no resource '%s'", self->stack_name, address);
    }
    cr_status status = resource_record_details(self->cx, record, err);
    if (status != CR_OK) return status;
    cli_write_json(self, record_value(self, record), !self->options.json);
    return CR_OK;
}

cr_status command_state(cli *self, cr_error *err) {
    const char *verb = self->options.arguments[0];
    bool is_list = strcmp(verb, "list") == 0, is_show = strcmp(verb, "show") == 0;
    if (!is_list && !is_show) return cr_fail(err, CR_E_USAGE, "'state' takes 'list' or 'show ADDRESS', not '%s'", verb);
    if (is_show && self->options.argument_count != 2) return cr_fail(err, CR_E_USAGE, "'state show' needs an address");
    if (is_list && self->options.argument_count != 1) return cr_fail(err, CR_E_USAGE, "'state list' takes no address");
    self->console_to_stderr = true;
    cr_status status = cli_evaluate(self, true, err);
    if (status == CR_OK) status = cli_open_stack(self, NULL, err);
    if (status != CR_OK) return status;
    return is_list ? list(self) : show(self, self->options.arguments[1], err);
}
