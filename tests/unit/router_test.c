/* provider/: the contract check, routing, and operations that are answered exactly once (promise D1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "builtins/builtins.h"
#include "creact/abi.h"
#include "provider/operation.h"
#include "provider/router.h"
#include "value/context.h"
#include "value/string.h"

extern cr_function cr_lib_creact__MockCloudProvider, cr_lib_creact__ProviderRouter;
extern const cr_library cr_library_mock;

/* ---- a provider to break ------------------------------------------------------------------------------- */

static int opened, closed;

static cr_status test_open(cr_context *cx, cr_value config, void **provider, cr_error *err) {
    opened++;
    *provider = &opened;
    if (config != CR_UNDEFINED) return cr_fail(err, CR_E_CONFIG, "no options are known");
    return CR_OK;
}
static void test_close(void *provider) { closed++; }
static void test_answer(void *provider, cr_operation *operation) {
    cr_operation_done(operation, cr_object_new(cr_operation_context(operation)), CR_UNDEFINED);
}
static void test_fail(void *provider, cr_operation *operation) {
    cr_operation_fail(operation, CR_FAILURE_CONFLICT, "'%s' is taken",
                      cr_operation_resource(operation)->address);
}
static void test_twice(void *provider, cr_operation *operation) {
    cr_operation_gone(operation);
    cr_operation_gone(operation);
}
static void test_nonsense(void *provider, cr_operation *operation) {
    cr_operation_done(operation, cr_number(7), CR_UNDEFINED);
}

static const char *const test_constructs[] = {"Alpha", "Beta", NULL};
static const cr_provider_type good = {.api_version = CR_PROVIDER_API_VERSION,
                                      .name = "test",
                                      .version = "1",
                                      .constructs = test_constructs,
                                      .open = test_open,
                                      .close = test_close,
                                      .read = test_answer,
                                      .create = test_fail,
                                      .update = test_twice,
                                      .delete_ = test_nonsense,
                                      .recover = test_answer};

static cr_status route(cr_context *cx, const cr_provider_type *type, cr_value provider, router **out,
                       cr_error *err) {
    const cr_provider_type *types[] = {type, NULL};
    const cr_library library = {"creact/test", types}, *libraries[] = {&library, NULL};
    const cr_program program = {.abi_version = CR_ABI_VERSION, .name = "test", .libraries = libraries};
    return router_new(cx, &program, provider, out, err);
}

static cr_context *new_context(void) {
    cr_context *cx = context_new(NULL);
    builtins_install(cx);
    return cx;
}

static void free_context(cr_context *cx) {
    context_free(cx);
    cr_lib_creact__MockCloudProvider.prototype = NULL; /* it was of that context */
}

/* ---- routing ------------------------------------------------------------------------------------------- */

static void test_default_routing(void **state) {
    cr_context *cx = new_context();
    router *r;
    cr_error err = {0};
    uint32_t count;
    opened = closed = 0;
    assert_int_equal(route(cx, &good, CR_UNDEFINED, &r, &err), CR_OK);
    assert_ptr_equal(router_find(r, "Alpha")->type, &good);
    assert_ptr_equal(router_find(r, "Beta"), router_find(r, "Alpha"));
    assert_null(router_find(r, "Gamma"));
    assert_null(router_find(r, "Gamma"));
    assert_ptr_equal(router_find_type(r, "test"), router_find(r, "Alpha"));
    assert_null(router_find_type(r, "other"));
    router_entries(r, &count);
    assert_int_equal(count, 1);
    router_free(r);
    assert_int_equal(opened, 1);
    assert_int_equal(closed, 1);
    free_context(cx);
}

static cr_value new_mock(cr_context *cx) {
    return cr_new(cx, cr_from_pointer(&cr_lib_creact__MockCloudProvider), 0, NULL, "MockCloudProvider");
}

/* A program that names a provider gets that one; the libraries' own still delete what they made before. */
static void test_chosen_provider(void **state) {
    cr_context *cx = new_context();
    router *r;
    cr_error err = {0};
    assert_int_equal(route(cx, &good, new_mock(cx), &r, &err), CR_OK);
    assert_string_equal(router_find(r, "Alpha")->type->name, "mock");
    assert_string_equal(router_find(r, "Anything")->type->name, "mock");
    assert_ptr_equal(router_find_type(r, "test")->type, &good);
    router_free(r);
    assert_int_equal(route(cx, &good, cr_object_new(cx), &r, &err), CR_E_CONFIG);
    assert_non_null(strstr(err.message, "'CReact.cloudProvider' is not a provider"));
    free_context(cx);
}

