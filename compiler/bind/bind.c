#include "bind/bind.h"

#include "bind/binder.h"

void tsx_program_bind(tsx_program *self) {
    if (self->has_syntax_errors) return;
    make_globals(self);
    binder b = {.program = self, .session = self->session};
    b.default_name = tsx_intern(&self->session->names, STR("default"));
    for (size_t i = 0; i < self->all.length; i++) resolve_module(&b, self->all.items[i]);
    link_exports(&b);
    check_uses(&b);
    find_captures(&b);
    check_dead_zones(&b);
    order_modules(&b);
    if (self->session->diagnostics.error_count == 0) verify_program(self);
    mem_free(b.current);
    VEC_RELEASE(&b.undo);
    VEC_RELEASE(&b.scope_starts);
    VEC_RELEASE(&b.uses);
}
