/* json/: the canonical form, reading, hashing. */
#include "unit/value_program.h"

static const char *canonical(cr_context *cx, cr_value v, int indent) {
    str_buf out;
    str_buf_init(&out);
    if (indent == 0) {
        json_write(cx, v, &out);
    } else {
        json_write_pretty(cx, v, indent, &out);
    }
    const char *copy = arena_copy_text(&cx->runtime->heap, str_buf_text(&out), out.length);
    str_buf_release(&out);
    return copy;
}

static const char *address_of(void *data, cr_context *cx, const void *node) { return "App/db"; }

static void the_canonical_form_is_sorted_and_tight(void **state) {
    cr_context *cx = *state;
    assert_string_equal(canonical(cx, json(cx, " { \"b\" : [ 1.50 , -0, 1e21, 1E-7, true, null ] , \"a\" : { } , \"\\u00e9\":\"x\", \"B\":0 } "), 0),
                        "{\"B\":0,\"a\":{},\"b\":[1.5,0,1e+21,1e-7,true,null],\"\xc3\xa9\":\"x\"}");
    /* U+FF5E sorts behind U+1F600, whose first unit is a surrogate */
    assert_string_equal(canonical(cx, json(cx, "{\"\\uff5e\":1,\"\\ud83d\\ude00\":2}"), 0), "{\"\xf0\x9f\x98\x80\":2,\"\xef\xbd\x9e\":1}");
    assert_string_equal(canonical(cx, json(cx, "\"\\ud83d \\u0001\\b\\\"\\\\/\""), 0), "\"\\ud83d \\u0001\\b\\\"\\\\/\"");
    cr_value list = cr_array_new(cx, 4, (cr_value[]){CR_UNDEFINED, CR_HOLE, cr_number(0.0 / 0.0), cr_from_pointer(&cr_global_Map)});
    assert_string_equal(canonical(cx, list, 0), "[null,null,null,null]");
    assert_string_equal(canonical(cx, json(cx, "{\"b\":[1,{}],\"a\":{\"c\":[]}}"), 2),
                        "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": {\n    \"c\": []\n  }\n}");
    cr_value many = cr_object_new(cx);
    for (int i = 99; i >= 0; i--) cr_set_field(cx, many, arena_format(&cx->runtime->heap, "k%02d", i), cr_number(i));
    assert_memory_equal(canonical(cx, many, 0), "{\"k00\":0,\"k01\":1,", 17);
}

static void what_json_does_not_have_is_marked(void **state) {
    cr_context *cx = *state;
    cx->runtime->hooks.node_address = address_of;
    cr_value object = cr_object_new(cx), instance = cr_object_new(cx);
    cr_as_object(instance)->head.flags |= CR_FLAG_INSTANCE;
    cr_set_field(cx, object, "undefined", CR_UNDEFINED);
    cr_set_field(cx, object, "instance", instance);
    cr_set_field(cx, object, "self", object);
    cr_set_field(cx, object, "host", cr_add(cx, text(cx, "http://"), unknown_output(cx, state, cr_as_string(text(cx, "App/db")), cr_as_string(text(cx, "host")))));
    cr_set_field(cx, object, "map", cr_new(cx, cr_from_pointer(&cr_global_Map), 1, (cr_value[]){json(cx, "[[1,2]]")}, "Map"));
    cr_set_field(cx, object, "set", cr_new(cx, cr_from_pointer(&cr_global_Set), 1, (cr_value[]){json(cx, "[3,4]")}, "Set"));
    assert_string_equal(canonical(cx, object, 0),
                        "{\"host\":{\"$unknown\":\"http://${App/db.host}\"},\"instance\":{\"$ref\":\"App/db\"},"
                        "\"map\":{\"$map\":[[1,2]]},\"self\":{\"$cycle\":true},\"set\":{\"$set\":[3,4]}}");
}

static void reading_is_strict(void **state) {
    cr_context *cx = *state;
    static const char *const wrong[] = {"", " ", "{", "[1,]", "{\"a\":1,}", "01", "1 2", "nul", "'a'", "\"\t\"", "[1}", "{\"a\"}", "\"\\u12\"", "+1", ".5", "1.", "1e", "NaN", "// x\n1", "{a:1}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cr_value value = CR_HOLE;
        cr_error err = {.status = CR_OK};
        assert_int_equal(json_read(cx, str_of(wrong[i]), &value, &err), CR_E_DATA);
        assert_true(value == CR_HOLE && err.message[0] != '\0');
        assert_int_equal(context_pending(cx), PENDING_NONE);
    }
    cr_value value;
    cr_error err;
    static const char line[] = "{\"a\":[1]}tail"; /* a range of bytes, not a C string */
    assert_int_equal(json_read(cx, (str){line, 9}, &value, &err), CR_OK);
    assert_shown(cx, value, "{ a: [ 1 ] }");
    assert_shown(cx, json(cx, "{\"a\":1,\"b\":2,\"a\":3}"), "{ a: 3, b: 2 }");
    assert_shown(cx, json(cx, "[0.30000000000000004,9007199254740993,1e400,-0]"), "[ 0.30000000000000004, 9007199254740992, Infinity, -0 ]");
}

static void depth_limit(void **state) {
    cr_context *cx = *state;
    for (int extra = 0; extra < 2; extra++) {
        size_t depth = JSON_DEPTH_MAX + (size_t)extra;
        char *source = arena_alloc(&cx->runtime->heap, 2 * depth);
        memset(source, '[', depth);
        memset(source + depth, ']', depth);
        cr_value value;
        cr_error err;
        assert_int_equal(json_read(cx, (str){source, 2 * depth}, &value, &err), extra == 0 ? CR_OK : CR_E_DATA);
    }
}

static void hashes_are_of_the_canonical_form(void **state) {
    cr_context *cx = *state;
    str_buf scratch;
    str_buf_init(&scratch);
    assert_true(json_hash64(cx, json(cx, "{\"a\":1,\"b\":2}"), &scratch) == json_hash64(cx, json(cx, "{\"b\":2.0,\"a\":1}"), &scratch));
    assert_true(json_hash64(cx, json(cx, "{\"a\":1}"), &scratch) != json_hash64(cx, json(cx, "{\"a\":2}"), &scratch));
    char hex[33];
    json_hash128(cx, json(cx, "\"\""), &scratch, hex);
    assert_int_equal(strlen(hex), 32);
    str_buf_release(&scratch);
}

static void written_text_reads_back(void **state) {
    cr_context *cx = *state;
    static const char *const documents[] = {"null", "[]", "{\"a\":[{\"b\":\"\\u0000\\u007f\xc3\xa9\xf0\x9f\x98\x80\"},-1.5e-300]}", "[5e-324,1.7976931348623157e308]", "\"\\ud83d\\ud83d\\ude00\""};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        cr_value value = json(cx, documents[i]);
        assert_true(value_equal_deep(cx, value, json(cx, canonical(cx, value, 0))));
        assert_true(value_equal_deep(cx, value, json(cx, canonical(cx, value, 4))));
    }
}

