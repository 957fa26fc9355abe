#include "source/source.h"

#include <errno.h>
#include <stdio.h>

#include "base/bug.h"

void tsx_files_init(tsx_files *self) {
    *self = (tsx_files){0};
    arena_init(&self->memory);
}

void tsx_files_release(tsx_files *self) {
    for (size_t i = 0; i < self->files.length; i++) mem_free(self->files.items[i]->line_starts);
    VEC_RELEASE(&self->files);
    arena_release(&self->memory);
}

static uint32_t find_path(const tsx_files *self, str path) {
    for (size_t i = 0; i < self->files.length; i++) {
        if (str_equal(self->files.items[i]->path, path)) return (uint32_t)i + 1;
    }
    return 0;
}

uint32_t tsx_files_add(tsx_files *self, str path, str text) {
    if (str_starts_with(text, STR("\xEF\xBB\xBF"))) text = (str){text.bytes + 3, text.length - 3};
    tsx_file *file = ARENA_NEW(&self->memory, tsx_file);
    file->path = (str){arena_copy_text(&self->memory, path.bytes, path.length), path.length};
    file->text = (str){arena_copy_text(&self->memory, text.bytes, text.length), text.length};
    VEC_PUSH(&self->files, file);
    return (uint32_t)self->files.length;
}

/* Reads all of `stream` into `text`, up to one byte more than the limit. False: errno tells why. */
static bool read_all(FILE *stream, str_buf *text) {
    char piece[65536];
    size_t length;
    while (text->length <= TSX_SOURCE_BYTES_MAX && (length = fread(piece, 1, sizeof piece, stream)) > 0)
        str_buf_add(text, piece, length);
    return !ferror(stream);
}

cr_status tsx_files_read(tsx_files *self, str path, uint32_t *file, cr_error *err) {
    uint32_t known = find_path(self, path);
    if (known != 0) {
        *file = known;
        return CR_OK;
    }
    const char *name = arena_copy_text(&self->memory, path.bytes, path.length);
    FILE *stream = fopen(name, "rb");
    if (stream == NULL) return cr_fail(err, CR_E_NO_INPUT, "cannot read '%s': %s", name, strerror(errno));
    str_buf text;
    str_buf_init(&text);
    cr_status status = CR_OK;
    if (!read_all(stream, &text))
        status = cr_fail(err, CR_E_NO_INPUT, "cannot read '%s': %s", name, strerror(errno));
    else if (text.length > TSX_SOURCE_BYTES_MAX)
        status = cr_fail(err, CR_E_DATA, "'%s' is larger than %u MB", name, TSX_SOURCE_BYTES_MAX >> 20);
    else
        *file = tsx_files_add(self, path, str_buf_str(&text));
    str_buf_release(&text);
    fclose(stream);
    return status;
}

const tsx_file *tsx_files_get(const tsx_files *self, uint32_t file) {
    MUST(file >= 1 && file <= self->files.length);
    return self->files.items[file - 1];
}

str tsx_files_text(const tsx_files *self, tsx_span span) {
    str text = tsx_files_get(self, span.file)->text;
    MUST(span.start <= span.end && span.end <= text.length);
    return (str){text.bytes + span.start, span.end - span.start};
}

/* The length of the line end at `at`: 0, 1 or 2. */
static uint32_t line_end_length(str text, uint32_t at) {
    if (at >= text.length) return 0;
    if (text.bytes[at] == '\n') return 1;
    if (text.bytes[at] != '\r') return 0;
    return at + 1 < text.length && text.bytes[at + 1] == '\n' ? 2 : 1;
}

static void find_lines(tsx_file *file) {
    VEC(uint32_t) starts = {0};
    VEC_PUSH(&starts, 0);
    for (uint32_t at = 0; at < file->text.length;) {
        uint32_t length = line_end_length(file->text, at);
        at += length != 0 ? length : 1;
        if (length != 0) VEC_PUSH(&starts, at);
    }
    file->line_starts = starts.items;
    file->line_count = (uint32_t)starts.length;
}

static tsx_file *file_with_lines(tsx_files *self, uint32_t file) {
    MUST(file >= 1 && file <= self->files.length);
    tsx_file *found = self->files.items[file - 1];
    if (found->line_starts == NULL) find_lines(found);
    return found;
}

tsx_position tsx_files_position(tsx_files *self, uint32_t file, uint32_t offset) {
    tsx_file *found = file_with_lines(self, file);
    MUST(offset <= found->text.length);
    uint32_t low = 0, high = found->line_count; /* the line is in [low, high) */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (found->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    uint32_t column = 1;
    for (uint32_t at = found->line_starts[low]; at < offset; at++) {
        unsigned char byte = (unsigned char)found->text.bytes[at];
        if ((byte & 0xC0) != 0x80) column += byte >= 0xF0 ? 2 : 1;
    }
    return (tsx_position){low + 1, column};
}

uint32_t tsx_files_line_start(tsx_files *self, uint32_t file, uint32_t line) {
    tsx_file *found = file_with_lines(self, file);
    MUST(line >= 1 && line <= found->line_count);
    return found->line_starts[line - 1];
}

str tsx_files_line(tsx_files *self, uint32_t file, uint32_t line) {
    uint32_t start = tsx_files_line_start(self, file, line);
    str text = tsx_files_get(self, file)->text;
    uint32_t end = start;
    while (end < text.length && line_end_length(text, end) == 0) end++;
    return (str){text.bytes + start, end - start};
}
