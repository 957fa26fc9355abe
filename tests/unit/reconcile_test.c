/* What change_set_compute finds, in which order, for nodes and records made by hand and for random ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "graph/graph.h"
#include "json/json.h"
#include "reconcile/changeset.h"
#include "value/context.h"
#include "value/unknown.h"

/* ---- a stack -------------------------------------------------------------------------------------------- */

typedef struct stack {
    cr_context *cx;
    cloud_dom dom;
    stack_record recorded;
    map drifts;
    change_set set;
    cr_error err;
    str_buf scratch;
} stack;

static void setup(stack *s) {
    memset(s, 0, sizeof *s);
    s->cx = context_new(NULL);
    cloud_dom_init(&s->dom);
    change_set_init(&s->set);
}

static void teardown(stack *s) {
    change_set_release(&s->set);
    for (size_t i = 0; i < s->dom.nodes.length; i++) VEC_RELEASE(&s->dom.nodes.items[i]->edges);
    cloud_dom_release(&s->dom);
    VEC_RELEASE(&s->recorded.resources);
    map_release(&s->recorded.by_id);
    map_release(&s->drifts);
    str_buf_release(&s->scratch);
    context_free(s->cx);
}

static cr_value json(stack *s, const char *text) {
    cr_value v;
    cr_error err;
    if (json_read(s->cx, str_of(text), &v, &err) != CR_OK) fail_msg("%s", err.message);
    return v;
}

static cloud_node *add_node(stack *s, const char *address, const char *construct, cr_value props) {
    cloud_node *node = HEAP_NEW(s->cx, cloud_node);
    node->address = arena_format(&s->cx->runtime->heap, "%s", address);
    node->construct = construct;
    cloud_id(address, construct, node->id);
    node->props = props;
    node->has_unknown = value_has_unknown(s->cx, props);
    node->props_hash = json_hash64(s->cx, props, &s->scratch);
    node->outputs = CR_UNDEFINED;
    node->index = (uint32_t)s->dom.nodes.length;
    VEC_PUSH(&s->dom.nodes, node);
    map_put(&s->dom.by_id, str_of(node->id), node);
    return node;
}

static cloud_node *node(stack *s, const char *address, const char *props) { return add_node(s, address, "Thing", json(s, props)); }

static resource_record *add_record(stack *s, const char *address, const char *construct, cr_value props) {
    resource_record *record = HEAP_NEW(s->cx, resource_record);
    record->address = arena_format(&s->cx->runtime->heap, "%s", address);
    record->construct = construct;
    cloud_id(address, construct, record->id);
    record->state = RESOURCE_DEPLOYED;
    record->detailed = true;
    record->props = props;
    record->props_hash = json_hash64(s->cx, props, &s->scratch);
    record->outputs = cr_object_new(s->cx);
    record->private_data = record->wanted_props = CR_UNDEFINED;
    VEC_PUSH(&s->recorded.resources, record);
    map_put(&s->recorded.by_id, str_of(record->id), record);
    return record;
}

static resource_record *record(stack *s, const char *address, const char *props) { return add_record(s, address, "Thing", json(s, props)); }

static void depends(stack *s, resource_record *from, const resource_record *to) {
    const char **ids = HEAP_ARRAY(s->cx, const char *, from->depend_count + 1);
    for (uint32_t i = 0; i < from->depend_count; i++) ids[i] = from->depends[i];
    ids[from->depend_count++] = to->id;
    from->depends = ids;
}

static cr_status compute_with(stack *s, const change_oracle *oracle, bool destroy) {
    change_set_release(&s->set);
    return change_set_compute(s->cx, &s->dom, &s->recorded, &s->drifts, oracle, destroy, &s->set, &s->err);
}

static void compute(stack *s) {
    if (compute_with(s, NULL, false) != CR_OK) fail_msg("%s", s->err.message);
}

