/* parse/parse.h: what cannot stand in a file under tests/compile/parse: texts that are made here, and limits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "parse/parse.h"

typedef struct parsed {
    tsx_session session;
    tsx_module_node *module;
} parsed;

static void parse(parsed *self, str text) {
    tsx_session_init(&self->session);
    uint32_t file = tsx_files_add(&self->session.files, STR("a.tsx"), text);
    self->module = tsx_as_module(tsx_parse_module(&self->session, file));
}

static void expect_code(str text, const char *code) {
    parsed self;
    parse(&self, text);
    if (code == NULL) {
        assert_int_equal(self.session.diagnostics.error_count, 0);
    } else {
        assert_int_equal(self.session.diagnostics.error_count, 1);
        assert_string_equal(tsx_code_get(self.session.diagnostics.all.items[0]->code)->name, code);
    }
    tsx_session_release(&self.session);
}

static void bad_encodings_are_refused(void **state) {
    expect_code(STR("const a = '\xFF';"), "C0005");
    expect_code(STR("const a = '\xC0\x80';"), "C0005");
    expect_code(STR("const a = '\xED\xA0\x80';"), "C0005");
    expect_code(STR("const a = '\xF4\x90\x80\x80';"), "C0005");
    expect_code(STR("const a = '\xE2\x82"), "C0005");
    expect_code(STR("const a = '\0';"), "C0006");
    expect_code(STR("\xEF\xBB\xBF"
                    "const a = '\xF0\x9F\x98\x80\xC3\xA4';\r\nconst b = 1;\r\n"),
                NULL);
    expect_code(STR(""), NULL);
    expect_code(STR("#!/usr/bin/env creact\nconst a = 1;"), NULL);
}

/* open * count + middle + close * count */
static void expect_nested(const char *open, const char *middle, const char *close, int count,
                          const char *code) {
    str_buf text;
    str_buf_init(&text);
    str_buf_add_text(&text, "x = ");
    for (int i = 0; i < count; i++) str_buf_add_text(&text, open);
    str_buf_add_text(&text, middle);
    for (int i = 0; i < count; i++) str_buf_add_text(&text, close);
    expect_code(str_buf_str(&text), code);
    str_buf_release(&text);
}

static void nesting_is_limited(void **state) {
    static const char *const shapes[][3] = {
        {"(", "1", ")"},     {"[", "", "]"},      {"{a:", "1", "}"},     {"f(", "", ")"},
        {"!", "a", ""},      {"a + ", "b", ""},   {"", "a", ".b"},       {"", "a", "()"},
        {"a => ", "b", ""},  {"<A>", "", "</A>"}, {"a ? b : ", "c", ""}, {"a = ", "b", ""},
        {"`${", "a", "}`"},  {"", "a", "!"},      {"a ** ", "b", ""},    {"", "a", " as A"},
        {"await ", "a", ""},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        expect_nested(shapes[i][0], shapes[i][1], shapes[i][2], 50, NULL);
        expect_nested(shapes[i][0], shapes[i][1], shapes[i][2], 20000, "C0007");
    }
}

static void nested_statements_and_types_are_limited(void **state) {
    expect_nested("1; { ", "", "}", 20000, "C0007");
    expect_nested("a; while (b) if (c) ", "d", "", 1, NULL);
    expect_nested("y as A<", "B", ">", 1, NULL);
    str_buf text;
    str_buf_init(&text);
    for (int i = 0; i < 20000; i++) str_buf_add_text(&text, "if (a) ");
    str_buf_add_text(&text, "b");
    expect_code(str_buf_str(&text), "C0007");
    str_buf_clear(&text);
    str_buf_add_text(&text, "type A = ");
    for (int i = 0; i < 20000; i++) str_buf_add_text(&text, "(");
    str_buf_add_text(&text, "B");
    for (int i = 0; i < 20000; i++) str_buf_add_text(&text, ")");
    expect_code(str_buf_str(&text), "C0007");
    str_buf_clear(&text); /* never closed: the grammar must not even see it */
    for (int i = 0; i < 70000; i++) str_buf_add_text(&text, "(");
    expect_code(str_buf_str(&text), "C0007");
    str_buf_release(&text);
}

static void the_limit_is_where_it_says(void **state) {
    char text[2 * (TSX_NESTING_MAX + 1)];
    for (size_t levels = TSX_NESTING_MAX; levels <= TSX_NESTING_MAX + 1; levels++) {
        memset(text, '{', levels);
        memset(text + levels, '}', levels);
        expect_code((str){text, 2 * levels}, levels > TSX_NESTING_MAX ? "C0007" : NULL);
    }
}

static void wide_is_not_deep(void **state) {
    str_buf text;
    str_buf_init(&text);
    str_buf_add_text(&text, "type T = 'a'");
    for (int i = 0; i < 5000; i++) str_buf_add_format(&text, " | 'b%d'", i);
    str_buf_add_text(&text, ";\nx = [");
    for (int i = 0; i < 50000; i++) str_buf_add_format(&text, "%d, ", i);
    str_buf_add_text(&text, "];\n");
    expect_code(str_buf_str(&text), NULL);
    str_buf_release(&text);
}

