#include "creact/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a text that filled its buffer before a started UTF-8 character. */
static void cut_at_character(char *text, size_t size) {
    size_t end = strlen(text);
    if (end + 1 < size) return;
    size_t start = end;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) start--;
    if (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0xC0) text[start - 1] = '\0';
}

cr_status cr_fail(cr_error *err, cr_status status, const char *format, ...) {
    if (err == NULL) return status;
    va_list arguments;
    va_start(arguments, format);
    err->status = status;
    int length = vsnprintf(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof err->message) cut_at_character(err->message, sizeof err->message);
    return status;
}

int cr_exit_status(cr_status status) {
    switch (status) {
#define X(name, value, exit_status, text)                                                                     \
    case name: return exit_status;
        CR_STATUS_LIST(X)
#undef X
    }
    return 70;
}
