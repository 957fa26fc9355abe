/* encodeURIComponent and its relatives. */
#include "builtins/table.h"
#include "value/convert.h"
#include "value/error.h"

static const char marks[] = "-_.!~*'()", reserved[] = ";/?:@&=+$,#";

static bool is_kept(uint32_t unit, bool whole) {
    if ((unit >= '0' && unit <= '9') || ((unit | 0x20) >= 'a' && (unit | 0x20) <= 'z' && unit < 0x80)) return true;
    if (unit == 0 || unit >= 0x80) return false;
    return strchr(marks, (int)unit) != NULL || (whole && strchr(reserved, (int)unit) != NULL);
}

static cr_value encode(cr_context *cx, cr_value text, bool whole) {
    const cr_string *s = value_to_string(cx, text);
    if (s == NULL) return CR_EXCEPTION;
    string_builder b;
    builder_init(&b, cx);
    b.origin = s->origin;
    for (uint32_t i = 0, units; i < s->head.length; i += units) {
        uint32_t point = string_code_point(s, i, &units);
        if (units == 1 && is_kept(point, whole)) {
            builder_add_unit(&b, point);
            continue;
        }
        if (point >= 0xd800 && point <= 0xdfff) return throw_error(cx, PROTOTYPE_URI_ERROR, "URI malformed");
        str_buf bytes;
        str_buf_init(&bytes);
        string_to_utf8(string_slice(cx, s, i, i + units), &bytes);
        for (size_t k = 0; k < bytes.length; k++) {
            static const char hex[] = "0123456789ABCDEF";
            builder_add_unit(&b, '%');
            builder_add_unit(&b, (uint8_t)hex[(uint8_t)bytes.bytes[k] >> 4]);
            builder_add_unit(&b, (uint8_t)hex[(uint8_t)bytes.bytes[k] & 15]);
        }
        str_buf_release(&bytes);
    }
    return builder_finish(&b);
}

static int hex_value(uint32_t unit) {
    if (unit >= '0' && unit <= '9') return (int)unit - '0';
    unit |= 0x20;
    return unit >= 'a' && unit <= 'f' ? (int)unit - 'a' + 10 : -1;
}

/* The byte of the escape at `i`, -1 when there is none. */
static int escaped_byte(const cr_string *s, uint32_t i) {
    if (i + 2 >= s->head.length || cr_unit_at(s, i) != '%') return -1;
    int high = hex_value(cr_unit_at(s, i + 1)), low = hex_value(cr_unit_at(s, i + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* Decodes the escapes of one code point at *i, which is moved past them; -1 when they are malformed. */
static int64_t decode_point(const cr_string *s, uint32_t *i) {
    int lead = escaped_byte(s, *i);
    *i += 3;
    if (lead < 0) return -1;
    if (lead < 0x80) return lead;
    int more = lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    if (more == 0) return -1;
    uint32_t point = (uint32_t)lead & (0x3fu >> more);
    for (int k = 0; k < more; k++, *i += 3) {
        int byte = escaped_byte(s, *i);
        if (byte < 0 || (byte & 0xc0) != 0x80) return -1;
        point = point << 6 | ((uint32_t)byte & 0x3f);
    }
    static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};
    bool wrong = point < smallest[more] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff);
    return wrong ? -1 : (int64_t)point;
}

static cr_value decode(cr_context *cx, cr_value text, bool whole) {
    const cr_string *s = value_to_string(cx, text);
    if (s == NULL) return CR_EXCEPTION;
    string_builder b;
    builder_init(&b, cx);
    b.origin = s->origin;
    for (uint32_t i = 0; i < s->head.length;) {
        uint32_t start = i, unit = cr_unit_at(s, i);
        if (unit != '%') {
            builder_add_unit(&b, unit);
            i++;
            continue;
        }
        int64_t point = decode_point(s, &i);
        if (point < 0) return throw_error(cx, PROTOTYPE_URI_ERROR, "URI malformed");
        if (whole && point != 0 && point < 0x80 && strchr(reserved, (int)point) != NULL) {
            builder_add_range(&b, s, start, i);
        } else {
            builder_add_code_point(&b, (uint32_t)point);
        }
    }
    return builder_finish(&b);
}

NATIVE(encode_uri) { return encode(cx, arg_at(argc, argv, 0), true); }
NATIVE(encode_uri_component) { return encode(cx, arg_at(argc, argv, 0), false); }
NATIVE(decode_uri) { return decode(cx, arg_at(argc, argv, 0), true); }
NATIVE(decode_uri_component) { return decode(cx, arg_at(argc, argv, 0), false); }

BUILTIN_GLOBAL_FUNCTION(encode_uri, encodeURI, 1)
BUILTIN_GLOBAL_FUNCTION(encode_uri_component, encodeURIComponent, 1)
BUILTIN_GLOBAL_FUNCTION(decode_uri, decodeURI, 1)
BUILTIN_GLOBAL_FUNCTION(decode_uri_component, decodeURIComponent, 1)
