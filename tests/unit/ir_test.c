/* The intermediate representation: constants are shared, strings are hashed as the runtime does, the passes keep what
 * a function does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "opt/optimise.h"

typedef struct fixture {
    arena memory;
    ir_module *module;
    ir_function *function;
} fixture;

static int setup(void **state) {
    fixture *self = mem_zeroed(1, sizeof *self);
    arena_init(&self->memory);
    self->module = ir_module_new(&self->memory, "test.ts", "m0", 1);
    self->function = ir_function_new(self->module, "m0e_module");
    *state = self;
    return 0;
}

static int teardown(void **state) {
    fixture *self = *state;
    ir_module_release(self->module);
    arena_release(&self->memory);
    mem_free(self);
    return 0;
}

static ir_inst *add(fixture *self, ir_op op, ir_operand a, ir_operand b) {
    ir_inst inst;
    ir_inst_clear(&inst, op, tsx_no_span);
    inst.operands[0] = a;
    inst.operands[1] = b;
    VEC_PUSH(&self->function->code, inst);
    return &VEC_LAST(&self->function->code);
}

static ir_operand add_value(fixture *self, ir_op op, ir_operand a, ir_operand b, const char *name) {
    uint32_t result = ir_register_new(self->module, self->function, name);
    add(self, op, a, b)->result = result;
    return ir_register_operand(result);
}

static void expect_code(fixture *self, int level, const char *expected) {
    ir_verify(self->module, "the test");
    ir_optimise(self->module, level);
    str_buf out;
    str_buf_init(&out);
    ir_dump(self->module, &out);
    const char *code = strstr(str_buf_text(&out), "m0e_module\n");
    assert_non_null(code);
    assert_string_equal(code + strlen("m0e_module\n"), expected);
    str_buf_release(&out);
}

static void test_strings(void **state) {
    fixture *self = *state;
    uint32_t abc = ir_string_of(self->module, STR("abc"));
    assert_int_equal(abc, ir_string_of(self->module, STR("abc")));
    const ir_string *string = &self->module->strings.items[abc];
    assert_int_equal(string->length, 3);
    assert_int_equal(string->hash, 0x1a47e90b); /* FNV-1a of "abc" */
    assert_false(string->wide);
    string = &self->module->strings.items[ir_string_of(self->module, STR("\xc3\xa9"))];
    assert_int_equal(string->units[0], 0xe9);
    assert_false(string->wide);
    string = &self->module->strings.items[ir_string_of(self->module, STR("\xf0\x9f\x98\x80"))];
    assert_int_equal(string->length, 2);
    assert_int_equal(string->units[0], 0xd83d);
    assert_int_equal(string->units[1], 0xde00);
    string = &self->module->strings.items[ir_string_of(self->module, STR("\xed\xa0\xbd"))]; /* a lone surrogate */
    assert_int_equal(string->length, 1);
    assert_int_equal(string->units[0], 0xd83d);
}

static void test_constants(void **state) {
    fixture *self = *state;
    assert_true(ir_same(ir_number(self->module, 1), ir_number(self->module, 1)));
    assert_false(ir_same(ir_number(self->module, 0), ir_number(self->module, -0.0)));
    assert_true(ir_same(ir_text(self->module, STR("x")), ir_text(self->module, STR("x"))));
}

static void test_fold(void **state) {
    fixture *self = *state;
    ir_operand sum = add_value(self, IR_ADD, ir_number(self->module, 1), ir_number(self->module, 2), NULL);
    add(self, IR_RETURN, sum, ir_nothing);
    expect_code(self, 2, "    %0 = copy 3\n    return %0\n");
}

static void test_fold_keeps_surrogates_apart(void **state) {
    fixture *self = *state;
    ir_operand pair = add_value(self, IR_ADD, ir_text(self->module, STR("\xed\xa0\xbd")), ir_text(self->module, STR("\xed\xb8\x80")), NULL);
    add(self, IR_RETURN, pair, ir_nothing);
    ir_fold(self->module, self->function);
    assert_int_equal(self->function->code.items[0].op, IR_ADD);
}

static void test_unreachable(void **state) {
    fixture *self = *state;
    self->function->label_count = 1;
    add(self, IR_JUMP_IF, ir_number(self->module, 0), ir_nothing)->label = 0;
    add(self, IR_RETURN, ir_bool(self->module, true), ir_nothing);
    add(self, IR_LABEL, ir_nothing, ir_nothing)->label = 0;
    add(self, IR_RETURN, ir_bool(self->module, false), ir_nothing);
    expect_code(self, 1, "    return true\n");
}

static void test_fuse(void **state) {
    fixture *self = *state;
    ir_operand made = add_value(self, IR_TYPEOF, ir_number(self->module, 1), ir_nothing, NULL);
    ir_operand variable = add_value(self, IR_COPY, made, ir_nothing, "kind");
    add_value(self, IR_COPY, variable, ir_nothing, NULL); /* nothing reads it */
    add(self, IR_RETURN, variable, ir_nothing);
    expect_code(self, 1, "    %kind.1 = typeof 1\n    return %kind.1\n");
}

static void test_fuse_spares_handlers(void **state) {
    fixture *self = *state;
    self->function->label_count = 1;
    ir_operand variable = add_value(self, IR_COPY, ir_number(self->module, 1), ir_nothing, "x");
    uint32_t made = ir_register_new(self->module, self->function, NULL);
    ir_inst *call = add(self, IR_NEGATE, variable, ir_nothing);
    call->result = made;
    call->handler = 0;
    add(self, IR_COPY, ir_register_operand(made), ir_nothing)->result = variable.index;
    add(self, IR_RETURN, variable, ir_nothing);
    add(self, IR_LABEL, ir_nothing, ir_nothing)->label = 0;
    add(self, IR_RETURN, variable, ir_nothing);
    expect_code(self, 1, "    %x.0 = copy 1\n    %1 = negate %x.0 !L0\n    %x.0 = copy %1\n    return %x.0\nL0:\n    return %x.0\n");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_strings),     TEST(test_constants),   TEST(test_fold), TEST(test_fold_keeps_surrogates_apart),
        TEST(test_unreachable), TEST(test_fuse),        TEST(test_fuse_spares_handlers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
