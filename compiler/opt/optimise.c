#include "opt/optimise.h"

static const struct {
    const char *name;
    int level;
    void (*run)(ir_module *self, ir_function *function);
} passes[] = {
    {"fold", 2, ir_fold},
    {"unreachable", 1, ir_remove_unreachable},
    {"copies", 1, ir_fuse_copies},
    {"registers", 1, ir_share_registers},
};

void ir_optimise(ir_module *self, int level) {
    for (size_t i = 0; i < sizeof passes / sizeof *passes; i++) {
        if (level < passes[i].level) continue;
        for (size_t j = 0; j < self->functions.length; j++) passes[i].run(self, self->functions.items[j]);
        ir_verify(self, passes[i].name);
    }
}
