/* LocalDirectory {path, mode?} -> {path, mode}: a folder. One that was there before is used, and not removed later;
 * ours is removed only when it is empty.
 * One that is made at another path instead is removed when its last file has gone, or stays if there are others'.
 * private_data: {made}: the folder did not exist before.                                                    */
#include "os/file.h"
#include "providers/local/local.h"

enum { MODE_DEFAULT = 0755 };

static const cr_prop_rule rules[] = {{"path", CR_PROP_TEXT, true, 0, 0}, {"mode", CR_PROP_TEXT, false, 0, 0}, {0}};

static cr_status validate(local_provider *self, const cr_resource *resource, cr_error *err) {
    return local_mode_check(self->cx, local_directory.name, resource->props, err);
}

static cr_value outputs_of(cr_context *cx, cr_value path, uint32_t mode) {
    cr_value outputs = cr_object_new(cx);
    cr_set_field(cx, outputs, "path", path);
    cr_set_field(cx, outputs, "mode", local_mode_value(cx, mode));
    return outputs;
}

static cr_status diff(local_provider *self, const cr_resource *resource, cr_diff *result, cr_error *err) {
    cr_value path = cr_field(resource->props, "path");
    if (cr_has_slots(resource->prior_props) && local_prop_changed(self->cx, resource, "path")) {
        result->replace = true;
        result->replace_reasons[0] = "path";
        return CR_OK;
    }
    if (cr_has_slots(resource->prior_props))
        result->planned_outputs = outputs_of(self->cx, path, local_mode_of(self->cx, resource->props, MODE_DEFAULT));
    return CR_OK;
}

/* The folder's path for an operation: as wanted, or as recorded where nothing is wanted. */
static cr_value path_value(const cr_resource *resource) {
    cr_value props = cr_has_slots(resource->props) ? resource->props : resource->prior_props;
    return cr_field(props, "path");
}

/* Brings the folder about. `made_before`: an earlier operation made it. */
static void make(cr_operation *operation, bool made_before) {
    cr_context *cx = cr_operation_context(operation);
    const cr_resource *resource = cr_operation_resource(operation);
    cr_value path = path_value(resource);
    const char *text = cr_to_utf8(cx, path, NULL);
    uint32_t mode = local_mode_of(cx, resource->props, MODE_DEFAULT);
    cr_error error;
    os_file_info info;
    cr_status status = os_file_inspect_target(text, &info, &error);
    if (status == CR_OK && info.exists && !info.is_directory) {
        cr_operation_fail(operation, CR_FAILURE_CONFLICT, "'%s' is there already and is no folder", text);
        return;
    }
    bool created = false;
    if (status == CR_OK) status = os_directory_make(text, mode, &created, &error);
    bool ours = created || made_before;
    if (status == CR_OK && ours) status = os_file_set_mode(text, mode, &error);
    if (status != CR_OK) {
        local_fail(operation, status, &error);
        return;
    }
    cr_value private_data = cr_object_new(cx);
    cr_set_field(cx, private_data, "made", cr_from_bool(ours));
    cr_operation_done(operation, outputs_of(cx, path, ours ? mode : info.mode), private_data);
}

static bool made_by_us(const cr_resource *resource) {
    return cr_has_slots(resource->private_data) && cr_field(resource->private_data, "made") == CR_TRUE;
}

static void create(local_provider *self, cr_operation *operation) { make(operation, false); }
static void update(local_provider *self, cr_operation *operation) { make(operation, made_by_us(cr_operation_resource(operation))); }

static void read_directory(local_provider *self, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    cr_value path = cr_has_slots(resource->prior_props) ? cr_field(resource->prior_props, "path") : path_value(resource);
    const char *text = cr_to_utf8(self->cx, path, NULL);
    cr_error error;
    os_file_info info;
    cr_status status = os_file_inspect_target(text, &info, &error);
    if (status != CR_OK) local_fail(operation, status, &error);
    else if (!info.exists || !info.is_directory) cr_operation_gone(operation);
    else cr_operation_done(operation, outputs_of(self->cx, path, info.mode), resource->private_data);
}

/* Is the folder deleted only to be made elsewhere? Then what is in it follows, or was not ours. */
static bool moves_away(const cr_resource *resource) {
    if (!cr_has_slots(resource->props) || !cr_has_slots(resource->prior_props)) return false;
    cr_value before = cr_field(resource->prior_props, "path"), after = cr_field(resource->props, "path");
    return cr_is_string(before) && cr_is_string(after) && !cr_string_equal(cr_as_string(before), cr_as_string(after));
}

static void delete_directory(local_provider *self, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    cr_value props = cr_has_slots(resource->prior_props) ? resource->prior_props : resource->props;
    const char *text = cr_to_utf8(self->cx, cr_field(props, "path"), NULL);
    cr_error error;
    os_file_info info;
    cr_status status = os_file_inspect(text, &info, &error);
    bool empty = true;
    if (status == CR_OK && info.is_directory && made_by_us(resource)) status = os_directory_remove(text, &empty, &error);
    local_leftover_sweep(self);
    if (status == CR_OK && !empty && moves_away(resource)) {
        local_leftover_add(self, text);
        empty = true;
    }
    if (status != CR_OK) local_fail(operation, status, &error);
    else if (!empty)
        cr_operation_fail(operation, CR_FAILURE_CONFLICT, "the folder '%s' is not empty: it holds something that this program did not make", text);
    else cr_operation_gone(operation);
}

/* What is there now is the answer; a delete that was cut short is planned again. That the folder was made by the
 * interrupted create cannot be told from its being there before: it is taken as ours, and removed only if empty. */
static void recover(local_provider *self, cr_operation *operation) {
    const cr_resource *resource = cr_operation_resource(operation);
    if (local_recovers(operation, "delete")) {
        read_directory(self, operation);
        return;
    }
    cr_error error;
    os_file_info info;
    const char *text = cr_to_utf8(self->cx, path_value(resource), NULL);
    cr_status status = os_file_inspect_target(text, &info, &error);
    if (status != CR_OK) local_fail(operation, status, &error);
    else if (!info.is_directory) cr_operation_gone(operation);
    else make(operation, local_recovers(operation, "create") || made_by_us(resource));
}

const local_construct local_directory = {
    .name = "LocalDirectory", .rules = rules, .validate = validate, .diff = diff, .read = read_directory, .create = create,
    .update = update, .delete_ = delete_directory, .recover = recover,
};
