/* clouddom/record.h: what is recorded of a stack: the resources of its last deployments, and component state.
 *
 * Loaded by backends/ and deploy/ from the state log; read by fiber/ (outputs and hook state) and reconcile/
 * (what was there). A record keeps its line of the log and is parsed only when somebody asks for its details,
 * so that a plan over 100,000 unchanged resources parses nothing.                                          */
#ifndef CREACT_RECORD_H
#define CREACT_RECORD_H

#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "clouddom/clouddom.h"

/* The line of a resource's record (written by deploy/, read here). The head has these fields in this order, and is
 * read without a JSON parser; `c` is the line's checksum:
 *   {"c":"…","s":…,"t":"node","id":"…","hash":"…","state":"…","address":…,"construct":…,
 * then "from" (the id that it had before a move), if any, and "provider" (the name of its type). The rest may come in
 * any order, and each may be absent:
 *   "props" "outputs" "private" any value       "depends" list of ids
 *   "operation" string   "token" string   "attempt" number   "wanted" props that the operation is to bring about */

typedef enum resource_state {
#define STATE(name, text) RESOURCE_##name,
#include "clouddom/states.def"
#undef STATE
} resource_state;

typedef struct resource_record {
    /* from the head of the line */
    char id[CLOUD_ID_BYTES];
    bool gone;     /* deleted or moved away since; see stack_sweep */
    bool detailed; /* the fields of resource_record_details are good */
    resource_state state;
    const char *address, *construct;
    const char *provider; /* name of the provider type that made it; NULL: none did yet */
    uint64_t props_hash;
    str line; /* the whole record as written, without the line end */
    /* from resource_record_details */
    cr_value props, outputs, private_data;
    const char **depends; /* ids */
    uint32_t depend_count;
    /* of an operation that was under way (state APPLYING): what the intent said */
    uint32_t attempt;
    const char *operation; /* "create" "update" "delete", NULL when none */
    const char *token;
    cr_value wanted_props; /* that the operation was to bring about */
} resource_record;

typedef struct stack_record {
    const char *stack;
    char lineage[37];  /* made once for each stack; a state of another lineage is refused */
    uint64_t serial;   /* of the last record */
    VEC(resource_record *) resources; /* in order of creation */
    map by_id;                        /* id -> resource_record */
    map moved;         /* id before a move -> resource_record, until no record depends on the old id any more */
    map components;    /* component address -> cr_value *: array of hook state, for useState and createStore */
    map outputs;       /* name -> cr_value * (useOutput) */
    bool interrupted;  /* a deployment was begun and not ended */
    char operation[16]; /* what the last deployment begun was: "deploy" or "destroy" (a resumed one keeps it); "" when none was */
    uint32_t deployment; /* number of the last deployment */
    void (*rest)(void *data); /* gives back the memory of lines that were looked at lately; NULL: nothing to give */
    void *rest_data;
} stack_record;

/* What is recorded under the id of `node`, or NULL. Looks it up only if the node does not know. */
static inline resource_record *stack_record_of(const stack_record *self, const cloud_node *node) {
    resource_record *known = node->recorded;
    if (known != NULL && !known->gone && memcmp(known->id, node->id, CLOUD_ID_BYTES) == 0) return known;
    return map_get(&self->by_id, (str){node->id, CLOUD_ID_BYTES - 1});
}

/* "DEPLOYED", as in the log. */
const char *resource_state_name(resource_state state);
/* False: there is no state of that name. */
bool resource_state_parse(str name, resource_state *state);

/* Parses the record's line once (`detailed` says that it is done). CR_E_DATA names the address. */
cr_status resource_record_details(cr_context *cx, resource_record *self, cr_error *err);
/* The outputs alone, without parsing the rest; CR_UNDEFINED: there are none. */
cr_value resource_record_outputs(cr_context *cx, const resource_record *self);

#endif
