#include <stdlib.h>

#include "parse/lower.h"

typedef struct entity {
    const char *name;
    uint32_t character;
} entity;

static const entity entities[] = {
#define ENTITY(name, character) {#name, character},
#include "parse/entities.def"
#undef ENTITY
};

static int compare_entity(const void *name, const void *candidate) {
    const str *wanted = name;
    return str_compare(*wanted, str_of(((const entity *)candidate)->name));
}

uint32_t entity_character(str name) {
    const entity *found =
        bsearch(&name, entities, sizeof entities / sizeof entities[0], sizeof entities[0], compare_entity);
    return found != NULL ? found->character : 0;
}
