/* RegExp: compiling, matching, and what String's methods need (regexp_operations). */
#include "builtins/regexp.h"

#include <math.h>
#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

#include "builtins/table.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/function.h"
#include "value/iterate.h"
#include "value/property.h"
#include "value/unknown.h"

/* A match that tries more than this gives up with an error instead of running for hours. */
enum { MATCH_STEPS_MAX = 10000000, MATCH_DEPTH_KIB_MAX = 64 * 1024 };

typedef struct regexp_program {
    struct regexp_program *next;
    const cr_string *source, *flags;
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    regexp_pattern pattern;
    const cr_string *subject; /* matched last, with its units as PCRE2 wants them */
    const uint16_t *units;
} regexp_program;

static const regexp_operations operations;
STRING_LITERAL(empty_pattern, "(?:)");

static cr_regexp_object *as_regexp(cr_value v) { return (cr_regexp_object *)(uintptr_t)v; }

/* PCRE2 allocates from the context's heap; nothing is freed before the context. */
static void *allocate(size_t size, void *data) { return arena_alloc(data, size); }
static void release(void *memory, void *data) {}

/* ---- making ------------------------------------------------------------------------------------------------------- */

static bool read_flags(cr_context *cx, const cr_string *text, regexp_flags *flags) {
    *flags = (regexp_flags){0};
    for (uint32_t i = 0; i < text->head.length; i++) {
        bool *flag = NULL;
        switch (cr_unit_at(text, i)) {
        case 'd': flag = &flags->indices; break;
        case 'g': flag = &flags->global; break;
        case 'i': flag = &flags->ignore_case; break;
        case 'm': flag = &flags->multiline; break;
        case 's': flag = &flags->dot_all; break;
        case 'u': flag = &flags->unicode; break;
        case 'y': flag = &flags->sticky; break;
        default: break;
        }
        if (flag == NULL || *flag) {
            throw_error(cx, PROTOTYPE_SYNTAX_ERROR, "Invalid flags supplied to RegExp constructor '%s'", cr_to_utf8(cx, cr_from_pointer(text), NULL));
            return false;
        }
        *flag = true;
    }
    return true;
}

static bool compile(cr_context *cx, regexp_program *program, const regexp_flags *flags) {
    if (!regexp_translate(cx, program->source, program->flags, flags, &program->pattern)) return false;
    uint32_t options = PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
    if (flags->unicode) options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    if (flags->ignore_case) options |= PCRE2_CASELESS;
    if (flags->ignore_case && (program->pattern.has_wide || flags->unicode)) options |= PCRE2_UCP;
    pcre2_general_context *general = pcre2_general_context_create(allocate, release, &cx->runtime->heap);
    pcre2_compile_context *how = pcre2_compile_context_create(general);
    int error;
    PCRE2_SIZE position;
    static const uint16_t nothing[1];
    const uint16_t *units = program->pattern.units != NULL ? program->pattern.units : nothing;
    program->code = pcre2_compile(units, program->pattern.length, options, &error, &position, how);
    if (program->code == NULL) {
        uint16_t text[128];
        int length = pcre2_get_error_message(error, text, sizeof text / sizeof *text);
        const cr_string *message = length > 0 ? string_wide(cx, text, (size_t)length) : string_latin1(cx, (const uint8_t *)"refused", 7);
        throw_error(cx, PROTOTYPE_SYNTAX_ERROR, "Invalid regular expression: /%s/: %s", cr_to_utf8(cx, cr_from_pointer(program->source), NULL),
                    cr_to_utf8(cx, cr_from_pointer(message), NULL));
        return false;
    }
    program->match = pcre2_match_data_create_from_pattern(program->code, general);
    program->limits = pcre2_match_context_create(general);
    pcre2_set_match_limit(program->limits, MATCH_STEPS_MAX);
    pcre2_set_heap_limit(program->limits, MATCH_DEPTH_KIB_MAX);
    return true;
}

/* The compiled form of a literal; one that was compiled before is found again. NULL after a throw. */
static regexp_program *program_of(cr_context *cx, const cr_string *source, const cr_string *flags_text, const regexp_flags *flags) {
    for (regexp_program *at = cx->runtime->regexp_programs; at != NULL; at = at->next)
        if (cr_string_equal(at->source, source) && cr_string_equal(at->flags, flags_text)) return at;
    regexp_program *program = HEAP_NEW(cx, regexp_program);
    program->source = source;
    program->flags = flags_text;
    if (!compile(cx, program, flags)) return NULL;
    program->next = cx->runtime->regexp_programs;
    cx->runtime->regexp_programs = program;
    return program;
}

