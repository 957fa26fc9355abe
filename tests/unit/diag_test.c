/* diag/diag.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "diag/diag.h"
#include "diag/session.h"

static int set_up(void **state) {
    tsx_session *session = mem_alloc(sizeof *session);
    tsx_session_init(session);
    *state = session;
    return 0;
}

static int tear_down(void **state) {
    tsx_session_release(*state);
    mem_free(*state);
    return 0;
}

/* What the session's diagnostics print; the caller frees it. */
static char *printed(tsx_session *session, tsx_diag_format format, bool colour) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    tsx_diagnostics_print(session, format, colour, out);
    fclose(out);
    return text;
}

static void expect_printed(tsx_session *session, tsx_diag_format format, const char *expected) {
    char *text = printed(session, format, false);
    assert_string_equal(text, expected);
    free(text);
}

static void text_shows_line_caret_labels_and_help(void **state) {
    tsx_session *session = *state;
    uint32_t file = tsx_files_add(&session->files, STR("infra/index.tsx"), STR("a\n\nconst path = 1;\n"));
    tsx_diag *diag = tsx_report(session, TSX_C0011, (tsx_span){file, 9, 13}, "path");
    tsx_diag_mark(session, diag, "%s", "here");
    tsx_diag_label(session, diag, (tsx_span){file, 0, 1}, "like '%s'", "a");
    tsx_diag_note(session, diag, "note %d", 1);
    expect_printed(session, TSX_FORMAT_TEXT,
                   "error[C0011]: 'const' declaration of 'path' has no value\n"
                   "  --> infra/index.tsx:3:7\n"
                   "3 | const path = 1;\n"
                   "  |       ^^^^ here\n"
                   "  ::: infra/index.tsx:1:1\n"
                   "1 | a\n"
                   "  | - like 'a'\n"
                   "  = help: give it a value, or use 'let'\n"
                   "  = note: note 1\n");
}

static void carets_stand_under_wide_characters(void **state) {
    tsx_session *session = *state;
    uint32_t file =
        tsx_files_add(&session->files, STR("a.tsx"), STR("\xE6\xBC\xA2\t\xE6\xBC\xA2\xE6\xBC\xA2;"));
    tsx_report(session, TSX_C0018, (tsx_span){file, 4, 10});
    expect_printed(session, TSX_FORMAT_TEXT,
                   "error[C0018]: 'return' stands outside a function\n"
                   "  --> a.tsx:1:3\n"
                   "1 | \xE6\xBC\xA2 \xE6\xBC\xA2\xE6\xBC\xA2;\n"
                   "  |    ^^^^\n");
}

static void a_place_over_several_lines_is_marked_on_the_first(void **state) {
    tsx_session *session = *state;
    uint32_t file = tsx_files_add(&session->files, STR("a.tsx"), STR("ab\ncd"));
    tsx_report(session, TSX_C0018, (tsx_span){file, 1, 5});
    expect_printed(session, TSX_FORMAT_TEXT,
                   "error[C0018]: 'return' stands outside a function\n  --> a.tsx:1:2\n1 | ab\n  |  ^\n");
}

static void the_end_of_the_file_can_be_marked(void **state) {
    tsx_session *session = *state;
    uint32_t file = tsx_files_add(&session->files, STR("a.tsx"), STR("ab\n"));
    tsx_report(session, TSX_C0018, (tsx_span){file, 3, 3});
    expect_printed(session, TSX_FORMAT_TEXT,
                   "error[C0018]: 'return' stands outside a function\n  --> a.tsx:2:1\n2 | \n  | ^\n");
}

static void long_lines_are_shown_in_part(void **state) {
    tsx_session *session = *state;
    char *line = mem_alloc(1000000);
    memset(line, 'x', 1000000);
    uint32_t file = tsx_files_add(&session->files, STR("a.tsx"), (str){line, 1000000});
    mem_free(line);
    tsx_report(session, TSX_C0018, (tsx_span){file, 500000, 500003});
    char *text = printed(session, TSX_FORMAT_TEXT, false);
    assert_true(strlen(text) < 600);
    free(text);
}

static void no_place_is_fine(void **state) {
    tsx_session *session = *state;
    tsx_report(session, TSX_C0018, tsx_no_span);
    tsx_report(session, TSX_C0018, tsx_no_span);
    expect_printed(session, TSX_FORMAT_TEXT,
                   "error[C0018]: 'return' stands outside a function\nerror[C0018]: 'return' stands outside "
                   "a function\n");
}

