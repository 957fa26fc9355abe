/* os/: files that survive a crash, locks, processes, the loop and the fault switch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/env.h"
#include "os/fault.h"
#include "os/file.h"
#include "os/loop.h"
#include "os/process.h"
#include "os/random.h"
#include "os/time.h"

static char root[] = "/tmp/os_test.XXXXXX";
static char path_text[4][512];

static const char *at(int slot, const char *name) {
    snprintf(path_text[slot], sizeof path_text[slot], "%s/%s", root, name);
    return path_text[slot];
}

static void assert_content(const char *path, const char *expected) {
    char *bytes;
    size_t length;
    cr_error err = {0};
    assert_int_equal(os_file_read(path, &bytes, &length, &err), CR_OK);
    assert_int_equal(length, strlen(expected));
    assert_string_equal(bytes, expected);
    mem_free(bytes);
}

/* ---- files --------------------------------------------------------------------------------------------- */

static void test_write_and_read(void **state) {
    cr_error err = {0};
    os_file_info info;
    bool removed;
    assert_int_equal(os_file_write(at(0, "a"), "hello", 5, 0640, &err), CR_OK);
    assert_content(at(0, "a"), "hello");
    assert_int_equal(os_file_inspect(at(0, "a"), &info, &err), CR_OK);
    assert_true(info.exists && info.is_file);
    assert_int_equal(info.mode, 0640);
    assert_int_equal(os_file_create(at(0, "a"), "x", 1, 0600, &err), CR_E_FAILED);
    assert_content(at(0, "a"), "hello");
    assert_int_equal(os_file_write(at(0, "a"), "", 0, 0600, &err), CR_OK);
    assert_content(at(0, "a"), "");
    assert_int_equal(os_file_remove(at(0, "a"), &removed, &err), CR_OK);
    assert_true(removed);
    assert_int_equal(os_file_remove(at(0, "a"), &removed, &err), CR_OK);
    assert_false(removed);
    char *bytes;
    size_t length;
    assert_int_equal(os_file_read(at(0, "a"), &bytes, &length, &err), CR_E_NO_INPUT);
    assert_non_null(strstr(err.message, "No such file"));
}

static void test_failed_write_keeps_old_content(void **state) {
    static const struct {
        fault_kind kind;
        int number;
        cr_status status;
    } faults[] = {{FAULT_CREATE, EMFILE, CR_E_IO},
                  {FAULT_WRITE, ENOSPC, CR_E_IO},
                  {FAULT_SYNC, EIO, CR_E_IO},
                  {FAULT_RENAME, EIO, CR_E_IO},
                  {FAULT_CREATE, EROFS, CR_E_OS},
                  {FAULT_CHMOD, EPERM, CR_E_OS}};
    cr_error err = {0};
    assert_int_equal(os_file_write(at(0, "keep"), "old", 3, 0600, &err), CR_OK);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        fault_fail(faults[i].kind, 1, faults[i].number);
        assert_int_equal(os_file_write(at(0, "keep"), "new", 3, 0600, &err), faults[i].status);
        assert_non_null(strstr(err.message, strerror(faults[i].number)));
        assert_content(at(0, "keep"), "old");
    }
    os_names names = {0};
    assert_int_equal(os_directory_list(root, &names, &err), CR_OK);
    assert_int_equal(names.length, 1); /* no temporary file is left */
    os_names_release(&names);
    fault_fail(FAULT_WRITE, 1, EINTR); /* is tried again */
    assert_int_equal(os_file_write(at(0, "keep"), "new", 3, 0600, &err), CR_OK);
    assert_content(at(0, "keep"), "new");
}

static void test_write_killed_at_each_change(void **state) {
    cr_error err = {0};
    for (uint64_t n = 1; n < 20; n++) {
        assert_int_equal(os_file_write(at(0, "kill"), "old", 3, 0600, &err), CR_OK);
        pid_t pid = fork();
        if (pid == 0) {
            fault_die(n);
            _exit(os_file_write(at(0, "kill"), "new", 3, 0600, NULL) == CR_OK ? 0 : 1);
        }
        int status;
        waitpid(pid, &status, 0);
        if (WIFEXITED(status)) {
            assert_content(at(0, "kill"), "new");
            assert_true(n > 4);
            return;
        }
        char *bytes;
        size_t length;
        assert_int_equal(os_file_read(at(0, "kill"), &bytes, &length, &err), CR_OK);
        assert_true(strcmp(bytes, "old") == 0 || strcmp(bytes, "new") == 0);
        mem_free(bytes);
    }
    fail();
}

