/* Hooks: each call in a component takes the next of its fiber's hooks, which must be of the same kind as the
 * last time. */
#include "fiber/fiber.h"
#include "fiber/natives.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/function.h"
#include "value/property.h"
#include "value/unknown.h"

static const char *kind_text(hook_kind kind) {
    switch (kind) {
#define X(name, text)                                                                                        \
    case HOOK_##name: return text;
        HOOK_KIND_LIST(X)
#undef X
    }
    return "a hook";
}

hook *hook_next(cr_context *cx, hook_kind kind) {
    renderer *self = renderer_of(cx);
    if (self == NULL || self->current == NULL || self->current->kind != FIBER_COMPONENT) {
        throw_error(
            cx, PROTOTYPE_ERROR,
            "Invalid hook call. Hooks can only be called inside of the body of a function component. (%s)",
            kind_text(kind));
        return NULL;
    }
    fiber *f = self->current;
    hook *h = *self->cursor;
    if (h == NULL) {
        if (f->rendered) {
            throw_error(cx, PROTOTYPE_ERROR, "Rendered more hooks than during the previous render. (%s)",
                        kind_text(kind));
            return NULL;
        }
        h = *self->cursor = HEAP_NEW(cx, hook);
        h->kind = kind;
    } else if (h->kind != kind) {
        throw_error(
            cx, PROTOTYPE_ERROR,
            "the order of hooks changed: %s is called where %s was called before; call hooks at the top "
            "level of the component, not in conditions or loops",
            kind_text(kind), kind_text(h->kind));
        return NULL;
    }
    self->cursor = &h->next;
    self->hooks_used++;
    return h;
}

static cr_value pair(cr_context *cx, cr_value a, cr_value b) {
    return cr_array_new(cx, 2, (cr_value[]){a, b});
}

/* ---- state -------------------------------------------------------------------------------------------- */

static void mark_readers(renderer *self, state_slot *slot) {
    if (slot->owner == NULL) {
        for (fiber *f = self->root; f != NULL; f = fiber_next(f, self->root, false))
            for (hook *h = f->hooks; h != NULL; h = h->next)
                if (h->kind == HOOK_STORE && h->state == slot) {
                    if (f == self->current)
                        self->render_again = true;
                    else
                        mark_dirty(f);
                    break;
                }
    } else if (slot->owner == self->current) {
        self->render_again = true;
    } else if (slot->owner->mounted) {
        mark_dirty(slot->owner);
    }
}

/* The setter of a slot: captured 0 is the slot. */
static cr_value set_state(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                          const cr_value *argv) {
    renderer *r = renderer_of(cx);
    state_slot *slot = (state_slot *)(uintptr_t)captured_at(self, 0);
    cr_value next = arg_at(argc, argv, 0);
    if (cr_is_function(next)) {
        next = cr_call(cx, next, CR_UNDEFINED, 1, &slot->value, "the updater of a state");
        if (next == CR_EXCEPTION) return CR_EXCEPTION;
    }
    bool same = value_same(slot->value, next);
    slot->value = next;
    if (r->current != NULL) {
        if (!same) slot->derived = true;
        if (slot->derived) reads_derive(r, slot, next, true);
    } else {
        reads_clear(r, &slot->reads);
        slot->derived = slot->initialize = false;
        slot->base = next;
        slot->persisted = true;
    }
    if (!same) mark_readers(r, slot);
    return CR_UNDEFINED;
}

STRING_LITERAL(setter_name, "setState");
static const cr_function_info setter_info = {
    &setter_name, set_state, 1, CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW, {0}};

static state_slot *slot_new(cr_context *cx, fiber *owner) {
    state_slot *slot = HEAP_NEW(cx, state_slot);
    slot->owner = owner;
    slot->value = slot->base = CR_UNDEFINED;
    slot->initialize = true;
    cr_value captured = cr_from_pointer(slot);
    slot->setter = native_closure(cx, &setter_info, 1, &captured);
    return slot;
}

/* Gives a slot its initial value, a value or the function that computes it. False: it threw. */
static bool slot_initialize(renderer *self, state_slot *slot, cr_value initial) {
    slot->initialize = false;
    if (cr_is_function(initial)) {
        initial = cr_call(self->cx, initial, CR_UNDEFINED, 0, NULL, "the initialiser of a state");
        if (initial == CR_EXCEPTION) {
            slot->initialize = true;
            return false;
        }
    }
    slot->value = slot->base = initial;
    reads_derive(self, slot, initial, false);
    return true;
}

/* {"value": …} of the recorded hooks of this component; false: nothing is recorded. */
static bool slot_restore(renderer *self, state_slot *slot, uint32_t position) {
    if (!cr_is_array(self->recorded_state) || position >= cr_as_array(self->recorded_state)->length)
        return false;
    cr_value entry = cr_as_array(self->recorded_state)->items[position];
    if (!cr_is_kind(entry, CR_KIND_OBJECT)) return false;
    slot->value = slot->base = cr_field(entry, "value");
    slot->initialize = false;
    slot->persisted = true;
    return true;
}

static cr_value use_state(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                          const cr_value *argv) {
    hook *h = hook_next(cx, HOOK_STATE);
    if (h == NULL) return CR_EXCEPTION;
    renderer *r = renderer_of(cx);
    uint32_t position = r->saved_states++;
    if (h->state == NULL) {
        h->state = slot_new(cx, r->current);
        slot_restore(r, h->state, position);
    }
    if (h->state->initialize && !slot_initialize(r, h->state, arg_at(argc, argv, 0))) return CR_EXCEPTION;
    return pair(cx, h->state->value, h->state->setter);
}

