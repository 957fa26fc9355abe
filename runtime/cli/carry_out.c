#include "cli/carry_out.h"

#include <signal.h>
#include <string.h>

#include "cli/plan_json.h"
#include "cli/plan_text.h"
#include "cli/progress.h"
#include "os/env.h"

enum { RETRIES_DEFAULT = 3, RETRY_DELAY_MS_DEFAULT = 500, POLICY_NUMBER_MAX = 1000 * 1000 * 1000 };

typedef struct run {
    cli *cli;
    const char *operation;
    bool destroy;
    deployment *deployment;
    progress progress;
    os_signal *interrupt, *terminate;
    uint32_t interrupts; /* signals that arrived */
    uint32_t steps;      /* plans shown */
    uint32_t made[CHANGE_MOVE + 1]; /* over all waves */
    uint64_t duration_ms;
} run;

static uint32_t total_made(const run *self) {
    uint32_t total = 0;
    for (change_kind kind = CHANGE_CREATE; kind <= CHANGE_MOVE; kind++) total += self->made[kind];
    return total;
}

/* ---- asking ------------------------------------------------------------------------------------------------ */

static bool read_answer(char *answer, int size) {
    if (fgets(answer, size, stdin) == NULL) return false;
    answer[strcspn(answer, "\r\n")] = '\0';
    return true;
}

/* Was the plan approved? CR_E_USAGE when nobody can be asked; CR_E_FAILED when the answer was not yes. */
static cr_status approve(run *self, cr_error *err) {
    cli *c = self->cli;
    if (c->options.auto_approve) return CR_OK;
    fflush(c->out);
    if (c->options.json || !os_is_terminal(fileno(stdin)))
        return cr_fail(err, CR_E_USAGE, "the changes must be approved: add '--auto-approve', or run '%s' in a terminal",
                       self->operation);
    fprintf(c->err, "\n%s Only 'yes' is accepted: ",
            self->destroy ? "Remove all of this?" : "Deploy these changes?");
    fflush(c->err);
    char answer[16] = "";
    if (read_answer(answer, sizeof answer) && strcmp(answer, "yes") == 0) {
        fputc('\n', c->err);
        return CR_OK;
    }
    if (total_made(self) == 0) return cr_fail(err, CR_E_FAILED, "not approved; nothing was changed");
    return cr_fail(err, CR_E_FAILED, "not approved; what was made so far is recorded, and '%s resume' goes on", c->program_path);
}

/* ---- showing ----------------------------------------------------------------------------------------------- */

static void show_plan(run *self, const plan *p) {
    cli *c = self->cli;
    self->steps++;
    if (c->options.json) {
        cr_value object = cr_object_new(c->cx);
        cr_set_field(c->cx, object, "event", cr_string_text(c->cx, "plan"));
        cr_set_field(c->cx, object, "plan", plan_to_value(c->cx, c->stack_name, p));
        cli_write_json(c, object, false);
        return;
    }
    if (self->destroy && change_set_is_empty(&p->changes)) {
        cli_note(c, "Nothing to remove: no resource of stack '%s' is recorded.", c->stack_name);
        return;
    }
    str_buf text;
    str_buf_init(&text);
    if (self->steps == 1) paint(&text, &c->style, INK_BOLD, "Stack '%s'\n", c->stack_name);
    else paint(&text, &c->style, INK_BOLD, "\nStep %u: what came to light when values became known\n", self->steps);
    plan_text(c->cx, p, &c->style, &text);
    if (c->options.auto_approve) str_buf_add_char(&text, '\n');
    cli_write(c, &text);
    str_buf_release(&text);
}

/* "2 created, 1 updated" */
static void add_made(const run *self, str_buf *out) {
    const char *separator = "";
    for (change_kind kind = CHANGE_CREATE; kind <= CHANGE_MOVE; kind++) {
        if (self->made[kind] == 0) continue;
        str_buf_add_format(out, "%s%u %s", separator, self->made[kind], change_past(kind));
        separator = ", ";
    }
    if (*separator == '\0') str_buf_add_text(out, "nothing changed");
}

static void show_outputs(run *self) {
    cli *c = self->cli;
    const stack_record *recorded = stack_recorded(c->stack);
    if (self->destroy || recorded->outputs.count == 0) return;
    str_buf text;
    str_buf_init(&text);
    cli_add_outputs(c, &recorded->outputs, &text);
    cli_write(c, &text);
    str_buf_release(&text);
}

