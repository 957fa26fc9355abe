/* support/name.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/name.h"

static void equal_texts_are_one_name(void **state) {
    tsx_names names;
    tsx_names_init(&names);
    char copy[] = "props";
    const tsx_name *first = tsx_intern(&names, STR("props"));
    assert_ptr_equal(first, tsx_intern(&names, str_of(copy)));
    assert_ptr_not_equal(first, tsx_intern(&names, STR("prop")));
    assert_ptr_equal(tsx_intern(&names, STR("")), tsx_intern(&names, (str){copy, 0}));
    tsx_names_release(&names);
}

static void ids_follow_first_use(void **state) {
    tsx_names names;
    tsx_names_init(&names);
    for (uint32_t i = 0; i < 5000; i++) {
        char text[16];
        snprintf(text, sizeof text, "n%u", i);
        assert_int_equal(tsx_intern(&names, str_of(text))->id, i);
    }
    assert_int_equal(tsx_intern(&names, STR("n77"))->id, 77);
    assert_string_equal(tsx_intern(&names, STR("n4999"))->text.bytes, "n4999");
    tsx_names_release(&names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_are_one_name),
        cmocka_unit_test(ids_follow_first_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
