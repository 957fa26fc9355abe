/* fiber/fiber.h: the room's own picture of a program that has been rendered: fibers, hooks, state, contexts.
 *
 * A fiber is one element in its place: a component with its hooks, a resource, a context's provider, a fragment.
 * It lives as long as the element at that place keeps its type and key, so hooks survive rendering again. Fibers,
 * hooks and all they point to belong to the context's heap; a fiber that is gone has `mounted` false.
 *
 *     renderer.h  what other rooms call             render.c   elements to fibers, what renders again
 *     reads.c     who read which output (R2, R3)    hooks.c    useState, useEffect … as the program calls them
 *     instance.c  fibers to nodes, outputs          context.c  createContext, useContext
 *     props.c     what of a prop is recorded        commit.c   fibers to the CloudDOM's lists
 *     persist.c   component state in the record, effects        failure.c  errors with the components around   */
#ifndef CREACT_FIBER_H
#define CREACT_FIBER_H

#include "fiber/renderer.h"
#include "value/context.h"

typedef struct fiber fiber;
typedef struct hook hook;

/* ---- reads (reads.c) ----------------------------------------------------------------------------------- */

/* `owner` depends on an output: a fiber that read it while rendering, or a state slot whose value came from it. */
typedef struct output_read {
    struct output_read *next_of_node, **link; /* the node's list, and what points here in it */
    struct output_read *next_of_owner;
    cloud_node *node;
    const cr_string *key; /* NULL: the outputs as a whole */
    fiber *fiber;             /* one of the two */
    struct state_slot *slot;
} output_read;

/* What useState and createStore keep. */
typedef struct state_slot {
    cr_value value;
    cr_value base;      /* what it falls back to (R3): the initial value, or the last one set by a callback */
    output_read *reads; /* what a derived value came from */
    fiber *owner;       /* NULL: a store, read by the fibers that have a hook for it */
    bool derived;       /* set while rendering */
    bool persisted;     /* `base` was set by a callback or comes from the record */
    bool initialize;    /* an output that it came from has changed: the initial value is computed again */
    cr_value setter;
} state_slot;

/* Notes that the component that renders now has read `key` of `node`. Does nothing outside of rendering. */
void reads_note(renderer *self, cloud_node *node, const cr_string *key);
/* Makes `slot` depend on what `value` is made of, and with `all_reads` on all that the component that renders now has
 * read so far. */
void reads_derive(renderer *self, state_slot *slot, cr_value value, bool all_reads);
void reads_clear(renderer *self, output_read **list);
/* The outputs of `node` change from `before` to `after`: resets derived state, marks components. */
void reads_changed(renderer *self, cloud_node *node, cr_value before, cr_value after);

/* ---- hooks --------------------------------------------------------------------------------------------- */

/* To add a kind: a row, its member in the union, its native in hooks.c, its name in the 'creact' library. */
#define HOOK_KIND_LIST(X)                                                                                     \
    X(STATE, "useState") X(STORE, "createStore") X(INSTANCE, "useInstance") X(CONTEXT, "useContext")          \
    X(EFFECT, "useEffect") X(OUTPUT, "useOutput") X(MEMO, "useMemo") X(REF, "useRef")

typedef enum hook_kind {
#define X(name, text) HOOK_##name,
    HOOK_KIND_LIST(X)
#undef X
} hook_kind;

struct hook {
    hook *next;
    hook_kind kind;
    union {
        state_slot *state;       /* STATE, STORE */
        struct context *context; /* CONTEXT */
        cr_value ref;            /* REF */
        struct {
            cloud_node *node;
            const cr_site *site;
        } instance;
        struct {
            cr_value callback, dependencies; /* of the last render */
            cr_value cleanup;
            uint64_t ran; /* hash of the dependencies that it last ran for, in this run or a recorded one */
            bool has_run, can_compare;
        } effect;
        struct {
            const char *name;
            cr_value value;
            const cr_site *site;
        } output;
        struct {
            cr_value value, dependencies;
            bool reads_outputs; /* computing it read outputs: never kept, so that the reads are seen again */
        } memo;
    };
};

typedef enum fiber_kind {
    FIBER_COMPONENT,
    FIBER_RESOURCE,
    FIBER_PROVIDER, /* of a context */
    FIBER_CONSUMER, /* of a context: its child is a function */
    FIBER_FRAGMENT, /* also an array among children, which has no element */
} fiber_kind;

/* A truth test of an unknown in a component. */
typedef struct fiber_assumption {
    struct fiber_assumption *next;
    const char *subject;
    const cr_site *site;
} fiber_assumption;

/* Why a component waits. */
typedef struct fiber_wait {
    const char *subject; /* the unknown that it needs */
    const cr_site *site;
} fiber_wait;

/* There may be 100,000 of them, so every byte is counted. */
struct fiber {
    fiber *parent, *child, *next;
    const cr_element *element; /* NULL: the root, or an array */
    const char *path;          /* see fiber_path; NULL until asked for */
    hook *hooks;
    output_read *reads;
    union {
        cloud_node *node;        /* RESOURCE */
        struct context *context; /* PROVIDER, CONSUMER */
        fiber_assumption *assumptions; /* COMPONENT: in reverse order */
    };
    const fiber_wait *wait; /* suspended; else NULL */
    uint32_t hook_count;
    uint32_t position : 24; /* among its parent's children, empty ones counted */
    uint32_t kind : 3;      /* fiber_kind */
    uint32_t mounted : 1, dirty : 1, child_dirty : 1;
    uint32_t rendered : 1; /* its component has run to its end at least once */
};

/* Of `fiber.position`: more children of one parent are refused. */
enum { CHILDREN_MAX = (1 << 24) - 1 };

