#include "parse/parse.h"

#include "parse/lower.h"
#include "parse/repair.h"
#include "parse/syntax.h"

const TSLanguage *tree_sitter_tsx(void);

static void parser_init(parser *self, tsx_session *session, uint32_t file) {
    *self = (parser){.session = session, .file = file};
    self->text = tsx_files_get(&session->files, file)->text;
    self->language = tree_sitter_tsx();
    arena_init(&self->scratch);
    self->symbol_count = ts_language_symbol_count(self->language);
    self->type_of_symbol = ARENA_ARRAY(&self->scratch, uint16_t, self->symbol_count);
    self->context.top_level = self->context.awaits = true;
    self->context.ambient = str_ends_with(tsx_files_get(&session->files, file)->path, STR(".d.ts"));
}

/* Reads the text with the grammar, repaired where the grammar is too strict. */
static TSTree *read_tree(parser *self, TSParser *reader) {
    size_t length = self->text.length;
    char *text = arena_copy_text(&self->scratch, self->text.bytes, length);
    self->parsed = (str){text, length};
    repair_export_type(text, length);
    if (!ts_parser_set_language(reader, self->language))
        BUG("tree-sitter does not take the grammar's version");
    TSTree *tree = ts_parser_parse_string(reader, NULL, text, (uint32_t)length);
    MUST(tree != NULL); /* no time limit or cancellation is set */
    tree = repair_signs(reader, tree, text, length);
    return repair_ampersands(reader, tree, text, length, arena_copy_text(&self->scratch, text, length));
}

/* Lowers the statements that have no syntax error. */
static void lower_module(parser *self, tsx_module_node *module, TSNode root) {
    kids all = kids_of(self, root);
    module->body = list_new(self, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        const kid *next = &all.items[i];
        if (next->type == N_TOKEN || next->type == N_hash_bang_line || ts_node_has_error(next->node))
            continue;
        list_add(&module->body, lower_statement(self, next->node));
    }
}

/* The grammar's runtime breaks on an error that spans 65,536 brackets which are never closed. A program that can be
 * compiled has TSX_NESTING_MAX of them open at most; the rest of the room is for brackets in texts and comments. */
enum { OPEN_BRACKETS_MAX = 20000 };

static bool check_brackets(tsx_session *session, uint32_t file, str text) {
    uint32_t open = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if ((c == ')' || c == ']' || c == '}') && open > 0) open--;
        if (c != '(' && c != '[' && c != '{') continue;
        if (++open <= OPEN_BRACKETS_MAX) continue;
        tsx_report(session, TSX_C0007, (tsx_span){file, (uint32_t)i, (uint32_t)i + 1}, TSX_NESTING_MAX);
        return false;
    }
    return true;
}

tsx_node *tsx_parse_module(tsx_session *session, uint32_t file) {
    parser self;
    parser_init(&self, session, file);
    tsx_module_node *module = NEW(&self, module, MODULE, ((tsx_span){file, 0, (uint32_t)self.text.length}));
    if (self.context.ambient) module->base.flags |= TSX_F_DECLARATION_FILE;
    if (check_encoding(session, file) && check_brackets(session, file, self.text)) {
        TSParser *reader = ts_parser_new();
        TSTree *tree = read_tree(&self, reader);
        TSNode root = ts_tree_root_node(tree);
        self.cursor = ts_tree_cursor_new(root);
        if (ts_node_has_error(root)) report_syntax_errors(&self, root);
        if (!is_error(root)) lower_module(&self, module, root);
        tsx_set_parents(&module->base);
        ts_tree_cursor_delete(&self.cursor);
        ts_tree_delete(tree);
        ts_parser_delete(reader);
    }
    arena_release(&self.scratch);
    return &module->base;
}