static void a_line_of_a_megabyte_is_fine(void **state) {
    str_buf text;
    str_buf_init(&text);
    str_buf_add_text(&text, "const a = '");
    for (int i = 0; i < 1024 * 1024; i++) str_buf_add_char(&text, 'x');
    str_buf_add_text(&text, "';");
    expect_code(str_buf_str(&text), NULL);
    str_buf_release(&text);
}

static void collect(tsx_node *child, void *context) {
    uint32_t *checked = context;
    (*checked)++;
    assert_non_null(child->parent);
    assert_true(child->id > 0);
    uint32_t below = 0;
    tsx_for_each_child(child, collect, &below);
    *checked += below;
}

static void every_node_has_its_parent_and_an_id(void **state) {
    parsed self;
    parse(&self, STR("function f({ a }: P) { return <A b={a!}>{c?.d}</A>; }"));
    uint32_t checked = 0;
    tsx_for_each_child(&self.module->base, collect, &checked);
    assert_true(checked > 15);
    assert_null(self.module->base.parent);
    tsx_session_release(&self.session);
}

static void numbers_are_exact(void **state) {
    static const struct {
        const char *text;
        double value;
    } numbers[] = {
        {"0", 0},
        {"1e21", 1e21},
        {"5e-324", 5e-324},
        {"1.7976931348623157e308", 1.7976931348623157e308},
        {"1e400", 1.0 / 0.0},
        {"9007199254740993", 9007199254740992.0},
        {"0x20000000000001", 9007199254740992.0},
        {"0o400000000000000003", 9007199254740996.0},
        {"0b11", 3},
        {"1_000.5", 1000.5},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        parsed self;
        parse(&self, str_of(numbers[i].text));
        assert_int_equal(self.session.diagnostics.error_count, 0);
        tsx_node *number = tsx_as_expression_stmt(self.module->body.items[0])->expression;
        assert_true(tsx_as_number(number)->value == numbers[i].value);
        tsx_session_release(&self.session);
    }
}

/* The value of an expression statement that is a string or a template without substitutions. */
static void expect_text(str source, const char *value) {
    parsed self;
    parse(&self, source);
    assert_int_equal(self.session.diagnostics.error_count, 0);
    tsx_node *node = tsx_as_expression_stmt(self.module->body.items[0])->expression;
    str text = node->kind == TSX_NODE_STRING
                   ? tsx_as_string(node)->value
                   : tsx_as_template_text(tsx_as_template(node)->texts.items[0])->value;
    assert_int_equal(text.length, strlen(value));
    assert_memory_equal(text.bytes, value, text.length);
    tsx_session_release(&self.session);
}

static void texts_are_cooked(void **state) {
    expect_text(STR("'a\\\nb'"), "ab");
    expect_text(STR("'a\\\r\nb'"), "ab");
    expect_text(STR("'a\\\xE2\x80\xA8" "b'"), "ab");
    expect_text(STR("'\xE2\x80\xA8'"), "\xE2\x80\xA8");
    expect_text(STR("`a\r\nb\rc\nd`"), "a\nb\nc\nd");
    expect_text(STR("`a\\\r\nb`"), "ab");
    expect_text(STR("'\\u{41}\\x42\\u0043'"), "ABC");
    expect_text(STR("'\\uD83D\\uDE00'"), "\xF0\x9F\x98\x80");
    expect_text(STR("'\\uD83D'"), "\xED\xA0\xBD");
    expect_text(STR("'\\uDE00\\uD83D'"), "\xED\xB8\x80\xED\xA0\xBD");
    expect_code(STR("'a\nb';"), "C0014");
    expect_code(STR("x = 'a\rb';"), "C0014");
}

static void assignment_operators_know_what_they_do(void **state) {
    for (int op = TSX_OP_ASSIGN + 1; op < TSX_OP_COUNT; op++) {
        const char *inner = tsx_op_text(tsx_op_of_assignment((tsx_op)op)), *outer = tsx_op_text((tsx_op)op);
        assert_int_equal(strlen(inner) + 1, strlen(outer));
        assert_memory_equal(inner, outer, strlen(inner));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_encodings_are_refused),
        cmocka_unit_test(nesting_is_limited),
        cmocka_unit_test(nested_statements_and_types_are_limited),
        cmocka_unit_test(the_limit_is_where_it_says),
        cmocka_unit_test(wide_is_not_deep),
        cmocka_unit_test(a_line_of_a_megabyte_is_fine),
        cmocka_unit_test(every_node_has_its_parent_and_an_id),
        cmocka_unit_test(numbers_are_exact),
        cmocka_unit_test(texts_are_cooked),
        cmocka_unit_test(assignment_operators_know_what_they_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
