/* console: prints what inspect makes of the arguments, at once. */
#include <stdio.h>

#include "builtins/inspect.h"
#include "builtins/table.h"

static void print(cr_context *cx, int stream, uint32_t argc, const cr_value *argv) {
    const cr_runtime *runtime = cx->runtime;
    str_buf text;
    str_buf_init(&text);
    inspect_arguments(cx, argc, argv, &text);
    str_buf_add_char(&text, '\n');
    if (runtime->console_to_stderr) stream = 2;
    if (runtime->hooks.print != NULL) {
        runtime->hooks.print(runtime->hooks.data, cx, stream, str_buf_str(&text));
    } else {
        FILE *file = stream == 1 ? stdout : stderr;
        fwrite(text.bytes, 1, text.length, file);
        fflush(file);
    }
    str_buf_release(&text);
}

static cr_value print_to(cr_context *cx, int stream, uint32_t argc, const cr_value *argv) {
    print(cx, stream, argc, argv);
    return CR_UNDEFINED;
}

NATIVE(console_log) { return print_to(cx, 1, argc, argv); }
NATIVE(console_info) { return print_to(cx, 1, argc, argv); }
NATIVE(console_debug) { return print_to(cx, 1, argc, argv); }
NATIVE(console_warn) { return print_to(cx, 2, argc, argv); }
NATIVE(console_error) { return print_to(cx, 2, argc, argv); }

BUILTIN_STATICS(console, MEMBERS_console, BUILTIN_NO_ROWS)
BUILTIN_OBJECT(console)
