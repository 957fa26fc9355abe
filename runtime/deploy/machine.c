#include "deploy/machine.h"

#include "base/bug.h"

static const struct {
    resource_state from, to;
} transitions[] = {
#define TRANSITION(from, to, who) {RESOURCE_##from, RESOURCE_##to},
#include "clouddom/states.def"
#undef TRANSITION
};

bool machine_allows(resource_state from, resource_state to) {
    for (size_t i = 0; i < sizeof transitions / sizeof transitions[0]; i++)
        if (transitions[i].from == from && transitions[i].to == to) return true;
    return false;
}

void machine_move(resource_record *record, resource_state to) {
    if (!machine_allows(record->state, to))
        BUG("resource '%s' may not go from %s to %s", record->address, resource_state_name(record->state),
            resource_state_name(to));
    record->state = to;
}
