/* String and its methods. Those that take a regular expression go by runtime->regexp (see builtins.h). */
#include <math.h>

#include "builtins/string_case.h"
#include "builtins/table.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/function.h"
#include "value/iterate.h"
#include "value/number.h"
#include "value/property.h"
#include "value/unknown.h"

STRING_LITERAL(text_empty, "");
STRING_LITERAL(text_space, " ");

static cr_value construct_string(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    return argc == 0 ? cr_from_pointer(&text_empty) : cr_to_string(cx, argv[0]);
}

/* `this` as a string; NULL after a throw. */
static const cr_string *this_string(cr_context *cx, cr_value this_value, const char *method) {
    if (cr_is_string(this_value)) return cr_as_string(this_value);
    if (!cr_is_nullish(this_value)) return value_to_string(cx, this_value);
    throw_type_error(cx, "String.prototype.%s called on null or undefined", method);
    return NULL;
}

#define THIS_STRING(name, method)                                                                             \
    const cr_string *name = this_string(cx, this_value, method);                                              \
    if (name == NULL) return CR_EXCEPTION

static cr_value slice_of(cr_context *cx, const cr_string *s, uint32_t from, uint32_t to) {
    return cr_from_pointer(string_slice(cx, s, from, to));
}

/* A position clamped to [0, length]; undefined gives `missing`. */
static bool to_position(cr_context *cx, cr_value v, uint32_t length, uint32_t missing, uint32_t *position) {
    double number = missing;
    if (v != CR_UNDEFINED && !value_to_integer(cx, v, &number)) return false;
    *position = number < 0 ? 0 : number > length ? length : (uint32_t)number;
    return true;
}

/* ---- single characters ---------------------------------------------------------------------------------------- */

/* The argument as an index into `s`: 1, 0 when outside, -1 after a throw. */
static int unit_index(cr_context *cx, const cr_string *s, cr_value v, bool from_end, uint32_t *index) {
    double number;
    if (!value_to_integer(cx, v, &number)) return -1;
    if (from_end && number < 0) number += s->head.length;
    if (!(number >= 0 && number < s->head.length)) return 0;
    *index = (uint32_t)number;
    return 1;
}

NATIVE(string_at) {
    THIS_STRING(s, "at");
    uint32_t i;
    int found = unit_index(cx, s, arg_at(argc, argv, 0), true, &i);
    return found > 0 ? slice_of(cx, s, i, i + 1) : found == 0 ? CR_UNDEFINED : CR_EXCEPTION;
}

NATIVE(string_char_at) {
    THIS_STRING(s, "charAt");
    uint32_t i;
    int found = unit_index(cx, s, arg_at(argc, argv, 0), false, &i);
    return found > 0 ? slice_of(cx, s, i, i + 1) : found == 0 ? cr_from_pointer(&text_empty) : CR_EXCEPTION;
}

NATIVE(string_char_code_at) {
    THIS_STRING(s, "charCodeAt");
    uint32_t i;
    int found = unit_index(cx, s, arg_at(argc, argv, 0), false, &i);
    return found > 0 ? cr_number(cr_unit_at(s, i)) : found == 0 ? cr_number(NAN) : CR_EXCEPTION;
}

NATIVE(string_code_point_at) {
    THIS_STRING(s, "codePointAt");
    uint32_t i, units;
    int found = unit_index(cx, s, arg_at(argc, argv, 0), false, &i);
    return found > 0 ? cr_number(string_code_point(s, i, &units)) : found == 0 ? CR_UNDEFINED : CR_EXCEPTION;
}

NATIVE(string_from_char_code) {
    string_builder b;
    builder_init(&b, cx);
    for (uint32_t i = 0; i < argc; i++) {
        double number;
        if (!value_to_number(cx, argv[i], &number)) return CR_EXCEPTION;
        builder_add_unit(&b, number_to_uint32(number) & 0xffff);
    }
    return builder_finish(&b);
}