/* The last event of --json; `message` is NULL for a success. */
static void write_json_summary(run *self, const char *message) {
    cr_context *cx = self->cli->cx;
    cr_value object = cr_object_new(cx);
    cr_set_field(cx, object, "event", cr_string_text(cx, "summary"));
    cr_set_field(cx, object, "durationMs", cr_number((double)self->duration_ms));
    for (change_kind kind = CHANGE_CREATE; kind <= CHANGE_MOVE; kind++)
        cr_set_field(cx, object, change_json_name(kind), cr_number(self->made[kind]));
    cr_set_field(cx, object, "failed", cr_number((double)self->progress.failures.length));
    cr_set_field(cx, object, "skipped", cr_number((double)self->progress.left.length));
    if (message != NULL) cr_set_field(cx, object, "error", cr_string_text(cx, message));
    cli_write_json(self->cli, object, false);
}

static void show_success(run *self) {
    cli *c = self->cli;
    if (c->options.json) {
        write_json_summary(self, NULL);
        return;
    }
    if (total_made(self) > 0) {
        str_buf text;
        str_buf_init(&text);
        str_buf_add_char(&text, '\n');
        paint(&text, &c->style, INK_GREEN, "%s", self->destroy ? "Destroyed" : "Deployed");
        str_buf_add_text(&text, ": ");
        add_made(self, &text);
        str_buf_add_text(&text, " in ");
        text_add_duration(&text, self->duration_ms);
        str_buf_add_char(&text, '\n');
        cli_write(c, &text);
        str_buf_release(&text);
    }
    show_outputs(self);
}

/* A message below its resource; further lines of it are indented likewise unless they are already. */
static void add_message(const char *message, str_buf *out) {
    while (*message != '\0') {
        size_t length = strcspn(message, "\n");
        str_buf_add_format(out, "\n%s%.*s", *message == ' ' ? "" : "      ", (int)length, message);
        message += length;
        if (*message == '\n') message++;
    }
    str_buf_add_char(out, '\n');
}

/* What failed, what is left, how to go on. Returns `status` with an empty message: all is said. */
static cr_status show_failure(run *self, cr_status status, const cr_error *cause, cr_error *err) {
    cli *c = self->cli;
    progress *p = &self->progress;
    if (c->options.json) write_json_summary(self, cause->message);
    fflush(c->out);
    if (p->failures.length == 0 && status != CR_E_INTERRUPTED) return cr_fail(err, status, "%s", cause->message);
    str_buf text;
    str_buf_init(&text);
    text_style style = {.color = c->err_color, .columns = c->style.columns};
    paint(&text, &style, INK_RED, status == CR_E_INTERRUPTED ? "\nInterrupted" : "\nFailed");
    str_buf_add_text(&text, ": ");
    add_made(self, &text);
    if (p->failures.length > 0) str_buf_add_format(&text, ", %zu failed", p->failures.length);
    if (p->left.length > 0) str_buf_add_format(&text, ", %zu not started", p->left.length);
    str_buf_add_text(&text, p->failures.length + p->left.length > 0 ? "\n\n" : "\n");
    for (size_t i = 0; i < p->failures.length; i++) {
        const failed_operation *f = &p->failures.items[i];
        str_buf_add_text(&text, "  ");
        if (f->change != NULL) plan_text_change_line(f->change, &style, &text);
        add_message(f->text != NULL ? f->text : cause->message, &text);
        if (f->change != NULL && f->change->node != NULL && f->change->node->site != NULL) {
            const cr_site *site = f->change->node->site;
            paint(&text, &style, INK_DIM, "      described at %s:%u:%u\n", site->file, site->line, site->column);
        }
    }
    enum { LEFT_MAX = 10 };
    if (p->left.length > 0) str_buf_add_text(&text, "  not started:\n");
    for (size_t i = 0; i < p->left.length && (i < LEFT_MAX || c->options.verbose); i++) {
        str_buf_add_text(&text, "    ");
        plan_text_change_line(p->left.items[i], &style, &text);
        str_buf_add_char(&text, '\n');
    }
    if (p->left.length > LEFT_MAX && !c->options.verbose) str_buf_add_format(&text, "    … %zu more\n", p->left.length - LEFT_MAX);
    str_buf_add_format(&text, "\nWhat was made is recorded. To go on%s: %s resume\n",
                       status == CR_E_INTERRUPTED ? "" : " when the cause is mended", c->program_path);
    fputs(str_buf_text(&text), c->err);
    str_buf_release(&text);
    return cr_fail(err, status, "%s", "");
}

