/* Constructs: how a component's description of a resource becomes a node of the CloudDOM and an instance. */
#include "fiber/fiber.h"
#include "fiber/natives.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/function.h"
#include "value/host.h"
#include "value/object.h"
#include "value/property.h"
#include "value/unknown.h"

STRING_LITERAL(outputs_key, "outputs");
STRING_LITERAL(props_key, "props");
STRING_LITERAL(key_key, "key");
STRING_LITERAL(children_key, "children");

/* ---- instance.outputs --------------------------------------------------------------------------------- */

static cr_value output_unknown(cr_context *cx, const cloud_node *node, const cr_string *key) {
    return unknown_output(cx, node, cr_as_string(cr_string_text(cx, node->address)), key);
}

static cr_value outputs_get(cr_context *cx, cr_host *host, const cr_string *key) {
    cloud_node *node = host->data;
    /* Asked for by await and by JSON.stringify of any object; no output is meant. */
    if (string_is_ascii_text(key, "then") || string_is_ascii_text(key, "toJSON")) return CR_HOLE;
    reads_note(renderer_of(cx), node, key);
    cr_value outputs = cloud_node_outputs(cx, node);
    if (outputs == CR_UNDEFINED) return output_unknown(cx, node, key);
    cr_value value = cr_own(outputs, key);
    return value == CR_UNDEFINED ? CR_HOLE : value;
}

static bool outputs_set(cr_context *cx, cr_host *host, const cr_string *key, cr_value value) {
    throw_type_error(cx, "Cannot assign to read only property '%s' of object '#<Outputs>'",
                     cr_to_utf8(cx, cr_from_pointer(key), NULL));
    return false;
}

static const cr_string **outputs_keys(cr_context *cx, cr_host *host, uint32_t *count) {
    cloud_node *node = host->data;
    reads_note(renderer_of(cx), node, NULL);
    cr_value outputs = cloud_node_outputs(cx, node);
    if (outputs != CR_UNDEFINED) return cr_own_keys(cx, outputs, count);
    cr_suspend(cx, output_unknown(cx, node, NULL));
    return NULL;
}

static const cr_origin *outputs_origin(cr_context *cx, const cr_host *host) {
    return origin_of_node(cx, host->data);
}

static const cr_host_class outputs_class = {NULL, outputs_get, outputs_set, outputs_keys, outputs_origin};

cloud_node *outputs_node(cr_value v) {
    cr_host *host = host_of(v, &outputs_class);
    return host != NULL ? host->data : NULL;
}

cr_value outputs_getter(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                        const cr_value *argv) {
    if (!cr_is_object(this_value) || (cr_heap_of(this_value)->flags & CR_FLAG_INSTANCE) == 0)
        return CR_UNDEFINED;
    cloud_node *node = cr_as_object(this_value)->host;
    if (node->outputs_object == 0) node->outputs_object = host_new(cx, &outputs_class, node);
    return node->outputs_object;
}

/* ---- nodes -------------------------------------------------------------------------------------------- */

static cloud_node *parent_resource(const fiber *owner) {
    for (const fiber *f = owner->parent; f != NULL; f = f->parent)
        if (f->kind == FIBER_RESOURCE) return f->node;
    return NULL;
}

/* The name of a construct; gives its instances their `outputs`. */
static const char *construct_name(renderer *self, cr_value construct) {
    if (self->named_class != construct) {
        self->named_class = construct;
        self->name = function_name(self->cx, construct);
        cr_object *prototype = function_prototype_of(self->cx, construct);
        if (prototype != NULL)
            object_define(self->cx, prototype, &outputs_key, self->outputs_accessor,
                          CR_SLOT_ACCESSOR | CR_SLOT_HIDDEN);
    }
    return self->name;
}

/* Outputs are read from the recorded lines here and there, which brings most of the log into memory in the end. */
enum { NODES_BETWEEN_RESTS = 4096 };

