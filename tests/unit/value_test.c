/* value/: properties, functions, classes, errors, iteration, operators, promises. What the standard library
 * answers is builtins_test's. */
#include "unit/value_program.h"

#include "value/promise.h"

STRING_LITERAL(key_a, "a");
STRING_LITERAL(key_x, "x");
STRING_LITERAL(no_name, "");

/* ---- strings ---------------------------------------------------------------------------------------------------- */

static void strings_compare_by_units_whatever_their_width(void **state) {
    cr_context *cx = *state;
    cr_string *narrow = cr_as_string(text(cx, "caf\xc3\xa9"));
    static const uint16_t units[] = {'c', 'a', 'f', 0xe9};
    cr_string wide = *narrow;
    wide.units = units;
    wide.hash = 0;
    wide.head.flags |= CR_FLAG_WIDE;
    assert_true(cr_string_equal(narrow, &wide));
    assert_int_equal(cr_string_hash(narrow), cr_string_hash(&wide));
    assert_int_equal(string_compare(narrow, &wide), 0);
    assert_int_equal(string_index_of(narrow, &wide, 0), 0);
    cr_value object = cr_object_new(cx);
    object_define(cx, cr_as_object(object), narrow, cr_number(1), 0);
    assert_shown(cx, cr_get(cx, object, &wide), "1");
    assert_int_equal(cr_string_hash(cr_as_string(text(cx, ""))), 0x811c9dc5u);
    assert_int_equal(cr_string_hash(cr_as_string(text(cx, "a"))), 0xe40c292cu);
}

static void concatenation_grows_in_place_without_touching_older_strings(void **state) {
    cr_context *cx = *state;
    cr_value s = text(cx, "0123456789012345678901234567890123456789012345678901234567890123456789");
    cr_value first = cr_add(cx, s, text(cx, "a")), left = cr_add(cx, first, text(cx, "b")), right = cr_add(cx, first, text(cx, "c"));
    assert_int_equal(string_length(left), 72);
    assert_int_equal(cr_unit_at(cr_as_string(left), 71), 'b');
    assert_int_equal(cr_unit_at(cr_as_string(right), 71), 'c');
    size_t before = cx->runtime->heap.bytes;
    for (int i = 0; i < 10000; i++) s = cr_add(cx, s, text(cx, "0123456789"));
    assert_int_equal(string_length(s), 100070);
    assert_true(cx->runtime->heap.bytes - before < 3000000);
    cr_value wide = cr_add(cx, first, text(cx, "\xe2\x82\xac"));
    assert_int_equal(cr_unit_at(cr_as_string(wide), 71), 0x20ac);
}

static void utf8_goes_in_and_out(void **state) {
    cr_context *cx = *state;
    static const char *const good[] = {"", "plain", "caf\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbd"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_string_equal(cr_to_utf8(cx, text(cx, good[i]), NULL), good[i]);
    assert_string_equal(cr_to_utf8(cx, text(cx, "a\xff\xc3(\xe2\x82"), NULL), "a\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd");
    cr_value lone = text(cx, "\xed\xa0\xbd");
    assert_int_equal(string_length(lone), 1);
    assert_int_equal(cr_unit_at(cr_as_string(lone), 0), 0xd83d);
    assert_string_equal(cr_to_utf8(cx, lone, NULL), "\xef\xbf\xbd");
}

/* ---- properties --------------------------------------------------------------------------------------------------- */

static void keys_come_in_the_order_of_the_language(void **state) {
    cr_context *cx = *state;
    assert_shown(cx, invoke(cx, cr_from_pointer(&cr_global_Object), "keys", "[{\"b\":1,\"2\":2,\"a\":3,\"1\":4,\"-1\":5,\"01\":6}]"),
                 "[ '1', '2', 'b', 'a', '-1', '01' ]");
    cr_value object = json(cx, "{\"a\":1,\"b\":2}");
    assert_int_equal(cr_delete(cx, object, text(cx, "a")), CR_TRUE);
    assert_true(cr_set(cx, object, &key_a, cr_number(3)));
    assert_shown(cx, object, "{ b: 2, a: 3 }");
}

static void large_objects_find_add_and_remove(void **state) {
    cr_context *cx = *state;
    cr_value object = cr_object_new(cx);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 500; i++) assert_true(cr_set_element(cx, object, text(cx, arena_format(&cx->runtime->heap, "k%d", i)), cr_number(i)));
        for (int i = 0; i < 500; i += 2) assert_int_equal(cr_delete(cx, object, text(cx, arena_format(&cx->runtime->heap, "k%d", i))), CR_TRUE);
        for (int i = 0; i < 500; i++) {
            cr_value value = cr_get_element(cx, object, text(cx, arena_format(&cx->runtime->heap, "k%d", i)));
            assert_true(i % 2 == 0 ? value == CR_UNDEFINED : value == cr_number(i));
        }
        assert_int_equal(cr_as_object(object)->count, 250);
    }
}

