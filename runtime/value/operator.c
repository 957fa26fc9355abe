/* Operators. Numbers take the first branch; the rest is the language's conversions. */
#include <math.h>

#include "value/convert.h"
#include "value/error.h"
#include "value/number.h"
#include "value/string.h"
#include "value/unknown.h"

bool cr_truthy(cr_context *cx, cr_value v) {
    if (!cr_is_unknown(v)) return value_truthy_known(v);
    const cr_hooks *hooks = &cx->runtime->hooks;
    if (hooks->assumed != NULL) hooks->assumed(hooks->data, cx, v);
    return true;
}

bool cr_nullish(cr_context *cx, cr_value v) {
    if (!cr_is_unknown(v)) return cr_is_nullish(v);
    const cr_hooks *hooks = &cx->runtime->hooks;
    if (hooks->assumed != NULL) hooks->assumed(hooks->data, cx, v);
    return false;
}

/* Can `v` be the text of a `+` that joins: is it a string, or an unknown that surely stands for one? */
static bool is_text(cr_value v) {
    return cr_is_string(v) || (cr_is_unknown(v) && cr_as_unknown(v)->op == UNKNOWN_CONCAT);
}

cr_value cr_add(cr_context *cx, cr_value a, cr_value b) {
    if (cr_is_number(a) && cr_is_number(b)) return cr_number(cr_to_double(a) + cr_to_double(b));
    if (cr_is_string(a) && cr_is_string(b)) return string_concat(cx, cr_as_string(a), cr_as_string(b));
    a = value_to_primitive(cx, a, HINT_DEFAULT);
    if (a == CR_EXCEPTION) return a;
    b = value_to_primitive(cx, b, HINT_DEFAULT);
    if (b == CR_EXCEPTION) return b;
    if (cr_is_unknown(a) || cr_is_unknown(b)) {
        if (is_text(a) || is_text(b)) return unknown_concat(cx, 2, (cr_value[]){a, b});
        return unknown_binary(cx, "+", a, b);
    }
    if (cr_is_string(a) || cr_is_string(b)) {
        const cr_string *left = value_to_string(cx, a), *right = value_to_string(cx, b);
        return string_concat(cx, left, right);
    }
    double x, y;
    if (!value_to_number(cx, a, &x) || !value_to_number(cx, b, &y)) return CR_EXCEPTION;
    return cr_number(x + y);
}

/* Both operands as numbers. 1: done, 0: unknown, *lifted is the answer; -1: threw. */
static int numbers(cr_context *cx, const char *op, cr_value a, cr_value b, double *x, double *y, cr_value *lifted) {
    a = value_to_primitive(cx, a, HINT_NUMBER);
    if (a == CR_EXCEPTION) return -1;
    b = value_to_primitive(cx, b, HINT_NUMBER);
    if (b == CR_EXCEPTION) return -1;
    if (cr_is_unknown(a) || cr_is_unknown(b)) {
        *lifted = unknown_binary(cx, op, a, b);
        return 0;
    }
    return value_to_number(cx, a, x) && value_to_number(cx, b, y) ? 1 : -1;
}

/* V8's pow: C's, except that 1 and -1 to an infinite or missing power are NaN. */
static double power(double base, double exponent) {
    if (isnan(exponent) || (isinf(exponent) && fabs(base) == 1)) return NAN;
    return pow(base, exponent);
}

static double bits_and(double x, double y) { return number_to_int32(x) & number_to_int32(y); }
static double bits_or(double x, double y) { return number_to_int32(x) | number_to_int32(y); }
static double bits_xor(double x, double y) { return number_to_int32(x) ^ number_to_int32(y); }
static double bits_left(double x, double y) { return (int32_t)(number_to_uint32(x) << (number_to_uint32(y) & 31)); }
static double bits_right(double x, double y) { return number_to_int32(x) >> (number_to_uint32(y) & 31); }
static double bits_right_unsigned(double x, double y) { return number_to_uint32(x) >> (number_to_uint32(y) & 31); }

/* One function an arithmetic operator: ARITHMETIC(C name, as written, the result from doubles x and y). */
#define ARITHMETIC(name, op, result)                                                                          \
    cr_value name(cr_context *cx, cr_value a, cr_value b) {                                                   \
        double x, y;                                                                                          \
        if (cr_is_number(a) && cr_is_number(b)) {                                                             \
            x = cr_to_double(a);                                                                              \
            y = cr_to_double(b);                                                                              \
            return cr_number(result);                                                                         \
        }                                                                                                     \
        cr_value lifted;                                                                                      \
        int done = numbers(cx, op, a, b, &x, &y, &lifted);                                                    \
        return done > 0 ? cr_number(result) : done == 0 ? lifted : CR_EXCEPTION;                              \
    }
