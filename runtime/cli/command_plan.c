/* `plan`: shows what a deployment would change. Changes nothing, takes no lock. */
#include "cli/cli.h"
#include "cli/plan_json.h"
#include "cli/plan_text.h"

enum { EXIT_CHANGES = 2 };

static void show(cli *self, const plan *p) {
    if (self->options.json) {
        cli_write_json(self, plan_to_value(self->cx, self->stack_name, p), false);
        return;
    }
    str_buf text;
    str_buf_init(&text);
    paint(&text, &self->style, INK_BOLD, "Stack '%s'\n", self->stack_name);
    if (stack_recorded(self->stack)->interrupted)
        paint(&text, &self->style, INK_YELLOW, "The last deployment was not finished; '%s resume' goes on with it.\n",
              self->program_path);
    plan_text(self->cx, p, &self->style, &text);
    cli_write(self, &text);
    str_buf_release(&text);
}

cr_status command_plan(cli *self, cr_error *err) {
    cr_status status = cli_evaluate(self, true, err);
    if (status == CR_OK) status = cli_open_stack(self, NULL, err);
    if (status == CR_OK) status = cli_mount(self, err);
    if (status != CR_OK) return status;
    plan p;
    plan_init(&p);
    plan_options options = {.refresh = self->options.refresh, .loop = self->loop};
    status = plan_compute(self->stack, self->renderer, self->router, &options, &p, err);
    if (status == CR_OK) {
        show(self, &p);
        bool changes = !change_set_is_empty(&p.changes) || p.dom->deferred.length > 0;
        if (self->options.detailed_exitcode && changes) self->exit_status = EXIT_CHANGES;
        status = cli_settle(self, err);
    }
    plan_release(&p);
    return status;
}
