#include "cli/progress.h"

#include <inttypes.h>

#include "cli/plan_json.h"
#include "cli/plan_text.h"
#include "os/env.h"
#include "os/time.h"
#include "value/context.h"

static const char *const spinner[] = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
enum { SPINNER_FRAMES = sizeof spinner / sizeof spinner[0], BAR_COLUMNS = 30, LAST_LINE_BYTES_MAX = 512 };

const char *change_past(change_kind kind) {
    static const char *const words[] = {
        [CHANGE_NONE] = "unchanged",    [CHANGE_CREATE] = "created",  [CHANGE_UPDATE] = "updated",
        [CHANGE_REPLACE] = "replaced",  [CHANGE_DELETE] = "deleted",  [CHANGE_MOVE] = "moved",
    };
    return words[kind];
}

static const char *change_present(change_kind kind) {
    static const char *const words[] = {
        [CHANGE_NONE] = "checking",     [CHANGE_CREATE] = "creating", [CHANGE_UPDATE] = "updating",
        [CHANGE_REPLACE] = "replacing", [CHANGE_DELETE] = "deleting", [CHANGE_MOVE] = "moving",
    };
    return words[kind];
}

static void write_lines(progress *self, const str_buf *lines, bool with_block);

/* console.log while the block is there: the block is taken away, and comes back with the next tick. */
static void print_above(void *data, cr_context *cx, int stream, str text) {
    progress *self = data;
    write_lines(self, NULL, false);
    FILE *file = stream == 1 ? self->cli->out : self->cli->err;
    fwrite(text.bytes, 1, text.length, file);
    fflush(file);
}

void progress_init(progress *self, cli *c) {
    *self = (progress){.cli = c};
    /* NO_COLOR and --no-color ask for no colours; a live block needs a terminal that can move its cursor. */
    const char *term = os_env_get("TERM");
    self->live = !c->options.json && os_is_terminal(fileno(c->out)) && term != NULL && strcmp(term, "dumb") != 0;
    if (!self->live) return;
    c->cx->runtime->hooks.data = self;
    c->cx->runtime->hooks.print = print_above;
}

static void forget_running(progress *self) {
    for (size_t i = 0; i < self->running.length; i++) {
        str_buf_release(&self->running.items[i]->last_line);
        mem_free(self->running.items[i]);
    }
    VEC_CLEAR(&self->running);
}

static void forget_results(progress *self) {
    for (size_t i = 0; i < self->failures.length; i++) mem_free(self->failures.items[i].text);
    VEC_CLEAR(&self->failures);
    VEC_CLEAR(&self->left);
}

void progress_release(progress *self) {
    if (self->live) self->cli->cx->runtime->hooks.print = NULL;
    forget_running(self);
    forget_results(self);
    VEC_RELEASE(&self->running);
    VEC_RELEASE(&self->failures);
    VEC_RELEASE(&self->left);
}

void progress_begin(progress *self, uint32_t total) {
    forget_running(self);
    forget_results(self);
    self->total = total;
    self->done = self->failed = self->skipped = 0;
    self->started_ms = os_monotonic_ms();
}

/* ---- the live block --------------------------------------------------------------------------------------- */

static void add_erase(progress *self, str_buf *out) {
    if (self->block_lines == 0) return;
    str_buf_add_format(out, "\033[%uA\033[J", self->block_lines);
    self->block_lines = 0;
}

static void add_running_line(progress *self, const running_operation *r, uint64_t now, uint32_t columns, str_buf *out) {
    str_buf line;
    str_buf_init(&line);
    str_buf_add_format(&line, "  %s %s ", spinner[self->frame % SPINNER_FRAMES],
                       r->change != NULL ? change_present(r->change->kind) : "working on");
    str_buf_add_text(&line, r->change != NULL ? r->change->address : "the state");
    str_buf_add_text(&line, "  ");
    text_add_duration(&line, (now - r->started_ms) / 100 * 100);
    if (r->last_line.length > 0) str_buf_add_format(&line, "  │ %s", str_buf_text(&r->last_line));
    text_add_cut(out, str_buf_str(&line), columns);
    str_buf_add_char(out, '\n');
    str_buf_release(&line);
}

static void add_bar(progress *self, uint64_t now, uint32_t columns, str_buf *out) {
    uint32_t finished = self->done + self->failed + self->skipped;
    if (finished > self->total) finished = self->total;
    uint32_t filled = self->total > 0 ? finished * BAR_COLUMNS / self->total : 0;
    str_buf line;
    str_buf_init(&line);
    str_buf_add_text(&line, "  ");
    for (uint32_t i = 0; i < BAR_COLUMNS && columns > BAR_COLUMNS + 30; i++) str_buf_add_text(&line, i < filled ? "█" : "░");
    str_buf_add_format(&line, "  %u of %u", finished, self->total);
    if (self->failed > 0) str_buf_add_format(&line, ", %u failed", self->failed);
    str_buf_add_format(&line, ", %zu running  ", self->running.length);
    text_add_duration(&line, (now - self->started_ms) / 100 * 100);
    text_add_cut(out, str_buf_str(&line), columns);
    str_buf_add_char(out, '\n');
    str_buf_release(&line);
}