static void static_objects_are_copied_before_the_first_write(void **state) {
    cr_context *cx = *state;
    static cr_slot slots[] = {{&key_a, {.bits = CR_TRUE}, 0, 0}};
    cr_object frozen = CR_STATIC_OBJECT(1, slots), open = frozen;
    open.head.flags = CR_FLAG_STATIC_SLOTS;
    assert_false(cr_set(cx, cr_from_pointer(&frozen), &key_a, CR_FALSE));
    assert_shown(cx, CR_EXCEPTION, "!TypeError: Cannot assign to read only property 'a' of object '#<Object>'");
    assert_false(cr_set(cx, cr_from_pointer(&frozen), &key_x, CR_FALSE));
    assert_shown(cx, CR_EXCEPTION, "!TypeError: Cannot add property x, object is not extensible");
    assert_true(cr_set(cx, cr_from_pointer(&open), &key_a, CR_FALSE));
    assert_true(slots[0].value.bits == CR_TRUE);
    assert_shown(cx, cr_from_pointer(&open), "{ a: false }");
    static const cr_template_object inner = {CR_STATIC_HEAD(TEMPLATE_OBJECT, 0, 1), slots};
    static const cr_const items[] = {{.pointer = &inner}, {.bits = CR_NULL}};
    static const cr_template_array outer = {CR_STATIC_HEAD(TEMPLATE_ARRAY, 0, 2), items};
    cr_value one = cr_instantiate(cx, &outer), two = cr_instantiate(cx, &outer);
    assert_true(cr_set(cx, cr_get_element(cx, one, cr_number(0)), &key_a, cr_number(7)));
    assert_shown(cx, one, "[ { a: 7 }, null ]");
    assert_shown(cx, two, "[ { a: true }, null ]");
}

static void messages_read_as_v8s(void **state) {
    cr_context *cx = *state;
    STRING_LITERAL(key_c, "c");
    assert_shown(cx, cr_get(cx, CR_UNDEFINED, &key_c), "!TypeError: Cannot read properties of undefined (reading 'c')");
    assert_shown(cx, cr_get_element(cx, CR_NULL, cr_number(3)), "!TypeError: Cannot read properties of null (reading '3')");
    assert_false(cr_set(cx, CR_UNDEFINED, &key_c, CR_NULL));
    assert_shown(cx, CR_EXCEPTION, "!TypeError: Cannot set properties of undefined (setting 'c')");
    assert_false(cr_set(cx, text(cx, "s"), &key_c, CR_NULL));
    assert_shown(cx, CR_EXCEPTION, "!TypeError: Cannot create property 'c' on string 's'");
    assert_shown(cx, cr_call(cx, CR_UNDEFINED, CR_UNDEFINED, 0, NULL, "q.z"), "!TypeError: q.z is not a function");
    assert_shown(cx, cr_new(cx, cr_number(1), 0, NULL, "x"), "!TypeError: x is not a constructor");
    assert_shown(cx, cr_uninitialized(cx, "x"), "!ReferenceError: Cannot access 'x' before initialization");
    assert_shown(cx, cr_assign_constant(cx), "!TypeError: Assignment to constant variable.");
    assert_shown(cx, cr_not_defined(cx, "y"), "!ReferenceError: y is not defined");
    assert_shown(cx, cr_in(cx, text(cx, "a"), cr_number(1)), "!TypeError: Cannot use 'in' operator to search for 'a' in 1");
    cr_iterator iterator;
    assert_false(cr_iterate(cx, &iterator, CR_UNDEFINED));
    assert_shown(cx, CR_EXCEPTION, "!TypeError: undefined is not iterable (cannot read property Symbol(Symbol.iterator))");
    assert_false(cr_set(cx, json(cx, "[]"), cr_as_string(text(cx, "length")), cr_number(-1)));
    assert_shown(cx, CR_EXCEPTION, "!RangeError: Invalid array length");
    assert_shown(cx, cr_new(cx, cr_from_pointer(&cr_global_Array), 1, (cr_value[]){cr_number(4e9)}, "Array"), "!RangeError: Invalid array length");
}

