#include "value/object.h"

#include "base/bug.h"
#include "value/error.h"
#include "value/number.h"
#include "value/string.h"

enum { OBJECT_CAPACITY_MIN = 2 };

cr_object *object_new(cr_context *cx, cr_object *proto) {
    cr_object *object = HEAP_NEW(cx, cr_object);
    object->head.kind = CR_KIND_OBJECT;
    object->proto = proto;
    return object;
}

cr_value cr_object_new(cr_context *cx) { return cr_from_pointer(object_new(cx, NULL)); }

/* ---- the index: open addressing over slots, 1 + position, at most half full; its size stands in front ------ */

static uint32_t index_size(const cr_object *self) { return self->index[0]; }

static void index_add(cr_object *self, uint32_t position) {
    uint32_t mask = index_size(self) - 1;
    uint32_t at = cr_string_hash(self->slots[position].key) & mask;
    while (self->index[1 + at] != 0) at = (at + 1) & mask;
    self->index[1 + at] = position + 1;
}

static void index_build(cr_context *cx, cr_object *self) {
    uint32_t size = 16;
    while (size < self->capacity * 2) size *= 2;
    if (self->index == NULL || index_size(self) < size) {
        self->index = HEAP_ARRAY(cx, uint32_t, (size_t)size + 1);
        self->index[0] = size;
    }
    memset(self->index + 1, 0, sizeof(uint32_t) * index_size(self));
    for (uint32_t i = 0; i < self->count; i++) index_add(self, i);
}

cr_slot *object_find(const cr_object *self, const cr_string *key) {
    uint32_t count = self->count;
    if (count == 0) return NULL;
    uint32_t hash = cr_string_hash(key);
    if (self->index != NULL) {
        uint32_t mask = index_size(self) - 1;
        for (uint32_t at = hash & mask; self->index[1 + at] != 0; at = (at + 1) & mask) {
            cr_slot *slot = &self->slots[self->index[1 + at] - 1];
            if (slot->key == key || (cr_string_hash(slot->key) == hash && cr_string_equal(slot->key, key))) return slot;
        }
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        cr_slot *slot = &self->slots[i];
        if (slot->key == key || (cr_string_hash(slot->key) == hash && cr_string_equal(slot->key, key))) return slot;
    }
    return NULL;
}

/* Makes slots our own and roomy enough. */
static void make_room(cr_context *cx, cr_object *self, uint32_t capacity) {
    bool is_static = (self->head.flags & CR_FLAG_STATIC_SLOTS) != 0;
    if (!is_static && self->capacity >= capacity) return;
    uint32_t grown = self->capacity == 0 ? OBJECT_CAPACITY_MIN : self->capacity * 2;
    if (is_static && self->count < capacity) grown = capacity + OBJECT_CAPACITY_MIN;
    if (grown < capacity) grown = capacity;
    cr_slot *slots = HEAP_ARRAY(cx, cr_slot, grown);
    if (self->count != 0) memcpy(slots, self->slots, sizeof *slots * self->count);
    self->slots = slots;
    self->capacity = grown;
    self->head.flags &= (uint8_t)~CR_FLAG_STATIC_SLOTS;
    if (self->count > OBJECT_LINEAR_MAX) index_build(cx, self);
}

void object_reserve(cr_context *cx, cr_object *self, uint32_t capacity) {
    if (capacity <= self->capacity) return;
    if (self->count != 0) {
        make_room(cx, self, capacity);
        return;
    }
    self->slots = HEAP_ARRAY(cx, cr_slot, capacity); /* just what was asked for */
    self->capacity = capacity;
    self->head.flags &= (uint8_t)~CR_FLAG_STATIC_SLOTS;
}

cr_slot *object_slot(cr_context *cx, cr_object *self, const cr_string *key) {
    cr_slot *slot = object_find(self, key);
    if (slot != NULL) {
        if ((self->head.flags & CR_FLAG_STATIC_SLOTS) == 0) return slot;
        size_t position = (size_t)(slot - self->slots);
        make_room(cx, self, self->count);
        return &self->slots[position];
    }
    MUST(self->count < UINT32_MAX / 4);
    make_room(cx, self, self->count + 1);
    slot = &self->slots[self->count++];
    *slot = (cr_slot){.key = key, .value = {.bits = CR_UNDEFINED}};
    if (self->index != NULL && self->count * 2 <= index_size(self)) {
        index_add(self, self->count - 1);
    } else if (self->count > OBJECT_LINEAR_MAX) {
        index_build(cx, self);
    }
    return slot;
}

void object_define(cr_context *cx, cr_object *self, const cr_string *key, cr_value value, uint32_t flags) {
    cr_slot *slot = object_slot(cx, self, key);
    slot->value.bits = value;
    slot->flags = flags;
}

void object_remove(cr_context *cx, cr_object *self, const cr_string *key) {
    cr_slot *slot = object_find(self, key);
    if (slot == NULL) return;
    size_t position = (size_t)(slot - self->slots);
    make_room(cx, self, self->count);
    self->count--;
    memmove(&self->slots[position], &self->slots[position + 1], sizeof *slot * (self->count - position));
    if (self->index != NULL) index_build(cx, self);
}

