/* providers/process: real programs, started, found again, stopped. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "os/file.h"
#include "os/process.h"
#include "provider_driver.h"

extern const cr_library cr_library_process;

static char start_folder[4096];

static int scratch_open(void **state) {
    char folder[] = "/tmp/creact-process-XXXXXX";
    assert_non_null(getcwd(start_folder, sizeof start_folder));
    assert_non_null(mkdtemp(folder));
    return chdir(folder);
}
static int scratch_close(void **state) {
    char folder[4096], command[4200];
    assert_non_null(getcwd(folder, sizeof folder));
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(chdir(start_folder), 0);
    return system(command);
}

static int64_t pid_of(driver *d) { return (int64_t)cr_to_double(cr_field(d->answer.outputs, "pid")); }
static bool alive(int64_t pid) {
    char identity[OS_IDENTITY_BYTES];
    return os_process_identity(pid, identity);
}

/* Starts `sh -c script`, ready when its log says "ready". */
static operation_outcome start_script(driver *d, const char *script) {
    char props[1024];
    snprintf(props, sizeof props, "{\"command\":[\"sh\",\"-c\",\"%s\"],\"ready\":{\"log\":\"ready\",\"timeoutMs\":3000},\"stopTimeoutMs\":200}", script);
    d->resource.props = driver_json(d, props);
    return driver_call(d, OPERATION_CREATE, NULL);
}

/* A resource that has moved takes the log away that was made under its old address. */
static void a_moved_process(void **state) {
    driver d;
    driver_open(&d, &cr_library_process, "LocalProcess");
    assert_int_equal(start_script(&d, "echo ready; exec sleep 60"), OPERATION_DONE);
    driver_record(&d);
    d.resource.address = "App/moved";
    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_int_equal(access(".creact/logs/test/App_it.log", F_OK), -1);
    assert_int_equal(access(".creact/logs/test/App_it.log.pid", F_OK), -1);
    driver_close(&d);
}

static void a_process_through_its_life(void **state) {
    driver d;
    driver_open(&d, &cr_library_process, "LocalProcess");
    assert_int_equal(start_script(&d, "echo ready; exec sleep 60"), OPERATION_DONE);
    int64_t pid = pid_of(&d);
    assert_true(alive(pid));
    assert_true(cr_string_is(cr_field(d.answer.outputs, "logFile"), ".creact/logs/test/App_it.log"));
    driver_record(&d);
    assert_int_equal(driver_call(&d, OPERATION_READ, NULL), OPERATION_DONE);
    cr_diff diff;
    assert_string_equal(driver_diff(&d, "{\"command\":[\"sleep\",\"61\"]}", &diff), "command");
    d.resource.props = d.resource.prior_props;
    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_false(alive(pid));
    assert_int_not_equal(access(".creact/logs", F_OK), 0); /* nothing is left */
    assert_int_equal(driver_call(&d, OPERATION_READ, NULL), OPERATION_GONE);
    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_GONE); /* again: still gone */
    driver_close(&d);
}

static void one_that_ignores_term_is_killed(void **state) {
    driver d;
    driver_open(&d, &cr_library_process, "LocalProcess");
    assert_int_equal(start_script(&d, "trap '' TERM; echo ready; while :; do sleep 1; done"), OPERATION_DONE);
    int64_t pid = pid_of(&d);
    driver_record(&d);
    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_false(alive(pid));
    driver_close(&d);
}

static void one_that_dies_is_seen(void **state) {
    driver d;
    driver_open(&d, &cr_library_process, "LocalProcess");
    assert_int_equal(start_script(&d, "echo out of luck; exit 1"), OPERATION_FAILED);
    assert_non_null(strstr(d.answer.message, "the program ended before it was ready"));
    assert_non_null(strstr(d.answer.message, "out of luck"));
    assert_int_equal(start_script(&d, "echo ready; exec sleep 60"), OPERATION_DONE);
    driver_record(&d);
    assert_int_equal(kill((pid_t)pid_of(&d), SIGKILL), 0);
    while (alive(pid_of(&d))) usleep(1000);
    assert_int_equal(driver_call(&d, OPERATION_READ, NULL), OPERATION_GONE);
    d.resource.props = driver_json(&d, "{\"command\":[\"no-such-program-here\"]}");
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_FAILED);
    driver_close(&d);
}

static void one_that_is_never_ready_is_killed(void **state) {
    driver d;
    driver_open(&d, &cr_library_process, "LocalProcess");
    d.resource.props = driver_json(&d, "{\"command\":[\"sh\",\"-c\",\"echo $$ > pid; exec sleep 60\"],\"ready\":{\"log\":\"ready\",\"timeoutMs\":200}}");
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_FAILED);
    char *text;
    size_t length;
    cr_error err;
    assert_int_equal(os_file_read("pid", &text, &length, &err), CR_OK);
    int64_t pid = atoll(text);
    mem_free(text);
    for (int i = 0; i < 1000 && alive(pid); i++) usleep(1000);
    assert_false(alive(pid));
    driver_close(&d);
}

/* The deployment died after the start and before its outcome was recorded. */
static void recovery_adopts_and_never_doubles(void **state) {
    driver d;
    driver_open(&d, &cr_library_process, "LocalProcess");
    assert_int_equal(start_script(&d, "echo ready; echo x >> started; exec sleep 60"), OPERATION_DONE);
    int64_t pid = pid_of(&d);
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "create"), OPERATION_DONE);
    assert_int_equal(pid_of(&d), pid);
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_DONE); /* a retry with the same token */
    assert_int_equal(pid_of(&d), pid);
    driver_record(&d);
    d.resource.token = "token-2";
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_FAILED);
    assert_int_equal(d.answer.failure, CR_FAILURE_CONFLICT);
    d.resource.props = CR_UNDEFINED;
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "delete"), OPERATION_GONE);
    assert_false(alive(pid));
    driver_close(&d);
}

static void ports(void **state) {
    driver d;
    cr_error err;
    driver_open(&d, &cr_library_process, "LocalProcess");
    assert_int_equal(driver_validate(&d, "{\"command\":[\"x\"],\"port\":0}", &err), CR_E_DATA);
    assert_string_equal(err.message, "prop 'port' of 'LocalProcess' must be an integer from 1 to 65535");
    assert_int_equal(driver_validate(&d, "{\"command\":[]}", &err), CR_E_DATA);
    assert_int_equal(driver_validate(&d, "{\"command\":[\"x\"],\"ready\":{\"tcp\":1}}", &err), CR_E_DATA);
    assert_string_equal(err.message, "'ready of LocalProcess' has no prop 'tcp'");
    driver_close(&d);
}

#define SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        SCRATCH(a_process_through_its_life),        SCRATCH(one_that_ignores_term_is_killed),
        SCRATCH(one_that_dies_is_seen),             SCRATCH(one_that_is_never_ready_is_killed),
        SCRATCH(recovery_adopts_and_never_doubles), SCRATCH(ports),
        SCRATCH(a_moved_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
