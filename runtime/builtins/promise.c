/* Promise: the constructor and its methods over value/promise.h. */
#include "value/promise.h"

#include "builtins/table.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/function.h"
#include "value/property.h"

STRING_LITERAL(text_empty, "");

static cr_value construct_promise(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    if (!called_as_constructor(cx)) return throw_type_error(cx, "Promise constructor cannot be invoked without 'new'");
    cr_value executor = arg_at(argc, argv, 0);
    if (!cr_is_function(executor))
        return throw_type_error(cx, "Promise resolver %s is not a function",
                                cr_is_object(executor) ? object_in_message(cx, executor) : cr_to_utf8(cx, executor, NULL));
    cr_value promise = promise_new(cx), resolvers[2];
    promise_resolvers(cx, promise, resolvers);
    if (cr_call(cx, executor, CR_UNDEFINED, 2, resolvers, "executor") != CR_EXCEPTION) return promise;
    if (context_pending(cx) != PENDING_THROWN) return CR_EXCEPTION;
    cr_value reason = cr_catch(cx);
    return cr_call(cx, resolvers[1], CR_UNDEFINED, 1, &reason, "reject") != CR_EXCEPTION ? promise : CR_EXCEPTION;
}

NATIVE(promise_resolve) { return promise_of(cx, arg_at(argc, argv, 0)); }

NATIVE(promise_reject) {
    cr_value promise = promise_new(cx);
    promise_reject(cx, promise, arg_at(argc, argv, 0));
    return promise;
}

static bool check_this(cr_context *cx, cr_value this_value, const char *method) {
    if (cr_is_promise(this_value)) return true;
    throw_type_error(cx, "Method Promise.prototype.%s called on incompatible receiver %s", method, cr_to_utf8(cx, this_value, NULL));
    return false;
}

NATIVE(promise_then) {
    if (!check_this(cx, this_value, "then")) return CR_EXCEPTION;
    return promise_then(cx, this_value, arg_at(argc, argv, 0), arg_at(argc, argv, 1));
}

NATIVE(promise_catch) {
    if (!check_this(cx, this_value, "catch")) return CR_EXCEPTION;
    return promise_then(cx, this_value, CR_UNDEFINED, arg_at(argc, argv, 0));
}

/* ---- finally ------------------------------------------------------------------------------------------------------ */

/* cells: the value or reason to go on with. */
static cr_value return_captured(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return captured_at(self, 0);
}
static cr_value throw_captured(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return cr_throw(cx, captured_at(self, 0));
}

/* cells: the function given to finally. Runs it, waits for its result, goes on as before. */
static cr_value after_finally(cr_context *cx, const cr_function *self, cr_value outcome, cr_code code) {
    static const cr_function_info return_info = {.name = &text_empty, .code = return_captured, .flags = CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW};
    static const cr_function_info throw_info = {.name = &text_empty, .code = throw_captured, .flags = CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW};
    cr_value result = cr_call(cx, captured_at(self, 0), CR_UNDEFINED, 0, NULL, "finally");
    if (result == CR_EXCEPTION) return result;
    cr_value go_on = native_closure(cx, code == return_captured ? &return_info : &throw_info, 1, &outcome);
    return promise_then(cx, promise_of(cx, result), go_on, CR_UNDEFINED);
}
static cr_value finally_fulfilled(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return after_finally(cx, self, arg_at(argc, argv, 0), return_captured);
}
static cr_value finally_rejected(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return after_finally(cx, self, arg_at(argc, argv, 0), throw_captured);
}

NATIVE(promise_finally) {
    static const cr_function_info fulfilled_info = {.name = &text_empty, .code = finally_fulfilled, .arity = 1, .flags = CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW};
    static const cr_function_info rejected_info = {.name = &text_empty, .code = finally_rejected, .arity = 1, .flags = CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW};
    if (!check_this(cx, this_value, "finally")) return CR_EXCEPTION;
    cr_value settled = arg_at(argc, argv, 0);
    if (!cr_is_function(settled)) return promise_then(cx, this_value, settled, settled);
    return promise_then(cx, this_value, native_closure(cx, &fulfilled_info, 1, &settled), native_closure(cx, &rejected_info, 1, &settled));
}

