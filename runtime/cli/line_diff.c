#include "cli/line_diff.h"

#include <stdint.h>

typedef VEC(str) lines;

static void split(str text, lines *out) {
    size_t start = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] != '\n') continue;
        VEC_PUSH(out, ((str){text.bytes + start, i - start}));
        start = i + 1;
    }
    if (start < text.length) VEC_PUSH(out, ((str){text.bytes + start, text.length - start}));
}

static void emit(line_diff *out, char sign, const str *from, size_t count) {
    for (size_t i = 0; i < count; i++) VEC_PUSH(out, ((diff_line){sign, from[i]}));
}

/* The middle part: a[0..n) against b[0..m). length[i][j] is the longest common subsequence of a[i..], b[j..]. */
static void diff_middle(const str *a, size_t n, const str *b, size_t m, line_diff *out) {
    if (n == 0 || m == 0 || n > LINE_DIFF_CELLS_MAX / m) {
        emit(out, '-', a, n);
        emit(out, '+', b, m);
        return;
    }
    size_t width = m + 1;
    uint32_t *length = mem_zeroed((n + 1) * width, sizeof *length);
    for (size_t i = n; i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            uint32_t down = length[(i + 1) * width + j], right = length[i * width + j + 1];
            length[i * width + j] = str_equal(a[i], b[j]) ? length[(i + 1) * width + j + 1] + 1 : down > right ? down : right;
        }
    size_t i = 0, j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && str_equal(a[i], b[j])) {
            emit(out, ' ', &a[i], 1);
            i++, j++;
        } else if (i < n && (j == m || length[(i + 1) * width + j] >= length[i * width + j + 1])) {
            emit(out, '-', &a[i++], 1);
        } else {
            emit(out, '+', &b[j++], 1);
        }
    }
    mem_free(length);
}

void line_diff_compute(str before, str after, line_diff *out) {
    lines a = {0}, b = {0};
    split(before, &a);
    split(after, &b);
    size_t head = 0, tail = 0;
    while (head < a.length && head < b.length && str_equal(a.items[head], b.items[head])) head++;
    while (tail < a.length - head && tail < b.length - head &&
           str_equal(a.items[a.length - 1 - tail], b.items[b.length - 1 - tail]))
        tail++;
    if (head > 0) emit(out, ' ', a.items, head);
    if (a.length + b.length > 2 * (head + tail))
        diff_middle(a.items + head, a.length - head - tail, b.items + head, b.length - head - tail, out);
    if (tail > 0) emit(out, ' ', a.items + a.length - tail, tail);
    VEC_RELEASE(&a);
    VEC_RELEASE(&b);
}
