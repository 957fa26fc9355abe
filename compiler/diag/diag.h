/* diag/diag.h: what the compiler tells its user.
 *
 * Every message has a code, and all facts of a code stand in one row of diag.def. A stage reports what it
 * finds and goes on; the driver prints everything at the end, sorted by place.
 *
 *     tsx_diag *d = tsx_report(session, TSX_C2002, node->span, "region", "Database");
 *     tsx_diag_label(session, d, declaration->span, "'%s' is declared here", "Database");
 *     tsx_diag_note(session, d, "…");
 *
 * One error a place: a second report of an error at the same start of the same file is dropped (the returned
 * record still takes labels and notes, so that callers need no test). See tsx_diagnostics_print for the cap.
 * Ownership: records live in the session's memory; all texts are copied.                                  */
#ifndef CREACT_DIAG_DIAG_H
#define CREACT_DIAG_DIAG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/str.h"
#include "base/vec.h"
#include "source/source.h"

struct tsx_session;

typedef enum tsx_severity { TSX_ERROR, TSX_WARNING } tsx_severity;

/* TSX_C0001 … : one for each row of diag.def. */
typedef enum tsx_code {
#define DIAG(code, severity, text, help, ts) TSX_##code,
#include "diag/diag.def"
#undef DIAG
    TSX_CODE_COUNT
} tsx_code;

/* A row of diag.def. */
typedef struct tsx_code_facts {
    const char *name; /* "C0001" */
    tsx_severity severity;
    const char *text; /* a printf format */
    const char *help; /* NULL: none */
    int ts;           /* the TypeScript code that it matches; 0: none */
} tsx_code_facts;
const tsx_code_facts *tsx_code_get(tsx_code code);

typedef struct tsx_label {
    tsx_span span;
    const char *text;
    struct tsx_label *next;
} tsx_label;

typedef struct tsx_note {
    const char *text;
    struct tsx_note *next;
} tsx_note;

typedef struct tsx_diag {
    tsx_code code;
    tsx_span span; /* tsx_no_span: about no file in particular */
    const char *text;
    const char *mark;  /* beside the caret; NULL: none */
    const char *help;  /* NULL: none */
    tsx_label *labels; /* other places that matter, in order of report */
    tsx_note *notes;
    uint32_t order; /* of report */
} tsx_diag;

/* Beyond this many records a report is only counted, so that a file of garbage stays cheap. */
#define TSX_DIAGS_KEPT_MAX 1000

typedef struct tsx_diagnostics {
    VEC(tsx_diag *) all; /* in order of report; at most TSX_DIAGS_KEPT_MAX */
    uint32_t error_count, warning_count;
} tsx_diagnostics;

/* Reports `code` at `span`; the rest are the arguments of its text. Never NULL. */
tsx_diag *tsx_report(struct tsx_session *session, tsx_code code, tsx_span span, ...);

/* Additions to a report. `_mark` is the words beside the caret, `_help` replaces the help of the table. */
void tsx_diag_label(struct tsx_session *session, tsx_diag *self, tsx_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void tsx_diag_note(struct tsx_session *session, tsx_diag *self, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void tsx_diag_mark(struct tsx_session *session, tsx_diag *self, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void tsx_diag_help(struct tsx_session *session, tsx_diag *self, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Did-you-mean: the candidate nearest to `wanted` (edit distance at most a third of its length, at least 1),
 * the first of equals; {NULL, 0} when none is near. Feed candidates one by one. */
typedef struct tsx_nearest {
    str wanted, best;
    int distance;
} tsx_nearest;
void tsx_nearest_init(tsx_nearest *self, str wanted);
void tsx_nearest_add(tsx_nearest *self, str candidate);

typedef enum tsx_diag_format { TSX_FORMAT_TEXT, TSX_FORMAT_JSON, TSX_FORMAT_TSC } tsx_diag_format;

/* Beyond this many errors the rest are only counted: the first mistakes are the ones to look at. */
#define TSX_ERRORS_SHOWN_MAX 20

/* Writes all that was reported to `out`, sorted by file number, place and code; at most TSX_ERRORS_SHOWN_MAX
 * errors and as many warnings, then how many more there were. Formats: text with carets (coloured if asked),
 * one JSON object a line, or tsc's own. */
void tsx_diagnostics_print(struct tsx_session *session, tsx_diag_format format, bool colour, FILE *out);

void tsx_diagnostics_release(tsx_diagnostics *self);

#endif
