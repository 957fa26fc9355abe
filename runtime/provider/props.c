#include "creact/props.h"

#include <math.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "os/env.h"

static bool is_text(cr_context *cx, cr_value v) {
    size_t length;
    if (!cr_is_string(v)) return false;
    const char *text = cr_to_utf8(cx, v, &length);
    return memchr(text, '\0', length) == NULL;
}

static bool is_texts(cr_context *cx, cr_value v) {
    if (!cr_is_array(v)) return false;
    const cr_array *array = cr_as_array(v);
    for (uint32_t i = 0; i < array->length; i++)
        if (!cr_is_unknown(array->items[i]) && !is_text(cx, array->items[i])) return false;
    return true;
}

static bool is_text_map(cr_context *cx, cr_value v) {
    if (!cr_has_slots(v) || cr_is_array(v) || cr_is_function(v)) return false;
    uint32_t count;
    const cr_string **keys = cr_own_keys(cx, v, &count);
    for (uint32_t i = 0; i < count; i++) {
        cr_value entry = cr_own(v, keys[i]);
        size_t length;
        const char *name = cr_to_utf8(cx, cr_from_pointer(keys[i]), &length);
        if (length == 0 || memchr(name, '=', length) != NULL || memchr(name, '\0', length) != NULL) return false;
        if (!cr_is_unknown(entry) && entry != CR_UNDEFINED && !is_text(cx, entry)) return false;
    }
    return true;
}

static cr_status check_number(const char *owner, const cr_prop_rule *rule, cr_value v, cr_error *err) {
    double number = cr_is_number(v) ? cr_to_double(v) : NAN;
    if (number == floor(number) && number >= rule->min && number <= rule->max) return CR_OK;
    return cr_fail(err, CR_E_DATA, "prop '%s' of '%s' must be an integer from %.0f to %.0f", rule->name, owner, rule->min, rule->max);
}

static cr_status check_one(cr_context *cx, const char *owner, const cr_prop_rule *rule, cr_value v, cr_error *err) {
    if (v == CR_UNDEFINED || v == CR_NULL) {
        if (!rule->required) return CR_OK;
        return cr_fail(err, CR_E_DATA, "'%s' needs a prop '%s'", owner, rule->name);
    }
    if (cr_is_unknown(v)) return CR_OK;
    const char *what = NULL;
    switch (rule->kind) {
    case CR_PROP_ANY: break;
    case CR_PROP_TEXT:
        if (!is_text(cx, v)) what = "a string";
        else if (rule->required && cr_as_string(v)->head.length == 0) what = "a string that is not empty";
        break;
    case CR_PROP_NUMBER: return check_number(owner, rule, v, err);
    case CR_PROP_TEXTS:
        if (!is_texts(cx, v)) what = "an array of strings";
        else if (rule->required && cr_as_array(v)->length == 0) what = "an array that is not empty";
        break;
    case CR_PROP_TEXT_MAP:
        if (!is_text_map(cx, v)) what = "an object of names and strings";
        break;
    case CR_PROP_OBJECT:
        if (!cr_has_slots(v) || cr_is_array(v)) what = "an object";
        break;
    }
    if (what == NULL) return CR_OK;
    return cr_fail(err, CR_E_DATA, "prop '%s' of '%s' must be %s", rule->name, owner, what);
}

static bool has_rule(const cr_prop_rule *rules, const char *name) {
    for (; rules->name != NULL; rules++)
        if (strcmp(rules->name, name) == 0) return true;
    return false;
}

cr_status cr_props_check(cr_context *cx, const char *owner, cr_value props, const cr_prop_rule *rules, cr_error *err) {
    if (cr_is_unknown(props)) return CR_OK;
    for (const cr_prop_rule *rule = rules; rule->name != NULL; rule++) {
        cr_status status = check_one(cx, owner, rule, cr_field(props, rule->name), err);
        if (status != CR_OK) return status;
    }
    uint32_t count;
    const cr_string **keys = cr_own_keys(cx, props, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *name = cr_to_utf8(cx, cr_from_pointer(keys[i]), NULL);
        if (!has_rule(rules, name)) return cr_fail(err, CR_E_DATA, "'%s' has no prop '%s'", owner, name);
    }
    return CR_OK;
}

const char *cr_prop_text(cr_context *cx, cr_value props, const char *name, size_t *length) {
    cr_value v = cr_has_slots(props) ? cr_field(props, name) : CR_UNDEFINED;
    return cr_is_string(v) ? cr_to_utf8(cx, v, length) : NULL;
}

double cr_prop_number(cr_value props, const char *name, double fallback) {
    cr_value v = cr_has_slots(props) ? cr_field(props, name) : CR_UNDEFINED;
    return cr_is_number(v) ? cr_to_double(v) : fallback;
}

/* ---- environment ---------------------------------------------------------------------------------------- */

typedef VEC(char *) variables;

static void set_variable(variables *self, const char *name, const char *value) {
    str_buf entry;
    str_buf_init(&entry);
    str_buf_add_format(&entry, "%s=%s", name, value);
    size_t name_length = strlen(name) + 1; /* with the '=' */
    for (size_t i = 0; i < self->length; i++) {
        if (strncmp(self->items[i], entry.bytes, name_length) != 0) continue;
        mem_free(self->items[i]);
        self->items[i] = str_buf_detach(&entry);
        return;
    }
    VEC_PUSH(self, str_buf_detach(&entry));
}

char **cr_environment_new(cr_context *cx, cr_value declared, const char *const *extra) {
    static const char *const inherited[] = {"PATH", "HOME"};
    variables all = {0};
    for (size_t i = 0; i < sizeof inherited / sizeof inherited[0]; i++) {
        const char *value = os_env_get(inherited[i]);
        if (value != NULL) set_variable(&all, inherited[i], value);
    }
    uint32_t count = 0;
    const cr_string **keys = cr_has_slots(declared) ? cr_own_keys(cx, declared, &count) : NULL;
    for (uint32_t i = 0; i < count; i++) {
        cr_value value = cr_own(declared, keys[i]);
        if (cr_is_string(value)) set_variable(&all, cr_to_utf8(cx, cr_from_pointer(keys[i]), NULL), cr_to_utf8(cx, value, NULL));
    }
    for (size_t i = 0; extra != NULL && extra[i] != NULL; i += 2) set_variable(&all, extra[i], extra[i + 1]);
    VEC_PUSH(&all, NULL);
    return all.items;
}

void cr_environment_free(char **environment) {
    for (size_t i = 0; environment[i] != NULL; i++) mem_free(environment[i]);
    mem_free(environment);
}
