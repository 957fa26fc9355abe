/* Given properties against declared ones, in tsc's order: first each value against its property; if all fit,
 * the first unknown property; if there is none, what is missing. One of the three is reported. */
#include "types/type.h"

void given_release(given_shape *self) { VEC_RELEASE(&self->items); }

/* ---- what is given */

/* What stands before a spread is overwritten where the spread has the name. */
static void add_spread(checker *self, tsx_node *argument, given_shape *shape) {
    shape->has_spread = true;
    const type *spread = type_of_expression(self, argument);
    if (spread->kind != TYPE_OBJECT || spread->has_others) {
        shape->is_open = true;
        return;
    }
    for (uint32_t i = 0; i < spread->property_count; i++) {
        const property *item = &spread->properties[i];
        for (size_t k = 0; k < shape->items.length; k++)
            if (shape->items.items[k].name == item->name) shape->items.items[k].is_overwritten = true;
        given made = {.name = item->name, .span = argument->span, .known = self->open};
        if (!item->is_optional) made.known = property_type(self, item);
        VEC_PUSH(&shape->items, made);
    }
}

void given_of_attributes(checker *self, tsx_list attributes, given_shape *shape) {
    for (uint32_t i = 0; i < attributes.count; i++) {
        tsx_node *node = attributes.items[i];
        if (node->kind == TSX_NODE_SPREAD) {
            add_spread(self, tsx_as_spread(node)->argument, shape);
            continue;
        }
        const tsx_jsx_attribute_node *attribute = tsx_as_jsx_attribute(node);
        given made = {.name = attribute->name, .span = attribute->name_span, .value = attribute->value};
        VEC_PUSH(&shape->items, made);
    }
}

static void add_member(checker *self, tsx_node *key, tsx_node *value, given_shape *shape) {
    given made = {.span = key->span, .value = value};
    if (key->kind == TSX_NODE_KEY)
        made.name = tsx_as_key(key)->name;
    else if (key->kind == TSX_NODE_STRING)
        made.name = tsx_intern(&self->session->names, tsx_as_string(key)->value);
    if (made.name != NULL)
        VEC_PUSH(&shape->items, made);
    else
        shape->is_open = true; /* a computed or numeric key */
}

void given_of_object(checker *self, tsx_node *object, given_shape *shape) {
    tsx_list members = tsx_as_object(object)->members;
    for (uint32_t i = 0; i < members.count; i++) {
        tsx_node *member = members.items[i];
        if (member->kind == TSX_NODE_PROPERTY)
            add_member(self, tsx_as_property(member)->key, tsx_as_property(member)->value, shape);
        else if (member->kind == TSX_NODE_METHOD && !tsx_has(member, TSX_F_GET | TSX_F_SET))
            add_member(self, tsx_as_method(member)->key, tsx_as_method(member)->function, shape);
        else if (member->kind == TSX_NODE_SPREAD)
            add_spread(self, tsx_as_spread(member)->argument, shape);
        else
            shape->is_open = true; /* an accessor */
    }
}

static bool gives(const given_shape *shape, const tsx_name *name) {
    for (size_t i = 0; i < shape->items.length; i++)
        if (shape->items.items[i].name == name) return true;
    return false;
}

/* The type of all that is given, for messages. */
static const char *given_text(checker *self, const given_shape *shape) {
    type made = {.kind = TYPE_OBJECT};
    made.properties = ARENA_ARRAY(&self->session->memory, property, shape->items.length + 1);
    for (size_t i = 0; i < shape->items.length; i++) {
        const given *item = &shape->items.items[i];
        const type *known = item->known;
        if (known == NULL) known = item->value != NULL ? type_of_expression(self, item->value) : self->boolean;
        if (known->kind == TYPE_STRING_LITERAL) known = self->string;
        if (known->kind == TYPE_NUMBER_LITERAL) known = self->number;
        if (known->kind == TYPE_BOOLEAN_LITERAL) known = self->boolean;
        made.properties[made.property_count++] = (property){.name = item->name, .known = known};
    }
    return type_text(self, &made);
}

/* ---- values */

/* The type as a message names it: a literal as such only where literals are expected. */
static const type *shown(const checker *self, const type *source, const type *expected) {
    bool wants_literal = expected->kind == TYPE_UNION || expected->kind == TYPE_STRING_LITERAL ||
                         expected->kind == TYPE_NUMBER_LITERAL || expected->kind == TYPE_BOOLEAN_LITERAL;
    if (wants_literal) return source;
    switch (source->kind) {
    case TYPE_STRING_LITERAL: return self->string;
    case TYPE_NUMBER_LITERAL: return self->number;
    case TYPE_BOOLEAN_LITERAL: return self->boolean;
    default: return source;
    }
}

