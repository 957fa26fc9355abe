/* Number and the global functions for numbers. */
#include "value/number.h"

#include <math.h>
#include <stdlib.h>

#include "builtins/table.h"
#include "value/convert.h"
#include "value/error.h"

static cr_value construct_number(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    double number = 0;
    if (argc > 0 && !value_to_number(cx, argv[0], &number)) return CR_EXCEPTION;
    return cr_number(number);
}

static double plain(cr_value v) { return cr_is_number(v) ? cr_to_double(v) : NAN; }

NATIVE(number_is_finite) { return cr_from_bool(isfinite(plain(arg_at(argc, argv, 0)))); }
NATIVE(number_is_nan) {
    cr_value v = arg_at(argc, argv, 0);
    return cr_from_bool(cr_is_number(v) && isnan(cr_to_double(v)));
}
NATIVE(number_is_integer) {
    double x = plain(arg_at(argc, argv, 0));
    return cr_from_bool(isfinite(x) && x == floor(x));
}
NATIVE(number_is_safe_integer) {
    double x = plain(arg_at(argc, argv, 0));
    return cr_from_bool(isfinite(x) && x == floor(x) && fabs(x) <= 9007199254740991.0);
}

NATIVE(is_finite) {
    double x;
    return value_to_number(cx, arg_at(argc, argv, 0), &x) ? cr_from_bool(isfinite(x)) : CR_EXCEPTION;
}
NATIVE(is_nan) {
    double x;
    return value_to_number(cx, arg_at(argc, argv, 0), &x) ? cr_from_bool(isnan(x)) : CR_EXCEPTION;
}

NATIVE(parse_float) {
    const cr_string *s = value_to_string(cx, arg_at(argc, argv, 0));
    return s != NULL ? cr_number(number_parse_prefix(s)) : CR_EXCEPTION;
}

NATIVE(parse_int) {
    const cr_string *s = value_to_string(cx, arg_at(argc, argv, 0));
    double radix = 0;
    if (s == NULL || (argc > 1 && !value_to_number(cx, argv[1], &radix))) return CR_EXCEPTION;
    return cr_number(number_parse_integer(s, radix));
}

NATIVE(number_parse_float) { return native_parse_float(cx, self, this_value, argc, argv); }
NATIVE(number_parse_int) { return native_parse_int(cx, self, this_value, argc, argv); }

static bool this_number(cr_context *cx, cr_value this_value, const char *method, double *number) {
    if (cr_is_number(this_value)) {
        *number = cr_to_double(this_value);
        return true;
    }
    throw_type_error(cx, "Number.prototype.%s requires that 'this' be a Number", method);
    return false;
}

static cr_value ascii(cr_context *cx, const char *text, size_t length) {
    return cr_from_pointer(string_latin1(cx, (const uint8_t *)text, length));
}

NATIVE(number_to_string) {
    double number, radix = 10;
    if (!this_number(cx, this_value, "toString", &number)) return CR_EXCEPTION;
    if (arg_at(argc, argv, 0) != CR_UNDEFINED && !value_to_integer(cx, argv[0], &radix)) return CR_EXCEPTION;
    if (radix < 2 || radix > 36) return throw_range_error(cx, "toString() radix argument must be between 2 and 36");
    if (radix == 10) return cr_number_string(cx, number);
    char text[NUMBER_RADIX_BYTES_MAX];
    return ascii(cx, text, number_to_radix(number, (int)radix, text));
}

NATIVE(number_value_of) {
    double number;
    return this_number(cx, this_value, "valueOf", &number) ? this_value : CR_EXCEPTION;
}

/* The argument of toFixed and its like, and whether it is in [lowest, NUMBER_DIGITS_MAX]. */
static bool digits_argument(cr_context *cx, cr_value v, int lowest, const char *method, double *digits) {
    if (!value_to_integer(cx, v, digits)) return false;
    if (*digits >= lowest && *digits <= NUMBER_DIGITS_MAX) return true;
    if (strcmp(method, "toFixed") == 0) {
        throw_range_error(cx, "toFixed() digits argument must be between 0 and 100");
    } else {
        throw_range_error(cx, "%s() argument must be between %d and 100", method, lowest);
    }
    return false;
}

NATIVE(number_to_fixed) {
    double number, digits;
    if (!this_number(cx, this_value, "toFixed", &number)) return CR_EXCEPTION;
    if (!digits_argument(cx, arg_at(argc, argv, 0), 0, "toFixed", &digits)) return CR_EXCEPTION;
    if (!(fabs(number) < 1e21)) return cr_number_string(cx, number);
    char text[NUMBER_FIXED_BYTES_MAX];
    return ascii(cx, text, number_to_fixed(number, (int)digits, text));
}

NATIVE(number_to_precision) {
    double number, digits;
    if (!this_number(cx, this_value, "toPrecision", &number)) return CR_EXCEPTION;
    if (arg_at(argc, argv, 0) == CR_UNDEFINED) return cr_number_string(cx, number);
    if (!value_to_integer(cx, argv[0], &digits)) return CR_EXCEPTION;
    if (!isfinite(number)) return cr_number_string(cx, number);
    if (!digits_argument(cx, argv[0], 1, "toPrecision", &digits)) return CR_EXCEPTION;
    char text[NUMBER_FIXED_BYTES_MAX];
    return ascii(cx, text, number_to_precision(number, (int)digits, text));
}

NATIVE(number_to_exponential) {
    double number, digits = -1;
    if (!this_number(cx, this_value, "toExponential", &number)) return CR_EXCEPTION;
    if (arg_at(argc, argv, 0) != CR_UNDEFINED && !value_to_integer(cx, argv[0], &digits)) return CR_EXCEPTION;
    if (!isfinite(number)) return cr_number_string(cx, number);
    if (arg_at(argc, argv, 0) != CR_UNDEFINED && !digits_argument(cx, argv[0], 0, "toExponential", &digits)) return CR_EXCEPTION;
    char text[NUMBER_FIXED_BYTES_MAX];
    return ascii(cx, text, number_to_exponential(number, (int)digits, text));
}

BUILTIN_STATICS(Number, MEMBERS_Number, CONSTANTS_Number)
BUILTIN_CONSTRUCTOR(Number, construct_number, 1, PURE, &number_prototype, &Number_table)
BUILTIN_PROTOTYPE(number_prototype, MEMBERS_Number_prototype, cr_global_Number)
BUILTIN_GLOBAL_FUNCTION(parse_float, parseFloat, 1)
BUILTIN_GLOBAL_FUNCTION(parse_int, parseInt, 2)
BUILTIN_GLOBAL_FUNCTION(is_finite, isFinite, 1)
BUILTIN_GLOBAL_FUNCTION(is_nan, isNaN, 1)
