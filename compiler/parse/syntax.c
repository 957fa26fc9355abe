#include "parse/syntax.h"

#include "base/vec.h"
#include "parse/repair.h"

/* ---- encoding */

/* The length of the UTF-8 character at `at`, or 0: invalid (too long, a surrogate, past the end of Unicode).
 */
static size_t character_length(str text, size_t at) {
    unsigned char lead = (unsigned char)text.bytes[at];
    if (lead < 0x80) return 1;
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.length) return 0;
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)text.bytes[at + i] & 0xC0) != 0x80) return 0;
    }
    unsigned char second = (unsigned char)text.bytes[at + 1];
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
    if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
    return length;
}

bool check_encoding(tsx_session *session, uint32_t file) {
    str text = tsx_files_get(&session->files, file)->text;
    for (size_t at = 0; at < text.length;) {
        size_t length = character_length(text, at);
        tsx_span span = {file, (uint32_t)at, (uint32_t)at + 1};
        if (length == 0) {
            tsx_report(session, TSX_C0005, span);
            return false;
        }
        if (text.bytes[at] == '\0') {
            tsx_report(session, TSX_C0006, span, "U+0000");
            return false;
        }
        at += length;
    }
    return true;
}

/* ---- leaves */

typedef struct leaf {
    uint32_t start, end;
    const char *type;
    bool named;
} leaf;

/* A tag that was opened: <name>. Tags inside an ERROR node have no element around them. */
typedef struct tag {
    tsx_span span;
    str name;
} tag;

typedef struct leaves {
    VEC(leaf) all;
    VEC(tag) open_tags;
    tsx_span first_tag; /* tsx_no_span: none */
    bool tag_reported;
} leaves;

/* A .ts file holds no JSX: what looks like a tag is a cast, which the TSX grammar cannot read. */
static bool is_plain_ts(const parser *p) {
    return str_ends_with(tsx_files_get(&p->session->files, p->file)->path, STR(".ts"));
}

static str tag_name(parser *p, TSNode node) {
    tsx_span span = span_of(p, node);
    str text = text_of(p, span);
    size_t from = str_starts_with(text, STR("</")) ? 2 : 1, to = text.length;
    for (size_t i = from; i < to; i++) {
        if (memchr(" \t\r\n></", text.bytes[i], 7) != NULL) to = i;
    }
    return (str){arena_copy_text(&p->scratch, text.bytes + from, to - from), to - from};
}

static void report_unclosed_tag(parser *p, const tag *open) {
    tsx_report(p->session, TSX_C0008, open->span, open->name.bytes);
}

static void see_closing_tag(parser *p, leaves *self, TSNode node) {
    str name = tag_name(p, node);
    if (self->tag_reported) return;
    if (self->open_tags.length == 0) return;
    tag open = VEC_POP(&self->open_tags);
    if (str_equal(open.name, name)) return;
    tsx_diag *diag = tsx_report(p->session, TSX_C0010, span_of(p, node), open.name.bytes, name.bytes);
    tsx_diag_label(p->session, diag, open.span, "opened here");
    self->tag_reported = true;
}

/* All leaves in order, and on the way the tags. */
static void collect_leaves(parser *p, TSNode root, leaves *self) {
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    for (bool more = true; more;) {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        node_type type = type_of(p, node);
        bool opens_tag = type == N_jsx_opening_element && ts_node_end_byte(node) > ts_node_start_byte(node);
        if (opens_tag && self->first_tag.file == 0) self->first_tag = span_of(p, node);
        if (opens_tag)
            VEC_PUSH(&self->open_tags, ((tag){span_of(p, node), tag_name(p, node)}));
        else if (type == N_jsx_closing_element)
            see_closing_tag(p, self, node);
        if (ts_tree_cursor_goto_first_child(&cursor)) continue;
        if (type != N_comment && !ts_node_is_missing(node))
            VEC_PUSH(&self->all, ((leaf){ts_node_start_byte(node), ts_node_end_byte(node), ts_node_type(node),
                                         ts_node_is_named(node)}));
        while (!(more = ts_tree_cursor_goto_next_sibling(&cursor)) && ts_tree_cursor_goto_parent(&cursor)) {
        }
    }
    ts_tree_cursor_delete(&cursor);
}

