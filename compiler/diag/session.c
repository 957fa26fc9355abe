#include "diag/session.h"

void tsx_session_init(tsx_session *self) {
    *self = (tsx_session){0};
    arena_init(&self->memory);
    tsx_names_init(&self->names);
    tsx_files_init(&self->files);
}

void tsx_session_release(tsx_session *self) {
    tsx_diagnostics_release(&self->diagnostics);
    tsx_files_release(&self->files);
    tsx_names_release(&self->names);
    arena_release(&self->memory);
}