static const cr_string *sorted_flags(cr_context *cx, const regexp_flags *flags) {
    string_builder b;
    builder_init(&b, cx);
    if (flags->indices) builder_add_unit(&b, 'd');
    if (flags->global) builder_add_unit(&b, 'g');
    if (flags->ignore_case) builder_add_unit(&b, 'i');
    if (flags->multiline) builder_add_unit(&b, 'm');
    if (flags->dot_all) builder_add_unit(&b, 's');
    if (flags->unicode) builder_add_unit(&b, 'u');
    if (flags->sticky) builder_add_unit(&b, 'y');
    return cr_as_string(builder_finish(&b));
}

cr_value regexp_new(cr_context *cx, const cr_string *source, const cr_string *flags) {
    static cr_string key_last_index = STRING_LITERAL_INIT("lastIndex");
    cx->runtime->regexp = &operations;
    cx->runtime->prototypes[PROTOTYPE_REGEXP] = &regexp_prototype;
    cr_regexp_object *object = HEAP_NEW(cx, cr_regexp_object);
    object->object.head.kind = CR_KIND_REGEXP;
    if (!read_flags(cx, flags, &object->flags)) return CR_EXCEPTION;
    object->source = source->head.length != 0 ? source : &empty_pattern;
    object->flags_text = sorted_flags(cx, &object->flags);
    object->program = program_of(cx, object->source, object->flags_text, &object->flags);
    if (object->program == NULL) return CR_EXCEPTION;
    object_define(cx, &object->object, &key_last_index, cr_number(0), CR_SLOT_HIDDEN | CR_SLOT_LOCKED);
    return cr_from_pointer(object);
}

cr_value cr_regexp(cr_context *cx, const cr_string *source, const cr_string *flags) { return regexp_new(cx, source, flags); }

/* The pattern as a literal could be written: what ends a literal is escaped. */
static const cr_string *escape_source(cr_context *cx, const cr_string *source) {
    string_builder b;
    builder_init(&b, cx);
    bool in_class = false;
    for (uint32_t i = 0; i < source->head.length; i++) {
        uint32_t unit = cr_unit_at(source, i);
        const char *escaped = unit == '\n' ? "\\n" : unit == '\r' ? "\\r" : unit == 0x2028 ? "\\u2028" : unit == 0x2029 ? "\\u2029" : NULL;
        if (escaped != NULL) {
            builder_add_ascii(&b, escaped);
            continue;
        }
        if (unit == '/' && !in_class) builder_add_unit(&b, '\\');
        builder_add_unit(&b, unit);
        if (unit == '[') in_class = true;
        if (unit == ']') in_class = false;
        if (unit == '\\' && i + 1 < source->head.length) builder_add_unit(&b, cr_unit_at(source, ++i));
    }
    return cr_as_string(builder_finish(&b));
}

static cr_value construct_regexp(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv) {
    STRING_LITERAL(text_empty, "");
    cr_value pattern = arg_at(argc, argv, 0), flags = arg_at(argc, argv, 1);
    bool is_text = !cr_is_kind(pattern, CR_KIND_REGEXP);
    if (!is_text) {
        if (!called_as_constructor(cx) && flags == CR_UNDEFINED) return pattern;
        if (flags == CR_UNDEFINED) flags = cr_from_pointer(as_regexp(pattern)->flags_text);
        pattern = cr_from_pointer(as_regexp(pattern)->source);
    }
    const cr_string *source = pattern == CR_UNDEFINED ? &empty_pattern : value_to_string(cx, pattern);
    const cr_string *flags_text = source == NULL ? NULL : flags == CR_UNDEFINED ? &text_empty : value_to_string(cx, flags);
    if (flags_text == NULL) return CR_EXCEPTION;
    return regexp_new(cx, is_text ? escape_source(cx, source) : source, flags_text);
}

/* ---- matching ------------------------------------------------------------------------------------------------------- */