/* ---- running ----------------------------------------------------------------------------------------------- */

static void on_signal(void *data) {
    run *self = data;
    self->interrupts++;
    deployment_interrupt(self->deployment);
    if (self->interrupts == 1)
        progress_note(&self->progress, "Interrupted: finishing what runs; press Ctrl-C again to stop at once");
    else if (self->interrupts == 2)
        progress_note(&self->progress, "Interrupted again: stopping what runs");
}

/* Only while operations run: a Ctrl-C at the question, or while the plan is made, simply ends the program. */
static void watch_signals(run *self) {
    self->interrupt = os_signal_watch(self->cli->loop, SIGINT, on_signal, self);
    self->terminate = os_signal_watch(self->cli->loop, SIGTERM, on_signal, self);
}

static void unwatch_signals(run *self) {
    os_signal_stop(self->interrupt);
    os_signal_stop(self->terminate);
}

/* A number of CReact.retryPolicy; `fallback` when it is not set. */
static cr_status policy_number(cr_value policy, const char *name, uint64_t fallback, uint64_t *out, cr_error *err) {
    cr_value v = cr_has_slots(policy) ? cr_field(policy, name) : CR_UNDEFINED;
    *out = fallback;
    if (v == CR_UNDEFINED) return CR_OK;
    if (!cr_is_number(v) || !(cr_to_double(v) >= 0) || cr_to_double(v) > POLICY_NUMBER_MAX)
        return cr_fail(err, CR_E_CONFIG, "'%s' of 'CReact.retryPolicy' must be a number from 0 to %d", name, POLICY_NUMBER_MAX);
    *out = (uint64_t)cr_to_double(v);
    return CR_OK;
}

static cr_status make_deployment(run *self, cr_error *err) {
    cli *c = self->cli;
    cr_value policy = renderer_config(c->renderer)->retry_policy;
    deploy_options options = {.parallelism = c->options.parallelism, .loop = c->loop};
    uint64_t retries = 0;
    cr_status status = policy_number(policy, "maxRetries", RETRIES_DEFAULT, &retries, err);
    if (status == CR_OK) status = policy_number(policy, "baseDelayMs", RETRY_DELAY_MS_DEFAULT, &options.retry_delay_ms, err);
    if (status != CR_OK) return status;
    options.retries_max = (uint32_t)retries;
    deploy_observer observer = {.data = &self->progress, .event = progress_event, .tick = progress_tick};
    self->deployment = deployment_new(c->stack, c->renderer, c->router, &options, &observer);
    return CR_OK;
}

/* After a crash: what did the operations do that were under way? (D2) */
static cr_status recover(run *self, cr_error *err) {
    cli *c = self->cli;
    const stack_record *recorded = stack_recorded(c->stack);
    if (!recorded->interrupted) return CR_OK;
    cli_note(c, "The last %s of stack '%s' was not finished: looking at what it left.",
             recorded->operation[0] != '\0' ? recorded->operation : "deployment", c->stack_name);
    progress_begin(&self->progress, 0);
    deploy_summary summary = {0};
    cr_error cause = {0};
    watch_signals(self);
    cr_status status = deployment_recover(self->deployment, &summary, &cause);
    unwatch_signals(self);
    progress_end(&self->progress);
    self->duration_ms += summary.duration_ms;
    return status == CR_OK ? CR_OK : show_failure(self, status, &cause, err);
}

static cr_status run_wave(run *self, const plan *p, cr_error *err) {
    progress_begin(&self->progress, (uint32_t)p->changes.changes.length);
    deploy_summary summary = {0};
    cr_error cause = {0};
    watch_signals(self);
    cr_status status = deployment_run(self->deployment, p, &summary, &cause);
    unwatch_signals(self);
    progress_end(&self->progress);
    uint32_t made = 0;
    for (change_kind kind = CHANGE_CREATE; kind <= CHANGE_MOVE; kind++) {
        self->made[kind] += summary.done[kind];
        made += summary.done[kind];
    }
    self->duration_ms += summary.duration_ms;
    if (status != CR_OK) return show_failure(self, status, &cause, err);
    if (made == 0 && !summary.outdated)
        return cr_fail(err, CR_E_FAILED, "the deployment cannot go on: what is left waits for values that nothing brings about");
    return CR_OK;
}

