/* The temporal dead zone: which uses of let, const and class may come before the initialisation.
 *
 * A use is safe when it can be proven to run later. In the declaring function itself, that is a use further
 * down (except across the cases of a switch). A use in an inner function runs no earlier than that function
 * can be called: an expression or method not before the place where it is made, a hoisted function not
 * before the first place that mentions it - which may again be inside a function, and so on.
 * A use that is certain to come too early is an error, as in TypeScript; all others are checked at run time.  */
#include "bind/binder.h"

typedef struct zone_walk {
    binder *binder;
    const use *uses;
    size_t count;
    map first_uses; /* of hoisted functions: address of the symbol -> its uses */
} zone_walk;

static const uint32_t NEVER = UINT32_MAX;

typedef VEC(const use *) use_list;

/* The function that contains `inner` and whose parent is `outer`. */
static const tsx_function *child_towards(const tsx_function *inner, const tsx_function *outer) {
    while (inner->parent != outer) inner = inner->parent;
    return inner;
}

enum { CHAIN_MAX = 16 }; /* of hoisted functions that mention each other; longer ones count as unknown */

static str symbol_key(const tsx_symbol *const *symbol) {
    return (str){(const char *)(const void *)symbol, sizeof *symbol};
}

/* The earliest offset, in the frame of `function`'s parent, at which `function` may be called. */
static uint32_t earliest_call(const zone_walk *self, const tsx_function *function, int depth) {
    const tsx_symbol *symbol = function->symbol;
    if (!function->is_hoisted || symbol == NULL) return function->node->span.start;
    if (depth == CHAIN_MAX) return 0;
    const use_list *list = map_get(&self->first_uses, symbol_key(&symbol));
    uint32_t earliest = NEVER;
    for (size_t i = 0; list != NULL && i < list->length; i++) {
        const use *u = list->items[i];
        uint32_t at = u->node->span.start;
        if (u->function != function->parent) {
            const tsx_function *around = child_towards(u->function, function->parent);
            if (around == function) continue;
            at = earliest_call(self, around, depth + 1);
        }
        if (at < earliest) earliest = at;
    }
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
                  earliest_call(self, child_towards(u->function, symbol->function), 0) >= symbol->initialized_at;
    if (is_safe && symbol->scope->kind != TSX_SCOPE_SWITCH) return;
    u->node->flags |= TSX_F_NEEDS_CHECK;
    symbol->needs_check = true;
}

static void index_functions(zone_walk *self) {
    for (size_t i = 0; i < self->count; i++) {
        const use *u = &self->uses[i];
        if (!use_is_value(u->kind) || u->symbol->kind != TSX_SYMBOL_FUNCTION) continue;
        const tsx_symbol *const *key = (const tsx_symbol *const *)&u->symbol;
        use_list **place = (use_list **)(void *)map_at(&self->first_uses, symbol_key(key));
        if (*place == NULL) *place = mem_zeroed(1, sizeof **place);
        VEC_PUSH(*place, u);
    }
}

void check_dead_zones(binder *self) {
    zone_walk walk = {.binder = self, .uses = self->uses.items, .count = self->uses.length};
    index_functions(&walk);
    for (size_t i = 0; i < walk.count; i++)
        if (use_is_value(walk.uses[i].kind)) check_use(&walk, &walk.uses[i]);
    for (size_t i = 0; i < walk.first_uses.count; i++) {
        use_list *list = walk.first_uses.entries[i].value;
        VEC_RELEASE(list);
        mem_free(list);
    }
    map_release(&walk.first_uses);
}
