#include "clouddom/clouddom.h"

#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "base/hash.h"
#include "clouddom/record.h"
#include "value/context.h"
#include "value/object.h"
#include "value/unknown.h"

void cloud_dom_init(cloud_dom *self) { *self = (cloud_dom){0}; }

void cloud_dom_release(cloud_dom *self) {
    VEC_RELEASE(&self->nodes);
    VEC_RELEASE(&self->deferred);
    VEC_RELEASE(&self->assumptions);
    VEC_RELEASE(&self->inputs);
    map_release(&self->by_id);
    map_release(&self->outputs);
}

void cloud_id(const char *address, const char *construct, char id[CLOUD_ID_BYTES]) {
    char small[512];
    size_t address_length = strlen(address), construct_length = strlen(construct);
    size_t length = address_length + 1 + construct_length;
    char *text = length <= sizeof small ? small : mem_alloc(length);
    memcpy(text, address, address_length + 1);
    memcpy(text + address_length + 1, construct, construct_length);
    uint8_t digest[HASH_128_BYTES];
    hash_bytes_128(text, length, digest);
    if (text != small) mem_free(text);
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < (CLOUD_ID_BYTES - 1) / 2; i++) {
        id[2 * i] = digits[digest[i] >> 4];
        id[2 * i + 1] = digits[digest[i] & 15];
    }
    id[CLOUD_ID_BYTES - 1] = '\0';
}

void cloud_address_add_key(str_buf *address, str key) {
    for (size_t i = 0; i < key.length; i++) {
        unsigned char byte = (unsigned char)key.bytes[i];
        if (byte == '/' || byte == '%' || byte < 0x20 || byte == 0x7f)
            str_buf_add_format(address, "%%%02X", byte);
        else
            str_buf_add_char(address, (char)byte);
    }
}

bool cloud_address_is_under(const char *address, const char *prefix) {
    size_t length = strlen(prefix);
    return strncmp(address, prefix, length) == 0 && (address[length] == '\0' || address[length] == '/');
}

void cloud_node_add_edge(cloud_node *self, cloud_node *to, cloud_edge_reason reason) {
    for (size_t i = 0; i < self->edges.length; i++)
        if (self->edges.items[i].to == to) return;
    cloud_edges *edges = &self->edges;
    if (edges->length == edges->capacity) { /* most nodes have one or two */
        edges->capacity = edges->capacity != 0 ? edges->capacity * 2 : 1;
        edges->items = mem_resize(edges->items, edges->capacity * sizeof *edges->items);
    }
    edges->items[edges->length++] = (cloud_edge){to, reason};
}

const char *cloud_edge_reason_text(cloud_edge_reason reason) {
    switch (reason) {
#define X(name, text)                                                                                        \
    case CLOUD_EDGE_##name: return text;
        CLOUD_EDGE_LIST(X)
#undef X
    }
    BUG("no edge reason %d", (int)reason);
}

/* A copy of `v` in which each string has `origin`. Unknowns know where they come from. */
static cr_value with_origin(cr_context *cx, cr_value v, const cr_origin *origin) {
    if (cr_is_string(v)) return value_with_origin(cx, v, origin);
    if (cr_is_array(v)) {
        cr_value copy = cr_array_new(cx, 0, NULL);
        for (uint32_t i = 0; i < cr_as_array(v)->length; i++)
            cr_array_push(cx, copy, with_origin(cx, cr_as_array(v)->items[i], origin));
        return copy;
    }
    if (!cr_is_kind(v, CR_KIND_OBJECT) || (cr_heap_of(v)->flags & CR_FLAG_INSTANCE) != 0) return v;
    uint32_t count;
    const cr_string **keys = cr_own_keys(cx, v, &count);
    cr_value copy = cr_object_new(cx);
    for (uint32_t i = 0; i < count; i++)
        object_define(cx, cr_as_object(copy), keys[i], with_origin(cx, cr_own(v, keys[i]), origin), 0);
    return copy;
}

void cloud_node_set_outputs(cr_context *cx, cloud_node *self, cr_value outputs) {
    self->outputs_recorded = false;
    self->outputs = outputs;
    if (outputs == CR_NULL)
        self->outputs = cr_object_new(cx);
    else if (outputs != CR_UNDEFINED)
        self->outputs = with_origin(cx, outputs, origin_of_node(cx, self));
}

cr_value cloud_node_outputs(cr_context *cx, cloud_node *self) {
    if (!self->outputs_recorded) return self->outputs;
    /* A line that does not parse has no outputs; whoever needs the record itself reports the damage. */
    cloud_node_set_outputs(cx, self, resource_record_outputs(cx, self->recorded));
    return self->outputs;
}

const char *cloud_site_text(cr_context *cx, const cr_site *site) {
    if (site == NULL || site->file == NULL) return "";
    return arena_format(&cx->runtime->heap, "%s:%u:%u", site->file, (unsigned)site->line,
                        (unsigned)site->column);
}