/* Nothing is left to change: runs effects. *again: they changed what the program describes. */
static cr_status run_effects(run *self, bool *again, cr_error *err) {
    *again = false;
    if (self->destroy) return CR_OK;
    cr_status status = renderer_run_effects(self->cli->renderer, err);
    return status != CR_OK ? status : renderer_flush(self->cli->renderer, again, err);
}

/* One plan, shown, approved and carried out. *more: there may be another. */
static cr_status wave(run *self, uint32_t number, bool *more, cr_error *err) {
    cli *c = self->cli;
    plan p;
    plan_init(&p);
    plan_options options = {.refresh = number == 1 ? c->options.refresh : REFRESH_FALSE, .destroy = self->destroy, .loop = c->loop};
    cr_status status = plan_compute(c->stack, c->renderer, c->router, &options, &p, err);
    if (status == CR_OK && change_set_is_empty(&p.changes)) {
        if (number == 1) show_plan(self, &p);
        status = run_effects(self, more, err);
    } else if (status == CR_OK) {
        show_plan(self, &p);
        status = approve(self, err);
        if (status == CR_OK) status = run_wave(self, &p, err);
        *more = true;
    }
    plan_release(&p);
    return status;
}

static cr_status run_waves(run *self, cr_error *err) {
    bool more = true;
    for (uint32_t number = 1; more; number++) {
        if (number > WAVES_MAX)
            return cr_fail(err, CR_E_FAILED, "the program still describes something else after %d steps", WAVES_MAX);
        cr_status status = wave(self, number, &more, err);
        if (status != CR_OK) return status;
    }
    return deployment_end(self->deployment, err);
}

/* Everything was done, and still a component waits for a value: the program describes more than was deployed. */
static cr_status check_complete(run *self, cr_error *err) {
    const cloud_dom *dom = renderer_dom(self->cli->renderer);
    if (self->destroy || dom->deferred.length == 0) return CR_OK;
    const cloud_deferred *first = &dom->deferred.items[0];
    return cr_fail(err, CR_E_FAILED, "the deployment is not complete: '%s' still waits for %s, which its provider did not give%s",
                   first->address, first->waits_for, dom->deferred.length > 1 ? " (and others wait, see 'plan')" : "");
}

static cr_status run_deployment(run *self, cr_error *err) {
    cli *c = self->cli;
    cr_status status = recover(self, err);
    /* A destroy needs only what is recorded: a program that no longer renders can still be removed. */
    if (status == CR_OK && !self->destroy) status = cli_mount(c, err);
    if (status == CR_OK) status = run_waves(self, err);
    if (status != CR_OK) return status;
    show_success(self);
    if (c->options.detailed_exitcode && total_made(self) > 0) c->exit_status = 2;
    status = self->destroy ? CR_OK : cli_settle(c, err);
    return status == CR_OK ? check_complete(self, err) : status;
}

cr_status cli_carry_out(cli *c, const carry_out_options *options, cr_error *err) {
    run self = {.cli = c, .operation = options->operation, .destroy = options->destroy};
    cr_status status = cli_open_stack(c, options->operation, err);
    if (status != CR_OK) return status;
    const stack_record *recorded = stack_recorded(c->stack);
    if (options->resume) {
        if (!recorded->interrupted) {
            cli_note(c, "Nothing to resume: the last deployment of stack '%s' was finished.", c->stack_name);
            if (c->options.json) write_json_summary(&self, NULL);
            return CR_OK;
        }
        self.destroy = strcmp(recorded->operation, "destroy") == 0;
    }
    status = cli_make_router(c, err);
    if (status != CR_OK) return status;
    progress_init(&self.progress, c);
    status = make_deployment(&self, err);
    if (status == CR_OK) {
        status = run_deployment(&self, err);
        deployment_free(self.deployment);
    }
    progress_release(&self.progress);
    return status;
}
