/* provider/router.h: which provider serves a construct.
 *
 * Built once after the program was evaluated: from CReact.cloudProvider (one provider, or a ProviderRouter
 * with its patterns in order of registration, first match wins), or, when the program names none, from the
 * provider types of the libraries that it imports. Errors: CR_E_CONFIG (not a provider, a provider that
 * cannot be opened, a wrong API version).              */
#ifndef CREACT_ROUTER_H
#define CREACT_ROUTER_H

#include "creact/abi.h"
#include "creact/provider.h"

typedef struct router router;

/* One opened provider. */
typedef struct router_entry {
    const cr_provider_type *type;
    void *provider;
} router_entry;

cr_status router_new(cr_context *cx, const cr_program *program, cr_value cloud_provider, router **out,
                     cr_error *err);
void router_free(router *self);
/* The provider for `construct`, or NULL. */
const router_entry *router_find(const router *self, const char *construct);
/* By type name, for deleting what another program version made; NULL when it is not linked. */
const router_entry *router_find_type(const router *self, const char *provider_name);
/* All, for `info`. */
const router_entry *router_entries(const router *self, uint32_t *count);

#endif