bool cloud_input_is_sensitive(const cloud_input *self) {
    static const char *const words[] = {"SECRET", "TOKEN", "PASSWORD", "PASSWD", "CREDENTIAL", "APIKEY", "API_KEY",
                                        "PRIVATE", "ACCESS_KEY"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        for (const char *at = self->name; *at != '\0'; at++)
            if (strncasecmp(at, words[i], strlen(words[i])) == 0) return true;
    return false;
}

/* ---- as a value --------------------------------------------------------------------------------------- */

static void set_text(cr_context *cx, cr_value object, const char *name, const char *text) {
    cr_set_field(cx, object, name, text != NULL ? cr_string_text(cx, text) : CR_NULL);
}

static void set_site(cr_context *cx, cr_value object, const cr_site *site) {
    cr_value value = cloud_site_to_value(cx, site);
    if (value != CR_UNDEFINED) cr_set_field(cx, object, "source", value);
}

cr_value cloud_site_to_value(cr_context *cx, const cr_site *site) {
    if (site == NULL || site->file == NULL) return CR_UNDEFINED;
    cr_value object = cr_object_new(cx);
    set_text(cx, object, "file", site->file);
    cr_set_field(cx, object, "line", cr_number(site->line));
    cr_set_field(cx, object, "column", cr_number(site->column));
    return object;
}

cr_value cloud_edges_to_value(cr_context *cx, const cloud_node *node) {
    cr_value list = cr_array_new(cx, 0, NULL);
    for (size_t i = 0; node != NULL && i < node->edges.length; i++) {
        const cloud_edge *edge = &node->edges.items[i];
        cr_value item = cr_object_new(cx);
        set_text(cx, item, "address", edge->to->address);
        set_text(cx, item, "reason", cloud_edge_reason_text(edge->reason));
        cr_array_push(cx, list, item);
    }
    return list;
}

static cr_value node_to_value(cr_context *cx, const cloud_node *node) {
    cr_value object = cr_object_new(cx);
    set_text(cx, object, "address", node->address);
    set_text(cx, object, "construct", node->construct);
    cr_set_field(cx, object, "dependsOn", cloud_edges_to_value(cx, node));
    set_text(cx, object, "id", node->id);
    if (node->parent != NULL) set_text(cx, object, "parent", node->parent->address);
    cr_set_field(cx, object, "props", node->props);
    set_site(cx, object, node->site);
    return object;
}

cr_value cloud_deferred_to_value(cr_context *cx, const cloud_dom *self) {
    cr_value list = cr_array_new(cx, 0, NULL);
    for (size_t i = 0; i < self->deferred.length; i++) {
        const cloud_deferred *deferred = &self->deferred.items[i];
        cr_value item = cr_object_new(cx);
        set_text(cx, item, "address", deferred->address);
        set_text(cx, item, "waitsFor", deferred->waits_for);
        set_site(cx, item, deferred->site);
        cr_array_push(cx, list, item);
    }
    return list;
}

cr_value cloud_assumptions_to_value(cr_context *cx, const cloud_dom *self) {
    cr_value list = cr_array_new(cx, 0, NULL);
    for (size_t i = 0; i < self->assumptions.length; i++) {
        const cloud_assumption *assumption = &self->assumptions.items[i];
        cr_value item = cr_object_new(cx);
        set_text(cx, item, "subject", assumption->subject);
        set_text(cx, item, "component", assumption->component);
        set_site(cx, item, assumption->site);
        cr_array_push(cx, list, item);
    }
    return list;
}

cr_value cloud_inputs_to_value(cr_context *cx, const cloud_dom *self) {
    cr_value list = cr_array_new(cx, 0, NULL);
    for (size_t i = 0; i < self->inputs.length; i++) {
        const cloud_input *input = &self->inputs.items[i];
        cr_value item = cr_object_new(cx);
        set_text(cx, item, "kind", input->kind);
        set_text(cx, item, "name", input->name);
        if (cloud_input_is_sensitive(input)) cr_set_field(cx, item, "sensitive", CR_TRUE);
        else set_text(cx, item, "value", input->value);
        cr_array_push(cx, list, item);
    }
    return list;
}

cr_value cloud_dom_to_value(cr_context *cx, const cloud_dom *self) {
    cr_value nodes = cr_array_new(cx, 0, NULL), outputs = cr_object_new(cx), object = cr_object_new(cx);
    for (size_t i = 0; i < self->nodes.length; i++)
        cr_array_push(cx, nodes, node_to_value(cx, self->nodes.items[i]));
    for (size_t i = 0; i < self->outputs.count; i++) {
        const map_entry *entry = &self->outputs.entries[i];
        cr_string *name = cr_as_string(cr_string_utf8(cx, entry->key.bytes, entry->key.length));
        object_define(cx, cr_as_object(outputs), name, *(cr_value *)entry->value, 0);
    }
    cr_set_field(cx, object, "format", cr_number(1));
    set_text(cx, object, "stack", self->stack);
    cr_set_field(cx, object, "nodes", nodes);
    cr_set_field(cx, object, "deferred", cloud_deferred_to_value(cx, self));
    cr_set_field(cx, object, "assumptions", cloud_assumptions_to_value(cx, self));
    cr_set_field(cx, object, "inputs", cloud_inputs_to_value(cx, self));
    cr_set_field(cx, object, "outputs", outputs);
    return object;
}