static void report_mismatch(checker *self, const type *source, const type *target, tsx_span place) {
    const type *expected = without_nullish(self, target);
    source = shown(self, source, expected);
    bool is_choice = source->kind == TYPE_STRING_LITERAL && expected->kind == TYPE_UNION;
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, source->text);
    bool is_close = false;
    for (uint32_t i = 0; is_choice && i < expected->member_count; i++) {
        if (expected->members[i]->kind != TYPE_STRING_LITERAL) continue;
        tsx_nearest_add(&nearest, expected->members[i]->text);
        if (tsc_suggests(source->text, expected->members[i]->text)) is_close = true;
    }
    tsx_diag *diag = tsx_report(self->session, is_close ? TSX_C2014 : TSX_C2005, place, type_text(self, source),
                                type_text(self, target));
    if (is_choice && nearest.best.bytes != NULL)
        tsx_diag_help(self->session, diag, "did you mean '%.*s'?", STR_ARGS(nearest.best));
}

static bool check_elements(checker *self, tsx_node *array, const type *target) {
    const type *expected = element_type(self, target);
    tsx_list elements = tsx_as_array(array)->elements;
    bool has_errors = false;
    for (uint32_t i = 0; i < elements.count; i++) {
        tsx_node *element = elements.items[i];
        if (element->kind == TSX_NODE_SPREAD || element->kind == TSX_NODE_HOLE) continue;
        if (check_value_type(self, element, expected, element->span)) has_errors = true;
    }
    return has_errors;
}

/* `port={() => 80}`: the value that is wanted, but not called. */
static bool is_uncalled(checker *self, tsx_node *value, const type *target) {
    if (value->kind != TSX_NODE_FUNCTION || !tsx_has(value, TSX_F_CONCISE)) return false;
    return !certainly_not(self, type_of_expression(self, tsx_as_function(value)->body), target);
}

bool check_value_type(checker *self, tsx_node *value, const type *target, tsx_span place) {
    if (self->depth >= TYPE_DEPTH_MAX) return false;
    const type *expected = without_nullish(self, target);
    bool has_errors = false;
    self->depth++;
    if (value->kind == TSX_NODE_OBJECT && expected->kind == TYPE_OBJECT) {
        given_shape shape = {.form = SHAPE_VALUE, .whole = place};
        given_of_object(self, value, &shape);
        has_errors = check_shape(self, &shape, expected, NULL);
        given_release(&shape);
    } else if (value->kind == TSX_NODE_ARRAY && expected->kind == TYPE_ARRAY)
        has_errors = check_elements(self, value, expected);
    else {
        const type *source = type_of_expression(self, value);
        has_errors = certainly_not(self, source, target);
        if (has_errors) report_mismatch(self, source, target, is_uncalled(self, value, target) ? value->span : place);
    }
    self->depth--;
    return has_errors;
}

static bool check_values(checker *self, const given_shape *shape, const type *target) {
    bool has_errors = false;
    for (size_t i = 0; i < shape->items.length; i++) {
        const given *item = &shape->items.items[i];
        const property *declared = type_property(target, item->name);
        if (declared == NULL || item->is_overwritten || item->known != NULL) continue;
        const type *expected = property_type(self, declared);
        if (item->value != NULL) {
            if (check_value_type(self, item->value, expected, item->span)) has_errors = true;
            continue;
        }
        type truth = {.kind = TYPE_BOOLEAN_LITERAL, .boolean = true};
        if (!certainly_not(self, &truth, expected)) continue;
        report_mismatch(self, &truth, expected, item->span);
        has_errors = true;
    }
    return has_errors;
}

/* ---- unknown properties */

static bool is_hyphenated(const tsx_name *name) {
    return name->text.length > 0 && memchr(name->text.bytes, '-', name->text.length) != NULL;
}

static const char *target_text(checker *self, const type *target) { return type_text(self, target); }

