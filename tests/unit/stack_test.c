/* deploy/stack and the state log (promises D2, D3; row C8 of the reliability matrix). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "deploy/machine.h"
#include "deploy/stack.h"
#include "os/fault.h"
#include "os/file.h"
#include "os/time.h"
#include "value/context.h"
#include "json/json.h"

static char root[] = "/tmp/stack_test.XXXXXX";

typedef struct opened {
    cr_context *cx;
    backend *backend;
    stack *stack;
} opened;

static cr_status open_named(opened *self, const char *name, const char *operation, cr_error *err) {
    stack_options options = {name, operation != NULL, operation};
    self->cx = context_new(NULL);
    self->stack = NULL;
    assert_int_equal(file_backend_open(root, &self->backend, NULL), CR_OK);
    return stack_open(self->cx, self->backend, &options, &self->stack, err);
}

static void close_all(opened *self) {
    if (self->stack != NULL) stack_close(self->stack);
    self->backend->type->close(self->backend);
    context_free(self->cx);
}

static cr_value parse(opened *self, const char *text) {
    cr_value value;
    assert_int_equal(json_read(self->cx, str_of(text), &value, NULL), CR_OK);
    return value;
}

static resource_record *make(opened *self, const char *address, const char *props) {
    resource_record *record = HEAP_NEW(self->cx, resource_record);
    cloud_id(address, "Thing", record->id);
    record->address = address;
    record->construct = "Thing";
    record->provider = "mock";
    record->detailed = true;
    record->props = parse(self, props);
    record->outputs = parse(self, "{\"url\":\"http://x\"}");
    record->private_data = record->wanted_props = CR_UNDEFINED;
    record->props_hash = 0x1234;
    record->state = RESOURCE_DEPLOYED;
    return record;
}

/* What counts of a state, as text. */
static char *dump(opened *self) {
    str_buf out;
    const stack_record *recorded = stack_recorded(self->stack);
    str_buf_init(&out);
    for (size_t i = 0; i < recorded->resources.length; i++) {
        resource_record *r = recorded->resources.items[i];
        cr_error err;
        if (resource_record_details(self->cx, r, &err) != CR_OK) fail_msg("%s", err.message);
        str_buf_add_format(&out, "%s %s %s ", r->address, r->construct, resource_state_name(r->state));
        json_write(self->cx, r->props, &out);
        if (r->operation != NULL) str_buf_add_format(&out, " %s %s", r->operation, r->token);
        for (uint32_t k = 0; k < r->depend_count; k++) str_buf_add_format(&out, " <%s", r->depends[k]);
        str_buf_add_char(&out, '\n');
    }
    for (size_t i = 0; i < recorded->components.count; i++) {
        if (recorded->components.entries[i].value == NULL) continue;
        str_buf_add_format(&out, "%.*s = ", STR_ARGS(recorded->components.entries[i].key));
        json_write(self->cx, *(cr_value *)recorded->components.entries[i].value, &out);
        str_buf_add_char(&out, '\n');
    }
    return str_buf_detach(&out);
}

static void assert_dump(opened *self, const char *expected) {
    char *text = dump(self);
    assert_string_equal(text != NULL ? text : "", expected);
    mem_free(text);
}

static void test_write_and_read(void **state) {
    opened o;
    cr_error err = {0};
    assert_int_equal(open_named(&o, "a", "deploy", &err), CR_OK);
    stack_begin(o.stack);
    resource_record *one = make(&o, "App/\"one\"/ü", "{\"n\":1}"), *two = make(&o, "App/two", "{\"n\":2}"),
                    *three = make(&o, "App/3", "{}");
    const char *depends[] = {one->id};
    two->depends = depends;
    two->depend_count = 1;
    stack_put(o.stack, one);
    stack_put(o.stack, two);
    stack_put(o.stack, three);
    stack_put_component(o.stack, "App", parse(&o, "[1,\"x\"]"));
    stack_put_component(o.stack, "Gone", parse(&o, "[2]"));
    stack_put_output(o.stack, "url", parse(&o, "\"http://x\""));
    assert_int_equal(stack_flush(o.stack, &err), CR_OK);
    stack_put_component(o.stack, "Gone", CR_UNDEFINED);
    stack_put_component(o.stack, "App", parse(&o, "[1,\"x\"]")); /* unchanged: writes nothing */
    stack_forget(o.stack, three);
    machine_move(two, RESOURCE_APPLYING);
    two->operation = "update";
    two->token = "t0k";
    two->attempt = 2;
    two->wanted_props = parse(&o, "{\"n\":3}");
    stack_put(o.stack, two);
    assert_int_equal(stack_flush(o.stack, &err), CR_OK);
    stack_sweep(o.stack);
    char expected[500];
    snprintf(expected, sizeof expected,
             "App/\"one\"/ü Thing DEPLOYED {\"n\":1}\nApp/two Thing APPLYING {\"n\":2} update t0k <%s\nApp = "
             "[1,\"x\"]\n",
             one->id);
    assert_dump(&o, expected);
    close_all(&o);

    assert_int_equal(open_named(&o, "a", NULL, &err), CR_OK);
    const stack_record *recorded = stack_recorded(o.stack);
    assert_true(recorded->interrupted);
    assert_string_equal(recorded->operation, "deploy");
    assert_int_equal(recorded->deployment, 1);
    assert_int_equal(recorded->resources.length, 2);
    assert_false(recorded->resources.items[0]->detailed);
    assert_int_equal(recorded->resources.items[0]->props_hash, 0x1234);
    assert_dump(&o, expected);
    two = stack_record_at(o.stack, "App/two");
    assert_int_equal(two->attempt, 2);
    assert_true(cr_to_double(cr_field(two->wanted_props, "n")) == 3);
    cr_value *url = map_get(&recorded->outputs, STR("url"));
    assert_true(cr_string_is(*url, "http://x"));
    close_all(&o);
}

