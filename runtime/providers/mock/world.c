#include "providers/mock/world.h"

#include <stdio.h>

#include "base/mem.h"

static void apply(world *self, str effect, str id, str token, str outputs) {
    if (map_get(&self->things, id) == NULL) id.bytes = arena_copy_text(&self->memory, id.bytes, id.length);
    world_thing *thing = NULL;
    if (!str_is(effect, "delete")) {
        thing = ARENA_NEW(&self->memory, world_thing);
        snprintf(thing->token, sizeof thing->token, "%.*s", STR_ARGS(token));
        thing->outputs = arena_copy_text(&self->memory, outputs.bytes, outputs.length);
    }
    map_put(&self->things, id, thing);
}

static str take_word(str *line) {
    const char *space = memchr(line->bytes, ' ', line->length);
    str word = {line->bytes, space != NULL ? (size_t)(space - line->bytes) : line->length};
    size_t used = word.length + (space != NULL ? 1 : 0);
    *line = (str){line->bytes + used, line->length - used};
    return word;
}

/* Replays what happened; a torn last line did not happen, and is cut. */
static cr_status replay(world *self, const char *path, cr_error *err) {
    char *text;
    size_t length, at = 0;
    cr_status status = os_file_read(path, &text, &length, err);
    if (status != CR_OK) return status;
    while (at < length) {
        const char *end = memchr(text + at, '\n', length - at);
        if (end == NULL) break;
        str line = {text + at, (size_t)(end - text) - at};
        str effect = take_word(&line), id = take_word(&line), token = take_word(&line);
        apply(self, effect, id, token, line);
        at = (size_t)(end - text) + 1;
    }
    mem_free(text);
    return at < length ? os_log_cut(&self->log, at, err) : CR_OK;
}

cr_status world_open(world *self, const char *directory, cr_error *err) {
    *self = (world){.log.descriptor = -1};
    arena_init(&self->memory);
    if (directory == NULL) return CR_OK;
    str_buf path;
    str_buf_init(&path);
    str_buf_add_format(&path, "%s/effects.log", directory);
    cr_status status = os_directory_make(directory, 0777, NULL, err);
    if (status == CR_OK) status = os_log_open(&self->log, str_buf_text(&path), 0644, err);
    if (status == CR_OK) status = replay(self, str_buf_text(&path), err);
    str_buf_release(&path);
    self->kept = status == CR_OK;
    if (status != CR_OK) world_close(self);
    return status;
}

void world_close(world *self) {
    os_log_close(&self->log);
    map_release(&self->things);
    arena_release(&self->memory);
}

const world_thing *world_find(const world *self, const char *id) {
    return map_get(&self->things, str_of(id));
}

cr_status world_effect(world *self, const char *effect, const char *id, const char *token,
                       const char *outputs, cr_error *err) {
    str_buf line;
    cr_status status = CR_OK;
    if (!self->kept) return CR_OK;
    str_buf_init(&line);
    str_buf_add_format(&line, "%s %s %s", effect, id, token);
    if (outputs != NULL) str_buf_add_format(&line, " %s", outputs);
    str_buf_add_char(&line, '\n');
    status = os_log_append(&self->log, line.bytes, line.length, err);
    if (status == CR_OK)
        apply(self, str_of(effect), str_of(id), str_of(token), str_of(outputs != NULL ? outputs : ""));
    str_buf_release(&line);
    return status;
}