static cloud_node *node_new(renderer *self, const char id[CLOUD_ID_BYTES], const str_buf *address,
                            cr_value construct) {
    cloud_node *node = HEAP_NEW(self->cx, cloud_node);
    memcpy(node->id, id, CLOUD_ID_BYTES);
    node->construct = construct_name(self, construct);
    node->props = node->outputs = CR_UNDEFINED;
    if (self->recorded != NULL) node->recorded = map_get(&self->recorded->by_id, str_of(node->id));
    node->outputs_recorded = node->recorded != NULL && node->recorded->state != RESOURCE_PENDING;
    node->address = node->recorded != NULL && str_is(str_buf_str(address), node->recorded->address)
                        ? node->recorded->address
                        : arena_copy_text(&self->cx->runtime->heap, address->bytes, address->length);
    VEC_PUSH(&self->nodes, node);
    if (self->recorded != NULL && self->recorded->rest != NULL && self->nodes.length % NODES_BETWEEN_RESTS == 0)
        self->recorded->rest(self->recorded->rest_data);
    return node;
}

/* The node with this id, made if there is none, and in dom.by_id. */
static cloud_node *node_with_id(renderer *self, const char id[CLOUD_ID_BYTES], const str_buf *address,
                                cr_value construct) {
    map *by_id = &self->dom.by_id;
    size_t count = by_id->count;
    str key = {id, CLOUD_ID_BYTES - 1};
    void **place = map_at(by_id, key);
    if (by_id->count == count) return *place;
    cloud_node *node = self->retired.count != 0 ? map_get(&self->retired, key) : NULL;
    if (node == NULL) node = node_new(self, id, address, construct);
    by_id->entries[count].key.bytes = node->id; /* the key has to live as long as the map */
    *place = node;
    return node;
}

cloud_node *node_claim(renderer *self, fiber *owner, cr_value construct, cr_value key, const cr_site *site) {
    const char *name = construct_name(self, construct);
    str_buf *address = &self->scratch;
    const char *path = fiber_path(self, owner->kind == FIBER_RESOURCE ? owner->parent : owner);
    str_buf_clear(address);
    str_buf_add_text(address, path);
    if (address->length != 0) str_buf_add_char(address, '/');
    if (key == CR_UNDEFINED) {
        str_buf_add_text(address, name);
    } else if (cr_as_string(key)->head.length == 0) {
        fail_inside(self, CR_E_DATA, "the key of '%s' is empty (%s)", name, cloud_site_text(self->cx, site));
        return NULL;
    } else {
        str_buf_clear(&self->key_text);
        string_to_utf8(cr_as_string(key), &self->key_text);
        cloud_address_add_key(address, str_buf_str(&self->key_text));
    }
    char id[CLOUD_ID_BYTES];
    cloud_id(str_buf_text(address), name, id);
    cloud_node *node = node_with_id(self, id, address, construct);
    if (node->fiber != owner) self->structure_changed = true;
    /* When another component describes it too, commit finds that the other's claim was lost. */
    node->fiber = owner;
    node->construct_class = construct;
    node->site = site;
    return node;
}

void node_retire(renderer *self, cloud_node *node, const fiber *owner) {
    if (node->fiber != owner) return;
    node->fiber = NULL;
    node->edges.length = 0;
    self->structure_changed = true;
}

/* ---- props and instance ------------------------------------------------------------------------------- */

/* What the constructor gets when not all of it can be recorded: everything but key and children. */
static cr_value constructor_props(cr_context *cx, cr_value props) {
    uint32_t count;
    const cr_string **keys = own_keys(cx, props, false, &count);
    if (keys == NULL) return CR_EXCEPTION;
    cr_value copy = cr_object_new(cx);
    for (uint32_t i = 0; i < count; i++) {
        if (cr_string_equal(keys[i], &key_key) || cr_string_equal(keys[i], &children_key)) continue;
        cr_value value = own_property(cx, props, keys[i]);
        if (value == CR_EXCEPTION) return CR_EXCEPTION;
        object_define(cx, cr_as_object(copy), keys[i], value, 0);
    }
    return copy;
}