NATIVE(useState, use_state, 1);

static cr_value create_store(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                             const cr_value *argv) {
    hook *h = hook_next(cx, HOOK_STORE);
    if (h == NULL) return CR_EXCEPTION;
    renderer *r = renderer_of(cx);
    cr_value name = arg_at(argc, argv, 0);
    if (!cr_is_string(name)) return throw_type_error(cx, "createStore() needs a name, a string");
    size_t length;
    const char *text = cr_to_utf8(cx, name, &length);
    void **place = map_at(&r->stores, (str){text, length});
    if (*place == NULL) {
        *place = slot_new(cx, NULL);
        store_restore(r, text, *place);
    }
    h->state = *place;
    if (h->state->initialize && !slot_initialize(r, h->state, arg_at(argc, argv, 1))) return CR_EXCEPTION;
    return pair(cx, h->state->value, h->state->setter);
}

NATIVE(createStore, create_store, 2);

/* ---- memo, ref ---------------------------------------------------------------------------------------- */

static bool same_dependencies(cr_value before, cr_value now) {
    if (!cr_is_array(before) || !cr_is_array(now)) return false;
    const cr_array *a = cr_as_array(before), *b = cr_as_array(now);
    if (a->length != b->length) return false;
    for (uint32_t i = 0; i < a->length; i++)
        if (!value_same(a->items[i], b->items[i])) return false;
    return true;
}

static cr_value use_memo(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                         const cr_value *argv) {
    hook *h = hook_next(cx, HOOK_MEMO);
    if (h == NULL) return CR_EXCEPTION;
    cr_value dependencies = arg_at(argc, argv, 1);
    if (h->memo.value != 0 && !h->memo.reads_outputs && same_dependencies(h->memo.dependencies, dependencies))
        return h->memo.value;
    const output_read *before = renderer_of(cx)->current->reads;
    cr_value value =
        cr_call(cx, arg_at(argc, argv, 0), CR_UNDEFINED, 0, NULL, "the function given to useMemo()");
    if (value == CR_EXCEPTION) return CR_EXCEPTION;
    h->memo.value = value;
    h->memo.dependencies = dependencies;
    h->memo.reads_outputs = renderer_of(cx)->current->reads != before;
    return value;
}

NATIVE(useMemo, use_memo, 2);

static cr_value use_callback(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                             const cr_value *argv) {
    hook *h = hook_next(cx, HOOK_MEMO);
    if (h == NULL) return CR_EXCEPTION;
    cr_value dependencies = arg_at(argc, argv, 1);
    if (h->memo.value == 0 || !same_dependencies(h->memo.dependencies, dependencies)) {
        h->memo.value = arg_at(argc, argv, 0);
        h->memo.dependencies = dependencies;
    }
    return h->memo.value;
}

NATIVE(useCallback, use_callback, 2);

static cr_value use_ref(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                        const cr_value *argv) {
    hook *h = hook_next(cx, HOOK_REF);
    if (h == NULL) return CR_EXCEPTION;
    if (h->ref == 0) {
        h->ref = cr_object_new(cx);
        cr_set_field(cx, h->ref, "current", arg_at(argc, argv, 0));
    }
    return h->ref;
}

NATIVE(useRef, use_ref, 1);

/* ---- effects, stack outputs --------------------------------------------------------------------------- */

/* The effect itself runs after deployment: persist.c. */
static cr_value use_effect(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                           const cr_value *argv) {
    hook *h = hook_next(cx, HOOK_EFFECT);
    if (h == NULL) return CR_EXCEPTION;
    renderer *r = renderer_of(cx);
    uint32_t position = r->saved_states++;
    cr_value callback = arg_at(argc, argv, 0);
    if (!cr_is_function(callback)) return throw_type_error(cx, "useEffect() needs a function");
    if (h->effect.callback == 0) {
        h->effect.cleanup = CR_UNDEFINED;
        if (cr_is_array(r->recorded_state) && position < cr_as_array(r->recorded_state)->length)
            effect_restore(r, h, cr_as_array(r->recorded_state)->items[position]);
    }
    h->effect.callback = callback;
    h->effect.dependencies = arg_at(argc, argv, 1);
    return CR_UNDEFINED;
}

NATIVE(useEffect, use_effect, 2);

static cr_value use_output(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                           const cr_value *argv) {
    hook *h = hook_next(cx, HOOK_OUTPUT);
    if (h == NULL) return CR_EXCEPTION;
    renderer *r = renderer_of(cx);
    cr_value name = arg_at(argc, argv, 0);
    if (!cr_is_string(name) || cr_as_string(name)->head.length == 0)
        return throw_type_error(cx, "useOutput() needs a name, a string");
    const char *text = cr_to_utf8(cx, name, NULL);
    props_facts facts = {0};
    cr_value value = props_clean(r, arg_at(argc, argv, 1), false, text, &facts);
    if (value == CR_EXCEPTION) return CR_EXCEPTION;
    if (value == CR_HOLE) value = CR_NULL;
    if (h->output.name == NULL || strcmp(h->output.name, text) != 0)
        r->structure_changed = true;
    else if (!value_equal_deep(cx, h->output.value, value))
        r->changed = true;
    h->output.name = text;
    h->output.value = value;
    h->output.site = cx->site;
    return CR_UNDEFINED;
}

NATIVE(useOutput, use_output, 2);