ARITHMETIC(cr_sub, "-", x - y)
ARITHMETIC(cr_mul, "*", x * y)
ARITHMETIC(cr_div, "/", x / y)
ARITHMETIC(cr_mod, "%", fmod(x, y))
ARITHMETIC(cr_pow, "**", power(x, y))
ARITHMETIC(cr_bit_and, "&", bits_and(x, y))
ARITHMETIC(cr_bit_or, "|", bits_or(x, y))
ARITHMETIC(cr_bit_xor, "^", bits_xor(x, y))
ARITHMETIC(cr_shift_left, "<<", bits_left(x, y))
ARITHMETIC(cr_shift_right, ">>", bits_right(x, y))
ARITHMETIC(cr_shift_right_unsigned, ">>>", bits_right_unsigned(x, y))

/* One operand as a number, as `numbers`. */
static int number_of(cr_context *cx, const char *op, cr_value a, double *x, cr_value *lifted) {
    a = value_to_primitive(cx, a, HINT_NUMBER);
    if (a == CR_EXCEPTION) return -1;
    if (cr_is_unknown(a)) {
        *lifted = unknown_unary(cx, op, a);
        return 0;
    }
    return value_to_number(cx, a, x) ? 1 : -1;
}

#define UNARY(name, op, result)                                                                               \
    cr_value name(cr_context *cx, cr_value a) {                                                               \
        double x;                                                                                             \
        cr_value lifted;                                                                                      \
        int done = number_of(cx, op, a, &x, &lifted);                                                         \
        return done > 0 ? cr_number(result) : done == 0 ? lifted : CR_EXCEPTION;                              \
    }
UNARY(cr_bit_not, "~", ~number_to_int32(x))
UNARY(cr_negate, "-", -x)
UNARY(cr_plus, "+", x)

cr_value cr_increment(cr_context *cx, cr_value a) {
    a = cr_plus(cx, a);
    return a != CR_EXCEPTION ? cr_add(cx, a, cr_number(1)) : a;
}

cr_value cr_decrement(cr_context *cx, cr_value a) {
    a = cr_plus(cx, a);
    return a != CR_EXCEPTION ? cr_sub(cx, a, cr_number(1)) : a;
}

/* ---- comparison --------------------------------------------------------------------------------------------------- */

/* The order of two values: -1 0 1, 2 when they have none (NaN); -2: threw. */
static int compare(cr_context *cx, cr_value a, cr_value b) {
    a = value_to_primitive(cx, a, HINT_NUMBER);
    if (a == CR_EXCEPTION) return -2;
    b = value_to_primitive(cx, b, HINT_NUMBER);
    if (b == CR_EXCEPTION) return -2;
    if (cr_is_string(a) && cr_is_string(b)) {
        int order = string_compare(cr_as_string(a), cr_as_string(b));
        return order < 0 ? -1 : order > 0;
    }
    double x, y;
    if (!value_to_number(cx, a, &x) || !value_to_number(cx, b, &y)) return -2;
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
}

#define COMPARISON(name, op, matches)                                                                         \
    cr_value name(cr_context *cx, cr_value a, cr_value b) {                                                   \
        if (cr_is_number(a) && cr_is_number(b)) return cr_from_bool(cr_to_double(a) op cr_to_double(b));      \
        int order = compare(cx, a, b);                                                                        \
        return order == -2 ? CR_EXCEPTION : cr_from_bool(matches);                                            \
    }
COMPARISON(cr_less, <, order == -1)
COMPARISON(cr_less_equal, <=, order == -1 || order == 0)
COMPARISON(cr_greater, >, order == 1)
COMPARISON(cr_greater_equal, >=, order == 1 || order == 0)

cr_value cr_equal(cr_context *cx, cr_value a, cr_value b) {
    if (cr_is_number(a) && cr_is_number(b)) return cr_from_bool(cr_to_double(a) == cr_to_double(b));
    if (a == b) return CR_TRUE;
    if (cr_is_unknown(a) || cr_is_unknown(b)) {
        cr_value unknown = cr_is_unknown(a) ? a : b, other = cr_is_unknown(a) ? b : a;
        if (cr_is_nullish(other)) return cr_from_bool(cr_nullish(cx, unknown));
        return value_same(a, b) ? CR_TRUE : cr_suspend(cx, unknown);
    }
    return cr_from_bool(cr_is_string(a) && cr_is_string(b) && cr_string_equal(cr_as_string(a), cr_as_string(b)));
}

cr_value cr_not_equal(cr_context *cx, cr_value a, cr_value b) {
    cr_value equal = cr_equal(cx, a, b);
    return equal == CR_EXCEPTION ? equal : cr_from_bool(equal == CR_FALSE);
}

static cr_string type_names[] = {STRING_LITERAL_INIT("undefined"), STRING_LITERAL_INIT("object"), STRING_LITERAL_INIT("boolean"),
                                 STRING_LITERAL_INIT("number"),    STRING_LITERAL_INIT("string"), STRING_LITERAL_INIT("function")};

cr_value cr_typeof(cr_context *cx, cr_value a) {
    if (cr_is_unknown(a)) return cr_suspend(cx, a);
    const char *name = value_type_name(a);
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        if (string_is_ascii_text(&type_names[i], name)) return cr_from_pointer(&type_names[i]);
    return CR_UNDEFINED;
}
