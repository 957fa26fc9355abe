#include "value/promise.h"

#include "base/bug.h"
#include "value/coroutine.h"
#include "value/error.h"
#include "value/function.h"
#include "value/string.h"
#include "value/unknown.h"

STRING_LITERAL(key_then, "then");
STRING_LITERAL(text_empty, "");

/* ---- microtasks -------------------------------------------------------------------------------------------------- */

typedef struct task {
    struct task *next;
    void (*run)(cr_context *cx, void *data);
    void *data;
} task;

void task_add(cr_context *cx, void (*run)(cr_context *cx, void *data), void *data) {
    cr_runtime *runtime = cx->runtime;
    task *added = runtime->tasks_free;
    if (added != NULL) {
        runtime->tasks_free = added->next;
    } else {
        added = heap_alloc(cx, sizeof *added);
    }
    *added = (task){NULL, run, data};
    if (runtime->tasks_last != NULL) {
        runtime->tasks_last->next = added;
    } else {
        runtime->tasks_first = added;
    }
    runtime->tasks_last = added;
}

bool tasks_run(cr_context *cx) {
    cr_runtime *runtime = cx->runtime;
    MUST(runtime->coroutine == NULL);
    while (runtime->tasks_first != NULL) {
        task *first = runtime->tasks_first;
        runtime->tasks_first = first->next;
        if (first->next == NULL) runtime->tasks_last = NULL;
        task now = *first;
        first->next = runtime->tasks_free;
        runtime->tasks_free = first;
        now.run(cx, now.data);
        if (context_pending(cx) == PENDING_INTERRUPTED) return false;
    }
    return true;
}

/* ---- promises ---------------------------------------------------------------------------------------------------- */

typedef void settled_function(cr_context *cx, void *data, bool fulfilled, cr_value result);

struct promise_reaction {
    promise_reaction *next;
    settled_function *settled; /* a native listens; else the three below */
    void *data;
    cr_value derived, on_fulfilled, on_rejected;
    bool fulfilled; /* how it went, once queued */
    cr_promise *promise;
};

cr_value promise_new(cr_context *cx) {
    cr_promise *promise = HEAP_NEW(cx, cr_promise);
    promise->object.head.kind = CR_KIND_PROMISE;
    promise->result = CR_UNDEFINED;
    return cr_from_pointer(promise);
}

/* The exception that is pending settles `promise`. A suspension is passed on as one; an interruption stays. */
static void reject_with_pending(cr_context *cx, cr_value promise) {
    if (context_pending(cx) == PENDING_INTERRUPTED) return;
    cr_pending pending = context_take_pending(cx);
    MUST(pending.kind != PENDING_NONE);
    if (pending.kind == PENDING_SUSPENDED) cr_as_promise(promise)->suspended = true;
    promise_reject(cx, promise, pending.value);
}

static void run_reaction(cr_context *cx, void *data) {
    promise_reaction *reaction = data;
    cr_value result = reaction->promise->result;
    if (reaction->settled != NULL) {
        reaction->settled(cx, reaction->data, reaction->fulfilled, result);
        return;
    }
    cr_value handler = reaction->fulfilled ? reaction->on_fulfilled : reaction->on_rejected;
    if (reaction->promise->suspended) handler = CR_UNDEFINED;
    if (cr_is_function(handler)) {
        result = cr_call(cx, handler, CR_UNDEFINED, 1, &result, "handler");
        if (result == CR_EXCEPTION) {
            reject_with_pending(cx, reaction->derived);
        } else {
            promise_resolve(cx, reaction->derived, result);
        }
    } else if (reaction->fulfilled) {
        promise_resolve(cx, reaction->derived, result);
    } else {
        cr_as_promise(reaction->derived)->suspended = reaction->promise->suspended;
        promise_reject(cx, reaction->derived, result);
    }
}

static void queue_reaction(cr_context *cx, promise_reaction *reaction) {
    reaction->fulfilled = reaction->promise->state == PROMISE_FULFILLED;
    task_add(cx, run_reaction, reaction);
}

static void add_reaction(cr_context *cx, cr_promise *promise, promise_reaction *reaction) {
    reaction->promise = promise;
    promise->handled = true;
    if (promise->state != PROMISE_PENDING) {
        queue_reaction(cx, reaction);
    } else if (promise->reactions_last != NULL) {
        promise->reactions_last->next = reaction;
        promise->reactions_last = reaction;
    } else {
        promise->reactions = promise->reactions_last = reaction;
    }
}