static void array_limit(void **state) {
    cr_context *cx = *state;
    cr_value array = json(cx, "[]");
    assert_true(cr_set_element(cx, array, cr_number(ARRAY_LENGTH_MAX - 1), CR_NULL));
    assert_false(cr_set_element(cx, array, cr_number(ARRAY_LENGTH_MAX), CR_NULL));
    assert_shown(cx, CR_EXCEPTION, "!RangeError: Invalid array length");
}

/* ---- functions and classes ---------------------------------------------------------------------------------------- */

static cr_value construct_base(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return cr_define_field(cx, this_value, text(cx, "x"), arg_at(argc, argv, 0)) ? CR_UNDEFINED : CR_EXCEPTION;
}

static cr_value construct_derived(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    cr_value doubled = cr_mul(cx, arg_at(argc, argv, 0), cr_number(2));
    this_value = cr_super_call(cx, self, 1, &doubled);
    return this_value;
}

static cr_value get_x(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return cr_get(cx, this_value, &key_x);
}

static cr_value fail_here(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    static const cr_site site = {"app.tsx", 7, 3};
    cx->site = &site;
    return throw_type_error(cx, "no");
}

static cr_string name_base = STRING_LITERAL_INIT("Base"), name_derived = STRING_LITERAL_INIT("Derived"), name_my = STRING_LITERAL_INIT("MyError");
static const cr_function_info info_base = {&name_base, construct_base, 1, CR_FUNCTION_CLASS, {"app.tsx", 1, 1}};
static const cr_function_info info_derived = {&name_derived, construct_derived, 1, CR_FUNCTION_CLASS | CR_FUNCTION_DERIVED, {"app.tsx", 2, 1}};
static const cr_function_info info_my = {&name_my, construct_derived, 1, CR_FUNCTION_CLASS | CR_FUNCTION_DERIVED, {"app.tsx", 3, 1}};
static const cr_function_info info_get_x = {&key_x, get_x, 0, CR_FUNCTION_METHOD, {"app.tsx", 4, 1}};
static const cr_function_info info_fail = {&key_a, fail_here, 0, 0, {"app.tsx", 6, 1}};

static void classes_construct_inherit_and_print(void **state) {
    cr_context *cx = *state;
    cr_value base = cr_closure(cx, &info_base, 0, NULL), derived = cr_closure(cx, &info_derived, 0, NULL), five = cr_number(5);
    assert_true(cr_class_method(cx, base, text(cx, "getX"), cr_closure(cx, &info_get_x, 0, NULL), false));
    assert_true(cr_class_accessor(cx, base, text(cx, "twice"), cr_closure(cx, &info_get_x, 0, NULL), CR_UNDEFINED, false));
    assert_true(cr_class_extends(cx, derived, base));
    cr_value one = cr_new(cx, base, 1, &five, "Base"), two = cr_new(cx, derived, 1, &five, "Derived");
    assert_shown(cx, one, "Base { x: 5 }");
    assert_shown(cx, two, "Derived { x: 10 }");
    assert_shown(cx, cr_invoke(cx, two, "getX", 0, NULL), "10");
    assert_shown(cx, cr_get_named(cx, two, "twice"), "10");
    assert_int_equal(cr_instance_of(cx, two, base), CR_TRUE);
    assert_int_equal(cr_instance_of(cx, one, derived), CR_FALSE);
    assert_shown(cx, derived, "[class Derived extends Base]");
    assert_shown(cx, cr_call(cx, base, CR_UNDEFINED, 0, NULL, "Base"), "!TypeError: Class constructor Base cannot be invoked without 'new'");
    assert_false(cr_set(cx, one, cr_as_string(text(cx, "twice")), CR_NULL));
    assert_shown(cx, CR_EXCEPTION, "!TypeError: Cannot set property twice of #<Base> which has only a getter");
    assert_shown(cx, json(cx, "{\"a\":[[[{}]]],\"b\":{\"c\":{\"d\":{\"e\":1}}}}"), "{ a: [ [ [Array] ] ], b: { c: { d: [Object] } } }");
}

