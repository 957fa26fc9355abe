#include "parse/syntax.h"

#include "base/vec.h"
#include "parse/repair.h"

/* ---- encoding */

bool check_encoding(tsx_session *session, uint32_t file) {
    str text = tsx_files_get(&session->files, file)->text;
    for (size_t at = 0; at < text.length;) {
        size_t length = tsx_utf8_length(text, at);
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
    tsx_span first_tag;    /* tsx_no_span: none */
    tsx_span first_escape; /* of those that the grammar does not know, in strings and templates; likewise */
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
        uint32_t start = ts_node_start_byte(node);
        if (is_error(node) && p->text.bytes[start] == '\\' && self->first_escape.file == 0)
            self->first_escape = (tsx_span){p->file, start, start + 1};
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

/* ---- strings that do not end */

static bool is_type(const leaf *self, const char *type) { return strcmp(self->type, type) == 0; }

static bool is_quote(const leaf *self) { return !self->named && (is_type(self, "\"") || is_type(self, "'")); }

static bool is_string_part(const leaf *self) {
    return self->named && (is_type(self, "string_fragment") || is_type(self, "escape_sequence") ||
                           is_type(self, "html_character_reference"));
}

/* The end of the string that starts at a quote: its closing quote, or the end of its line. */
static uint32_t end_of_string(const parser *p, uint32_t start) {
    uint32_t at = start + 1, end = (uint32_t)p->text.length;
    const char *bytes = p->text.bytes;
    while (at < end && bytes[at] != bytes[start] && bytes[at] != '\n' && bytes[at] != '\r')
        at += bytes[at] == '\\' ? 2 : 1;
    return at < end ? at : end;
}

static bool report_escapes(parser *p, const leaves *self) {
    if (self->first_escape.file == 0) return false;
    tsx_report(p->session, TSX_C0026, self->first_escape);
    return true;
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
        uint32_t stop = end_of_string(p, quote->start);
        if (stop < p->text.length && p->text.bytes[stop] == p->text.bytes[quote->start]) continue;
        tsx_report(p->session, TSX_C0014, (tsx_span){p->file, quote->start, stop});
        return true;
    }
    return false;
}

/* ---- brackets */

static const char *closer_of(const leaf *self) {
    static const char *const pairs[][2] = {{"{", "}"},  {"(", ")"},   {"[", "]"},
                                           {"${", "}"}, {"{|", "|}"}, {"`", "`"}};
    if (self->named) return NULL;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (strcmp(self->type, pairs[i][0]) == 0) return pairs[i][1];
    }
    return NULL;
}

static bool is_closer(const leaf *self) {
    return !self->named && (strcmp(self->type, "}") == 0 || strcmp(self->type, ")") == 0 ||
                            strcmp(self->type, "]") == 0 || strcmp(self->type, "`") == 0);
}

static tsx_span leaf_span(const parser *p, const leaf *self) {
    return (tsx_span){p->file, self->start, self->end};
}

/* A backquote opens a template, unless it closes the one that is open. */
static bool opens(const leaf *self, const leaf *innermost) {
    if (closer_of(self) == NULL) return false;
    return !is_type(self, "`") || innermost == NULL || !is_type(innermost, "`");
}

/* The first bracket that has no partner: only `opener`, never closed; only `closer`, closes nothing; both,
 * the one is closed by the other. NULL, NULL: all is well. */
typedef struct mismatch {
    const leaf *opener, *closer;
} mismatch;

static mismatch find_mismatch(const leaves *self) {
    VEC(const leaf *) open = {0};
    mismatch found = {NULL, NULL};
    for (size_t i = 0; i < self->all.length && found.closer == NULL; i++) {
        const leaf *next = &self->all.items[i], *innermost = open.length > 0 ? VEC_LAST(&open) : NULL;
        if (opens(next, innermost)) {
            VEC_PUSH(&open, next);
        } else if (is_closer(next)) {
            bool matches = innermost != NULL && is_type(next, closer_of(innermost));
            if (!matches) found = (mismatch){innermost, next};
            if (matches) (void)VEC_POP(&open);
        }
    }
    if (found.closer == NULL && open.length > 0) found.opener = VEC_LAST(&open);
    VEC_RELEASE(&open);
    return found;
}