static void test_log(void **state) {
    os_log log;
    cr_error err = {0};
    assert_int_equal(os_log_open(&log, at(0, "log"), 0600, &err), CR_OK);
    assert_int_equal(os_log_append(&log, "one\n", 4, &err), CR_OK);
    assert_int_equal(os_log_append(&log, "two\n", 4, &err), CR_OK);
    assert_int_equal(os_log_cut(&log, 4, &err), CR_OK);
    assert_int_equal(os_log_append(&log, "three\n", 6, &err), CR_OK);
    fault_fail(FAULT_SYNC, 1, EIO);
    assert_int_equal(os_log_append(&log, "x", 1, &err), CR_E_IO);
    os_log_close(&log);
    assert_content(at(0, "log"), "one\nthree\nx");
}

static void test_directories(void **state) {
    cr_error err = {0};
    bool created, empty;
    assert_int_equal(os_directory_make(at(0, "d/e/f/"), 0755, &created, &err), CR_OK);
    assert_true(created);
    assert_int_equal(os_directory_make(at(0, "d/e/f"), 0755, &created, &err), CR_OK);
    assert_false(created);
    assert_int_equal(os_directory_remove(at(0, "d/e"), &empty, &err), CR_OK);
    assert_false(empty);
    assert_int_equal(os_directory_remove(at(0, "d/e/f"), &empty, &err), CR_OK);
    assert_true(empty);
    assert_int_equal(os_file_write(at(0, "d/file"), "", 0, 0600, &err), CR_OK);
    assert_int_equal(os_directory_make(at(0, "d/file/x"), 0755, &created, &err), CR_E_OS);
}

static void test_lock(void **state) {
    os_lock lock, other;
    cr_error err = {0};
    bool held;
    assert_int_equal(os_lock_is_held(at(0, "lock"), &held, &err), CR_OK);
    assert_false(held);
    assert_int_equal(os_lock_try(&lock, at(0, "lock"), &held, &err), CR_OK);
    assert_true(held);
    assert_int_equal(os_lock_try(&other, at(0, "lock"), &held, &err), CR_OK);
    assert_false(held);
    assert_int_equal(os_lock_is_held(at(0, "lock"), &held, &err), CR_OK);
    assert_true(held);
    assert_int_equal(os_lock_write(&lock, "me", 2, &err), CR_OK);
    assert_content(at(0, "lock"), "me");
    os_lock_release(&lock);
    assert_int_equal(os_lock_try(&other, at(0, "lock"), &held, &err), CR_OK);
    assert_true(held);
    os_lock_release(&other);
}

/* ---- loop ---------------------------------------------------------------------------------------------- */

static void append_a(void *data) { strcat(data, "a"); }
static void append_b(void *data) { strcat(data, "b"); }

static void test_timers_and_deferred_calls(void **state) {
    uint64_t before = os_monotonic_ms();
    os_loop *loop = os_loop_new();
    char order[16] = "";
    os_timer_start(loop, 20, 0, append_b, order);
    os_timer *stopped = os_timer_start(loop, 5, 0, append_b, order);
    os_loop_defer(loop, append_a, order);
    os_timer_stop(stopped);
    os_loop_run(loop);
    assert_string_equal(order, "ab");
    assert_true(os_monotonic_ms() - before >= 19);
    assert_false(os_loop_turn(loop));
    os_timer_start(loop, 1000000, 0, append_a, order);
    os_signal *signal = os_signal_watch(loop, SIGUSR1, append_a, order);
    raise(SIGUSR1);
    os_loop_turn(loop);
    assert_string_equal(order, "aba");
    os_signal_stop(signal);
    os_loop_free(loop);
}

typedef struct probe_result {
    int calls;
    bool connected;
} probe_result;

static void probed(void *data, bool connected) {
    probe_result *result = data;
    result->calls++;
    result->connected = connected;
}

static void test_probe(void **state) {
    os_loop *loop = os_loop_new();
    probe_result result = {0};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(listener, 5), 0);
    getsockname(listener, (struct sockaddr *)&address, &size);
    uint16_t port = ntohs(address.sin_port);
    os_tcp_probe(loop, "127.0.0.1", port, 1000, probed, &result);
    os_loop_run(loop);
    assert_true(result.calls == 1 && result.connected);
    os_tcp_probe(loop, "localhost", port, 5000, probed, &result);
    os_loop_run(loop);
    assert_true(result.calls == 2 && result.connected);
    close(listener);
    os_tcp_probe(loop, "127.0.0.1", port, 1000, probed, &result);
    os_loop_run(loop);
    assert_true(result.calls == 3 && !result.connected);
    os_probe *cancelled = os_tcp_probe(loop, "127.0.0.1", port, 1000, probed, &result);
    os_tcp_probe_cancel(cancelled);
    os_loop_run(loop);
    assert_int_equal(result.calls, 3);
    os_loop_free(loop);
}

