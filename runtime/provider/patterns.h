/* provider/patterns.h: ProviderRouter of module 'creact': providers by the name of the construct.           */
#ifndef CREACT_PROVIDER_PATTERNS_H
#define CREACT_PROVIDER_PATTERNS_H

#include "creact/value.h"

typedef struct provider_pattern {
    cr_value pattern; /* a RegExp */
    cr_value provider;
} provider_pattern;

/* The patterns of a ProviderRouter in order of registration; NULL when `value` is something else. */
const provider_pattern *provider_patterns_of(cr_value value, uint32_t *count);
bool provider_pattern_matches(cr_context *cx, cr_value pattern, const char *construct);

#endif
