/* What outlives the process: state that callbacks set and stores, both in the stack's record; and effects,
 * which run after a deployment unless their dependencies are those of a recorded run.
 *
 * State that was set while rendering is not recorded: it is computed again from the recorded outputs, which
 * gives the same value and can never be stale (R3).
 *
 * The record of a component is an array with an entry for each of its useState and useEffect calls, in order:
 * {"value": …}, {"effect": "<hash of dependencies>"} or null. A store is recorded as a component of the name
 * "%store/<name>" ('%' is escaped in addresses, so no component can have it). */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fiber/fiber.h"
#include "value/promise.h"
#include "value/string.h"
#include "value/unknown.h"
#include "json/json.h"

#define STORE_PREFIX "%store/"

/* ---- reading ------------------------------------------------------------------------------------------ */

cr_value recorded_state_of(renderer *self, const char *path) {
    const cr_value *state =
        self->recorded != NULL ? map_get(&self->recorded->components, str_of(path)) : NULL;
    return state != NULL ? *state : CR_UNDEFINED;
}

void effect_restore(renderer *self, hook *h, cr_value entry) {
    cr_value recorded = cr_field(entry, "effect");
    if (!cr_is_string(recorded)) return;
    h->effect.ran = strtoull(cr_to_utf8(self->cx, recorded, NULL), NULL, 16);
    h->effect.has_run = h->effect.can_compare = true;
}

static const char *store_key(renderer *self, const char *name) {
    return arena_format(&self->cx->runtime->heap, "%s%s", STORE_PREFIX, name);
}

void store_restore(renderer *self, const char *name, state_slot *slot) {
    cr_value state = recorded_state_of(self, store_key(self, name));
    if (!cr_is_array(state) || cr_as_array(state)->length == 0) return;
    slot->value = slot->base = cr_field(cr_as_array(state)->items[0], "value");
    slot->initialize = false;
    slot->persisted = true;
}

/* Gives a component that started without recorded state the one in `state`. True: something is different now.
 */
static bool adopt_state(renderer *self, fiber *f, const cr_array *state) {
    uint32_t position = 0;
    bool changed = false;
    for (hook *h = f->hooks; h != NULL; h = h->next) {
        if (h->kind != HOOK_STATE && h->kind != HOOK_EFFECT) continue;
        cr_value entry = position < state->length ? state->items[position] : CR_NULL;
        position++;
        if (!cr_is_kind(entry, CR_KIND_OBJECT)) continue;
        if (h->kind == HOOK_EFFECT && !h->effect.has_run) {
            effect_restore(self, h, entry);
        } else if (h->kind == HOOK_STATE && h->state != NULL && !h->state->persisted) {
            reads_clear(self, &h->state->reads);
            h->state->value = h->state->base = cr_field(entry, "value");
            h->state->derived = h->state->initialize = false;
            h->state->persisted = changed = true;
        }
    }
    return changed;
}

bool renderer_moved(renderer *self, const cloud_node *node, const char *old_address) {
    size_t now = strlen(node->address), old = strlen(old_address);
    /* What both addresses end in was not renamed. */
    while (now != 0 && old != 0 && node->address[now - 1] == old_address[old - 1]) now--, old--;
    while (node->address[now] != '\0' && node->address[now] != '/') now++, old++;
    if (self->recorded == NULL || self->recorded->components.count == 0) return false;
    /* Of all that was renamed with one component, the first tells everything. */
    str prefix = {node->address, now};
    if (str_equal(prefix, self->moved_prefix)) return false;
    self->moved_prefix = prefix;
    bool changed = false;
    str_buf path;
    str_buf_init(&path);
    for (fiber *f = self->root; f != NULL; f = fiber_next(f, self->root, false)) {
        if (f->kind != FIBER_COMPONENT || f->hooks == NULL) continue;
        const char *address = fiber_path(self, f);
        if (strncmp(address, node->address, now) != 0 || (address[now] != '\0' && address[now] != '/'))
            continue;
        if (recorded_state_of(self, address) != CR_UNDEFINED) continue;
        str_buf_clear(&path);
        str_buf_add(&path, old_address, old);
        str_buf_add_text(&path, address + now);
        cr_value state = recorded_state_of(self, str_buf_text(&path));
        if (!cr_is_array(state) || !adopt_state(self, f, cr_as_array(state))) continue;
        mark_dirty(f);
        changed = true;
    }
    str_buf_release(&path);
    return changed;
}

