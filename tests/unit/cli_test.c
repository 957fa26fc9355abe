/* cli/: the command line, and texts exactly as a user sees them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "cli/arguments.h"
#include "cli/line_diff.h"
#include "cli/plan_json.h"
#include "cli/plan_text.h"
#include "cli/value_text.h"
#include "value/context.h"
#include "value/unknown.h"

/* ---- arguments ------------------------------------------------------------------------------------------- */

enum { WORDS_MAX = 8 };

/* Parses words that end with NULL. */
static cr_status parse(cli_options *options, cr_error *err, const char *const *words) {
    char *argv[WORDS_MAX + 1] = {(char *)(uintptr_t)"app"};
    int argc = 1;
    for (; words[argc - 1] != NULL; argc++) argv[argc] = (char *)(uintptr_t)words[argc - 1];
    return cli_options_parse(options, argc, argv, err);
}
#define PARSE(...) parse(&options, &err, (const char *const[]){__VA_ARGS__, NULL})

static void options_stand_before_and_after_the_command(void **state) {
    cli_options options;
    cr_error err;
    assert_int_equal(PARSE("--json", "plan", "-s", "shop", "--refresh=true", "--state-dir", "x"), CR_OK);
    assert_string_equal(options.command->name, "plan");
    assert_true(options.json);
    assert_string_equal(options.stack, "shop");
    assert_string_equal(options.state_dir, "x");
    assert_int_equal(options.refresh, REFRESH_TRUE);
    assert_int_equal(options.parallelism, CLI_PARALLELISM_DEFAULT);
    assert_int_equal(PARSE("apply", "-y", "-p", "1000"), CR_OK);
    assert_string_equal(options.command->name, "deploy");
    assert_int_equal(options.parallelism, CLI_PARALLELISM_MAX);
    assert_int_equal(PARSE("state", "show", "--", "--odd"), CR_OK);
    assert_string_equal(options.arguments[1], "--odd");
}

