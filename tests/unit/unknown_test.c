/* Unknown values and origins (promise R1): what lifts, what assumes, what suspends, how it is printed. */
#include "unit/value_program.h"

#include "value/promise.h"

static int node_db, node_web, node_third; /* stand for cloud_nodes: only their addresses count */

static cr_value output(cr_context *cx, const void *node, const char *address, const char *path) {
    return unknown_output(cx, node, cr_as_string(text(cx, address)), path != NULL ? cr_as_string(text(cx, path)) : NULL);
}

static cr_value db_host(cr_context *cx) { return output(cx, &node_db, "Database/main-db", "host"); }

static const char *described(cr_context *cx, cr_value v) {
    if (v == CR_EXCEPTION) return shown(cx, v);
    str_buf out;
    str_buf_init(&out);
    unknown_describe(cx, v, &out);
    const char *copy = arena_copy_text(&cx->runtime->heap, str_buf_text(&out), out.length);
    str_buf_release(&out);
    return copy;
}

#define assert_described(cx, value, wanted) assert_string_equal(described((cx), (value)), (wanted))

static void data_operations_lift(void **state) {
    cr_context *cx = *state;
    cr_value host = db_host(cx), port = output(cx, &node_db, "Database/main-db", "port"), one = cr_number(1);
    assert_described(cx, host, "${Database/main-db.host}");
    assert_described(cx, output(cx, &node_db, "Database/main-db", NULL), "${Database/main-db}");
    cr_value parts[] = {text(cx, "postgres://"), host, text(cx, ":"), cr_number(5432), text(cx, "/app")};
    cr_value url = cr_template(cx, 5, parts);
    assert_described(cx, url, "postgres://${Database/main-db.host}:5432/app");
    assert_described(cx, cr_add(cx, url, text(cx, "?x")), "postgres://${Database/main-db.host}:5432/app?x");
    assert_described(cx, cr_add(cx, text(cx, "["), host), "[${Database/main-db.host}");
    assert_described(cx, cr_add(cx, port, one), "${Database/main-db.port + 1}");
    assert_described(cx, cr_mul(cx, cr_add(cx, port, one), cr_number(2)), "${(Database/main-db.port + 1) * 2}");
    assert_described(cx, cr_negate(cx, port), "${-Database/main-db.port}");
    assert_described(cx, cr_get(cx, host, cr_as_string(text(cx, "a-b"))), "${Database/main-db.host[\"a-b\"]}");
    assert_described(cx, cr_get_element(cx, host, cr_number(0)), "${Database/main-db.host[0]}");
    assert_described(cx, cr_call_method(cx, host, cr_as_string(text(cx, "split")), 1, (cr_value[]){text(cx, ",")}, "split"), "${Database/main-db.host.split(\",\")}");
    assert_described(cx, cr_invoke(cx, text(cx, "a.b"), "concat", 1, &host), "${\"a.b\".concat(Database/main-db.host)}");
    assert_described(cx, cr_invoke(cx, cr_from_pointer(&cr_global_Math), "max", 2, (cr_value[]){port, one}), "${Math.max(Database/main-db.port, 1)}");
    assert_described(cx, cr_call(cx, cr_from_pointer(&cr_global_parseInt), CR_UNDEFINED, 1, &port, "parseInt"), "${parseInt(Database/main-db.port)}");
    assert_described(cx, cr_call(cx, cr_from_pointer(&cr_global_String), CR_UNDEFINED, 1, &port, "String"), "${Database/main-db.port}");
    assert_described(cx, cr_invoke(cx, cr_from_pointer(&cr_global_Object), "keys", 1, &host), "${Object.keys(Database/main-db.host)}");
    cr_value list = cr_array_new(cx, 3, (cr_value[]){text(cx, "a"), host, cr_number(7)});
    assert_described(cx, invoke(cx, list, "join", "[\"-\"]"), "a-${Database/main-db.host}-7");
    assert_described(cx, cr_template(cx, 1, &list), "a,${Database/main-db.host},7");
    cr_value object = cr_object_new(cx);
    cr_set_field(cx, object, "hosts", list);
    assert_described(cx, cr_invoke(cx, cr_from_pointer(&cr_global_JSON), "stringify", 1, &object), "{\"hosts\":[\"a\",${JSON.stringify(Database/main-db.host)},7]}");
    assert_shown(cx, object, "{ hosts: [ 'a', ${Database/main-db.host}, 7 ] }");
    assert_true(value_has_unknown(cx, object));
    assert_false(value_has_unknown(cx, json(cx, "{\"a\":[1]}")));
}

