/* When tsc takes a name for a misspelling: getSpellingSuggestion of its core.ts, rewritten. The distance is
 * Levenshtein's with a substitution counted as 2 (a changed case as 0.1; all in tenths here), and must stay
 * below 0.4 of the length, plus 1. Names of one or two letters are taken only in another case. */
#include <stdlib.h>

#include "types/type.h"

enum { NAME_LENGTH_MAX = 64, STEP = 10, SUBSTITUTION = 20, CASE_CHANGE = 1 };

static char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte; }

static int substitution(char a, char b) { return a == b ? 0 : lower(a) == lower(b) ? CASE_CHANGE : SUBSTITUTION; }

static int smallest(int a, int b, int c) {
    int smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

static int distance(str a, str b) {
    int rows[2][NAME_LENGTH_MAX + 1];
    int *above = rows[0], *row = rows[1];
    for (size_t j = 0; j <= b.length; j++) above[j] = (int)j * STEP;
    for (size_t i = 1; i <= a.length; i++) {
        row[0] = (int)i * STEP;
        for (size_t j = 1; j <= b.length; j++)
            row[j] = smallest(above[j] + STEP, row[j - 1] + STEP,
                              above[j - 1] + substitution(a.bytes[i - 1], b.bytes[j - 1]));
        int *other = above;
        above = row;
        row = other;
    }
    return above[b.length];
}

bool tsc_suggests(str name, str candidate) {
    if (name.length > NAME_LENGTH_MAX || candidate.length > NAME_LENGTH_MAX || str_equal(name, candidate)) return false;
    int length = (int)name.length, difference = abs(length - (int)candidate.length);
    int difference_max = length * 34 / 100 > 2 ? length * 34 / 100 : 2;
    if (difference > difference_max) return false;
    int found = distance(name, candidate);
    if (candidate.length < 3 && found >= STEP) return false;
    return found < (length * 4 / 10 + 1) * STEP;
}
