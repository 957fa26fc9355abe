/* Types in messages, in tsc's notation. */
#include "types/type.h"

/* Longer ones are cut: a message is read, not parsed. */
enum { TEXT_LENGTH_MAX = 160, TEXT_DEPTH_MAX = 3 };

static void print(checker *self, const type *of, int depth, str_buf *out);

static void print_properties(checker *self, const type *of, int depth, str_buf *out) {
    if (depth == TEXT_DEPTH_MAX) {
        str_buf_add_text(out, "{ ... }");
        return;
    }
    if (of->property_count == 0) {
        str_buf_add_text(out, of->has_others ? "object" : "{}");
        return;
    }
    str_buf_add_text(out, "{ ");
    for (uint32_t i = 0; i < of->property_count; i++) {
        const property *item = &of->properties[i];
        str_buf_add_format(out, "%.*s%s: ", NAME_ARGS(item->name), item->is_optional ? "?" : "");
        print(self, property_type(self, item), depth + 1, out);
        str_buf_add_text(out, "; ");
    }
    str_buf_add_text(out, "}");
}

static void print_union(checker *self, const type *of, int depth, str_buf *out) {
    for (uint32_t i = 0; i < of->member_count; i++) {
        if (i > 0) str_buf_add_text(out, " | ");
        print(self, of->members[i], depth, out);
    }
}

/* A number as JavaScript writes it, near enough for a message: the fewest digits that read back the same. */
static void print_number(double number, str_buf *out) {
    for (int digits = 1; digits <= 17; digits++) {
        char text[32];
        snprintf(text, sizeof text, "%.*g", digits, number);
        double again = 0;
        if (sscanf(text, "%lf", &again) == 1 && again != number && digits < 17) continue;
        str_buf_add_text(out, text);
        return;
    }
}

static void print(checker *self, const type *of, int depth, str_buf *out) {
    if (of->name != NULL) {
        if (of->kind == TYPE_CLASS) str_buf_add_text(out, "typeof ");
        str_buf_add_str(out, of->name->text);
        return;
    }
    switch (of->kind) {
    case TYPE_OPEN: str_buf_add_text(out, "any"); break;
    case TYPE_STRING: str_buf_add_text(out, "string"); break;
    case TYPE_NUMBER: str_buf_add_text(out, "number"); break;
    case TYPE_BOOLEAN: str_buf_add_text(out, "boolean"); break;
    case TYPE_NULLISH: str_buf_add_text(out, "undefined"); break;
    case TYPE_STRING_LITERAL: str_buf_add_format(out, "\"%.*s\"", STR_ARGS(of->text)); break;
    case TYPE_NUMBER_LITERAL: print_number(of->number, out); break;
    case TYPE_BOOLEAN_LITERAL: str_buf_add_text(out, of->boolean ? "true" : "false"); break;
    case TYPE_OBJECT: print_properties(self, of, depth, out); break;
    case TYPE_FUNCTION: str_buf_add_text(out, "a function"); break;
    case TYPE_CLASS: str_buf_add_text(out, "a class"); break;
    case TYPE_UNION: print_union(self, of, depth, out); break;
    case TYPE_ARRAY:
        print(self, element_type(self, of), depth + 1, out);
        str_buf_add_text(out, "[]");
        break;
    }
}

const char *type_text(checker *self, const type *of) {
    str_buf text;
    str_buf_init(&text);
    print(self, of, 0, &text);
    const char *kept = arena_copy_text(&self->session->memory, str_buf_text(&text), text.length);
    if (text.length > TEXT_LENGTH_MAX) kept = arena_format(&self->session->memory, "%.*s...", TEXT_LENGTH_MAX, kept);
    str_buf_release(&text);
    return kept;
}