static int assumptions;
static void note_assumption(void *data, cr_context *cx, cr_value unknown) {
    assert_true(cr_is_unknown(unknown));
    assumptions++;
}

static void truth_tests_assume(void **state) {
    cr_context *cx = *state;
    cr_value host = db_host(cx);
    assert_true(cr_truthy(cx, host)); /* no hook: nobody to tell */
    cx->runtime->hooks.assumed = note_assumption;
    assumptions = 0;
    assert_true(cr_truthy(cx, host));
    assert_false(cr_nullish(cx, host));
    assert_int_equal(cr_equal(cx, host, CR_UNDEFINED), CR_FALSE);
    assert_int_equal(cr_not_equal(cx, CR_NULL, host), CR_TRUE);
    assert_int_equal(assumptions, 4);
    assert_int_equal(cr_call(cx, cr_from_pointer(&cr_global_Boolean), CR_UNDEFINED, 1, &host, "Boolean"), CR_TRUE);
    assert_int_equal(assumptions, 5);
}

static void what_needs_the_content_suspends(void **state) {
    cr_context *cx = *state;
    cr_value host = db_host(cx), object = json(cx, "{\"a\":1}"), array = json(cx, "[1]");
    static const char wanted[] = "?${Database/main-db.host}";
    assert_shown(cx, cr_equal(cx, host, text(cx, "x")), wanted);
    assert_shown(cx, cr_less(cx, host, cr_number(1)), wanted);
    assert_shown(cx, cr_typeof(cx, host), wanted);
    assert_shown(cx, cr_get_element(cx, object, host), wanted);
    assert_shown(cx, cr_in(cx, host, object), wanted);
    assert_shown(cx, cr_delete(cx, object, host), wanted);
    assert_shown(cx, cr_for_in_keys(cx, host), wanted);
    assert_shown(cx, cr_instance_of(cx, host, cr_from_pointer(&cr_global_Map)), wanted);
    assert_shown(cx, cr_call_method(cx, host, cr_as_string(text(cx, "forEach")), 0, NULL, "forEach"), wanted);
    assert_shown(cx, cr_new(cx, cr_from_pointer(&cr_global_Set), 1, &host, "Set"), wanted);
    assert_shown(cx, cr_new(cx, cr_from_pointer(&cr_global_Map), 1, (cr_value[]){cr_array_new(cx, 1, &host)}, "Map"), wanted);
    cr_iterator iterator;
    assert_false(cr_iterate(cx, &iterator, host));
    assert_shown(cx, CR_EXCEPTION, wanted);
    assert_false(cr_object_spread(cx, object, host));
    assert_shown(cx, CR_EXCEPTION, wanted);
    assert_false(cr_array_spread(cx, array, host, ""));
    assert_shown(cx, CR_EXCEPTION, wanted);
    assert_false(cr_set(cx, host, cr_as_string(text(cx, "x")), CR_NULL));
    assert_shown(cx, CR_EXCEPTION, wanted);
    assert_int_equal(cr_equal(cx, host, CR_FALSE), CR_EXCEPTION);
    assert_int_equal(cr_catch(cx), CR_EXCEPTION); /* no catch clause sees it */
    cr_pending pending;
    cr_pending_save(cx, &pending); /* a finally clause runs and hands it on */
    assert_int_equal(context_pending(cx), PENDING_NONE);
    assert_int_equal(cr_pending_restore(cx, &pending), CR_EXCEPTION);
    assert_shown(cx, CR_EXCEPTION, wanted);
    assert_int_equal(cr_equal(cx, host, db_host(cx)), CR_TRUE); /* the same output is itself */
}

static void the_same_unknown_is_the_same(void **state) {
    cr_context *cx = *state;
    cr_value url[2];
    for (int i = 0; i < 2; i++) url[i] = cr_add(cx, text(cx, "http://"), db_host(cx));
    assert_true(url[0] != url[1]);
    assert_true(value_same(url[0], url[1]));
    assert_false(value_same(url[0], db_host(cx)));
    assert_false(value_same(db_host(cx), output(cx, &node_web, "Web", "host")));
    assert_true(value_equal_deep(cx, cr_array_new(cx, 2, (cr_value[]){url[0], CR_NULL}), cr_array_new(cx, 2, (cr_value[]){url[1], CR_NULL})));
    assert_true(value_equal_deep(cx, json(cx, "{\"a\":1,\"b\":[2]}"), json(cx, "{\"b\":[2],\"a\":1}")));
    assert_false(value_equal_deep(cx, json(cx, "{\"a\":1}"), json(cx, "{\"a\":1,\"b\":2}")));
}