NATIVE(string_from_code_point) {
    string_builder b;
    builder_init(&b, cx);
    for (uint32_t i = 0; i < argc; i++) {
        double number;
        if (!value_to_number(cx, argv[i], &number)) return CR_EXCEPTION;
        if (!(number >= 0 && number <= 0x10ffff) || number != floor(number))
            return throw_range_error(cx, "Invalid code point %s", cr_to_utf8(cx, argv[i], NULL));
        builder_add_code_point(&b, (uint32_t)number);
    }
    return builder_finish(&b);
}

NATIVE(string_raw) {
    STRING_LITERAL(key_raw, "raw");
    cr_value raw = cr_get(cx, arg_at(argc, argv, 0), &key_raw);
    if (raw == CR_EXCEPTION) return raw;
    if (!cr_is_array(raw)) return throw_type_error(cx, "Cannot convert undefined or null to object");
    uint32_t count = cr_as_array(raw)->length, parts_count = 0;
    cr_value *parts = HEAP_ARRAY(cx, cr_value, (size_t)count * 2 + 1);
    for (uint32_t i = 0; i < count; i++) {
        parts[parts_count++] = cr_as_array(raw)->items[i];
        if (i + 1 < count && i + 1 < argc) parts[parts_count++] = argv[i + 1];
    }
    return cr_template(cx, parts_count, parts);
}

/* ---- parts ------------------------------------------------------------------------------------------------------- */

NATIVE(string_slice) {
    THIS_STRING(s, "slice");
    uint32_t start, end;
    if (!value_to_relative_index(cx, arg_at(argc, argv, 0), s->head.length, 0, &start)) return CR_EXCEPTION;
    if (!value_to_relative_index(cx, arg_at(argc, argv, 1), s->head.length, s->head.length, &end)) return CR_EXCEPTION;
    return slice_of(cx, s, start, end);
}

NATIVE(string_substring) {
    THIS_STRING(s, "substring");
    uint32_t start, end;
    if (!to_position(cx, arg_at(argc, argv, 0), s->head.length, 0, &start)) return CR_EXCEPTION;
    if (!to_position(cx, arg_at(argc, argv, 1), s->head.length, s->head.length, &end)) return CR_EXCEPTION;
    return start < end ? slice_of(cx, s, start, end) : slice_of(cx, s, end, start);
}

NATIVE(string_substr) {
    THIS_STRING(s, "substr");
    uint32_t start, count;
    if (!value_to_relative_index(cx, arg_at(argc, argv, 0), s->head.length, 0, &start)) return CR_EXCEPTION;
    uint32_t rest = s->head.length - start;
    if (!to_position(cx, arg_at(argc, argv, 1), rest, rest, &count)) return CR_EXCEPTION;
    return slice_of(cx, s, start, start + count);
}

NATIVE(string_concat) {
    THIS_STRING(s, "concat");
    cr_value result = cr_from_pointer(s);
    for (uint32_t i = 0; i < argc; i++) {
        const cr_string *more = value_to_string(cx, argv[i]);
        if (more == NULL) return CR_EXCEPTION;
        result = string_concat(cx, cr_as_string(result), more);
        if (result == CR_EXCEPTION) return result;
    }
    return result;
}

NATIVE(string_repeat) {
    THIS_STRING(s, "repeat");
    double count;
    if (!value_to_integer(cx, arg_at(argc, argv, 0), &count)) return CR_EXCEPTION;
    if (count < 0 || isinf(count)) return throw_range_error(cx, "Invalid count value: %s", cr_to_utf8(cx, arg_at(argc, argv, 0), NULL));
    if (s->head.length != 0 && count * s->head.length > STRING_UNITS_MAX) return throw_range_error(cx, "Invalid string length");
    string_builder b;
    builder_init(&b, cx);
    b.origin = s->origin;
    for (uint32_t i = 0; s->head.length != 0 && i < count; i++) builder_add(&b, s);
    return builder_finish(&b);
}

