/* backends/file.c: state in a directory: <stack>.jsonl is the log, <stack>.lock the lock.
 *
 * The lock is the kernel's, on the lock file: it is gone the moment its holder dies, so there is no stale
 * lock to remove by hand. The file's content says who holds it and the fence; a holder that finds another
 * fence there (its lock file was removed and made anew by somebody) must not write any more. */
#include "backends/backend.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/bug.h"
#include "base/mem.h"
#include "base/vec.h"
#include "os/env.h"
#include "os/file.h"
#include "os/time.h"

enum { STACK_NAME_BYTES_MAX = 100, STATE_MODE = 0600, DIRECTORY_MODE = 0700 };

/* A log as it was loaded. It is mapped, not copied: logs only grow, are replaced by other files, or lose a
 * torn tail that nobody looks at a second time. */
typedef struct loaded {
    char *path;
    os_mapping text;
} loaded;

typedef struct file_backend {
    backend base;
    char *directory;
    VEC(loaded) loads;
    char *lock_path; /* while the lock is held */
    os_lock lock;
    os_log log;     /* opened by the first append */
    uint64_t fence; /* 0: not locked */
    bool broken;    /* a write failed: what is on the disk is not known */
} file_backend;

static char *path_of(const file_backend *self, const char *stack, const char *ending) {
    str_buf path;
    str_buf_init(&path);
    str_buf_add_format(&path, "%s/%s%s", self->directory, stack, ending);
    return str_buf_detach(&path);
}

