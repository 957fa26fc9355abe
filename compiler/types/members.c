/* Types with properties: object types, interfaces, instances of classes, intersections, and the utility types
 * that pick among properties. */
#include "types/type.h"

typedef struct builder {
    checker *checker;
    VEC(property) properties;
    bool has_others;
} builder;

/* A later property of the same name replaces the one before, in its place. */
static void add(builder *self, property new_property) {
    for (size_t i = 0; i < self->properties.length; i++) {
        if (self->properties.items[i].name != new_property.name) continue;
        self->properties.items[i] = new_property;
        return;
    }
    VEC_PUSH(&self->properties, new_property);
}

static type *finish(builder *self) {
    type *made = type_new(self->checker, TYPE_OBJECT);
    size_t count = self->properties.length;
    made->properties = ARENA_ARRAY(&self->checker->session->memory, property, count + 1);
    if (count > 0) memcpy(made->properties, self->properties.items, count * sizeof(property));
    made->property_count = (uint32_t)count;
    made->has_others = self->has_others;
    VEC_RELEASE(&self->properties);
    return made;
}

/* The name of a key that is written out; NULL for computed and private ones. */
static const tsx_name *key_name(checker *self, tsx_node *key) {
    if (key->kind == TSX_NODE_KEY) return tsx_has(key, TSX_F_PRIVATE) ? NULL : tsx_as_key(key)->name;
    if (key->kind == TSX_NODE_STRING) return tsx_intern(&self->session->names, tsx_as_string(key)->value);
    return NULL;
}

static const type *function_type(checker *self, tsx_node *node, const type_env *env) {
    type *made = type_new(self, TYPE_FUNCTION);
    made->node = node;
    made->env = env;
    return made;
}

/* ---- object types and interfaces */

static void add_signature(builder *self, tsx_node *member, const type_env *env) {
    property made = {.env = env, .span = member->span};
    tsx_node *key = NULL;
    made.is_optional = tsx_has(member, TSX_F_OPTIONAL_MARK);
    if (member->kind == TSX_NODE_PROPERTY_SIGNATURE) {
        key = tsx_as_property_signature(member)->key;
        made.node = tsx_as_property_signature(member)->type;
    } else if (member->kind == TSX_NODE_METHOD_SIGNATURE) {
        key = tsx_as_method_signature(member)->key;
        bool is_accessor = tsx_has(member, TSX_F_GET | TSX_F_SET);
        if (!is_accessor) made.known = function_type(self->checker, tsx_as_method_signature(member)->signature, env);
    }
    made.name = key != NULL ? key_name(self->checker, key) : NULL;
    if (made.name == NULL) {
        self->has_others = true; /* an index or call signature, a computed key */
        return;
    }
    made.span = key->span;
    add(self, made);
}

const type *type_of_members(checker *self, tsx_list members, const type_env *env) {
    builder b = {.checker = self};
    for (uint32_t i = 0; i < members.count; i++) add_signature(&b, members.items[i], env);
    return finish(&b);
}

static void add_type(builder *self, const type *other) {
    if (other->kind != TYPE_OBJECT) {
        self->has_others = true;
        return;
    }
    for (uint32_t i = 0; i < other->property_count; i++) add(self, other->properties[i]);
    if (other->has_others) self->has_others = true;
}

const type *interface_type(checker *self, tsx_node *declaration, const type_env *env) {
    const tsx_interface_decl_node *parts = tsx_as_interface_decl(declaration);
    builder b = {.checker = self};
    for (uint32_t i = 0; i < parts->extends.count; i++) add_type(&b, type_of_node(self, parts->extends.items[i], env));
    for (uint32_t i = 0; i < parts->members.count; i++) add_signature(&b, parts->members.items[i], env);
    return finish(&b);
}

/* ---- instances */

static void add_parameter_properties(builder *self, tsx_node *constructor, const type_env *env) {
    tsx_list parameters = tsx_as_function(constructor)->parameters;
    const tsx_flags makes_property = TSX_F_PUBLIC | TSX_F_PROTECTED | TSX_F_PRIVATE | TSX_F_READONLY | TSX_F_OVERRIDE;
    for (uint32_t i = 0; i < parameters.count; i++) {
        tsx_parameter_node *parameter = tsx_as_parameter(parameters.items[i]);
        if (!tsx_has(parameters.items[i], makes_property) || parameter->pattern->kind != TSX_NODE_BINDING) continue;
        add(self, (property){.name = tsx_as_binding(parameter->pattern)->name, .span = parameter->pattern->span,
                             .is_optional = tsx_has(parameters.items[i], TSX_F_OPTIONAL_MARK),
                             .node = parameter->type, .env = env});
    }
}

static void add_class_member(builder *self, tsx_node *member, const type_env *env) {
    if (tsx_has(member, TSX_F_STATIC) || member->kind == TSX_NODE_STATIC_BLOCK) return;
    if (member->kind == TSX_NODE_METHOD && tsx_has(member, TSX_F_CONSTRUCTOR)) {
        add_parameter_properties(self, tsx_as_method(member)->function, env);
        return;
    }
    property made = {.env = env, .is_optional = tsx_has(member, TSX_F_OPTIONAL_MARK)};
    tsx_node *key = NULL;
    if (member->kind == TSX_NODE_FIELD) {
        key = tsx_as_field(member)->key;
        made.node = tsx_as_field(member)->type;
    } else if (member->kind == TSX_NODE_METHOD) {
        key = tsx_as_method(member)->key;
        if (!tsx_has(member, TSX_F_GET | TSX_F_SET))
            made.known = function_type(self->checker, tsx_as_method(member)->function, env);
    }
    made.name = key != NULL ? key_name(self->checker, key) : NULL;
    if (made.name != NULL) {
        made.span = key->span;
        add(self, made);
    } else if (key == NULL || key->kind == TSX_NODE_COMPUTED_KEY)
        self->has_others = true;
}