static const uint16_t *units_of(cr_context *cx, regexp_program *program, const cr_string *text) {
    if (program->subject == text) return program->units;
    program->subject = text;
    if (string_is_wide(text) && (uintptr_t)text->units % 2 == 0) {
        program->units = text->units;
        return program->units;
    }
    uint16_t *units = HEAP_ARRAY(cx, uint16_t, (size_t)text->head.length + 1);
    for (uint32_t i = 0; i < text->head.length; i++) units[i] = (uint16_t)cr_unit_at(text, i);
    program->units = units;
    return units;
}

/* The first match at or after `from` (sticky: there only). 1: *ends holds the offsets, 0: none, -1: threw. */
static int match(cr_context *cx, cr_regexp_object *re, const cr_string *text, uint32_t from, const PCRE2_SIZE **ends) {
    regexp_program *program = re->program;
    const uint16_t *units = units_of(cx, program, text);
    uint32_t options = re->flags.sticky ? PCRE2_ANCHORED : 0;
    int count = pcre2_match(program->code, units, text->head.length, from, options, program->match, program->limits);
    *ends = pcre2_get_ovector_pointer(program->match);
    if (count >= 0) return 1;
    if (count == PCRE2_ERROR_NOMATCH) return 0;
    throw_error(cx, PROTOTYPE_ERROR, "regular expression /%s/ takes too many steps", cr_to_utf8(cx, cr_from_pointer(re->source), NULL));
    return -1;
}

static uint32_t next_position(const cr_regexp_object *re, const cr_string *text, uint32_t at) {
    uint32_t units = 1;
    if (re->flags.unicode && at < text->head.length) string_code_point(text, at, &units);
    return at + units;
}

static cr_value group_value(cr_context *cx, const cr_string *text, const PCRE2_SIZE *ends, uint32_t group) {
    if (ends[group * 2] == PCRE2_UNSET) return CR_UNDEFINED;
    return cr_from_pointer(string_slice(cx, text, (uint32_t)ends[group * 2], (uint32_t)ends[group * 2 + 1]));
}

/* { year: "2020" }, undefined without named groups. */
static cr_value named_groups(cr_context *cx, const regexp_program *program, const cr_value *groups) {
    if (program->pattern.name_count == 0) return CR_UNDEFINED;
    cr_object *object = object_new(cx, NULL);
    object->head.reserved = OBJECT_NULL_PROTO;
    for (uint32_t i = 0; i < program->pattern.name_count; i++)
        object_define(cx, object, program->pattern.names[i].name, groups[program->pattern.names[i].group], 0);
    return cr_from_pointer(object);
}

static cr_array *all_groups(cr_context *cx, const cr_regexp_object *re, const cr_string *text, const PCRE2_SIZE *ends) {
    uint32_t count = re->program->pattern.group_count + 1;
    cr_array *groups = array_with_capacity(cx, count);
    for (uint32_t i = 0; i < count; i++) groups->items[groups->length++] = group_value(cx, text, ends, i);
    return groups;
}

static cr_value match_result(cr_context *cx, const cr_regexp_object *re, const cr_string *text, const PCRE2_SIZE *ends) {
    STRING_LITERAL(key_index, "index");
    STRING_LITERAL(key_input, "input");
    STRING_LITERAL(key_groups, "groups");
    cr_array *groups = all_groups(cx, re, text, ends);
    object_define(cx, &groups->object, &key_index, cr_number((double)ends[0]), 0);
    object_define(cx, &groups->object, &key_input, cr_from_pointer(text), 0);
    object_define(cx, &groups->object, &key_groups, named_groups(cx, re->program, groups->items), 0);
    return cr_from_pointer(groups);
}

static void set_last_index(cr_regexp_object *re, uint32_t position) { re->object.slots[0].value.bits = cr_number(position); }

/* Matches from lastIndex where the flags say so, and moves it. As `match`. */
static int match_stateful(cr_context *cx, cr_regexp_object *re, const cr_string *text, const PCRE2_SIZE **ends) {
    bool stateful = re->flags.global || re->flags.sticky;
    double from = 0;
    if (stateful && !value_to_integer(cx, re->object.slots[0].value.bits, &from)) return -1;
    int found = from > text->head.length ? 0 : match(cx, re, text, from < 0 ? 0 : (uint32_t)from, ends);
    if (stateful && found >= 0) set_last_index(re, found > 0 ? (uint32_t)(*ends)[1] : 0);
    return found;
}