static void errors_know_where_they_were_made(void **state) {
    cr_context *cx = *state;
    static const cr_site call_site = {"app.tsx", 20, 5};
    cx->site = &call_site;
    assert_int_equal(cr_call(cx, cr_closure(cx, &info_fail, 0, NULL), CR_UNDEFINED, 0, NULL, "a"), CR_EXCEPTION);
    cr_value error = cr_catch(cx);
    assert_string_equal(error_describe(cx, error, true), "TypeError: no\n    at a (app.tsx:7:3)\n    at app.tsx:20:5");
    assert_int_equal(error_site(error)->line, 7);
    assert_shown(cx, json(cx, "[]"), "[]");
    cr_value my = cr_closure(cx, &info_my, 0, NULL);
    assert_true(cr_class_extends(cx, my, cr_from_pointer(&cr_global_Error)));
    cx->site = NULL;
    cr_value made = cr_new(cx, my, 1, (cr_value[]){cr_number(4)}, "MyError");
    assert_shown(cx, made, "[MyError: 8]");
    assert_int_equal(cr_instance_of(cx, made, cr_from_pointer(&cr_global_Error)), CR_TRUE);
    assert_true(cr_set(cx, made, &key_x, CR_TRUE));
    assert_shown(cx, made, "[MyError: 8] { x: true }");
}

static cr_value recurse(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return cr_call(cx, cr_from_pointer(self), CR_UNDEFINED, 0, NULL, "recurse");
}

static const cr_function_info info_recurse = {&key_a, recurse, 0, 0, {"app.tsx", 1, 1}};
static const cr_function_info info_recurse_async = {&key_a, recurse, 0, CR_FUNCTION_ASYNC, {"app.tsx", 1, 1}};

static void deep_recursion_is_a_range_error(void **state) {
    cr_context *cx = *state;
    assert_shown(cx, cr_call(cx, cr_closure(cx, &info_recurse, 0, NULL), CR_UNDEFINED, 0, NULL, "f"), "!RangeError: Maximum call stack size exceeded");
    cr_value nested = json(cx, "[]"), part = nested;
    for (int i = 0; i < 60000; i++) {
        nested = cr_array_new(cx, 1, &nested);
        if (i == 5000) part = nested; /* looking for cycles takes a time that grows with the square of the depth */
    }
    assert_shown(cx, invoke(cx, nested, "toString", "[]"), "!RangeError: Maximum call stack size exceeded");
    assert_shown(cx, cr_invoke(cx, cr_from_pointer(&cr_global_JSON), "stringify", 1, &nested), "!RangeError: Maximum call stack size exceeded");
    assert_shown(cx, nested, "[ [ [ [Array] ] ] ]");
    assert_null(value_origin(cx, part));
    str_buf out;
    str_buf_init(&out);
    json_write(cx, part, &out);
    assert_int_equal(out.length, 2 * 5002);
    str_buf_release(&out);
}