static void settle(cr_context *cx, cr_promise *promise, promise_state state, cr_value result) {
    if (promise->state != PROMISE_PENDING) return;
    promise->state = state;
    promise->result = result;
    promise->resolving = true;
    if (state == PROMISE_REJECTED && !promise->handled) VEC_PUSH(&cx->runtime->rejected, cr_from_pointer(promise));
    promise_reaction *reaction = promise->reactions;
    promise->reactions = promise->reactions_last = NULL;
    while (reaction != NULL) {
        promise_reaction *next = reaction->next;
        queue_reaction(cx, reaction);
        reaction = next;
    }
}

void promise_reject(cr_context *cx, cr_value promise, cr_value reason) {
    settle(cx, cr_as_promise(promise), PROMISE_REJECTED, reason);
}

/* ---- following another promise ------------------------------------------------------------------------------------ */

typedef struct follow_job {
    cr_value promise, thenable, then;
} follow_job;

static void copy_settlement(cr_context *cx, void *data, bool fulfilled, cr_value result) {
    const follow_job *job = data;
    if (fulfilled) {
        settle(cx, cr_as_promise(job->promise), PROMISE_FULFILLED, result);
    } else {
        cr_as_promise(job->promise)->suspended = cr_as_promise(job->thenable)->suspended;
        promise_reject(cx, job->promise, result);
    }
}

/* resolve and reject as functions of the program: the first call of either counts. cells: promise, called. */
static cr_value call_resolver(cr_context *cx, const cr_function *self, uint32_t argc, const cr_value *argv, bool reject) {
    if (self->cells[1]->value == CR_TRUE) return CR_UNDEFINED;
    self->cells[1]->value = CR_TRUE;
    cr_value value = arg_at(argc, argv, 0);
    if (reject) {
        promise_reject(cx, captured_at(self, 0), value);
    } else {
        promise_resolve(cx, captured_at(self, 0), value);
    }
    return CR_UNDEFINED;
}

static cr_value resolve_native(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return call_resolver(cx, self, argc, argv, false);
}

static cr_value reject_native(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return call_resolver(cx, self, argc, argv, true);
}

void promise_resolvers(cr_context *cx, cr_value promise, cr_value pair[2]) {
    static const cr_function_info resolve_info = {.name = &text_empty, .code = resolve_native, .arity = 1, .flags = CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW};
    static const cr_function_info reject_info = {.name = &text_empty, .code = reject_native, .arity = 1, .flags = CR_FUNCTION_NATIVE | CR_FUNCTION_ARROW};
    cr_cell *cells[2] = {cr_cell_new(cx, promise), cr_cell_new(cx, CR_FALSE)};
    const cr_function_info *infos[2] = {&resolve_info, &reject_info};
    for (int i = 0; i < 2; i++) {
        pair[i] = cr_closure(cx, infos[i], 0, NULL);
        cr_as_function(pair[i])->cells = HEAP_ARRAY(cx, cr_cell *, 2);
        memcpy(cr_as_function(pair[i])->cells, cells, sizeof cells);
    }
}

static void follow(cr_context *cx, void *data) {
    follow_job *job = data;
    if (cr_is_promise(job->thenable)) {
        promise_listen(cx, job->thenable, copy_settlement, job);
        return;
    }
    cr_as_promise(job->promise)->resolving = false; /* what `then` is given decides */
    cr_value resolvers[2];
    promise_resolvers(cx, job->promise, resolvers);
    if (cr_call(cx, job->then, job->thenable, 2, resolvers, "then") != CR_EXCEPTION) return;
    if (context_pending(cx) != PENDING_THROWN) {
        reject_with_pending(cx, job->promise);
        return;
    }
    cr_value reason = cr_catch(cx);
    cr_call(cx, resolvers[1], CR_UNDEFINED, 1, &reason, "reject");
}

