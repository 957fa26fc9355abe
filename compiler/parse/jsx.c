/* parse/jsx.c: elements, attributes, and JSX's rules for text.
 *
 * Text is cooked as TypeScript does it: lines are trimmed where they meet a line end, empty ones dropped, the
 * rest joined by one space; then entities are replaced. */
#include "parse/lower.h"

/* ---- text */

/* The code point of "#65", "#x41" or a name; 0: none. */
static uint32_t decode_reference(str reference) {
    if (reference.length < 2 || reference.bytes[0] != '#') return entity_character(reference);
    bool is_hex = (reference.bytes[1] | 0x20) == 'x';
    uint32_t value = 0;
    for (size_t i = is_hex ? 2 : 1; i < reference.length; i++) {
        char byte = reference.bytes[i];
        int digit = byte >= '0' && byte <= '9'                               ? byte - '0'
                    : is_hex && (byte | 0x20) >= 'a' && (byte | 0x20) <= 'f' ? (byte | 0x20) - 'a' + 10
                                                                             : -1;
        if (digit < 0) return 0;
        value = value * (is_hex ? 16 : 10) + (uint32_t)digit;
        if (value > 0x10FFFF) return 0;
    }
    return value;
}

/* The longest name between & and ; that is looked for; HTML's longest is shorter. */
enum { REFERENCE_BYTES_MAX = 32 };

static void add_decoded(str_buf *out, str text) {
    for (size_t at = 0; at < text.length; at++) {
        if (text.bytes[at] == '&') {
            size_t length = text.length - at - 1;
            if (length > REFERENCE_BYTES_MAX) length = REFERENCE_BYTES_MAX;
            const char *end = memchr(text.bytes + at + 1, ';', length);
            uint32_t character =
                end == NULL
                    ? 0
                    : decode_reference((str){text.bytes + at + 1, (size_t)(end - text.bytes) - at - 1});
            if (character != 0) {
                add_utf8(out, character);
                at = (size_t)(end - text.bytes);
                continue;
            }
        }
        str_buf_add_char(out, text.bytes[at]);
    }
}

static bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\v' || byte == '\f'; }
static bool is_line_end(char byte) { return byte == '\n' || byte == '\r'; }

static void add_line(str_buf *out, str line, bool *is_first) {
    if (line.length == 0) return;
    if (!*is_first) str_buf_add_char(out, ' ');
    add_decoded(out, line);
    *is_first = false;
}

/* The text of a child, or nothing when it is only white space with a line end in it. */
static void cook_jsx_text(str text, str_buf *out) {
    size_t start = 0, at = 0; /* of the line at hand */
    bool after_line_end = false, is_first = true;
    for (;; at++) {
        bool at_end = at == text.length;
        if (!at_end && !is_line_end(text.bytes[at])) continue;
        size_t from = start, to = at;
        while (after_line_end && from < to && is_space(text.bytes[from])) from++;
        while (!at_end && to > from && is_space(text.bytes[to - 1])) to--;
        add_line(out, (str){text.bytes + from, to - from}, &is_first);
        if (at_end) return;
        after_line_end = true;
        start = at + 1;
    }
}

static void add_text_child(parser *p, tsx_list *children, uint32_t start, uint32_t end) {
    tsx_span span = {p->file, start, end};
    str_buf out;
    str_buf_init(&out);
    cook_jsx_text(text_of(p, span), &out);
    if (out.length > 0) {
        tsx_jsx_text_node *text = NEW(p, jsx_text, JSX_TEXT, span);
        text->value = (str){arena_copy_text(&p->session->memory, out.bytes, out.length), out.length};
        list_add(children, &text->base);
    }
    str_buf_release(&out);
}

/* ---- {x} */

/* What stands in the braces, or NULL: nothing but comments. */
static tsx_node *lower_container(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    for (uint32_t i = 0; i < all.count; i++) {
        const kid *next = &all.items[i];
        if (next->type == N_spread_element) return lower_spread(p, next->node);
        if (next->type != N_TOKEN) return lower_expression(p, next->node);
    }
    return NULL;
}

/* ---- attributes */

/* A string value: entities, no escapes, line ends allowed. */
static tsx_node *lower_attribute_string(parser *p, const kid *self) {
    tsx_string_node *string = NEW(p, string, STRING, kid_span(p, self));
    str_buf out;
    str_buf_init(&out);
    add_decoded(&out, text_of(p, (tsx_span){p->file, self->start + 1, self->end - 1}));
    string->value = (str){arena_copy_text(&p->session->memory, str_buf_text(&out), out.length), out.length};
    str_buf_release(&out);
    return &string->base;
}

static tsx_node *lower_attribute(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_jsx_attribute_node *attribute = NEW(p, jsx_attribute, JSX_ATTRIBUTE, span_of(p, node));
    attribute->name = name_of(p, &all.items[0]);
    attribute->name_span = kid_span(p, &all.items[0]);
    if (all.count == 1) return &attribute->base;
    const kid *value = &all.items[all.count - 1];
    if (value->type == N_string) {
        attribute->value = lower_attribute_string(p, value);
    } else if (value->type == N_jsx_expression) {
        attribute->value = lower_container(p, value->node);
        if (attribute->value == NULL) tsx_report(p->session, TSX_C0016, kid_span(p, value));
        if (attribute->value != NULL && attribute->value->kind == TSX_NODE_SPREAD)
            return unexpected_node(p, value);
    } else {
        attribute->value = lower_expression(p, value->node);
    }
    return &attribute->base;
}

