/* cli/progress.h: shows a deployment while it runs.
 *
 * Three forms: on a terminal a line for each finished operation, with a live block under it (what runs, for how
 * long, its last line of output, a bar); elsewhere lines with a time stamp; with --json an object a line.
 *
 *     progress_init -> (progress_begin -> progress_event, progress_tick … -> progress_end)* -> progress_release
 *
 * Ownership: borrows the cli. Errors: none; a stream that fails is found when the program ends.             */
#ifndef CREACT_CLI_PROGRESS_H
#define CREACT_CLI_PROGRESS_H

#include "base/vec.h"
#include "cli/cli.h"
#include "deploy/engine.h"

enum {
    PROGRESS_RUNNING_MAX = 8,                /* operations shown in the live block */
    PROGRESS_STILL_RUNNING_MS = 30 * 1000,   /* elsewhere: how often a long operation says that it is alive */
};

typedef struct running_operation {
    const change *change;
    uint64_t started_ms, said_ms; /* monotonic; said_ms: when a line about it was last written */
    str_buf last_line;
} running_operation;

typedef struct failed_operation {
    const change *change; /* may be NULL */
    char *text;
} failed_operation;

typedef struct progress {
    cli *cli;
    bool live;              /* a block is kept at the bottom of the terminal */
    uint32_t block_lines;   /* of the block, as drawn */
    uint32_t total, done, failed, skipped;
    uint64_t started_ms;
    uint32_t frame;
    VEC(running_operation *) running;
    VEC(failed_operation) failures;
    VEC(const change *) left; /* not started */
} progress;

void progress_init(progress *self, cli *cli);
void progress_release(progress *self);
/* A wave of `total` changes starts. */
void progress_begin(progress *self, uint32_t total);
/* For deploy_observer. */
void progress_event(void *self, const deploy_event *event);
void progress_tick(void *self);
/* Takes the live block away. */
void progress_end(progress *self);
/* A line to the user above the live block; goes to stderr where there is none. */
void progress_note(progress *self, const char *text);

/* "created", "updated" …: an operation in the past. */
const char *change_past(change_kind kind);

#endif
