/* base/: arena, vec, map, str, status. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "creact/status.h"

static void arena_hands_out_aligned_pieces(void **state) {
    arena memory;
    arena_init(&memory);
    for (size_t size = 0; size < 3000; size += 7) {
        char *piece = arena_zeroed(&memory, size);
        assert_int_equal((uintptr_t)piece % 8, 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(piece[i], 0);
        memset(piece, 0xff, size);
    }
    assert_string_equal(arena_format(&memory, "%d-%s", 7, "x"), "7-x");
    assert_string_equal(arena_copy_text(&memory, "hello", 4), "hell");
    char *built = arena_resize(&memory, NULL, 0, 100);
    memset(built, 'b', 100);
    assert_ptr_equal(arena_resize(&memory, built, 100, 200), built);
    assert_ptr_equal(arena_resize(&memory, built, 200, 20), built);
    char *after = arena_alloc(&memory, 8);
    assert_ptr_equal(after, built + 24);
    assert_ptr_equal(arena_resize(&memory, built, 20, 10), built);
    char *moved = arena_resize(&memory, built, 20, 40);
    assert_ptr_not_equal(moved, built);
    assert_memory_equal(moved, built, 20);
    char *large = arena_alloc(&memory, 5u << 20);
    large[(5u << 20) - 1] = 1;
    arena_release(&memory);
}

static void vec_grows(void **state) {
    VEC(int) numbers = {0};
    for (int i = 0; i < 1000; i++) VEC_PUSH(&numbers, i);
    assert_int_equal(numbers.length, 1000);
    assert_int_equal(VEC_POP(&numbers), 999);
    assert_int_equal(numbers.items[500], 500);
    VEC_RELEASE(&numbers);
    assert_null(numbers.items);
}

static void map_keeps_insertion_order(void **state) {
    arena memory;
    arena_init(&memory);
    map names = {0};
    assert_null(map_get(&names, STR("absent")));
    for (intptr_t i = 0; i < 2000; i++) map_put(&names, str_of(arena_format(&memory, "key %d", (int)i)), (void *)(i + 1));
    for (intptr_t i = 0; i < 2000; i++) {
        assert_int_equal((intptr_t)map_get(&names, str_of(arena_format(&memory, "key %d", (int)i))), i + 1);
        assert_int_equal((intptr_t)names.entries[i].value, i + 1);
    }
    map_put(&names, STR("key 7"), NULL);
    assert_int_equal(names.count, 2000);
    map_release(&names);
    arena_release(&memory);
}

static void str_buf_builds_text(void **state) {
    str_buf text;
    str_buf_init(&text);
    assert_string_equal(str_buf_text(&text), "");
    str_buf_add_text(&text, "a");
    str_buf_add_format(&text, "%03d", 7);
    str_buf_add_char(&text, '!');
    assert_string_equal(str_buf_text(&text), "a007!");
    str_buf_clear(&text);
    assert_string_equal(str_buf_text(&text), "");
    str_buf_release(&text);
}

static void str_distance_counts_edits(void **state) {
    assert_int_equal(str_distance(STR("useState"), STR("useState"), 3), 0);
    assert_int_equal(str_distance(STR("useSatte"), STR("useState"), 3), 1);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting"), 3), 3);
    assert_int_equal(str_distance(STR("abc"), STR("xyz"), 2), 3);
    assert_int_equal(str_distance(STR(""), STR("ab"), 3), 2);
    assert_true(str_compare(STR("ab"), STR("abc")) < 0);
}

static void errors_are_cut_at_a_character(void **state) {
    char text[2048];
    for (size_t i = 0; i + 1 < sizeof text; i += 2) memcpy(text + i, "\xc3\xa4", 2);
    text[sizeof text - 2] = '\0';
    cr_error err;
    assert_int_equal(cr_fail(&err, CR_E_DATA, "%s", text), CR_E_DATA);
    size_t length = strlen(err.message);
    assert_true(length >= CR_ERROR_MESSAGE_BYTES_MAX - 3 && length % 2 == 0);
    assert_int_equal(cr_fail(NULL, CR_E_LOCKED, "x"), CR_E_LOCKED);
    assert_int_equal(cr_exit_status(CR_E_LOCKED), 75);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_hands_out_aligned_pieces), cmocka_unit_test(vec_grows),
        cmocka_unit_test(map_keeps_insertion_order),      cmocka_unit_test(str_buf_builds_text),
        cmocka_unit_test(str_distance_counts_edits),      cmocka_unit_test(errors_are_cut_at_a_character),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
