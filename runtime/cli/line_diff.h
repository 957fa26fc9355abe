/* cli/line_diff.h: which lines differ between two texts.
 *
 * Common lines at both ends are set aside; what is left is compared by the longest common subsequence (dynamic
 * programming), or taken as changed throughout where that would cost too much.                              */
#ifndef CREACT_CLI_LINE_DIFF_H
#define CREACT_CLI_LINE_DIFF_H

#include "base/str.h"
#include "base/vec.h"

enum { LINE_DIFF_CELLS_MAX = 1 << 20 }; /* lines x lines compared; past it every line in between is "changed" */

typedef struct diff_line {
    char sign; /* '-' removed, '+' added, ' ' the same */
    str text;  /* borrowed from the texts compared */
} diff_line;

typedef VEC(diff_line) line_diff;

/* Appends all lines of both texts in order. The caller releases *out with VEC_RELEASE. */
void line_diff_compute(str before, str after, line_diff *out);

#endif
