/* Literals of generated C: objects, arrays, templates, spreads, elements. */
#include "base/bug.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/host.h"
#include "value/object.h"
#include "value/property.h"
#include "value/iterate.h"
#include "value/string.h"
#include "value/unknown.h"

static cr_value instantiate(cr_context *cx, cr_const entry) {
    if (cr_is_kind(entry.bits, CR_KIND_TEMPLATE_OBJECT) || cr_is_kind(entry.bits, CR_KIND_TEMPLATE_ARRAY))
        return cr_instantiate(cx, entry.pointer);
    return entry.bits;
}

cr_value cr_instantiate(cr_context *cx, const void *template_) {
    const cr_heap *head = template_;
    if (head->kind == CR_KIND_TEMPLATE_ARRAY) {
        const cr_template_array *from = template_;
        cr_array *array = array_with_capacity(cx, head->length);
        array->length = head->length;
        for (uint32_t i = 0; i < head->length; i++) array->items[i] = instantiate(cx, from->items[i]);
        return cr_from_pointer(array);
    }
    MUST(head->kind == CR_KIND_TEMPLATE_OBJECT);
    const cr_template_object *from = template_;
    cr_object *object = object_new(cx, NULL);
    object_reserve(cx, object, head->length);
    for (uint32_t i = 0; i < head->length; i++)
        object_define(cx, object, from->slots[i].key, instantiate(cx, from->slots[i].value), from->slots[i].flags);
    return cr_from_pointer(object);
}

cr_value cr_object_literal(cr_context *cx, uint32_t count, const cr_string *const *keys, const cr_value *values) {
    cr_object *object = object_new(cx, NULL);
    object_reserve(cx, object, count);
    for (uint32_t i = 0; i < count; i++) object_define(cx, object, keys[i], values[i], 0);
    return cr_from_pointer(object);
}

/* Copies the own enumerable properties of `source`, except those in `excluded`. */
static bool copy_properties(cr_context *cx, cr_value object, cr_value source, const cr_object *excluded) {
    if (cr_is_unknown(source)) {
        cr_suspend(cx, source);
        return false;
    }
    if (!cr_is_heap(source)) return true;
    uint32_t count;
    const cr_string **keys = own_keys(cx, source, false, &count);
    if (keys == NULL) return false;
    for (uint32_t i = 0; i < count; i++) {
        if (excluded != NULL && object_find(excluded, keys[i]) != NULL) continue;
        cr_value value = own_property(cx, source, keys[i]);
        if (value == CR_EXCEPTION) return false;
        if (value != CR_HOLE && !cr_define(cx, object, cr_from_pointer(keys[i]), value)) return false;
    }
    return true;
}

bool cr_object_spread(cr_context *cx, cr_value object, cr_value source) { return copy_properties(cx, object, source, NULL); }

cr_value cr_object_rest(cr_context *cx, cr_value source, uint32_t count, const cr_value *excluded_keys) {
    if (cr_is_nullish(source))
        return throw_type_error(cx, "Cannot destructure '%s' as it is %s.", cr_to_utf8(cx, source, NULL), cr_to_utf8(cx, source, NULL));
    cr_object *excluded = object_new(cx, NULL);
    for (uint32_t i = 0; i < count; i++) {
        const cr_string *key = value_to_key(cx, excluded_keys[i]);
        if (key == NULL) return CR_EXCEPTION;
        object_define(cx, excluded, key, CR_TRUE, 0);
    }
    cr_value rest = cr_object_new(cx);
    return copy_properties(cx, rest, source, excluded) ? rest : CR_EXCEPTION;
}

bool cr_array_spread(cr_context *cx, cr_value array, cr_value source, const char *text) {
    cr_iterator iterator;
    if (strncmp(text, "...", 3) == 0) {
        if (!iterate_argument(cx, &iterator, source, text + 3)) return false;
    } else if (!cr_iterate_text(cx, &iterator, source, text)) {
        return false;
    }
    for (;;) {
        cr_value value;
        int more = cr_next(cx, &iterator, &value);
        if (more <= 0) return more == 0;
        if (!array_append(cx, cr_as_array(array), value)) return false;
    }
}

cr_value cr_template(cr_context *cx, uint32_t count, const cr_value *parts) {
    cr_value *texts = HEAP_ARRAY(cx, cr_value, count);
    bool unknown = false;
    for (uint32_t i = 0; i < count; i++) {
        texts[i] = value_to_primitive(cx, parts[i], HINT_STRING);
        if (texts[i] == CR_EXCEPTION) return CR_EXCEPTION;
        unknown = unknown || cr_is_unknown(texts[i]);
    }
    if (unknown) return unknown_concat(cx, count, texts);
    string_builder b;
    builder_init(&b, cx);
    for (uint32_t i = 0; i < count; i++) builder_add(&b, value_to_string(cx, texts[i]));
    return builder_finish(&b);
}

cr_value cr_element_new(cr_context *cx, cr_value type, cr_value key, cr_value props, const cr_site *site) {
    if (key == CR_UNINITIALIZED) { /* it is among the props, from a spread */
        cr_value name = cr_string_text(cx, "key");
        key = cr_own(props, cr_as_string(name));
        if (cr_delete(cx, props, name) == CR_EXCEPTION) return CR_EXCEPTION;
    }
    if (cr_is_unknown(key)) return cr_suspend(cx, key);
    if (!cr_is_nullish(key)) {
        const cr_string *text = value_to_string(cx, key);
        if (text == NULL) return CR_EXCEPTION;
        key = cr_from_pointer(text);
    } else {
        key = CR_UNDEFINED;
    }
    value_freeze(cx, props);
    cr_element *element = heap_alloc(cx, sizeof *element);
    *element = (cr_element){.type = {.bits = type}, .key = {.bits = key}, .props = {.bits = props}, .site = site};
    element->head.kind = CR_KIND_ELEMENT;
    return cr_from_pointer(element);
}

cr_value host_new(cr_context *cx, const cr_host_class *class, void *data) {
    cr_host *host = HEAP_NEW(cx, cr_host);
    host->object.head.kind = CR_KIND_HOST;
    host->class = class;
    host->data = data;
    return cr_from_pointer(host);
}
