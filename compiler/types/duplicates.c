/* A name that is given twice: the second silently wins in JavaScript, and is an error in TypeScript. */
#include "types/type.h"

/* True when the name was given before, which is reported. `seen`: name -> the node that gave it first. */
static bool is_second(checker *self, tsx_code code, map *seen, const tsx_name *name, tsx_node *node, tsx_span span) {
    tsx_node **place = (tsx_node **)(void *)map_at(seen, name->text);
    if (*place == NULL) {
        *place = node;
        return false;
    }
    tsx_diag *diag = tsx_report(self->session, code, span, name->text.bytes);
    tsx_diag_label(self->session, diag, (*place)->span, "it is first given here");
    return true;
}

/* Of an element, only the first is reported, as tsc does. */
void check_duplicate_attributes(checker *self, tsx_list attributes) {
    map seen = {0};
    for (uint32_t i = 0; i < attributes.count; i++) {
        tsx_node *node = attributes.items[i];
        if (node->kind != TSX_NODE_JSX_ATTRIBUTE) continue;
        const tsx_jsx_attribute_node *attribute = tsx_as_jsx_attribute(node);
        if (is_second(self, TSX_C2016, &seen, attribute->name, node, attribute->name_span)) break;
    }
    map_release(&seen);
}

/* Accessors may come in pairs, and computed names are not known. */
void check_duplicate_properties(checker *self, tsx_list members) {
    map seen = {0};
    for (uint32_t i = 0; i < members.count; i++) {
        tsx_node *member = members.items[i], *key = NULL;
        if (member->kind == TSX_NODE_PROPERTY) key = tsx_as_property(member)->key;
        if (member->kind == TSX_NODE_METHOD && !tsx_has(member, TSX_F_GET | TSX_F_SET)) key = tsx_as_method(member)->key;
        if (key == NULL) continue;
        const tsx_name *name = NULL;
        if (key->kind == TSX_NODE_KEY) name = tsx_as_key(key)->name;
        if (key->kind == TSX_NODE_STRING) name = tsx_intern(&self->session->names, tsx_as_string(key)->value);
        if (name != NULL) is_second(self, TSX_C2015, &seen, name, key, key->span);
    }
    map_release(&seen);
}