/* ---- processes ----------------------------------------------------------------------------------------- */

typedef struct child_result {
    char text[4096];
    int exits, exit_status, signal_number;
} child_result;

static void child_line(void *data, int stream, const char *line, size_t length) {
    child_result *result = data;
    size_t used = strlen(result->text);
    snprintf(result->text + used, sizeof result->text - used, "%d:%.*s\n", stream,
             (int)(length > 100 ? 100 : length), line);
}

static void child_exited(void *data, int exit_status, int signal_number) {
    child_result *result = data;
    result->exits++;
    result->exit_status = exit_status;
    result->signal_number = signal_number;
}

static os_process *start(os_loop *loop, child_result *result, const char *script) {
    const char *argv[] = {"sh", "-c", script, NULL};
    const char *environment[] = {"PATH=/usr/bin:/bin", "GREETING=hello", NULL};
    os_process_options options = {argv, environment, root};
    os_process_observer observer = {result, child_line, child_exited};
    os_process *process = NULL;
    cr_error err = {0};
    memset(result, 0, sizeof *result);
    if (os_process_spawn(loop, &options, &observer, &process, &err) != CR_OK) fail_msg("%s", err.message);
    return process;
}

static void test_process(void **state) {
    os_loop *loop = os_loop_new();
    child_result result;
    setenv("NOT_INHERITED", "1", 1);
    start(loop, &result, "echo $GREETING $NOT_INHERITED; pwd; sleep 0.05; echo bad >&2; printf tail; exit 3");
    os_loop_run(loop);
    char expected[600];
    snprintf(expected, sizeof expected, "1:hello\n1:%s\n2:bad\n1:tail\n", root);
    assert_string_equal(result.text, expected);
    assert_true(result.exits == 1 && result.exit_status == 3 && result.signal_number == 0);
    start(loop, &result, "read x && echo got; echo none");
    os_loop_run(loop);
    assert_string_equal(result.text, "1:none\n");
    start(loop, &result, "sleep 30 & echo started"); /* holds the output open: given up after a moment */
    os_loop_run(loop);
    assert_string_equal(result.text, "1:started\n");
    assert_int_equal(result.exits, 1);
    os_loop_free(loop);
}

static void test_process_long_lines(void **state) {
    os_loop *loop = os_loop_new();
    child_result result;
    start(loop, &result, "head -c 200000 /dev/zero | tr '\\0' x; echo; echo end");
    os_loop_run(loop);
    int lines = 0;
    for (const char *c = result.text; *c != '\0'; c++) lines += *c == '\n';
    assert_int_equal(lines, 5); /* 3 pieces of 65536, the rest, "end" */
    os_loop_free(loop);
}

static void stop_child(void *data) { os_process_stop(*(os_process **)data, 200); }

static void test_process_stop(void **state) {
    os_loop *loop = os_loop_new();
    child_result result;
    os_process *process = start(loop, &result, "trap 'echo bye; exit 7' TERM; sleep 30 & wait");
    os_timer_start(loop, 100, 0, stop_child, &process);
    os_loop_run(loop);
    assert_int_equal(result.exit_status, 7);
    process = start(loop, &result, "trap '' TERM; while true; do sleep 1; done");
    os_timer_start(loop, 100, 0, stop_child, &process);
    os_loop_run(loop);
    assert_int_equal(result.signal_number, SIGKILL);
    process = start(loop, &result, "sleep 30");
    char identity[OS_IDENTITY_BYTES];
    int64_t pid = os_process_pid(process);
    assert_true(os_process_identity(pid, identity));
    os_loop_free(loop); /* kills it */
    assert_false(os_process_is(pid, identity));
    assert_int_equal(result.exits, 0);
}

static void test_process_cannot_start(void **state) {
    os_loop *loop = os_loop_new();
    const char *argv[] = {"/no/such/program", NULL};
    const char *environment[] = {NULL};
    os_process_options options = {argv, environment, NULL};
    os_process_observer observer = {0};
    os_process *process;
    cr_error err = {0};
    assert_int_equal(os_process_spawn(loop, &options, &observer, &process, &err), CR_E_OS);
    assert_string_equal(err.message, "cannot start '/no/such/program': No such file or directory");
    fault_fail(FAULT_SPAWN, 1, EAGAIN);
    assert_int_equal(os_process_spawn(loop, &options, &observer, &process, &err), CR_E_OS);
    os_loop_free(loop);
}