static cr_value pad(cr_context *cx, const cr_string *s, uint32_t argc, const cr_value *argv, bool in_front) {
    double length;
    if (!value_to_integer(cx, arg_at(argc, argv, 0), &length)) return CR_EXCEPTION;
    const cr_string *fill = arg_at(argc, argv, 1) == CR_UNDEFINED ? &text_space : value_to_string(cx, argv[1]);
    if (fill == NULL) return CR_EXCEPTION;
    if (length <= s->head.length || fill->head.length == 0) return cr_from_pointer(s);
    if (length > STRING_UNITS_MAX) return throw_range_error(cx, "Invalid string length");
    uint32_t missing = (uint32_t)length - s->head.length;
    string_builder b;
    builder_init(&b, cx);
    if (!in_front) builder_add(&b, s);
    for (; missing >= fill->head.length; missing -= fill->head.length) builder_add(&b, fill);
    builder_add_range(&b, fill, 0, missing);
    if (in_front) builder_add(&b, s);
    return builder_finish(&b);
}
NATIVE(string_pad_start) {
    THIS_STRING(s, "padStart");
    return pad(cx, s, argc, argv, true);
}
NATIVE(string_pad_end) {
    THIS_STRING(s, "padEnd");
    return pad(cx, s, argc, argv, false);
}

NATIVE(string_trim) {
    THIS_STRING(s, "trim");
    return cr_from_pointer(string_trim(cx, s, true, true));
}
NATIVE(string_trim_start) {
    THIS_STRING(s, "trimStart");
    return cr_from_pointer(string_trim(cx, s, true, false));
}
NATIVE(string_trim_end) {
    THIS_STRING(s, "trimEnd");
    return cr_from_pointer(string_trim(cx, s, false, true));
}

NATIVE(string_to_upper_case) {
    THIS_STRING(s, "toUpperCase");
    return string_change_case(cx, s, true);
}
NATIVE(string_to_lower_case) {
    THIS_STRING(s, "toLowerCase");
    return string_change_case(cx, s, false);
}

static bool is_lone_surrogate(const cr_string *s, uint32_t i, uint32_t *units) {
    uint32_t point = string_code_point(s, i, units);
    return point >= 0xd800 && point <= 0xdfff;
}

NATIVE(string_is_well_formed) {
    THIS_STRING(s, "isWellFormed");
    for (uint32_t i = 0, units; i < s->head.length; i += units)
        if (is_lone_surrogate(s, i, &units)) return CR_FALSE;
    return CR_TRUE;
}

NATIVE(string_to_well_formed) {
    THIS_STRING(s, "toWellFormed");
    string_builder b;
    builder_init(&b, cx);
    b.origin = s->origin;
    for (uint32_t i = 0, units; i < s->head.length; i += units)
        builder_add_code_point(&b, is_lone_surrogate(s, i, &units) ? 0xfffd : string_code_point(s, i, &units));
    return builder_finish(&b);
}

NATIVE(string_to_string) {
    THIS_STRING(s, "toString");
    return cr_from_pointer(s);
}
NATIVE(string_value_of) {
    THIS_STRING(s, "valueOf");
    return cr_from_pointer(s);
}

/* ---- searching --------------------------------------------------------------------------------------------------- */

static bool is_regexp(cr_value v) { return cr_is_kind(v, CR_KIND_REGEXP); }

/* The text to look for; a regular expression is refused. NULL after a throw. */
static const cr_string *search_text(cr_context *cx, cr_value v, const char *method) {
    if (!is_regexp(v)) return value_to_string(cx, v);
    throw_type_error(cx, "First argument to String.prototype.%s must not be a regular expression", method);
    return NULL;
}

NATIVE(string_includes) {
    THIS_STRING(s, "includes");
    uint32_t from;
    const cr_string *text = search_text(cx, arg_at(argc, argv, 0), "includes");
    if (text == NULL || !to_position(cx, arg_at(argc, argv, 1), s->head.length, 0, &from)) return CR_EXCEPTION;
    return cr_from_bool(string_index_of(s, text, from) >= 0);
}

NATIVE(string_index_of) {
    THIS_STRING(s, "indexOf");
    uint32_t from;
    const cr_string *text = value_to_string(cx, arg_at(argc, argv, 0));
    if (text == NULL || !to_position(cx, arg_at(argc, argv, 1), s->head.length, 0, &from)) return CR_EXCEPTION;
    return cr_number((double)string_index_of(s, text, from));
}

