#include "driver/depfile.h"

static void add_path(str_buf *out, str path) {
    for (size_t i = 0; i < path.length; i++) {
        char c = path.bytes[i];
        if (c == '$') str_buf_add_char(out, '$');
        if (c == ' ' || c == '\t' || c == '#') {
            /* make halves the backslashes before an escaped blank */
            for (size_t back = i; back > 0 && path.bytes[back - 1] == '\\'; back--) str_buf_add_char(out, '\\');
            str_buf_add_char(out, '\\');
        }
        str_buf_add_char(out, c);
    }
}

void depfile_write(str target, const str *paths, size_t count, str_buf *out) {
    add_path(out, target);
    str_buf_add_char(out, ':');
    for (size_t i = 0; i < count; i++) {
        str_buf_add_text(out, i == 0 ? " " : " \\\n  ");
        add_path(out, paths[i]);
    }
    str_buf_add_char(out, '\n');
    for (size_t i = 0; i < count; i++) {
        str_buf_add_char(out, '\n');
        add_path(out, paths[i]);
        str_buf_add_text(out, ":\n");
    }
}
