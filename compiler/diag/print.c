/* diag/print.c: diagnostics as text with carets, as JSON lines, or as tsc writes them. */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/bug.h"
#include "diag/diag.h"
#include "diag/session.h"

/* A longer line is shown in part: what stands around the place. */
enum { LINE_BYTES_SHOWN_MAX = 240, LINE_BYTES_BEFORE = 80 };

typedef struct printer {
    tsx_session *session;
    FILE *out;
    bool colour;
    int gutter; /* digits of the largest line number shown */
} printer;

static const char *paint(const printer *self, const char *code) { return self->colour ? code : ""; }
#define PLAIN(self)               paint(self, "\033[0m")
#define BOLD(self)                paint(self, "\033[1m")
#define BLUE(self)                paint(self, "\033[1;34m")
#define COLOUR_OF(self, severity) paint(self, (severity) == TSX_ERROR ? "\033[1;31m" : "\033[1;33m")

static const char *severity_text(tsx_severity severity) {
    return severity == TSX_ERROR ? "error" : "warning";
}

static bool starts_character(str text, size_t at) {
    return at >= text.length || ((unsigned char)text.bytes[at] & 0xC0) != 0x80;
}

/* The part of a line to show for a place in it: [*from, *to), whole characters. */
static void choose_window(str line, size_t place, size_t *from, size_t *to) {
    *from = 0;
    *to = line.length;
    if (line.length <= LINE_BYTES_SHOWN_MAX) return;
    *from = place > LINE_BYTES_BEFORE ? place - LINE_BYTES_BEFORE : 0;
    if (*to - *from > LINE_BYTES_SHOWN_MAX) *to = *from + LINE_BYTES_SHOWN_MAX;
    while (*from > 0 && !starts_character(line, *from)) (*from)--;
    while (*to < line.length && !starts_character(line, *to)) (*to)++;
}

static void put_repeated(FILE *out, char byte, uint32_t count) {
    while (count-- > 0) fputc(byte, out);
}

/* Tabs and other control characters take one cell, as tsx_display_width counts them. Bytes that are no UTF-8
 * are shown as question marks. */
static void put_visible(FILE *out, str text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        size_t length = tsx_utf8_length(text, i);
        if (length == 0) {
            fputc('?', out);
        } else if (length > 1) {
            fwrite(text.bytes + i, 1, length, out);
            i += length - 1;
        } else {
            fputc(byte < 0x20 || byte == 0x7F ? ' ' : byte, out);
        }
    }
}

/* "3 | the line" and "  |     ^^^^ words" under it. */
static void print_snippet(const printer *self, tsx_span span, char underline, const char *colour,
                          const char *words) {
    tsx_files *files = &self->session->files;
    tsx_position position = tsx_files_position(files, span.file, span.start);
    str line = tsx_files_line(files, span.file, position.line);
    size_t start = span.start - tsx_files_line_start(files, span.file, position.line);
    if (start > line.length) start = line.length;
    size_t end = start + (span.end - span.start);
    if (end > line.length) end = line.length;
    size_t from, to;
    choose_window(line, start, &from, &to);
    if (end > to) end = to;

    fprintf(self->out, "%s%*u |%s %s", BLUE(self), self->gutter, position.line, PLAIN(self),
            from > 0 ? "…" : "");
    put_visible(self->out, (str){line.bytes + from, to - from});
    fprintf(self->out, "%s\n%s%*s |%s ", to < line.length ? "…" : "", BLUE(self), self->gutter, "",
            PLAIN(self));
    uint32_t before = tsx_display_width((str){line.bytes + from, start - from}) + (from > 0 ? 1 : 0);
    uint32_t width = tsx_display_width((str){line.bytes + start, end - start});
    put_repeated(self->out, ' ', before);
    fputs(colour, self->out);
    put_repeated(self->out, underline, width > 0 ? width : 1);
    if (words != NULL) fprintf(self->out, " %s", words);
    fprintf(self->out, "%s\n", PLAIN(self));
}