static void add_block(progress *self, str_buf *out) {
    uint32_t columns = os_terminal_columns(fileno(self->cli->out));
    if (columns < 20) columns = 20;
    uint64_t now = os_monotonic_ms();
    uint32_t shown = 0;
    columns--; /* a full last column makes some terminals wrap */
    for (; shown < self->running.length && shown < PROGRESS_RUNNING_MAX; shown++)
        add_running_line(self, self->running.items[shown], now, columns, out);
    self->block_lines = shown;
    if (shown < self->running.length) {
        str_buf_add_format(out, "    … %zu more\n", self->running.length - shown);
        self->block_lines++;
    }
    add_bar(self, now, columns, out);
    self->block_lines++;
}

/* Writes lines above the block, and the block again, in one go so that nothing flickers. */
static void write_lines(progress *self, const str_buf *lines, bool with_block) {
    str_buf out;
    str_buf_init(&out);
    add_erase(self, &out);
    if (lines != NULL) str_buf_add_str(&out, str_buf_str(lines));
    if (self->live && with_block) add_block(self, &out);
    cli_write(self->cli, &out);
    fflush(self->cli->out);
    str_buf_release(&out);
}

/* ---- lines -------------------------------------------------------------------------------------------------- */

static void add_stamp(const progress *self, str_buf *out) {
    if (self->live) return;
    char text[OS_TIME_TEXT_BYTES];
    os_time_text(os_wall_ms(), text);
    str_buf_add_format(out, "%.19sZ ", text); /* whole seconds */
}

static void add_subject(const progress *self, const deploy_event *event, str_buf *out) {
    add_stamp(self, out);
    if (event->change == NULL) return;
    if (self->live) str_buf_add_text(out, "  ");
    plan_text_change_line(event->change, &self->cli->style, out);
    str_buf_add_char(out, ' ');
}

/* ": " and the first line of what went wrong; all of it is in the summary. */
static void add_cause(const char *text, str_buf *out) {
    if (text == NULL) return;
    str_buf_add_text(out, ": ");
    text_add_cut(out, (str){text, strcspn(text, "\n")}, UINT32_MAX);
}

static void add_event_line(const progress *self, const deploy_event *event, str_buf *out) {
    const text_style *style = &self->cli->style;
    if (event->kind == DEPLOY_EVENT_LOG && event->change != NULL) {
        add_stamp(self, out);
        str_buf_add_format(out, "%s │ ", event->change->address);
        text_add_cut(out, str_of(event->text != NULL ? event->text : ""), UINT32_MAX); /* without control characters */
        str_buf_add_char(out, '\n');
        return;
    }
    add_subject(self, event, out);
    switch (event->kind) {
    case DEPLOY_EVENT_DONE:
        str_buf_add_text(out, event->change != NULL ? change_past(event->change->kind) : event->text != NULL ? event->text : "done");
        str_buf_add_text(out, " in ");
        text_add_duration(out, event->duration_ms);
        break;
    case DEPLOY_EVENT_FAIL:
        paint(out, style, INK_RED, "failed");
        add_cause(event->text, out);
        break;
    case DEPLOY_EVENT_RETRY:
        paint(out, style, INK_YELLOW, "failed, trying again in ");
        text_add_duration(out, event->delay_ms);
        add_cause(event->text, out);
        break;
    case DEPLOY_EVENT_SKIP: paint(out, style, INK_DIM, "not started"); break;
    case DEPLOY_EVENT_LOG: /* of no resource */
    case DEPLOY_EVENT_BEGIN:
    case DEPLOY_EVENT_START:
    case DEPLOY_EVENT_INTERRUPT:
    case DEPLOY_EVENT_END: break;
    }
    str_buf_add_char(out, '\n');
}

static void write_json_event(progress *self, const deploy_event *event) {
    static const char *const names[] = {
#define X(name, json) json,
        DEPLOY_EVENT_LIST(X)
#undef X
    };
    cr_context *cx = self->cli->cx;
    cr_value object = cr_object_new(cx);
    char time[OS_TIME_TEXT_BYTES];
    os_time_text(os_wall_ms(), time);
    cr_set_field(cx, object, "event", cr_string_text(cx, names[event->kind]));
    cr_set_field(cx, object, "time", cr_string_text(cx, time));
    const change *c = event->change;
    if (c != NULL) {
        cr_set_field(cx, object, "action", cr_string_text(cx, change_json_name(c->kind)));
        cr_set_field(cx, object, "address", cr_string_text(cx, c->address));
        cr_set_field(cx, object, "id", cr_string_text(cx, c->node != NULL ? c->node->id : c->record->id));
    }
    if (event->text != NULL) cr_set_field(cx, object, "text", cr_string_text(cx, event->text));
    if (event->attempt > 0) cr_set_field(cx, object, "attempt", cr_number(event->attempt));
    if (event->kind == DEPLOY_EVENT_RETRY) cr_set_field(cx, object, "delayMs", cr_number((double)event->delay_ms));
    if (event->kind == DEPLOY_EVENT_DONE) cr_set_field(cx, object, "durationMs", cr_number((double)event->duration_ms));
    cli_write_json(self->cli, object, false);
    fflush(self->cli->out);
}

