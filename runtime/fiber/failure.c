/* What went wrong in a component, as an error that names the components around it. */
#include "fiber/fiber.h"
#include "value/error.h"
#include "value/unknown.h"

/* "    in DatabaseLayer (app.tsx:12:5)" for each component around `where`. */
static void add_component_stack(renderer *self, const fiber *where, str_buf *out) {
    for (const fiber *f = where; f != NULL; f = f->parent) {
        if (f->element == NULL || (f->kind != FIBER_COMPONENT && f->kind != FIBER_RESOURCE)) continue;
        str_buf_add_format(out, "\n    in %s", function_name(self->cx, f->element->type.bits));
        const char *site = cloud_site_text(self->cx, f->element->site);
        if (site[0] != '\0') str_buf_add_format(out, " (%s)", site);
    }
}

cr_value fail_inside(renderer *self, cr_status status, const char *format, ...) {
    va_list arguments;
    str_buf text;
    str_buf_init(&text);
    va_start(arguments, format);
    str_buf_add_va(&text, format, arguments);
    va_end(arguments);
    cr_fail(&self->failure, status, "%s", str_buf_text(&text));
    str_buf_release(&text);
    self->cx->runtime->pending = (cr_pending){.kind = PENDING_INTERRUPTED};
    return CR_EXCEPTION;
}

cr_status take_failure(renderer *self, const fiber *where, cr_error *err) {
    cr_pending pending = context_take_pending(self->cx);
    str_buf text;
    str_buf_init(&text);
    cr_status status = CR_E_THROWN;
    if (pending.kind == PENDING_INTERRUPTED && self->failure.status == CR_OK) {
        status = CR_E_INTERRUPTED;
        str_buf_add_text(&text, "interrupted");
    } else if (pending.kind == PENDING_INTERRUPTED) {
        status = self->failure.status;
        str_buf_add_text(&text, self->failure.message);
        self->failure.status = CR_OK;
        add_component_stack(self, where, &text);
    } else if (pending.kind == PENDING_SUSPENDED) {
        status = CR_E_DATA;
        str_buf_add_text(&text, "the program needs the value of ");
        unknown_describe(self->cx, pending.value, &text);
        str_buf_add_text(&text, ", which is known only after deployment, in a place that cannot wait for it");
        add_component_stack(self, where, &text);
    } else {
        str_buf_add_text(&text, error_describe(self->cx, pending.value, false));
        const cr_site *site = error_site(pending.value);
        if (site != NULL) str_buf_add_format(&text, " (%s)", cloud_site_text(self->cx, site));
        add_component_stack(self, where, &text);
    }
    cr_fail(err, status, "%s", str_buf_text(&text));
    str_buf_release(&text);
    return status;
}

cr_status fail_at(renderer *self, const fiber *where, const cr_site *site, cr_error *err, const char *format,
                  ...) {
    va_list arguments;
    str_buf text;
    str_buf_init(&text);
    va_start(arguments, format);
    str_buf_add_va(&text, format, arguments);
    va_end(arguments);
    if (site != NULL) str_buf_add_format(&text, " (%s)", cloud_site_text(self->cx, site));
    add_component_stack(self, where, &text);
    cr_fail(err, CR_E_DATA, "%s", str_buf_text(&text));
    str_buf_release(&text);
    return CR_E_DATA;
}
