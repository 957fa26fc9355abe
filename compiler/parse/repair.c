#include "parse/repair.h"

#include <string.h>

/* A control character: no token of the language holds it, JSX text may. */
enum { MASK = '\x01' };

/* Each repair parses again what is around it; a text with more errors than this is not a program. */
enum { REPAIRS_MAX = 1000 };

static size_t skip_spaces(const char *text, size_t length, size_t at) {
    while (at < length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) at++;
    return at;
}

void repair_export_type(char *text, size_t length) {
    for (char *found = text; (found = memmem(found, length - (size_t)(found - text), "export", 6)) != NULL; found += 6) {
        size_t type = skip_spaces(text, length, (size_t)(found - text) + 6);
        if (type + 4 > length || memcmp(text + type, "type", 4) != 0) continue;
        size_t star = skip_spaces(text, length, type + 4);
        if (star < length && text[star] == '*') memset(text + type, ' ', 4);
    }
}

/* The symbol of ERROR nodes, of every grammar. */
static const TSSymbol error_symbol = (TSSymbol)-1;

bool is_error(TSNode node) { return ts_node_symbol(node) == error_symbol; }

bool first_error(TSNode root, TSNode *error) {
    if (!ts_node_has_error(root)) return false;
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    bool found = false;
    for (;;) {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        if (is_error(node) || ts_node_is_missing(node)) {
            *error = node;
            found = true;
            break;
        }
        if (ts_node_has_error(node) && ts_tree_cursor_goto_first_child(&cursor)) continue;
        bool more;
        while (!(more = ts_tree_cursor_goto_next_sibling(&cursor)) && ts_tree_cursor_goto_parent(&cursor)) {}
        if (!more) break;
    }
    ts_tree_cursor_delete(&cursor);
    return found;
}

/* Row and column of an offset, as the grammar's runtime counts them: in bytes. */
static TSPoint point_of(const char *text, uint32_t at) {
    TSPoint point = {0, 0};
    for (uint32_t i = 0; i < at; i++) {
        bool is_end = text[i] == '\n';
        point.row += is_end;
        point.column = is_end ? 0 : point.column + 1;
    }
    return point;
}

/* An `&` in the error that does not begin an entity. */
static bool find_ampersand(TSNode error, const char *text, uint32_t *at) {
    uint32_t start = ts_node_start_byte(error), end = ts_node_end_byte(error);
    const char *found = memchr(text + start, '&', end - start);
    if (found == NULL) return false;
    *at = (uint32_t)(found - text);
    return true;
}

TSTree *repair_ampersands(TSParser *parser, TSTree *tree, char *text, size_t length) {
    TSNode error;
    uint32_t at;
    for (int repairs = 0; repairs < REPAIRS_MAX; repairs++) {
        if (!first_error(ts_tree_root_node(tree), &error) || !find_ampersand(error, text, &at)) break;
        TSPoint start = point_of(text, at), end = {start.row, start.column + 1};
        TSInputEdit edit = {at, at + 1, at + 1, start, end, end};
        text[at] = MASK;
        ts_tree_edit(tree, &edit);
        TSTree *next = ts_parser_parse_string(parser, tree, text, (uint32_t)length);
        ts_tree_delete(tree);
        tree = next;
    }
    return tree;
}