static bool instance_make(renderer *self, cloud_node *node, cr_value props) {
    cr_context *cx = self->cx;
    cx->site = node->site;
    cr_value instance = cr_new(cx, node->construct_class, 1, &props, node->construct);
    if (instance == CR_EXCEPTION) return false;
    cr_object *object = cr_as_object(instance);
    object->host = node;
    object->head.flags |= CR_FLAG_INSTANCE;
    /* A field that the class itself initialises would hide what instances inherit. */
    if (object_find(object, &outputs_key) != NULL)
        object_define(cx, object, &outputs_key, self->outputs_accessor, CR_SLOT_ACCESSOR | CR_SLOT_HIDDEN);
    node->instance = instance;
    return true;
}

bool node_describe(renderer *self, cloud_node *node, fiber *owner, cr_value props) {
    cr_context *cx = self->cx;
    props_facts facts = {.node = node};
    node->edges.length = 0;
    if (props == CR_UNDEFINED) props = cr_object_new(cx);
    cr_value clean = props_clean(self, props, true, "props", &facts);
    if (clean == CR_EXCEPTION) return false;
    node->parent = parent_resource(owner);
    if (node->parent != NULL) cloud_node_add_edge(node, node->parent, CLOUD_EDGE_PARENT);
    uint64_t hash = props_hash(self, clean);
    bool same = node->instance != 0 && node->props_hash == hash && node->has_unknown == facts.has_unknown;
    node->props = clean;
    node->props_hash = hash;
    node->has_unknown = facts.has_unknown;
    if (same && !facts.dropped) return true;
    cr_value given = facts.dropped ? constructor_props(cx, props) : clean;
    if (given == CR_EXCEPTION) return false;
    value_freeze(cx, given);
    if (same) {
        /* Only callbacks can differ: the instance stays the same object, so that nothing that holds it
         * renders. */
        object_define(cx, cr_as_object(node->instance), &props_key, given, 0);
        return true;
    }
    self->changed = true;
    return instance_make(self, node, given);
}

/* ---- useInstance -------------------------------------------------------------------------------------- */

static cr_value use_instance(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                             const cr_value *argv) {
    const cr_site *site = cx->site;
    hook *h = hook_next(cx, HOOK_INSTANCE);
    if (h == NULL) return CR_EXCEPTION;
    renderer *r = renderer_of(cx);
    cr_value construct = arg_at(argc, argv, 0), props = arg_at(argc, argv, 1);
    if (!cr_is_function(construct) || !value_is_constructor(construct))
        return throw_type_error(cx, "useInstance() needs a construct, a class; got '%s'",
                                cr_to_utf8(cx, construct, NULL));
    if (cr_is_unknown(props)) return cr_suspend(cx, props);
    if (!cr_is_nullish(props) && !cr_has_slots(props))
        return throw_type_error(cx, "useInstance() needs an object of props; got '%s'",
                                cr_to_utf8(cx, props, NULL));
    cr_value key = cr_is_nullish(props) ? CR_UNDEFINED : own_property(cx, props, &key_key);
    if (key == CR_EXCEPTION) return CR_EXCEPTION;
    if (cr_is_unknown(key)) return cr_suspend(cx, key);
    if (key == CR_HOLE || cr_is_nullish(key)) {
        key = CR_UNDEFINED;
    } else {
        const cr_string *text = value_to_string(cx, key);
        if (text == NULL) return CR_EXCEPTION;
        key = cr_from_pointer(text);
    }
    cloud_node *before = h->instance.node;
    cloud_node *node = node_claim(r, r->current, construct, key, site);
    if (node == NULL) return CR_EXCEPTION;
    if (before != NULL && before != node) node_retire(r, before, r->current);
    h->instance.node = node;
    h->instance.site = site;
    if (!node_describe(r, node, r->current, cr_is_nullish(props) ? CR_UNDEFINED : props)) return CR_EXCEPTION;
    cx->site = site;
    return node->instance;
}

NATIVE(useInstance, use_instance, 2);