void promise_resolve(cr_context *cx, cr_value promise, cr_value value) {
    cr_promise *self = cr_as_promise(promise);
    if (self->resolving) return;
    self->resolving = true;
    cr_value then = CR_UNDEFINED;
    if (value == promise) {
        promise_reject(cx, promise, error_new(cx, PROTOTYPE_TYPE_ERROR, "Chaining cycle detected for promise #<Promise>"));
        return;
    }
    if (cr_is_object(value) && !cr_is_promise(value)) {
        then = cr_get(cx, value, &key_then);
        if (then == CR_EXCEPTION) {
            reject_with_pending(cx, promise);
            return;
        }
    }
    if (!cr_is_promise(value) && !cr_is_function(then)) {
        settle(cx, self, PROMISE_FULFILLED, value);
        return;
    }
    follow_job *job = heap_alloc(cx, sizeof *job);
    *job = (follow_job){promise, value, then};
    task_add(cx, follow, job);
}

cr_value promise_of(cr_context *cx, cr_value value) {
    if (cr_is_promise(value)) return value;
    cr_value promise = promise_new(cx);
    promise_resolve(cx, promise, value);
    return promise;
}

cr_value promise_then(cr_context *cx, cr_value promise, cr_value on_fulfilled, cr_value on_rejected) {
    promise_reaction *reaction = HEAP_NEW(cx, promise_reaction);
    reaction->derived = promise_new(cx);
    reaction->on_fulfilled = on_fulfilled;
    reaction->on_rejected = on_rejected;
    add_reaction(cx, cr_as_promise(promise), reaction);
    return reaction->derived;
}

void promise_listen(cr_context *cx, cr_value promise, settled_function *settled, void *data) {
    promise_reaction *reaction = HEAP_NEW(cx, promise_reaction);
    reaction->settled = settled;
    reaction->data = data;
    add_reaction(cx, cr_as_promise(promise), reaction);
}

cr_value tasks_unhandled(cr_context *cx) {
    cr_runtime *runtime = cx->runtime;
    cr_value found = CR_UNDEFINED;
    size_t kept = 0;
    for (size_t i = 0; i < runtime->rejected.length; i++) {
        cr_promise *promise = cr_as_promise(runtime->rejected.items[i]);
        if (promise->handled || promise->suspended) continue;
        if (found == CR_UNDEFINED) {
            found = cr_from_pointer(promise);
        } else {
            runtime->rejected.items[kept++] = cr_from_pointer(promise);
        }
    }
    runtime->rejected.length = kept;
    return found;
}

/* ---- async functions ------------------------------------------------------------------------------------------------ */

typedef struct async_activation {
    const cr_function *function; /* NULL: a module */
    cr_code code;
    cr_value this_value, promise;
    uint32_t argc;
    const cr_value *argv;
} async_activation;

static void run_activation(cr_context *cx, void *data) {
    async_activation *activation = data;
    call_frame frame = {.up = cx->runtime->frame, .callee = activation->function, .call_site = cx->site};
    if (activation->function != NULL) {
        cx->runtime->frame = &frame;
        coroutine_set_base(cx, &frame);
    }
    cr_value result = activation->code(cx, activation->function, activation->this_value, activation->argc, activation->argv);
    if (result == CR_EXCEPTION) {
        reject_with_pending(cx, activation->promise);
    } else {
        promise_resolve(cx, activation->promise, result);
    }
}

static cr_value start_activation(cr_context *cx, async_activation *activation) {
    cx->runtime->uses_async = true;
    activation->promise = promise_new(cx);
    if (!coroutine_start(cx, run_activation, activation)) {
        reject_with_pending(cx, activation->promise);
        return activation->promise;
    }
    return context_pending(cx) == PENDING_NONE ? activation->promise : CR_EXCEPTION;
}

cr_value async_call(cr_context *cx, const cr_function *f, cr_value this_value, uint32_t argc, const cr_value *argv) {
    async_activation *activation = HEAP_NEW(cx, async_activation);
    cr_value *arguments = HEAP_ARRAY(cx, cr_value, argc); /* the caller's are gone after the first await */
    if (argc != 0) memcpy(arguments, argv, sizeof *argv * argc);
    *activation = (async_activation){.function = f, .code = f->info->code, .this_value = this_value, .argc = argc, .argv = arguments};
    return start_activation(cx, activation);
}

cr_value async_run(cr_context *cx, cr_code code) {
    async_activation *activation = HEAP_NEW(cx, async_activation);
    *activation = (async_activation){.code = code, .this_value = CR_UNDEFINED};
    return start_activation(cx, activation);
}

typedef struct awaiting {
    coroutine *coroutine;
    bool fulfilled;
    cr_value result;
} awaiting;

static void continue_await(cr_context *cx, void *data, bool fulfilled, cr_value result) {
    awaiting *self = data;
    self->fulfilled = fulfilled;
    self->result = result;
    coroutine_resume(cx, self->coroutine);
}

