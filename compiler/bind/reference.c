/* One use of a name: what it means where it stands, and whether it may be used so. */
#include "bind/binder.h"

static meaning lookup(const binder *self, const tsx_name *name) {
    meaning found = name->id < self->current_count ? self->current[name->id] : (meaning){NULL, NULL};
    if (found.value == NULL) found.value = map_get(&self->program->globals, name->text);
    return found;
}

typedef struct refused_global {
    const char *name;
    tsx_code code;
    const char *help;
} refused_global;

static const refused_global refused_globals[] = {
#define REFUSED_GLOBAL(name, code, help) {name, TSX_##code, help},
#define REFUSED_MEMBER(object, member, code, help)
#define REFUSED_MODULE(name, help)
#include "bind/refused.def"
#undef REFUSED_GLOBAL
#undef REFUSED_MEMBER
#undef REFUSED_MODULE
};

/* True when the name is one of these. In a type (`ReturnType<typeof setTimeout>`) it does no harm. */
static bool refuse_global(binder *self, const tsx_node *node, const tsx_name *name, use_kind kind) {
    for (size_t i = 0; i < sizeof refused_globals / sizeof refused_globals[0]; i++) {
        if (!str_is(name->text, refused_globals[i].name)) continue;
        if (kind == USE_TYPEOF) return true;
        tsx_diag *diag = tsx_report(self->session, refused_globals[i].code, node->span, name_text(name));
        tsx_diag_help(self->session, diag, "%s", refused_globals[i].help);
        return true;
    }
    return false;
}

typedef struct refused_member {
    const char *object, *member;
    tsx_code code;
    const char *help;
} refused_member;

static const refused_member refused_members[] = {
#define REFUSED_GLOBAL(name, code, help)
#define REFUSED_MEMBER(object, member, code, help) {object, member, TSX_##code, help},
#define REFUSED_MODULE(name, help)
#include "bind/refused.def"
#undef REFUSED_GLOBAL
#undef REFUSED_MEMBER
#undef REFUSED_MODULE
};

void check_member(binder *self, tsx_node *node) {
    const tsx_member_node *member = tsx_as_member(node);
    const tsx_symbol *object = tsx_symbol_of(member->object);
    if (object == NULL || object->kind != TSX_SYMBOL_GLOBAL) return;
    for (size_t i = 0; i < sizeof refused_members / sizeof refused_members[0]; i++) {
        const refused_member *row = &refused_members[i];
        if (!str_is(object->name->text, row->object) || !str_is(member->name->text, row->member)) continue;
        const char *whole = arena_format(&self->session->memory, "%s.%s", row->object, row->member);
        tsx_diag *diag = tsx_report(self->session, row->code, node->span, whole);
        tsx_diag_help(self->session, diag, "%s", row->help);
    }
}

/* What a binding is called in "cannot assign to 'x' because it is a …"; NULL when it may be assigned to. */
static const char *why_not_assignable(const tsx_symbol *symbol) {
    switch (symbol->kind) {
    case TSX_SYMBOL_FUNCTION: return "a function";
    case TSX_SYMBOL_CLASS: return "a class";
    case TSX_SYMBOL_ENUM: return "an enum";
    case TSX_SYMBOL_NAMESPACE:
    case TSX_SYMBOL_IMPORT: return "an import";
    case TSX_SYMBOL_GLOBAL: return "a global";
    case TSX_SYMBOL_SELF: return "the function's own name";
    default: return NULL;
    }
}

static tsx_code not_assignable_code(tsx_symbol_kind kind) {
    switch (kind) {
    case TSX_SYMBOL_CLASS: return TSX_C0208;
    case TSX_SYMBOL_FUNCTION:
    case TSX_SYMBOL_SELF: return TSX_C0207;
    case TSX_SYMBOL_IMPORT:
    case TSX_SYMBOL_NAMESPACE: return TSX_C0206;
    default: return TSX_C0209;
    }
}

static void check_write(binder *self, const tsx_node *node, const tsx_symbol *symbol) {
    if (symbol->kind == TSX_SYMBOL_CONST) {
        tsx_diag *diag = tsx_report(self->session, TSX_C0205, node->span, name_text(symbol->name));
        tsx_diag_label(self->session, diag, symbol->span, "'%s' is declared here", name_text(symbol->name));
        return;
    }
    const char *reason = why_not_assignable(symbol);
    if (reason == NULL) return;
    tsx_diag *diag = tsx_report(self->session, not_assignable_code(symbol->kind), node->span,
                                name_text(symbol->name), reason);
    if (symbol->span.file != 0)
        tsx_diag_label(self->session, diag, symbol->span, "'%s' is declared here", name_text(symbol->name));
}

static void note_use(binder *self, tsx_node *node, tsx_symbol *symbol, use_kind kind) {
    tsx_as_identifier(node)->symbol = symbol;
    if (use_is_value(kind)) symbol->is_used = true;
    if (kind == USE_WRITE || kind == USE_READ_WRITE) {
        symbol->is_assigned = true;
        check_write(self, node, symbol);
    }
    VEC_PUSH(&self->uses, ((use){node, symbol, self->function, kind}));
}

void reference(binder *self, tsx_node *node, use_kind kind) {
    const tsx_name *name = tsx_as_identifier(node)->name;
    meaning found = lookup(self, name);
    if (found.value != NULL)
        note_use(self, node, found.value, kind);
    else if (kind == USE_EXPORT && found.type != NULL)
        note_use(self, node, found.type, kind);
    else if (found.type != NULL && node->parent->kind == TSX_NODE_EXPORT_DEFAULT)
        note_use(self, node, found.type, USE_EXPORT);
    else if (found.type != NULL)
        tsx_report(self->session, TSX_C0216, node->span, name_text(name));
    else if (!refuse_global(self, node, name, kind))
        report_unknown_value(self, node);
}

void reference_type(binder *self, tsx_node *node, bool is_namespace) {
    const tsx_name *name = tsx_as_identifier(node)->name;
    meaning found = lookup(self, name);
    if (found.type != NULL)
        note_use(self, node, found.type, USE_TYPE);
    else if (is_global_type(name->text))
        return;
    else if (found.value != NULL && found.value->kind != TSX_SYMBOL_GLOBAL && !is_namespace)
        tsx_report(self->session, TSX_C0223, node->span, name_text(name), name_text(name));
    else
        report_unknown_type(self, node);
}
