/* providers/mock/world.h: the cloud of the mock provider: what its resources are, outside of the program that
 * made them.
 *
 * A folder with one file, effects.log, that only grows: a line for each effect, `create <id> <token> <outputs
 * as JSON>`, `update …` likewise, `delete <id> <token>`. A line is written in one piece and synced: an effect
 * happened or it did not, whenever the process dies. Tests count the lines to see that everything was made
 * exactly once. Without a folder the world is forgotten with the process. */
#ifndef CREACT_MOCK_WORLD_H
#define CREACT_MOCK_WORLD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "creact/status.h"
#include "os/file.h"

typedef struct world_thing {
    char token[40];
    const char *outputs; /* JSON */
} world_thing;

typedef struct world {
    bool kept; /* in a folder */
    os_log log;
    arena memory;
    map things; /* id -> world_thing, NULL when deleted */
} world;

/* `directory` NULL: not kept. */
cr_status world_open(world *self, const char *directory, cr_error *err);
void world_close(world *self);
/* NULL: there is none. */
const world_thing *world_find(const world *self, const char *id);
/* Makes an effect: "create", "update" (with outputs) or "delete" (without). */
cr_status world_effect(world *self, const char *effect, const char *id, const char *token,
                       const char *outputs, cr_error *err);

#endif
