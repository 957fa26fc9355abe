/* providers/local: files, folders and commands in a scratch folder. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "os/fault.h"
#include "os/file.h"
#include "provider_driver.h"

extern const cr_library cr_library_local;

static char start_folder[4096];

static int scratch_open(void **state) {
    char folder[] = "/tmp/creact-local-XXXXXX";
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

static bool exists(const char *path) { return access(path, F_OK) == 0; }
static uint32_t mode_of(const char *path) {
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 07777u;
}
static void put(const char *path, const char *content) {
    cr_error err;
    assert_int_equal(os_file_write(path, content, strlen(content), 0644, &err), CR_OK);
}
static void holds(const char *path, const char *content) {
    char *bytes;
    size_t length;
    cr_error err;
    assert_int_equal(os_file_read(path, &bytes, &length, &err), CR_OK);
    assert_string_equal(bytes, content);
    mem_free(bytes);
}

/* ---- LocalFile --------------------------------------------------------------------------------------------- */

static void a_file_through_its_life(void **state) {
    driver d;
    driver_open(&d, &cr_library_local, "LocalFile");
    d.resource.props = driver_json(&d, "{\"path\":\"deep/er/a.txt\",\"content\":\"one\",\"mode\":\"0600\"}");
    assert_int_equal(driver_call(&d, OPERATION_READ, NULL), OPERATION_GONE);
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_DONE);
    holds("deep/er/a.txt", "one");
    assert_int_equal(mode_of("deep/er/a.txt"), 0600);
    assert_true(cr_string_is(cr_field(d.answer.outputs, "path"), "deep/er/a.txt"));
    assert_true(cr_string_is(cr_field(d.answer.outputs, "mode"), "0600"));
    assert_true(cr_to_double(cr_field(d.answer.outputs, "bytes")) == 3);
    driver_record(&d);

    cr_diff diff;
    assert_string_equal(driver_diff(&d, "{\"path\":\"deep/er/a.txt\",\"content\":\"three\"}", &diff), "");
    assert_true(cr_to_double(cr_field(diff.planned_outputs, "bytes")) == 5);
    assert_int_equal(driver_call(&d, OPERATION_UPDATE, NULL), OPERATION_DONE);
    assert_true(cr_string_equal(cr_as_string(cr_field(diff.planned_outputs, "digest")), cr_as_string(cr_field(d.answer.outputs, "digest"))));
    holds("deep/er/a.txt", "three");
    assert_int_equal(mode_of("deep/er/a.txt"), 0644);
    driver_record(&d);
    assert_string_equal(driver_diff(&d, "{\"path\":\"b.txt\",\"content\":\"three\"}", &diff), "path");

    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_false(exists("deep")); /* the folders were made for it */
    driver_close(&d);
}

static void folders_go_with_the_last_file(void **state) {
    driver a, b;
    driver_open(&a, &cr_library_local, "LocalFile");
    driver_open(&b, &cr_library_local, "LocalFile");
    mem_free(b.provider.provider);
    b.provider.provider = a.provider.provider; /* one provider for both, as in a deployment */
    a.resource.props = driver_json(&a, "{\"path\":\"shared/a\",\"content\":\"\"}");
    b.resource.props = driver_json(&b, "{\"path\":\"shared/b\",\"content\":\"\"}");
    assert_int_equal(driver_call(&a, OPERATION_CREATE, NULL), OPERATION_DONE);
    assert_int_equal(driver_call(&b, OPERATION_CREATE, NULL), OPERATION_DONE);
    driver_record(&a);
    driver_record(&b);
    assert_int_equal(driver_call(&a, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_true(exists("shared/b"));
    assert_int_equal(driver_call(&b, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_false(exists("shared"));
    os_loop_free(b.loop);
    context_free(b.cx);
    driver_close(&a);
}

static void what_is_not_ours_is_left_alone(void **state) {
    driver d;
    driver_open(&d, &cr_library_local, "LocalFile");
    put("mine.txt", "by hand");
    d.resource.props = driver_json(&d, "{\"path\":\"mine.txt\",\"content\":\"ours\"}");
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_FAILED);
    assert_int_equal(d.answer.failure, CR_FAILURE_CONFLICT);
    holds("mine.txt", "by hand");
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "create"), OPERATION_GONE);
    holds("mine.txt", "by hand");
    put("mine.txt", "ours"); /* the same content is adopted */
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_DONE);
    driver_record(&d);
    put("mine.txt", "edited");
    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_FAILED);
    assert_int_equal(d.answer.failure, CR_FAILURE_CONFLICT);
    holds("mine.txt", "edited");
    assert_int_equal(mkdir("folder", 0755), 0);
    d.resource.props = driver_json(&d, "{\"path\":\"folder\",\"content\":\"x\"}");
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_FAILED);
    assert_int_equal(d.answer.failure, CR_FAILURE_CONFLICT);
    driver_close(&d);
}

