/* value/context.h: everything that one run of a program owns.
 *
 * A cr_context is what generated C and natives pass around; behind it stands a cr_runtime, which is visible to
 * the rooms of the runtime only. There are no globals: two contexts in one process do not see each other, with
 * one exception that the ABI asks for: static functions and objects of generated C and the global objects
 * (cr_global_Math …) are shared, so one program should be run by one context at a time.
 *
 * Calling sequence:  context_new -> builtins_install (builtins/builtins.h) -> [fill hooks] -> run -> context_free
 *
 * Ownership: the context owns its heap, an arena; values are never freed one by one.                       */
#ifndef CREACT_VALUE_CONTEXT_H
#define CREACT_VALUE_CONTEXT_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "creact/abi.h"

/* What is pending when a function answered CR_EXCEPTION (cr_pending.kind). */
typedef enum pending_kind {
    PENDING_NONE,
    PENDING_THROWN,      /* value: what was thrown */
    PENDING_SUSPENDED,   /* value: the unknown whose content was needed, detail: the cr_site where; no catch clause
                            sees it */
    PENDING_INTERRUPTED, /* the run is to end; no catch clause sees it */
} pending_kind;

/* What the rooms above fill in. Each may be NULL. */
typedef struct cr_hooks {
    void *data;
    /* A truth test took `unknown` as present and truthy. */
    void (*assumed)(void *data, cr_context *cx, cr_value unknown);
    /* process.env.name was read; answers the value, NULL when unset. NULL hook: getenv. */
    const char *(*env_read)(void *data, cr_context *cx, const char *name);
    /* The address of a node, as text that lives as long as the context; for messages and {"$ref": …}. */
    const char *(*node_address)(void *data, cr_context *cx, const void *node);
    /* The program only waits for promises: lets outside work (timers, processes) go on and settle some. Answers
     * false when nothing is left to wait for. */
    bool (*wait)(void *data, cr_context *cx);
    /* console.*: `stream` is 1 or 2; the text ends with a newline. NULL hook: stdout and stderr. */
    void (*print)(void *data, cr_context *cx, int stream, str text);
} cr_hooks;

/* The objects that values inherit from. An object whose `proto` is NULL inherits from the row of its kind.
 * To add one: a row, and its members in builtins/builtins.def. */
#define PROTOTYPE_LIST(X)                                                                                     \
    X(OBJECT) X(FUNCTION) X(ARRAY) X(STRING) X(NUMBER) X(BOOLEAN) X(MAP) X(SET) X(REGEXP) X(PROMISE)          \
    X(ITERATOR) X(ERROR) X(TYPE_ERROR) X(RANGE_ERROR) X(REFERENCE_ERROR) X(SYNTAX_ERROR) X(URI_ERROR)         \
    X(AGGREGATE_ERROR)

typedef enum prototype_id {
#define X(name) PROTOTYPE_##name,
    PROTOTYPE_LIST(X)
#undef X
    PROTOTYPE_COUNT
} prototype_id;

/* One call in progress, on the C stack of cr_call. */
typedef struct call_frame {
    struct call_frame *up;
    const cr_function *callee;
    const cr_site *call_site; /* where the caller was */
    cr_value new_target;      /* the class that `new` was applied to; 0 for a plain call */
    cr_value this_value;      /* of a derived class: what super() made */
} call_frame;

struct coroutine;
struct task;
struct regexp_operations;

typedef struct cr_runtime cr_runtime;
struct cr_runtime {
    arena heap;
    const cr_program *program; /* borrowed; may be NULL in tests */
    cr_hooks hooks;
    struct renderer *renderer; /* fiber/: what runs this program's components; NULL: none does */
    cr_pending pending;

    call_frame *frame;               /* innermost call */
    const char *volatile stack_limit; /* the C stack may not grow below */
    const char *stack_limit_real;    /* as above; stack_limit differs while an interruption is asked for */
    volatile bool interrupt_requested;

    struct coroutine *coroutine; /* that runs now; NULL: the main stack */
    struct coroutine *live, *idle; /* all; the finished ones, their stacks ready for use again */
    struct task *tasks_first, *tasks_last, *tasks_free; /* microtasks */
    VEC(cr_value) rejected;      /* promises rejected while nobody listened */

    cr_object *prototypes[PROTOTYPE_COUNT];
    const struct regexp_operations *regexp; /* set by the first regular expression */
    struct regexp_program *regexp_programs; /* compiled so far */
    VEC(cr_object *) expanded; /* static objects given slots of this heap; see object_expand */
    VEC(cr_function *) prototyped; /* functions, maybe static, given a prototype of this heap */
    bool uses_async;

    void *concat_units; /* the newest concatenation, which can grow in place; see string_concat */
    size_t concat_bytes, concat_capacity;

    void *json_keys; /* property names read lately; see json/read.c */
    bool console_to_stderr; /* console.log writes to stderr: stdout carries JSON */
};

/* `program` is borrowed. */
cr_context *context_new(const cr_program *program);
void context_free(cr_context *self);

/* From a signal handler or another coroutine: the next call of a function ends with PENDING_INTERRUPTED. */
void context_interrupt(cr_context *self);

/* `size` bytes of the heap, aligned to 8; cleared in heap_zeroed. Never NULL. */
static inline void *heap_alloc(cr_context *cx, size_t size) { return arena_alloc(&cx->runtime->heap, size); }
static inline void *heap_zeroed(cr_context *cx, size_t size) { return arena_zeroed(&cx->runtime->heap, size); }
#define HEAP_NEW(cx, type) ((type *)heap_zeroed((cx), sizeof(type)))
#define HEAP_ARRAY(cx, type, count) ((type *)heap_alloc((cx), sizeof(type) * (count)))

/* The i-th argument of a native, undefined when missing. */
static inline cr_value arg_at(uint32_t argc, const cr_value *argv, uint32_t i) {
    return i < argc ? argv[i] : CR_UNDEFINED;
}

/* The component needs the content of `unknown`: makes the suspension pending. Always CR_EXCEPTION. */
cr_value cr_suspend(cr_context *cx, cr_value unknown);

/* What is pending now; PENDING_NONE when nothing is. */
static inline pending_kind context_pending(const cr_context *cx) { return (pending_kind)cx->runtime->pending.kind; }
/* Takes whatever is pending (nothing is afterwards). */
cr_pending context_take_pending(cr_context *cx);

/* False when the C stack is nearly used up; a RangeError is then pending. For recursion that is not a call. */
bool stack_check(cr_context *cx);
/* The same as a question, for walks that cannot throw. */
bool stack_is_low(const cr_context *cx);

#endif
