/* bind/path: which files a specifier may mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "bind/path.h"

static arena memory;

static int set_up(void **state) {
    arena_init(&memory);
    return 0;
}

static int tear_down(void **state) {
    arena_release(&memory);
    return 0;
}

static void assert_str(str actual, const char *expected) {
    assert_string_equal(arena_copy_text(&memory, actual.bytes, actual.length), expected);
}

static void paths_are_normalised(void **state) {
    static const char *const rows[][2] = {
        {"a.tsx", "a.tsx"},     {"./a.tsx", "a.tsx"},         {"a/../b.tsx", "b.tsx"},   {"a//b/./c.ts", "a/b/c.ts"},
        {"../a.ts", "../a.ts"}, {"../../a.ts", "../../a.ts"}, {"a/../../b", "../b"},     {"/a/../b.ts", "/b.ts"},
        {"", ""},               {"/", "/"},                   {"a/b/", "a/b"},           {"a/..", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_str(tsx_path_normalize(&memory, str_of(rows[i][0])), rows[i][1]);
}

static void paths_are_named_from_the_folder_of_the_entry(void **state) {
    static const char *const rows[][3] = {
        {"", "a.tsx", "a.tsx"},
        {"app/", "app/a.tsx", "a.tsx"},
        {"app/", "app/parts/a.tsx", "parts/a.tsx"},
        {"app/", "shared/a.tsx", "../shared/a.tsx"},
        {"a/b/", "a/c/d.ts", "../c/d.ts"},
        {"", "../a.ts", "../a.ts"},
        {"../", "../../a.ts", "../a.ts"},
        {"a/b/", "../x.ts", "../../../x.ts"},
        {"/srv/app/", "/srv/lib/x.ts", "../lib/x.ts"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_str(tsx_path_relative(&memory, str_of(rows[i][0]), str_of(rows[i][1])), rows[i][2]);
}

static void the_folder_ends_in_a_slash(void **state) {
    assert_str(tsx_path_folder(STR("a/b.tsx")), "a/");
    assert_str(tsx_path_folder(STR("b.tsx")), "");
    assert_str(tsx_path_folder(STR("/b.tsx")), "/");
}

static void specifiers_are_told_apart(void **state) {
    static const char *const relative[] = {".", "..", "./a", "../a", "/a", "./"};
    static const char *const names[] = {"creact", "creact/local", ".a", "..a", "a/./b", "", "@scope/x"};
    for (size_t i = 0; i < sizeof relative / sizeof relative[0]; i++)
        assert_true(tsx_path_is_relative(str_of(relative[i])));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_false(tsx_path_is_relative(str_of(names[i])));
}

static void candidates_are_typescripts(void **state) {
    static const char *const rows[][3] = {
        /* folder, specifier, candidates */
        {"app/", "./a", "app/a.ts app/a.tsx app/a.d.ts app/a/index.ts app/a/index.tsx app/a/index.d.ts"},
        {"", "./a", "a.ts a.tsx a.d.ts a/index.ts a/index.tsx a/index.d.ts"},
        {"app/", "../a", "a.ts a.tsx a.d.ts a/index.ts a/index.tsx a/index.d.ts"},
        {"app/", "./a.js", "app/a.ts app/a.tsx app/a.d.ts"},
        {"app/", "./a.jsx", "app/a.tsx app/a.d.ts"},
        {"app/", "./a.tsx", "app/a.tsx"},
        {"app/", "./a.ts", "app/a.ts"},
        {"app/", "./a.d.ts", "app/a.d.ts"},
        {"app/", "./a.config", "app/a.config.ts app/a.config.tsx app/a.config.d.ts app/a.config/index.ts "
                               "app/a.config/index.tsx app/a.config/index.d.ts"},
        {"app/", ".", "app/index.ts app/index.tsx app/index.d.ts"},
        {"", ".", "index.ts index.tsx index.d.ts"},
        {"app/", "..", "index.ts index.tsx index.d.ts"},
        {"app/", "./parts/", "app/parts/index.ts app/parts/index.tsx app/parts/index.d.ts"},
        {"app/", "/abs/a.ts", "/abs/a.ts"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tsx_candidates candidates;
        tsx_path_candidates(&memory, str_of(rows[i][0]), str_of(rows[i][1]), &candidates);
        str_buf all;
        str_buf_init(&all);
        for (int k = 0; k < candidates.count; k++) {
            if (k > 0) str_buf_add_char(&all, ' ');
            str_buf_add_str(&all, candidates.items[k]);
        }
        assert_string_equal(str_buf_text(&all), rows[i][2]);
        str_buf_release(&all);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_are_normalised),
        cmocka_unit_test(paths_are_named_from_the_folder_of_the_entry),
        cmocka_unit_test(the_folder_ends_in_a_slash),
        cmocka_unit_test(specifiers_are_told_apart),
        cmocka_unit_test(candidates_are_typescripts),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
