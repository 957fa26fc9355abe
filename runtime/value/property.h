/* value/property.h: properties as the program sees them: prototype chain, accessors, arrays, host objects.
 * The functions that generated C calls too are in creact/abi.h (cr_get, cr_set …).                         */
#ifndef CREACT_VALUE_PROPERTY_H
#define CREACT_VALUE_PROPERTY_H

#include "value/context.h"

/* An own property, getters run. CR_HOLE when there is none; CR_EXCEPTION after a throw. */
cr_value own_property(cr_context *cx, cr_value object, const cr_string *key);
/* object.key by ASCII name. */
cr_value cr_get_named(cr_context *cx, cr_value object, const char *name);
/* Own keys as cr_own_keys; NULL after a throw. `hidden`: also those that are not enumerable. */
const cr_string **own_keys(cr_context *cx, cr_value object, bool hidden, uint32_t *count);
/* Object.freeze; answers its argument. */
cr_value value_freeze(cr_context *cx, cr_value object);
bool value_is_frozen(cr_value object);
/* "#<Object>", "[object Array]": an object in V8's messages. */
const char *object_in_message(cr_context *cx, cr_value object);
/* Calls object[name](), the method looked up by ASCII name. */
cr_value cr_invoke(cr_context *cx, cr_value object, const char *name, uint32_t argc, const cr_value *argv);

#endif
