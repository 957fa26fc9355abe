#include "deploy/resource.h"

cr_resource resource_of(const char *stack, const cloud_node *node, const resource_record *record) {
    cr_resource self = {.stack = stack,
                        .construct_class = CR_UNDEFINED,
                        .props = CR_UNDEFINED,
                        .prior_props = CR_UNDEFINED,
                        .prior_outputs = CR_UNDEFINED,
                        .private_data = CR_UNDEFINED};
    if (record != NULL) {
        self.id = record->id;
        self.address = record->address;
        self.construct = record->construct;
        self.props = record->wanted_props;
        self.prior_props = record->props;
        self.prior_outputs = record->outputs;
        self.private_data = record->private_data;
        self.operation = record->operation;
        self.token = record->token;
        self.attempt = record->attempt;
    }
    if (node != NULL) {
        self.id = node->id;
        self.address = node->address;
        self.construct = node->construct;
        self.construct_class = node->construct_class;
        self.props = node->props;
        self.node = node;
    }
    return self;
}

cr_status resource_provider(const router *providers, const resource_record *record,
                            const router_entry **entry, cr_error *err) {
    *entry = record->provider != NULL ? router_find_type(providers, record->provider)
                                      : router_find(providers, record->construct);
    if (*entry != NULL) return CR_OK;
    if (record->provider == NULL)
        return cr_fail(err, CR_E_CONFIG, "no provider serves '%s' of '%s'", record->construct,
                       record->address);
    return cr_fail(err, CR_E_CONFIG,
                   "'%s' was made by provider '%s', which this program does not have: import it to go on",
                   record->address, record->provider);
}
