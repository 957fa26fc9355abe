/* LocalFile {path, content | source, mode?} -> {path, bytes, digest, mode, sourceDigest?}: a file.
 *
 * Written atomically: a reader sees the old content or the new one. A file that is there already and has another
 * content is not ours and is never overwritten by a create; one with the same content is adopted. Missing folders
 * are made, and removed again with the last file in them.
 * private_data: {digest, folders}: what we wrote, and the folders that were made for it. A file that somebody else
 * changed since is not deleted.
 * A changed `source` shows as drift: its digest is an output that every read computes anew.                  */
#include <inttypes.h>
#include <stdio.h>

#include "base/hash.h"
#include "os/file.h"
#include "providers/local/local.h"

enum { MODE_DEFAULT = 0644, FOLDER_MODE = 0755 };

static const cr_prop_rule rules[] = {
    {"path", CR_PROP_TEXT, true, 0, 0},   {"content", CR_PROP_ANY, false, 0, 0},
    {"source", CR_PROP_TEXT, false, 0, 0}, {"mode", CR_PROP_TEXT, false, 0, 0}, {0},
};

/* Content in memory; `owned` is freed with content_release, other bytes belong to the context. */
typedef struct content {
    const char *bytes;
    size_t length;
    char *owned;
} content;

static void content_release(content *self) { mem_free(self->owned); }

static bool is_set(cr_value props, const char *name) {
    cr_value v = cr_field(props, name);
    return v != CR_UNDEFINED && v != CR_NULL;
}