static void test_patterns(void **state) {
    STRING_LITERAL(name_register, "register");
    STRING_LITERAL(source, "^Al");
    STRING_LITERAL(flags, "g");
    cr_context *cx = new_context();
    router *r;
    cr_error err = {0};
    cr_value made = cr_new(cx, cr_from_pointer(&cr_lib_creact__ProviderRouter), 0, NULL, "ProviderRouter");
    cr_value arguments[] = {cr_regexp(cx, &source, &flags), new_mock(cx)};
    assert_int_not_equal(cr_call_method(cx, made, &name_register, 2, arguments, "register"), CR_EXCEPTION);
    assert_int_equal(route(cx, &good, made, &r, &err), CR_OK);
    assert_string_equal(router_find(r, "Alpha")->type->name, "mock");
    assert_string_equal(router_find(r, "Altar")->type->name, "mock"); /* lastIndex of /g does not matter */
    assert_null(router_find(r, "Beta"));
    router_free(r);
    free_context(cx);
}

/* ---- the contract -------------------------------------------------------------------------------------- */

static void assert_refused(cr_provider_type type, const char *message) {
    cr_context *cx = new_context();
    router *r;
    cr_error err = {0};
    assert_int_equal(route(cx, &type, CR_UNDEFINED, &r, &err), CR_E_CONFIG);
    if (strstr(err.message, message) == NULL) fail_msg("'%s' is not in '%s'", message, err.message);
    free_context(cx);
}

static void test_contract(void **state) {
    cr_provider_type bad = good;
    bad.api_version = 99;
    assert_refused(
        bad, "provider 'test' is made for version 99 of the provider contract, this program for version 1");
    bad = good;
    bad.recover = NULL;
    assert_refused(bad, "provider 'test' does not keep the provider contract: it has no 'recover'");
    bad = good;
    bad.constructs = NULL;
    assert_refused(bad, "it has no 'constructs'");
    bad = good;
    bad.name = "";
    assert_refused(bad, "it has no 'name'");
}

/* ---- operations ---------------------------------------------------------------------------------------- */

static operation_answer last_answer;
static int answers;

static void take_answer(void *data, const operation_answer *answer) {
    answers++;
    last_answer = *answer;
}

static void run_operation(cr_context *cx, operation_kind kind) {
    router_entry entry = {&good, NULL};
    cr_resource resource = {.address = "App/it", .construct = "Alpha"};
    operation_observer observer = {NULL, NULL, take_answer};
    os_loop *loop = os_loop_new();
    answers = 0;
    operation_start(cx, loop, &entry, kind, &resource, &observer);
    assert_int_equal(answers, 0); /* never from inside the call */
    os_loop_run(loop);
    os_loop_free(loop);
}

static void test_operations(void **state) {
    cr_context *cx = new_context();
    run_operation(cx, OPERATION_READ);
    assert_true(answers == 1 && last_answer.outcome == OPERATION_DONE);
    run_operation(cx, OPERATION_CREATE);
    assert_true(answers == 1 && last_answer.outcome == OPERATION_FAILED &&
                last_answer.failure == CR_FAILURE_CONFLICT);
    assert_string_equal(last_answer.message, "'App/it' is taken");
    run_operation(cx, OPERATION_DELETE);
    assert_int_equal(last_answer.outcome, OPERATION_FAILED);
    assert_non_null(strstr(last_answer.message, "outputs that are no object"));
    free_context(cx);
}

static void test_answering_twice_is_a_bug(void **state) {
    pid_t pid = fork();
    if (pid == 0) {
        if (freopen("/dev/null", "w", stderr) == NULL) _exit(1);
        signal(SIGABRT, SIG_DFL);
        cr_context *cx = new_context();
        run_operation(cx, OPERATION_UPDATE);
        _exit(0);
    }
    int status;
    waitpid(pid, &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void test_kind_names(void **state) {
    assert_string_equal(operation_kind_name(OPERATION_DELETE), "delete");
    assert_int_equal(operation_kind_of("update"), OPERATION_UPDATE);
    assert_int_equal(operation_kind_of("nonsense"), OPERATION_READ);
    assert_int_equal(operation_kind_of(NULL), OPERATION_READ);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_default_routing), cmocka_unit_test(test_chosen_provider),
        cmocka_unit_test(test_patterns),        cmocka_unit_test(test_contract),
        cmocka_unit_test(test_operations),      cmocka_unit_test(test_answering_twice_is_a_bug),
        cmocka_unit_test(test_kind_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