/* The change set in one line: "+a ~b[size] >c<-d" in order, '|' between batches. */
static const char *summary(stack *s) {
    str_buf out;
    str_buf_init(&out);
    for (size_t i = 0; i < s->set.changes.length; i++) {
        static const char *const signs[] = {
#define X(name, sign, json_name) sign,
            CHANGE_KIND_LIST(X)
#undef X
        };
        const change *c = s->set.changes.items[i];
        if (i != 0) str_buf_add_text(&out, " ");
        str_buf_add_format(&out, "%s%s", signs[c->kind], c->address);
        if (c->moved_from != NULL) str_buf_add_format(&out, "<-%s", c->moved_from);
        for (size_t k = 0; k < c->attributes.length; k++)
            str_buf_add_format(&out, "%s%s%s", k == 0 ? "[" : " ", c->attributes.items[k].path,
                               c->attributes.items[k].forces_replace ? "!" : "");
        if (c->attributes.length != 0) str_buf_add_char(&out, ']');
        str_buf_add_format(&out, "@%u", (unsigned)c->batch);
    }
    const char *text = arena_format(&s->cx->runtime->heap, "%s", str_buf_text(&out));
    str_buf_release(&out);
    return text;
}

/* ---- kinds ---------------------------------------------------------------------------------------------- */

static void test_kinds(void **state) {
    stack s;
    setup(&s);
    node(&s, "A/new", "{\"x\":1}");
    node(&s, "A/same", "{\"x\":{\"y\":[1,2]}}");
    node(&s, "A/changed", "{\"x\":2,\"z\":1}");
    record(&s, "A/same", "{\"x\":{\"y\":[1,2]}}");
    record(&s, "A/changed", "{\"x\":1,\"w\":1}");
    add_record(&s, "A/old", "Other", json(&s, "{}"));
    compute(&s);
    assert_string_equal(summary(&s), "~A/changed[x z w]@0 +A/new@0 -A/old@0");
    assert_int_equal(s.set.counts[CHANGE_NONE], 1);
    assert_int_equal(s.set.counts[CHANGE_DELETE], 1);
    assert_int_equal(s.set.batch_count, 1);
    assert_int_equal(compute_with(&s, NULL, true), CR_OK);
    assert_string_equal(summary(&s), "-A/changed@0 -A/old@0 -A/same@0");
    teardown(&s);
}

static const char *diff(const char *before, const char *after) {
    static char copy[512];
    stack s;
    setup(&s);
    node(&s, "a", after);
    record(&s, "a", before);
    compute(&s);
    snprintf(copy, sizeof copy, "%s", summary(&s));
    teardown(&s);
    return copy;
}

static void test_attributes(void **state) {
    assert_string_equal(diff("{\"env\":{\"A\":1,\"B\":2}}", "{\"env\":{\"A\":1,\"B\":3}}"), "~a[env.B]@0");
    assert_string_equal(diff("{\"l\":[1,2]}", "{\"l\":[1,3,4]}"), "~a[l[1] l[2]]@0");
    assert_string_equal(diff("{\"l\":[{\"name\":\"a\",\"p\":1},{\"name\":\"b\",\"p\":2}]}",
                             "{\"l\":[{\"name\":\"c\",\"p\":9},{\"name\":\"a\",\"p\":1},{\"name\":\"b\",\"p\":3}]}"),
                        "~a[l[c] l[b].p]@0");
    assert_string_equal(diff("{\"l\":[{\"id\":1},{\"id\":2}]}", "{\"l\":[{\"id\":2},{\"id\":1}]}"), "~a[l]@0");
    assert_string_equal(diff("{\"l\":[{\"id\":1},{\"id\":2}]}", "{\"l\":[{\"id\":2}]}"), "~a[l[1]]@0");
    assert_string_equal(diff("{\"a b\":1}", "{\"a b\":null}"), "~a[[\"a b\"]]@0");
    assert_string_equal(diff("{\"v\":{\"x\":1}}", "{\"v\":[1]}"), "~a[v]@0");
}

static cr_status force_replace(void *data, const cloud_node *n, resource_record *r, cr_diff *d, cr_error *err) {
    d->replace = true;
    d->replace_reasons[0] = "env";
    return CR_OK;
}

