/* The temporal dead zone: which uses of let, const and class may come before the initialisation.
 *
 * A use is safe when it can be proven to run later. In the declaring function itself, that is a use further
 * down (except across the cases of a switch). A use in an inner function runs no earlier than that function
 * can be called: one that has a name (a declaration, the value of a const, a member of a class) not before the
 * first place that mentions the name - which may again be inside a named function, and so on -, any other not
 * before the place where it is made.
 * A use that is certain to come too early is an error, as in TypeScript; all others are checked at run time.  */
#include "bind/binder.h"

typedef struct zone_walk {
    binder *binder;
    const use *uses;
    size_t count;
    map uses_of; /* address of a symbol that may name a function -> use_list */
} zone_walk;

static const uint32_t NEVER = UINT32_MAX;

typedef VEC(const use *) use_list;

/* The function that contains `inner` and whose parent is `outer`. */
static const tsx_function *child_towards(const tsx_function *inner, const tsx_function *outer) {
    while (inner->parent != outer) inner = inner->parent;
    return inner;
}

static str symbol_key(const tsx_symbol *const *symbol) {
    return (str){(const char *)(const void *)symbol, sizeof *symbol};
}

/* The only name through which `function` can be called at first, or NULL. Static initialisers have none: they
 * run where the class is made. */
static const tsx_symbol *name_of(const tsx_function *function) {
    const tsx_node *node = function->node, *parent = node->parent;
    if (function->is_hoisted) return function->symbol;
    if (node->kind == TSX_NODE_FUNCTION && parent->kind == TSX_NODE_DECLARATOR) {
        const tsx_symbol *symbol = tsx_symbol_of(((const tsx_declarator_node *)parent)->pattern);
        return symbol != NULL && symbol->kind == TSX_SYMBOL_CONST ? symbol : NULL;
    }
    if (node->kind == TSX_NODE_FUNCTION && parent->kind == TSX_NODE_METHOD) node = parent->parent;
    if (node->kind != TSX_NODE_CLASS || node->parent->kind != TSX_NODE_CLASS_DECL) return NULL;
    const tsx_node *name = ((const tsx_class_node *)node)->name;
    return name != NULL ? tsx_symbol_of(name) : NULL;
}

typedef VEC(const tsx_symbol *) symbol_list;

static void add_symbol(symbol_list *list, const tsx_symbol *symbol) {
    for (size_t i = 0; i < list->length; i++)
        if (list->items[i] == symbol) return;
    VEC_PUSH(list, symbol);
}

/* Where the use of a name lets the function run, in the frame of `outer`: at once, or - when another named
 * function holds the use - where that one is named, which is added to `names`. */
static uint32_t place_of_use(const use *u, const tsx_function *outer, symbol_list *names) {
    if (u->function == outer) return u->node->span.start;
    const tsx_function *around = child_towards(u->function, outer);
    const tsx_symbol *name = name_of(around);
    if (name == NULL) return around->node->span.start;
    add_symbol(names, name);
    return NEVER;
}

/* The earliest offset, in the frame of `function`'s parent, at which `function` may be called. */
static uint32_t earliest_call(const zone_walk *self, const tsx_function *function) {
    const tsx_symbol *name = name_of(function);
    if (name == NULL) return function->node->span.start;
    symbol_list names = {0};
    VEC_PUSH(&names, name);
    uint32_t earliest = NEVER;
    for (size_t i = 0; i < names.length; i++) {
        const use_list *list = map_get(&self->uses_of, symbol_key(&names.items[i]));
        for (size_t k = 0; list != NULL && k < list->length; k++) {
            uint32_t at = place_of_use(list->items[k], function->parent, &names);
            if (at < earliest) earliest = at;
        }
    }
    VEC_RELEASE(&names);
    return earliest;
}

/* The class whose members hold the use. Members run only after the class has its name. */
static bool is_inside_members(const use *u, const tsx_symbol *symbol) {
    if (symbol->kind != TSX_SYMBOL_CLASS || u->function == symbol->function) return false;
    const tsx_node *around = child_towards(u->function, symbol->function)->node;
    const tsx_node *class_node = symbol->declaration;
    return around->span.start >= class_node->span.start && around->span.end <= class_node->span.end;
}

static void report_too_early(binder *self, const use *u) {
    const char *name = name_text(u->symbol->name);
    bool is_class = u->symbol->kind == TSX_SYMBOL_CLASS;
    tsx_diag *diag = tsx_report(self->session, is_class ? TSX_C0225 : TSX_C0224, u->node->span, name);
    tsx_diag_label(self->session, diag, u->symbol->span, "'%s' is declared here", name);
}

static void check_use(zone_walk *self, const use *u) {
    tsx_symbol *symbol = u->symbol;
    bool is_direct = u->function == symbol->function;
    uint32_t start = u->node->span.start;
    if (symbol->kind == TSX_SYMBOL_PARAMETER) {
        if (is_direct && start < symbol->span.start) {
            tsx_diag *diag = tsx_report(self->binder->session, TSX_C0230, u->node->span, name_text(symbol->name));
            tsx_diag_label(self->binder->session, diag, symbol->span, "'%s' is declared here", name_text(symbol->name));
        }
        return;
    }
    if (!tsx_symbol_kind_get(symbol->kind)->has_dead_zone || symbol->is_ambient) return;
    bool is_safe;
    if (is_direct) {
        is_safe = start >= symbol->initialized_at;
        bool is_default_export = u->node->parent->kind == TSX_NODE_EXPORT_DEFAULT;
        if (start < symbol->initialized_at && !is_default_export) report_too_early(self->binder, u);
    } else
        is_safe = is_inside_members(u, symbol) ||
                  earliest_call(self, child_towards(u->function, symbol->function)) >= symbol->initialized_at;
    if (is_safe && symbol->scope->kind != TSX_SCOPE_SWITCH) return;
    u->node->flags |= TSX_F_NEEDS_CHECK;
    symbol->needs_check = true;
}

static void index_functions(zone_walk *self) {
    for (size_t i = 0; i < self->count; i++) {
        const use *u = &self->uses[i];
        bool may_name = u->symbol->kind == TSX_SYMBOL_FUNCTION || u->symbol->kind == TSX_SYMBOL_CONST ||
                        u->symbol->kind == TSX_SYMBOL_CLASS;
        if (!use_is_value(u->kind) || !may_name) continue;
        const tsx_symbol *const *key = (const tsx_symbol *const *)&u->symbol;
        use_list **place = (use_list **)(void *)map_at(&self->uses_of, symbol_key(key));
        if (*place == NULL) *place = mem_zeroed(1, sizeof **place);
        VEC_PUSH(*place, u);
    }
}

void check_dead_zones(binder *self) {
    zone_walk walk = {.binder = self, .uses = self->uses.items, .count = self->uses.length};
    index_functions(&walk);
    for (size_t i = 0; i < walk.count; i++)
        if (use_is_value(walk.uses[i].kind)) check_use(&walk, &walk.uses[i]);
    for (size_t i = 0; i < walk.uses_of.count; i++) {
        use_list *list = walk.uses_of.entries[i].value;
        VEC_RELEASE(list);
        mem_free(list);
    }
    map_release(&walk.uses_of);
}
