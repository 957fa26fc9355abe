/* deploy/: plans and deployments over the file backend and the mock provider (promises D1 to D7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine_program.h"
#include "os/fault.h"

static char root[] = "/tmp/engine_test.XXXXXX";
static char directory[300];
static uint32_t parallelism = 4;

/* A fresh folder and program for each test. */
static int set_up(void **state) {
    static int number;
    snprintf(directory, sizeof directory, "%s/%d", root, number++);
    fleet = (struct fleet){.count = 6, .chain = 3, .value = "one", .special = -1};
    return 0;
}

static run_options options(void) {
    return (run_options){.directory = directory, .parallelism = parallelism, .refresh = REFRESH_AUTO};
}

static run_result deploy(void) {
    run_options o = options();
    return engine_deploy(&o);
}

static run_result must_deploy(void) {
    run_result result = deploy();
    if (result.status != CR_OK) fail_msg("%s", result.err.message);
    return result;
}

static run_result plan_only(refresh_mode refresh) {
    run_options o = options();
    o.plan_only = true;
    o.refresh = refresh;
    run_result result = engine_deploy(&o);
    if (result.status != CR_OK) fail_msg("%s", result.err.message);
    return result;
}

static void assert_effects(const char *expected) {
    char text[100];
    engine_effects(directory, text, sizeof text);
    assert_string_equal(text, expected);
}

static void assert_no_changes(void) {
    run_result result = plan_only(REFRESH_AUTO);
    for (int kind = CHANGE_CREATE; kind <= CHANGE_MOVE; kind++) assert_int_equal(result.planned[kind], 0);
}

/* ---- the usual ----------------------------------------------------------------------------------------- */

static void test_deploy(void **state) {
    run_result result = must_deploy();
    assert_int_equal(result.planned[CHANGE_CREATE],
                     6); /* complete on the first run, the chained ones included */
    assert_int_equal(result.done[CHANGE_CREATE], 6);
    assert_int_equal(result.events[DEPLOY_EVENT_START], 6);
    assert_int_equal(result.events[DEPLOY_EVENT_DONE], 6);
    assert_int_equal(result.waves, 1); /* and an empty one */
    assert_effects("create 6, update 0, delete 0");
    assert_no_changes();
    char *text = engine_dump(directory);
    assert_non_null(strstr(text, "App/node-1 DEPLOYED mock"));
    assert_non_null(strstr(text, "{\"needs\":\"http://one\",\"value\":\"one\"}{\"url\":\"http://one\"} <"));
    assert_non_null(strstr(text, "6 resources, interrupted 0"));
    mem_free(text);
}

static void test_update_follows_outputs(void **state) {
    must_deploy();
    fleet.special = 0;
    fleet.special_value = "two";
    run_result result = must_deploy();
    /* node-0 changes; what its url says is only known afterwards, and brings the update of node-1. */
    assert_int_equal(result.planned[CHANGE_UPDATE], 1);
    assert_int_equal(result.done[CHANGE_UPDATE], 2);
    assert_effects("create 6, update 2, delete 0");
    assert_no_changes();
}

static void test_removed_and_added(void **state) {
    must_deploy();
    fleet.count = 4;
    run_result result = must_deploy();
    assert_int_equal(result.done[CHANGE_DELETE], 2);
    assert_effects("create 6, update 0, delete 2");
    fleet.count = 7;
    result = must_deploy();
    assert_int_equal(result.done[CHANGE_CREATE], 3);
    assert_effects("create 9, update 0, delete 2");
    assert_no_changes();
}

static void test_rename_touches_nothing(void **state) {
    must_deploy();
    fleet.root = "renamed";
    run_result result = must_deploy();
    assert_int_equal(result.planned[CHANGE_MOVE], 6);
    assert_int_equal(result.done[CHANGE_MOVE], 6);
    assert_effects("create 6, update 0, delete 0");
    assert_no_changes();
    run_options o = options();
    o.destroy = true;
    result = engine_deploy(&o);
    assert_int_equal(result.status, CR_OK);
    assert_int_equal(result.done[CHANGE_DELETE], 6);
}

static void test_destroy(void **state) {
    must_deploy();
    run_options o = options();
    o.destroy = true;
    run_result result = engine_deploy(&o);
    assert_int_equal(result.status, CR_OK);
    assert_int_equal(result.planned[CHANGE_DELETE], 6);
    assert_effects("create 6, update 0, delete 6");
    char *text = engine_dump(directory);
    assert_string_equal(text, "0 resources, interrupted 0\n");
    mem_free(text);
    must_deploy();
    assert_effects("create 12, update 0, delete 6");
}