/* ---- writing ------------------------------------------------------------------------------------------ */

static cr_value entry_of_slot(renderer *self, const state_slot *slot) {
    if (!slot->persisted) return CR_NULL;
    props_facts facts = {0};
    cr_value clean = props_clean(self, slot->base, false, "state", &facts);
    if (clean == CR_EXCEPTION) {
        /* State that is no data lives as long as the process. */
        context_take_pending(self->cx);
        self->failure.status = CR_OK;
        return CR_NULL;
    }
    if (clean == CR_HOLE || facts.has_unknown) return CR_NULL;
    cr_value entry = cr_object_new(self->cx);
    cr_set_field(self->cx, entry, "value", clean);
    return entry;
}

static cr_value entry_of_effect(renderer *self, const hook *h) {
    if (!h->effect.has_run || !h->effect.can_compare) return CR_NULL;
    char hex[17];
    snprintf(hex, sizeof hex, "%016" PRIx64, h->effect.ran);
    cr_value entry = cr_object_new(self->cx);
    cr_set_field(self->cx, entry, "effect", cr_string_text(self->cx, hex));
    return entry;
}

static void put_state(renderer *self, map *components, const char *path, cr_value state) {
    void **place = map_at(components, str_of(path));
    if (*place != NULL)
        return; /* siblings of one name without keys share an address: the first keeps its state */
    cr_value *kept = heap_alloc(self->cx, sizeof *kept);
    *kept = state;
    *place = kept;
}

static void component_state(renderer *self, fiber *f, map *components) {
    cr_value entries = 0;
    uint32_t position = 0;
    bool any = false;
    for (const hook *h = f->hooks; h != NULL; h = h->next) {
        if (h->kind != HOOK_STATE && h->kind != HOOK_EFFECT) continue;
        cr_value entry = CR_NULL;
        if (h->kind == HOOK_EFFECT)
            entry = entry_of_effect(self, h);
        else if (h->state != NULL)
            entry = entry_of_slot(self, h->state);
        position++;
        if (entry == CR_NULL && !any) continue;
        if (!any) {
            entries = cr_array_new(self->cx, 0, NULL);
            for (uint32_t i = 1; i < position; i++) cr_array_push(self->cx, entries, CR_NULL);
        }
        any = true;
        cr_array_push(self->cx, entries, entry);
    }
    if (any) put_state(self, components, fiber_path(self, f), entries);
}

/* What is recorded of components that wait, and of stores that this run did not come across, stays. */
static void keep_recorded(renderer *self, map *components) {
    if (self->recorded == NULL) return;
    for (size_t i = 0; i < self->recorded->components.count; i++) {
        const map_entry *entry = &self->recorded->components.entries[i];
        const char *path = arena_copy_text(&self->cx->runtime->heap, entry->key.bytes, entry->key.length);
        bool keep = str_starts_with(entry->key, STR(STORE_PREFIX));
        for (size_t k = 0; k < self->dom.deferred.length && !keep; k++)
            keep = cloud_address_is_under(path, self->dom.deferred.items[k].address);
        if (keep && entry->value != NULL) put_state(self, components, path, *(cr_value *)entry->value);
    }
}