static void test_replace(void **state) {
    stack s;
    setup(&s);
    cloud_node *a = node(&s, "a", "{\"env\":{\"X\":2},\"environment\":1}");
    cloud_node *b = node(&s, "b", "{\"x\":1}");
    cloud_node_add_edge(b, a, CLOUD_EDGE_OUTPUT);
    record(&s, "a", "{\"env\":{\"X\":1},\"environment\":2}");
    resource_record *gone = record(&s, "gone", "{\"q\":1}");
    depends(&s, gone, s.recorded.resources.items[0]);
    change_oracle oracle = {NULL, force_replace};
    assert_int_equal(compute_with(&s, &oracle, false), CR_OK);
    /* What depended on the replaced one goes before it, what depends on it comes after. */
    assert_string_equal(summary(&s), "-gone@0 -/+a[env.X! environment]@1 +b@2");
    teardown(&s);
}

/* ---- moves (R4) ----------------------------------------------------------------------------------------- */

static void test_renamed_component(void **state) {
    stack s;
    setup(&s);
    cloud_node *db = node(&s, "App/DataLayer/db", "{\"size\":1}");
    cloud_node *api = node(&s, "App/DataLayer/api", "{\"replicas\":2}");
    cloud_node_add_edge(api, db, CLOUD_EDGE_OUTPUT);
    node(&s, "App/DataLayer/cache", "{\"size\":5}");
    node(&s, "App/other", "{}");
    record(&s, "App/DatabaseLayer/db", "{\"size\":1}");
    record(&s, "App/DatabaseLayer/api", "{\"replicas\":2}");
    record(&s, "App/DatabaseLayer/cache", "{\"size\":4}");
    record(&s, "App/other", "{}");
    compute(&s);
    assert_string_equal(summary(&s), "~App/DataLayer/cache<-App/DatabaseLayer/cache[size]@0 "
                                     ">App/DataLayer/db<-App/DatabaseLayer/db@0 "
                                     ">App/DataLayer/api<-App/DatabaseLayer/api@1");
    teardown(&s);
}

static void test_move_prefers_same_name(void **state) {
    stack s;
    setup(&s);
    node(&s, "B/x", "{}");
    node(&s, "B/y", "{}");
    record(&s, "A/y", "{}");
    record(&s, "A/x", "{}");
    compute(&s);
    assert_string_equal(summary(&s), ">B/x<-A/x@0 >B/y<-A/y@0");
    teardown(&s);
    /* Another name, equal props: a move, too. */
    setup(&s);
    node(&s, "A/n", "{\"p\":1}");
    record(&s, "A/m", "{\"p\":1}");
    compute(&s);
    assert_string_equal(summary(&s), ">A/n<-A/m@0");
    teardown(&s);
    /* Another construct or other props: not the same thing. */
    setup(&s);
    add_node(&s, "A/m", "Other", json(&s, "{\"p\":1}"));
    node(&s, "C/k", "{\"p\":2}");
    record(&s, "A/m", "{\"p\":1}");
    compute(&s);
    assert_string_equal(summary(&s), "-A/m@0 +A/m@1 +C/k@0"); /* the old one at the address goes first */
    teardown(&s);
}

static void test_move_with_unknown_props(void **state) {
    stack s;
    setup(&s);
    cloud_node *db = node(&s, "New/db", "{}");
    cr_value props = json(&s, "{\"port\":1}");
    cr_set_field(s.cx, props, "url", unknown_output(s.cx, db, cr_as_string(cr_string_text(s.cx, "New/db")), NULL));
    cloud_node *api = add_node(&s, "Elsewhere/api", "Thing", props);
    cloud_node_add_edge(api, db, CLOUD_EDGE_OUTPUT);
    record(&s, "Old/db", "{}");
    record(&s, "Old/api", "{\"port\":1,\"url\":\"u\"}");
    compute(&s);
    assert_string_equal(summary(&s), ">New/db<-Old/db@0 ~Elsewhere/api<-Old/api[url]@1");
    teardown(&s);
}

/* ---- deferred, drift, failures -------------------------------------------------------------------------- */

