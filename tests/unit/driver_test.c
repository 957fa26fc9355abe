/* The driver's smaller parts: dependency files as make and ninja read them, and the command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "driver/depfile.h"
#include "driver/options.h"

static void expect(const char *target, const str *paths, size_t count, const char *text) {
    str_buf out;
    str_buf_init(&out);
    depfile_write(str_of(target), paths, count, &out);
    assert_string_equal(str_buf_text(&out), text);
    str_buf_release(&out);
}

static void test_plain(void **state) {
    (void)state;
    const str paths[] = {STR("app.tsx"), STR("lib/b.ts")};
    expect("app", paths, 2, "app: app.tsx \\\n  lib/b.ts\n\napp.tsx:\n\nlib/b.ts:\n");
    expect("app", NULL, 0, "app:\n");
}

static void test_odd_names(void **state) {
    (void)state;
    const str paths[] = {STR("a b.tsx"), STR("$x#1.ts"), STR("back\\ slash.ts")};
    expect("out dir/app", paths, 3,
           "out\\ dir/app: a\\ b.tsx \\\n  $$x\\#1.ts \\\n  back\\\\\\ slash.ts\n\na\\ b.tsx:\n\n$$x\\#1.ts:\n\nback\\\\\\ slash.ts:\n");
}

static cr_status parse(tsx_options *options, cr_error *error, int count, const char **words) {
    char *argv[16];
    for (int i = 0; i < count; i++) argv[i] = (char *)(uintptr_t)words[i];
    return options_parse(options, count, argv, error);
}
#define PARSE(...) parse(&options, &error, (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)), (const char *[]){__VA_ARGS__})

static void test_options(void **state) {
    (void)state;
    tsx_options options;
    cr_error error = {0};
    assert_int_equal(PARSE("creactc", "-O3", "-o", "app", "--format=json", "a.tsx", "-g", "-j2", "--emit-c", "dir", "-MF", "x.d"), CR_OK);
    assert_int_equal(options.optimise, 3);
    assert_string_equal(options.output, "app");
    assert_string_equal(options.entry, "a.tsx");
    assert_string_equal(options.emit_folder, "dir");
    assert_string_equal(options.depfile, "x.d");
    assert_true(options.depends && options.debug);
    assert_int_equal(options.jobs, 2);
    assert_int_equal(options.format, TSX_FORMAT_JSON);
    assert_int_equal(PARSE("creactc", "--", "-strange.tsx"), CR_OK);
    assert_string_equal(options.entry, "-strange.tsx");
}

static void test_wrong_options(void **state) {
    (void)state;
    tsx_options options;
    cr_error error = {0};
    assert_int_equal(PARSE("creactc"), CR_E_USAGE);
    assert_int_equal(PARSE("creactc", "--nope", "a.tsx"), CR_E_USAGE);
    assert_string_equal(error.message, "there is no option '--nope'; see --help");
    assert_int_equal(PARSE("creactc", "a.tsx", "-o"), CR_E_USAGE);
    assert_int_equal(PARSE("creactc", "a.tsx", "b.tsx"), CR_E_USAGE);
    assert_int_equal(PARSE("creactc", "a.tsx", "--dump=nothing"), CR_E_USAGE);
    assert_string_equal(error.message, "'--dump' cannot be 'nothing': it is ast, bind, ir or c");
    assert_int_equal(PARSE("creactc", "a.tsx", "-j0"), CR_E_USAGE);
    assert_int_equal(PARSE("creactc", "a.tsx", "-O4"), CR_E_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_odd_names),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_wrong_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