static void a_member_is_found_alone(void **state) {
    str value, object = STR("{\"a\":{\"b\":[1,\"}\\\"\"]},\"outputs\":{\"b\":\"]\"},\"b\":2}");
    assert_true(json_member(object, "outputs", &value));
    assert_true(str_is(value, "{\"b\":\"]\"}"));
    assert_true(json_member(object, "b", &value));
    assert_true(str_is(value, "2"));
    assert_false(json_member(object, "c", &value));
    assert_false(json_member(STR(""), "a", &value));
    assert_false(json_member(STR("[1]"), "a", &value));
    /* Cut anywhere, a member is found whole or not at all, and nothing behind the end is looked at. */
    for (size_t length = 0; length < object.length; length++) {
        char *piece = mem_alloc(length);
        memcpy(piece, object.bytes, length);
        if (json_member((str){piece, length}, "a", &value)) assert_true(str_is(value, "{\"b\":[1,\"}\\\"\"]}"));
        mem_free(piece);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        VALUE_TEST(the_canonical_form_is_sorted_and_tight),
        VALUE_TEST(what_json_does_not_have_is_marked),
        VALUE_TEST(reading_is_strict),
        VALUE_TEST(depth_limit),
        VALUE_TEST(hashes_are_of_the_canonical_form),
        VALUE_TEST(written_text_reads_back),
        VALUE_TEST(a_member_is_found_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
