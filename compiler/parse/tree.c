/* parse/tree.c: reading the grammar's tree, and the tables from its node types to lowering functions. */
#include <stdlib.h>

#include "parse/lower.h"

typedef enum role {
    ROLE_STATEMENT,
    ROLE_EXPRESSION,
    ROLE_TYPE,
    ROLE_SPINE,
    ROLE_PART,
    ROLE_REFUSED,
    ROLE_ABSTRACT
} role;

typedef struct row {
    const char *name;
    role role;
    tsx_node *(*lower)(parser *p, TSNode node);
    tsx_code code;
} row;

static const row rows[] = {
#define STATEMENT(type, level, function)  {#type, ROLE_STATEMENT, function, TSX_C0001},
#define EXPRESSION(type, level, function) {#type, ROLE_EXPRESSION, function, TSX_C0001},
#define TYPE(type, level, function)       {#type, ROLE_TYPE, function, TSX_C0001},
#define SPINE(type, level)                {#type, ROLE_SPINE, lower_spine, TSX_C0001},
#define PART(type, level)                 {#type, ROLE_PART, NULL, TSX_C0001},
#define REFUSED(type, code)               {#type, ROLE_REFUSED, NULL, TSX_##code},
#define ABSTRACT(type)                    {#type, ROLE_ABSTRACT, NULL, TSX_C0001},
#include "subset.def"
};

static int compare_row(const void *name, const void *candidate) {
    return strcmp(name, ((const row *)candidate)->name);
}

node_type type_of(parser *p, TSNode node) {
    if (!ts_node_is_named(node)) return N_TOKEN;
    TSSymbol symbol = ts_node_symbol(node);
    if (symbol >= p->symbol_count) return N_UNKNOWN; /* ERROR */
    uint16_t *known = &p->type_of_symbol[symbol];
    if (*known == 0) {
        const row *found = bsearch(ts_node_type(node), rows, NODE_TYPE_COUNT, sizeof rows[0], compare_row);
        *known = (uint16_t)(1 + (found != NULL ? (int)(found - rows) : N_UNKNOWN));
    }
    return (node_type)(*known - 1);
}

static field field_of(parser *p, TSFieldId id) {
    static const char *const names[] = {"",
#define X(name) #name,
                                        FIELD_LIST(X)
#undef X
    };
    if (id == 0) return FIELD_NONE;
    uint8_t *known = &p->field_of_id[id & 0xFF];
    if (*known == 0) {
        const char *name = ts_language_field_name_for_id(p->language, id);
        int at = FIELD_NONE + 1;
        while (at < FIELD_OTHER && strcmp(names[at], name) != 0) at++;
        *known = (uint8_t)(1 + at);
    }
    return (field)(*known - 1);
}

bool is_spine(node_type type) { return type < NODE_TYPE_COUNT && rows[type].role == ROLE_SPINE; }

kid kid_from(parser *p, TSNode node) {
    return (kid){node,
                 type_of(p, node),
                 FIELD_NONE,
                 ts_node_type(node),
                 ts_node_start_byte(node),
                 ts_node_end_byte(node)};
}

kids kids_of(parser *p, TSNode node) {
    uint32_t count = ts_node_child_count(node);
    kids all = {arena_alloc(&p->scratch, count * sizeof(kid)), 0};
    ts_tree_cursor_reset(&p->cursor, node);
    if (!ts_tree_cursor_goto_first_child(&p->cursor)) return all;
    do {
        kid next = kid_from(p, ts_tree_cursor_current_node(&p->cursor));
        next.field = field_of(p, ts_tree_cursor_current_field_id(&p->cursor));
        if (next.type == N_html_comment) unexpected_node(p, &next);
        if (ts_node_is_extra(next.node)) continue;
        all.items[all.count++] = next;
    } while (ts_tree_cursor_goto_next_sibling(&p->cursor));
    return all;
}

kid *kid_of_field(const kids *all, field name) {
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->items[i].field == name) return &all->items[i];
    }
    return NULL;
}

kid *kid_of_type(const kids *all, node_type type) {
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->items[i].type == type) return &all->items[i];
    }
    return NULL;
}