static cr_value exec(cr_context *cx, cr_regexp_object *re, const cr_string *text) {
    const PCRE2_SIZE *ends;
    int found = match_stateful(cx, re, text, &ends);
    return found > 0 ? match_result(cx, re, text, ends) : found == 0 ? CR_NULL : CR_EXCEPTION;
}

int regexp_matches(cr_context *cx, cr_value pattern, const cr_string *text) {
    const PCRE2_SIZE *ends;
    return match(cx, as_regexp(pattern), text, 0, &ends);
}

/* ---- RegExp's own methods ---------------------------------------------------------------------------------------------- */

static cr_regexp_object *this_regexp(cr_context *cx, cr_value this_value, const char *method) {
    if (cr_is_kind(this_value, CR_KIND_REGEXP)) return as_regexp(this_value);
    throw_type_error(cx, "Method RegExp.prototype.%s called on incompatible receiver %s", method, cr_to_utf8(cx, this_value, NULL));
    return NULL;
}

NATIVE(regexp_exec) {
    cr_regexp_object *re = this_regexp(cx, this_value, "exec");
    const cr_string *text = re != NULL ? value_to_string(cx, arg_at(argc, argv, 0)) : NULL;
    return text != NULL ? exec(cx, re, text) : CR_EXCEPTION;
}

NATIVE(regexp_test) {
    cr_regexp_object *re = this_regexp(cx, this_value, "test");
    const cr_string *text = re != NULL ? value_to_string(cx, arg_at(argc, argv, 0)) : NULL;
    const PCRE2_SIZE *ends;
    int found = text != NULL ? match_stateful(cx, re, text, &ends) : -1;
    return found < 0 ? CR_EXCEPTION : cr_from_bool(found > 0);
}

static const cr_string *literal_text(cr_context *cx, cr_value pattern) {
    string_builder b;
    builder_init(&b, cx);
    builder_add_unit(&b, '/');
    builder_add(&b, as_regexp(pattern)->source);
    builder_add_unit(&b, '/');
    builder_add(&b, as_regexp(pattern)->flags_text);
    return cr_as_string(builder_finish(&b));
}

NATIVE(regexp_to_string) {
    return this_regexp(cx, this_value, "toString") != NULL ? cr_from_pointer(literal_text(cx, this_value)) : CR_EXCEPTION;
}
NATIVE(regexp_source) {
    const cr_regexp_object *re = this_regexp(cx, this_value, "source");
    return re != NULL ? cr_from_pointer(re->source) : CR_EXCEPTION;
}
NATIVE(regexp_flags) {
    const cr_regexp_object *re = this_regexp(cx, this_value, "flags");
    return re != NULL ? cr_from_pointer(re->flags_text) : CR_EXCEPTION;
}