static void wrong_usage_is_told(void **state) {
    static const struct {
        const char *words[4];
        const char *message;
    } cases[] = {
        {{"plann"}, "unknown command 'plann'; did you mean 'plan'?"},
        {{"aply"}, "unknown command 'aply'; did you mean 'apply'?"},
        {{"frobnicate"}, "unknown command 'frobnicate'; 'help' lists the commands"},
        {{"plan", "--jsn"}, "unknown option '--jsn'; did you mean '--json'?"},
        {{"plan", "--no-such"}, "unknown option '--no-such'; '--help' lists the options"},
        {{"plan", "-q"}, "unknown option '-q'; '--help' lists the options"},
        {{"plan", "--stack"}, "'--stack' needs a value: NAME"},
        {{"plan", "--stack="}, "'--stack' needs a value that is not empty"},
        {{"plan", "--json=1"}, "'--json' takes no value"},
        {{"plan", "-y"}, "'plan' does not take '--auto-approve'"},
        {{"plan", "now"}, "'plan' does not take the argument 'now'"},
        {{"state"}, "'state' needs an argument: list | show ADDRESS"},
        {{"deploy", "-p", "0"}, "'--parallelism' takes a number from 1 to 1000, not '0'"},
        {{"deploy", "-p", "1001"}, "'--parallelism' takes a number from 1 to 1000, not '1001'"},
        {{"deploy", "-p", "4x"}, "'--parallelism' takes a number from 1 to 1000, not '4x'"},
        {{"plan", "--refresh", "maybe"}, "'--refresh' takes 'auto', 'true' or 'false', not 'maybe'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cli_options options;
        cr_error err;
        assert_int_equal(parse(&options, &err, cases[i].words), CR_E_USAGE);
        assert_string_equal(err.message, cases[i].message);
    }
}

static void help_lists_what_is_not_hidden(void **state) {
    str_buf text;
    str_buf_init(&text);
    cli_help("./app", "what it is", &text);
    assert_non_null(strstr(text.bytes, "  deploy, apply "));
    assert_non_null(strstr(text.bytes, "  state list | show ADDRESS "));
    assert_null(strstr(text.bytes, "__eval"));
    str_buf_clear(&text);
    cli_help_command("./app", cli_command_find("plan"), &text);
    assert_non_null(strstr(text.bytes, "--detailed-exitcode"));
    assert_null(strstr(text.bytes, "--auto-approve"));
    str_buf_release(&text);
}

/* ---- text ------------------------------------------------------------------------------------------------ */

static void columns_and_cuts(void **state) {
    str_buf out;
    str_buf_init(&out);
    assert_int_equal(text_columns(STR("abc")), 3);
    assert_int_equal(text_columns(STR("\033[31mred\033[0m")), 3);
    assert_int_equal(text_columns(STR("日本 é")), 6);
    text_add_cut(&out, STR("abcdef"), 6);
    assert_string_equal(str_buf_text(&out), "abcdef");
    str_buf_clear(&out);
    text_add_cut(&out, STR("abcdef"), 5);
    assert_string_equal(str_buf_text(&out), "abcd…");
    str_buf_clear(&out);
    text_add_cut(&out, STR("日本語"), 4);
    assert_string_equal(str_buf_text(&out), "日…");
    str_buf_clear(&out);
    text_add_cut(&out, STR("a\tb\033[31m"), 20);
    assert_string_equal(str_buf_text(&out), "a b [31m"); /* nothing that a resource prints reaches the terminal raw */
    str_buf_clear(&out);
    text_add_cut(&out, STR("\xFF\xC3(\xC2\x9B" "1m\xE6\x97"), 20);
    assert_string_equal(str_buf_text(&out), "\uFFFD\uFFFD( 1m\uFFFD\uFFFD");
    str_buf_clear(&out);
    text_add_duration(&out, 340);
    text_add_duration(&out, 2440);
    text_add_duration(&out, 200000);
    assert_string_equal(str_buf_text(&out), "340 ms2.4 s3 min 20 s");
    str_buf_release(&out);
}

static void diff_is(const char *before, const char *after, const char *expected) {
    line_diff diff = {0};
    line_diff_compute(str_of(before), str_of(after), &diff);
    str_buf out;
    str_buf_init(&out);
    for (size_t i = 0; i < diff.length; i++) str_buf_add_format(&out, "%c%.*s;", diff.items[i].sign, STR_ARGS(diff.items[i].text));
    assert_string_equal(str_buf_text(&out), expected);
    str_buf_release(&out);
    VEC_RELEASE(&diff);
}

static void line_diffs(void **state) {
    diff_is("", "", "");
    diff_is("a\nb\n", "a\nb\n", " a; b;");
    diff_is("a\nb\nc\n", "a\nx\nc\n", " a;-b;+x; c;");
    diff_is("", "a\n", "+a;");
    diff_is("a\n", "", "-a;");
    diff_is("a\na\n", "a\n", " a;-a;");
    diff_is("1\n2\n3\n4\n5\n", "1\n3\n4\nx\n5\n", " 1;-2; 3; 4;+x; 5;");
}

/* ---- values ---------------------------------------------------------------------------------------------- */

static cr_context *cx;

static int open_context(void **state) {
    cx = context_new(NULL);
    return 0;
}
static int close_context(void **state) {
    context_free(cx);
    return 0;
}

static cr_value text(const char *t) { return cr_string_text(cx, t); }

static void line_is(cr_value v, uint32_t columns, const char *expected) {
    str_buf out;
    str_buf_init(&out);
    value_text_line(cx, v, columns, &out);
    assert_string_equal(str_buf_text(&out), expected);
    str_buf_release(&out);
}

static cloud_node node = {.id = "0123456789abcdef", .address = "App/db", .construct = "Database", .index = 0};

static cr_value unknown_url(void) {
    cr_value host = unknown_output(cx, &node, cr_as_string(text("App/db")), cr_as_string(text("host")));
    cr_value parts[] = {text("postgres://"), host, text(":5432/app")};
    return unknown_concat(cx, 3, parts);
}

static void values_in_a_line(void **state) {
    line_is(CR_UNDEFINED, 0, "(not set)");
    line_is(CR_NULL, 0, "null");
    line_is(CR_TRUE, 0, "true");
    line_is(cr_number(0.1), 0, "0.1");
    line_is(text("a \"b\"\n\x01"), 0, "\"a \\\"b\\\"\\n\\u0001\"");
    cr_value object = cr_object_new(cx);
    cr_set_field(cx, object, "a", cr_number(1));
    cr_set_field(cx, object, "b-c", cr_array_new(cx, 1, (cr_value[]){text("x")}));
    line_is(object, 0, "{a: 1, \"b-c\": [\"x\"]}");
    line_is(object, 10, "{a: 1, \"b…");
    line_is(unknown_url(), 10, "(known after deployment: postgres://${App/db.host}:5432/app)");
}

static void change_is(cr_value before, cr_value after, uint32_t columns, const char *expected) {
    text_style style = {.columns = columns};
    str_buf out;
    str_buf_init(&out);
    value_text_change(cx, before, after, &style, 4, &out);
    assert_string_equal(str_buf_text(&out), expected);
    str_buf_release(&out);
}

static void changes_of_values(void **state) {
    change_is(cr_number(1), cr_number(2), 80, "1 → 2");
    change_is(CR_UNDEFINED, text("x"), 80, "(not set) → \"x\"");
    change_is(text("one\ntwo\nthree\n"), text("one\n2\nthree\n"), 80,
              "(lines: 1 removed, 1 added)\n      one\n    - two\n    + 2\n      three");
    change_is(text("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1"), text("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2"),
              60, "…aaaaaaaaaaaaaaaa1\" → …aaaaaaaaaaaaaaaa2\"");
}

/* ---- plans ------------------------------------------------------------------------------------------------ */

static void plan_of_two_changes(void **state) {
    static const cr_site site = {"app.tsx", 7, 3};
    cloud_node api = {.id = "fedcba9876543210", .address = "App/Compute/api", .construct = "Service", .index = 1, .site = &site};
    node.props = cr_object_new(cx);
    cr_set_field(cx, node.props, "engine", text("postgres"));
    api.props = cr_object_new(cx);
    resource_record record = {.id = "fedcba9876543210", .address = "App/Compute/api", .construct = "Service"};
    resource_record old = {.id = "00000000000000ff", .address = "App/Compute/old", .construct = "Service"};
    cloud_node_add_edge(&api, &node, CLOUD_EDGE_OUTPUT);
    attribute_change attributes[] = {{"env.URL", text("x"), unknown_url(), false}, {"port", cr_number(80), cr_number(81), true}};
    change create = {.kind = CHANGE_CREATE, .node = &node, .address = node.address};
    change replace = {.kind = CHANGE_REPLACE, .node = &api, .record = &record, .address = api.address, .batch = 1};
    change removal = {.kind = CHANGE_DELETE, .record = &old, .address = old.address, .batch = 1};
    for (size_t i = 0; i < 2; i++) VEC_PUSH(&replace.attributes, attributes[i]);
    cloud_dom dom = {.stack = "shop"};
    cloud_assumption assumption = {"${App/db.host}", "App/Compute", &site};
    cloud_input inputs[] = {{"env", "API_TOKEN", "abc"}, {"env", "MODE", NULL}};
    VEC_PUSH(&dom.assumptions, assumption);
    for (size_t i = 0; i < 2; i++) VEC_PUSH(&dom.inputs, inputs[i]);
    plan p;
    plan_init(&p);
    p.dom = &dom;
    change *changes[] = {&create, &replace, &removal};
    for (size_t i = 0; i < 3; i++) {
        VEC_PUSH(&p.changes.changes, changes[i]);
        p.changes.counts[changes[i]->kind]++;
    }
    p.changes.batch_count = 2;
    text_style style = {.columns = 100};
    str_buf out;
    str_buf_init(&out);
    plan_text(cx, &p, &style, &out);
    assert_string_equal(str_buf_text(&out),
                        "\n  App\n"
                        "    + db (Database)\n"
                        "        engine  \"postgres\"\n"
                        "\n  App/Compute\n"
                        "    -/+ api (Service)  because 'port' changes\n"
                        "        env.URL  \"x\" → (known after deployment: postgres://${App/db.host}:5432/app)\n"
                        "        port     80 → 81  (forces a new resource)\n"
                        "    - old (Service)\n"
                        "\nAssumed to be present (checked when the value is known):\n"
                        "    ${App/db.host}  in App/Compute\n"
                        "\nRead while rendering:\n"
                        "    env API_TOKEN (set, not shown)\n"
                        "    env MODE (not set)\n"
                        "\nOrder:\n"
                        "    batch 1: db\n"
                        "    batch 2: api, old\n"
                        "\nPlan: 1 to create, 0 to update, 1 to replace, 1 to delete\n");
    cr_value document = plan_to_value(cx, "shop", &p);
    cr_value changes_value = cr_field(document, "changes");
    assert_int_equal(cr_as_array(changes_value)->length, 3);
    cr_value second = cr_as_array(changes_value)->items[1];
    assert_true(cr_string_is(cr_field(second, "action"), "replace"));
    assert_true(cr_string_is(cr_field(cr_as_array(cr_field(second, "dependsOn"))->items[0], "address"), "App/db"));
    str_buf_release(&out);
    VEC_RELEASE(&dom.assumptions);
    VEC_RELEASE(&dom.inputs);
    VEC_RELEASE(&replace.attributes);
    VEC_RELEASE(&api.edges);
    VEC_RELEASE(&p.changes.changes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_before_and_after_the_command),
        cmocka_unit_test(wrong_usage_is_told),
        cmocka_unit_test(help_lists_what_is_not_hidden),
        cmocka_unit_test(columns_and_cuts),
        cmocka_unit_test(line_diffs),
        cmocka_unit_test(values_in_a_line),
        cmocka_unit_test(changes_of_values),
        cmocka_unit_test(plan_of_two_changes),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