static void an_interruption_ends_the_next_call(void **state) {
    cr_context *cx = *state;
    context_interrupt(cx);
    assert_int_equal(cr_call(cx, cr_closure(cx, &info_recurse, 0, NULL), CR_UNDEFINED, 0, NULL, "f"), CR_EXCEPTION);
    assert_int_equal(context_pending(cx), PENDING_INTERRUPTED);
    assert_int_equal(cr_catch(cx), CR_EXCEPTION);
    context_take_pending(cx);
    assert_shown(cx, invoke(cx, json(cx, "[1]"), "join", "[]"), "'1'");
}

/* ---- operators ------------------------------------------------------------------------------------------------------- */

static void operators_convert_as_the_language_does(void **state) {
    cr_context *cx = *state;
    assert_shown(cx, cr_add(cx, cr_number(1), text(cx, "2")), "'12'");
    assert_shown(cx, cr_add(cx, json(cx, "[1,2]"), json(cx, "{}")), "'1,2[object Object]'");
    assert_shown(cx, cr_add(cx, CR_NULL, CR_TRUE), "1");
    assert_shown(cx, cr_add(cx, CR_UNDEFINED, cr_number(1)), "NaN");
    assert_shown(cx, cr_mul(cx, text(cx, " 3 "), text(cx, "0x10")), "48");
    assert_shown(cx, cr_mod(cx, cr_number(-5), cr_number(3)), "-2");
    assert_shown(cx, cr_mod(cx, cr_number(-3), cr_number(3)), "-0");
    assert_shown(cx, cr_div(cx, cr_number(1), cr_number(-0.0)), "-Infinity");
    assert_shown(cx, cr_pow(cx, cr_number(1), cr_number(1.0 / 0.0)), "NaN");
    assert_shown(cx, cr_shift_left(cx, cr_number(1), cr_number(33)), "2");
    assert_shown(cx, cr_shift_right_unsigned(cx, cr_number(-1), cr_number(0)), "4294967295");
    assert_shown(cx, cr_bit_or(cx, cr_number(4294967296.0 * 3 + 5), cr_number(0)), "5");
    assert_shown(cx, cr_bit_not(cx, cr_number(2147483648.0)), "2147483647");
    assert_int_equal(cr_less(cx, text(cx, "a"), text(cx, "b")), CR_TRUE);
    assert_int_equal(cr_less(cx, text(cx, "10"), cr_number(9)), CR_FALSE);
    assert_int_equal(cr_less_equal(cx, CR_UNDEFINED, cr_number(0)), CR_FALSE);
    assert_int_equal(cr_greater_equal(cx, CR_NULL, cr_number(0)), CR_TRUE);
    assert_int_equal(cr_less(cx, text(cx, "\xf0\x9f\x98\x80"), text(cx, "\xef\xbf\xbd")), CR_TRUE);
    assert_int_equal(cr_equal(cx, cr_number(0), cr_number(-0.0)), CR_TRUE);
    assert_int_equal(cr_equal(cx, cr_number(0.0 / 0.0), cr_number(0.0 / 0.0)), CR_FALSE);
    assert_shown(cx, cr_typeof(cx, CR_NULL), "'object'");
    assert_shown(cx, cr_typeof(cx, cr_from_pointer(&cr_global_Map)), "'function'");
    assert_false(cr_truthy(cx, text(cx, "")));
    assert_false(cr_truthy(cx, cr_number(0.0 / 0.0)));
    assert_true(cr_truthy(cx, json(cx, "[]")));
    cr_value parts[] = {text(cx, "<"), cr_number(-0.0), CR_NULL, json(cx, "[1,[2]]"), text(cx, ">")};
    assert_shown(cx, cr_template(cx, 5, parts), "'<0null1,2>'");
}

