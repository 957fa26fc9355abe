/* Closures: which variables inner functions use, and which functions must hand them on. */
#include "bind/binder.h"

static bool has(const tsx_function *function, const tsx_symbol *symbol) {
    for (size_t i = 0; i < function->captures.length; i++)
        if (function->captures.items[i] == symbol) return true;
    return false;
}

void find_captures(binder *self) {
    for (size_t i = 0; i < self->uses.length; i++) {
        const use *u = &self->uses.items[i];
        tsx_symbol *symbol = u->symbol;
        if (!use_is_value(u->kind) || symbol->kind == TSX_SYMBOL_GLOBAL || symbol->is_module_level) continue;
        if (u->function == symbol->function) continue;
        symbol->is_captured = true;
        symbol->scope->has_captured = true;
        for (tsx_function *f = u->function; f != symbol->function; f = f->parent)
            if (!has(f, symbol)) VEC_PUSH(&f->captures, symbol);
    }
}