static void test_move(void **state) {
    opened o;
    cr_error err = {0};
    char id[CLOUD_ID_BYTES];
    cloud_id("New/x", "Thing", id);
    assert_int_equal(open_named(&o, "m", "deploy", &err), CR_OK);
    resource_record *x = make(&o, "Old/x", "{\"n\":1}");
    stack_put(o.stack, x);
    assert_int_equal(stack_flush(o.stack, &err), CR_OK);
    assert_non_null(stack_move(o.stack, x, id, "New/x"));
    assert_int_equal(stack_flush(o.stack, &err), CR_OK);
    stack_sweep(o.stack);
    assert_dump(&o, "New/x Thing DEPLOYED {\"n\":1}\n");
    close_all(&o);
    assert_int_equal(open_named(&o, "m", NULL, &err), CR_OK);
    assert_dump(&o, "New/x Thing DEPLOYED {\"n\":1}\n");
    close_all(&o);
}

static void test_tidy(void **state) {
    opened o;
    cr_error err = {0};
    os_file_info before, after;
    char path[300], expected[20000] = "";
    snprintf(path, sizeof path, "%s/t.jsonl", root);
    assert_int_equal(open_named(&o, "t", "deploy", &err), CR_OK);
    for (int n = 0; n < 30; n++) {
        char address[32];
        snprintf(address, sizeof address, "App/%d", n);
        stack_put(o.stack, make(&o, arena_copy_text(&o.cx->runtime->heap, address, strlen(address)), "{}"));
        snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%s Thing DEPLOYED {}\n",
                 address);
    }
    stack_put_component(o.stack, "App", parse(&o, "[7]"));
    strcat(expected, "App = [7]\n");
    assert_int_equal(stack_flush(o.stack, &err), CR_OK);
    close_all(&o);

    assert_int_equal(open_named(&o, "t", "deploy", &err), CR_OK);
    resource_record *first = stack_recorded(o.stack)->resources.items[0];
    assert_int_equal(resource_record_details(o.cx, first, &err), CR_OK);
    stack_begin(o.stack);
    for (int n = 0; n < 50; n++) stack_put(o.stack, first);
    assert_int_equal(stack_tidy(o.stack, &err), CR_OK); /* not while a deployment runs */
    os_file_inspect(path, &before, &err);
    stack_end(o.stack);
    assert_int_equal(stack_tidy(o.stack, &err), CR_OK);
    os_file_inspect(path, &after, &err);
    assert_true(after.size < before.size / 2);
    stack_put(o.stack, first);
    assert_int_equal(stack_flush(o.stack, &err), CR_OK);
    close_all(&o);
    assert_int_equal(open_named(&o, "t", NULL, &err), CR_OK);
    assert_dump(&o, expected);
    assert_false(stack_recorded(o.stack)->interrupted);
    assert_int_equal(stack_recorded(o.stack)->deployment, 1);
    close_all(&o);
}

/* ---- damage -------------------------------------------------------------------------------------------- */

static char *sample(size_t *length) {
    opened o;
    cr_error err = {0};
    char path[300];
    char *text;
    snprintf(path, sizeof path, "%s/d.jsonl", root);
    remove(path);
    assert_int_equal(open_named(&o, "d", "deploy", &err), CR_OK);
    stack_begin(o.stack);
    stack_put(o.stack, make(&o, "App/one", "{\"n\":1}"));
    stack_put(o.stack, make(&o, "App/two", "{\"n\":2}"));
    stack_put_component(o.stack, "App", parse(&o, "[1]"));
    stack_end(o.stack);
    assert_int_equal(stack_flush(o.stack, &err), CR_OK);
    close_all(&o);
    assert_int_equal(os_file_read(path, &text, length, &err), CR_OK);
    return text;
}