static void iteration_sees_changes_made_meanwhile(void **state) {
    cr_context *cx = *state;
    cr_value map = cr_new(cx, cr_from_pointer(&cr_global_Map), 1, (cr_value[]){json(cx, "[[\"a\",1],[\"b\",2]]")}, "Map"), value;
    assert_shown(cx, map, "Map(2) { 'a' => 1, 'b' => 2 }");
    cr_iterator iterator;
    assert_true(cr_iterate(cx, &iterator, map));
    assert_int_equal(cr_next(cx, &iterator, &value), 1);
    assert_shown(cx, value, "[ 'a', 1 ]");
    invoke(cx, map, "delete", "[\"b\"]");
    invoke(cx, map, "set", "[\"c\",3]");
    assert_int_equal(cr_next(cx, &iterator, &value), 1);
    assert_shown(cx, value, "[ 'c', 3 ]");
    assert_int_equal(cr_next(cx, &iterator, &value), 0);
    for (int i = 0; i < 100; i++) cr_invoke(cx, map, "set", 2, (cr_value[]){cr_number(i % 50), cr_number(i)});
    assert_shown(cx, cr_get_named(cx, map, "size"), "52");
    assert_shown(cx, invoke(cx, map, "get", "[49]"), "99");
    invoke(cx, map, "clear", "[]");
    assert_shown(cx, map, "Map(0) {}");
    assert_shown(cx, invoke(cx, map, "entries", "[]"), "[Map Entries] {  }");
}

/* ---- promises ---------------------------------------------------------------------------------------------------------- */

/* What happened, in order: each native below adds a letter. */
static char trail[64];

static void mark(cr_value letter) { strncat(trail, (char[]){(char)cr_to_double(letter), '\0'}, sizeof trail - strlen(trail) - 1); }

static cr_value mark_native(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    mark(captured_at(self, 0));
    return self->cells[1]->value;
}

static const cr_function_info info_mark = {&no_name, mark_native, 0, CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW, {0, 0, 0}};

static cr_value marker(cr_context *cx, char letter, cr_value result) {
    return native_closure(cx, &info_mark, 2, (cr_value[]){cr_number(letter), result});
}

/* async (a, b) => { mark(a); await b; mark(a + 1); return b } */
static cr_value async_code(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    mark(argv[0]);
    cr_value value = cr_await(cx, argv[1]);
    if (value == CR_EXCEPTION) return value;
    mark(cr_number(cr_to_double(argv[0]) + 1));
    return argv[1];
}

static const cr_function_info info_async = {&no_name, async_code, 2, CR_FUNCTION_ASYNC, {0, 0, 0}};

/* The order that node prints for: f(A, 1); Promise.resolve().then(C).then(D).then(E).then(F); f(a, f(p, 2)) */
static void microtasks_run_in_the_order_of_the_language(void **state) {
    cr_context *cx = *state;
    trail[0] = '\0';
    cr_value f = cr_closure(cx, &info_async, 0, NULL);
    cr_call(cx, f, CR_UNDEFINED, 2, (cr_value[]){cr_number('A'), cr_number(1)}, "f");
    cr_value chain = promise_of(cx, CR_UNDEFINED);
    for (char letter = 'C'; letter <= 'H'; letter++) chain = promise_then(cx, chain, marker(cx, letter, CR_UNDEFINED), CR_UNDEFINED);
    cr_value inner = cr_call(cx, f, CR_UNDEFINED, 2, (cr_value[]){cr_number('p'), cr_number(2)}, "f");
    cr_value outer = cr_call(cx, f, CR_UNDEFINED, 2, (cr_value[]){cr_number('a'), inner}, "f");
    promise_then(cx, outer, marker(cx, 'z', CR_UNDEFINED), CR_UNDEFINED);
    assert_true(tasks_run(cx));
    assert_string_equal(trail, "ApaBCqDbEFGzH");
    assert_true(tasks_unhandled(cx) == CR_UNDEFINED);
}

static void rejections_are_caught_or_reported(void **state) {
    cr_context *cx = *state;
    trail[0] = '\0';
    cr_value f = cr_closure(cx, &info_async, 0, NULL), rejected = invoke(cx, cr_from_pointer(&cr_global_Promise), "reject", "[\"why\"]");
    cr_value promise = cr_call(cx, f, CR_UNDEFINED, 2, (cr_value[]){cr_number('A'), rejected}, "f");
    assert_true(tasks_run(cx));
    assert_true(tasks_unhandled(cx) == promise);
    assert_true(tasks_unhandled(cx) == CR_UNDEFINED);
    assert_shown(cx, promise, "Promise { <rejected> 'why' }");
    promise_then(cx, promise, CR_UNDEFINED, marker(cx, 'R', CR_UNDEFINED));
    assert_true(tasks_run(cx));
    assert_string_equal(trail, "AR");
    cr_error err;
    assert_int_equal(promise_drive(cx, promise_new(cx), &err), CR_E_FAILED);
}

