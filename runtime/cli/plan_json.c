#include "cli/plan_json.h"

#include "cli/cli.h"
#include "cli/plan_text.h"

const char *change_json_name(change_kind kind) {
    static const char *const names[] = {
#define X(name, sign, json) json,
        CHANGE_KIND_LIST(X)
#undef X
    };
    return names[kind];
}

static void set_text(cr_context *cx, cr_value object, const char *name, const char *text) {
    if (text != NULL) cr_set_field(cx, object, name, cr_string_text(cx, text));
}

static void set_value(cr_context *cx, cr_value object, const char *name, cr_value value) {
    if (value != CR_UNDEFINED) cr_set_field(cx, object, name, value);
}

static cr_value attribute_value(cr_context *cx, const attribute_change *a) {
    cr_value object = cr_object_new(cx);
    set_text(cx, object, "path", a->path);
    set_value(cx, object, "before", a->before);
    set_value(cx, object, "after", a->after);
    if (a->forces_replace) cr_set_field(cx, object, "forcesReplace", CR_TRUE);
    return object;
}

static cr_value change_value(cr_context *cx, const change *c) {
    cr_value object = cr_object_new(cx);
    set_text(cx, object, "action", change_json_name(c->kind));
    set_text(cx, object, "address", c->address);
    set_text(cx, object, "id", c->node != NULL ? c->node->id : c->record->id);
    set_text(cx, object, "construct", c->node != NULL ? c->node->construct : c->record->construct);
    set_text(cx, object, "reason", c->reason);
    set_text(cx, object, "movedFrom", c->moved_from);
    cr_set_field(cx, object, "batch", cr_number(c->batch));
    if (c->resumes) cr_set_field(cx, object, "resumes", CR_TRUE);
    cr_set_field(cx, object, "dependsOn", cloud_edges_to_value(cx, c->node));
    if (c->node != NULL) set_value(cx, object, "source", cloud_site_to_value(cx, c->node->site));
    if (c->node != NULL && c->kind == CHANGE_CREATE) cr_set_field(cx, object, "props", c->node->props);
    cr_value attributes = cr_array_new(cx, 0, NULL);
    for (size_t i = 0; i < c->attributes.length; i++)
        cr_array_push(cx, attributes, attribute_value(cx, &c->attributes.items[i]));
    cr_set_field(cx, object, "attributes", attributes);
    return object;
}

static void add_changes(cr_context *cx, cr_value document, const change_set *set) {
    cr_value changes = cr_array_new(cx, 0, NULL), order = cr_array_new(cx, 0, NULL);
    cr_value batches = cr_array_new(cx, 0, NULL), summary = cr_object_new(cx);
    for (uint32_t i = 0; i < set->batch_count; i++) cr_array_push(cx, batches, cr_array_new(cx, 0, NULL));
    for (size_t i = 0; i < set->changes.length; i++) {
        const change *c = set->changes.items[i];
        cr_value address = cr_string_text(cx, c->address);
        cr_array_push(cx, changes, change_value(cx, c));
        cr_array_push(cx, order, address);
        cr_array_push(cx, cr_as_array(batches)->items[c->batch], address);
    }
    for (change_kind kind = CHANGE_CREATE; kind <= CHANGE_MOVE; kind++)
        cr_set_field(cx, summary, change_json_name(kind), cr_number(set->counts[kind]));
    cr_set_field(cx, document, "changes", changes);
    cr_set_field(cx, document, "order", order);
    cr_set_field(cx, document, "batches", batches);
    cr_set_field(cx, document, "summary", summary);
}

static cr_value drift_value(cr_context *cx, const plan *p) {
    cr_value list = cr_array_new(cx, 0, NULL);
    for (size_t i = 0; i < p->drifts.length; i++) {
        const drift *d = p->drifts.items[i];
        cr_value object = cr_object_new(cx), attributes = cr_array_new(cx, 0, NULL);
        set_text(cx, object, "address", d->record->address);
        set_text(cx, object, "id", d->record->id);
        set_text(cx, object, "construct", d->record->construct);
        cr_set_field(cx, object, "gone", cr_from_bool(d->gone));
        for (size_t a = 0; a < d->attributes.length; a++)
            cr_array_push(cx, attributes, attribute_value(cx, &d->attributes.items[a]));
        cr_set_field(cx, object, "attributes", attributes);
        cr_array_push(cx, list, object);
    }
    return list;
}

cr_value plan_to_value(cr_context *cx, const char *name, const plan *p) {
    cr_value document = cr_object_new(cx);
    cr_set_field(cx, document, "format", cr_number(PLAN_JSON_FORMAT));
    cr_set_field(cx, document, "stack", cr_string_text(cx, name));
    add_changes(cx, document, &p->changes);
    cr_set_field(cx, document, "deferred", cloud_deferred_to_value(cx, p->dom));
    cr_set_field(cx, document, "assumptions", cloud_assumptions_to_value(cx, p->dom));
    cr_set_field(cx, document, "drift", drift_value(cx, p));
    cr_set_field(cx, document, "inputs", cloud_inputs_to_value(cx, p->dom));
    return document;
}