static void put_log(const char *text, size_t length) {
    char path[300];
    snprintf(path, sizeof path, "%s/d.jsonl", root);
    FILE *file = fopen(path, "w");
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
}

/* Torn at every byte: the whole lines before are there, nothing is refused, and writing goes on behind them.
 */
static void test_torn_at_every_byte(void **state) {
    size_t length;
    char *text = sample(&length);
    for (size_t cut = 0; cut <= length; cut++) {
        opened o;
        cr_error err = {0};
        put_log(text, cut);
        if (open_named(&o, "d", "deploy", &err) != CR_OK) fail_msg("cut at %zu: %s", cut, err.message);
        size_t resources = 0;
        for (const char *c = text; c < text + cut; c++) {
            if (strncmp(c, "\"t\":\"node\"", 10) != 0) continue;
            const char *end = memchr(c, '\n', length);
            if (end <= text + cut) resources++; /* its line end may be missing */
        }
        assert_int_equal(stack_recorded(o.stack)->resources.length, resources);
        stack_put(o.stack, make(&o, "App/more", "{}"));
        if (stack_flush(o.stack, &err) != CR_OK) fail_msg("cut at %zu: %s", cut, err.message);
        close_all(&o);
        if (open_named(&o, "d", NULL, &err) != CR_OK) fail_msg("after a cut at %zu: %s", cut, err.message);
        assert_int_equal(stack_recorded(o.stack)->resources.length, resources + 1);
        close_all(&o);
    }
    mem_free(text);
}

/* A last line that was never a line of ours is not dropped; zeros that a file system left are. */
static void test_foreign_end(void **state) {
    static const struct { const char *end; size_t length; bool dropped; } cases[] = {
        {"# my notes", 10, false}, {"{\"name\":", 8, false}, {"{\"c\":\"12", 8, true}, {"\0\0\0\0\0\0\0\0", 8, true},
    };
    size_t length;
    char *text = sample(&length);
    for (size_t keep = 0; keep < 2; keep++) {
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            opened o;
            cr_error err = {0};
            str_buf log;
            str_buf_init(&log);
            if (keep == 1) str_buf_add(&log, text, length);
            str_buf_add(&log, cases[i].end, cases[i].length);
            put_log(str_buf_text(&log), log.length);
            str_buf_release(&log);
            cr_status status = open_named(&o, "d", NULL, &err);
            assert_int_equal(status, cases[i].dropped ? CR_OK : CR_E_DATA);
            if (status != CR_OK) assert_non_null(strstr(err.message, "it is no part of a state log"));
            close_all(&o);
        }
    }
    mem_free(text);
}

/* One bit flipped at every byte, each of several bits: refused, with the line's number. */
static void test_flipped_at_every_byte(void **state) {
    static const unsigned char flips[] = {0x01, 0x20, 0x80};
    size_t length;
    char *text = sample(&length);
    for (size_t at = 0; at < length; at++) {
        for (size_t f = 0; f < sizeof flips; f++) {
            opened o;
            cr_error err = {0};
            text[at] = (char)(text[at] ^ flips[f]);
            put_log(text, length);
            cr_status status = open_named(&o, "d", NULL, &err);
            if (status != CR_E_DATA) fail_msg("flip of byte %zu (%c) is not found", at, text[at]);
            assert_non_null(strstr(err.message, "d.jsonl"));
            text[at] = (char)(text[at] ^ flips[f]);
            close_all(&o);
        }
    }
    mem_free(text);
}

/* A line that is missing, doubled, or in the wrong place is found by its serial. */
static void test_lines_removed_doubled_swapped(void **state) {
    size_t length;
    char *text = sample(&length);
    char *lines[16], changed[8000];
    size_t count = 0;
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) lines[count++] = line;
    for (int kind = 0; kind < 3; kind++) {
        for (size_t at = 1; at + 1 < count; at++) {
            opened o;
            cr_error err = {0};
            changed[0] = '\0';
            for (size_t i = 0; i < count; i++) {
                size_t shown = kind == 2 && i == at ? at + 1 : kind == 2 && i == at + 1 ? at : i;
                if (kind == 0 && i == at) continue;
                for (int times = kind == 1 && i == at ? 2 : 1; times > 0; times--) {
                    strcat(changed, lines[shown]);
                    strcat(changed, "\n");
                }
            }
            put_log(changed, strlen(changed));
            assert_int_equal(open_named(&o, "d", NULL, &err), CR_E_DATA);
            assert_non_null(strstr(err.message, "missing or doubled"));
            close_all(&o);
        }
    }
    mem_free(text);
}

