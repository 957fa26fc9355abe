/* value/function.h: what natives need of functions and classes beyond creact/abi.h.                         */
#ifndef CREACT_VALUE_FUNCTION_H
#define CREACT_VALUE_FUNCTION_H

#include "value/context.h"

/* The prototype of what `new f` makes, made when missing; for an arrow or method NULL. */
cr_object *function_prototype_of(cr_context *cx, cr_value f);
/* In a native constructor: the prototype that `new` asks for (a subclass's), else that of `id`. */
cr_object *new_target_prototype(cr_context *cx, prototype_id id);
/* In a native: was it called with `new` (or super())? */
static inline bool called_as_constructor(const cr_context *cx) { return cx->runtime->frame->new_target != 0; }
bool value_is_constructor(cr_value v);
/* A native function over one value of its own, for callbacks that the runtime makes: self->cells[0]->value. */
cr_value native_closure(cr_context *cx, const cr_function_info *info, uint32_t count, const cr_value *captured);
static inline cr_value captured_at(const cr_function *self, uint32_t i) { return self->cells[i]->value; }
/* Throws "text is not a function". */
cr_value throw_not_function(cr_context *cx, cr_value callee, const char *text);

#endif