/* A path that ends like this names a folder, whatever is there. */
static bool names_folder(const char *path) {
    const char *name = strrchr(path, '/');
    name = name != NULL ? name + 1 : path;
    return name[0] == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static cr_status validate(local_provider *self, const cr_resource *resource, cr_error *err) {
    const char *path = cr_prop_text(self->cx, resource->props, "path", NULL);
    if (path != NULL && names_folder(path))
        return cr_fail(err, CR_E_DATA, "prop 'path' of 'LocalFile' must name a file, and not a folder as '%s' does", path);
    cr_value given = cr_field(resource->props, "content");
    if (is_set(resource->props, "content") && !cr_is_string(given) && !cr_is_unknown(given))
        return cr_fail(err, CR_E_DATA, "prop 'content' of 'LocalFile' must be a string");
    if (is_set(resource->props, "content") == is_set(resource->props, "source"))
        return cr_fail(err, CR_E_DATA, "'LocalFile' needs either 'content' or 'source'%s",
                       is_set(resource->props, "content") ? ", not both" : "");
    return local_mode_check(self->cx, local_file.name, resource->props, err);
}

/* What the file is to hold. */
static cr_status content_read(cr_context *cx, cr_value props, content *out, cr_error *err) {
    *out = (content){0};
    const char *source = cr_prop_text(cx, props, "source", NULL);
    if (source != NULL) {
        cr_status status = os_file_read(source, &out->owned, &out->length, err);
        out->bytes = out->owned;
        return status;
    }
    out->bytes = cr_prop_text(cx, props, "content", &out->length);
    return out->bytes != NULL ? CR_OK : cr_fail(err, CR_E_DATA, "'LocalFile' needs either 'content' or 'source'");
}

static cr_value digest_value(cr_context *cx, const char *bytes, size_t length) {
    char text[32];
    snprintf(text, sizeof text, "xxh3:%016" PRIx64, hash_bytes(bytes, length));
    return cr_string_text(cx, text);
}

/* `actual` is what the path holds, `mode` its permissions; `source` may be NULL. */
static cr_value outputs_of(cr_context *cx, cr_value path, const content *actual, uint32_t mode, const content *source) {
    cr_value outputs = cr_object_new(cx);
    cr_set_field(cx, outputs, "path", path);
    cr_set_field(cx, outputs, "bytes", cr_number((double)actual->length));
    cr_set_field(cx, outputs, "digest", digest_value(cx, actual->bytes, actual->length));
    cr_set_field(cx, outputs, "mode", local_mode_value(cx, mode));
    if (source != NULL) cr_set_field(cx, outputs, "sourceDigest", digest_value(cx, source->bytes, source->length));
    return outputs;
}

/* An update keeps the path; the rest is known in advance when the content is. */
static cr_value planned_outputs(cr_context *cx, const cr_resource *resource) {
    content wanted = {0};
    cr_error error;
    bool from_source = is_set(resource->props, "source");
    bool known = content_read(cx, resource->props, &wanted, &error) == CR_OK;
    cr_value outputs;
    if (known) {
        outputs = outputs_of(cx, cr_field(resource->props, "path"), &wanted, local_mode_of(cx, resource->props, MODE_DEFAULT),
                             from_source ? &wanted : NULL);
    } else {
        outputs = cr_object_new(cx);
        cr_set_field(cx, outputs, "path", cr_field(resource->props, "path"));
        cr_set_field(cx, outputs, "bytes", cr_diff_unknown(cx, resource, "bytes"));
        cr_set_field(cx, outputs, "digest", cr_diff_unknown(cx, resource, "digest"));
        cr_set_field(cx, outputs, "mode", local_mode_value(cx, local_mode_of(cx, resource->props, MODE_DEFAULT)));
    }
    content_release(&wanted);
    return outputs;
}

static cr_status diff(local_provider *self, const cr_resource *resource, cr_diff *result, cr_error *err) {
    if (!cr_has_slots(resource->prior_props)) return CR_OK;
    if (local_prop_changed(self->cx, resource, "path")) {
        result->replace = true;
        result->replace_reasons[0] = "path";
        return CR_OK;
    }
    result->planned_outputs = planned_outputs(self->cx, resource);
    return CR_OK;
}

/* ---- folders that files need -------------------------------------------------------------------------------- */

/* Makes the missing folders above `path`; *made gets their paths, the innermost first. */
static cr_status make_folders(cr_context *cx, const char *path, cr_value made, cr_error *err) {
    char *folder = mem_copy_text(path, strlen(path));
    VEC(char *) missing = {0};
    cr_status status = CR_OK;
    for (char *slash = strrchr(folder, '/'); slash != NULL && slash != folder; slash = strrchr(folder, '/')) {
        *slash = '\0';
        os_file_info info;
        status = os_file_inspect_target(folder, &info, err);
        if (status != CR_OK || info.exists) break;
        VEC_PUSH(&missing, mem_copy_text(folder, strlen(folder)));
    }
    if (status == CR_OK && missing.length > 0) status = os_directory_make(missing.items[0], FOLDER_MODE, NULL, err);
    for (size_t i = 0; i < missing.length; i++) {
        if (status == CR_OK) cr_array_push(cx, made, cr_string_text(cx, missing.items[i]));
        mem_free(missing.items[i]);
    }
    VEC_RELEASE(&missing);
    mem_free(folder);
    return status;
}

/* The folders that were made for the file of `private_data` go as soon as they are empty. */
static void remove_folders(local_provider *self, cr_value private_data) {
    cr_value folders = cr_has_slots(private_data) ? cr_field(private_data, "folders") : CR_UNDEFINED;
    for (uint32_t i = 0; cr_is_array(folders) && i < cr_as_array(folders)->length; i++)
        local_leftover_add(self, cr_to_utf8(self->cx, cr_as_array(folders)->items[i], NULL));
    local_leftover_sweep(self);
}

/* ---- operations ---------------------------------------------------------------------------------------------- */

static cr_value private_of(cr_context *cx, const content *wanted, cr_value folders) {
    cr_value private_data = cr_object_new(cx);
    cr_set_field(cx, private_data, "digest", digest_value(cx, wanted->bytes, wanted->length));
    cr_set_field(cx, private_data, "folders", folders);
    return private_data;
}

static cr_value recorded_folders(cr_context *cx, const cr_resource *resource) {
    cr_value folders = cr_has_slots(resource->private_data) ? cr_field(resource->private_data, "folders") : CR_UNDEFINED;
    return cr_is_array(folders) ? folders : cr_array_new(cx, 0, NULL);
}

/* Reads what `path` holds now. *found: there is a regular file. */
static cr_status actual_read(const char *path, content *out, os_file_info *info, bool *found, cr_error *err) {
    *out = (content){0};
    *found = false;
    cr_status status = os_file_inspect(path, info, err);
    if (status != CR_OK || !info->exists || !info->is_file) return status;
    status = os_file_read(path, &out->owned, &out->length, err);
    if (status == CR_E_NO_INPUT) return CR_OK; /* gone in between */
    out->bytes = out->owned;
    *found = status == CR_OK;
    return status;
}

static bool is_content(const content *a, const content *b) {
    return a->length == b->length && (a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0);
}

/* Writes the wanted content. `over`: the path is ours already and may be written over. */
static void write_file(cr_operation *operation, const content *wanted, bool over) {
    cr_context *cx = cr_operation_context(operation);
    const cr_resource *resource = cr_operation_resource(operation);
    cr_value path = cr_field(resource->props, "path"), folders = recorded_folders(cx, resource);
    const char *text = cr_to_utf8(cx, path, NULL);
    uint32_t mode = local_mode_of(cx, resource->props, MODE_DEFAULT);
    bool from_source = is_set(resource->props, "source");
    cr_error error;
    os_file_info info;
    content actual;
    bool found;
    cr_status status = actual_read(text, &actual, &info, &found, &error);
    bool adopt = found && is_content(&actual, wanted);
    if (status == CR_OK && info.exists && !info.is_file) {
        cr_operation_fail(operation, CR_FAILURE_CONFLICT, "'%s' is there already and is no regular file", text);
    } else if (status == CR_OK && found && !over && !adopt) {
        cr_operation_fail(operation, CR_FAILURE_CONFLICT, "'%s' is there already with another content and is not overwritten: move it away, or give this file another path", text);
    } else {
        if (status == CR_OK) status = make_folders(cx, text, folders, &error);
        if (status == CR_OK && adopt) status = os_file_set_mode(text, mode, &error);
        else if (status == CR_OK && over) status = os_file_write(text, wanted->bytes, wanted->length, mode, &error);
        else if (status == CR_OK) status = os_file_create(text, wanted->bytes, wanted->length, mode, &error);
        if (status == CR_OK)
            cr_operation_done(operation, outputs_of(cx, path, wanted, mode, from_source ? wanted : NULL), private_of(cx, wanted, folders));
        else local_fail(operation, status, &error);
    }
    content_release(&actual);
}

static void bring_about(cr_operation *operation, bool over) {
    content wanted;
    cr_error error;
    cr_status status = content_read(cr_operation_context(operation), cr_operation_resource(operation)->props, &wanted, &error);
    if (status == CR_OK) write_file(operation, &wanted, over);
    else local_fail(operation, status, &error);
    content_release(&wanted);
}

static void create(local_provider *self, cr_operation *operation) { bring_about(operation, false); }
static void update(local_provider *self, cr_operation *operation) { bring_about(operation, true); }

static void read_file(local_provider *self, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    cr_value props = cr_has_slots(resource->prior_props) ? resource->prior_props : resource->props;
    cr_value path = cr_field(props, "path");
    cr_error error;
    os_file_info info;
    content actual, source = {0};
    bool found, from_source = is_set(props, "source");
    cr_status status = actual_read(cr_to_utf8(self->cx, path, NULL), &actual, &info, &found, &error);
    if (status != CR_OK) {
        local_fail(operation, status, &error);
    } else if (!found) {
        if (local_recovers(operation, "delete")) remove_folders(self, resource->private_data);
        cr_operation_gone(operation);
    } else {
        /* A source that cannot be read is no reason to fail here: the next write says so. */
        if (from_source) content_read(self->cx, props, &source, &error);
        cr_operation_done(operation, outputs_of(self->cx, path, &actual, info.mode, from_source ? &source : NULL), resource->private_data);
    }
    content_release(&source);
    content_release(&actual);
}

/* Is the content what we wrote? Records without private data are believed. */
static bool wrote(cr_context *cx, const cr_resource *resource, const content *actual) {
    cr_value digest = cr_has_slots(resource->private_data) ? cr_field(resource->private_data, "digest") : CR_UNDEFINED;
    return !cr_is_string(digest) || cr_string_equal(cr_as_string(digest), cr_as_string(digest_value(cx, actual->bytes, actual->length)));
}

static void delete_file(local_provider *self, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    cr_value props = cr_has_slots(resource->prior_props) ? resource->prior_props : resource->props;
    const char *path = cr_to_utf8(self->cx, cr_field(props, "path"), NULL);
    cr_error error;
    os_file_info info;
    content actual;
    bool found;
    cr_status status = actual_read(path, &actual, &info, &found, &error);
    if (status == CR_OK && found && !wrote(self->cx, resource, &actual)) {
        cr_operation_fail(operation, CR_FAILURE_CONFLICT, "'%s' was changed by somebody else since and is left alone: remove it by hand", path);
    } else {
        if (status == CR_OK && found) status = os_file_remove(path, NULL, &error);
        if (status == CR_OK) {
            remove_folders(self, resource->private_data);
            cr_operation_gone(operation);
        } else {
            local_fail(operation, status, &error);
        }
    }
    content_release(&actual);
}

/* An interrupted write left the old file or the new one; an update is finished now. A create that left a file with
 * another content did not happen: the file is somebody else's. What cannot be written any more (its source is gone)
 * did not happen either. A delete that was cut short is planned again. */
static void recover(local_provider *self, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    cr_error ignored; /* what cannot be swept is no reason not to go on */
    cr_value props = cr_has_slots(resource->props) ? resource->props : resource->prior_props;
    os_file_sweep(cr_to_utf8(self->cx, cr_field(props, "path"), NULL), &ignored);
    if (local_recovers(operation, "delete")) {
        read_file(self, operation);
        return;
    }
    bool was_update = local_recovers(operation, "update");
    content wanted, actual;
    cr_error error;
    os_file_info info;
    bool found;
    cr_status status = actual_read(cr_to_utf8(self->cx, cr_field(resource->props, "path"), NULL), &actual, &info, &found, &error);
    bool known = content_read(self->cx, resource->props, &wanted, &error) == CR_OK;
    if (status != CR_OK) local_fail(operation, status, &error);
    else if (!found || !known || (!was_update && !is_content(&actual, &wanted))) cr_operation_gone(operation);
    else write_file(operation, &wanted, was_update);
    content_release(&actual);
    content_release(&wanted);
}

const local_construct local_file = {
    .name = "LocalFile", .rules = rules, .validate = validate, .diff = diff, .read = read_file, .create = create,
    .update = update, .delete_ = delete_file, .recover = recover,
};