static void report_unknown(checker *self, const given_shape *shape, const given *item, const type *target) {
    tsx_nearest nearest;
    tsx_nearest_init(&nearest, item->name->text);
    bool is_close = false;
    for (uint32_t i = 0; i < target->property_count; i++) {
        str name = target->properties[i].name->text;
        if (tsc_suggests(item->name->text, name)) is_close = true;
        if (!gives(shape, target->properties[i].name)) tsx_nearest_add(&nearest, name);
    }
    bool is_jsx = shape->form == SHAPE_JSX;
    bool has_nearest = nearest.best.bytes != NULL;
    tsx_code code = is_jsx ? TSX_C2003 : is_close ? TSX_C2009 : TSX_C2004;
    tsx_diag *diag = tsx_report(self->session, code, item->span, item->name->text.bytes, target_text(self, target));
    if (has_nearest) tsx_diag_help(self->session, diag, "did you mean '%.*s'?", STR_ARGS(nearest.best));
}

static bool shares_a_property(const given_shape *shape, const type *target) {
    for (size_t i = 0; i < shape->items.length; i++)
        if (type_property(target, shape->items.items[i].name) != NULL) return true;
    return false;
}

static bool all_optional(const type *target) {
    for (uint32_t i = 0; i < target->property_count; i++)
        if (!target->properties[i].is_optional) return false;
    return true;
}

static bool check_unknown(checker *self, const given_shape *shape, const type *target, const tsx_name *also) {
    if (target->has_others || shape->has_spread) return false;
    bool takes_anything = target->property_count == 0 && shape->form != SHAPE_JSX; /* the type {} */
    for (size_t i = 0; i < shape->items.length && !takes_anything; i++) {
        const given *item = &shape->items.items[i];
        if (item->name == also || type_property(target, item->name) != NULL) continue;
        if (shape->form == SHAPE_JSX && is_hyphenated(item->name)) continue;
        if (shape->form == SHAPE_JSX && shape->allows_children && item->name == self->children_name) continue;
        report_unknown(self, shape, item, target);
        return true;
    }
    if (!shape->has_children || shape->allows_children || type_property(target, self->children_name) != NULL)
        return false;
    bool is_weak = all_optional(target) && !shares_a_property(shape, target);
    tsx_report(self->session, is_weak ? TSX_C2008 : TSX_C2007, shape->whole, target_text(self, target));
    return true;
}

/* ---- missing properties */

enum { MISSING_SHOWN_MAX = 4 }; /* as tsc */

static bool is_missing(const checker *self, const given_shape *shape, const property *declared) {
    if (declared->is_optional || gives(shape, declared->name)) return false;
    return !(declared->name == self->children_name && (shape->has_children || shape->allows_children));
}

static void report_missing(checker *self, const given_shape *shape, const type *target, uint32_t count) {
    const property *first = NULL;
    str_buf names;
    str_buf_init(&names);
    uint32_t shown = 0;
    for (uint32_t i = 0; i < target->property_count; i++) {
        const property *declared = &target->properties[i];
        if (!is_missing(self, shape, declared)) continue;
        if (first == NULL) first = declared;
        if (shown++ < MISSING_SHOWN_MAX)
            str_buf_add_format(&names, "%s'%.*s'", shown > 1 ? ", " : "", NAME_ARGS(declared->name));
    }
    if (count > MISSING_SHOWN_MAX) str_buf_add_format(&names, ", and %u more", count - MISSING_SHOWN_MAX);
    const char *source_text = given_text(self, shape);
    bool is_argument = shape->form == SHAPE_ARGUMENT;
    tsx_diag *diag;
    if (count == 1)
        diag = tsx_report(self->session, is_argument ? TSX_C2010 : TSX_C2001, shape->whole, first->name->text.bytes,
                          source_text, target_text(self, target));
    else
        diag = tsx_report(self->session,
                          is_argument ? TSX_C2011 : count > MISSING_SHOWN_MAX ? TSX_C2012 : TSX_C2002, shape->whole,
                          source_text, target_text(self, target), str_buf_text(&names));
    if (first->span.file != 0)
        tsx_diag_label(self->session, diag, first->span, "'%.*s' is declared here", NAME_ARGS(first->name));
    str_buf_release(&names);
}

static bool check_missing(checker *self, const given_shape *shape, const type *target) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < target->property_count; i++)
        if (is_missing(self, shape, &target->properties[i])) count++;
    if (count > 0) report_missing(self, shape, target, count);
    return count > 0;
}

bool check_shape(checker *self, const given_shape *shape, const type *target, const tsx_name *also) {
    if (shape->is_open || target->kind != TYPE_OBJECT) return false;
    return check_values(self, shape, target) || check_unknown(self, shape, target, also) ||
           check_missing(self, shape, target);
}