NATIVE(string_last_index_of) {
    THIS_STRING(s, "lastIndexOf");
    const cr_string *text = value_to_string(cx, arg_at(argc, argv, 0));
    double number;
    if (text == NULL || !value_to_number(cx, arg_at(argc, argv, 1), &number)) return CR_EXCEPTION;
    uint32_t from = isnan(number) || number > s->head.length ? s->head.length : number < 0 ? 0 : (uint32_t)number;
    return cr_number((double)string_last_index_of(s, text, from));
}

NATIVE(string_starts_with) {
    THIS_STRING(s, "startsWith");
    uint32_t from;
    const cr_string *text = search_text(cx, arg_at(argc, argv, 0), "startsWith");
    if (text == NULL || !to_position(cx, arg_at(argc, argv, 1), s->head.length, 0, &from)) return CR_EXCEPTION;
    return cr_from_bool(string_matches_at(s, text, from));
}

NATIVE(string_ends_with) {
    THIS_STRING(s, "endsWith");
    uint32_t end;
    const cr_string *text = search_text(cx, arg_at(argc, argv, 0), "endsWith");
    if (text == NULL || !to_position(cx, arg_at(argc, argv, 1), s->head.length, s->head.length, &end)) return CR_EXCEPTION;
    return cr_from_bool(text->head.length <= end && string_matches_at(s, text, end - text->head.length));
}

/* ---- splitting and replacing --------------------------------------------------------------------------------------- */

static cr_value split_by_text(cr_context *cx, const cr_string *s, const cr_string *separator, uint32_t limit) {
    cr_array *parts = array_with_capacity(cx, 0);
    uint32_t length = s->head.length, width = separator->head.length;
    if (width == 0) {
        for (uint32_t i = 0; i < length && i < limit; i++)
            if (!array_append(cx, parts, slice_of(cx, s, i, i + 1))) return CR_EXCEPTION;
        return cr_from_pointer(parts);
    }
    uint32_t start = 0;
    while (parts->length < limit) {
        int64_t found = string_index_of(s, separator, start);
        uint32_t end = found < 0 ? length : (uint32_t)found;
        if (!array_append(cx, parts, slice_of(cx, s, start, end))) return CR_EXCEPTION;
        if (found < 0) break;
        start = end + width;
    }
    return cr_from_pointer(parts);
}

NATIVE(string_split) {
    THIS_STRING(s, "split");
    cr_value separator = arg_at(argc, argv, 0);
    uint32_t limit = UINT32_MAX;
    if (arg_at(argc, argv, 1) != CR_UNDEFINED) {
        double number;
        if (!value_to_number(cx, argv[1], &number)) return CR_EXCEPTION;
        limit = number_to_uint32(number);
    }
    if (is_regexp(separator)) return cx->runtime->regexp->split(cx, separator, s, limit);
    const cr_string *text = value_to_string(cx, separator);
    if (text == NULL) return CR_EXCEPTION;
    if (limit == 0) return cr_array_new(cx, 0, NULL);
    if (separator == CR_UNDEFINED) return cr_array_new(cx, 1, (cr_value[]){cr_from_pointer(s)});
    return split_by_text(cx, s, text, limit);
}

/* Adds what a replacement text stands for: $$ $& $` $'. */
static void add_replacement(string_builder *b, const cr_string *by, const cr_string *s, uint32_t at, uint32_t width) {
    for (uint32_t i = 0; i < by->head.length; i++) {
        uint32_t unit = cr_unit_at(by, i), next = i + 1 < by->head.length ? cr_unit_at(by, i + 1) : 0;
        bool known = unit == '$' && (next == '$' || next == '&' || next == '`' || next == '\'');
        if (!known) {
            builder_add_unit(b, unit);
            continue;
        }
        i++;
        if (next == '$') builder_add_unit(b, '$');
        if (next == '&') builder_add_range(b, s, at, at + width);
        if (next == '`') builder_add_range(b, s, 0, at);
        if (next == '\'') builder_add_range(b, s, at + width, s->head.length);
    }
    b->origin = origin_union(b->cx, b->origin, by->origin);
}