static bool outputs_differ(driver *d) {
    str_buf before, after;
    str_buf_init(&before);
    str_buf_init(&after);
    json_write(d->cx, d->resource.prior_outputs, &before);
    json_write(d->cx, d->answer.outputs, &after);
    bool differ = strcmp(str_buf_text(&before), str_buf_text(&after)) != 0;
    str_buf_release(&before);
    str_buf_release(&after);
    return differ;
}

static void reading_sees_what_changed(void **state) {
    driver d;
    driver_open(&d, &cr_library_local, "LocalFile");
    put("source.txt", "from a source");
    d.resource.props = driver_json(&d, "{\"path\":\"copy.txt\",\"source\":\"source.txt\"}");
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_DONE);
    holds("copy.txt", "from a source");
    driver_record(&d);
    assert_int_equal(driver_call(&d, OPERATION_READ, NULL), OPERATION_DONE);
    assert_false(outputs_differ(&d));
    assert_int_equal(chmod("copy.txt", 0600), 0);
    assert_int_equal(driver_call(&d, OPERATION_READ, NULL), OPERATION_DONE);
    assert_true(outputs_differ(&d));
    assert_int_equal(chmod("copy.txt", 0644), 0);
    put("source.txt", "changed");
    assert_int_equal(driver_call(&d, OPERATION_READ, NULL), OPERATION_DONE);
    assert_true(outputs_differ(&d));
    assert_int_equal(driver_call(&d, OPERATION_UPDATE, NULL), OPERATION_DONE);
    holds("copy.txt", "changed");
    assert_int_equal(unlink("copy.txt"), 0);
    assert_int_equal(driver_call(&d, OPERATION_READ, NULL), OPERATION_GONE);
    driver_close(&d);
}

static void a_write_that_was_interrupted(void **state) {
    driver d;
    driver_open(&d, &cr_library_local, "LocalFile");
    d.resource.props = driver_json(&d, "{\"path\":\"a.txt\",\"content\":\"new\"}");
    put(".a.txt.99999999.tmp", "ne"); /* what the process that died was writing */
    put(".a.txt.1.tmp", "");          /* of one that lives */
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "create"), OPERATION_GONE); /* it never happened */
    assert_false(exists(".a.txt.99999999.tmp"));
    assert_true(exists(".a.txt.1.tmp"));
    put("a.txt", "new");
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "create"), OPERATION_DONE); /* it did */
    driver_record(&d);
    d.resource.props = driver_json(&d, "{\"path\":\"a.txt\",\"content\":\"newer\"}");
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "update"), OPERATION_DONE); /* is finished now */
    holds("a.txt", "newer");
    driver_record(&d);
    d.resource.props = CR_UNDEFINED;
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "delete"), OPERATION_DONE); /* is still there */
    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "delete"), OPERATION_GONE);
    assert_false(exists("a.txt"));
    driver_close(&d);
}

