#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "os/file.h"
#include "providers/process/process.h"

static void mark_path(const char *log_path, str_buf *out) {
    str_buf_init(out);
    str_buf_add_format(out, "%s.pid", log_path);
}

/* Three lines: token, pid, identity. Written atomically, so it is whole or not there. */
cr_status process_mark_write(const char *log_path, const process_mark *mark, cr_error *err) {
    str_buf path, text;
    mark_path(log_path, &path);
    str_buf_init(&text);
    str_buf_add_format(&text, "%s\n%" PRId64 "\n%s\n", mark->token, mark->pid, mark->identity);
    cr_status status = os_file_write(str_buf_text(&path), text.bytes, text.length, 0600, err);
    str_buf_release(&text);
    str_buf_release(&path);
    return status;
}

/* Cuts the next line off *rest; NULL at the end. */
static char *next_line(char **rest) {
    char *line = *rest, *end = strchr(line, '\n');
    if (end == NULL) return NULL;
    *end = '\0';
    *rest = end + 1;
    return line;
}

cr_status process_mark_read(const char *log_path, process_mark *out, bool *found, cr_error *err) {
    *out = (process_mark){0};
    *found = false;
    str_buf path;
    mark_path(log_path, &path);
    char *bytes;
    size_t length;
    cr_error error;
    os_file_sweep(str_buf_text(&path), &error); /* half-written ones of deployments that died */
    cr_status status = os_file_read(str_buf_text(&path), &bytes, &length, &error);
    str_buf_release(&path);
    if (status == CR_E_NO_INPUT) return CR_OK;
    if (status != CR_OK) return cr_fail(err, status, "%s", error.message);
    char *rest = bytes;
    const char *token = next_line(&rest), *pid = token != NULL ? next_line(&rest) : NULL;
    const char *identity = pid != NULL ? next_line(&rest) : NULL;
    if (identity != NULL && strlen(identity) < OS_IDENTITY_BYTES) {
        out->token = mem_copy_text(token, strlen(token));
        out->pid = strtoll(pid, NULL, 10);
        memcpy(out->identity, identity, strlen(identity) + 1);
        *found = out->pid > 0;
    }
    mem_free(bytes);
    return CR_OK;
}

cr_status process_mark_remove(const char *log_path, cr_error *err) {
    str_buf path;
    mark_path(log_path, &path);
    cr_error ignored;
    os_file_sweep(str_buf_text(&path), &ignored);
    cr_status status = os_file_remove(str_buf_text(&path), NULL, err);
    str_buf_release(&path);
    return status;
}

void process_mark_release(process_mark *self) { mem_free(self->token); }
