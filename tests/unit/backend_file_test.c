/* backends/file: the log and its lock (promises D3, D7; rows C6 and L1 of the reliability matrix). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backends/backend.h"
#include "base/mem.h"
#include "os/fault.h"
#include "os/file.h"

static char root[] = "/tmp/backend_file_test.XXXXXX";
static char path_text[512];

static const char *at(const char *name) {
    snprintf(path_text, sizeof path_text, "%s/%s", root, name);
    return path_text;
}

static backend *open_backend(void) {
    backend *b;
    cr_error err;
    assert_int_equal(file_backend_open(root, &b, &err), CR_OK);
    return b;
}

static void assert_loads(backend *b, const char *stack, const char *expected) {
    str text;
    const char *origin;
    cr_error err = {0};
    assert_int_equal(b->type->load(b, stack, &text, &origin, &err), CR_OK);
    assert_int_equal(text.length, strlen(expected));
    assert_memory_equal(text.bytes, expected, text.length);
}

static void test_append_cut_compact(void **state) {
    backend *b = open_backend();
    uint64_t fence, next;
    cr_error err = {0};
    assert_loads(b, "s", "");
    assert_int_equal(b->type->lock(b, "s", "deploy", &fence, &err), CR_OK);
    assert_int_equal(b->type->append(b, "s", fence, STR("one\ntwo\n"), &err), CR_OK);
    assert_loads(b, "s", "one\ntwo\n");
    assert_int_equal(b->type->cut(b, "s", fence, 4, &err), CR_OK);
    assert_int_equal(b->type->append(b, "s", fence, STR("three\n"), &err), CR_OK);
    assert_loads(b, "s", "one\nthree\n");
    assert_int_equal(b->type->compact(b, "s", fence, STR("all\n"), &err), CR_OK);
    assert_int_equal(b->type->append(b, "s", fence, STR("more\n"), &err), CR_OK);
    assert_loads(b, "s", "all\nmore\n");
    assert_int_equal(b->type->unlock(b, "s", fence, &err), CR_OK);
    assert_int_equal(b->type->lock(b, "s", "deploy", &next, &err), CR_OK);
    assert_true(next > fence);
    b->type->close(b);
}

static void test_names(void **state) {
    static const char *const bad[] = {"", ".", "..", "../x", "a/b", ".hidden", "-x", "a b", "x\n", "ä"};
    backend *b = open_backend();
    str text;
    const char *origin;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cr_error err = {0};
        assert_int_equal(b->type->load(b, bad[i], &text, &origin, &err), CR_E_USAGE);
        uint64_t fence;
        assert_int_equal(b->type->lock(b, bad[i], "deploy", &fence, &err), CR_E_USAGE);
    }
    char name[102];
    memset(name, 'a', 101);
    name[101] = '\0';
    cr_error err = {0};
    assert_int_equal(b->type->load(b, name, &text, &origin, &err), CR_E_USAGE);
    name[100] = '\0';
    assert_int_equal(b->type->load(b, name, &text, &origin, &err), CR_OK);
    b->type->close(b);
}

static void test_lock_is_exclusive(void **state) {
    backend *a = open_backend(), *b = open_backend();
    uint64_t fence, other;
    backend_lock_info info;
    bool held;
    cr_error err = {0};
    assert_int_equal(a->type->lock(a, "l", "deploy", &fence, &err), CR_OK);
    assert_int_equal(b->type->lock(b, "l", "destroy", &other, &err), CR_E_LOCKED);
    assert_non_null(strstr(err.message, "stack 'l' is locked by"));
    assert_non_null(strstr(err.message, "for 'deploy' since 20"));
    assert_int_equal(b->type->inspect(b, "l", &held, &info, &err), CR_OK);
    assert_true(held);
    assert_string_equal(info.operation, "deploy");
    assert_int_equal(info.fence, fence);
    assert_int_equal(a->type->unlock(a, "l", fence, &err), CR_OK);
    assert_int_equal(b->type->inspect(b, "l", &held, &info, &err), CR_OK);
    assert_false(held);
    assert_int_equal(b->type->lock(b, "l", "destroy", &other, &err), CR_OK);
    assert_int_equal(other, fence + 1);
    a->type->close(a);
    b->type->close(b);
}

/* D7: whose lock file was taken away cannot write any more. */
static void test_fence(void **state) {
    backend *a = open_backend(), *b = open_backend();
    uint64_t fence, other;
    cr_error err = {0};
    assert_int_equal(a->type->lock(a, "f", "deploy", &fence, &err), CR_OK);
    assert_int_equal(a->type->append(a, "f", fence, STR("a\n"), &err), CR_OK);
    assert_int_equal(remove(at("f.lock")), 0);
    assert_int_equal(a->type->append(a, "f", fence, STR("b\n"), &err), CR_E_LOCKED);
    a->type->close(a);

    /* The first fence of one lock file is that of another, too. */
    a = open_backend();
    assert_int_equal(a->type->lock(a, "f", "deploy", &fence, &err), CR_OK);
    assert_int_equal(remove(at("f.lock")), 0);
    assert_int_equal(b->type->lock(b, "f", "deploy", &other, &err), CR_OK);
    assert_int_equal(other, fence);
    assert_int_equal(a->type->append(a, "f", fence, STR("b\n"), &err), CR_E_LOCKED);
    a->type->close(a);
    assert_int_equal(b->type->unlock(b, "f", other, &err), CR_OK);
    assert_int_equal(remove(at("f.lock")), 0);

    a = open_backend();
    assert_int_equal(a->type->lock(a, "f", "deploy", &fence, &err), CR_OK);
    assert_int_equal(a->type->unlock(a, "f", fence, &err), CR_OK);
    assert_int_equal(a->type->lock(a, "f", "deploy", &fence, &err), CR_OK);
    assert_int_equal(remove(at("f.lock")), 0);
    assert_int_equal(b->type->lock(b, "f", "deploy", &other, &err), CR_OK);
    assert_int_equal(a->type->append(a, "f", fence, STR("stale\n"), &err), CR_E_LOCKED);
    assert_int_equal(a->type->compact(a, "f", fence, STR("stale\n"), &err), CR_E_IO); /* broken for good */
    assert_int_equal(b->type->append(b, "f", other, STR("c\n"), &err), CR_OK);
    assert_loads(b, "f", "a\nc\n");
    a->type->close(a);
    b->type->close(b);
}