static void print_place(const printer *self, const char *arrow, tsx_span span) {
    tsx_files *files = &self->session->files;
    tsx_position position = tsx_files_position(files, span.file, span.start);
    str path = tsx_files_get(files, span.file)->path;
    fprintf(self->out, "%*s%s%s%s %.*s:%u:%u\n", self->gutter, "", BLUE(self), arrow, PLAIN(self),
            STR_ARGS(path), position.line, position.column);
}

static int digits_of(uint32_t number) {
    int digits = 1;
    while (number >= 10) number /= 10, digits++;
    return digits;
}

static int gutter_of(tsx_session *session, const tsx_diag *diag) {
    int gutter = 1;
    if (diag->span.file != 0)
        gutter = digits_of(tsx_files_position(&session->files, diag->span.file, diag->span.start).line);
    for (const tsx_label *label = diag->labels; label != NULL; label = label->next) {
        if (label->span.file == 0) continue;
        int digits = digits_of(tsx_files_position(&session->files, label->span.file, label->span.start).line);
        if (digits > gutter) gutter = digits;
    }
    return gutter;
}

static void print_text(printer *self, const tsx_diag *diag) {
    const tsx_code_facts *facts = tsx_code_get(diag->code);
    const char *colour = COLOUR_OF(self, facts->severity);
    self->gutter = gutter_of(self->session, diag);
    fprintf(self->out, "%s%s[%s]%s%s: %s%s\n", colour, severity_text(facts->severity), facts->name,
            PLAIN(self), BOLD(self), diag->text, PLAIN(self));
    if (diag->span.file != 0) {
        print_place(self, " -->", diag->span);
        print_snippet(self, diag->span, '^', colour, diag->mark);
    }
    for (const tsx_label *label = diag->labels; label != NULL; label = label->next) {
        if (label->span.file == 0) continue;
        print_place(self, " :::", label->span);
        print_snippet(self, label->span, '-', BLUE(self), label->text);
    }
    if (diag->help != NULL)
        fprintf(self->out, "%*s %s=%s help: %s\n", self->gutter, "", BLUE(self), PLAIN(self), diag->help);
    for (const tsx_note *note = diag->notes; note != NULL; note = note->next)
        fprintf(self->out, "%*s %s=%s note: %s\n", self->gutter, "", BLUE(self), PLAIN(self), note->text);
}

/* 'error', 'file', 'start', 'end' of a span; nothing for no place. */
static void add_place(tsx_session *session, cJSON *object, tsx_span span) {
    if (span.file == 0) return;
    str path = tsx_files_get(&session->files, span.file)->path;
    cJSON_AddStringToObject(object, "file", arena_copy_text(&session->memory, path.bytes, path.length));
    const char *const names[] = {"start", "end"};
    const uint32_t offsets[] = {span.start, span.end};
    for (int i = 0; i < 2; i++) {
        tsx_position position = tsx_files_position(&session->files, span.file, offsets[i]);
        cJSON *place = cJSON_AddObjectToObject(object, names[i]);
        cJSON_AddNumberToObject(place, "line", position.line);
        cJSON_AddNumberToObject(place, "column", position.column);
        cJSON_AddNumberToObject(place, "offset", offsets[i]);
    }
}