/* Somebody removed it by hand: seen with --refresh=true, made again. */
static void test_gone_from_the_world(void **state) {
    must_deploy();
    char path[400];
    snprintf(path, sizeof path, "%s/world/effects.log", directory);
    assert_int_equal(remove(path), 0);
    run_result result = plan_only(REFRESH_TRUE);
    assert_int_equal(result.planned[CHANGE_CREATE], 6);
    /* Not looked at before the plan (the mock is not cheap to read), an update finds out and makes it anew.
     */
    fleet.special = 5;
    fleet.special_value = "two";
    result = must_deploy();
    assert_int_equal(result.planned[CHANGE_UPDATE], 1);
    assert_int_equal(result.done[CHANGE_UPDATE], 0);
    assert_int_equal(result.done[CHANGE_CREATE], 1);
    assert_effects("create 1, update 0, delete 0");
}

/* ---- failures ------------------------------------------------------------------------------------------ */

static cr_value one_failure(cr_context *cx, const char *match, const char *operation, double times,
                            bool transient) {
    cr_value failure = cr_object_new(cx), list = cr_array_new(cx, 0, NULL);
    cr_set_field(cx, failure, "match", cr_string_text(cx, match));
    cr_set_field(cx, failure, "operation", cr_string_text(cx, operation));
    cr_set_field(cx, failure, "times", cr_number(times));
    cr_set_field(cx, failure, "transient", cr_from_bool(transient));
    cr_set_field(cx, failure, "message", cr_string_text(cx, "no capacity"));
    cr_array_push(cx, list, failure);
    return list;
}

static cr_value transient_twice(cr_context *cx) { return one_failure(cx, "node-1", "create", 2, true); }
static cr_value transient_always(cr_context *cx) { return one_failure(cx, "node-1", "create", 100, true); }
static cr_value permanent_create(cr_context *cx) { return one_failure(cx, "node-1", "create", 1, false); }
static cr_value permanent_delete(cr_context *cx) { return one_failure(cx, "node-2", "delete", 1, false); }

static void test_transient_failures_are_retried(void **state) {
    fleet.failures = transient_twice;
    run_result result = must_deploy();
    assert_int_equal(result.events[DEPLOY_EVENT_RETRY], 2);
    assert_int_equal(result.events[DEPLOY_EVENT_START], 8);
    assert_effects("create 6, update 0, delete 0");
}

static void test_failure_stops_what_depends_on_it(void **state) {
    fleet.failures = permanent_create;
    run_options o = options();
    o.parallelism = 1;
    run_result result = engine_deploy(&o);
    assert_int_equal(result.status, CR_E_PROVIDER);
    assert_string_equal(result.err.message, "create of 'App/node-1' failed: no capacity");
    assert_int_equal(result.failed, 1);
    assert_true(result.skipped > 0);
    assert_int_equal(result.events[DEPLOY_EVENT_SKIP], result.skipped);
    assert_int_equal(result.done[CHANGE_CREATE] + result.failed + result.skipped, 6);
    char *text = engine_dump(directory);
    assert_non_null(strstr(text, "App/node-1 FAILED mock"));
    assert_non_null(strstr(text, "interrupted 1"));
    mem_free(text);
    fleet.failures = NULL;
    must_deploy();
    assert_effects("create 6, update 0, delete 0");
    assert_no_changes();
}

static void test_retries_end(void **state) {
    fleet.failures = transient_always;
    run_result result = deploy();
    assert_int_equal(result.status, CR_E_PROVIDER);
    assert_int_equal(result.events[DEPLOY_EVENT_RETRY], 2);
}

static void test_failed_delete(void **state) {
    must_deploy();
    fleet.failures = permanent_delete;
    run_options o = options();
    o.destroy = true;
    assert_int_equal(engine_deploy(&o).status, CR_E_PROVIDER);
    fleet.failures = NULL;
    assert_int_equal(engine_deploy(&o).status, CR_OK);
    assert_effects("create 6, update 0, delete 6");
}

static void test_no_provider(void **state) {
    engine_run run;
    run_options o = options();
    cr_error err = {0};
    assert_int_equal(engine_open(&run, &o, NULL, &err), CR_OK);
    router_free(run.router);
    assert_int_equal(router_new(run.cx, NULL, CR_UNDEFINED, &run.router, &err), CR_OK);
    assert_int_equal(engine_mount(&run, &err), CR_OK);
    plan made;
    plan_options planning = {REFRESH_AUTO, false, run.loop};
    plan_init(&made);
    assert_int_equal(plan_compute(run.stack, run.renderer, run.router, &planning, &made, &err), CR_E_DATA);
    assert_non_null(strstr(err.message, "no provider serves 'Node' of 'App/node-0'"));
    plan_release(&made);
    engine_close(&run);
}

