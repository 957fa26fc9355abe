/* ast/dump.c: the tree as S-expressions. */
#include "ast/ast.h"

typedef struct dump {
    str_buf *out;
    bool indent;
    int depth;
} dump;

static const char *const flag_texts[] = {
#define FLAG(NAME, text) text,
#include "ast/flags.def"
#undef FLAG
};

static void dump_node(dump *self, tsx_node *node);

static void separate(dump *self) {
    if (!self->indent) {
        str_buf_add_char(self->out, ' ');
        return;
    }
    str_buf_add_char(self->out, '\n');
    for (int i = 0; i < self->depth; i++) str_buf_add_text(self->out, "  ");
}

static void dump_text(str_buf *out, str text) {
    str_buf_add_char(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte == '"' || byte == '\\')
            str_buf_add_format(out, "\\%c", byte);
        else if (byte == '\n')
            str_buf_add_text(out, "\\n");
        else if (byte == 0xED && i + 2 < text.length && (unsigned char)text.bytes[i + 1] >= 0xA0) {
            /* a surrogate that stands alone: not UTF-8 */
            str_buf_add_format(out, "\\u%04x",
                               0xD000 | (text.bytes[i + 1] & 0x3F) << 6 | (text.bytes[i + 2] & 0x3F));
            i += 2;
        } else if (byte < 0x20 || byte == 0x7F)
            str_buf_add_format(out, "\\x%02x", byte);
        else
            str_buf_add_char(out, (char)byte);
    }
    str_buf_add_char(out, '"');
}

static void dump_flags(str_buf *out, tsx_flags flags) {
    flags &= ~TSX_F_PARENTHESIZED;
    for (int bit = 0; bit < TSX_FLAG_COUNT; bit++) {
        if (flags >> bit & 1) str_buf_add_format(out, " +%s", flag_texts[bit]);
    }
}

/* A child says which slot it fills only where its place alone does not: optional ones and lists. */
static void dump_slot(dump *self, tsx_node *node, const tsx_slot *slot) {
    void *place = (char *)node + slot->offset;
    switch (slot->type) {
    case TSX_SLOT_CHILD:
        separate(self);
        dump_node(self, *(tsx_node **)place);
        return;
    case TSX_SLOT_OPTIONAL:
        if (*(tsx_node **)place == NULL) return;
        separate(self);
        str_buf_add_format(self->out, "%s: ", slot->name);
        dump_node(self, *(tsx_node **)place);
        return;
    case TSX_SLOT_LIST: {
        tsx_list *list = place;
        if (list->count == 0) return;
        separate(self);
        str_buf_add_format(self->out, "%s: [", slot->name);
        self->depth++;
        for (uint32_t i = 0; i < list->count; i++) {
            if (i > 0 || self->indent) separate(self);
            dump_node(self, list->items[i]);
        }
        self->depth--;
        str_buf_add_char(self->out, ']');
        return;
    }
    case TSX_SLOT_NAME: {
        const tsx_name *name = *(const tsx_name **)place;
        if (name != NULL) str_buf_add_format(self->out, " %.*s", NAME_ARGS(name));
        return;
    }
    case TSX_SLOT_TEXT:
        str_buf_add_char(self->out, ' ');
        dump_text(self->out, *(str *)place);
        return;
    case TSX_SLOT_NUMBER: str_buf_add_format(self->out, " %.17g", *(double *)place); return;
    case TSX_SLOT_OPERATOR: str_buf_add_format(self->out, " %s", tsx_op_text(*(tsx_op *)place)); return;
    case TSX_SLOT_PLACE:
    case TSX_SLOT_SYMBOL:
    case TSX_SLOT_SCOPE: return;
    }
}

static void dump_node(dump *self, tsx_node *node) {
    const tsx_kind_facts *facts = tsx_kind_get(node->kind);
    str_buf_add_format(self->out, "(%s", facts->name);
    dump_flags(self->out, node->flags);
    self->depth++;
    for (uint32_t i = 0; i < facts->slot_count; i++) dump_slot(self, node, &facts->slots[i]);
    self->depth--;
    str_buf_add_char(self->out, ')');
}

void tsx_ast_dump(tsx_node *node, bool indent, str_buf *out) {
    dump self = {out, indent, 0};
    dump_node(&self, node);
    str_buf_add_char(out, '\n');
}