#define FLAG_GETTER(id, field)                                                                                \
    NATIVE(id) {                                                                                              \
        const cr_regexp_object *re = this_regexp(cx, this_value, #field);                                     \
        return re != NULL ? cr_from_bool(re->flags.field) : CR_EXCEPTION;                                     \
    }
FLAG_GETTER(regexp_global, global)
FLAG_GETTER(regexp_ignore_case, ignore_case)
FLAG_GETTER(regexp_multiline, multiline)
FLAG_GETTER(regexp_dot_all, dot_all)
FLAG_GETTER(regexp_unicode, unicode)
FLAG_GETTER(regexp_sticky, sticky)

/* ---- what String's methods need ---------------------------------------------------------------------------------------- */

typedef struct replacement {
    cr_context *cx;
    cr_regexp_object *re;
    const cr_string *text;
    cr_value by;               /* a function or a string */
    const cr_string *by_text;
} replacement;

/* "$12" behind the dollar at `i`: the group, and how many digits name it; 0 when there is no such group. */
static uint32_t numbered_group(const replacement *self, uint32_t i, uint32_t *digits) {
    const cr_string *by = self->by_text;
    uint32_t count = self->re->program->pattern.group_count, group = 0;
    *digits = 0;
    for (uint32_t k = 1; k <= 2 && i + k < by->head.length; k++) {
        uint32_t unit = cr_unit_at(by, i + k), next = group * 10 + (unit - '0');
        if (unit < '0' || unit > '9' || next > count) break;
        group = next;
        *digits = k;
    }
    return group;
}

/* "$<name>" at `i`: how many units it takes, 0 when it is none. */
static uint32_t add_named_group(const replacement *self, string_builder *b, const cr_value *groups, uint32_t i) {
    const cr_string *by = self->by_text;
    const regexp_pattern *pattern = &self->re->program->pattern;
    uint32_t end = i + 2;
    while (end < by->head.length && cr_unit_at(by, end) != '>') end++;
    if (pattern->name_count == 0 || end >= by->head.length) return 0;
    const cr_string *name = string_slice(self->cx, by, i + 2, end);
    for (uint32_t k = 0; k < pattern->name_count; k++) {
        cr_value value = groups[pattern->names[k].group];
        if (cr_string_equal(pattern->names[k].name, name) && value != CR_UNDEFINED) builder_add(b, cr_as_string(value));
    }
    return end + 1 - i;
}

static void add_template(const replacement *self, string_builder *b, const cr_array *groups, uint32_t start, uint32_t end) {
    const cr_string *by = self->by_text, *text = self->text;
    b->origin = origin_union(self->cx, b->origin, by->origin);
    for (uint32_t i = 0; i < by->head.length;) {
        uint32_t unit = cr_unit_at(by, i), next = i + 1 < by->head.length ? cr_unit_at(by, i + 1) : 0, used = 2, digits;
        if (unit != '$') {
            builder_add_unit(b, unit);
            i++;
            continue;
        }
        uint32_t group = numbered_group(self, i, &digits);
        if (next == '$') {
            builder_add_unit(b, '$');
        } else if (next == '&') {
            builder_add_range(b, text, start, end);
        } else if (next == '`') {
            builder_add_range(b, text, 0, start);
        } else if (next == '\'') {
            builder_add_range(b, text, end, text->head.length);
        } else if (group != 0) {
            if (groups->items[group] != CR_UNDEFINED) builder_add(b, cr_as_string(groups->items[group]));
            used = digits + 1;
        } else {
            used = next == '<' ? add_named_group(self, b, groups->items, i) : 0;
            if (used == 0) {
                builder_add_unit(b, '$');
                used = 1;
            }
        }
        i += used;
    }
}

/* What takes the place of one match. false: threw. */
static bool add_replacement(const replacement *self, string_builder *b, cr_array *groups, uint32_t start, uint32_t end) {
    cr_context *cx = self->cx;
    if (self->by_text != NULL) {
        add_template(self, b, groups, start, end);
        return true;
    }
    cr_value named = named_groups(cx, self->re->program, groups->items);
    if (!array_append(cx, groups, cr_number(start)) || !array_append(cx, groups, cr_from_pointer(self->text))) return false;
    if (named != CR_UNDEFINED && !array_append(cx, groups, named)) return false;
    cr_value result = cr_call(cx, self->by, CR_UNDEFINED, groups->length, groups->items, "replacer");
    if (result == CR_EXCEPTION) return false;
    const cr_string *text = value_to_string(cx, result);
    if (text == NULL) return false;
    builder_add(b, text);
    return true;
}

static cr_value replace(cr_context *cx, cr_value pattern, const cr_string *text, cr_value by) {
    cr_regexp_object *re = as_regexp(pattern);
    replacement self = {.cx = cx, .re = re, .text = text, .by = by};
    if (!cr_is_function(by) && (self.by_text = value_to_string(cx, by)) == NULL) return CR_EXCEPTION;
    string_builder b;
    builder_init(&b, cx);
    b.origin = text->origin;
    uint32_t done = 0;
    if (re->flags.global) set_last_index(re, 0);
    for (;;) {
        const PCRE2_SIZE *ends;
        int found = match_stateful(cx, re, text, &ends);
        if (found < 0) return CR_EXCEPTION;
        if (found == 0) break;
        uint32_t start = (uint32_t)ends[0], end = (uint32_t)ends[1];
        cr_array *groups = all_groups(cx, re, text, ends);
        if (re->flags.global && start == end) set_last_index(re, next_position(re, text, end));
        builder_add_range(&b, text, done, start);
        if (!add_replacement(&self, &b, groups, start, end)) return CR_EXCEPTION;
        done = end;
        if (!re->flags.global) break;
    }
    builder_add_range(&b, text, done, text->head.length);
    return builder_finish(&b);
}

static bool append_range(cr_context *cx, cr_array *array, const cr_string *text, uint32_t from, uint32_t to) {
    return array_append(cx, array, cr_from_pointer(string_slice(cx, text, from, to)));
}

static cr_value split(cr_context *cx, cr_value pattern, const cr_string *text, uint32_t limit) {
    cr_regexp_object re = *as_regexp(pattern);
    re.flags.sticky = false;
    cr_array *parts = array_with_capacity(cx, 4);
    uint32_t length = text->head.length, start = 0, from = 0;
    const PCRE2_SIZE *ends;
    if (limit == 0) return cr_from_pointer(parts);
    if (length == 0) {
        int found = match(cx, &re, text, 0, &ends);
        if (found == 0 && !append_range(cx, parts, text, 0, 0)) return CR_EXCEPTION;
        return found < 0 ? CR_EXCEPTION : cr_from_pointer(parts);
    }
    while (from < length) {
        int found = match(cx, &re, text, from, &ends);
        if (found < 0) return CR_EXCEPTION;
        if (found == 0 || ends[0] >= length) break;
        if (ends[1] == start) {
            from = next_position(&re, text, (uint32_t)ends[0]);
            continue;
        }
        if (ends[1] == ends[0] && ends[0] == start) {
            from = next_position(&re, text, start);
            continue;
        }
        cr_array *groups = all_groups(cx, &re, text, ends);
        if (!append_range(cx, parts, text, start, (uint32_t)ends[0])) return CR_EXCEPTION;
        for (uint32_t i = 1; i < groups->length && parts->length < limit; i++)
            if (!array_append(cx, parts, groups->items[i])) return CR_EXCEPTION;
        if (parts->length >= limit) return cr_from_pointer(parts);
        start = from = (uint32_t)ends[1];
    }
    return append_range(cx, parts, text, start, length) ? cr_from_pointer(parts) : CR_EXCEPTION;
}

/* All matches of a global pattern, as texts or as results. NULL after a throw. */
static cr_array *every_match(cr_context *cx, cr_regexp_object *re, const cr_string *text, bool as_results) {
    cr_array *all = array_with_capacity(cx, 4);
    for (;;) {
        const PCRE2_SIZE *ends;
        int found = match_stateful(cx, re, text, &ends);
        if (found == 0) return all;
        if (found < 0) return NULL;
        if (ends[0] == ends[1]) set_last_index(re, next_position(re, text, (uint32_t)ends[1]));
        cr_value value = as_results ? match_result(cx, re, text, ends) : group_value(cx, text, ends, 0);
        if (!array_append(cx, all, value)) return NULL;
    }
}

static cr_value match_text(cr_context *cx, cr_value pattern, const cr_string *text) {
    cr_regexp_object *re = as_regexp(pattern);
    if (!re->flags.global) return exec(cx, re, text);
    set_last_index(re, 0);
    const cr_array *all = every_match(cx, re, text, false);
    return all == NULL ? CR_EXCEPTION : all->length == 0 ? CR_NULL : cr_from_pointer(all);
}

static cr_value match_all(cr_context *cx, cr_value pattern, const cr_string *text) {
    cr_value copy = regexp_new(cx, as_regexp(pattern)->source, as_regexp(pattern)->flags_text);
    if (copy == CR_EXCEPTION) return copy;
    as_regexp(copy)->object.slots[0].value = as_regexp(pattern)->object.slots[0].value;
    const cr_array *all = every_match(cx, as_regexp(copy), text, true);
    return all != NULL ? iterator_new(cx, cr_from_pointer(all), ITERATE_VALUES, &iterator_class_matches) : CR_EXCEPTION;
}

static cr_value search(cr_context *cx, cr_value pattern, const cr_string *text) {
    const PCRE2_SIZE *ends;
    int found = match(cx, as_regexp(pattern), text, 0, &ends);
    return found < 0 ? CR_EXCEPTION : cr_number(found > 0 ? (double)ends[0] : -1);
}

static bool is_global(cr_value pattern) { return as_regexp(pattern)->flags.global; }

static const regexp_operations operations = {replace, split, match_text, match_all, search, is_global, literal_text};

BUILTIN_NO_STATICS(RegExp)
BUILTIN_CONSTRUCTOR(RegExp, construct_regexp, 2, 0, &regexp_prototype, &RegExp_table)
BUILTIN_PROTOTYPE(regexp_prototype, MEMBERS_RegExp_prototype, cr_global_RegExp)