/* The text for one match of `pattern` at `at`. false: threw. */
static bool add_match(string_builder *b, const cr_string *s, const cr_string *pattern, uint32_t at, cr_value by) {
    cr_context *cx = b->cx;
    if (!cr_is_function(by)) {
        add_replacement(b, cr_as_string(by), s, at, pattern->head.length);
        return true;
    }
    cr_value arguments[3] = {cr_from_pointer(pattern), cr_number(at), cr_from_pointer(s)};
    cr_value text = cr_call(cx, by, CR_UNDEFINED, 3, arguments, "replacer");
    const cr_string *replacement = text != CR_EXCEPTION ? value_to_string(cx, text) : NULL;
    if (replacement == NULL) return false;
    builder_add(b, replacement);
    return true;
}

static cr_value replace(cr_context *cx, const cr_string *s, uint32_t argc, const cr_value *argv, bool all) {
    cr_value pattern = arg_at(argc, argv, 0), by = arg_at(argc, argv, 1);
    if (is_regexp(pattern)) {
        if (all && !cx->runtime->regexp->is_global(pattern))
            return throw_type_error(cx, "String.prototype.replaceAll called with a non-global RegExp argument");
        return cx->runtime->regexp->replace(cx, pattern, s, by);
    }
    const cr_string *text = value_to_string(cx, pattern);
    if (text == NULL) return CR_EXCEPTION;
    if (!cr_is_function(by)) {
        const cr_string *by_text = value_to_string(cx, by);
        if (by_text == NULL) return CR_EXCEPTION;
        by = cr_from_pointer(by_text);
    }
    string_builder b;
    builder_init(&b, cx);
    b.origin = s->origin;
    uint32_t done = 0, from = 0;
    int64_t found;
    while (from <= s->head.length && (found = string_index_of(s, text, from)) >= 0) {
        builder_add_range(&b, s, done, (uint32_t)found);
        if (!add_match(&b, s, text, (uint32_t)found, by)) return CR_EXCEPTION;
        done = (uint32_t)found + text->head.length;
        from = done + (text->head.length == 0 ? 1 : 0);
        if (!all) break;
    }
    if (done == 0 && b.length == 0 && b.origin == s->origin && string_index_of(s, text, 0) < 0) return cr_from_pointer(s);
    builder_add_range(&b, s, done, s->head.length);
    return builder_finish(&b);
}
NATIVE(string_replace) {
    THIS_STRING(s, "replace");
    return replace(cx, s, argc, argv, false);
}
NATIVE(string_replace_all) {
    THIS_STRING(s, "replaceAll");
    return replace(cx, s, argc, argv, true);
}

/* match, matchAll and search take a regular expression; a text would have to be compiled at run time, which only a
 * program that links regular expressions can do. */
static cr_value need_regexp(cr_context *cx, const char *method) {
    return throw_type_error(cx, "String.prototype.%s needs a regular expression here: write it as a literal", method);
}
NATIVE(string_match) {
    THIS_STRING(s, "match");
    return is_regexp(arg_at(argc, argv, 0)) ? cx->runtime->regexp->match(cx, argv[0], s) : need_regexp(cx, "match");
}
NATIVE(string_match_all) {
    THIS_STRING(s, "matchAll");
    if (!is_regexp(arg_at(argc, argv, 0))) return need_regexp(cx, "matchAll");
    if (!cx->runtime->regexp->is_global(argv[0]))
        return throw_type_error(cx, "String.prototype.matchAll called with a non-global RegExp argument");
    return cx->runtime->regexp->match_all(cx, argv[0], s);
}
NATIVE(string_search) {
    THIS_STRING(s, "search");
    return is_regexp(arg_at(argc, argv, 0)) ? cx->runtime->regexp->search(cx, argv[0], s) : need_regexp(cx, "search");
}

BUILTIN_STATICS(String, MEMBERS_String, BUILTIN_NO_ROWS)
BUILTIN_CONSTRUCTOR(String, construct_string, 1, 0, &string_prototype, &String_table)
BUILTIN_PROTOTYPE(string_prototype, MEMBERS_String_prototype, cr_global_String)
