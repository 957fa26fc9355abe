/* creact/props.h: reading and checking the props of a resource, for providers.
 *
 *     static const cr_prop_rule rules[] = {
 *         {"path", CR_PROP_TEXT, .required = true}, {"bytes", CR_PROP_NUMBER, .min = 0, .max = 1e9}, {NULL}};
 *     status = cr_props_check(cx, "LocalFile", resource->props, rules, err);
 *
 * A prop that is not known yet passes every check: it is checked again when it is known.                    */
#ifndef CREACT_PROPS_H
#define CREACT_PROPS_H

#include "creact/status.h"
#include "creact/value.h"

typedef enum cr_prop_kind {
    CR_PROP_ANY,
    CR_PROP_TEXT,   /* a string without NUL; not empty when required */
    CR_PROP_NUMBER, /* an integer from min to max */
    CR_PROP_TEXTS,  /* an array of strings; not empty when required */
    CR_PROP_TEXT_MAP, /* an object whose values are strings, its keys names of variables (not empty, no '=') */
    CR_PROP_OBJECT,
} cr_prop_kind;

typedef struct cr_prop_rule {
    const char *name; /* NULL ends the table */
    cr_prop_kind kind;
    bool required;
    double min, max; /* of a number */
} cr_prop_rule;

/* CR_E_DATA names the prop: 'LocalFile' needs a prop 'path' … `owner` is the construct, or "ready of LocalProcess". */
cr_status cr_props_check(cr_context *cx, const char *owner, cr_value props, const cr_prop_rule *rules, cr_error *err);

/* A string prop as UTF-8 in the context's heap; NULL when absent or not known yet. *length may be NULL. */
const char *cr_prop_text(cr_context *cx, cr_value props, const char *name, size_t *length);
/* A number prop; `fallback` when absent or not known yet. */
double cr_prop_number(cr_value props, const char *name, double fallback);

/* The environment of a program that a resource runs: PATH and HOME of ours, then the strings of `variables` (an
 * object, or CR_UNDEFINED), then `extra` (pairs name, value; NULL-terminated; may be NULL). A later one replaces
 * an earlier one of the same name. The caller frees with cr_environment_free. */
char **cr_environment_new(cr_context *cx, cr_value variables, const char *const *extra);
void cr_environment_free(char **environment);

#endif
