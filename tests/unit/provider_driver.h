/* tests/unit/provider_driver.h: calls a provider as the engine does, and waits for the answer. */
#ifndef CREACT_TESTS_PROVIDER_DRIVER_H
#define CREACT_TESTS_PROVIDER_DRIVER_H

#include <stdio.h>
#include <string.h>

#include "creact/abi.h"
#include "json/json.h"
#include "provider/operation.h"
#include "value/context.h"

typedef struct driver {
    cr_context *cx;
    os_loop *loop;
    router_entry provider;
    cr_resource resource; /* of the next calls */
    bool answered;
    operation_answer answer;
    char lines[4096]; /* what the operation logged, each line with a '\n' */
} driver;

static inline void driver_open(driver *self, const cr_library *library, const char *construct) {
    memset(self, 0, sizeof *self);
    self->cx = context_new(NULL);
    self->loop = os_loop_new();
    self->provider.type = library->providers[0];
    cr_error err;
    assert_int_equal(self->provider.type->open(self->cx, CR_UNDEFINED, &self->provider.provider, &err), CR_OK);
    self->resource = (cr_resource){.stack = "test", .id = "0123456789abcdef", .address = "App/it", .construct = construct,
                                   .construct_class = CR_UNDEFINED, .props = CR_UNDEFINED, .prior_props = CR_UNDEFINED,
                                   .prior_outputs = CR_UNDEFINED, .private_data = CR_UNDEFINED, .token = "token-1", .attempt = 1};
}

static inline void driver_close(driver *self) {
    self->provider.type->close(self->provider.provider);
    os_loop_free(self->loop);
    context_free(self->cx);
}

static inline cr_value driver_json(driver *self, const char *text) {
    cr_value value = CR_UNDEFINED;
    cr_error err;
    assert_int_equal(json_read(self->cx, str_of(text), &value, &err), CR_OK);
    return value;
}

static inline void driver_line(void *data, const char *line, size_t length) {
    driver *self = data;
    size_t used = strlen(self->lines);
    snprintf(self->lines + used, sizeof self->lines - used, "%.*s\n", (int)length, line);
}

static inline void driver_answered(void *data, const operation_answer *answer) {
    driver *self = data;
    self->answered = true;
    self->answer = *answer;
}

static inline cr_operation *driver_start(driver *self, operation_kind kind, const char *interrupted) {
    operation_observer observer = {.data = self, .line = driver_line, .answered = driver_answered};
    self->answered = false;
    self->lines[0] = '\0';
    self->resource.operation = interrupted != NULL ? interrupted : operation_kind_name(kind);
    return operation_start(self->cx, self->loop, &self->provider, kind, &self->resource, &observer);
}

static inline operation_outcome driver_wait(driver *self) {
    while (!self->answered && os_loop_turn(self->loop)) {}
    assert_true(self->answered);
    return self->answer.outcome;
}

/* One call; `interrupted` is for OPERATION_RECOVER. */
static inline operation_outcome driver_call(driver *self, operation_kind kind, const char *interrupted) {
    driver_start(self, kind, interrupted);
    return driver_wait(self);
}

/* The answer becomes what is recorded: as after a deployment of `props`. */
static inline void driver_record(driver *self) {
    self->resource.prior_props = self->resource.props;
    self->resource.prior_outputs = self->answer.outputs;
    self->resource.private_data = self->answer.private_data;
}

static inline cr_status driver_validate(driver *self, const char *props, cr_error *err) {
    self->resource.props = driver_json(self, props);
    return self->provider.type->validate(self->provider.provider, &self->resource, err);
}

/* What a change from the recorded props to `props` would be; answers the first reason of a replace, "" for an update. */
static inline const char *driver_diff(driver *self, const char *props, cr_diff *diff) {
    cr_error err;
    *diff = (cr_diff){.planned_outputs = CR_UNDEFINED, .planned_private = CR_UNDEFINED};
    self->resource.props = driver_json(self, props);
    assert_int_equal(self->provider.type->diff(self->provider.provider, &self->resource, diff, &err), CR_OK);
    return diff->replace ? diff->replace_reasons[0] : "";
}

#endif
