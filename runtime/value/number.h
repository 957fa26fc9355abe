/* value/number.h: numbers as text and back, exactly as the language prints and reads them.
 *
 * Printing is the shortest decimal text that reads back as the same double, and of those the closest one.    */
#ifndef CREACT_VALUE_NUMBER_H
#define CREACT_VALUE_NUMBER_H

#include "value/context.h"

enum {
    NUMBER_TEXT_BYTES_MAX = 32,    /* of number_to_text, with the NUL */
    NUMBER_RADIX_BYTES_MAX = 2200, /* of number_to_radix: 1,024 binary digits before the point, 1,074 after */
    NUMBER_FIXED_BYTES_MAX = 128,  /* of number_to_fixed */
    NUMBER_DIGITS_MAX = 100,       /* that toFixed, toPrecision and toExponential take */
};

/* String(number), with "0" for -0. Returns the length. */
size_t number_to_text(double number, char out[NUMBER_TEXT_BYTES_MAX]);
/* number.toString(radix), radix from 2 to 36. */
size_t number_to_radix(double number, int radix, char out[NUMBER_RADIX_BYTES_MAX]);
/* number.toFixed(digits) for a finite number below 1e21, digits up to NUMBER_DIGITS_MAX. */
size_t number_to_fixed(double number, int digits, char out[NUMBER_FIXED_BYTES_MAX]);
/* number.toPrecision(digits) and toExponential(digits) of a finite number; digits < 0: as many as needed. */
size_t number_to_precision(double number, int digits, char out[NUMBER_FIXED_BYTES_MAX]);
size_t number_to_exponential(double number, int digits, char out[NUMBER_FIXED_BYTES_MAX]);

/* Number(text): white space around it, decimal, 0x 0o 0b, Infinity; else NaN. */
double number_from_string(const cr_string *s);
/* parseFloat and parseInt. */
double number_parse_prefix(const cr_string *s);
double number_parse_integer(const cr_string *s, double radix);
/* A JSON number, or any decimal literal checked before: ASCII, not NUL-terminated. */
double number_from_ascii(const char *text, size_t length);

/* ToInt32 and ToUint32 of a double; ToIntegerOrInfinity. */
int32_t number_to_int32(double number);
static inline uint32_t number_to_uint32(double number) { return (uint32_t)number_to_int32(number); }
double number_to_integer(double number);
cr_value cr_number_string(cr_context *cx, double number);

#endif