/* Whichever system call fails: the operation fails or succeeds, the old content or the new one is there. */
static void a_write_that_fails_keeps_the_old_content(void **state) {
    static const fault_kind kinds[] = {FAULT_OPEN, FAULT_READ, FAULT_STAT, FAULT_WRITE, FAULT_SYNC, FAULT_RENAME, FAULT_CREATE, FAULT_CHMOD};
    for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
        for (uint64_t nth = 1; nth <= 4; nth++) {
            driver d;
            driver_open(&d, &cr_library_local, "LocalFile");
            d.resource.props = driver_json(&d, "{\"path\":\"a.txt\",\"content\":\"old\"}");
            assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_DONE);
            driver_record(&d);
            d.resource.props = driver_json(&d, "{\"path\":\"a.txt\",\"content\":\"new\"}");
            fault_fail(kinds[kind], nth, EIO);
            operation_outcome outcome = driver_call(&d, OPERATION_UPDATE, NULL);
            fault_fail(kinds[kind], 0, 0);
            char *bytes;
            size_t length;
            cr_error err;
            assert_int_equal(os_file_read("a.txt", &bytes, &length, &err), CR_OK);
            if (outcome == OPERATION_DONE) assert_string_equal(bytes, "new");
            else assert_true(strcmp(bytes, "old") == 0 || strcmp(bytes, "new") == 0);
            mem_free(bytes);
            assert_int_equal(driver_call(&d, OPERATION_UPDATE, NULL), OPERATION_DONE); /* the next try succeeds */
            holds("a.txt", "new");
            driver_record(&d);
            assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_GONE);
            driver_close(&d);
        }
    }
}

static void props_are_checked(void **state) {
    static const struct {
        const char *construct, *props, *message;
    } cases[] = {
        {"LocalFile", "{\"content\":\"\"}", "'LocalFile' needs a prop 'path'"},
        {"LocalFile", "{\"path\":\"\",\"content\":\"\"}", "prop 'path' of 'LocalFile' must be a string that is not empty"},
        {"LocalFile", "{\"path\":\"a/\",\"content\":\"\"}", "prop 'path' of 'LocalFile' must name a file, and not a folder as 'a/' does"},
        {"LocalFile", "{\"path\":\"a/..\",\"content\":\"\"}", "prop 'path' of 'LocalFile' must name a file, and not a folder as 'a/..' does"},
        {"LocalFile", "{\"path\":1,\"content\":\"\"}", "prop 'path' of 'LocalFile' must be a string"},
        {"LocalFile", "{\"path\":\"a\"}", "'LocalFile' needs either 'content' or 'source'"},
        {"LocalFile", "{\"path\":\"a\",\"content\":\"\",\"source\":\"b\"}", "'LocalFile' needs either 'content' or 'source', not both"},
        {"LocalFile", "{\"path\":\"a\",\"content\":\"\",\"mode\":\"rw\"}",
         "prop 'mode' of 'LocalFile' must be octal digits such as '0644', not 'rw'"},
        {"LocalFile", "{\"path\":\"a\",\"conten\":\"\"}", "'LocalFile' has no prop 'conten'"},
        {"LocalDirectory", "{\"path\":\"a\",\"extra\":1}", "'LocalDirectory' has no prop 'extra'"},
        {"LocalCommand", "{\"create\":\"true\",\"environment\":{\"A\":1}}",
         "prop 'environment' of 'LocalCommand' must be an object of names and strings"},
        {"LocalCommand", "{\"create\":\"true\",\"environment\":{\"A=B\":\"1\"}}",
         "prop 'environment' of 'LocalCommand' must be an object of names and strings"},
        {"LocalCommand", "{\"create\":\"true\",\"timeoutMs\":0}", "prop 'timeoutMs' of 'LocalCommand' must be an integer from 1 to 1000000000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        driver d;
        driver_open(&d, &cr_library_local, cases[i].construct);
        cr_error err;
        assert_int_equal(driver_validate(&d, cases[i].props, &err), CR_E_DATA);
        assert_string_equal(err.message, cases[i].message);
        driver_close(&d);
    }
}

/* ---- LocalDirectory ---------------------------------------------------------------------------------------- */

static void a_folder_is_removed_only_when_empty_and_ours(void **state) {
    driver d;
    driver_open(&d, &cr_library_local, "LocalDirectory");
    d.resource.props = driver_json(&d, "{\"path\":\"ours\",\"mode\":\"0700\"}");
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_DONE);
    assert_int_equal(mode_of("ours"), 0700);
    driver_record(&d);
    put("ours/file", "x");
    d.resource.props = CR_UNDEFINED;
    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_FAILED);
    assert_int_equal(d.answer.failure, CR_FAILURE_CONFLICT);
    assert_int_equal(unlink("ours/file"), 0);
    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_false(exists("ours"));
    assert_int_equal(mkdir("theirs", 0755), 0);
    d.resource.props = driver_json(&d, "{\"path\":\"theirs\"}");
    d.resource.private_data = d.resource.prior_props = CR_UNDEFINED;
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_DONE);
    driver_record(&d);
    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_true(exists("theirs"));
    driver_close(&d);
}