cr_object *object_proto(const cr_context *cx, const cr_object *self) {
    if (self->proto != NULL) return self->proto;
    if (self->head.reserved == OBJECT_NULL_PROTO) return NULL;
    cr_object *const *prototypes = cx->runtime->prototypes;
    prototype_id id = PROTOTYPE_OBJECT;
    switch (self->head.kind) {
    case CR_KIND_ARRAY: id = PROTOTYPE_ARRAY; break;
    case CR_KIND_FUNCTION: id = PROTOTYPE_FUNCTION; break;
    case CR_KIND_MAP: id = PROTOTYPE_MAP; break;
    case CR_KIND_SET: id = PROTOTYPE_SET; break;
    case CR_KIND_REGEXP: id = PROTOTYPE_REGEXP; break;
    case CR_KIND_PROMISE: id = PROTOTYPE_PROMISE; break;
    default: break;
    }
    return prototypes[id] != self ? prototypes[id] : NULL;
}

void object_expand(cr_context *cx, cr_object *self) {
    const native_table *table = self->host;
    self->head.flags &= (uint8_t)~CR_FLAG_LAZY;
    VEC_PUSH(&cx->runtime->expanded, self);
    object_reserve(cx, self, table->count);
    for (uint32_t i = 0; i < table->count; i++) {
        const native_member *member = &table->members[i];
        cr_value value = member->function != NULL ? cr_from_pointer(member->function)
                         : member->make != NULL   ? member->make(cx)
                                                  : member->value.bits;
        uint32_t flags = member->slot_flags;
        if (member->getter) {
            value = cr_array_new(cx, 2, (cr_value[]){value, CR_UNDEFINED});
            flags |= CR_SLOT_ACCESSOR;
        }
        object_define(cx, self, member->name, value, flags);
    }
}

/* ---- for natives and providers ------------------------------------------------------------------------------ */

static cr_slot *find_named(const cr_object *object, const char *name) {
    for (uint32_t i = 0; i < object->count; i++)
        if (string_is_ascii_text(object->slots[i].key, name)) return &object->slots[i];
    return NULL;
}

cr_value cr_field(cr_value object, const char *name) {
    if (!cr_has_slots(object)) return CR_UNDEFINED;
    const cr_slot *slot = find_named(cr_as_object(object), name);
    return slot != NULL && (slot->flags & CR_SLOT_ACCESSOR) == 0 ? slot->value.bits : CR_UNDEFINED;
}

cr_value cr_own(cr_value object, const cr_string *key) {
    if (!cr_has_slots(object)) return CR_UNDEFINED;
    const cr_slot *slot = object_find(cr_as_object(object), key);
    return slot != NULL && (slot->flags & CR_SLOT_ACCESSOR) == 0 ? slot->value.bits : CR_UNDEFINED;
}

void cr_set_field(cr_context *cx, cr_value object, const char *name, cr_value value) {
    MUST(cr_has_slots(object));
    cr_object *self = cr_as_object(object);
    object_ready(cx, self);
    cr_slot *slot = find_named(self, name);
    const cr_string *key = slot != NULL ? slot->key : cr_as_string(cr_string_text(cx, name));
    object_define(cx, self, key, value, slot != NULL ? slot->flags & ~(uint32_t)CR_SLOT_ACCESSOR : 0);
}

/* ---- arrays --------------------------------------------------------------------------------------------------- */

cr_array *array_with_capacity(cr_context *cx, uint32_t capacity) {
    cr_array *array = HEAP_NEW(cx, cr_array);
    array->object.head.kind = CR_KIND_ARRAY;
    array->capacity = capacity;
    array->items = capacity != 0 ? HEAP_ARRAY(cx, cr_value, capacity) : NULL;
    return array;
}

cr_value cr_array_new(cr_context *cx, uint32_t count, const cr_value *items) {
    cr_array *array = array_with_capacity(cx, count);
    array->length = count;
    if (items != NULL && count != 0) {
        memcpy(array->items, items, sizeof *items * count);
    } else {
        for (uint32_t i = 0; i < count; i++) array->items[i] = CR_UNDEFINED;
    }
    return cr_from_pointer(array);
}

bool array_reserve(cr_context *cx, cr_array *self, uint32_t capacity) {
    if (capacity <= self->capacity) return true;
    if (capacity > ARRAY_LENGTH_MAX) {
        throw_range_error(cx, "Invalid array length");
        return false;
    }
    uint32_t grown = self->capacity < 4 ? 8 : self->capacity * 2;
    if (grown < capacity) grown = capacity;
    cr_value *items = HEAP_ARRAY(cx, cr_value, grown);
    if (self->length != 0) memcpy(items, self->items, sizeof *items * self->length);
    self->items = items;
    self->capacity = grown;
    return true;
}

bool array_set_length(cr_context *cx, cr_array *self, uint32_t length) {
    if (!array_reserve(cx, self, length)) return false;
    for (uint32_t i = self->length; i < length; i++) self->items[i] = CR_HOLE;
    self->length = length;
    return true;
}

bool array_append(cr_context *cx, cr_array *self, cr_value value) {
    if ((self->object.head.flags & (CR_FLAG_FROZEN | CR_FLAG_NOT_EXTENSIBLE)) != 0) {
        throw_type_error(cx, "Cannot add property %u, object is not extensible", self->length);
        return false;
    }
    if (self->length == self->capacity && !array_reserve(cx, self, self->length + 1)) return false;
    self->items[self->length++] = value;
    return true;
}

void cr_array_push(cr_context *cx, cr_value array, cr_value value) {
    MUST(cr_is_array(array));
    MUST(array_append(cx, cr_as_array(array), value));
}