/* ---- events ------------------------------------------------------------------------------------------------- */

static running_operation *find_running(progress *self, const change *c) {
    for (size_t i = 0; i < self->running.length; i++)
        if (self->running.items[i]->change == c) return self->running.items[i];
    return NULL;
}

static void start_running(progress *self, const change *c) {
    running_operation *r = find_running(self, c);
    if (r != NULL) return; /* a retry, or the second half of a replace */
    r = mem_zeroed(1, sizeof *r);
    *r = (running_operation){.change = c, .started_ms = os_monotonic_ms()};
    r->said_ms = r->started_ms;
    str_buf_init(&r->last_line);
    VEC_PUSH(&self->running, r);
}

static void stop_running(progress *self, const change *c) {
    for (size_t i = 0; i < self->running.length; i++) {
        running_operation *r = self->running.items[i];
        if (r->change != c) continue;
        str_buf_release(&r->last_line);
        mem_free(r);
        memmove(&self->running.items[i], &self->running.items[i + 1],
                (self->running.length - i - 1) * sizeof self->running.items[0]);
        self->running.length--;
        return;
    }
}

static void keep_last_line(progress *self, const deploy_event *event) {
    running_operation *r = find_running(self, event->change);
    if (r == NULL || event->text == NULL) return;
    size_t length = strlen(event->text);
    str_buf_clear(&r->last_line);
    str_buf_add(&r->last_line, event->text, length < LAST_LINE_BYTES_MAX ? length : LAST_LINE_BYTES_MAX);
}

/* Keeps the books; answers whether the event is worth a line. */
static bool account(progress *self, const deploy_event *event) {
    const change *c = event->change;
    switch (event->kind) {
    case DEPLOY_EVENT_START: start_running(self, c); return false;
    case DEPLOY_EVENT_LOG: keep_last_line(self, event); return !self->live || self->cli->options.verbose;
    case DEPLOY_EVENT_RETRY: return true;
    case DEPLOY_EVENT_DONE:
        stop_running(self, c);
        self->done++;
        return true;
    case DEPLOY_EVENT_FAIL:
        stop_running(self, c);
        self->failed++;
        VEC_PUSH(&self->failures, ((failed_operation){c, event->text != NULL ? mem_copy_text(event->text, strlen(event->text)) : NULL}));
        return true;
    case DEPLOY_EVENT_SKIP:
        self->skipped++;
        if (c != NULL) VEC_PUSH(&self->left, c);
        return false;
    case DEPLOY_EVENT_BEGIN:
    case DEPLOY_EVENT_INTERRUPT:
    case DEPLOY_EVENT_END: return false;
    }
    return false;
}

void progress_event(void *data, const deploy_event *event) {
    progress *self = data;
    bool line = account(self, event);
    if (self->cli->options.json) {
        write_json_event(self, event);
        return;
    }
    if (!line) return;
    str_buf text;
    str_buf_init(&text);
    add_event_line(self, event, &text);
    write_lines(self, &text, true);
    str_buf_release(&text);
}

void progress_tick(void *data) {
    progress *self = data;
    self->frame++;
    if (self->live) {
        write_lines(self, NULL, true);
        return;
    }
    if (self->cli->options.json) return;
    uint64_t now = os_monotonic_ms();
    for (size_t i = 0; i < self->running.length; i++) {
        running_operation *r = self->running.items[i];
        if (r->change == NULL || now - r->said_ms < PROGRESS_STILL_RUNNING_MS) continue;
        r->said_ms = now;
        str_buf text;
        str_buf_init(&text);
        add_subject(self, &(deploy_event){.change = r->change}, &text);
        str_buf_add_format(&text, "still %s, ", change_present(r->change->kind));
        text_add_duration(&text, now - r->started_ms);
        str_buf_add_char(&text, '\n');
        write_lines(self, &text, false);
        str_buf_release(&text);
    }
}

void progress_end(progress *self) {
    if (self->live) write_lines(self, NULL, false);
}

void progress_note(progress *self, const char *text) {
    if (!self->live) {
        cli_note(self->cli, "%s", text);
        return;
    }
    str_buf line;
    str_buf_init(&line);
    paint(&line, &self->cli->style, INK_YELLOW, "  %s", text);
    str_buf_add_char(&line, '\n');
    write_lines(self, &line, true);
    str_buf_release(&line);
}
