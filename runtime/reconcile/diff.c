#include <string.h>

#include "reconcile/reconcile.h"
#include "value/context.h"
#include "value/unknown.h"

static void add(attribute_list *out, const char *path, cr_value before, cr_value after) {
    VEC_PUSH(out, ((attribute_change){path, before, after, false}));
}

static bool is_plain_object(cr_value v) {
    return cr_is_kind(v, CR_KIND_OBJECT) && (cr_heap_of(v)->flags & CR_FLAG_INSTANCE) == 0;
}

static bool is_instance(cr_value v) {
    return cr_is_kind(v, CR_KIND_OBJECT) && (cr_heap_of(v)->flags & CR_FLAG_INSTANCE) != 0;
}

/* An instance is recorded as {"$ref": "<address>"}; the address may be the one before a move. */
static bool same_reference(const reconciling *self, cr_value before, cr_value instance) {
    cr_value ref = is_plain_object(before) ? cr_field(before, "$ref") : CR_UNDEFINED;
    if (!cr_is_string(ref)) return false;
    const cloud_node *node = cr_as_object(instance)->host;
    const char *address = cr_to_utf8(self->cx, ref, NULL);
    return strcmp(address, node->address) == 0 || map_get(&self->moved, str_of(address)) == node;
}

/* ---- paths ----------------------------------------------------------------------------------------------
 */

static bool is_plain_key(const char *key) {
    if (key[0] == '\0') return false;
    for (const char *at = key; *at != '\0'; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9') ||
                     *at == '_' || *at == '$' || *at == '-';
        if (!plain) return false;
    }
    return true;
}

static const char *member_path(reconciling *self, const char *path, const cr_string *key) {
    const char *name = cr_to_utf8(self->cx, cr_from_pointer(key), NULL);
    if (!is_plain_key(name)) return arena_format(&self->cx->runtime->heap, "%s[\"%s\"]", path, name);
    return path[0] == '\0' ? name : arena_format(&self->cx->runtime->heap, "%s.%s", path, name);
}

/* ---- objects --------------------------------------------------------------------------------------------
 */

static void diff_objects(reconciling *self, const char *path, cr_value before, cr_value after,
                         attribute_list *out) {
    uint32_t count;
    const cr_string **keys = cr_own_keys(self->cx, after, &count);
    for (uint32_t i = 0; i < count; i++)
        diff_values(self, member_path(self, path, keys[i]), cr_own(before, keys[i]), cr_own(after, keys[i]),
                    out);
    keys = cr_own_keys(self->cx, before, &count);
    for (uint32_t i = 0; i < count; i++)
        if (cr_own(after, keys[i]) == CR_UNDEFINED)
            diff_values(self, member_path(self, path, keys[i]), cr_own(before, keys[i]), CR_UNDEFINED, out);
}

/* ---- lists ----------------------------------------------------------------------------------------------
 */

/* The name by which an element of a list is known; NULL: it has none. */
static const char *element_name(reconciling *self, cr_value item, const char *field) {
    cr_value name = is_plain_object(item) ? cr_field(item, field) : CR_UNDEFINED;
    return cr_is_string(name) || cr_is_number(name) ? cr_to_utf8(self->cx, name, NULL) : NULL;
}

/* name -> 1 + index; false: an element has no name, or two have the same. */
static bool names_of(reconciling *self, const cr_array *list, const char *field, map *names) {
    for (uint32_t i = 0; i < list->length; i++) {
        const char *name = element_name(self, list->items[i], field);
        if (name == NULL) return false;
        void **place = map_at(names, str_of(name));
        if (*place != NULL) return false;
        *place = (void *)(uintptr_t)(i + 1);
    }
    return true;
}

/* By name: an element that was inserted does not make all that follow it differ. False: they have no names.
 */
static bool diff_named(reconciling *self, const char *path, const cr_array *before, const cr_array *after,
                       const char *field, attribute_list *out) {
    map old = {0}, new = {0};
    bool named = names_of(self, before, field, &old) && names_of(self, after, field, &new);
    size_t start = out->length;
    for (size_t i = 0; named && i < new.count; i++) {
        uintptr_t was = (uintptr_t)map_get(&old, new.entries[i].key);
        const char *inner =
            arena_format(&self->cx->runtime->heap, "%s[%.*s]", path, STR_ARGS(new.entries[i].key));
        diff_values(self, inner, was != 0 ? before->items[was - 1] : CR_UNDEFINED, after->items[i], out);
    }
    for (size_t i = 0; named && i < old.count; i++) {
        if (map_get(&new, old.entries[i].key) != NULL) continue;
        const char *inner =
            arena_format(&self->cx->runtime->heap, "%s[%.*s]", path, STR_ARGS(old.entries[i].key));
        add(out, inner, before->items[i], CR_UNDEFINED);
    }
    map_release(&old);
    map_release(&new);
    cr_value a = cr_from_pointer(before), b = cr_from_pointer(after);
    if (named && out->length == start && !value_equal_deep(self->cx, a, b))
        add(out, path, a, b); /* another order */
    return named;
}

static void diff_lists(reconciling *self, const char *path, const cr_array *before, const cr_array *after,
                       attribute_list *out) {
    static const char *const fields[] = {"key", "name", "id"};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && before->length != 0 && after->length != 0; i++)
        if (diff_named(self, path, before, after, fields[i], out)) return;
    uint32_t longer = before->length > after->length ? before->length : after->length;
    for (uint32_t i = 0; i < longer; i++) {
        const char *inner = arena_format(&self->cx->runtime->heap, "%s[%u]", path, (unsigned)i);
        diff_values(self, inner, i < before->length ? before->items[i] : CR_UNDEFINED,
                    i < after->length ? after->items[i] : CR_UNDEFINED, out);
    }
}

/* ---- values ---------------------------------------------------------------------------------------------
 */

void diff_values(reconciling *self, const char *path, cr_value before, cr_value after, attribute_list *out) {
    if (before == after) return;
    if (is_instance(after)) {
        if (!same_reference(self, before, after)) add(out, path, before, after);
    } else if (is_plain_object(before) && is_plain_object(after)) {
        diff_objects(self, path, before, after, out);
    } else if (cr_is_array(before) && cr_is_array(after)) {
        diff_lists(self, path, cr_as_array(before), cr_as_array(after), out);
    } else if (!value_same(before, after)) {
        /* -0 is recorded as 0. */
        if (cr_is_number(before) && cr_is_number(after) && cr_to_double(before) == cr_to_double(after))
            return;
        add(out, path, before, after);
    }
}

bool values_compatible(reconciling *self, cr_value before, cr_value after) {
    if (cr_is_unknown(after)) return true;
    if (is_instance(after)) return is_plain_object(before) && cr_is_string(cr_field(before, "$ref"));
    if (is_plain_object(before) && is_plain_object(after)) {
        uint32_t count, other;
        const cr_string **keys = cr_own_keys(self->cx, after, &count);
        cr_own_keys(self->cx, before, &other);
        if (count != other) return false;
        for (uint32_t i = 0; i < count; i++)
            if (!values_compatible(self, cr_own(before, keys[i]), cr_own(after, keys[i]))) return false;
        return true;
    }
    if (cr_is_array(before) && cr_is_array(after)) {
        const cr_array *a = cr_as_array(before), *b = cr_as_array(after);
        if (a->length != b->length) return false;
        for (uint32_t i = 0; i < a->length; i++)
            if (!values_compatible(self, a->items[i], b->items[i])) return false;
        return true;
    }
    return value_equal_deep(self->cx, before, after);
}