static void test_damaged_lock_file(void **state) {
    backend *b = open_backend();
    uint64_t fence;
    cr_error err = {0};
    assert_int_equal(os_file_write(at("d.lock"), "what", 4, 0600, &err), CR_OK);
    assert_int_equal(b->type->lock(b, "d", "deploy", &fence, &err), CR_E_DATA);
    assert_non_null(strstr(err.message, "d.lock' is damaged"));
    b->type->close(b);
}

/* L3: a dead holder is no holder. */
static void test_dead_holder(void **state) {
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        backend *b = open_backend();
        uint64_t fence;
        cr_error err;
        if (b->type->lock(b, "dead", "deploy", &fence, &err) != CR_OK || write(ready[1], "x", 1) != 1)
            _exit(1);
        for (;;) pause();
    }
    char byte;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    backend *b = open_backend();
    uint64_t fence;
    cr_error err = {0};
    assert_int_equal(b->type->lock(b, "dead", "deploy", &fence, &err), CR_E_LOCKED);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    assert_int_equal(b->type->lock(b, "dead", "deploy", &fence, &err), CR_OK);
    assert_int_equal(fence, 2);
    b->type->close(b);
    close(ready[0]);
    close(ready[1]);
}

/* L1: many deployers on one lock. Each appends its fence at the start and at the end of its turn: no turns
 * overlap and fences grow. */
static void contend(int turns) {
    backend *b = open_backend();
    cr_error err;
    for (int done = 0; done < turns;) {
        uint64_t fence;
        cr_status status = b->type->lock(b, "many", "deploy", &fence, &err);
        if (status == CR_E_LOCKED) {
            usleep(200);
            continue;
        }
        char line[64];
        snprintf(line, sizeof line, "%llu\n", (unsigned long long)fence);
        if (status != CR_OK || b->type->append(b, "many", fence, str_of(line), &err) != CR_OK ||
            b->type->append(b, "many", fence, str_of(line), &err) != CR_OK ||
            b->type->unlock(b, "many", fence, &err) != CR_OK)
            _exit(1);
        done++;
    }
    _exit(0);
}

static void test_contention(void **state) {
    enum { PROCESSES = 20, TURNS = 5 };
    for (int i = 0; i < PROCESSES; i++)
        if (fork() == 0) contend(TURNS);
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        wait(&status);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    char *text;
    size_t length;
    cr_error err = {0};
    assert_int_equal(os_file_read(at("many.jsonl"), &text, &length, &err), CR_OK);
    char *next = text;
    for (unsigned long long turn = 1; turn <= PROCESSES * TURNS; turn++) {
        assert_int_equal(strtoull(next, &next, 10), turn);
        assert_int_equal(strtoull(next, &next, 10), turn);
    }
    assert_string_equal(next, "\n");
    mem_free(text);
}

/* C6: every failing call is reported, and after a failed write nothing is called a success. */
static void test_failing_calls(void **state) {
    static const fault_kind kinds[] = {FAULT_WRITE, FAULT_SYNC};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        backend *b = open_backend();
        uint64_t fence;
        cr_error err = {0};
        assert_int_equal(b->type->lock(b, "fail", "deploy", &fence, &err), CR_OK);
        assert_int_equal(b->type->append(b, "fail", fence, STR("a\n"), &err), CR_OK);
        fault_fail(kinds[i], 1, ENOSPC);
        assert_int_equal(b->type->append(b, "fail", fence, STR("b\n"), &err), CR_E_IO);
        assert_non_null(strstr(err.message, "No space left"));
        assert_int_equal(b->type->append(b, "fail", fence, STR("c\n"), &err), CR_E_IO);
        b->type->close(b);
    }
    backend *b = open_backend();
    uint64_t fence;
    cr_error err = {0};
    fault_fail(FAULT_LOCK, 1, ENOLCK);
    assert_int_equal(b->type->lock(b, "fail", "deploy", &fence, &err), CR_E_IO);
    fault_fail(FAULT_LOCK, 1, EINTR);
    assert_int_equal(b->type->lock(b, "fail", "deploy", &fence, &err), CR_OK);
    fault_fail(FAULT_RENAME, 1, EIO);
    assert_int_equal(b->type->compact(b, "fail", fence, STR("x\n"), &err), CR_E_IO);
    b->type->close(b);
}

int main(void) {
    if (mkdtemp(root) == NULL) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_append_cut_compact), cmocka_unit_test(test_names),
        cmocka_unit_test(test_lock_is_exclusive),  cmocka_unit_test(test_fence),
        cmocka_unit_test(test_damaged_lock_file),  cmocka_unit_test(test_dead_holder),
        cmocka_unit_test(test_contention),         cmocka_unit_test(test_failing_calls),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[600];
    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command) != 0 ? 1 : failed;
}
