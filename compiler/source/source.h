/* source/source.h: the files of one compilation, and places in them.
 *
 * A place is a span of byte offsets; line and column are computed only when something is shown. Texts can be
 * added without a file behind them (tests, unsaved editor buffers).
 *
 * Calling sequence:  tsx_files_init -> (tsx_files_read | tsx_files_add)* -> lookups -> tsx_files_release
 * Ownership: the table owns paths and texts; what lookups give out is borrowed and lives as long as the table.
 * Limits:    TSX_SOURCE_BYTES_MAX a file. A text is not checked here; the parser answers for UTF-8 and NUL. */
#ifndef CREACT_SOURCE_SOURCE_H
#define CREACT_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "creact/status.h"

/* Offsets are 32 bits, and no source file written by a person comes near this size. */
#define TSX_SOURCE_BYTES_MAX (16u * 1024 * 1024)

/* The bytes [start, end) of a file. All zero stands for "no place" (`tsx_no_span`). */
typedef struct tsx_span {
    uint32_t file; /* index into the table of files, from 1; 0: no file */
    uint32_t start, end;
} tsx_span;

#define tsx_no_span ((tsx_span){0, 0, 0})

/* From the start of `first` to the end of `last`, both in one file. */
static inline tsx_span tsx_span_join(tsx_span first, tsx_span last) {
    return (tsx_span){first.file, first.start, last.end};
}

typedef struct tsx_file {
    str path;              /* as the user wrote it, or as an import was resolved; what messages show */
    str text;              /* NUL-terminated beyond its length; a byte order mark was taken off */
    uint32_t *line_starts; /* offsets; NULL until the first lookup */
    uint32_t line_count;
} tsx_file;

typedef struct tsx_files {
    VEC(tsx_file *) files; /* file number n is items[n - 1] */
    arena memory;
} tsx_files;

void tsx_files_init(tsx_files *self);
void tsx_files_release(tsx_files *self);

/* Reads the file at `path` and sets *file to its number. A path that was read or added before gives the same
 * number again. CR_E_NO_INPUT: missing or unreadable; CR_E_DATA: past TSX_SOURCE_BYTES_MAX. */
cr_status tsx_files_read(tsx_files *self, str path, uint32_t *file, cr_error *err);

/* Adds a text under a path, without looking at the disk. Copies both. Returns its number. */
uint32_t tsx_files_add(tsx_files *self, str path, str text);

const tsx_file *tsx_files_get(const tsx_files *self, uint32_t file);

/* The bytes of a span. */
str tsx_files_text(const tsx_files *self, tsx_span span);

/* Line and column of an offset, both from 1; columns count UTF-16 units, as editors and tsc do. */
typedef struct tsx_position {
    uint32_t line, column;
} tsx_position;
tsx_position tsx_files_position(tsx_files *self, uint32_t file, uint32_t offset);

/* One line without its line end. Lines end at LF, CR LF or CR. `line` is from 1. */
str tsx_files_line(tsx_files *self, uint32_t file, uint32_t line);
/* The offset at which a line starts. */
uint32_t tsx_files_line_start(tsx_files *self, uint32_t file, uint32_t line);

/* The length of the UTF-8 character at `at` (which is inside the text); 0: what is there is none (cut off, too long, a
 * surrogate, or past the end of Unicode). */
size_t tsx_utf8_length(str text, size_t at);

/* How many terminal cells a text takes (tabs count as one; wide East Asian characters as two). */
uint32_t tsx_display_width(str text);

#endif
