/* driver/stats.h: what a compilation took, for --stats. */
#ifndef CREACT_DRIVER_STATS_H
#define CREACT_DRIVER_STATS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Stages that are timed, in order. Loading a module reads and parses it. */
#define STAGE_LIST(X)                                                                                         \
    X(PARSE, "parse") X(BIND, "bind") X(TYPES, "types") X(LOWER, "lower") X(OPTIMISE, "optimise")             \
    X(GENERATE, "generate") X(COMPILE, "compile") X(LINK, "link")

typedef enum tsx_stage {
#define X(id, name) STAGE_##id,
    STAGE_LIST(X)
#undef X
    STAGE_COUNT
} tsx_stage;

typedef struct tsx_stats {
    uint64_t stage_us[STAGE_COUNT];
    uint64_t started_us; /* of the whole */
    uint64_t files, source_bytes, modules, nodes, functions, instructions, tables, strings, c_bytes;
    uint64_t objects, cached, binary_bytes, memory_bytes;
} tsx_stats;

void stats_start(tsx_stats *self);
/* Microseconds of now, to be given to stats_add. */
uint64_t stats_now(void);
void stats_add(tsx_stats *self, tsx_stage stage, uint64_t since_us);
void stats_print(const tsx_stats *self, bool as_json, FILE *out);

#endif
