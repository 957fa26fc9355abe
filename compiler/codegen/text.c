#include "codegen/emitter.h"

/* Three octal digits end an escape whatever follows; `?` could begin a trigraph. */
void add_c_string(str_buf *out, str bytes) {
    str_buf_add_char(out, '"');
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char c = (unsigned char)bytes.bytes[i];
        bool plain = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '?';
        if (plain) str_buf_add_char(out, (char)c);
        else if (c == '\n') str_buf_add_text(out, "\\n");
        else str_buf_add_format(out, "\\%03o", c);
    }
    str_buf_add_char(out, '"');
}

void add_c_name(str_buf *out, const char *name) {
    for (const char *c = name; *c != '\0'; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        str_buf_add_char(out, plain ? *c : '_');
    }
}