/* ---- replacing ----------------------------------------------------------------------------------------- */

/* The mock provider, but another value is another resource. */
static cr_provider_type replacing;

static cr_status must_replace(void *provider, const cr_resource *resource, cr_diff *diff, cr_error *err) {
    cr_value before = cr_field(resource->prior_props, "value"), after = cr_field(resource->props, "value");
    diff->replace = !cr_string_equal(cr_as_string(before), cr_as_string(after));
    diff->replace_reasons[0] = diff->replace ? "value" : NULL;
    return CR_OK;
}

static void use_replacing(void) {
    replacing = *cr_library_mock.providers[0];
    replacing.diff = must_replace;
    fleet.provider = &replacing;
}

static void test_replace(void **state) {
    use_replacing();
    must_deploy();
    fleet.special = 0;
    fleet.special_value = "two";
    run_result result = must_deploy();
    /* The address of the new one is not known before it is there, so who needs it is in the plan. */
    assert_int_equal(result.planned[CHANGE_REPLACE], 1);
    assert_int_equal(result.planned[CHANGE_UPDATE], 1);
    assert_int_equal(result.waves, 1);
    assert_effects("create 7, update 1, delete 1");
    assert_no_changes();
}

/* Another provider for the same program: what the old one made is replaced, by the old one and the new one.
 */
static void test_switched_provider(void **state) {
    must_deploy();
    replacing = *cr_library_mock.providers[0];
    replacing.name = "other";
    fleet.provider = &replacing;
    run_options o = options();
    assert_int_equal(engine_deploy(&o).status, CR_E_DATA);
    fleet.also = cr_library_mock.providers[0];
    run_result result = must_deploy();
    assert_int_equal(result.planned[CHANGE_REPLACE], 6);
    assert_effects("create 12, update 0, delete 6");
    fleet.also = NULL;
    assert_no_changes();
}

/* ---- interruption -------------------------------------------------------------------------------------- */

static uint32_t interrupt_at, interrupt_times;

static void interrupt(void *data, const deploy_event *event) {
    run_result *result = data;
    if (event->kind != DEPLOY_EVENT_START || result->events[DEPLOY_EVENT_START] != interrupt_at) return;
    for (uint32_t i = 0; i < interrupt_times; i++) deployment_interrupt(result->deployment);
}

static void test_interrupt(void **state) {
    fleet.latency_ms = 20;
    for (interrupt_times = 1; interrupt_times <= 2; interrupt_times++) {
        set_up(NULL);
        fleet.latency_ms = 20;
        run_options o = options();
        o.event = interrupt;
        o.parallelism = 2;
        interrupt_at = 3;
        run_result result = engine_deploy(&o);
        assert_int_equal(result.status, CR_E_INTERRUPTED);
        assert_true(result.skipped > 0);
        if (interrupt_times == 2) assert_true(result.failed > 0);
        must_deploy();
        assert_effects("create 6, update 0, delete 0");
        assert_no_changes();
    }
}

/* ---- the disk ------------------------------------------------------------------------------------------ */

/* C6: each write and sync of the log fails once, at any moment: reported, nothing lost, nothing doubled. */
static void test_log_fails(void **state) {
    static const fault_kind kinds[] = {FAULT_WRITE, FAULT_SYNC};
    for (size_t k = 0; k < 2; k++) {
        for (uint64_t nth = 1; nth < 100; nth++) {
            set_up(NULL);
            fault_fail(kinds[k], nth, ENOSPC);
            run_result result = deploy();
            fault_fail(kinds[k], 0, 0);
            if (result.status == CR_OK) {
                assert_true(nth > 5);
                break;
            }
            assert_true(result.status == CR_E_IO || result.status == CR_E_PROVIDER ||
                        result.status == CR_E_CONFIG);
            assert_true(strstr(result.err.message, "No space left") != NULL);
            must_deploy();
            assert_effects("create 6, update 0, delete 0");
        }
    }
}

/* Killed while replacing: made exactly once again, whatever the moment. */
static bool deploy_and_die(uint64_t nth, bool destroy);

static void test_killed_while_replacing(void **state) {
    uint64_t points = 1;
    for (;; points++) {
        set_up(NULL);
        use_replacing();
        must_deploy();
        fleet.special = 0;
        fleet.special_value = "two";
        if (!deploy_and_die(points, false)) break;
        must_deploy();
        assert_no_changes();
        char text[100];
        engine_effects(directory, text, sizeof text);
        if (strcmp(text, "create 7, update 1, delete 1") != 0)
            fail_msg("killed at %d: %s", (int)points, text);
    }
    assert_true(points > 6);
}

