/* builtins/: each call of builtins_cases.tsv answers what node answered (make_builtins_cases.js made the file). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "builtins/builtins.h"
#include "builtins/inspect.h"
#include "builtins/regexp.h"
#include "json/json.h"
#include "value/error.h"
#include "value/number.h"
#include "value/object.h"
#include "value/property.h"
#include "value/string.h"

static const struct named_global {
    const char *name;
    const void *object;
} globals[] = {
#define CR_GLOBAL(name, kind) {#name, &cr_global_##name},
#define CR_GLOBAL_CONSTANT(name, value)
#include "creact/globals.def"
#undef CR_GLOBAL
#undef CR_GLOBAL_CONSTANT
};

static cr_value parse(cr_context *cx, const char *text) {
    cr_value value = CR_UNDEFINED;
    cr_error err;
    if (json_read(cx, str_of(text), &value, &err) != CR_OK) fail_msg("%s: %s", err.message, text);
    return value;
}

/* {"$":"NaN"} and its like become what they stand for, everywhere inside. */
static cr_value revive(cr_context *cx, cr_value v) {
    static const struct {
        const char *name;
        double number;
    } numbers[] = {{"NaN", 0.0 / 0.0}, {"Infinity", 1.0 / 0.0}, {"-Infinity", -1.0 / 0.0}, {"-0", -0.0}};
    if (cr_is_array(v)) {
        for (uint32_t i = 0; i < cr_as_array(v)->length; i++) cr_as_array(v)->items[i] = revive(cx, cr_as_array(v)->items[i]);
        return v;
    }
    if (!cr_is_kind(v, CR_KIND_OBJECT)) return v;
    if (cr_is_string(cr_field(v, "re"))) {
        cr_value regexp = regexp_new(cx, cr_as_string(cr_field(v, "re")), cr_as_string(cr_field(v, "flags")));
        if (regexp == CR_EXCEPTION) {
            print_error("%s\n", error_describe(cx, cr_catch(cx), false));
            return CR_UNDEFINED;
        }
        return regexp;
    }
    cr_value name = cr_field(v, "$");
    if (cr_string_is(name, "undefined")) return CR_UNDEFINED;
    if (cr_string_is(name, "hole")) return CR_HOLE;
    for (size_t i = 0; i < 4; i++)
        if (cr_string_is(name, numbers[i].name)) return cr_number(numbers[i].number);
    for (uint32_t i = 0; i < cr_as_object(v)->count; i++) cr_as_object(v)->slots[i].value.bits = revive(cx, cr_as_object(v)->slots[i].value.bits);
    return v;
}

static cr_value find_global(const char *name) {
    for (size_t i = 0; i < sizeof globals / sizeof *globals; i++)
        if (strcmp(globals[i].name, name) == 0) return cr_from_pointer(globals[i].object);
    fail_msg("no global %s", name);
    return CR_UNDEFINED;
}

/* What the case answers, in the form of the file. */
static void run_case(cr_context *cx, char *fields[4], str_buf *out) {
    cr_value receiver = parse(cx, fields[0]), arguments = revive(cx, parse(cx, fields[2]));
    const char *name = cr_is_string(receiver) ? cr_to_utf8(cx, receiver, NULL) : "";
    receiver = name[0] == '@' ? find_global(name + 1) : revive(cx, receiver);
    const cr_array *argv = cr_as_array(arguments);
    cr_value result = fields[1][0] == '\0' ? cr_call(cx, receiver, CR_UNDEFINED, argv->length, argv->items, name)
                                           : cr_invoke(cx, receiver, fields[1], argv->length, argv->items);
    if (result == CR_EXCEPTION) {
        assert_int_equal(context_pending(cx), PENDING_THROWN);
        const char *message = cr_to_utf8(cx, cr_field(cr_catch(cx), "message"), NULL);
        str_buf_add_format(out, "!%s", strstr(message, "is not a function") != NULL ? "not a function" : message);
        return;
    }
    inspect(cx, result, INSPECT_DEPTH, out);
    if (!cr_is_array(receiver)) return;
    str_buf_add_text(out, " now ");
    inspect(cx, receiver, INSPECT_DEPTH, out);
}

static void calls_answer_what_node_answers(void **state) {
    FILE *file = fopen(TEST_SOURCE_DIR "/unit/builtins_cases.tsv", "r");
    assert_non_null(file);
    char *line = NULL;
    size_t capacity = 0, count = 0, wrong = 0;
    cr_context *cx = context_new(NULL);
    builtins_install(cx);
    while (getline(&line, &capacity, file) > 0) {
        char *fields[4], *rest = line;
        for (int i = 0; i < 4; i++) fields[i] = strsep(&rest, "\t\n");
        str_buf got;
        str_buf_init(&got);
        run_case(cx, fields, &got);
        const char *wanted = cr_to_utf8(cx, parse(cx, fields[3]), NULL);
        if (strcmp(str_buf_text(&got), wanted) != 0 && wrong++ < 60)
            print_error("%s .%s %s\n  want %s\n  got  %s\n", fields[0], fields[1], fields[2], wanted, str_buf_text(&got));
        str_buf_release(&got);
        count++;
    }
    context_free(cx);
    free(line);
    fclose(file);
    print_message("%zu calls, %zu wrong\n", count, wrong);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(calls_answer_what_node_answers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
