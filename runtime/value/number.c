#include "value/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "value/string.h"

enum { DIGITS_SAFE = 15, DIGITS_ENOUGH = 17, EXPANSION_DIGITS = 1100 };

/* A decimal number: 0.d1d2d3… times 10 to the `point`. */
typedef struct decimal {
    char digits[DIGITS_ENOUGH + 2];
    int count, point;
} decimal;

/* `count` correctly rounded digits of a positive number. */
static void decimal_round(decimal *self, double number, int count) {
    char text[40];
    snprintf(text, sizeof text, "%.*e", count - 1, number);
    self->digits[0] = text[0];
    if (count > 1) memcpy(self->digits + 1, text + 2, (size_t)count - 1);
    self->count = count;
    self->point = atoi(strchr(text, 'e') + 1) + 1;
}

static double decimal_value(const decimal *self) {
    char text[48];
    snprintf(text, sizeof text, "0.%.*se%d", self->count, self->digits, self->point);
    return strtod(text, NULL);
}

static void decimal_increment(decimal *self) {
    int i = self->count - 1;
    while (i >= 0 && self->digits[i] == '9') self->digits[i--] = '0';
    if (i >= 0) {
        self->digits[i]++;
    } else {
        memmove(self->digits + 1, self->digits, (size_t)self->count - 1);
        self->digits[0] = '1';
        self->point++;
    }
}

/* Finds the shortest digits that read back as `number`. The correctly rounded digits are the closest of their
 * length, so if any text of that length works they do, except just above a power of two: there the gap
 * downwards is half as wide, and the next digit string up can work where the rounded one does not. */
static bool decimal_try(decimal *self, double number, int count) {
    decimal_round(self, number, count);
    if (decimal_value(self) == number) return true;
    decimal_increment(self);
    return decimal_value(self) == number;
}

static void decimal_shortest(decimal *self, double number) {
    bool normal = number >= 2.2250738585072014e-308;
    /* Any text of up to 15 digits survives the way to a normal double and back, so 15 digits that read back
     * are the shortest ones with zeros behind them. */
    if (!normal || !decimal_try(self, number, DIGITS_SAFE)) {
        int count = normal ? DIGITS_SAFE + 1 : 1;
        while (!decimal_try(self, number, count) && count < DIGITS_ENOUGH) count++;
    }
    while (self->count > 1 && self->digits[self->count - 1] == '0') self->count--;
}

