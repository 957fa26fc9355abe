#include "driver/stats.h"

#include <string.h>
#include <time.h>

static const char *const stage_names[STAGE_COUNT] = {
#define X(id, name) name,
    STAGE_LIST(X)
#undef X
};

uint64_t stats_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

void stats_start(tsx_stats *self) {
    memset(self, 0, sizeof *self);
    self->started_us = stats_now();
}

void stats_add(tsx_stats *self, tsx_stage stage, uint64_t since_us) { self->stage_us[stage] += stats_now() - since_us; }

/* Everything that is counted, by its name. */
typedef struct figure {
    const char *name;
    uint64_t value;
} figure;

void stats_print(const tsx_stats *self, bool as_json, FILE *out) {
    const figure figures[] = {
        {"files", self->files},         {"sourceBytes", self->source_bytes}, {"modules", self->modules},
        {"nodes", self->nodes},         {"functions", self->functions},      {"instructions", self->instructions},
        {"tables", self->tables},       {"strings", self->strings},          {"cBytes", self->c_bytes},
        {"objects", self->objects},     {"cachedObjects", self->cached},     {"binaryBytes", self->binary_bytes},
        {"memoryBytes", self->memory_bytes},
    };
    uint64_t total = stats_now() - self->started_us;
    if (as_json) fputs("{\"stats\":{", out);
    for (int i = 0; i < STAGE_COUNT; i++) {
        double ms = (double)self->stage_us[i] / 1000;
        fprintf(out, as_json ? "\"%sMs\":%.3f," : "%-16s %10.3f ms\n", stage_names[i], ms);
    }
    fprintf(out, as_json ? "\"totalMs\":%.3f" : "total            %10.3f ms\n", (double)total / 1000);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        fprintf(out, as_json ? ",\"%s\":%llu" : "%-16s %10llu\n", figures[i].name, (unsigned long long)figures[i].value);
    }
    if (as_json) fputs("}}\n", out);
}