static void assert_refused(const char *text, const char *message) {
    opened o;
    cr_error err = {0};
    put_log(text, strlen(text));
    assert_int_equal(open_named(&o, "d", NULL, &err), CR_E_DATA);
    if (strstr(err.message, message) == NULL) fail_msg("'%s' is not in '%s'", message, err.message);
    close_all(&o);
}

static void test_refused(void **state) {
    size_t length;
    char *text = sample(&length), *other;
    assert_refused("{\"c\":\"0000000000000000\",\"s\":1,\"t\":\"head\",\"format\":2,\"stack\":\"d\"}\n",
                   "has format 2, but this program reads format 1: compile it with a newer creactc");
    assert_refused("hello\n", "line 1: it is no head of a state log");
    assert_refused("\n", "line 1");
    char path[300];
    snprintf(path, sizeof path, "%s/e.jsonl", root);
    cr_error err = {0};
    assert_int_equal(os_file_write(path, text, length, 0600, &err), CR_OK);
    opened o;
    assert_int_equal(open_named(&o, "e", NULL, &err), CR_E_DATA);
    assert_non_null(strstr(err.message, "is that of stack 'd', not of 'e'"));
    close_all(&o);
    other = strstr(text, "two");
    *other = 'T';
    put_log(text, length);
    assert_int_equal(open_named(&o, "d", NULL, &err), CR_E_DATA);
    assert_non_null(strstr(err.message, "is damaged in line 4: its checksum does not match"));
    close_all(&o);
    mem_free(text);
}

static void test_failed_append(void **state) {
    opened o;
    cr_error err = {0};
    assert_int_equal(open_named(&o, "f", "deploy", &err), CR_OK);
    stack_put(o.stack, make(&o, "App/one", "{}"));
    fault_fail(FAULT_SYNC, 1, EIO);
    assert_int_equal(stack_flush(o.stack, &err), CR_E_IO);
    stack_put(o.stack, make(&o, "App/two", "{}"));
    assert_int_equal(stack_flush(o.stack, &err), CR_E_IO);
    close_all(&o);
}

/* D3 and the figure for plans: a load of 100,000 records. */
static void test_load_is_fast(void **state) {
    enum { COUNT = 100000 };
    opened o;
    cr_error err = {0};
    assert_int_equal(open_named(&o, "big", "deploy", &err), CR_OK);
    resource_record *record =
        make(&o, "", "{\"size\":\"small\",\"region\":\"eu\",\"tags\":{\"a\":\"1\",\"b\":\"2\"}}");
    for (int n = 0; n < COUNT; n++) {
        resource_record *one = HEAP_NEW(o.cx, resource_record);
        char address[40];
        *one = *record;
        snprintf(address, sizeof address, "Fleet/group-%d/node-%d", n % 100, n);
        one->address = arena_copy_text(&o.cx->runtime->heap, address, strlen(address));
        cloud_id(one->address, one->construct, one->id);
        stack_put(o.stack, one);
    }
    assert_int_equal(stack_flush(o.stack, &err), CR_OK);
    close_all(&o);
    uint64_t before = os_monotonic_us();
    assert_int_equal(open_named(&o, "big", NULL, &err), CR_OK);
    print_message("load of %d records: %.1f ms, sizeof(resource_record) %zu\n", COUNT,
                  (double)(os_monotonic_us() - before) / 1000, sizeof(resource_record));
    assert_int_equal(stack_recorded(o.stack)->resources.length, COUNT);
    close_all(&o);
}

static void test_machine(void **state) {
    assert_true(machine_allows(RESOURCE_PENDING, RESOURCE_APPLYING));
    assert_true(machine_allows(RESOURCE_APPLYING, RESOURCE_APPLYING));
    assert_false(machine_allows(RESOURCE_PENDING, RESOURCE_DEPLOYED));
    assert_false(machine_allows(RESOURCE_DEPLOYED, RESOURCE_FAILED));
    assert_false(machine_allows(RESOURCE_ROLLED_BACK, RESOURCE_DEPLOYED));
}

int main(void) {
    if (mkdtemp(root) == NULL) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write_and_read),
        cmocka_unit_test(test_move),
        cmocka_unit_test(test_tidy),
        cmocka_unit_test(test_torn_at_every_byte),
        cmocka_unit_test(test_foreign_end),
        cmocka_unit_test(test_flipped_at_every_byte),
        cmocka_unit_test(test_lines_removed_doubled_swapped),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_failed_append),
        cmocka_unit_test(test_load_is_fast),
        cmocka_unit_test(test_machine),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[600];
    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command) != 0 ? 1 : failed;
}
