#include "base/str.h"

#include <stdio.h>

#include "base/bug.h"
#include "base/mem.h"

bool str_starts_with(str self, str prefix) {
    return self.length >= prefix.length && str_equal((str){self.bytes, prefix.length}, prefix);
}

bool str_ends_with(str self, str suffix) {
    return self.length >= suffix.length &&
           str_equal((str){self.bytes + self.length - suffix.length, suffix.length}, suffix);
}

int str_compare(str a, str b) {
    size_t shared = a.length < b.length ? a.length : b.length;
    int order = shared != 0 ? memcmp(a.bytes, b.bytes, shared) : 0;
    if (order != 0) return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

static int smaller(int a, int b) { return a < b ? a : b; }

enum { DISTANCE_LENGTH_MAX = 64 };

int str_distance(str a, str b, int limit) {
    if (a.length > DISTANCE_LENGTH_MAX || b.length > DISTANCE_LENGTH_MAX) return limit + 1;
    int rows[3][DISTANCE_LENGTH_MAX + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.length; j++) above[j] = (int)j;
    for (size_t i = 1; i <= a.length; i++) {
        int best = row[0] = (int)i;
        for (size_t j = 1; j <= b.length; j++) {
            int cost = a.bytes[i - 1] != b.bytes[j - 1];
            row[j] = smaller(smaller(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
            if (i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2] && a.bytes[i - 2] == b.bytes[j - 1])
                row[j] = smaller(row[j], before[j - 2] + 1);
            best = smaller(best, row[j]);
        }
        if (best > limit) return limit + 1;
        int *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.length] <= limit ? above[b.length] : limit + 1;
}

void str_buf_init(str_buf *self) { *self = (str_buf){0}; }

void str_buf_release(str_buf *self) {
    mem_free(self->bytes);
    str_buf_init(self);
}

void str_buf_clear(str_buf *self) {
    self->length = 0;
    if (self->bytes != NULL) self->bytes[0] = '\0';
}

static void reserve(str_buf *self, size_t more) {
    size_t wanted = self->length + more + 1;
    if (wanted <= self->capacity) return;
    size_t capacity = self->capacity != 0 ? self->capacity * 2 : 64;
    if (capacity < wanted) capacity = wanted;
    self->bytes = mem_resize(self->bytes, capacity);
    self->capacity = capacity;
}

void str_buf_add(str_buf *self, const char *bytes, size_t length) {
    reserve(self, length);
    if (length != 0) memcpy(self->bytes + self->length, bytes, length);
    self->length += length;
    self->bytes[self->length] = '\0';
}

void str_buf_add_text(str_buf *self, const char *text) { str_buf_add(self, text, strlen(text)); }

void str_buf_add_str(str_buf *self, str text) { str_buf_add(self, text.bytes, text.length); }

void str_buf_add_char(str_buf *self, char byte) {
    reserve(self, 1);
    self->bytes[self->length++] = byte;
    self->bytes[self->length] = '\0';
}

void str_buf_add_va(str_buf *self, const char *format, va_list arguments) {
    enum { USUAL_LENGTH = 63 }; /* most texts fit, so they are formatted once */
    va_list again;
    va_copy(again, arguments);
    reserve(self, USUAL_LENGTH);
    size_t room = self->capacity - self->length;
    int length = vsnprintf(self->bytes + self->length, room, format, arguments);
    MUST(length >= 0);
    if ((size_t)length >= room) {
        reserve(self, (size_t)length);
        vsnprintf(self->bytes + self->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    self->length += (size_t)length;
}

void str_buf_add_format(str_buf *self, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    str_buf_add_va(self, format, arguments);
    va_end(arguments);
}

const char *str_buf_text(const str_buf *self) { return self->bytes != NULL ? self->bytes : ""; }

char *str_buf_detach(str_buf *self) {
    reserve(self, 0);
    self->bytes[self->length] = '\0';
    char *bytes = self->bytes;
    str_buf_init(self);
    return bytes;
}
