/* Which of the resources that are no longer described are the ones that are newly described, under another
 * address (promise R4)? In this order, each step over what the steps before left:
 *   1. Equal construct and props: pairs whose addresses end alike first (most segments first), in document
 * order.
 *   2. Under a prefix that step 1 found to be renamed: what had the same address under the old prefix,
 * whatever its props; the rest of a renamed component.
 *   3. Props that hold unknowns: the only one of its construct and last segment, when the known parts are
 * equal. Every step takes candidates in a fixed order, so the same input always gives the same moves. */
#include <inttypes.h>
#include <string.h>

#include "reconcile/reconcile.h"
#include "value/context.h"

/* Addresses that end alike in more segments than this are not told apart further. */
enum { SUFFIX_SEGMENTS_MAX = 6 };

/* The last `segments` segments of an address; NULL: it has fewer. 0: "". */
static const char *suffix(const char *address, int segments) {
    const char *at = address + strlen(address);
    if (segments == 0) return at;
    while (at > address) {
        if (at[-1] == '/' && --segments == 0) return at;
        at--;
    }
    return segments == 1 ? address : NULL;
}

/* Something was made that could be somewhere else now. */
static bool can_move(const resource_record *record) {
    return record->state == RESOURCE_DEPLOYED || record->state == RESOURCE_ROLLED_BACK;
}

static void take(reconciling *self, newcomer *fresh, leftover *old) {
    fresh->record = old->record;
    old->taken = true;
    map_put(&self->moved, str_of(old->record->address), fresh->node);
}

/* ---- equal props ----------------------------------------------------------------------------------------
 */

static str pair_key(reconciling *self, const char *construct, uint64_t hash, const char *end) {
    return str_of(arena_format(&self->cx->runtime->heap, "%s %016" PRIx64 " %s", construct, hash, end));
}

static void pair_equal(reconciling *self, int segments) {
    map first = {0}; /* key -> 1 + index of the first leftover that has it */
    uint32_t *next = mem_zeroed(self->leftovers.length, sizeof *next);
    for (size_t i = self->leftovers.length; i-- != 0;) {
        const leftover *old = &self->leftovers.items[i];
        const char *end = suffix(old->record->address, segments);
        if (old->taken || end == NULL || !can_move(old->record)) continue;
        void **place = map_at(&first, pair_key(self, old->record->construct, old->record->props_hash, end));
        next[i] = (uint32_t)(uintptr_t)*place;
        *place = (void *)(uintptr_t)(i + 1);
    }
    for (size_t i = 0; i < self->newcomers.length && first.count != 0; i++) {
        newcomer *fresh = &self->newcomers.items[i];
        const char *end = suffix(fresh->node->address, segments);
        if (fresh->record != NULL || fresh->node->has_unknown || end == NULL) continue;
        str key = pair_key(self, fresh->node->construct, fresh->node->props_hash, end);
        uintptr_t found = (uintptr_t)map_get(&first, key);
        if (found == 0) continue;
        take(self, fresh, &self->leftovers.items[found - 1]);
        map_put(&first, key, (void *)(uintptr_t)next[found - 1]);
    }
    mem_free(next);
    map_release(&first);
}

/* ---- renamed prefixes -----------------------------------------------------------------------------------
 */

/* Notes that `old` became `now`, without the segments in which both end. */
static void note_prefix(reconciling *self, map *prefixes, const char *now, const char *old) {
    size_t n = strlen(now), o = strlen(old);
    for (;;) {
        size_t a = n, b = o;
        while (a > 0 && now[a - 1] != '/') a--;
        while (b > 0 && old[b - 1] != '/') b--;
        if (n - a != o - b || memcmp(now + a, old + b, n - a) != 0 || a == 0 || b == 0) break;
        n = a - 1;
        o = b - 1;
    }
    arena *heap = &self->cx->runtime->heap;
    void **place = map_at(prefixes, (str){arena_copy_text(heap, now, n), n});
    if (*place == NULL) *place = arena_copy_text(heap, old, o);
}

static leftover *leftover_at(const map *by_address, str address, const char *construct) {
    leftover *found = map_get(by_address, address);
    return found != NULL && !found->taken && strcmp(found->record->construct, construct) == 0 &&
                   can_move(found->record)
               ? found
               : NULL;
}

static void pair_under_prefixes(reconciling *self) {
    map prefixes = {0}, by_address = {0};
    str_buf old;
    str_buf_init(&old);
    for (size_t i = 0; i < self->newcomers.length; i++)
        if (self->newcomers.items[i].record != NULL)
            note_prefix(self, &prefixes, self->newcomers.items[i].node->address,
                        self->newcomers.items[i].record->address);
    for (size_t i = 0; i < self->leftovers.length; i++)
        map_put(&by_address, str_of(self->leftovers.items[i].record->address), &self->leftovers.items[i]);
    for (size_t i = 0; i < self->newcomers.length && prefixes.count != 0; i++) {
        newcomer *fresh = &self->newcomers.items[i];
        const char *address = fresh->node->address;
        for (size_t end = strlen(address); end > 0 && fresh->record == NULL; end--) {
            if (address[end] != '/') continue;
            const char *prefix = map_get(&prefixes, (str){address, end});
            if (prefix == NULL) continue;
            str_buf_clear(&old);
            str_buf_add_format(&old, "%s%s", prefix, address + end);
            leftover *found = leftover_at(&by_address, str_buf_str(&old), fresh->node->construct);
            if (found != NULL) take(self, fresh, found);
        }
    }
    str_buf_release(&old);
    map_release(&prefixes);
    map_release(&by_address);
}

/* ---- unknown props --------------------------------------------------------------------------------------
 */

/* Two candidates have the same key. */
static char ambiguous;

static void put_candidate(map *candidates, str key, void *candidate) {
    void **place = map_at(candidates, key);
    *place = *place == NULL ? candidate : &ambiguous;
}

static cr_status pair_compatible(reconciling *self, cr_error *err) {
    map news = {0}, olds = {0};
    for (size_t i = 0; i < self->newcomers.length; i++) {
        newcomer *fresh = &self->newcomers.items[i];
        if (fresh->record == NULL && fresh->node->has_unknown)
            put_candidate(&news, pair_key(self, fresh->node->construct, 0, suffix(fresh->node->address, 1)),
                          fresh);
    }
    for (size_t i = 0; i < self->leftovers.length && news.count != 0; i++) {
        leftover *old = &self->leftovers.items[i];
        if (!old->taken && can_move(old->record))
            put_candidate(&olds, pair_key(self, old->record->construct, 0, suffix(old->record->address, 1)),
                          old);
    }
    cr_status status = CR_OK;
    for (size_t i = 0; i < news.count && status == CR_OK; i++) {
        newcomer *fresh = news.entries[i].value;
        leftover *found = olds.count != 0 ? map_get(&olds, news.entries[i].key) : NULL;
        if (found == NULL || (void *)found == &ambiguous || (void *)fresh == &ambiguous) continue;
        status = resource_record_details(self->cx, found->record, err);
        if (status == CR_OK && values_compatible(self, found->record->props, fresh->node->props))
            take(self, fresh, found);
    }
    map_release(&news);
    map_release(&olds);
    return status;
}

cr_status find_moves(reconciling *self, cr_error *err) {
    if (self->newcomers.length == 0 || self->leftovers.length == 0) return CR_OK;
    for (int segments = SUFFIX_SEGMENTS_MAX; segments >= 0; segments--) pair_equal(self, segments);
    pair_under_prefixes(self);
    return pair_compatible(self, err);
}
