/* providers/local: files, folders and commands of the machine that the deploy binary runs on.
 *
 * local.c serves the provider contract (creact/provider.h) with a table of constructs; each construct is one
 * file. To add a construct: its file with a local_construct, a row in local.c, its class in lib/local.ts.
 * Relative paths are relative to the working directory of the deploy binary.                                */
#ifndef CREACT_PROVIDERS_LOCAL_H
#define CREACT_PROVIDERS_LOCAL_H

#include "base/vec.h"
#include "creact/props.h"
#include "creact/provider.h"

typedef struct local_provider {
    cr_context *cx;
    VEC(char *) leftover; /* folders of ours, to be removed as soon as they are empty */
} local_provider;

/* One construct. The members are as in cr_provider_type; `validate` runs after the check of `rules`. */
typedef struct local_construct {
    const char *name;
    const cr_prop_rule *rules;
    cr_status (*validate)(local_provider *self, const cr_resource *resource, cr_error *err);
    cr_status (*diff)(local_provider *self, const cr_resource *resource, cr_diff *diff, cr_error *err);
    void (*read)(local_provider *self, cr_operation *operation);
    void (*create)(local_provider *self, cr_operation *operation);
    void (*update)(local_provider *self, cr_operation *operation);
    void (*delete_)(local_provider *self, cr_operation *operation);
    void (*recover)(local_provider *self, cr_operation *operation);
} local_construct;

extern const local_construct local_file, local_directory, local_command;

/* "0644" as bits. false: not three or four octal digits. */
bool local_mode_parse(const char *text, uint32_t *mode);
/* The prop `mode`, or `fallback`. */
uint32_t local_mode_of(cr_context *cx, cr_value props, uint32_t fallback);
cr_value local_mode_value(cr_context *cx, uint32_t mode);
/* CR_E_DATA when the prop `mode` is no mode. */
cr_status local_mode_check(cr_context *cx, const char *owner, cr_value props, cr_error *err);
/* Does the prop `name` differ between prior_props and props? (Unknown: yes.) */
bool local_prop_changed(cr_context *cx, const cr_resource *resource, const char *name);
/* Is `operation` the recovery of an interrupted `name` ("create" …)? */
bool local_recovers(const cr_operation *operation, const char *name);

/* Answers with a failure; what the system refused it would refuse again, other errors may pass. */
void local_fail(cr_operation *operation, cr_status status, const cr_error *error);

/* `folder` is ours and is to go as soon as it is empty, in this run. */
void local_leftover_add(local_provider *self, const char *folder);
/* Removes what is empty by now. After each delete. */
void local_leftover_sweep(local_provider *self);

#endif
