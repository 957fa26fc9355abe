/* clouddom/clouddom.h: the tree of resources that a program describes, after rendering.
 *
 * The CloudDOM is made by fiber/ (rendering), compared with what is recorded by reconcile/, carried out by
 * deploy/, shown by cli/. Its nodes live as long as the renderer and keep their address in memory through
 * re-rendering: a node with the same id is the same cloud_node.
 *
 * Ownership: nodes, texts and values belong to the context's heap.                                         */
#ifndef CREACT_CLOUDDOM_H
#define CREACT_CLOUDDOM_H

#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "creact/status.h"
#include "creact/value.h"

enum { CLOUD_ID_BYTES = 17 }; /* 16 hex digits and a NUL */

typedef struct cloud_node cloud_node;
struct resource_record; /* clouddom/record.h */
struct output_read;     /* fiber/reads.h */

/* Why one node needs another. */
#define CLOUD_EDGE_LIST(X)                                                                                    \
    X(OUTPUT, "output")       /* a prop was made from an output of the other */                               \
    X(REFERENCE, "reference") /* a prop holds the other's instance */                                         \
    X(PARENT, "parent")       /* nested in the other */                                                       \
    X(RECORDED, "recorded")   /* depended on it at its last deployment, and its props are unchanged */

typedef enum cloud_edge_reason {
#define X(name, text) CLOUD_EDGE_##name,
    CLOUD_EDGE_LIST(X)
#undef X
} cloud_edge_reason;

typedef struct cloud_edge {
    cloud_node *to; /* what is needed */
    cloud_edge_reason reason;
} cloud_edge;

/* A VEC with small counts: there may be 100,000 nodes, so every byte of a node is counted. */
typedef struct cloud_edges {
    cloud_edge *items;
    uint32_t length, capacity;
} cloud_edges;

struct cloud_node {
    char id[CLOUD_ID_BYTES];  /* promise R4 */
    bool has_unknown;         /* somewhere in props */
    bool outputs_recorded;    /* `outputs` are those of `recorded`, not parsed yet */
    uint32_t index;           /* place in document order */
    const char *address;      /* MessagingApp/DatabaseLayer/main-db */
    const char *construct;    /* the class's name */
    cr_value construct_class; /* the class */
    cr_value instance;        /* what useInstance gave the program */
    cr_value props;           /* without key and children; may hold unknowns */
    uint64_t props_hash;      /* XXH3-64 of the canonical JSON of props */
    cr_value outputs;         /* an object (values in it may be unknown), or CR_UNDEFINED: all unknown. Read it through
                                 cloud_node_outputs: recorded outputs are parsed when somebody asks */
    struct resource_record *recorded; /* what was recorded under the same id when the program was mounted, or NULL */
    cloud_node *parent;       /* the resource it is nested in, or NULL */
    const cr_site *site;      /* where the program describes it */
    cloud_edges edges;        /* in order of discovery, one for each pair */
    struct fiber *fiber;      /* the component that made it; NULL when the program describes it no more */
    struct output_read *readers; /* what of the program has read its outputs */
    cr_value outputs_object;  /* what `instance.outputs` gives; 0 until somebody asks */
};

/* A component that waits for a value (promise R1). */
typedef struct cloud_deferred {
    const char *address;  /* of the component: everything under it is left alone */
    const char *waits_for; /* "${Database/main-db.host}" */
    const cr_site *site;
} cloud_deferred;

/* A truth test that took an unknown as present. */
typedef struct cloud_assumption {
    const char *subject; /* "${Database/main-db.url}" */
    const char *component; /* address of the component that assumed it */
    const cr_site *site;
} cloud_assumption;

/* Something outside the program that was read while rendering (promise L3). */
typedef struct cloud_input {
    const char *kind; /* "env" or "file" */
    const char *name;
    const char *value; /* of an env variable, or NULL when it is not set; of a file: its digest */
} cloud_input;

typedef struct cloud_dom {
    const char *stack;
    VEC(cloud_node *) nodes; /* document order: parents before children */
    map by_id;               /* id -> cloud_node */
    VEC(cloud_deferred) deferred;
    VEC(cloud_assumption) assumptions;
    VEC(cloud_input) inputs;       /* sorted by kind and name, each once */
    map outputs;                   /* useOutput: name -> cr_value *, sorted when shown */
} cloud_dom;

void cloud_dom_init(cloud_dom *self);
/* Releases lists and maps, not what belongs to the heap. */
void cloud_dom_release(cloud_dom *self);

/* The id of an address and a construct name (promise R4): the first 16 hex digits of XXH3-128, in its canonical
 * (big-endian) form, of `address`, a NUL byte and `construct`. */
void cloud_id(const char *address, const char *construct, char id[CLOUD_ID_BYTES]);
/* Appends a key as a segment of an address: '/', '%' and control characters become %XX. */
void cloud_address_add_key(str_buf *address, str key);
/* Is `address` the component at `prefix`, or something under it? */
bool cloud_address_is_under(const char *address, const char *prefix);

/* Adds an edge unless there is one to the same node (the first reason stays). */
void cloud_node_add_edge(cloud_node *self, cloud_node *to, cloud_edge_reason reason);
const char *cloud_edge_reason_text(cloud_edge_reason reason);
/* The outputs of a node: an object (values in it may be unknown), or CR_UNDEFINED when all are unknown. */
cr_value cloud_node_outputs(cr_context *cx, cloud_node *self);
/* Gives a node its outputs. An object is copied, and each string in it knows the node as its origin, so that what the
 * program makes of it keeps its edge; CR_NULL is an object without members. */
void cloud_node_set_outputs(cr_context *cx, cloud_node *self, cr_value outputs);
/* "file:line:column" of where the program describes it, in the context's heap; "" when unknown. */
const char *cloud_site_text(cr_context *cx, const cr_site *site);

/* Does the name of the variable say that its value is secret? Such a value is never shown. */
bool cloud_input_is_sensitive(const cloud_input *self);

/* Parts of the CloudDOM as values, the same in every JSON document that shows them. A place is {file, line, column},
 * CR_UNDEFINED when there is none; the edges of no node (NULL) are an empty list. */
cr_value cloud_site_to_value(cr_context *cx, const cr_site *site);
cr_value cloud_edges_to_value(cr_context *cx, const cloud_node *node);
cr_value cloud_deferred_to_value(cr_context *cx, const cloud_dom *self);
cr_value cloud_assumptions_to_value(cr_context *cx, const cloud_dom *self);
cr_value cloud_inputs_to_value(cr_context *cx, const cloud_dom *self);
/* The whole CloudDOM as a value, whose canonical JSON is what `build --json` prints: the same bytes for the same
 * program and inputs. */
cr_value cloud_dom_to_value(cr_context *cx, const cloud_dom *self);

#endif
