/* grammar/subset.def: no node type of the grammar can be overlooked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "base/str.h"

typedef struct row {
    const char *type;
    const char *role;
} row;

/* parse/tree.c makes its table of lowering functions from the same rows: a row without its function does not
 * link. */
static const row rows[] = {
#define STATEMENT(type, level, function)  {#type, "statement"},
#define EXPRESSION(type, level, function) {#type, "expression"},
#define TYPE(type, level, function)       {#type, "type"},
#define SPINE(type, level)                {#type, "spine"},
#define PART(type, level)                 {#type, "part"},
#define REFUSED(type, code)               {#type, "refused"},
#define ABSTRACT(type)                    {#type, "abstract"},
#include "subset.def"
};
enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

static const row *find_row(const char *type) {
    for (int i = 0; i < ROW_COUNT; i++) {
        if (strcmp(rows[i].type, type) == 0) return &rows[i];
    }
    return NULL;
}

static cJSON *read_node_types(void) {
    FILE *file = fopen(GRAMMAR_NODE_TYPES, "rb");
    assert_non_null(file);
    str_buf text;
    str_buf_init(&text);
    char piece[65536];
    for (size_t length; (length = fread(piece, 1, sizeof piece, file)) > 0;)
        str_buf_add(&text, piece, length);
    fclose(file);
    cJSON *types = cJSON_Parse(str_buf_text(&text));
    str_buf_release(&text);
    assert_non_null(types);
    return types;
}

static void every_node_type_has_a_row(void **state) {
    cJSON *types = read_node_types();
    int named = 0, missing = 0;
    const cJSON *type;
    cJSON_ArrayForEach(type, types) {
        if (!cJSON_IsTrue(cJSON_GetObjectItem(type, "named"))) continue;
        const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(type, "type"));
        const row *found = find_row(name);
        named++;
        if (found == NULL) {
            print_error("'%s' has no row in grammar/subset.def\n", name);
            missing++;
            continue;
        }
        bool is_supertype = cJSON_GetObjectItem(type, "subtypes") != NULL;
        assert_int_equal(is_supertype, strcmp(found->role, "abstract") == 0);
    }
    assert_int_equal(missing, 0);
    assert_int_equal(named, ROW_COUNT);
    cJSON_Delete(types);
}

static void rows_are_sorted(void **state) {
    for (int i = 1; i < ROW_COUNT; i++) assert_true(strcmp(rows[i - 1].type, rows[i].type) < 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_node_type_has_a_row),
        cmocka_unit_test(rows_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