static void report_mismatch(parser *p, mismatch found) {
    if (found.opener == NULL) {
        tsx_report(p->session, TSX_C0004, leaf_span(p, found.closer), found.closer->type);
    } else if (found.closer == NULL) {
        tsx_report(p->session, TSX_C0003, leaf_span(p, found.opener), found.opener->type);
    } else {
        const char *wanted = arena_format(&p->scratch, "'%s'", closer_of(found.opener));
        tsx_diag *diag = tsx_report(p->session, TSX_C0002, leaf_span(p, found.closer), wanted);
        tsx_diag_label(p->session, diag, leaf_span(p, found.opener), "to close this '%s'",
                       found.opener->type);
    }
}

/* Of a tag and a bracket that are not closed, the one that was opened last is to blame: what it swallowed
 * would have closed the other. */
static bool report_unclosed(parser *p, const leaves *self) {
    if (self->tag_reported) return true;
    const tag *open_tag = self->open_tags.length > 0 ? &VEC_LAST(&self->open_tags) : NULL;
    mismatch found = find_mismatch(self);
    if (open_tag != NULL && (found.opener == NULL || found.opener->start < open_tag->span.start))
        report_unclosed_tag(p, open_tag);
    else if (found.opener != NULL || found.closer != NULL)
        report_mismatch(p, found);
    else
        return false;
    return true;
}

/* ---- attributes: <A size=3 /> */

static bool is_name(const leaf *self) {
    return self->named &&
           (is_type(self, "identifier") || is_type(self, "property_identifier") ||
            is_type(self, "type_identifier") || is_type(self, "shorthand_property_identifier"));
}

/* The item after the value of an attribute that starts at `at`; 0: no value can start there. */
static size_t skip_attribute_value(const leaves *self, size_t at) {
    const leaf *first = &self->all.items[at];
    if (!is_quote(first) && (first->named || !is_type(first, "{"))) return 0;
    int depth = is_quote(first) ? 0 : 1;
    for (at++; at < self->all.length; at++) {
        const leaf *next = &self->all.items[at];
        if (is_quote(first) && is_quote(next)) return at + 1;
        if (is_quote(first) || next->named) continue;
        depth += is_type(next, "{") || is_type(next, "${");
        depth -= is_type(next, "}");
        if (depth == 0) return at + 1;
    }
    return at;
}

/* A tag with an attribute whose value is neither a string nor in braces is no tag for the grammar: it is seen
 * as
 * `<`, names and `=`. */
static bool report_attributes(parser *p, const leaves *self) {
    for (size_t i = 0; i + 4 < self->all.length; i++) {
        if (self->all.items[i].named || !is_type(&self->all.items[i], "<") ||
            !is_name(&self->all.items[i + 1]))
            continue;
        size_t at = i + 2;
        while (at + 2 < self->all.length && is_name(&self->all.items[at])) {
            at++;
            if (self->all.items[at].named || !is_type(&self->all.items[at], "=")) continue;
            size_t after = skip_attribute_value(self, ++at);
            if (after == 0) {
                tsx_report(p->session, TSX_C0002, leaf_span(p, &self->all.items[at]), "string or '{...}'");
                return true;
            }
            at = after;
        }
    }
    return false;
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

/* Where in an ERROR node the trouble may be: behind the last part of it that could be read as a whole, else
 * at its start. */
static uint32_t trouble_in(TSNode error) {
    uint32_t count = ts_node_child_count(error), start = ts_node_start_byte(error);
    if (count < 4) return start;
    for (uint32_t i = count; i-- > 0;) {
        TSNode child = ts_node_child(error, i);
        if (ts_node_child_count(child) > 0) return i + 1 < count ? ts_node_end_byte(child) : start;
    }
    return start;
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
    const leaf *first = leaf_at(self, trouble_in(error));
    if (str_starts_with(text_of(p, span), STR("/*"))) {
        tsx_report(p->session, TSX_C0003, span, "/*");
        return;
    }
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
    leaves all = {.first_tag = tsx_no_span, .first_escape = tsx_no_span};
    uint32_t errors = p->session->diagnostics.error_count;
    collect_leaves(p, root, &all);
    bool reported = report_casts(p, &all) || report_escapes(p, &all) || report_strings(p, &all) ||
                    report_attributes(p, &all) || report_unclosed(p, &all);
    if (!reported) report_statements(p, &all, root);
    if (p->session->diagnostics.error_count == errors) report_unexpected(p, span_of(p, root));
    VEC_RELEASE(&all.all);
    VEC_RELEASE(&all.open_tags);
}