void renderer_component_state(renderer *self, map *components) {
    for (fiber *f = self->root; f != NULL; f = fiber_next(f, self->root, false))
        if (f->kind == FIBER_COMPONENT && f->hooks != NULL) component_state(self, f, components);
    for (size_t i = 0; i < self->stores.count; i++) {
        const map_entry *entry = &self->stores.entries[i];
        cr_value state = entry_of_slot(self, entry->value);
        const char *name = arena_copy_text(&self->cx->runtime->heap, entry->key.bytes, entry->key.length);
        if (state != CR_NULL)
            put_state(self, components, store_key(self, name), cr_array_new(self->cx, 1, &state));
    }
    keep_recorded(self, components);
}

/* ---- effects ------------------------------------------------------------------------------------------ */

void effects_forget(renderer *self, fiber *f) {
    for (hook *h = f->hooks; h != NULL; h = h->next)
        if (h->kind == HOOK_EFFECT && h->effect.callback != 0 && cr_is_function(h->effect.cleanup))
            VEC_PUSH(&self->cleanups, h->effect.cleanup);
}

bool effect_hash(renderer *self, cr_value dependencies, uint64_t *hash) {
    if (!cr_is_array(dependencies)) return false;
    props_facts facts = {0};
    cr_value clean = props_clean(self, dependencies, false, "dependencies", &facts);
    if (clean == CR_EXCEPTION) {
        context_take_pending(self->cx);
        self->failure.status = CR_OK;
        return false;
    }
    *hash = props_hash(self, clean);
    return !facts.dropped;
}

static cr_status call_cleanup(renderer *self, cr_value cleanup, const fiber *f, cr_error *err) {
    if (cr_call(self->cx, cleanup, CR_UNDEFINED, 0, NULL, "cleanup") == CR_EXCEPTION)
        return take_failure(self, f, err);
    return CR_OK;
}

static cr_status run_effect(renderer *self, fiber *f, hook *h, cr_error *err) {
    /* What it depends on is not there yet. */
    if (value_has_unknown(self->cx, h->effect.dependencies)) return CR_OK;
    uint64_t hash = 0;
    bool can_compare = effect_hash(self, h->effect.dependencies, &hash);
    if (h->effect.has_run && can_compare && h->effect.can_compare && hash == h->effect.ran) return CR_OK;
    cr_value cleanup = h->effect.cleanup;
    h->effect.cleanup = CR_UNDEFINED;
    if (cr_is_function(cleanup)) {
        cr_status status = call_cleanup(self, cleanup, f, err);
        if (status != CR_OK) return status;
    }
    cr_value result = cr_call(self->cx, h->effect.callback, CR_UNDEFINED, 0, NULL, "effect");
    if (result == CR_EXCEPTION) return take_failure(self, f, err);
    h->effect.cleanup = result;
    h->effect.has_run = true;
    h->effect.can_compare = can_compare;
    h->effect.ran = hash;
    return CR_OK;
}

static cr_status run_effects_of(renderer *self, fiber *f, cr_error *err) {
    if (f->kind != FIBER_COMPONENT || f->wait != NULL) return CR_OK;
    for (hook *h = f->hooks; h != NULL; h = h->next) {
        if (h->kind != HOOK_EFFECT || h->effect.callback == 0) continue;
        cr_status status = run_effect(self, f, h, err);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

cr_status renderer_run_effects(renderer *self, cr_error *err) {
    for (size_t i = 0; i < self->cleanups.length; i++) {
        cr_status status = call_cleanup(self, self->cleanups.items[i], NULL, err);
        if (status != CR_OK) return status;
    }
    VEC_CLEAR(&self->cleanups);
    /* As in React: children before their parents, siblings in order. */
    fiber *f = self->root;
    while (f->child != NULL) f = f->child;
    for (;;) {
        cr_status status = run_effects_of(self, f, err);
        if (status != CR_OK) return status;
        if (f == self->root) break;
        if (f->next == NULL) {
            f = f->parent;
            continue;
        }
        f = f->next;
        while (f->child != NULL) f = f->child;
    }
    if (!tasks_run(self->cx)) return take_failure(self, NULL, err);
    return CR_OK;
}