/* The folder is made elsewhere before the files in it are: the old one goes with the last of them. */
static void a_folder_at_another_path(void **state) {
    driver folder, file;
    driver_open(&folder, &cr_library_local, "LocalDirectory");
    driver_open(&file, &cr_library_local, "LocalFile");
    mem_free(file.provider.provider);
    file.provider.provider = folder.provider.provider;
    folder.resource.props = driver_json(&folder, "{\"path\":\"one\"}");
    assert_int_equal(driver_call(&folder, OPERATION_CREATE, NULL), OPERATION_DONE);
    driver_record(&folder);
    file.resource.props = driver_json(&file, "{\"path\":\"one/a\",\"content\":\"x\"}");
    assert_int_equal(driver_call(&file, OPERATION_CREATE, NULL), OPERATION_DONE);
    driver_record(&file);
    folder.resource.props = driver_json(&folder, "{\"path\":\"two\"}");
    assert_int_equal(driver_call(&folder, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_true(exists("one/a"));
    assert_int_equal(driver_call(&folder, OPERATION_CREATE, NULL), OPERATION_DONE);
    file.resource.props = driver_json(&file, "{\"path\":\"two/a\",\"content\":\"x\"}");
    assert_int_equal(driver_call(&file, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_false(exists("one"));
    os_loop_free(file.loop);
    context_free(file.cx);
    driver_close(&folder);
}

/* ---- LocalCommand ------------------------------------------------------------------------------------------ */

static void a_command_through_its_life(void **state) {
    driver d;
    driver_open(&d, &cr_library_local, "LocalCommand");
    static const char props[] = "{\"create\":\"echo made $NAME; touch made; echo note >&2\",\"delete\":\"echo $CREACT_STDOUT > last; rm made\","
                                "\"environment\":{\"NAME\":\"it\"}}";
    d.resource.props = driver_json(&d, props);
    assert_int_equal(setenv("SECRET_OF_OURS", "x", 1), 0);
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_DONE);
    assert_true(cr_string_is(cr_field(d.answer.outputs, "stdout"), "made it"));
    assert_non_null(strstr(d.lines, "made it\n"));
    assert_non_null(strstr(d.lines, "note\n"));
    assert_true(exists("made"));
    driver_record(&d);
    cr_diff diff;
    assert_string_equal(driver_diff(&d, "{\"create\":\"echo other\"}", &diff), "create");
    assert_string_equal(driver_diff(&d, "{\"create\":\"echo other\",\"update\":\"true\"}", &diff), "");
    assert_string_equal(driver_diff(&d, "{\"create\":\"echo other\",\"update\":\"true\",\"triggers\":[1]}", &diff), "triggers");
    assert_int_equal(driver_call(&d, OPERATION_READ, NULL), OPERATION_DONE);
    assert_int_equal(driver_call(&d, OPERATION_DELETE, NULL), OPERATION_GONE);
    assert_false(exists("made"));
    holds("last", "made it\n");
    driver_close(&d);
}

/* Nobody knows whether they ended, so they run again; what comes of that is the answer. */
static void commands_that_were_interrupted(void **state) {
    driver d;
    driver_open(&d, &cr_library_local, "LocalCommand");
    d.resource.props = driver_json(&d, "{\"create\":\"echo $CREACT_TOKEN\",\"delete\":\"test -e allowed\"}");
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "create"), OPERATION_DONE);
    assert_true(cr_string_is(cr_field(d.answer.outputs, "stdout"), "token-1"));
    driver_record(&d);
    d.resource.props = CR_UNDEFINED;
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "delete"), OPERATION_DONE); /* it failed: still there */
    put("allowed", "");
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "delete"), OPERATION_GONE);
    d.resource.prior_props = d.resource.prior_outputs = CR_UNDEFINED;
    d.resource.props = driver_json(&d, "{\"create\":\"exit 1\"}");
    assert_int_equal(driver_call(&d, OPERATION_RECOVER, "create"), OPERATION_GONE); /* was not made */
    driver_close(&d);
}