static size_t put_exponent(char *out, int exponent) {
    return (size_t)sprintf(out, "e%c%d", exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
}

static size_t put_special(double number, char *out) {
    const char *text = isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    strcpy(out, text);
    return strlen(text);
}

static size_t put_integer(uint64_t number, bool negative, char *out) {
    char digits[24];
    size_t count = 0, length = 0;
    do digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    if (negative) out[length++] = '-';
    while (count > 0) out[length++] = digits[--count];
    out[length] = '\0';
    return length;
}

size_t number_to_text(double number, char out[NUMBER_TEXT_BYTES_MAX]) {
    if (!isfinite(number)) return put_special(number, out);
    double magnitude = fabs(number);
    if (magnitude < 9007199254740992.0 && magnitude == floor(magnitude))
        return put_integer((uint64_t)magnitude, number < 0, out);
    decimal d;
    decimal_shortest(&d, magnitude);
    char *at = out;
    if (number < 0) *at++ = '-';
    if (d.count <= d.point && d.point <= 21) {
        memcpy(at, d.digits, (size_t)d.count);
        memset(at + d.count, '0', (size_t)(d.point - d.count));
        at += d.point;
    } else if (0 < d.point && d.point <= 21) {
        memcpy(at, d.digits, (size_t)d.point);
        at[d.point] = '.';
        memcpy(at + d.point + 1, d.digits + d.point, (size_t)(d.count - d.point));
        at += d.count + 1;
    } else if (-6 < d.point && d.point <= 0) {
        *at++ = '0';
        *at++ = '.';
        memset(at, '0', (size_t)-d.point);
        memcpy(at - d.point, d.digits, (size_t)d.count);
        at += d.count - d.point;
    } else {
        *at++ = d.digits[0];
        if (d.count > 1) {
            *at++ = '.';
            memcpy(at, d.digits + 1, (size_t)d.count - 1);
            at += d.count - 1;
        }
        at += put_exponent(at, d.point - 1);
    }
    *at = '\0';
    return (size_t)(at - out);
}

cr_value cr_number_string(cr_context *cx, double number) {
    char text[NUMBER_TEXT_BYTES_MAX];
    size_t length = number_to_text(number, text);
    return cr_from_pointer(string_latin1(cx, (const uint8_t *)text, length));
}

/* Rounds a run of digits half up at `keep`; answers whether a 1 was carried out in front. */
static bool round_half_up(char *digits, int keep) {
    if (digits[keep] < '5') return false;
    int i = keep - 1;
    while (i >= 0 && digits[i] == '9') digits[i--] = '0';
    if (i < 0) return true;
    digits[i]++;
    return false;
}

/* The exact decimal expansion of a positive number without its point; *point digits stand before it. glibc
 * prints doubles exactly however many digits are asked for. */
static void expand(double number, char *digits, int *point) {
    char text[EXPANSION_DIGITS + 330];
    snprintf(text, sizeof text, "%.*f", EXPANSION_DIGITS, number);
    char *dot = strchr(text, '.');
    *point = (int)(dot - text);
    memcpy(digits, text, (size_t)*point);
    strcpy(digits + *point, dot + 1);
}

size_t number_to_fixed(double number, int digits, char out[NUMBER_FIXED_BYTES_MAX]) {
    char expansion[EXPANSION_DIGITS + 330];
    int point;
    expand(fabs(number), expansion, &point);
    char *at = out;
    bool carry = round_half_up(expansion, point + digits);
    if (number < 0) *at++ = '-';
    if (carry) *at++ = '1';
    memcpy(at, expansion, (size_t)point);
    at += point;
    if (digits > 0) {
        *at++ = '.';
        memcpy(at, expansion + point, (size_t)digits);
        at += digits;
    }
    *at = '\0';
    return (size_t)(at - out);
}

/* `count` digits of a number, rounded half up on the exact value; *exponent as in d.ddd e exponent. */
static void significant(double magnitude, int count, char *digits, int *exponent) {
    char expansion[EXPANSION_DIGITS + 330];
    int point;
    if (magnitude == 0) {
        memset(digits, '0', (size_t)count);
        *exponent = 0;
        return;
    }
    expand(magnitude, expansion, &point);
    int first = 0;
    while (expansion[first] == '0') first++;
    bool carry = round_half_up(expansion + first, count);
    if (carry) digits[0] = '1';
    memcpy(digits + (carry ? 1 : 0), expansion + first, (size_t)count - (carry ? 1 : 0));
    *exponent = point - first - 1 + (carry ? 1 : 0);
}

size_t number_to_exponential(double number, int digits, char out[NUMBER_FIXED_BYTES_MAX]) {
    char text[NUMBER_DIGITS_MAX + 2];
    int count = digits + 1, exponent;
    if (digits < 0 && number != 0) {
        decimal d;
        decimal_shortest(&d, fabs(number));
        count = d.count;
        exponent = d.point - 1;
        memcpy(text, d.digits, (size_t)count);
    } else {
        if (digits < 0) count = 1;
        significant(fabs(number), count, text, &exponent);
    }
    char *at = out;
    if (number < 0) *at++ = '-';
    *at++ = text[0];
    if (count > 1) {
        *at++ = '.';
        memcpy(at, text + 1, (size_t)count - 1);
        at += count - 1;
    }
    at += put_exponent(at, exponent);
    return (size_t)(at - out);
}

size_t number_to_precision(double number, int digits, char out[NUMBER_FIXED_BYTES_MAX]) {
    char text[NUMBER_DIGITS_MAX + 2];
    int exponent;
    significant(fabs(number), digits, text, &exponent);
    if (exponent < -6 || exponent >= digits) return number_to_exponential(number, digits - 1, out);
    char *at = out;
    if (number < 0) *at++ = '-';
    if (exponent >= 0) {
        memcpy(at, text, (size_t)exponent + 1);
        at += exponent + 1;
        if (digits > exponent + 1) {
            *at++ = '.';
            memcpy(at, text + exponent + 1, (size_t)(digits - exponent - 1));
            at += digits - exponent - 1;
        }
    } else {
        *at++ = '0';
        *at++ = '.';
        memset(at, '0', (size_t)(-exponent - 1));
        at += -exponent - 1;
        memcpy(at, text, (size_t)digits);
        at += digits;
    }
    *at = '\0';
    return (size_t)(at - out);
}

static char digit_char(int digit) { return (char)(digit < 10 ? '0' + digit : 'a' + digit - 10); }
static int digit_value(uint32_t unit) {
    if (unit >= '0' && unit <= '9') return (int)unit - '0';
    if (unit >= 'a' && unit <= 'z') return (int)unit - 'a' + 10;
    if (unit >= 'A' && unit <= 'Z') return (int)unit - 'A' + 10;
    return 99;
}

/* The digits behind the point: as many as tell the number from its neighbours, the last one rounded. Answers
 * their count; *carry when rounding ran out in front. */
static int radix_fraction(double magnitude, double fraction, int radix, char *digits, bool *carry) {
    double delta = fmax(0.5 * (nextafter(magnitude, INFINITY) - magnitude), 5e-324);
    int count = 0;
    *carry = false;
    if (fraction < delta) return 0;
    do {
        fraction *= radix;
        delta *= radix;
        int digit = (int)fraction;
        digits[count++] = digit_char(digit);
        fraction -= digit;
        bool up = fraction > 0.5 || (fraction == 0.5 && (digit & 1) != 0);
        if (!up || fraction + delta <= 1) continue;
        while (count > 0 && digit_value((uint8_t)digits[count - 1]) == radix - 1) count--;
        if (count > 0) {
            digits[count - 1] = digit_char(digit_value((uint8_t)digits[count - 1]) + 1);
        } else {
            *carry = true;
        }
        break;
    } while (fraction >= delta);
    return count;
}

size_t number_to_radix(double number, int radix, char out[NUMBER_RADIX_BYTES_MAX]) {
    if (!isfinite(number)) return put_special(number, out);
    double magnitude = fabs(number), integer = floor(magnitude);
    char fraction[1100], whole[1100];
    bool carry;
    int fraction_count = radix_fraction(magnitude, magnitude - integer, radix, fraction, &carry);
    if (carry) integer += 1;
    int whole_count = 0, exponent;
    /* Digits that a double does not hold any more are zeros: while a digit less still needs more than 53 bits. */
    while (frexp(integer / radix, &exponent), exponent > 53) {
        integer /= radix;
        whole[whole_count++] = '0';
    }
    do {
        double rest = fmod(integer, radix);
        whole[whole_count++] = digit_char((int)rest);
        integer = (integer - rest) / radix;
    } while (integer > 0);
    char *at = out;
    if (number < 0) *at++ = '-';
    while (whole_count > 0) *at++ = whole[--whole_count];
    if (fraction_count > 0) {
        *at++ = '.';
        memcpy(at, fraction, (size_t)fraction_count);
        at += fraction_count;
    }
    *at = '\0';
    return (size_t)(at - out);
}

double number_from_ascii(const char *text, size_t length) {
    char local[64];
    char *copy = length < sizeof local ? local : mem_alloc(length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    double number = strtod(copy, NULL);
    if (copy != local) mem_free(copy);
    return number;
}

/* The length of the longest StrDecimalLiteral at `from`; 0 when there is none. Units below 256 only can be in it. */
static uint32_t decimal_length(const cr_string *s, uint32_t from, uint32_t to) {
    uint32_t i = from, digits = 0;
#define UNIT(at) ((at) < to ? cr_unit_at(s, (at)) : 0u)
#define IS_DIGIT(at) (UNIT(at) >= '0' && UNIT(at) <= '9')
    if (UNIT(i) == '+' || UNIT(i) == '-') i++;
    static const char infinity[] = "Infinity";
    uint32_t k = 0;
    while (k < sizeof infinity - 1 && UNIT(i + k) == (uint8_t)infinity[k]) k++;
    if (k == sizeof infinity - 1) return i + k - from;
    for (; IS_DIGIT(i); i++) digits++;
    if (UNIT(i) == '.' && (digits > 0 || IS_DIGIT(i + 1))) {
        i++;
        for (; IS_DIGIT(i); i++) digits++;
    }
    if (digits == 0) return 0;
    if (UNIT(i) == 'e' || UNIT(i) == 'E') {
        uint32_t e = i + 1;
        if (UNIT(e) == '+' || UNIT(e) == '-') e++;
        if (IS_DIGIT(e)) {
            while (IS_DIGIT(e)) e++;
            i = e;
        }
    }
#undef UNIT
#undef IS_DIGIT
    return i - from;
}

static double decimal_at(const cr_string *s, uint32_t from, uint32_t length) {
    char local[64];
    char *copy = length < sizeof local ? local : mem_alloc(length + 1);
    for (uint32_t i = 0; i < length; i++) copy[i] = (char)cr_unit_at(s, from + i);
    copy[length] = '\0';
    double number = strtod(copy, NULL);
    if (copy != local) mem_free(copy);
    return number;
}

static void trimmed(const cr_string *s, uint32_t *from, uint32_t *to) {
    *from = 0;
    *to = s->head.length;
    while (*from < *to && unit_is_space(cr_unit_at(s, *from))) ++*from;
    while (*to > *from && unit_is_space(cr_unit_at(s, *to - 1))) --*to;
}

/* Digits [from, to) in `radix`: powers of two exactly rounded, the rest as V8 does, as many digits at a time as an
 * integer of 32 bits surely holds. */
static double radix_value(const cr_string *s, uint32_t from, uint32_t to, int radix) {
    double value = 0;
    for (uint32_t i = from; i < to;) {
        uint32_t part = 0, multiplier = 1;
        for (; i < to && multiplier * (uint32_t)radix <= UINT32_MAX / 36; i++) {
            part = part * (uint32_t)radix + (uint32_t)digit_value(cr_unit_at(s, i));
            multiplier *= (uint32_t)radix;
        }
        value = value * multiplier + part;
    }
    if (value < 9007199254740992.0) return value;
    int bits_a_digit = 0;
    while ((1 << bits_a_digit) < radix) bits_a_digit++;
    if ((1 << bits_a_digit) != radix) return value;
    /* 64 leading bits in an integer, the rest as an exponent and a sticky bit: ldexp rounds once. */
    uint64_t mantissa = 0;
    int exponent = 0;
    bool sticky = false;
    for (uint32_t i = from; i < to; i++) {
        int digit = digit_value(cr_unit_at(s, i));
        for (int bit = bits_a_digit - 1; bit >= 0; bit--) {
            bool one = ((digit >> bit) & 1) != 0;
            if (mantissa < (uint64_t)1 << 62) {
                mantissa = mantissa << 1 | (one ? 1 : 0);
            } else {
                exponent++;
                sticky = sticky || one;
            }
        }
    }
    return ldexp((double)(mantissa | (sticky ? 1 : 0)), exponent);
}

double number_from_string(const cr_string *s) {
    uint32_t from, to;
    trimmed(s, &from, &to);
    if (from == to) return 0;
    if (to - from > 2 && cr_unit_at(s, from) == '0') {
        uint32_t letter = cr_unit_at(s, from + 1) | 0x20;
        int radix = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
        if (radix != 0) {
            for (uint32_t i = from + 2; i < to; i++)
                if (digit_value(cr_unit_at(s, i)) >= radix) return NAN;
            return radix_value(s, from + 2, to, radix);
        }
    }
    uint32_t length = decimal_length(s, from, to);
    return length == to - from ? decimal_at(s, from, length) : NAN;
}

double number_parse_prefix(const cr_string *s) {
    uint32_t from, to;
    trimmed(s, &from, &to);
    uint32_t length = decimal_length(s, from, to);
    return length != 0 ? decimal_at(s, from, length) : NAN;
}

double number_parse_integer(const cr_string *s, double radix_number) {
    uint32_t from, to;
    trimmed(s, &from, &to);
    bool negative = from < to && cr_unit_at(s, from) == '-';
    if (from < to && (negative || cr_unit_at(s, from) == '+')) from++;
    int32_t radix = number_to_int32(radix_number);
    if (radix != 0 && (radix < 2 || radix > 36)) return NAN;
    if ((radix == 0 || radix == 16) && to - from >= 2 && cr_unit_at(s, from) == '0' && (cr_unit_at(s, from + 1) | 0x20) == 'x') {
        from += 2;
        radix = 16;
    }
    if (radix == 0) radix = 10;
    uint32_t end = from;
    while (end < to && digit_value(cr_unit_at(s, end)) < radix) end++;
    if (end == from) return NAN;
    double value = radix == 10 ? decimal_at(s, from, end - from) : radix_value(s, from, end, radix);
    return negative ? -value : value;
}

int32_t number_to_int32(double number) {
    if (number >= -2147483648.0 && number <= 2147483647.0) return (int32_t)number;
    if (!isfinite(number)) return 0;
    double rest = fmod(trunc(number), 4294967296.0);
    if (rest < 0) rest += 4294967296.0;
    return (int32_t)(uint32_t)rest;
}

double number_to_integer(double number) { return isnan(number) ? 0 : trunc(number) + 0.0; }
