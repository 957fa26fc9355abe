#include "clouddom/record.h"

#include "base/bug.h"
#include "value/context.h"
#include "json/json.h"

static const char *const state_names[] = {
#define STATE(name, text) #name,
#include "clouddom/states.def"
#undef STATE
};

enum { STATE_COUNT = sizeof state_names / sizeof state_names[0] };

const char *resource_state_name(resource_state state) {
    MUST((size_t)state < STATE_COUNT);
    return state_names[state];
}

bool resource_state_parse(str name, resource_state *state) {
    for (size_t i = 0; i < STATE_COUNT; i++) {
        if (!str_is(name, state_names[i])) continue;
        *state = (resource_state)i;
        return true;
    }
    return false;
}

/* A text field of a record, NULL when it is absent. */
static const char *text_field(cr_context *cx, cr_value record, const char *name) {
    cr_value v = cr_field(record, name);
    return cr_is_string(v) ? cr_to_utf8(cx, v, NULL) : NULL;
}

static cr_status read_depends(cr_context *cx, resource_record *self, cr_value list, cr_error *err) {
    if (list == CR_UNDEFINED) return CR_OK;
    if (!cr_is_array(list))
        return cr_fail(err, CR_E_DATA, "the record of '%s' is damaged: 'depends' is no list", self->address);
    const cr_array *array = cr_as_array(list);
    self->depends = HEAP_ARRAY(cx, const char *, array->length);
    for (uint32_t i = 0; i < array->length; i++) {
        if (!cr_is_string(array->items[i]))
            return cr_fail(err, CR_E_DATA, "the record of '%s' is damaged: 'depends' holds no ids",
                           self->address);
        self->depends[self->depend_count++] = cr_to_utf8(cx, array->items[i], NULL);
    }
    return CR_OK;
}

cr_status resource_record_details(cr_context *cx, resource_record *self, cr_error *err) {
    if (self->detailed) return CR_OK;
    self->props = self->outputs = self->private_data = self->wanted_props = CR_UNDEFINED;
    cr_value record;
    cr_error inner;
    if (json_read(cx, self->line, &record, &inner) != CR_OK)
        return cr_fail(err, CR_E_DATA, "the record of '%s' is damaged: %s", self->address, inner.message);
    if (!cr_is_object(record))
        return cr_fail(err, CR_E_DATA, "the record of '%s' is no object", self->address);
    self->props = cr_field(record, "props");
    self->outputs = cr_field(record, "outputs");
    self->private_data = cr_field(record, "private");
    self->operation = text_field(cx, record, "operation");
    self->token = text_field(cx, record, "token");
    self->wanted_props = cr_field(record, "wanted");
    cr_value attempt = cr_field(record, "attempt");
    self->attempt = cr_is_number(attempt) && cr_to_double(attempt) >= 1 && cr_to_double(attempt) < 1e9
                        ? (uint32_t)cr_to_double(attempt)
                        : 0;
    self->depend_count = 0;
    cr_status status = read_depends(cx, self, cr_field(record, "depends"), err);
    self->detailed = status == CR_OK;
    return status;
}

cr_value resource_record_outputs(cr_context *cx, const resource_record *self) {
    if (self->detailed) return self->outputs;
    str text;
    cr_value outputs;
    bool found = json_member(self->line, "outputs", &text) && json_read(cx, text, &outputs, NULL) == CR_OK;
    return found ? outputs : CR_UNDEFINED;
}
