/* codegen/emitter.h: what the files of the generator share; for codegen/ only. */
#ifndef CREACT_CODEGEN_EMITTER_H
#define CREACT_CODEGEN_EMITTER_H

#include "codegen/codegen.h"

typedef struct place_entry {
    uint32_t line, column;
} place_entry;

typedef struct emitter {
    const ir_module *module;
    tsx_files *files;
    bool exact_lines;
    str_buf *out;  /* where text goes now */
    str_buf keys;  /* the lists of keys, which stand before the functions */
    uint32_t key_list_count;
    VEC(place_entry) places;
    map place_index; /* "line:column" -> 1 + index */
    arena memory;
    uint32_t current_line; /* of the source: what the C compiler takes the next line for; 0: unknown */
} emitter;

/* A C string literal of bytes, quotes included: everything but plain ASCII is escaped. (text.c) */
void add_c_string(str_buf *out, str bytes);
/* Letters, digits and underscores of `name`; the rest become underscores. */
void add_c_name(str_buf *out, const char *name);

/* The number of the place of a span in the table S. (tables.c) */
uint32_t place_of_span(emitter *self, tsx_span span);
/* A constant as an expression of type cr_value. */
void add_constant(emitter *self, uint32_t index);
void add_strings(emitter *self);
void add_places(emitter *self);
void add_tables(emitter *self);

/* function.c */
void add_function(emitter *self, const ir_function *function);
void add_function_head(emitter *self, const ir_function *function);

#endif
