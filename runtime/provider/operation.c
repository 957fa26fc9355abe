#include "provider/operation.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "value/context.h"
#include "value/unknown.h"

struct cr_operation {
    cr_context *cx;
    os_loop *loop;
    cr_resource resource;
    operation_kind kind;
    const char *provider; /* for messages */
    operation_observer observer;
    operation_answer answer;
    bool answered, abandoned;
    void (*cancel)(cr_operation *operation, void *data);
    void *cancel_data;
};

const char *operation_kind_name(operation_kind kind) {
    static const char *const names[] = {
#define X(name, text, member) text,
        OPERATION_KIND_LIST(X)
#undef X
    };
    return names[kind];
}

operation_kind operation_kind_of(const char *name) {
    for (operation_kind kind = OPERATION_READ; kind <= OPERATION_RECOVER; kind++)
        if (name != NULL && strcmp(operation_kind_name(kind), name) == 0) return kind;
    return OPERATION_READ;
}

static void (*method_of(const cr_provider_type *type, operation_kind kind))(void *, cr_operation *) {
    switch (kind) {
#define X(name, text, member)                                                                                \
    case OPERATION_##name: return type->member;
        OPERATION_KIND_LIST(X)
#undef X
    }
    BUG("no operation %d", (int)kind);
}

cr_operation *operation_start(cr_context *cx, os_loop *loop, const router_entry *provider,
                              operation_kind kind, const cr_resource *resource,
                              const operation_observer *observer) {
    cr_operation *self = HEAP_NEW(cx, cr_operation);
    self->cx = cx;
    self->loop = loop;
    self->resource = *resource;
    self->kind = kind;
    self->provider = provider->type->name;
    self->observer = *observer;
    method_of(provider->type, kind)(provider->provider, self);
    return self;
}

void operation_cancel(cr_operation *self) {
    if (self->answered || self->cancel == NULL) return;
    void (*cancel)(cr_operation *, void *) = self->cancel;
    self->cancel = NULL; /* asked once */
    cancel(self, self->cancel_data);
}

void operation_abandon(cr_operation *self) { self->abandoned = true; }

/* ---- the provider's side ------------------------------------------------------------------------------- */

const cr_resource *cr_operation_resource(const cr_operation *self) { return &self->resource; }
cr_context *cr_operation_context(const cr_operation *self) { return self->cx; }
struct os_loop *cr_operation_loop(const cr_operation *self) {
    return self->loop;
}

void cr_operation_log(cr_operation *self, const char *line, size_t length) {
    if (self->observer.line != NULL && !self->abandoned)
        self->observer.line(self->observer.data, line, length);
}

void cr_operation_on_cancel(cr_operation *self, void (*cancel)(cr_operation *, void *), void *data) {
    self->cancel = cancel;
    self->cancel_data = data;
}

static void deliver(void *data) {
    cr_operation *self = data;
    if (!self->abandoned) self->observer.answered(self->observer.data, &self->answer);
}

static void answer(cr_operation *self, operation_outcome outcome) {
    if (self->answered)
        BUG("provider '%s' answered '%s' of '%s' twice", self->provider, operation_kind_name(self->kind),
            self->resource.address);
    self->answered = true;
    self->answer.outcome = outcome;
    os_loop_defer(self->loop, deliver, self);
}

void cr_operation_done(cr_operation *self, cr_value outputs, cr_value private_data) {
    if (!cr_is_object(outputs) || value_has_unknown(self->cx, outputs)) {
        cr_operation_fail(self, CR_FAILURE_PERMANENT,
                          "provider '%s' gave outputs that are no object of known values", self->provider);
        return;
    }
    self->answer.outputs = outputs;
    self->answer.private_data = private_data;
    answer(self, OPERATION_DONE);
}

void cr_operation_gone(cr_operation *self) { answer(self, OPERATION_GONE); }

void cr_operation_fail(cr_operation *self, cr_failure failure, const char *format, ...) {
    str_buf text;
    va_list arguments;
    str_buf_init(&text);
    va_start(arguments, format);
    str_buf_add_va(&text, format, arguments);
    va_end(arguments);
    self->answer.failure = failure;
    self->answer.message = arena_copy_text(&self->cx->runtime->heap, str_buf_text(&text), text.length);
    str_buf_release(&text);
    answer(self, OPERATION_FAILED);
}

cr_value cr_diff_unknown(cr_context *cx, const cr_resource *resource, const char *output) {
    const cr_string *address = cr_as_string(cr_string_text(cx, resource->address));
    return unknown_output(cx, resource->node, address, cr_as_string(cr_string_text(cx, output)));
}