cr_value cr_await(cr_context *cx, cr_value value) {
    if (cx->runtime->coroutine == NULL) BUG("await outside an async function");
    cr_value promise = promise_of(cx, value);
    awaiting *self = HEAP_NEW(cx, awaiting);
    self->coroutine = cx->runtime->coroutine;
    const cr_site *site = cx->site;
    promise_listen(cx, promise, continue_await, self);
    coroutine_suspend(cx);
    cx->site = site;
    if (self->fulfilled) return self->result;
    return cr_as_promise(promise)->suspended ? cr_suspend(cx, self->result) : cr_throw(cx, self->result);
}

/* ---- running a program ------------------------------------------------------------------------------------------------ */

/* Runs microtasks; an unhandled rejection becomes the pending exception. */
static cr_status run_tasks(cr_context *cx, cr_error *err) {
    if (!tasks_run(cx)) return cr_fail(err, CR_E_INTERRUPTED, "interrupted");
    cr_value unhandled = tasks_unhandled(cx);
    if (unhandled == CR_UNDEFINED) return CR_OK;
    cr_throw(cx, cr_as_promise(unhandled)->result);
    return cr_fail(err, CR_E_THROWN, "%s", error_describe(cx, cr_as_promise(unhandled)->result, true));
}

static bool wait_outside(cr_context *cx) {
    const cr_hooks *hooks = &cx->runtime->hooks;
    return hooks->wait != NULL && hooks->wait(hooks->data, cx);
}

cr_status promise_drive(cr_context *cx, cr_value promise, cr_error *err) {
    for (;;) {
        cr_status status = run_tasks(cx, err);
        if (status != CR_OK || cr_as_promise(promise)->state != PROMISE_PENDING) return status;
        if (!wait_outside(cx) && cx->runtime->tasks_first == NULL)
            return cr_fail(err, CR_E_FAILED, "an 'await' waits for a promise that nothing is left to settle");
    }
}

/* The status for what is pending after an evaluation that threw. */
static cr_status pending_status(cr_context *cx, cr_error *err) {
    const cr_pending *pending = &cx->runtime->pending;
    if (pending->kind == PENDING_INTERRUPTED) return cr_fail(err, CR_E_INTERRUPTED, "interrupted");
    if (pending->kind == PENDING_THROWN) return cr_fail(err, CR_E_THROWN, "%s", error_describe(cx, pending->value, true));
    str_buf text;
    str_buf_init(&text);
    unknown_describe(cx, pending->value, &text);
    cr_status status = cr_fail(err, CR_E_FAILED, "'%s' is known only after the deployment, and its content is needed outside a component",
                               str_buf_text(&text));
    str_buf_release(&text);
    context_take_pending(cx);
    return status;
}

static cr_status evaluate_module(cr_context *cx, const cr_module *module, cr_error *err) {
    if (!module->is_async) {
        if (module->evaluate(cx, NULL, CR_UNDEFINED, 0, NULL) == CR_EXCEPTION) return pending_status(cx, err);
        return CR_OK;
    }
    cr_value promise = async_run(cx, module->evaluate);
    if (promise == CR_EXCEPTION) return pending_status(cx, err);
    cr_as_promise(promise)->handled = true;
    cr_status status = promise_drive(cx, promise, err);
    if (status != CR_OK) {
        if (status == CR_E_FAILED)
            return cr_fail(err, CR_E_FAILED, "module '%s': an 'await' at the top level waits for a promise that nothing is left to settle", module->name);
        return status;
    }
    const cr_promise *settled = cr_as_promise(promise);
    if (settled->state == PROMISE_FULFILLED) return CR_OK;
    cx->runtime->pending = (cr_pending){.kind = settled->suspended ? PENDING_SUSPENDED : PENDING_THROWN, .value = settled->result};
    return pending_status(cx, err);
}

cr_status program_evaluate(cr_context *cx, cr_error *err) {
    const cr_program *program = cx->runtime->program;
    for (uint32_t i = 0; i < program->module_count; i++) {
        cr_status status = evaluate_module(cx, &program->modules[i], err);
        if (status != CR_OK) return status;
    }
    for (;;) {
        cr_status status = run_tasks(cx, err);
        if (status != CR_OK || (!wait_outside(cx) && cx->runtime->tasks_first == NULL)) return status;
    }
}
