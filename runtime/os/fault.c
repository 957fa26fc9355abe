#include "os/fault.h"

#include <signal.h>
#include <unistd.h>

static struct {
    uint64_t fail_in[FAULT_KIND_COUNT];
    int fail_with[FAULT_KIND_COUNT];
    uint64_t die_in, changes, torn_bytes;
    int tears;
} fault;

static const uint8_t changes_world[FAULT_KIND_COUNT] = {
#define X(name, changes) changes,
    FAULT_KIND_LIST(X)
#undef X
};

void fault_fail(fault_kind kind, uint64_t nth, int error_number) {
    fault.fail_in[kind] = nth;
    fault.fail_with[kind] = error_number;
}

void fault_die(uint64_t nth) { fault.die_in = nth; }

void fault_tear(uint64_t bytes) {
    fault.tears = 1;
    fault.torn_bytes = bytes;
}

uint64_t fault_changes(void) { return fault.changes; }

int fault_check(fault_kind kind) {
    if (changes_world[kind]) {
        fault.changes++;
        if (fault.die_in != 0 && --fault.die_in == 0) kill(getpid(), SIGKILL);
    }
    if (fault.fail_in[kind] == 0 || --fault.fail_in[kind] != 0) return 0;
    return fault.fail_with[kind];
}

uint64_t fault_torn(uint64_t length) {
    if (!fault.tears) return length;
    return fault.torn_bytes < length ? fault.torn_bytes : length;
}