/* ---- all, allSettled, any, race -------------------------------------------------------------------------------------- */

typedef enum combination { COMBINE_ALL, COMBINE_ALL_SETTLED, COMBINE_ANY, COMBINE_RACE } combination;

typedef struct combined {
    combination how;
    cr_value promise;
    cr_array *results;
    uint32_t missing; /* how many are not settled, and one for the loop that starts them */
} combined;

typedef struct combined_part {
    combined *whole;
    uint32_t position;
} combined_part;

static cr_value outcome_object(cr_context *cx, bool fulfilled, cr_value result) {
    cr_value object = cr_object_new(cx);
    cr_set_field(cx, object, "status", cr_string_text(cx, fulfilled ? "fulfilled" : "rejected"));
    cr_set_field(cx, object, fulfilled ? "value" : "reason", result);
    return object;
}

static void finish_when_complete(cr_context *cx, combined *self) {
    if (--self->missing != 0 || self->how == COMBINE_RACE) return;
    if (self->how != COMBINE_ANY) {
        promise_resolve(cx, self->promise, cr_from_pointer(self->results));
        return;
    }
    cr_value error = error_new(cx, PROTOTYPE_AGGREGATE_ERROR, "All promises were rejected");
    STRING_LITERAL(key_errors, "errors");
    object_define(cx, cr_as_object(error), &key_errors, cr_from_pointer(self->results), CR_SLOT_HIDDEN);
    promise_reject(cx, self->promise, error);
}

static void part_settled(cr_context *cx, void *data, bool fulfilled, cr_value result) {
    const combined_part *part = data;
    combined *self = part->whole;
    bool ends_all = self->how == COMBINE_RACE || (self->how == COMBINE_ALL && !fulfilled) || (self->how == COMBINE_ANY && fulfilled);
    if (ends_all) {
        if (fulfilled) {
            promise_resolve(cx, self->promise, result);
        } else if (!cr_as_promise(self->promise)->resolving) {
            promise_reject(cx, self->promise, result);
        }
        return;
    }
    self->results->items[part->position] = self->how == COMBINE_ALL_SETTLED ? outcome_object(cx, fulfilled, result) : result;
    finish_when_complete(cx, self);
}

static cr_value combine(cr_context *cx, combination how, uint32_t argc, const cr_value *argv) {
    combined *self = HEAP_NEW(cx, combined);
    *self = (combined){how, promise_new(cx), array_with_capacity(cx, 4), 1};
    cr_iterator iterator;
    bool more_left = cr_iterate(cx, &iterator, arg_at(argc, argv, 0));
    while (more_left) {
        cr_value item;
        int more = cr_next(cx, &iterator, &item);
        if (more == 0) {
            finish_when_complete(cx, self);
            return self->promise;
        }
        more_left = more > 0 && array_append(cx, self->results, CR_UNDEFINED);
        if (!more_left) break;
        combined_part *part = HEAP_NEW(cx, combined_part);
        *part = (combined_part){self, self->results->length - 1};
        self->missing++;
        promise_listen(cx, promise_of(cx, item), part_settled, part);
    }
    if (context_pending(cx) != PENDING_THROWN) return CR_EXCEPTION;
    promise_reject(cx, self->promise, cr_catch(cx));
    return self->promise;
}

NATIVE(promise_all) { return combine(cx, COMBINE_ALL, argc, argv); }
NATIVE(promise_all_settled) { return combine(cx, COMBINE_ALL_SETTLED, argc, argv); }
NATIVE(promise_any) { return combine(cx, COMBINE_ANY, argc, argv); }
NATIVE(promise_race) { return combine(cx, COMBINE_RACE, argc, argv); }

BUILTIN_STATICS(Promise, MEMBERS_Promise, BUILTIN_NO_ROWS)
BUILTIN_CONSTRUCTOR(Promise, construct_promise, 1, 0, &promise_prototype, &Promise_table)
BUILTIN_PROTOTYPE(promise_prototype, MEMBERS_Promise_prototype, cr_global_Promise)