static bool report_casts(parser *p, const leaves *self) {
    if (self->first_tag.file == 0 || !is_plain_ts(p)) return false;
    tsx_report(p->session, TSX_C1008, self->first_tag);
    return true;
}

static bool report_tags(parser *p, const leaves *self) {
    if (!self->tag_reported && self->open_tags.length > 0)
        report_unclosed_tag(p, &VEC_LAST(&self->open_tags));
    return self->tag_reported || self->open_tags.length > 0;
}

/* ---- strings that do not end */

static bool is_type(const leaf *self, const char *type) { return strcmp(self->type, type) == 0; }

static bool is_quote(const leaf *self) { return !self->named && (is_type(self, "\"") || is_type(self, "'")); }

static bool is_string_part(const leaf *self) {
    return self->named && (is_type(self, "string_fragment") || is_type(self, "escape_sequence") ||
                           is_type(self, "html_character_reference"));
}

/* The string that starts at a quote could not be read: either its line ends first, or it holds an escape that
 * the grammar does not know. */
static void report_string(parser *p, uint32_t start) {
    uint32_t at = start + 1;
    char quote = p->text.bytes[start];
    while (at < p->text.length && p->text.bytes[at] != quote && p->text.bytes[at] != '\n' &&
           p->text.bytes[at] != '\r')
        at += p->text.bytes[at] == '\\' && at + 1 < p->text.length ? 2 : 1;
    if (at > p->text.length) at = (uint32_t)p->text.length;
    bool is_closed = at < p->text.length && p->text.bytes[at] == quote;
    tsx_report(p->session, is_closed ? TSX_C0026 : TSX_C0014,
               (tsx_span){p->file, start, at + (is_closed ? 1 : 0)});
}

static bool report_strings(parser *p, const leaves *self) {
    for (size_t i = 0; i < self->all.length; i++) {
        const leaf *quote = &self->all.items[i];
        if (!is_quote(quote)) continue;
        size_t end = i + 1;
        while (end < self->all.length && is_string_part(&self->all.items[end])) end++;
        if (end < self->all.length && is_quote(&self->all.items[end]) &&
            is_type(&self->all.items[end], quote->type)) {
            i = end;
            continue;
        }
        report_string(p, quote->start);
        return true;
    }
    return false;
}

/* ---- brackets */

static const char *closer_of(const leaf *self) {
    static const char *const pairs[][2] = {{"{", "}"}, {"(", ")"}, {"[", "]"}, {"${", "}"}, {"{|", "|}"}};
    if (self->named) return NULL;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (strcmp(self->type, pairs[i][0]) == 0) return pairs[i][1];
    }
    return NULL;
}

static bool is_closer(const leaf *self) {
    return !self->named &&
           (strcmp(self->type, "}") == 0 || strcmp(self->type, ")") == 0 || strcmp(self->type, "]") == 0);
}

static tsx_span leaf_span(const parser *p, const leaf *self) {
    return (tsx_span){p->file, self->start, self->end};
}

static bool report_brackets(parser *p, const leaves *self) {
    VEC(const leaf *) open = {0};
    bool reported = false;
    for (size_t i = 0; i < self->all.length && !reported; i++) {
        const leaf *next = &self->all.items[i];
        if (closer_of(next) != NULL) {
            VEC_PUSH(&open, next);
        } else if (is_closer(next) && open.length == 0) {
            tsx_report(p->session, TSX_C0004, leaf_span(p, next), next->type);
            reported = true;
        } else if (is_closer(next)) {
            const leaf *opener = VEC_POP(&open);
            if (strcmp(closer_of(opener), next->type) == 0) continue;
            const char *wanted = arena_format(&p->scratch, "'%s'", closer_of(opener));
            tsx_diag *diag = tsx_report(p->session, TSX_C0002, leaf_span(p, next), wanted);
            tsx_diag_label(p->session, diag, leaf_span(p, opener), "to close this '%s'", opener->type);
            reported = true;
        }
    }
    if (!reported && open.length > 0) {
        const leaf *opener = VEC_LAST(&open);
        tsx_report(p->session, TSX_C0003, leaf_span(p, opener), opener->type);
        reported = true;
    }
    VEC_RELEASE(&open);
    return reported;
}

