/* parse/patterns.c: what stands left of `=`, in parameters and in declarations.
 *
 * One set of functions lowers both declarations (leaves are BINDINGs) and destructuring assignments (leaves
 * are names, members and index expressions, checked by check_target). */
#include "parse/lower.h"

/* Words that no variable may be called; modules are strict code. `await` is reserved because of top-level
 * await. */
static const char *const reserved[] = {
    "await",     "break",  "case",     "catch",  "class",      "const",   "continue",  "debugger",
    "default",   "delete", "do",       "else",   "enum",       "export",  "extends",   "false",
    "finally",   "for",    "function", "if",     "implements", "import",  "in",        "instanceof",
    "interface", "let",    "new",      "null",   "package",    "private", "protected", "public",
    "return",    "static", "super",    "switch", "this",       "throw",   "true",      "try",
    "typeof",    "var",    "void",     "while",  "with",       "yield",
};

void check_not_reserved(parser *p, const tsx_name *name, tsx_span span) {
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (str_is(name->text, reserved[i])) tsx_report(p->session, TSX_C0027, span, reserved[i]);
    }
}

/* Names that may be used but not declared or assigned to; shadowing `undefined` would change what it means as
 * a literal. */
static bool is_restricted(str name) {
    return str_is(name, "arguments") || str_is(name, "eval") || str_is(name, "undefined");
}

tsx_node *lower_binding(parser *p, const kid *name) {
    tsx_binding_node *binding = NEW(p, binding, BINDING, kid_span(p, name));
    binding->name = name_of(p, name);
    if (p->context.ambient) return &binding->base;
    check_not_reserved(p, binding->name, binding->base.span);
    if (is_restricted(binding->name->text))
        tsx_report(p->session, TSX_C0027, binding->base.span, binding->name->text.bytes);
    return &binding->base;
}

static tsx_node *make_default(parser *p, TSNode node, tsx_node *target, const kid *value) {
    tsx_default_pattern_node *pattern = NEW(p, default_pattern, DEFAULT_PATTERN, span_of(p, node));
    pattern->target = target;
    pattern->initializer = lower_expression(p, value->node);
    return &pattern->base;
}

/* { name } and { name = value }. */
static tsx_node *lower_shorthand_target(parser *p, const kid *name, bool declares) {
    return declares ? lower_binding(p, name) : check_target(p, lower_identifier(p, name->node));
}

static tsx_node *lower_pattern_property(parser *p, const kid *self, bool declares) {
    tsx_pattern_property_node *property = NEW(p, pattern_property, PATTERN_PROPERTY, kid_span(p, self));
    const kid *key = self;
    kids all = {NULL, 0};
    if (self->type != N_shorthand_property_identifier_pattern) all = kids_of(p, self->node);
    if (self->type == N_pair_pattern) {
        property->key = lower_property_key(p, kid_of_field(&all, FIELD_key));
        property->value = lower_pattern(p, kid_of_field(&all, FIELD_value)->node, declares);
        return &property->base;
    }
    if (self->type == N_object_assignment_pattern) {
        key = kid_of_field(&all, FIELD_left);
        if (key->type != N_shorthand_property_identifier_pattern) return unexpected_node(p, key);
    }
    property->base.flags |= TSX_F_SHORTHAND;
    property->key = lower_property_key(p, key);
    property->value = lower_shorthand_target(p, key, declares);
    if (self->type == N_object_assignment_pattern)
        property->value = make_default(p, self->node, property->value, kid_of_field(&all, FIELD_right));
    return &property->base;
}

static tsx_node *lower_rest(parser *p, TSNode node, bool declares, bool is_last) {
    kids all = kids_of(p, node);
    tsx_rest_node *rest = NEW(p, rest, REST, span_of(p, node));
    rest->argument = lower_pattern(p, all.items[all.count - 1].node, declares);
    if (!is_last) tsx_report(p->session, TSX_C0028, rest->base.span);
    return &rest->base;
}

/* Whether nothing but the closing bracket comes after item i (a comma after a rest element is an error too).
 */
static bool is_last_item(const kids *all, uint32_t i) { return i + 2 >= all->count; }

static tsx_node *lower_object_pattern(parser *p, TSNode node, bool declares) {
    kids all = kids_of(p, node);
    tsx_object_pattern_node *pattern = NEW(p, object_pattern, OBJECT_PATTERN, span_of(p, node));
    check_commas(p, &all);
    pattern->properties = list_new(p, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        const kid *next = &all.items[i];
        if (next->type == N_TOKEN) continue;
        list_add(&pattern->properties, next->type == N_rest_pattern
                                           ? lower_rest(p, next->node, declares, is_last_item(&all, i))
                                           : lower_pattern_property(p, next, declares));
    }
    return &pattern->base;
}

static tsx_node *lower_array_pattern(parser *p, TSNode node, bool declares) {
    kids all = kids_of(p, node);
    tsx_array_pattern_node *pattern = NEW(p, array_pattern, ARRAY_PATTERN, span_of(p, node));
    pattern->elements = list_new(p, all.count);
    bool expects_element = true;
    for (uint32_t i = 0; i < all.count; i++) {
        const kid *next = &all.items[i];
        if (next->type != N_TOKEN) {
            list_add(&pattern->elements, next->type == N_rest_pattern
                                             ? lower_rest(p, next->node, declares, is_last_item(&all, i))
                                             : lower_pattern(p, next->node, declares));
            expects_element = false;
        } else if (is_token(next, ",")) {
            if (expects_element) list_add(&pattern->elements, new_node(p, TSX_NODE_HOLE, kid_span(p, next)));
            expects_element = true;
        }
    }
    return &pattern->base;
}

tsx_node *lower_pattern(parser *p, TSNode node, bool declares) {
    kid self = kid_from(p, node);
    tsx_span span = kid_span(p, &self);
    if (!enter_level(p, span)) return error_node(p, span);
    tsx_node *pattern;
    if (self.type == N_object_pattern) {
        pattern = lower_object_pattern(p, node, declares);
    } else if (self.type == N_array_pattern) {
        pattern = lower_array_pattern(p, node, declares);
    } else if (self.type == N_assignment_pattern) {
        kids all = kids_of(p, node);
        tsx_node *target = lower_pattern(p, kid_of_field(&all, FIELD_left)->node, declares);
        pattern = make_default(p, node, target, kid_of_field(&all, FIELD_right));
    } else if (!declares) {
        pattern = check_target(p, lower_expression(p, node));
    } else if (self.type == N_identifier || self.type == N_type_identifier || self.type == N_undefined) {
        pattern = lower_binding(p, &self);
    } else {
        pattern = unexpected_node(p, &self);
    }
    leave_level(p);
    return pattern;
}