static void test_child_dies_with_us(void **state) {
    int pids[2];
    assert_int_equal(pipe(pids), 0);
    pid_t pid = fork();
    if (pid == 0) {
        os_loop *loop = os_loop_new();
        child_result result;
        int64_t child = os_process_pid(start(loop, &result, "exec sleep 30"));
        if (write(pids[1], &child, sizeof child) != sizeof child) _exit(1);
        kill(getpid(), SIGKILL);
    }
    int64_t child;
    assert_int_equal(read(pids[0], &child, sizeof child), sizeof child);
    waitpid(pid, NULL, 0);
    char identity[OS_IDENTITY_BYTES];
    for (int i = 0; i < 100 && os_process_identity(child, identity); i++) usleep(10000);
    assert_false(os_process_identity(child, identity));
    close(pids[0]);
    close(pids[1]);
}

static void wait_gone(int64_t pid, const char *identity) {
    for (int i = 0; i < 200 && os_process_is(pid, identity); i++) usleep(10000);
    assert_false(os_process_is(pid, identity));
}

static void test_detached(void **state) {
    const char *argv[] = {"sh", "-c", "echo up; exec sleep 30", NULL};
    const char *environment[] = {"PATH=/usr/bin:/bin", NULL};
    os_process_options options = {argv, environment, root};
    os_detached process;
    cr_error err = {0};
    assert_int_equal(os_detached_spawn(&options, at(0, "out.log"), &process, &err), CR_OK);
    usleep(50000);
    assert_content(at(0, "out.log"), ""); /* held at the gate */
    assert_true(os_process_is(process.pid, process.identity));
    assert_int_equal(os_detached_release(&process, &err), CR_OK);
    for (int i = 0; i < 100; i++) {
        os_file_info info;
        os_file_inspect(at(0, "out.log"), &info, &err);
        if (info.size == 3) break;
        usleep(10000);
    }
    assert_content(at(0, "out.log"), "up\n");
    assert_true(os_process_is(process.pid, process.identity));
    assert_false(os_process_is(process.pid, "1@00000000"));
    assert_false(os_process_signal(process.pid, "1@00000000", SIGTERM));
    assert_true(os_process_signal(process.pid, process.identity, SIGTERM));
    wait_gone(process.pid, process.identity);

    assert_int_equal(os_detached_spawn(&options, at(0, "out.log"), &process, &err), CR_OK);
    os_detached_abandon(&process);
    wait_gone(process.pid, process.identity);
    assert_content(at(0, "out.log"), "up\n");

    argv[0] = "no-such-program";
    assert_int_equal(os_detached_spawn(&options, at(0, "out.log"), &process, &err), CR_OK);
    assert_int_equal(os_detached_release(&process, &err), CR_E_OS);
    assert_non_null(strstr(err.message, "No such file"));
    assert_int_equal(os_detached_spawn(&options, at(0, "no/such/dir"), &process, &err), CR_E_OS);
}

static void test_small_things(void **state) {
    char uuid[OS_UUID_BYTES], other[OS_UUID_BYTES], time[OS_TIME_TEXT_BYTES], who[128];
    os_random_uuid(uuid);
    os_random_uuid(other);
    assert_int_equal(strlen(uuid), 36);
    assert_string_not_equal(uuid, other);
    assert_int_equal(uuid[14], '4');
    os_time_text(1700000000123, time);
    assert_string_equal(time, "2023-11-14T22:13:20.123Z");
    os_user_at_host(who, sizeof who);
    assert_non_null(strchr(who, '@'));
}

int main(void) {
    if (mkdtemp(root) == NULL) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failed_write_keeps_old_content),
        cmocka_unit_test(test_write_and_read),
        cmocka_unit_test(test_write_killed_at_each_change),
        cmocka_unit_test(test_log),
        cmocka_unit_test(test_directories),
        cmocka_unit_test(test_lock),
        cmocka_unit_test(test_timers_and_deferred_calls),
        cmocka_unit_test(test_probe),
        cmocka_unit_test(test_process),
        cmocka_unit_test(test_process_long_lines),
        cmocka_unit_test(test_process_stop),
        cmocka_unit_test(test_process_cannot_start),
        cmocka_unit_test(test_child_dies_with_us),
        cmocka_unit_test(test_detached),
        cmocka_unit_test(test_small_things),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[600];
    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command) != 0 ? 1 : failed;
}
