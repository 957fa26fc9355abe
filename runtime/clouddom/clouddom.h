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
#include "base/vec.h"
#include "creact/status.h"
#include "creact/value.h"

enum { CLOUD_ID_BYTES = 17 }; /* 16 hex digits and a NUL */

typedef struct cloud_node cloud_node;

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

struct cloud_node {
    char id[CLOUD_ID_BYTES];  /* promise R4 */
    const char *address;      /* MessagingApp/DatabaseLayer/main-db */
    const char *construct;    /* the class's name */
    cr_value construct_class; /* the class */
    cr_value instance;        /* what useInstance gave the program */
    cr_value props;           /* without key and children; may hold unknowns */
    uint64_t props_hash;      /* XXH3-64 of the canonical JSON of props */
    bool has_unknown;         /* somewhere in props */
    cr_value outputs;         /* an object (values in it may be unknown), or CR_UNDEFINED: all unknown */
    cloud_node *parent;       /* the resource it is nested in, or NULL */
    const cr_site *site;      /* where the program describes it */
    VEC(cloud_edge) edges;    /* in order of discovery, one for each pair */
    struct fiber *fiber;      /* the component that made it */
    uint32_t index;           /* place in document order */
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
    map by_address;          /* address -> cloud_node */
    VEC(cloud_deferred) deferred;
    VEC(cloud_assumption) assumptions;
    VEC(cloud_input) inputs;       /* sorted by kind and name, each once */
    map outputs;                   /* useOutput: name -> cr_value *, sorted when shown */
} cloud_dom;

/* The id of an address and a construct name (promise R4). */
void cloud_id(const char *address, const char *construct, char id[CLOUD_ID_BYTES]);
/* Adds an edge unless there is one to the same node (the first reason stays). */
void cloud_node_add_edge(cloud_node *self, cloud_node *to, cloud_edge_reason reason);
/* Canonical JSON of the whole CloudDOM (command `build --json`): the same bytes for the same program and inputs. */
cr_value cloud_dom_to_value(cr_context *cx, const cloud_dom *self);

#endif