static void print_json(printer *self, const tsx_diag *diag) {
    const tsx_code_facts *facts = tsx_code_get(diag->code);
    cJSON *object = cJSON_CreateObject();
    MUST(object != NULL);
    cJSON_AddStringToObject(object, "severity", severity_text(facts->severity));
    cJSON_AddStringToObject(object, "code", facts->name);
    cJSON_AddStringToObject(object, "message", diag->text);
    add_place(self->session, object, diag->span);
    if (diag->mark != NULL) cJSON_AddStringToObject(object, "mark", diag->mark);
    if (diag->help != NULL) cJSON_AddStringToObject(object, "help", diag->help);
    if (facts->ts != 0) cJSON_AddNumberToObject(object, "ts", facts->ts);
    if (diag->labels != NULL) {
        cJSON *labels = cJSON_AddArrayToObject(object, "labels");
        for (const tsx_label *label = diag->labels; label != NULL; label = label->next) {
            cJSON *item = cJSON_CreateObject();
            cJSON_AddStringToObject(item, "message", label->text);
            add_place(self->session, item, label->span);
            cJSON_AddItemToArray(labels, item);
        }
    }
    if (diag->notes != NULL) {
        cJSON *notes = cJSON_AddArrayToObject(object, "notes");
        for (const tsx_note *note = diag->notes; note != NULL; note = note->next)
            cJSON_AddItemToArray(notes, cJSON_CreateString(note->text));
    }
    char *line = cJSON_PrintUnformatted(object);
    MUST(line != NULL);
    fprintf(self->out, "%s\n", line);
    cJSON_free(line);
    cJSON_Delete(object);
}

static void print_tsc(printer *self, const tsx_diag *diag) {
    const tsx_code_facts *facts = tsx_code_get(diag->code);
    if (diag->span.file != 0) {
        tsx_position position = tsx_files_position(&self->session->files, diag->span.file, diag->span.start);
        str path = tsx_files_get(&self->session->files, diag->span.file)->path;
        fprintf(self->out, "%.*s(%u,%u): ", STR_ARGS(path), position.line, position.column);
    }
    fprintf(self->out, "%s ", severity_text(facts->severity));
    if (facts->ts != 0)
        fprintf(self->out, "TS%d: %s\n", facts->ts, diag->text);
    else
        fprintf(self->out, "%s: %s\n", facts->name, diag->text);
}

static int compare_diags(const void *a, const void *b) {
    const tsx_diag *left = *(tsx_diag *const *)a, *right = *(tsx_diag *const *)b;
    if (left->span.file != right->span.file) return left->span.file < right->span.file ? -1 : 1;
    if (left->span.start != right->span.start) return left->span.start < right->span.start ? -1 : 1;
    if (left->code != right->code) return left->code < right->code ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

static void print_rest(const printer *self, tsx_diag_format format, uint32_t errors, uint32_t warnings) {
    if (errors + warnings == 0) return;
    if (format == TSX_FORMAT_JSON)
        fprintf(self->out, "{\"severity\":\"summary\",\"more_errors\":%u,\"more_warnings\":%u}\n", errors,
                warnings);
    else if (format == TSX_FORMAT_TEXT && warnings == 0)
        fprintf(self->out, "%u more error%s not shown\n", errors, errors == 1 ? "" : "s");
    else if (format == TSX_FORMAT_TEXT)
        fprintf(self->out, "%u more errors and %u more warnings not shown\n", errors, warnings);
}

void tsx_diagnostics_print(tsx_session *session, tsx_diag_format format, bool colour, FILE *out) {
    printer self = {session, out, colour, 1};
    tsx_diagnostics *diagnostics = &session->diagnostics;
    if (diagnostics->all.length > 0)
        qsort(diagnostics->all.items, diagnostics->all.length, sizeof *diagnostics->all.items, compare_diags);
    uint32_t shown[2] = {0, 0}; /* by severity */
    for (size_t i = 0; i < diagnostics->all.length; i++) {
        const tsx_diag *diag = diagnostics->all.items[i];
        uint32_t *count = &shown[tsx_code_get(diag->code)->severity];
        if (*count == TSX_ERRORS_SHOWN_MAX) continue;
        (*count)++;
        switch (format) {
        case TSX_FORMAT_TEXT: print_text(&self, diag); break;
        case TSX_FORMAT_JSON: print_json(&self, diag); break;
        case TSX_FORMAT_TSC: print_tsc(&self, diag); break;
        }
    }
    print_rest(&self, format, diagnostics->error_count - shown[TSX_ERROR],
               diagnostics->warning_count - shown[TSX_WARNING]);
}
