/* provider/object.h: the objects of the program that stand for providers and routers. */
#ifndef CREACT_PROVIDER_OBJECT_H
#define CREACT_PROVIDER_OBJECT_H

#include "creact/provider.h"

/* The provider that `value` stands for, or NULL when it is something else. */
cr_provider_handle *provider_handle_of(cr_value value);

#endif
