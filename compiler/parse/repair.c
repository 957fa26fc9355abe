#include "parse/repair.h"

#include <string.h>

#include "base/mem.h"

/* A control character: no token of the language holds it, JSX text may. */
enum { MASK = '\x01' };

/* Each repair parses again what is around it; a text with more errors than this is not a program. */
enum { REPAIRS_MAX = 1000, REPAIRS_IN_PLACE_MAX = 64, BYTES_BEHIND_ERROR = 64 };

static size_t skip_spaces(const char *text, size_t length, size_t at) {
    while (at < length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) at++;
    return at;
}

void repair_export_type(char *text, size_t length) {
    for (char *found = text; (found = memmem(found, length - (size_t)(found - text), "export", 6)) != NULL;
         found += 6) {
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
        while (!(more = ts_tree_cursor_goto_next_sibling(&cursor)) && ts_tree_cursor_goto_parent(&cursor)) {
        }
        if (!more) break;
    }
    ts_tree_cursor_delete(&cursor);
    return found;
}

/* Masks the sign in `<` `(`… `-` digit as `~`; false: there is none. */
static bool mask_signs(char *text, size_t length) {
    bool any = false;
    for (char *found = text; (found = memchr(found, '<', length - (size_t)(found - text))) != NULL; found++) {
        size_t at = skip_spaces(text, length, (size_t)(found - text) + 1), sign = at;
        while (sign < length && text[sign] == '(') sign = skip_spaces(text, length, sign + 1);
        if (sign == at || sign >= length || (text[sign] != '-' && text[sign] != '+')) continue;
        size_t digit = skip_spaces(text, length, sign + 1);
        if (digit >= length || text[digit] < '.' || text[digit] > '9' || text[digit] == '/') continue;
        text[sign] = '~';
        any = true;
    }
    return any;
}

TSTree *repair_signs(TSParser *parser, TSTree *tree, char *text, size_t length) {
    if (!ts_node_has_error(ts_tree_root_node(tree))) return tree;
    char *masked = mem_alloc(length + 1);
    memcpy(masked, text, length);
    if (mask_signs(masked, length)) {
        TSTree *next = ts_parser_parse_string(parser, NULL, masked, (uint32_t)length);
        bool is_better = !ts_node_has_error(ts_tree_root_node(next));
        if (is_better) memcpy(text, masked, length);
        ts_tree_delete(is_better ? tree : next);
        tree = is_better ? next : tree;
    }
    mem_free(masked);
    return tree;
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

/* The first `&` from the start of the error to a little behind its end, where recovery often puts it. */
static bool find_ampersand(TSNode error, const char *text, size_t length, uint32_t *at) {
    size_t start = ts_node_start_byte(error), end = ts_node_end_byte(error) + BYTES_BEHIND_ERROR;
    const char *found = memchr(text + start, '&', (end < length ? end : length) - start);
    if (found == NULL) return false;
    *at = (uint32_t)(found - text);
    return true;
}

static TSTree *mask(TSParser *parser, TSTree *tree, char *text, size_t length, uint32_t at) {
    TSPoint start = point_of(text, at), end = {start.row, start.column + 1};
    TSInputEdit edit = {at, at + 1, at + 1, start, end, end};
    text[at] = MASK;
    ts_tree_edit(tree, &edit);
    TSTree *next = ts_parser_parse_string(parser, tree, text, (uint32_t)length);
    ts_tree_delete(tree);
    return next;
}

TSTree *repair_ampersands(TSParser *parser, TSTree *tree, char *text, size_t length, const char *original) {
    TSNode error;
    uint32_t at, last_start = UINT32_MAX;
    for (int repairs = 0, in_place = 0; first_error(ts_tree_root_node(tree), &error); repairs++) {
        in_place = ts_node_start_byte(error) == last_start ? in_place + 1 : 0;
        last_start = ts_node_start_byte(error);
        bool give_up = repairs == REPAIRS_MAX || in_place == REPAIRS_IN_PLACE_MAX;
        if (give_up || !find_ampersand(error, text, length, &at)) {
            if (repairs == 0) return tree;
            /* Something else is wrong: report it on the text as it was. */
            memcpy(text, original, length);
            ts_tree_delete(tree);
            return ts_parser_parse_string(parser, NULL, text, (uint32_t)length);
        }
        tree = mask(parser, tree, text, length, at);
    }
    return tree;
}