static void commands_see_only_what_is_declared(void **state) {
    driver d;
    driver_open(&d, &cr_library_local, "LocalCommand");
    d.resource.props = driver_json(&d, "{\"create\":\"env | cut -d= -f1 | grep -v -e PWD -e SHLVL -e ^_ | sort | tr '\\\\n' ' '\"}");
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_DONE);
    const char *names = cr_to_utf8(d.cx, cr_field(d.answer.outputs, "stdout"), NULL);
    assert_string_equal(names, getenv("HOME") != NULL ? "CREACT_TOKEN HOME PATH" : "CREACT_TOKEN PATH");
    driver_close(&d);
}

static void a_command_that_fails(void **state) {
    driver d;
    driver_open(&d, &cr_library_local, "LocalCommand");
    d.resource.props = driver_json(&d, "{\"create\":\"echo first; echo no luck >&2; exit 3\"}");
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_FAILED);
    assert_int_equal(d.answer.failure, CR_FAILURE_PERMANENT);
    assert_non_null(strstr(d.answer.message, "the command ended with status 3"));
    assert_non_null(strstr(d.answer.message, "no luck"));
    d.resource.props = driver_json(&d, "{\"create\":\"sleep 60 & sleep 60\",\"timeoutMs\":100}");
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_FAILED);
    assert_string_equal(d.answer.message, "the command did not end within 100 ms");
    d.resource.props = driver_json(&d, "{\"create\":\"sleep 60\"}");
    cr_operation *operation = driver_start(&d, OPERATION_CREATE, NULL);
    operation_cancel(operation);
    assert_int_equal(driver_wait(&d), OPERATION_FAILED);
    assert_string_equal(d.answer.message, "the command was stopped");
    d.resource.props = driver_json(&d, "{\"create\":\"true\",\"directory\":\"nowhere\"}");
    assert_int_equal(driver_call(&d, OPERATION_CREATE, NULL), OPERATION_FAILED);
    driver_close(&d);
}

#define SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        SCRATCH(a_file_through_its_life),      SCRATCH(folders_go_with_the_last_file),
        SCRATCH(what_is_not_ours_is_left_alone), SCRATCH(reading_sees_what_changed),
        SCRATCH(a_write_that_was_interrupted), SCRATCH(a_write_that_fails_keeps_the_old_content),
        SCRATCH(props_are_checked),
        SCRATCH(a_folder_at_another_path),
        SCRATCH(a_folder_is_removed_only_when_empty_and_ours), SCRATCH(a_command_through_its_life),
        SCRATCH(commands_that_were_interrupted), SCRATCH(commands_see_only_what_is_declared), SCRATCH(a_command_that_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
