/* deploy/resource.h: a record and a node, put together for a provider. */
#ifndef CREACT_DEPLOY_RESOURCE_H
#define CREACT_DEPLOY_RESOURCE_H

#include "clouddom/record.h"
#include "creact/provider.h"
#include "provider/router.h"

/* What a provider is told of a resource. `node` or `record` (detailed) may be NULL. */
cr_resource resource_of(const char *stack, const cloud_node *node, const resource_record *record);
/* The provider that made what is recorded; where none is recorded, the one that serves the construct.
 * CR_E_CONFIG. */
cr_status resource_provider(const router *router, const resource_record *record, const router_entry **entry,
                            cr_error *err);

#endif