static void assert_origin(const cr_origin *origin, uint32_t count, const void *const *nodes) {
    assert_int_equal(origin != NULL ? origin->count : 0, count);
    for (uint32_t i = 0; i < count; i++) assert_ptr_equal(origin->nodes[i], nodes[i]);
}

static void origins_survive_the_value_becoming_known(void **state) {
    cr_context *cx = *state;
    cr_value known = value_with_origin(cx, text(cx, "10.0.0.1,b"), origin_of_node(cx, &node_db));
    const void *db[] = {&node_db}, *both[] = {&node_db, &node_web};
    assert_shown(cx, known, "'10.0.0.1,b'");
    cr_value parts = invoke(cx, known, "split", "[\",\"]");
    assert_origin(value_origin(cx, parts), 1, db);
    static const char *const methods[] = {"toUpperCase", "trim", "slice", "concat", "padEnd", "repeat", "replace", "toString"};
    static const char *const arguments[] = {"[]", "[]", "[1]", "[\"x\"]", "[20]", "[2]", "[\"0\",\"1\"]", "[]"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) assert_origin(value_origin(cx, invoke(cx, known, methods[i], arguments[i])), 1, db);
    cr_value web = value_with_origin(cx, text(cx, "web"), origin_of_node(cx, &node_web));
    assert_origin(value_origin(cx, cr_add(cx, known, web)), 2, both);
    assert_origin(value_origin(cx, cr_template(cx, 3, (cr_value[]){known, text(cx, "-"), web})), 2, both);
    cr_value list = cr_array_new(cx, 3, (cr_value[]){known, db_host(cx), web});
    assert_origin(value_origin(cx, invoke(cx, list, "join", "[]")), 2, both);
    assert_origin(value_origin(cx, cr_invoke(cx, cr_from_pointer(&cr_global_JSON), "stringify", 1, (cr_value[]){web})), 1, &both[1]);
    cr_value object = json(cx, "{\"b\":{},\"a\":1}"), instance = cr_object_new(cx);
    cr_set_field(cx, cr_field(object, "b"), "list", list);
    cr_as_object(instance)->head.flags |= CR_FLAG_INSTANCE;
    cr_as_object(instance)->host = &node_third;
    cr_set_field(cx, object, "a", instance);
    cr_set_field(cx, cr_field(object, "b"), "self", object); /* a cycle ends */
    assert_origin(value_origin(cx, object), 3, (const void *[]){&node_db, &node_web, &node_third});
}

static cr_value need_content(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    if (cr_await(cx, cr_number(1)) == CR_EXCEPTION) return CR_EXCEPTION;
    return cr_typeof(cx, argv[0]);
}

static cr_value await_it(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    cr_value value = cr_await(cx, argv[0]);
    return value == CR_EXCEPTION && context_pending(cx) == PENDING_SUSPENDED ? cr_number(1) : value;
}

static void a_suspension_passes_through_promises(void **state) {
    static cr_string no_name = STRING_LITERAL_INIT("");
    static const cr_function_info needs = {&no_name, need_content, 1, CR_FUNCTION_ASYNC, {0, 0, 0}};
    static const cr_function_info awaits = {&no_name, await_it, 1, CR_FUNCTION_ASYNC, {0, 0, 0}};
    cr_context *cx = *state;
    cr_value host = db_host(cx);
    cr_value first = cr_call(cx, cr_closure(cx, &needs, 0, NULL), CR_UNDEFINED, 1, &host, "f");
    cr_value caught = promise_then(cx, first, CR_UNDEFINED, cr_from_pointer(&cr_global_String));
    cr_value second = cr_call(cx, cr_closure(cx, &awaits, 0, NULL), CR_UNDEFINED, 1, &caught, "g");
    assert_true(tasks_run(cx));
    assert_true(cr_as_promise(first)->suspended);
    assert_true(cr_as_promise(caught)->suspended);
    assert_int_equal(cr_as_promise(second)->state, PROMISE_FULFILLED);
    assert_true(tasks_unhandled(cx) == CR_UNDEFINED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        VALUE_TEST(data_operations_lift),
        VALUE_TEST(truth_tests_assume),
        VALUE_TEST(what_needs_the_content_suspends),
        VALUE_TEST(the_same_unknown_is_the_same),
        VALUE_TEST(origins_survive_the_value_becoming_known),
        VALUE_TEST(a_suspension_passes_through_promises),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