static void test_deferred_is_left_alone(void **state) {
    stack s;
    setup(&s);
    node(&s, "App/db", "{\"x\":2}");
    record(&s, "App/db", "{\"x\":1}");
    record(&s, "App/Wait/a", "{}");
    record(&s, "App/Wait:2/a", "{\"y\":1}");
    VEC_PUSH(&s.dom.deferred, ((cloud_deferred){"App/Wait", "${App/db.x}", NULL}));
    compute(&s);
    assert_string_equal(summary(&s), "-App/Wait:2/a@0 ~App/db[x]@0");
    assert_int_equal(s.set.counts[CHANGE_NONE], 1);
    teardown(&s);
}

static void test_drift(void **state) {
    stack s;
    setup(&s);
    node(&s, "gone", "{}");
    node(&s, "other", "{}");
    drift lost = {.record = record(&s, "gone", "{}"), .gone = true};
    drift changed = {.record = record(&s, "other", "{}")};
    VEC_PUSH(&changed.attributes, ((attribute_change){"digest", cr_number(1), cr_number(2), false}));
    map_put(&s.drifts, str_of(lost.record->id), &lost);
    map_put(&s.drifts, str_of(changed.record->id), &changed);
    compute(&s);
    assert_string_equal(summary(&s), "+gone@0 ~other[digest]@0");
    assert_string_equal(s.set.changes.items[0]->reason, "it is gone");
    assert_int_equal(s.set.changes.items[1]->attributes.items[0].before, cr_number(2));
    VEC_RELEASE(&changed.attributes);
    teardown(&s);
}

static void test_unfinished_operations(void **state) {
    stack s;
    setup(&s);
    const char *const names[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 4; i++) node(&s, names[i], "{}");
    resource_record *r = record(&s, "a", "{}");
    r->state = RESOURCE_FAILED, r->operation = "create";
    r = record(&s, "b", "{}");
    r->state = RESOURCE_APPLYING, r->operation = "create";
    r = record(&s, "c", "{}");
    r->state = RESOURCE_FAILED, r->operation = "update";
    r = record(&s, "d", "{}");
    r->state = RESOURCE_PENDING;
    compute(&s);
    assert_string_equal(summary(&s), "+a@0 +b@0 ~c@0 +d@0");
    assert_true(s.set.changes.items[1]->resumes);
    assert_false(s.set.changes.items[0]->resumes);
    assert_string_equal(s.set.changes.items[2]->reason, "its last update failed");
    teardown(&s);
}

/* ---- order ---------------------------------------------------------------------------------------------- */

static void test_order(void **state) {
    stack s;
    setup(&s);
    cloud_node *z = node(&s, "z", "{\"v\":1}");
    cloud_node *m = node(&s, "m", "{}");
    cloud_node *a = node(&s, "a", "{}");
    cloud_node_add_edge(m, z, CLOUD_EDGE_OUTPUT);
    cloud_node_add_edge(a, m, CLOUD_EDGE_PARENT);
    record(&s, "m", "{}"); /* does not change: a waits for z through it */
    compute(&s);
    assert_string_equal(summary(&s), "+z@0 +a@1");
    uint32_t count;
    const uint32_t *before = change_set_predecessors(&s.set, 1, &count);
    assert_int_equal(count, 1);
    assert_int_equal(before[0], 0);
    teardown(&s);
}

static void test_recorded_edges(void **state) {
    stack s;
    setup(&s);
    /* b reads a number of a: the value tells nothing, the record does. */
    cloud_node *b = node(&s, "b", "{\"port\":80}");
    cloud_node *a = node(&s, "a", "{\"v\":2}");
    resource_record *ra = record(&s, "a", "{\"v\":1}"), *rb = record(&s, "b", "{\"port\":80}");
    depends(&s, rb, ra);
    rb->state = RESOURCE_FAILED, rb->operation = "update";
    compute(&s);
    assert_string_equal(summary(&s), "~a[v]@0 ~b@1");
    assert_int_equal(b->edges.length, 1);
    assert_int_equal(b->edges.items[0].reason, CLOUD_EDGE_RECORDED);
    teardown(&s);
    /* Never when it would close a cycle. */
    setup(&s);
    b = node(&s, "b", "{\"port\":80}");
    a = node(&s, "a", "{\"v\":2}");
    cloud_node_add_edge(a, b, CLOUD_EDGE_OUTPUT);
    ra = record(&s, "a", "{\"v\":1}"), rb = record(&s, "b", "{\"port\":80}");
    depends(&s, rb, ra);
    rb->state = RESOURCE_FAILED, rb->operation = "update";
    compute(&s);
    assert_string_equal(summary(&s), "~b@0 ~a[v]@1");
    teardown(&s);
}

