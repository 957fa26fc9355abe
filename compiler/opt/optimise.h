/* opt/optimise.h: the passes over the IR, one file each. The verifier runs after every pass.
 *
 * -O0: none. -O1: branches on constants and what cannot be reached (unreachable.c), temporaries that are only
 * copied on (copies.c), temporaries that can share a place (registers.c). -O2 and -O3: also arithmetic and strings of constants (fold.c), before the others.
 * No pass changes what a program does, exceptions and their order included.
 * To add one: a file with one function over an ir_function, its declaration here, its row in optimise.c.      */
#ifndef CREACT_OPT_OPTIMISE_H
#define CREACT_OPT_OPTIMISE_H

#include "opt/ir.h"

void ir_optimise(ir_module *self, int level);

/* Instructions whose operands are constants become copies of their result. */
void ir_fold(ir_module *self, ir_function *function);
/* Decides branches on constants; removes what no path reaches, labels that nothing goes to, and jumps to the next
 * instruction. */
void ir_remove_unreachable(ir_module *self, ir_function *function);
/* `t = …; v = t` where t is used nowhere else becomes `v = …`; values that nothing reads are not made. */
void ir_fuse_copies(ir_module *self, ir_function *function);

/* Temporaries that live within one block take over the registers of others that are not needed any more, so that
 * frames stay small: generated C is compiled without optimisation, where each register is a place on the stack. */
void ir_share_registers(ir_module *self, ir_function *function);

#endif