typedef struct context {
    cr_value default_value;
    cr_value object;
} context;

struct renderer {
    cr_context *cx;
    app_config config;
    cloud_dom dom;
    stack_record *recorded; /* borrowed; NULL: nothing is recorded */
    fiber *root;
    map retired; /* id -> cloud_node that the program describes no more */
    map stores;  /* name -> state_slot */
    str moved_prefix; /* the newest that renderer_moved looked under */
    cr_value outputs_accessor; /* [getter, undefined], of all instances */
    cr_value named_class; /* whose name function_name looked up last */
    const char *name;
    str_buf scratch, key_text;
    output_read *free_reads;
    VEC(cr_value) cleanups; /* of effects whose component is gone */
    VEC(cloud_node *) nodes; /* all that were ever made */
    VEC(fiber *) assumers;   /* for each of dom.assumptions, whose it is */

    /* While rendering */
    fiber *current;  /* the component that runs now */
    hook **cursor;   /* where its next hook is */
    uint32_t hooks_used, saved_states;
    cr_value recorded_state; /* what is recorded of `current`: an array, or CR_UNDEFINED */
    bool render_again; /* it has set its own state */
    bool structure_changed; /* nodes, deferred parts, assumptions or stack outputs: commit has work */
    bool assumptions_gone;  /* some component assumes nothing any more: commit has little work */
    bool changed;           /* what renderer_flush reports */
    cr_error failure;       /* status CR_OK: none. Found inside a native: see fail_inside */
};

static inline renderer *renderer_of(cr_context *cx) { return cx->runtime->renderer; }

/* From a native: the render is to end with this error, and no catch clause of the program sees it. Always
 * CR_EXCEPTION. */
cr_value fail_inside(renderer *self, cr_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* What is pending after a call into the program, as an error. `where`: the component, or NULL. */
cr_status take_failure(renderer *self, const fiber *where, cr_error *err);

/* An error in what `where` (NULL: the program) describes at `site` (may be NULL), with the components around it.
 * Always CR_E_DATA. */
cr_status fail_at(renderer *self, const fiber *where, const cr_site *site, cr_error *err, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* ---- render.c ------------------------------------------------------------------------------------------ */

/* Renders what is marked, until nothing is. */
cr_status render_marked(renderer *self, cr_error *err);
void mark_dirty(fiber *self);
/* Address of the component, or of what its children are under: "" for the root. */
const char *fiber_path(renderer *self, fiber *f);
/* The name that a component or construct goes by. */
const char *function_name(cr_context *cx, cr_value function);
/* The fiber after `f` in document order within `within`; NULL at the end. `skip`: not into f's children. */
fiber *fiber_next(const fiber *f, const fiber *within, bool skip);

/* ---- instance.c ---------------------------------------------------------------------------------------- */

/* The node of `construct` with `key` (a string, or CR_UNDEFINED) that `owner` describes: by useInstance, or being the
 * resource's element itself. Made if there is none. NULL: failed, something is pending. */
cloud_node *node_claim(renderer *self, fiber *owner, cr_value construct, cr_value key, const cr_site *site);
/* Gives a node its props (an object, or CR_UNDEFINED), its edges and its instance. false: something is pending. */
bool node_describe(renderer *self, cloud_node *node, fiber *owner, cr_value props);
/* `owner` does not describe `node` any more. */
void node_retire(renderer *self, cloud_node *node, const fiber *owner);
/* The getter of `outputs`, the same for all instances: a cr_code. */
cr_value outputs_getter(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc,
                        const cr_value *argv);
/* The node whose `instance.outputs` `v` is; NULL: it is something else. */
cloud_node *outputs_node(cr_value v);

/* ---- props.c ------------------------------------------------------------------------------------------- */

/* What is found in a value on the way. */
typedef struct props_facts {
    bool has_unknown;
    bool dropped; /* the clean value differs from the given one: something is not recorded */
    cloud_node *node; /* whose edges are collected; NULL: none are */
} props_facts;

/* The part of `v` that can be recorded: data, unknowns and instances; functions and undefined members of objects
 * are left out, `key` and `children` of the outermost object too when `is_props`. Copies what the program could
 * change. CR_EXCEPTION: it holds something that cannot be recorded, and says which at which path. */
cr_value props_clean(renderer *self, cr_value v, bool is_props, const char *name, props_facts *facts);
/* XXH3-64 of the canonical JSON of a clean value. */
uint64_t props_hash(renderer *self, cr_value clean);

/* ---- context.c ----------------------------------------------------------------------------------------- */
context *context_of_provider(cr_value type); /* the context whose Provider `type` is; NULL: it is none */
context *context_of_consumer(cr_value type);
cr_value context_value(const fiber *reader, const context *of);
/* Marks the components under `provider` that read its context. */
void context_changed(fiber *provider);

/* ---- commit.c, persist.c ------------------------------------------------------------------------------- */

/* Brings the lists of the CloudDOM up to date. CR_E_DATA: two resources have one address. */
cr_status commit(renderer *self, cr_error *err);
/* What is recorded for the component at `path`: an array, or CR_UNDEFINED. */
cr_value recorded_state_of(renderer *self, const char *path);
/* Starts `slot` from the recorded value of a store. */
void store_restore(renderer *self, const char *name, state_slot *slot);
/* {"effect": …} of the record: what the effect last ran for. */
void effect_restore(renderer *self, hook *h, cr_value entry);
/* Makes the cleanups of a component that is gone run with the next effects. */
void effects_forget(renderer *self, fiber *f);
/* Hash of an effect's dependencies; false: they cannot be compared across runs. */
bool effect_hash(renderer *self, cr_value dependencies, uint64_t *hash);

#endif
