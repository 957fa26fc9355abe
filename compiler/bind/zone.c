/* The temporal dead zone: which uses of let, const and class may come before the initialisation.
 *
 * A use is safe when it can be proven to run later. In the declaring function itself, that is a use further
 * down (except across the cases of a switch). A use in an inner function runs no earlier than that function
 * can be called: one that has a name (a declaration, the value of a const, a member of a class) not before the
 * first place that mentions the name - which may again be inside a named function, and so on -, any other not
 * before the place where it is made.
 * A use that is certain to come too early is an error, as in TypeScript; all others are checked at run time.  */
#include <stdlib.h>

#include "bind/binder.h"

static const uint32_t NEVER = UINT32_MAX;

/* A name through which functions can be called. The functions named `from` it mention other names: those can be
 * called as early as it can. */
typedef struct name_node {
    const tsx_symbol *symbol;
    uint32_t earliest; /* first the earliest place that mentions it directly; after spread_earliest, the answer */
    bool is_settled;
    VEC(struct name_node *) mentions;
} name_node;

typedef struct zone_walk {
    binder *binder;
    map names; /* address of a symbol -> name_node */
} zone_walk;

/* ---- names and who mentions them */

/* The function that contains `inner` and whose parent is `outer`. */
static const tsx_function *child_towards(const tsx_function *inner, const tsx_function *outer) {
    while (inner->parent != outer) inner = inner->parent;
    return inner;
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

static name_node *node_of(zone_walk *self, const tsx_symbol *symbol) {
    arena *memory = &self->binder->session->memory;
    str key = {(const char *)(const void *)&symbol, sizeof symbol};
    name_node *known = map_get(&self->names, key);
    if (known != NULL) return known;
    name_node *made = ARENA_NEW(memory, name_node);
    *made = (name_node){.symbol = symbol, .earliest = NEVER};
    map_put(&self->names, (str){(const char *)(const void *)&made->symbol, sizeof symbol}, made);
    return made;
}

static void add_use(zone_walk *self, const use *u) {
    name_node *node = node_of(self, u->symbol);
    uint32_t at = u->node->span.start;
    if (u->function != u->symbol->function) {
        const tsx_function *around = child_towards(u->function, u->symbol->function);
        const tsx_symbol *name = name_of(around);
        if (name == u->symbol) return;
        if (name != NULL) {
            name_node *from = node_of(self, name);
            VEC_PUSH(&from->mentions, node);
            return;
        }
        at = around->node->span.start;
    }
    if (at < node->earliest) node->earliest = at;
}

static int by_earliest(const void *a, const void *b) {
    uint32_t left = (*(name_node *const *)a)->earliest, right = (*(name_node *const *)b)->earliest;
    return left < right ? -1 : left > right;
}

/* From the earliest name on, everything that is reached from it and was not reached before is as early. */
static void spread_earliest(zone_walk *self) {
    size_t count = self->names.count;
    if (count == 0) return;
    name_node **sorted = mem_zeroed(count, sizeof *sorted);
    for (size_t i = 0; i < count; i++) sorted[i] = self->names.entries[i].value;
    qsort(sorted, count, sizeof *sorted, by_earliest);
    VEC(name_node *) open = {0};
    for (size_t i = 0; i < count; i++) {
        VEC_PUSH(&open, sorted[i]);
        uint32_t earliest = sorted[i]->earliest;
        while (open.length > 0) {
            name_node *node = VEC_POP(&open);
            if (node->is_settled) continue;
            node->is_settled = true;
            node->earliest = earliest;
            for (size_t k = 0; k < node->mentions.length; k++) VEC_PUSH(&open, node->mentions.items[k]);
        }
    }
    VEC_RELEASE(&open);
    mem_free(sorted);
}

static void learn_names(zone_walk *self) {
    for (size_t i = 0; i < self->binder->uses.length; i++) {
        const use *u = &self->binder->uses.items[i];
        bool may_name = u->symbol->kind == TSX_SYMBOL_FUNCTION || u->symbol->kind == TSX_SYMBOL_CONST ||
                        u->symbol->kind == TSX_SYMBOL_CLASS;
        if (use_is_value(u->kind) && may_name) add_use(self, u);
    }
    spread_earliest(self);
}

static void release_names(zone_walk *self) {
    for (size_t i = 0; i < self->names.count; i++) {
        name_node *node = self->names.entries[i].value;
        VEC_RELEASE(&node->mentions);
    }
    map_release(&self->names);
}

/* The earliest offset, in the frame of `function`'s parent, at which `function` may be called. */
static uint32_t earliest_call(zone_walk *self, const tsx_function *function) {
    const tsx_symbol *name = name_of(function);
    return name != NULL ? node_of(self, name)->earliest : function->node->span.start;
}

/* ---- uses */

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

static bool contains(const tsx_node *node, tsx_span inner) {
    return inner.start >= node->span.start && inner.end <= node->span.end;
}

/* `a = a`: does the use stand in the default value of its own name, in a pattern or a parameter? */
static bool is_in_own_default(const use *u, const tsx_symbol *symbol) {
    for (const tsx_node *node = u->node; node != symbol->declaration && node->parent != NULL; node = node->parent) {
        tsx_node *parent = node->parent;
        if (parent->kind == TSX_NODE_DEFAULT_PATTERN && contains(tsx_as_default_pattern(parent)->target, symbol->span))
            return node == tsx_as_default_pattern(parent)->initializer;
        if (parent->kind == TSX_NODE_PARAMETER && contains(tsx_as_parameter(parent)->pattern, symbol->span))
            return node == tsx_as_parameter(parent)->initializer;
    }
    return false;
}

/* `{ a, b = a }`: the names of a pattern have their values one after the other, before the declaration ends. */
static bool is_later_in_pattern(const use *u, const tsx_symbol *symbol) {
    if (symbol->declaration == NULL || symbol->declaration->kind != TSX_NODE_DECLARATOR) return false;
    const tsx_node *pattern = tsx_as_declarator(symbol->declaration)->pattern;
    return contains(pattern, u->node->span) && u->node->span.start >= symbol->span.end && !is_in_own_default(u, symbol);
}

/* Parameters have their values one after the other. */
static void check_parameter_use(binder *self, const use *u) {
    const tsx_symbol *symbol = u->symbol;
    bool is_early = u->node->span.start < symbol->span.start;
    if (u->function != symbol->function || (!is_early && !is_in_own_default(u, symbol))) return;
    tsx_diag *diag = tsx_report(self->session, is_early ? TSX_C0230 : TSX_C0231, u->node->span, name_text(symbol->name));
    tsx_diag_label(self->session, diag, symbol->span, "'%s' is declared here", name_text(symbol->name));
}

static void check_use(zone_walk *self, const use *u) {
    tsx_symbol *symbol = u->symbol;
    bool is_direct = u->function == symbol->function;
    uint32_t start = u->node->span.start;
    if (symbol->kind == TSX_SYMBOL_PARAMETER) {
        check_parameter_use(self->binder, u);
        return;
    }
    if (!tsx_symbol_kind_get(symbol->kind)->has_dead_zone || symbol->is_ambient) return;
    bool is_safe;
    if (is_direct) {
        is_safe = start >= symbol->initialized_at || is_later_in_pattern(u, symbol);
        bool is_default_export = u->node->parent->kind == TSX_NODE_EXPORT_DEFAULT;
        if (!is_safe && !is_default_export) report_too_early(self->binder, u);
    } else
        is_safe = is_inside_members(u, symbol) ||
                  earliest_call(self, child_towards(u->function, symbol->function)) >= symbol->initialized_at;
    if (is_safe && symbol->scope->kind != TSX_SCOPE_SWITCH) return;
    u->node->flags |= TSX_F_NEEDS_CHECK;
    symbol->needs_check = true;
}

void check_dead_zones(binder *self) {
    zone_walk walk = {.binder = self};
    learn_names(&walk);
    for (size_t i = 0; i < self->uses.length; i++)
        if (use_is_value(self->uses.items[i].kind)) check_use(&walk, &self->uses.items[i]);
    release_names(&walk);
}