static void test_deletes(void **state) {
    stack s;
    setup(&s);
    node(&s, "user", "{\"v\":2}");
    resource_record *net = record(&s, "net", "{}"), *db = record(&s, "net/db", "{}"), *user = record(&s, "user", "{\"v\":1}");
    depends(&s, db, net);
    depends(&s, user, db);
    compute(&s);
    assert_string_equal(summary(&s), "~user[v]@0 -net/db@1 -net@2");
    assert_int_equal(compute_with(&s, NULL, true), CR_OK);
    assert_string_equal(summary(&s), "-user@0 -net/db@1 -net@2");
    teardown(&s);
}

static void test_cycle(void **state) {
    stack s;
    setup(&s);
    cloud_node *a = node(&s, "App/a", "{}"), *b = node(&s, "App/b", "{}"), *c = node(&s, "App/c", "{}");
    static const cr_site sites[] = {{"app.tsx", 3, 5}, {"app.tsx", 4, 5}, {"app.tsx", 5, 5}};
    a->site = &sites[0], b->site = &sites[1], c->site = &sites[2];
    const cr_string *address = cr_as_string(cr_string_text(s.cx, "App/b"));
    cr_value env = cr_object_new(s.cx);
    cr_set_field(s.cx, env, "URL", unknown_output(s.cx, b, address, address));
    cr_set_field(s.cx, a->props, "env", env);
    cloud_node_add_edge(a, b, CLOUD_EDGE_OUTPUT);
    cloud_node_add_edge(b, c, CLOUD_EDGE_REFERENCE);
    cloud_node_add_edge(c, a, CLOUD_EDGE_PARENT);
    assert_int_equal(compute_with(&s, NULL, false), CR_E_DATA);
    assert_string_equal(s.err.message, "resources need each other: 'App/b' -> 'App/c' -> 'App/a' -> 'App/b'\n"
                                       "    'App/b' (app.tsx:4:5) needs 'App/c'\n"
                                       "    'App/c' (app.tsx:5:5) needs 'App/a', in which it is nested\n"
                                       "    'App/a' (app.tsx:3:5) needs 'App/b' through 'env.URL'");
    teardown(&s);
}

/* ---- random stacks -------------------------------------------------------------------------------------- */

static uint32_t random_state = 7;
static uint32_t below(uint32_t limit) { /* xorshift, G. Marsaglia 2003 */
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % limit;
}

/* Every edge and every recorded dependency is respected, batches are levels, each resource has one change at most. */
static void check_random(stack *s) {
    for (uint32_t i = 0; i < s->set.changes.length; i++) {
        const change *c = s->set.changes.items[i];
        uint32_t count, level = 0;
        const uint32_t *before = change_set_predecessors(&s->set, i, &count);
        for (uint32_t k = 0; k < count; k++) {
            assert_true(before[k] < i);
            if (s->set.changes.items[before[k]]->batch + 1 > level) level = s->set.changes.items[before[k]]->batch + 1;
        }
        assert_int_equal(c->batch, level);
        for (size_t k = 0; c->node != NULL && k < c->node->edges.length; k++) {
            const change *needed = map_get(&s->set.by_id, str_of(c->node->edges.items[k].to->id));
            if (needed != NULL) assert_true(needed->batch < c->batch);
        }
        if (c->moved_from != NULL) assert_string_equal(c->record->construct, c->node->construct);
        if (c->kind != CHANGE_DELETE) continue;
        for (uint32_t k = 0; k < s->set.changes.length; k++) {
            const change *other = s->set.changes.items[k];
            for (uint32_t d = 0; other->record != NULL && d < other->record->depend_count; d++)
                if (strcmp(other->record->depends[d], c->record->id) == 0) assert_true(k < i);
        }
    }
}