static tsx_node *lower_spread_attribute(parser *p, const kid *self) {
    tsx_node *spread = lower_container(p, self->node);
    if (spread != NULL && spread->kind == TSX_NODE_SPREAD) return spread;
    return unexpected_node(p, self);
}

static tsx_list lower_attributes(parser *p, const kids *all) {
    tsx_list list = list_new(p, all->count);
    for (uint32_t i = 0; i < all->count; i++) {
        const kid *next = &all->items[i];
        if (next->type == N_jsx_attribute)
            list_add(&list, lower_attribute(p, next->node));
        else if (next->type == N_jsx_expression)
            list_add(&list, lower_spread_attribute(p, next));
    }
    return list;
}

/* ---- tags */

/* <div>, <a-b> and <a:b> are intrinsic, as TypeScript has it; <Component> and <a.b> are expressions. */
static bool is_intrinsic(str name) {
    if (memchr(name.bytes, '-', name.length) != NULL || memchr(name.bytes, ':', name.length) != NULL)
        return true;
    return name.bytes[0] >= 'a' && name.bytes[0] <= 'z';
}

static tsx_node *lower_tag_member(parser *p, const kid *self) {
    if (self->type != N_member_expression && self->type != N_nested_identifier)
        return lower_identifier(p, self->node);
    if (!enter_level(p, kid_span(p, self))) return error_node(p, kid_span(p, self));
    kids all = kids_of(p, self->node);
    const kid *name = &all.items[all.count - 1];
    tsx_member_node *member = NEW(p, member, MEMBER, kid_span(p, self));
    member->object = lower_tag_member(p, &all.items[0]);
    member->name = name_of(p, name);
    member->name_span = kid_span(p, name);
    leave_level(p);
    return &member->base;
}

static tsx_node *lower_tag(parser *p, const kid *name) {
    if (name->type == N_member_expression || !is_intrinsic(text_of(p, kid_span(p, name))))
        return lower_tag_member(p, name);
    tsx_jsx_intrinsic_node *intrinsic = NEW(p, jsx_intrinsic, JSX_INTRINSIC, kid_span(p, name));
    intrinsic->name = name_of(p, name);
    return &intrinsic->base;
}

/* The name of a tag, "" of a fragment. Spaces around dots and colons do not count. */
static str tag_text(parser *p, const kids *tag) {
    const kid *name = kid_of_field(tag, FIELD_name);
    if (name == NULL) return STR("");
    str text = text_of(p, kid_span(p, name));
    char *copy = arena_copy_text(&p->scratch, text.bytes, text.length);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!is_space(copy[i]) && !is_line_end(copy[i])) copy[length++] = copy[i];
    }
    copy[length] = '\0';
    return (str){copy, length};
}

static void check_closing(parser *p, const kid *open, const kids *open_parts, const kid *close) {
    kids close_parts = kids_of(p, close->node);
    str opened = tag_text(p, open_parts), closed = tag_text(p, &close_parts);
    if (str_equal(opened, closed)) return;
    tsx_diag *diag = tsx_report(p->session, TSX_C0010, kid_span(p, close), opened.bytes, closed.bytes);
    tsx_diag_label(p->session, diag, kid_span(p, open), "opened here");
}

/* ---- elements */

static tsx_list lower_children(parser *p, const kids *all) {
    tsx_list children = list_new(p, 2 * all->count);
    uint32_t text_start = all->items[0].end;
    for (uint32_t i = 1; i < all->count; i++) {
        const kid *next = &all->items[i];
        if (next->type == N_jsx_text || next->type == N_html_character_reference) continue;
        if (next->start > text_start) add_text_child(p, &children, text_start, next->start);
        text_start = next->end;
        if (i + 1 == all->count) break; /* the closing tag */
        tsx_node *child =
            next->type == N_jsx_expression ? lower_container(p, next->node) : lower_expression(p, next->node);
        if (child != NULL) list_add(&children, child);
    }
    return children;
}

tsx_node *lower_jsx_element(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    const kid *open = &all.items[0];
    kids tag = kids_of(p, open->node);
    const kid *name = kid_of_field(&tag, FIELD_name);
    check_closing(p, open, &tag, &all.items[all.count - 1]);
    if (name == NULL) {
        tsx_jsx_fragment_node *fragment = NEW(p, jsx_fragment, JSX_FRAGMENT, span_of(p, node));
        tsx_list attributes = lower_attributes(p, &tag);
        if (attributes.count > 0)
            tsx_report(p->session, TSX_C0001, attributes.items[0]->span, "attribute of a fragment");
        fragment->children = lower_children(p, &all);
        return &fragment->base;
    }
    tsx_jsx_element_node *element = NEW(p, jsx_element, JSX_ELEMENT, span_of(p, node));
    element->tag = lower_tag(p, name);
    element->type_arguments = lower_type_arguments(p, kid_of_field(&tag, FIELD_type_arguments));
    element->attributes = lower_attributes(p, &tag);
    element->children = lower_children(p, &all);
    return &element->base;
}

tsx_node *lower_jsx_self_closing(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    const kid *name = kid_of_field(&all, FIELD_name);
    kid self = kid_from(p, node);
    if (name == NULL) return unexpected_node(p, &self);
    tsx_jsx_element_node *element = NEW(p, jsx_element, JSX_ELEMENT, span_of(p, node));
    element->tag = lower_tag(p, name);
    element->type_arguments = lower_type_arguments(p, kid_of_field(&all, FIELD_type_arguments));
    element->attributes = lower_attributes(p, &all);
    return &element->base;
}
