/* deploy/log.h: the lines of a state log, read and written; deploy/stack.h says what is in them. */
#ifndef CREACT_DEPLOY_LOG_H
#define CREACT_DEPLOY_LOG_H

#include "backends/backend.h"
#include "clouddom/record.h"

enum { STATE_FORMAT = 1 };

/* ---- reading ------------------------------------------------------------------------------------------- */

typedef struct log_facts {
    uint64_t intact_bytes; /* what follows is a torn line */
    bool newline_missing;  /* the last record is whole but for its line end */
    uint64_t lines;        /* records in the log, the head included */
    bool is_new;           /* there was no log */
} log_facts;

/* Replays `text` into *record (whose `stack` is set). Nothing of an unchanged resource is parsed but the head
 * of its line. `origin` names the log in messages. CR_E_DATA. */
cr_status log_replay(cr_context *cx, str text, const char *origin, stack_record *record, log_facts *facts,
                     cr_error *err);

/* ---- writing ------------------------------------------------------------------------------------------- */

/* Appends one line of `type` to *out: what `log_begin` opens, log_end closes; between them the fields. */
typedef struct log_line {
    str_buf *out;
    size_t start; /* of the line in `out` */
} log_line;
log_line log_begin(str_buf *out, uint64_t serial, const char *type);
void log_end(log_line *self);
/* ,"name":"text" / number / value as canonical JSON */
void log_text(log_line *self, const char *name, const char *text);
void log_number(log_line *self, const char *name, uint64_t number);
void log_value(log_line *self, cr_context *cx, const char *name, cr_value value);
/* All fields of a detailed record. `from`: the id that it had before, or NULL. */
void log_resource(log_line *self, cr_context *cx, const resource_record *record, const char *from);
/* A line that was read, with another serial. */
void log_copy(str_buf *out, uint64_t serial, str line);

#endif
