#include <string.h>

#include "fiber/fiber.h"
#include "value/unknown.h"

static output_read *read_new(renderer *self, cloud_node *node, const cr_string *key,
                             output_read **owner_list) {
    output_read *read = self->free_reads;
    if (read != NULL)
        self->free_reads = read->next_of_owner;
    else
        read = HEAP_NEW(self->cx, output_read);
    *read = (output_read){.node = node, .key = key, .next_of_node = node->readers, .link = &node->readers};
    if (node->readers != NULL) node->readers->link = &read->next_of_node;
    node->readers = read;
    read->next_of_owner = *owner_list;
    *owner_list = read;
    return read;
}

static bool same_key(const cr_string *a, const cr_string *b) {
    return a == b || (a != NULL && b != NULL && cr_string_equal(a, b));
}

void reads_note(renderer *self, cloud_node *node, const cr_string *key) {
    fiber *f = self->current;
    if (f == NULL) return;
    /* Most repetitions come in a row; one that is missed costs a little memory, nothing else. */
    const output_read *last = node->readers;
    if (last != NULL && last->fiber == f && same_key(last->key, key)) return;
    read_new(self, node, key, &f->reads)->fiber = f;
}

void reads_clear(renderer *self, output_read **list) {
    for (output_read *read = *list; read != NULL;) {
        output_read *next = read->next_of_owner;
        *read->link = read->next_of_node;
        if (read->next_of_node != NULL) read->next_of_node->link = read->link;
        read->next_of_owner = self->free_reads;
        self->free_reads = read;
        read = next;
    }
    *list = NULL;
}

static bool slot_reads(const state_slot *slot, const cloud_node *node, const cr_string *key) {
    for (const output_read *read = slot->reads; read != NULL; read = read->next_of_owner)
        if (read->node == node && same_key(read->key, key)) return true;
    return false;
}

void reads_derive(renderer *self, state_slot *slot, cr_value value, bool all_reads) {
    const output_read *first = all_reads ? self->current->reads : NULL;
    for (const output_read *read = first; read != NULL; read = read->next_of_owner)
        if (!slot_reads(slot, read->node, read->key))
            read_new(self, read->node, read->key, &slot->reads)->slot = slot;
    const cr_origin *origin = value_origin(self->cx, value);
    for (uint32_t i = 0; origin != NULL && i < origin->count; i++) {
        /* Nodes belong to this renderer and are changed by it; an origin only promises not to. */
        cloud_node *node = (cloud_node *)(uintptr_t)origin->nodes[i];
        bool seen = false;
        for (const output_read *read = slot->reads; read != NULL && !seen; read = read->next_of_owner)
            seen = read->node == node;
        if (!seen) read_new(self, node, NULL, &slot->reads)->slot = slot;
    }
}

/* ---- changes ------------------------------------------------------------------------------------------ */

/* One output of a node whose outputs are `outputs`. */
static cr_value output_at(cr_value outputs, const cr_string *key) {
    return outputs == CR_UNDEFINED || key == NULL ? outputs : cr_own(outputs, key);
}

static bool output_changed(renderer *self, const output_read *read, cr_value before, cr_value after) {
    if (before == CR_UNDEFINED && after == CR_UNDEFINED) return false;
    cr_value old = output_at(before, read->key), new = output_at(after, read->key);
    if (read->key == NULL)
        return old == CR_UNDEFINED || new == CR_UNDEFINED || !value_equal_deep(self->cx, old, new);
    /* All unknown against known as a whole: this output may be unknown on both sides. */
    if (before == CR_UNDEFINED) return !cr_is_unknown(new);
    if (after == CR_UNDEFINED) return !cr_is_unknown(old);
    return !value_equal_deep(self->cx, old, new);
}

static void mark_slot(renderer *self, state_slot *slot) {
    if (slot->owner != NULL) {
        mark_dirty(slot->owner);
        return;
    }
    for (fiber *f = self->root; f != NULL; f = fiber_next(f, self->root, false)) {
        uint32_t count = f->hook_count;
        for (hook *h = f->hooks; h != NULL && count-- != 0; h = h->next)
            if (h->kind == HOOK_STORE && h->state == slot) mark_dirty(f);
    }
}

void reads_changed(renderer *self, cloud_node *node, cr_value before, cr_value after) {
    VEC(state_slot *) slots = {0};
    for (output_read *read = node->readers; read != NULL; read = read->next_of_node) {
        if (!output_changed(self, read, before, after)) continue;
        if (read->slot != NULL)
            VEC_PUSH(&slots, read->slot);
        else if (read->fiber->mounted)
            mark_dirty(read->fiber);
    }
    for (size_t i = 0; i < slots.length; i++) {
        state_slot *slot = slots.items[i];
        reads_clear(self, &slot->reads);
        slot->derived = false;
        slot->initialize = !slot->persisted;
        slot->value = slot->base;
        mark_slot(self, slot);
    }
    VEC_RELEASE(&slots);
}
