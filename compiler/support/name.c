#include "support/name.h"

void tsx_names_init(tsx_names *self) {
    self->by_text = (map){0};
    arena_init(&self->memory);
}

void tsx_names_release(tsx_names *self) {
    map_release(&self->by_text);
    arena_release(&self->memory);
}

const tsx_name *tsx_intern(tsx_names *self, str text) {
    tsx_name *known = map_get(&self->by_text, text);
    if (known != NULL) return known;
    tsx_name *name = ARENA_NEW(&self->memory, tsx_name);
    name->text = (str){arena_copy_text(&self->memory, text.bytes, text.length), text.length};
    name->id = (uint32_t)self->by_text.count;
    map_put(&self->by_text, name->text, name);
    return name;
}