/* The name becomes a file name: letters, digits, '.', '_' and '-', and no hidden file. */
static cr_status check_name(const char *stack, cr_error *err) {
    size_t length = strspn(stack, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
    if (stack[0] == '\0') return cr_fail(err, CR_E_USAGE, "the name of the stack is empty");
    if (stack[0] == '.' || stack[0] == '-')
        return cr_fail(err, CR_E_USAGE, "the name of stack '%s' may not start with '%c'", stack, stack[0]);
    if (stack[length] != '\0')
        return cr_fail(err, CR_E_USAGE,
                       "the name of stack '%s' may hold only letters, digits, '.', '_' and '-'", stack);
    if (length > STACK_NAME_BYTES_MAX)
        return cr_fail(err, CR_E_USAGE, "the name of stack '%s' is longer than %d characters", stack,
                       STACK_NAME_BYTES_MAX);
    return CR_OK;
}

/* ---- the lock ------------------------------------------------------------------------------------------ */

/* Fixed width up to `held`, so that one write over the old content changes fence and holder together. */
static void lock_text(str_buf *out, const backend_lock_info *info, bool held) {
    str_buf_add_format(out, "{\"fence\":%20" PRIu64 ",\"held\":%s,\"since\":%20" PRIu64 ",\"holder\":\"",
                       info->fence, held ? " true" : "false", info->acquired_at_ms);
    for (const char *c = info->holder; *c != '\0'; c++)
        str_buf_add_char(out, *c == '"' || *c == '\\' || (unsigned char)*c < 0x20 ? '_' : *c);
    str_buf_add_format(out, "\",\"operation\":\"%s\"}\n", info->operation);
}

static bool take_quoted(const char **at, char *text, size_t size) {
    const char *end = strchr(*at, '"');
    if (end == NULL) return false;
    snprintf(text, size, "%.*s", (int)(end - *at), *at);
    *at = end + 1;
    return true;
}

/* Reads what lock_text wrote; a missing or empty file is a lock that nobody ever held. */
static cr_status lock_read(const char *path, backend_lock_info *info, cr_error *err) {
    char *text;
    size_t length;
    memset(info, 0, sizeof *info);
    cr_status status = os_file_read(path, &text, &length, err);
    if (status == CR_E_NO_INPUT) return CR_OK;
    if (status != CR_OK) return status;
    char held[8];
    int used = 0;
    const char *at = text;
    bool good = length == 0;
    if (sscanf(text, "{\"fence\":%" SCNu64 ",\"held\":%5[a-z ],\"since\":%" SCNu64 ",\"holder\":\"%n",
               &info->fence, held, &info->acquired_at_ms, &used) == 3 &&
        used > 0) {
        at += used;
        good =
            take_quoted(&at, info->holder, sizeof info->holder) && strncmp(at, ",\"operation\":\"", 14) == 0;
        at += good ? 14 : 0;
        good = good && take_quoted(&at, info->operation, sizeof info->operation);
    }
    mem_free(text);
    if (!good)
        return cr_fail(err, CR_E_DATA, "lock file '%s' is damaged: remove it when no deployment runs", path);
    return CR_OK;
}

static cr_status lock_taken(const char *path, const char *stack, cr_error *err) {
    backend_lock_info info;
    char since[OS_TIME_TEXT_BYTES];
    if (lock_read(path, &info, NULL) != CR_OK || info.holder[0] == '\0')
        return cr_fail(err, CR_E_LOCKED, "stack '%s' is locked by another process", stack);
    os_time_text(info.acquired_at_ms, since);
    return cr_fail(err, CR_E_LOCKED, "stack '%s' is locked by %s for '%s' since %s", stack, info.holder,
                   info.operation, since);
}

static cr_status take_lock(file_backend *self, const char *stack, const char *operation, const char *path,
                           cr_error *err) {
    backend_lock_info info;
    char who[96];
    str_buf text;
    cr_status status = lock_read(path, &info, err);
    if (status != CR_OK) return status;
    os_user_at_host(who, sizeof who);
    snprintf(info.holder, sizeof info.holder, "%s pid %" PRId64, who, os_pid());
    snprintf(info.operation, sizeof info.operation, "%s", operation);
    info.acquired_at_ms = os_wall_ms();
    info.fence++;
    str_buf_init(&text);
    lock_text(&text, &info, true);
    status = os_lock_write(&self->lock, text.bytes, text.length, err);
    str_buf_release(&text);
    if (status == CR_OK) self->fence = info.fence;
    return status;
}

static cr_status file_lock(backend *base, const char *stack, const char *operation, uint64_t *fence,
                           cr_error *err) {
    file_backend *self = (file_backend *)base;
    bool held = false;
    MUST(self->fence == 0);
    cr_status status = check_name(stack, err);
    if (status == CR_OK) status = os_directory_make(self->directory, DIRECTORY_MODE, NULL, err);
    if (status != CR_OK) return status;
    char *path = path_of(self, stack, ".lock");
    status = os_lock_try(&self->lock, path, &held, err);
    if (status == CR_OK && !held) status = lock_taken(path, stack, err);
    if (status == CR_OK) status = take_lock(self, stack, operation, path, err);
    if (status != CR_OK) {
        if (held) os_lock_release(&self->lock);
        mem_free(path);
        return status;
    }
    self->lock_path = path;
    *fence = self->fence;
    return CR_OK;
}

/* Nobody else may have taken the lock since (D7). */
static cr_status check_fence(file_backend *self, const char *stack, uint64_t fence, cr_error *err) {
    backend_lock_info info;
    MUST(self->fence != 0 && fence == self->fence);
    cr_status status = lock_read(self->lock_path, &info, err);
    if (status != CR_OK) return status;
    /* A lock file that was removed and made anew counts from one again. */
    if (info.fence == fence && os_lock_is_at(&self->lock, self->lock_path)) return CR_OK;
    return cr_fail(err, CR_E_LOCKED, "the lock on stack '%s' was taken away: nothing more is written", stack);
}

static cr_status file_renew(backend *base, const char *stack, uint64_t fence, cr_error *err) {
    return check_fence((file_backend *)base, stack, fence, err);
}

static void forget_lock(file_backend *self) {
    os_lock_release(&self->lock);
    os_log_close(&self->log);
    mem_free(self->lock_path);
    self->lock_path = NULL;
    self->fence = 0;
}

static cr_status file_unlock(backend *base, const char *stack, uint64_t fence, cr_error *err) {
    file_backend *self = (file_backend *)base;
    backend_lock_info info;
    str_buf text;
    cr_status status = check_fence(self, stack, fence, err);
    if (status == CR_OK && lock_read(self->lock_path, &info, NULL) == CR_OK) {
        str_buf_init(&text);
        lock_text(&text, &info, false);
        status = os_lock_write(&self->lock, text.bytes, text.length, err);
        str_buf_release(&text);
    }
    forget_lock(self);
    return status;
}

static cr_status file_inspect(backend *base, const char *stack, bool *held, backend_lock_info *info,
                              cr_error *err) {
    file_backend *self = (file_backend *)base;
    cr_status status = check_name(stack, err);
    if (status != CR_OK) return status;
    char *path = path_of(self, stack, ".lock");
    status = os_lock_is_held(path, held, err);
    if (status == CR_OK) status = lock_read(path, info, err);
    mem_free(path);
    return status;
}

/* ---- the log ------------------------------------------------------------------------------------------- */

static cr_status file_load(backend *base, const char *stack, str *text, const char **origin, cr_error *err) {
    file_backend *self = (file_backend *)base;
    cr_status status = check_name(stack, err);
    if (status != CR_OK) return status;
    loaded one = {path_of(self, stack, ".jsonl"), {"", 0}};
    status = os_file_map(one.path, &one.text, err);
    VEC_PUSH(&self->loads, one);
    if (status != CR_OK && status != CR_E_NO_INPUT) return status;
    *text = (str){one.text.bytes, one.text.length};
    *origin = one.path;
    return CR_OK;
}

static void file_rest(backend *base) {
    const file_backend *self = (const file_backend *)base;
    for (size_t i = 0; i < self->loads.length; i++) os_mapping_rest(&self->loads.items[i].text);
}

/* Before each write: the lock is still ours, and nothing failed before. Opens the log. */
static cr_status begin_write(file_backend *self, const char *stack, uint64_t fence, cr_error *err) {
    if (self->broken)
        return cr_fail(err, CR_E_IO, "the state of stack '%s' could not be written before: start again",
                       stack);
    cr_status status = check_fence(self, stack, fence, err);
    if (status != CR_OK || self->log.descriptor >= 0) return status;
    char *path = path_of(self, stack, ".jsonl");
    status = os_log_open(&self->log, path, STATE_MODE, err);
    mem_free(path);
    return status;
}

static cr_status end_write(file_backend *self, cr_status status) {
    if (status != CR_OK) self->broken = true;
    return status;
}

static cr_status file_append(backend *base, const char *stack, uint64_t fence, str lines, cr_error *err) {
    file_backend *self = (file_backend *)base;
    cr_status status = begin_write(self, stack, fence, err);
    if (status == CR_OK) status = os_log_append(&self->log, lines.bytes, lines.length, err);
    return end_write(self, status);
}

static cr_status file_cut(backend *base, const char *stack, uint64_t fence, uint64_t size, cr_error *err) {
    file_backend *self = (file_backend *)base;
    cr_status status = begin_write(self, stack, fence, err);
    MUST(status != CR_OK || size <= self->log.size);
    if (status == CR_OK) status = os_log_cut(&self->log, size, err);
    return end_write(self, status);
}

static cr_status file_compact(backend *base, const char *stack, uint64_t fence, str text, cr_error *err) {
    file_backend *self = (file_backend *)base;
    cr_status status = begin_write(self, stack, fence, err);
    if (status != CR_OK) return end_write(self, status);
    char *path = path_of(self, stack, ".jsonl");
    status = os_file_write(path, text.bytes, text.length, STATE_MODE, err);
    mem_free(path);
    os_log_close(&self->log); /* it stands for the replaced file */
    return end_write(self, status);
}

static void file_close(backend *base) {
    file_backend *self = (file_backend *)base;
    if (self->fence != 0) forget_lock(self);
    mem_free(self->directory);
    for (size_t i = 0; i < self->loads.length; i++) {
        os_mapping_release(&self->loads.items[i].text);
        mem_free(self->loads.items[i].path);
    }
    VEC_RELEASE(&self->loads);
    mem_free(self);
}

static const backend_type file_type = {
    .name = "file",
    .load = file_load,
    .rest = file_rest,
    .append = file_append,
    .cut = file_cut,
    .compact = file_compact,
    .lock = file_lock,
    .renew = file_renew,
    .unlock = file_unlock,
    .inspect = file_inspect,
    .close = file_close,
};

cr_status file_backend_open(const char *directory, backend **out, cr_error *err) {
    if (directory[0] == '\0') return cr_fail(err, CR_E_CONFIG, "the directory of the file backend is empty");
    file_backend *self = mem_zeroed(1, sizeof *self);
    self->base.type = &file_type;
    self->directory = mem_copy_text(directory, strlen(directory));
    self->lock.descriptor = -1;
    self->log.descriptor = -1;
    *out = &self->base;
    return CR_OK;
}