static void output_is_sorted_and_one_error_a_place(void **state) {
    tsx_session *session = *state;
    uint32_t a = tsx_files_add(&session->files, STR("a.tsx"), STR("abcdef"));
    uint32_t b = tsx_files_add(&session->files, STR("b.tsx"), STR("abcdef"));
    tsx_report(session, TSX_C0018, (tsx_span){b, 0, 1});
    tsx_report(session, TSX_C0018, (tsx_span){a, 3, 4});
    tsx_report(session, TSX_C0019, (tsx_span){a, 1, 4});
    tsx_report(session, TSX_C0018, (tsx_span){a, 1, 2});
    assert_int_equal(session->diagnostics.error_count, 3);
    expect_printed(session, TSX_FORMAT_TSC,
                   "a.tsx(1,2): error TS1105: 'break' stands outside a loop or 'switch'\n"
                   "a.tsx(1,4): error TS1108: 'return' stands outside a function\n"
                   "b.tsx(1,1): error TS1108: 'return' stands outside a function\n");
}

static void errors_are_capped_and_counted(void **state) {
    tsx_session *session = *state;
    char *text = mem_zeroed(1, 3000);
    memset(text, 'a', 3000);
    uint32_t file = tsx_files_add(&session->files, STR("a.tsx"), (str){text, 3000});
    mem_free(text);
    for (uint32_t i = 0; i < TSX_DIAGS_KEPT_MAX + 500; i++)
        tsx_report(session, TSX_C0018, (tsx_span){file, i, i + 1});
    assert_int_equal(session->diagnostics.error_count, TSX_DIAGS_KEPT_MAX + 500);
    char *out = printed(session, TSX_FORMAT_TEXT, false);
    assert_non_null(strstr(out, "1480 more errors not shown\n"));
    free(out);
    out = printed(session, TSX_FORMAT_JSON, false);
    int lines = 0;
    for (char *at = out; *at != '\0'; at++) lines += *at == '\n';
    assert_int_equal(lines, TSX_ERRORS_SHOWN_MAX + 1);
    free(out);
}

static void json_lines_hold_everything(void **state) {
    tsx_session *session = *state;
    uint32_t file = tsx_files_add(&session->files, STR("a \"b\".tsx"), STR("\xF0\x9F\x98\x80 x"));
    tsx_diag *diag = tsx_report(session, TSX_C0011, (tsx_span){file, 5, 6}, "x");
    tsx_diag_label(session, diag, (tsx_span){file, 0, 4}, "label");
    char *text = printed(session, TSX_FORMAT_JSON, false);
    cJSON *object = cJSON_Parse(text);
    assert_non_null(object);
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(object, "code")), "C0011");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(object, "file")), "a \"b\".tsx");
    assert_int_equal(cJSON_GetObjectItem(cJSON_GetObjectItem(object, "start"), "column")->valueint, 4);
    assert_int_equal(cJSON_GetObjectItem(cJSON_GetObjectItem(object, "end"), "offset")->valueint, 6);
    assert_int_equal(cJSON_GetObjectItem(object, "ts")->valueint, 1155);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(object, "labels")), 1);
    cJSON_Delete(object);
    free(text);
}

static void colour_only_when_asked(void **state) {
    tsx_session *session = *state;
    tsx_report(session, TSX_C0018, tsx_no_span);
    char *text = printed(session, TSX_FORMAT_TEXT, true);
    assert_non_null(strchr(text, '\033'));
    free(text);
}

static void codes_are_sorted_and_well_worded(void **state) {
    for (int i = 0; i < TSX_CODE_COUNT; i++) {
        const tsx_code_facts *facts = tsx_code_get((tsx_code)i);
        if (i > 0) assert_true(strcmp(tsx_code_get((tsx_code)(i - 1))->name, facts->name) < 0);
        assert_int_equal(strlen(facts->name), 5);
        assert_true(facts->text[strlen(facts->text) - 1] != '.');
    }
}

static void did_you_mean_takes_the_nearest(void **state) {
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, STR("regoin"));
    tsx_nearest_add(&nearest, STR("name"));
    tsx_nearest_add(&nearest, STR("region"));
    tsx_nearest_add(&nearest, STR("regions"));
    assert_true(str_is(nearest.best, "region"));
    tsx_nearest_init(&nearest, STR("xyz"));
    tsx_nearest_add(&nearest, STR("name"));
    assert_null(nearest.best.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_shows_line_caret_labels_and_help, set_up, tear_down),
        cmocka_unit_test_setup_teardown(carets_stand_under_wide_characters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_place_over_several_lines_is_marked_on_the_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_end_of_the_file_can_be_marked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_lines_are_shown_in_part, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_place_is_fine, set_up, tear_down),
        cmocka_unit_test_setup_teardown(output_is_sorted_and_one_error_a_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(errors_are_capped_and_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_lines_hold_everything, set_up, tear_down),
        cmocka_unit_test_setup_teardown(colour_only_when_asked, set_up, tear_down),
        cmocka_unit_test(codes_are_sorted_and_well_worded),
        cmocka_unit_test(did_you_mean_takes_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
