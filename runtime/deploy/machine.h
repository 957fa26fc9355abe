/* deploy/machine.h: the only place where the state of a resource changes (clouddom/states.def). */
#ifndef CREACT_MACHINE_H
#define CREACT_MACHINE_H

#include <stdbool.h>

#include "clouddom/record.h"

bool machine_allows(resource_state from, resource_state to);
/* Moves `record` to `to`. A transition that states.def does not list is a bug and stops the process. */
void machine_move(resource_record *record, resource_state to);

#endif
