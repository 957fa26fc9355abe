/* fiber/provider_router.h: what `new ProviderRouter().register(/^Aws/, aws)` holds, for provider/ to route by.  */
#ifndef CREACT_PROVIDER_ROUTER_H
#define CREACT_PROVIDER_ROUTER_H

#include "creact/value.h"

typedef struct provider_route {
    cr_value pattern;  /* a regular expression over construct names */
    cr_value provider; /* an object of a provider class, or another router */
} provider_route;

typedef struct provider_routes {
    provider_route *items; /* in order of registration */
    uint32_t count, capacity;
} provider_routes;

/* The routes of a ProviderRouter; NULL: `v` is something else. */
const provider_routes *provider_routes_of(cr_value v);

#endif
