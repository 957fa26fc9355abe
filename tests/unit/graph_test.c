/* Order, levels, cycles and the ready set, on small graphs and on random ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <time.h>

#include "graph/graph.h"

static uint32_t random_state = 1;
static uint32_t random_below(uint32_t limit) { /* xorshift, G. Marsaglia 2003 */
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % limit;
}

static void build(graph *g, uint32_t nodes, const uint32_t (*edges)[2], size_t count) {
    graph_init(g, nodes);
    for (size_t i = 0; i < count; i++) graph_add_edge(g, edges[i][0], edges[i][1]);
    graph_seal(g);
}

static void test_order(void **state) {
    graph g;
    const uint32_t edges[][2] = {{4, 1}, {4, 3}, {1, 0}, {3, 0}, {4, 1}};
    build(&g, 6, edges, 5);
    uint32_t order[6], levels[6], count;
    assert_true(graph_order(&g, order, levels));
    const uint32_t expected[] = {2, 4, 1, 3, 0, 5}, expected_levels[] = {2, 1, 0, 1, 0, 0};
    assert_memory_equal(order, expected, sizeof order);
    assert_memory_equal(levels, expected_levels, sizeof levels);
    const uint32_t *after = graph_successors(&g, 4, &count);
    assert_int_equal(count, 2); /* the doubled edge is there once */
    assert_int_equal(after[0], 1);
    const uint32_t *before = graph_predecessors(&g, 0, &count);
    assert_int_equal(count, 2);
    assert_int_equal(before[1], 3);
    assert_null(graph_find_cycle(&g, &count));
    graph_release(&g);
}

static void test_empty(void **state) {
    graph g;
    build(&g, 0, NULL, 0);
    uint32_t count;
    assert_true(graph_order(&g, &count, &count));
    assert_null(graph_find_cycle(&g, &count));
    graph_release(&g);
}

static void test_cycle(void **state) {
    graph g;
    const uint32_t edges[][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 1}, {3, 4}};
    build(&g, 5, edges, 5);
    uint32_t order[5], length;
    assert_false(graph_order(&g, order, NULL));
    uint32_t *cycle = graph_find_cycle(&g, &length);
    const uint32_t expected[] = {1, 2, 3};
    assert_int_equal(length, 3);
    assert_memory_equal(cycle, expected, sizeof expected);
    mem_free(cycle);
    graph_release(&g);
    const uint32_t self_edge[][2] = {{1, 1}};
    build(&g, 2, self_edge, 1);
    cycle = graph_find_cycle(&g, &length);
    assert_int_equal(length, 1);
    assert_int_equal(cycle[0], 1);
    mem_free(cycle);
    graph_release(&g);
}

/* Whatever order things finish in, each is started once and after all that it needs. */
static void test_ready(void **state) {
    for (int round = 0; round < 200; round++) {
        uint32_t nodes = 1 + random_below(60);
        graph g;
        graph_init(&g, nodes);
        for (uint32_t i = random_below(150); i-- != 0;) {
            uint32_t a = random_below(nodes), b = random_below(nodes);
            if (a != b) graph_add_edge(&g, a < b ? a : b, a < b ? b : a);
        }
        graph_seal(&g);
        graph_ready ready;
        graph_ready_init(&ready, &g);
        uint8_t done[60] = {0};
        VEC(uint32_t) running = {0};
        uint32_t finished = 0, node, count;
        while (finished < nodes) {
            while (running.length < 4 && graph_ready_pop(&ready, &node)) {
                const uint32_t *before = graph_predecessors(&g, node, &count);
                for (uint32_t i = 0; i < count; i++) assert_int_equal(done[before[i]], 1);
                VEC_PUSH(&running, node);
            }
            assert_int_not_equal(running.length, 0);
            uint32_t pick = random_below((uint32_t)running.length);
            node = running.items[pick];
            running.items[pick] = VEC_LAST(&running);
            running.length--;
            assert_int_equal(done[node], 0);
            done[node] = 1;
            finished++;
            graph_ready_done(&ready, node);
        }
        assert_false(graph_ready_pop(&ready, &node));
        VEC_RELEASE(&running);
        graph_ready_release(&ready);
        graph_release(&g);
    }
}

/* 100,000 nodes take milliseconds; the limit is wide, for slow machines and sanitizers. */
static void test_large(void **state) {
    enum { NODES = 100000 };
    clock_t begin = clock();
    graph g;
    graph_init(&g, NODES);
    for (uint32_t i = 1; i < NODES; i++) {
        graph_add_edge(&g, i - 1, i);
        graph_add_edge(&g, random_below(i), i);
    }
    graph_seal(&g);
    uint32_t *order = mem_alloc(NODES * sizeof *order), *levels = mem_alloc(NODES * sizeof *levels), length;
    assert_true(graph_order(&g, order, levels));
    assert_int_equal(order[NODES - 1], NODES - 1);
    assert_int_equal(levels[NODES - 1], NODES - 1);
    assert_null(graph_find_cycle(&g, &length));
    mem_free(order);
    mem_free(levels);
    graph_release(&g);
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order), cmocka_unit_test(test_empty), cmocka_unit_test(test_cycle),
        cmocka_unit_test(test_ready), cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