const type *instance_type(checker *self, tsx_node *class_node, const type_env *env) {
    const tsx_class_node *parts = tsx_as_class(class_node);
    builder b = {.checker = self};
    if (parts->heritage != NULL) {
        const type *base = type_of_expression(self, parts->heritage);
        add_type(&b, base->kind == TYPE_CLASS ? instance_type(self, base->node, NULL) : self->open);
    }
    for (uint32_t i = 0; i < parts->members.count; i++) add_class_member(&b, parts->members.items[i], env);
    type *made = finish(&b);
    made->is_instance = true;
    if (parts->name != NULL) made->name = tsx_as_binding(parts->name)->name;
    return made;
}

/* ---- intersections */

/* A property of both sides has both types; it is open unless both say the same. */
const type *intersection_type(checker *self, const type *const *parts, uint32_t count) {
    builder b = {.checker = self};
    for (uint32_t i = 0; i < count; i++) {
        if (parts[i]->kind != TYPE_OBJECT) {
            b.has_others = true;
            continue;
        }
        for (uint32_t k = 0; k < parts[i]->property_count; k++) {
            property made = parts[i]->properties[k];
            for (size_t n = 0; n < b.properties.length; n++) {
                const property *old = &b.properties.items[n];
                if (old->name != made.name) continue;
                made.is_optional = made.is_optional && old->is_optional;
                made.node = NULL;
                made.known = self->open;
            }
            add(&b, made);
        }
        if (parts[i]->has_others) b.has_others = true;
    }
    return finish(&b);
}

/* ---- utility types */

static bool names_key(const type *keys, const tsx_name *name) {
    if (keys->kind == TYPE_STRING_LITERAL) return str_equal(keys->text, name->text);
    for (uint32_t i = 0; i < keys->member_count; i++)
        if (names_key(keys->members[i], name)) return true;
    return false;
}

/* Are the keys all known, as string literals? */
static bool are_literals(const type *keys) {
    if (keys->kind == TYPE_STRING_LITERAL) return true;
    if (keys->kind != TYPE_UNION) return false;
    for (uint32_t i = 0; i < keys->member_count; i++)
        if (!are_literals(keys->members[i])) return false;
    return true;
}

typedef enum utility { PARTIAL, REQUIRED, READONLY, PICK, OMIT, NON_NULLABLE } utility;

static const struct {
    const char *name;
    utility utility;
} utilities[] = {
    {"Partial", PARTIAL}, {"Required", REQUIRED}, {"Readonly", READONLY},
    {"Pick", PICK},       {"Omit", OMIT},         {"NonNullable", NON_NULLABLE},
};

static const type *apply_utility(checker *self, utility what, const type *object, const type *keys) {
    if (what == NON_NULLABLE) return without_nullish(self, object);
    if (object->kind != TYPE_OBJECT) return self->open;
    bool picks = what == PICK || what == OMIT;
    if (picks && (keys == NULL || !are_literals(keys))) return self->open;
    builder b = {.checker = self, .has_others = object->has_others && what != PICK};
    for (uint32_t i = 0; i < object->property_count; i++) {
        property made = object->properties[i];
        if (picks && names_key(keys, made.name) != (what == PICK)) continue;
        if (what == PARTIAL) made.is_optional = true;
        if (what == REQUIRED) made.is_optional = false;
        add(&b, made);
    }
    return finish(&b);
}

static void add_record_keys(builder *self, const type *keys, tsx_node *value, const type_env *env) {
    if (keys->kind == TYPE_STRING_LITERAL) {
        const tsx_name *name = tsx_intern(&self->checker->session->names, keys->text);
        add(self, (property){.name = name, .node = value, .env = env, .span = value->span});
        return;
    }
    for (uint32_t i = 0; i < keys->member_count; i++) add_record_keys(self, keys->members[i], value, env);
}

static const type *record_type(checker *self, tsx_list arguments, const type_env *env) {
    const type *keys = type_of_node(self, arguments.items[0], env);
    builder b = {.checker = self, .has_others = !are_literals(keys)};
    if (!b.has_others) add_record_keys(&b, keys, arguments.items[1], env);
    return finish(&b);
}

const type *utility_type(checker *self, const tsx_name *name, tsx_list arguments, const type_env *env) {
    if (str_is(name->text, "Record") && arguments.count == 2) return record_type(self, arguments, env);
    for (size_t i = 0; i < sizeof utilities / sizeof utilities[0]; i++) {
        if (!str_is(name->text, utilities[i].name) || arguments.count == 0) continue;
        const type *object = type_of_node(self, arguments.items[0], env);
        const type *keys = arguments.count > 1 ? type_of_node(self, arguments.items[1], env) : NULL;
        return apply_utility(self, utilities[i].utility, object, keys);
    }
    return self->open;
}