kid *kid_of_token(const kids *all, const char *text) {
    for (uint32_t i = 0; i < all->count; i++) {
        if (is_token(&all->items[i], text)) return &all->items[i];
    }
    return NULL;
}

tsx_span span_of(const parser *p, TSNode node) {
    return (tsx_span){p->file, ts_node_start_byte(node), ts_node_end_byte(node)};
}

str text_of(const parser *p, tsx_span span) {
    return (str){p->text.bytes + span.start, span.end - span.start};
}

const tsx_name *name_of(parser *p, const kid *self) {
    tsx_span span = kid_span(p, self);
    str text = text_of(p, span);
    tsx_span bad;
    if (memchr(text.bytes, '\\', text.length) != NULL && !cook_text(p, span, false, &text, &bad))
        tsx_report(p->session, TSX_C0026, bad);
    return tsx_intern(&p->session->names, text);
}

bool has_line_end(const parser *p, uint32_t from, uint32_t to) {
    for (uint32_t at = from; at < to; at++) {
        if (p->text.bytes[at] == '\n' || p->text.bytes[at] == '\r') return true;
    }
    return false;
}

tsx_node *new_node(parser *p, tsx_kind kind, tsx_span span) { return tsx_node_new(p->session, kind, span); }

tsx_list list_new(parser *p, uint32_t capacity) {
    return (tsx_list){capacity == 0 ? NULL : arena_alloc(&p->session->memory, capacity * sizeof(tsx_node *)),
                      0};
}

void list_add(tsx_list *self, tsx_node *node) { self->items[self->count++] = node; }

tsx_node *error_node(parser *p, tsx_span span) { return new_node(p, TSX_NODE_ERROR, span); }

tsx_node *unexpected_node(parser *p, const kid *self) {
    tsx_span span = kid_span(p, self);
    if (self->type < NODE_TYPE_COUNT && rows[self->type].role == ROLE_REFUSED) {
        tsx_report(p->session, rows[self->type].code, span);
    } else {
        str text = text_of(p, span);
        if (text.length > 20) text.length = 20;
        const char *quoted = arena_format(&p->scratch, "'%.*s'", STR_ARGS(text));
        tsx_report(p->session, TSX_C0001, span, quoted);
    }
    return error_node(p, span);
}

bool enter_level(parser *p, tsx_span span) {
    if (p->depth < TSX_NESTING_MAX) {
        p->depth++;
        return true;
    }
    if (!p->too_deep) tsx_report(p->session, TSX_C0007, span, TSX_NESTING_MAX);
    p->too_deep = true;
    return false;
}

static tsx_node *lower_as(parser *p, TSNode node, role wanted, role also) {
    node_type type = type_of(p, node);
    const row *found = type < NODE_TYPE_COUNT ? &rows[type] : NULL;
    if (found == NULL || (found->role != wanted && found->role != also)) {
        kid self = kid_from(p, node);
        return unexpected_node(p, &self);
    }
    if (!enter_level(p, span_of(p, node))) return error_node(p, span_of(p, node));
    tsx_node *lowered = found->lower(p, node);
    leave_level(p);
    return lowered;
}

tsx_node *lower_statement(parser *p, TSNode node) {
    return lower_as(p, node, ROLE_STATEMENT, ROLE_STATEMENT);
}
tsx_node *lower_expression(parser *p, TSNode node) { return lower_as(p, node, ROLE_EXPRESSION, ROLE_SPINE); }

/* Types share a few node types with expressions: import("m").A is a member expression of a call. */
tsx_node *lower_type(parser *p, TSNode node) {
    node_type type = type_of(p, node);
    if (type == N_member_expression || type == N_call_expression || type == N_instantiation_expression)
        return lower_type_query(p, node);
    if (type == N_identifier) return lower_type_name(p, node);
    if (type == N_TOKEN && strcmp(ts_node_type(node), "const") == 0)
        return new_node(p, TSX_NODE_TYPE_CONST, span_of(p, node));
    return lower_as(p, node, ROLE_TYPE, ROLE_TYPE);
}
