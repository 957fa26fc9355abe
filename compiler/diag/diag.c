#include "diag/diag.h"

#include <stdarg.h>

#include "base/bug.h"
#include "diag/session.h"

static const tsx_code_facts codes[] = {
#define DIAG(code, severity, text, help, ts) {#code, TSX_##severity, text, help, ts},
#include "diag/diag.def"
#undef DIAG
};

const tsx_code_facts *tsx_code_get(tsx_code code) {
    MUST((int)code >= 0 && code < TSX_CODE_COUNT);
    return &codes[code];
}

static const char *format_text(struct tsx_session *session, const char *format, va_list arguments) {
    str_buf text;
    str_buf_init(&text);
    str_buf_add_va(&text, format, arguments);
    const char *copy = arena_copy_text(&session->memory, str_buf_text(&text), text.length);
    str_buf_release(&text);
    return copy;
}

static bool was_reported(const tsx_diagnostics *self, tsx_span span) {
    if (span.file == 0) return false;
    for (size_t i = 0; i < self->all.length; i++) {
        const tsx_diag *other = self->all.items[i];
        if (other->span.file == span.file && other->span.start == span.start &&
            codes[other->code].severity == TSX_ERROR)
            return true;
    }
    return false;
}

tsx_diag *tsx_report(struct tsx_session *session, tsx_code code, tsx_span span, ...) {
    const tsx_code_facts *facts = tsx_code_get(code);
    tsx_diagnostics *all = &session->diagnostics;
    tsx_diag *diag = ARENA_NEW(&session->memory, tsx_diag);
    diag->code = code;
    diag->span = span;
    diag->help = facts->help;
    va_list arguments;
    va_start(arguments, span);
    diag->text = format_text(session, facts->text, arguments);
    va_end(arguments);
    if (facts->severity == TSX_ERROR && was_reported(all, span)) return diag;
    diag->order = all->error_count + all->warning_count;
    if (facts->severity == TSX_ERROR)
        all->error_count++;
    else
        all->warning_count++;
    if (all->all.length < TSX_DIAGS_KEPT_MAX) VEC_PUSH(&all->all, diag);
    return diag;
}

#define FORMAT_INTO(target)                                                                                  \
    do {                                                                                                     \
        va_list arguments;                                                                                   \
        va_start(arguments, format);                                                                         \
        (target) = format_text(session, format, arguments);                                                  \
        va_end(arguments);                                                                                   \
    } while (0)

void tsx_diag_label(struct tsx_session *session, tsx_diag *self, tsx_span span, const char *format, ...) {
    tsx_label *label = ARENA_NEW(&session->memory, tsx_label);
    label->span = span;
    FORMAT_INTO(label->text);
    tsx_label **end = &self->labels;
    while (*end != NULL) end = &(*end)->next;
    *end = label;
}

void tsx_diag_note(struct tsx_session *session, tsx_diag *self, const char *format, ...) {
    tsx_note *note = ARENA_NEW(&session->memory, tsx_note);
    FORMAT_INTO(note->text);
    tsx_note **end = &self->notes;
    while (*end != NULL) end = &(*end)->next;
    *end = note;
}

void tsx_diag_mark(struct tsx_session *session, tsx_diag *self, const char *format, ...) {
    FORMAT_INTO(self->mark);
}

void tsx_diag_help(struct tsx_session *session, tsx_diag *self, const char *format, ...) {
    FORMAT_INTO(self->help);
}

void tsx_nearest_init(tsx_nearest *self, str wanted) {
    int limit = (int)(wanted.length / 3);
    *self = (tsx_nearest){wanted, {NULL, 0}, (limit > 1 ? limit : 1) + 1};
}

void tsx_nearest_add(tsx_nearest *self, str candidate) {
    int distance = str_distance(self->wanted, candidate, self->distance - 1);
    bool shares_a_letter = (size_t)distance < self->wanted.length && (size_t)distance < candidate.length;
    if (distance < self->distance && shares_a_letter) {
        self->distance = distance;
        self->best = candidate;
    }
}

void tsx_diagnostics_release(tsx_diagnostics *self) { VEC_RELEASE(&self->all); }
