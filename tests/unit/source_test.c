/* source/source.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "source/source.h"

static int set_up(void **state) {
    tsx_files *files = mem_alloc(sizeof *files);
    tsx_files_init(files);
    *state = files;
    return 0;
}

static int tear_down(void **state) {
    tsx_files_release(*state);
    mem_free(*state);
    return 0;
}

static void expect_position(tsx_files *files, uint32_t file, uint32_t offset, uint32_t line,
                            uint32_t column) {
    tsx_position position = tsx_files_position(files, file, offset);
    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
}

static void lines_end_at_lf_crlf_and_cr(void **state) {
    uint32_t file = tsx_files_add(*state, STR("a.tsx"), STR("ab\ncd\r\nef\rgh"));
    expect_position(*state, file, 0, 1, 1);
    expect_position(*state, file, 2, 1, 3);
    expect_position(*state, file, 3, 2, 1);
    expect_position(*state, file, 7, 3, 1);
    expect_position(*state, file, 10, 4, 1);
    expect_position(*state, file, 12, 4, 3);
    assert_true(str_is(tsx_files_line(*state, file, 2), "cd"));
    assert_true(str_is(tsx_files_line(*state, file, 4), "gh"));
}

static void empty_texts_have_one_line(void **state) {
    uint32_t file = tsx_files_add(*state, STR("a.tsx"), STR(""));
    expect_position(*state, file, 0, 1, 1);
    assert_int_equal(tsx_files_line(*state, file, 1).length, 0);
    file = tsx_files_add(*state, STR("b.tsx"), STR("\n"));
    expect_position(*state, file, 1, 2, 1);
}

static void columns_count_utf16_units(void **state) {
    uint32_t file = tsx_files_add(*state, STR("a.tsx"), STR("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80x"));
    expect_position(*state, file, 2, 1, 2);
    expect_position(*state, file, 5, 1, 3);
    expect_position(*state, file, 9, 1, 5);
}

static void a_byte_order_mark_is_taken_off(void **state) {
    uint32_t file = tsx_files_add(*state, STR("a.tsx"), STR("\xEF\xBB\xBFx"));
    assert_true(str_is(tsx_files_get(*state, file)->text, "x"));
}

static void spans_give_their_text(void **state) {
    uint32_t file = tsx_files_add(*state, STR("a.tsx"), STR("abcdef"));
    assert_true(str_is(tsx_files_text(*state, (tsx_span){file, 2, 4}), "cd"));
    tsx_span joined = tsx_span_join((tsx_span){file, 1, 2}, (tsx_span){file, 4, 6});
    assert_true(str_is(tsx_files_text(*state, joined), "bcdef"));
}

static void widths_follow_the_terminal(void **state) {
    assert_int_equal(tsx_display_width(STR("abc")), 3);
    assert_int_equal(tsx_display_width(STR("a\tb")), 3);
    assert_int_equal(tsx_display_width(STR("\xE6\xBC\xA2")), 2);     /* a Chinese character */
    assert_int_equal(tsx_display_width(STR("\xF0\x9F\x98\x80")), 2); /* an emoji */
    assert_int_equal(tsx_display_width(STR("e\xCC\x81")), 1);        /* e with a combining accent */
    assert_int_equal(tsx_display_width(STR("\xC3\xA4")), 1);
    assert_int_equal(tsx_display_width(STR("\xFF\x80")), 1); /* not UTF-8: still no crash */
}

static void a_file_is_read_once(void **state) {
    char path[] = "/tmp/source_test_XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, "let x;", 6), 6);
    close(descriptor);
    uint32_t first = 0, second = 0;
    cr_error err;
    assert_int_equal(tsx_files_read(*state, str_of(path), &first, &err), CR_OK);
    assert_int_equal(tsx_files_read(*state, str_of(path), &second, &err), CR_OK);
    assert_int_equal(first, second);
    assert_true(str_is(tsx_files_get(*state, first)->text, "let x;"));
    unlink(path);
}

static void what_cannot_be_read_says_why(void **state) {
    uint32_t file = 7;
    cr_error err;
    assert_int_equal(tsx_files_read(*state, STR("/nonexistent/a.tsx"), &file, &err), CR_E_NO_INPUT);
    assert_string_equal(err.message, "cannot read '/nonexistent/a.tsx': No such file or directory");
    assert_int_equal(tsx_files_read(*state, STR("/tmp"), &file, &err), CR_E_NO_INPUT);
    assert_int_equal(file, 7);
}

static void the_size_limit_holds(void **state) {
    char path[] = "/tmp/source_test_XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    uint32_t file = 0;
    cr_error err;
    assert_int_equal(ftruncate(descriptor, (off_t)TSX_SOURCE_BYTES_MAX + 1), 0);
    assert_int_equal(tsx_files_read(*state, str_of(path), &file, &err), CR_E_DATA);
    assert_int_equal(ftruncate(descriptor, TSX_SOURCE_BYTES_MAX), 0);
    assert_int_equal(tsx_files_read(*state, str_of(path), &file, &err), CR_OK);
    close(descriptor);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_end_at_lf_crlf_and_cr, set_up, tear_down),
        cmocka_unit_test_setup_teardown(empty_texts_have_one_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(columns_count_utf16_units, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_byte_order_mark_is_taken_off, set_up, tear_down),
        cmocka_unit_test_setup_teardown(spans_give_their_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(widths_follow_the_terminal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_is_read_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_says_why, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_size_limit_holds, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
