/* Math. V8 uses fdlibm's functions; where the C library's differ in the last digit, ours follow the C library
 * (sin, exp, pow and their like; see the README). */
#include <math.h>

#include "builtins/table.h"
#include "value/convert.h"
#include "value/number.h"

/* One argument in, one number out: MATH_1(name, expression of x) */
#define MATH_1(name, expression)                                                                              \
    NATIVE(math_##name) {                                                                                     \
        double x;                                                                                             \
        if (!value_to_number(cx, arg_at(argc, argv, 0), &x)) return CR_EXCEPTION;                             \
        return cr_number(expression);                                                                         \
    }

/* Halves go up, towards plus infinity; the sign of zero stays. */
static double round_half_up(double x) {
    if (!(fabs(x) < 4503599627370496.0)) return x; /* no fraction left, or NaN */
    double floored = floor(x);
    return copysign(x - floored >= 0.5 ? floored + 1 : floored, x);
}

static double leading_zeros(double x) {
    uint32_t bits = number_to_uint32(x);
    return bits != 0 ? __builtin_clz(bits) : 32;
}

MATH_1(abs, fabs(x))
MATH_1(acos, acos(x))
MATH_1(acosh, acosh(x))
MATH_1(asin, asin(x))
MATH_1(asinh, asinh(x))
MATH_1(atan, atan(x))
MATH_1(atanh, atanh(x))
MATH_1(cbrt, (double)cbrtl(x)) /* the double one of some C libraries gives 3.0000000000000004 for 27 */
MATH_1(ceil, ceil(x))
MATH_1(clz32, leading_zeros(x))
MATH_1(cos, cos(x))
MATH_1(cosh, cosh(x))
MATH_1(exp, exp(x))
MATH_1(expm1, expm1(x))
MATH_1(floor, floor(x))
MATH_1(fround, (double)(float)x)
MATH_1(log, log(x))
MATH_1(log10, log10(x))
MATH_1(log1p, log1p(x))
MATH_1(log2, log2(x))
MATH_1(round, round_half_up(x))
MATH_1(sign, x > 0 ? 1 : x < 0 ? -1 : x)
MATH_1(sin, sin(x))
MATH_1(sinh, sinh(x))
MATH_1(sqrt, sqrt(x))
MATH_1(tan, tan(x))
MATH_1(tanh, tanh(x))
MATH_1(trunc, trunc(x))

static bool two_numbers(cr_context *cx, uint32_t argc, const cr_value *argv, double *x, double *y) {
    return value_to_number(cx, arg_at(argc, argv, 0), x) && value_to_number(cx, arg_at(argc, argv, 1), y);
}

NATIVE(math_atan2) {
    double y, x;
    return two_numbers(cx, argc, argv, &y, &x) ? cr_number(atan2(y, x)) : CR_EXCEPTION;
}

NATIVE(math_pow) { return cr_pow(cx, arg_at(argc, argv, 0), arg_at(argc, argv, 1)); }

NATIVE(math_imul) {
    double x, y;
    if (!two_numbers(cx, argc, argv, &x, &y)) return CR_EXCEPTION;
    return cr_number((int32_t)(number_to_uint32(x) * number_to_uint32(y)));
}

static cr_value extreme(cr_context *cx, uint32_t argc, const cr_value *argv, bool largest) {
    double best = largest ? -INFINITY : INFINITY;
    for (uint32_t i = 0; i < argc; i++) {
        double x;
        if (!value_to_number(cx, argv[i], &x)) return CR_EXCEPTION;
        bool better = largest ? x > best : x < best;
        bool zero_wins = x == 0 && best == 0 && (largest ? signbit(best) : signbit(x)) != 0;
        if (isnan(x) || (!isnan(best) && (better || zero_wins))) best = x;
    }
    return cr_number(best);
}
NATIVE(math_max) { return extreme(cx, argc, argv, true); }
NATIVE(math_min) { return extreme(cx, argc, argv, false); }

NATIVE(math_hypot) {
    double largest = 0, *xs = HEAP_ARRAY(cx, double, argc);
    bool infinite = false, missing = false;
    for (uint32_t i = 0; i < argc; i++) {
        if (!value_to_number(cx, argv[i], &xs[i])) return CR_EXCEPTION;
        xs[i] = fabs(xs[i]);
        infinite = infinite || isinf(xs[i]);
        missing = missing || isnan(xs[i]);
        if (xs[i] > largest) largest = xs[i];
    }
    if (infinite || missing) return cr_number(infinite ? INFINITY : NAN);
    if (largest == 0) return cr_number(0);
    double sum = 0, lost = 0; /* Kahan's summation */
    for (uint32_t i = 0; i < argc; i++) {
        double part = xs[i] / largest, term = part * part - lost, next = sum + term;
        lost = (next - sum) - term;
        sum = next;
    }
    return cr_number(sqrt(sum) * largest);
}

BUILTIN_STATICS(Math, MEMBERS_Math, CONSTANTS_Math)
BUILTIN_OBJECT(Math)