/* ---- anything else */

static const leaf *leaf_at(const leaves *self, uint32_t offset) {
    for (size_t i = 0; i < self->all.length; i++) {
        if (self->all.items[i].end > offset) return &self->all.items[i];
    }
    return NULL;
}

static bool is_operator(const leaf *self) {
    static const char *const operators[] = {"+",  "-",  "*",  "/",  "%",  "**", "=", "==", "===", "!=", "!==",
                                            "<=", ">=", "&&", "||", "??", "|",  "^", "=>", ",",   ".",  "?."};
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (!self->named && strcmp(self->type, operators[i]) == 0) return true;
    }
    return false;
}

static void report_unexpected(parser *p, tsx_span span) {
    str text = text_of(p, span);
    if (text.length == 0) {
        tsx_report(p->session, TSX_C0001, span, "end of file");
        return;
    }
    if (str_is(text, "<") && is_plain_ts(p)) {
        tsx_report(p->session, TSX_C1008, span);
        return;
    }
    size_t length = 0;
    while (length < text.length && length < 24 && text.bytes[length] != '\n' && text.bytes[length] != '\r')
        length++;
    while (length > 0 && length < text.length && ((unsigned char)text.bytes[length] & 0xC0) == 0x80) length--;
    tsx_report(p->session, TSX_C0001, span, arena_format(&p->scratch, "'%.*s'", (int)length, text.bytes));
}

static void report_error_node(parser *p, const leaves *self, TSNode error) {
    tsx_span span = span_of(p, error);
    if (ts_node_is_missing(error)) {
        const char *type = ts_node_type(error);
        bool is_name = ts_node_is_named(error);
        tsx_report(p->session, TSX_C0002, span,
                   arena_format(&p->scratch, is_name ? "%s" : "'%s'", is_name ? "name or expression" : type));
        return;
    }
    const leaf *first = leaf_at(self, span.start);
    if (first == NULL || first->start >= span.end) { /* bytes that are no token at all */
        report_unexpected(p, span);
        return;
    }
    const leaf *next = leaf_at(self, first->end);
    if (is_operator(first) && first->end == span.end) { /* `1 +;`: what is missing comes after the operator */
        tsx_span place = next != NULL ? leaf_span(p, next) : (tsx_span){p->file, span.end, span.end};
        tsx_report(p->session, TSX_C0002, place, "expression");
        return;
    }
    report_unexpected(p, leaf_span(p, first));
}

/* The first error inside an ERROR node, or the node itself. */
static TSNode innermost_error(TSNode error) {
    for (;;) {
        bool deeper = false;
        uint32_t count = ts_node_is_missing(error) ? 0 : ts_node_child_count(error);
        for (uint32_t i = 0; i < count && !deeper; i++) {
            TSNode child = ts_node_child(error, i), inner;
            if (!first_error(child, &inner)) continue;
            error = inner;
            deeper = true;
        }
        if (!deeper) return error;
    }
}

static void report_statements(parser *p, const leaves *self, TSNode root) {
    uint32_t count = ts_node_child_count(root);
    for (uint32_t i = 0; i < count; i++) {
        TSNode child = ts_node_child(root, i), error;
        if (!first_error(child, &error)) continue;
        report_error_node(p, self, innermost_error(error));
        if (is_error(child)) break; /* what follows was read in a confused state */
    }
}

void report_syntax_errors(parser *p, TSNode root) {
    leaves all = {.first_tag = tsx_no_span};
    uint32_t errors = p->session->diagnostics.error_count;
    collect_leaves(p, root, &all);
    bool reported =
        report_casts(p, &all) || report_strings(p, &all) || report_tags(p, &all) || report_brackets(p, &all);
    if (!reported) report_statements(p, &all, root);
    if (p->session->diagnostics.error_count == errors) report_unexpected(p, span_of(p, root));
    VEC_RELEASE(&all.all);
    VEC_RELEASE(&all.open_tags);
}