static void test_random(void **state) {
    for (int round = 0; round < 300; round++) {
        stack s;
        setup(&s);
        uint32_t nodes = 1 + below(40);
        char address[64], props[64];
        for (uint32_t i = 0; i < nodes; i++) {
            snprintf(address, sizeof address, "C%u/r%u", (unsigned)below(4), (unsigned)i);
            snprintf(props, sizeof props, "{\"v\":%u}", (unsigned)below(3));
            cloud_node *n = node(&s, address, props);
            for (uint32_t k = below(3); i != 0 && k-- != 0;) cloud_node_add_edge(n, s.dom.nodes.items[below(i)], CLOUD_EDGE_OUTPUT);
        }
        for (uint32_t i = 0; i < nodes; i++) {
            if (below(4) == 0) continue;
            snprintf(address, sizeof address, "C%u/r%u", (unsigned)below(4), (unsigned)(i + below(2) * 50));
            snprintf(props, sizeof props, "{\"v\":%u}", (unsigned)below(3));
            char id[CLOUD_ID_BYTES];
            cloud_id(address, "Thing", id);
            if (map_get(&s.recorded.by_id, str_of(id)) != NULL) continue;
            resource_record *r = record(&s, address, props);
            for (uint32_t k = below(3); s.recorded.resources.length > 1 && k-- != 0;)
                depends(&s, r, s.recorded.resources.items[below((uint32_t)s.recorded.resources.length - 1)]);
        }
        compute(&s);
        check_random(&s);
        const char *first = summary(&s);
        compute(&s); /* the same again, with the recorded edges added by now */
        assert_string_equal(summary(&s), first);
        uint32_t total = 0;
        for (int k = 0; k <= CHANGE_MOVE; k++) total += s.set.counts[k];
        assert_true(total >= nodes);
        assert_int_equal(compute_with(&s, NULL, true), CR_OK);
        assert_int_equal(s.set.counts[CHANGE_DELETE], s.recorded.resources.length);
        check_random(&s);
        teardown(&s);
    }
}

/* An unchanged stack costs a look-up a node; the limit is wide, for slow machines and sanitizers. */
static void test_unchanged_is_cheap(void **state) {
    enum { NODES = 20000 };
    stack s;
    setup(&s);
    char address[64];
    for (int i = 0; i < NODES; i++) {
        snprintf(address, sizeof address, "Fleet/node-%d", i);
        cloud_node *n = node(&s, address, "{\"size\":1}");
        if (i != 0) cloud_node_add_edge(n, s.dom.nodes.items[i - 1], CLOUD_EDGE_OUTPUT);
        record(&s, address, "{\"size\":1}")->detailed = false; /* a look at the details would fail: there is no line */
    }
    clock_t begin = clock();
    compute(&s);
    double ms = (double)(clock() - begin) * 1000 / CLOCKS_PER_SEC;
    print_message("%d unchanged nodes: %.2f ms\n", NODES, ms);
    assert_int_equal(s.set.changes.length, 0);
    assert_int_equal(s.set.counts[CHANGE_NONE], NODES);
    assert_true(ms < 500);
    assert_int_equal(compute_with(&s, NULL, true), CR_E_DATA);
    teardown(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),          cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_replace),        cmocka_unit_test(test_renamed_component),
        cmocka_unit_test(test_move_prefers_same_name), cmocka_unit_test(test_move_with_unknown_props),
        cmocka_unit_test(test_deferred_is_left_alone), cmocka_unit_test(test_drift),
        cmocka_unit_test(test_unfinished_operations),  cmocka_unit_test(test_order),
        cmocka_unit_test(test_recorded_edges), cmocka_unit_test(test_deletes),
        cmocka_unit_test(test_cycle),          cmocka_unit_test(test_random),
        cmocka_unit_test(test_unchanged_is_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