/* Runs `deploy` in a process that dies before its nth change of the world; false: it lived to the end. */
static bool deploy_and_die(uint64_t nth, bool destroy) {
    pid_t pid = fork();
    if (pid == 0) {
        run_options o = options();
        o.destroy = destroy;
        fault_die(nth);
        run_result result = engine_deploy(&o);
        _exit(result.status == CR_OK ? 0 : 1);
    }
    int status;
    waitpid(pid, &status, 0);
    if (WIFEXITED(status)) {
        assert_int_equal(WEXITSTATUS(status), 0);
        return false;
    }
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return true;
}

static void killed_at_each_change(uint32_t count) {
    char effects[100];
    snprintf(effects, sizeof effects, "create %u, update 0, delete 0", count);
    fleet.count = count;
    must_deploy();
    char *expected = engine_dump(directory);
    uint64_t points = 1;
    for (;; points++) {
        set_up(NULL);
        fleet.count = count;
        if (!deploy_and_die(points, false)) break;
        must_deploy();
        assert_effects(effects);
        char *text = engine_dump(directory);
        assert_string_equal(text, expected);
        mem_free(text);
    }
    assert_true(points > 2 * count);
    print_message("%u resources, parallelism %u: %llu points\n", count, parallelism,
                  (unsigned long long)points - 1);
    mem_free(expected);
}

/* C1: killed before every change of the world: 0 lost, 0 doubled, the same state. CREACT_LONG=1: of 200
 * resources, at parallelism 1 and 10. */
static void test_killed_at_each_change(void **state) {
    if (getenv("CREACT_LONG") == NULL) {
        killed_at_each_change(6);
        return;
    }
    for (parallelism = 1; parallelism <= 10; parallelism += 9) {
        set_up(NULL);
        killed_at_each_change(200);
    }
    parallelism = 4;
}

/* C2: the same while updating and while destroying; C3: killed again while recovering. */
static void test_killed_while_updating_and_destroying(void **state) {
    uint64_t points = 1;
    for (;; points++) {
        set_up(NULL);
        must_deploy();
        fleet.value = "two";
        if (!deploy_and_die(points, false)) break;
        deploy_and_die(1 + points % 7, false);
        must_deploy();
        assert_no_changes();
        char *text = engine_dump(directory);
        assert_non_null(strstr(text, "6 resources, interrupted 0"));
        assert_null(strstr(text, "one"));
        mem_free(text);
    }
    assert_true(points > 12);
    for (points = 1;; points++) {
        set_up(NULL);
        must_deploy();
        if (!deploy_and_die(points, true)) break;
        deploy_and_die(1 + points % 7, true);
        run_options o = options();
        o.destroy = true;
        assert_int_equal(engine_deploy(&o).status, CR_OK);
        char *text = engine_dump(directory);
        assert_string_equal(text, "0 resources, interrupted 0\n");
        mem_free(text);
        assert_effects("create 6, update 0, delete 6");
    }
    assert_true(points > 12);
}

/* Killed while everything is being renamed: who needs whom is recorded as in a run that nobody disturbed. */
static void test_killed_while_moving(void **state) {
    must_deploy();
    fleet.root = "renamed";
    must_deploy();
    char *expected = engine_dump(directory);
    uint64_t points = 1;
    for (;; points++) {
        set_up(NULL);
        must_deploy();
        fleet.root = "renamed";
        if (!deploy_and_die(points, false)) break;
        if (points % 2 == 0) deploy_and_die(1 + points % 3, false);
        must_deploy();
        assert_effects("create 6, update 0, delete 0");
        char *text = engine_dump(directory);
        assert_string_equal(text, expected);
        mem_free(text);
    }
    assert_true(points > 6);
    mem_free(expected);
}

int main(void) {
    if (mkdtemp(root) == NULL) return 1;
#define TEST(name) cmocka_unit_test_setup(name, set_up)
    const struct CMUnitTest tests[] = {
        TEST(test_deploy),
        TEST(test_update_follows_outputs),
        TEST(test_removed_and_added),
        TEST(test_rename_touches_nothing),
        TEST(test_destroy),
        TEST(test_gone_from_the_world),
        TEST(test_transient_failures_are_retried),
        TEST(test_failure_stops_what_depends_on_it),
        TEST(test_retries_end),
        TEST(test_failed_delete),
        TEST(test_no_provider),
        TEST(test_replace),
        TEST(test_killed_while_replacing),
        TEST(test_switched_provider),
        TEST(test_interrupt),
        TEST(test_log_fails),
        TEST(test_killed_at_each_change),
        TEST(test_killed_while_updating_and_destroying),
        TEST(test_killed_while_moving),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[600];
    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command) != 0 ? 1 : failed;
}