static void promises_combine(void **state) {
    cr_context *cx = *state;
    cr_value promise_class = cr_from_pointer(&cr_global_Promise), rejected = invoke(cx, promise_class, "reject", "[0]");
    cr_value all = invoke(cx, promise_class, "all", "[[1,2]]"), list[2] = {rejected, cr_number(3)}, items = cr_array_new(cx, 2, list);
    cr_value any = cr_invoke(cx, promise_class, "any", 1, &items), settled = cr_invoke(cx, promise_class, "allSettled", 1, &items);
    cr_value race = cr_invoke(cx, promise_class, "race", 1, &items), none = invoke(cx, promise_class, "any", "[[]]");
    cr_value after = cr_invoke(cx, all, "finally", 1, (cr_value[]){marker(cx, 'f', CR_UNDEFINED)});
    assert_true(tasks_run(cx));
    assert_shown(cx, all, "Promise { [ 1, 2 ] }");
    assert_shown(cx, after, "Promise { [ 1, 2 ] }");
    assert_shown(cx, any, "Promise { 3 }");
    assert_shown(cx, race, "Promise { <rejected> 0 }");
    assert_shown(cx, settled, "Promise {\n  [\n    { status: 'rejected', reason: 0 },\n    { status: 'fulfilled', value: 3 }\n  ]\n}");
    assert_shown(cx, none, "Promise {\n  <rejected> [AggregateError: All promises were rejected] { [errors]: [] }\n}");
}

static void many_async_calls_wait_at_once(void **state) {
    cr_context *cx = *state;
    cr_value f = cr_closure(cx, &info_async, 0, NULL), gate = promise_new(cx), promises[500];
    for (int i = 0; i < 500; i++) promises[i] = cr_call(cx, f, CR_UNDEFINED, 2, (cr_value[]){cr_number('A'), gate}, "f");
    promise_resolve(cx, gate, CR_NULL);
    assert_true(tasks_run(cx));
    for (int i = 0; i < 500; i++) assert_int_equal(cr_as_promise(promises[i])->state, PROMISE_FULFILLED);
    cr_value deep = cr_call(cx, cr_closure(cx, &info_recurse_async, 0, NULL), CR_UNDEFINED, 0, NULL, "f");
    assert_true(tasks_run(cx));
    assert_shown(cx, deep, "Promise { <rejected> [RangeError: Maximum call stack size exceeded] }");
    for (int i = 0; i < 10; i++) cr_call(cx, f, CR_UNDEFINED, 2, (cr_value[]){cr_number('A'), promise_new(cx)}, "f"); /* never settled */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        VALUE_TEST(strings_compare_by_units_whatever_their_width),
        VALUE_TEST(concatenation_grows_in_place_without_touching_older_strings),
        VALUE_TEST(utf8_goes_in_and_out),
        VALUE_TEST(keys_come_in_the_order_of_the_language),
        VALUE_TEST(large_objects_find_add_and_remove),
        VALUE_TEST(static_objects_are_copied_before_the_first_write),
        VALUE_TEST(messages_read_as_v8s),
        VALUE_TEST(array_limit),
        VALUE_TEST(classes_construct_inherit_and_print),
        VALUE_TEST(errors_know_where_they_were_made),
        VALUE_TEST(deep_recursion_is_a_range_error),
        VALUE_TEST(an_interruption_ends_the_next_call),
        VALUE_TEST(operators_convert_as_the_language_does),
        VALUE_TEST(iteration_sees_changes_made_meanwhile),
        VALUE_TEST(microtasks_run_in_the_order_of_the_language),
        VALUE_TEST(rejections_are_caught_or_reported),
        VALUE_TEST(promises_combine),
        VALUE_TEST(many_async_calls_wait_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
