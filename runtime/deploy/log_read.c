#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/bug.h"
#include "base/hash.h"
#include "deploy/log.h"
#include "value/context.h"
#include "json/json.h"

enum {
    BODY_AT = 24,           /* {"c":"0123456789abcdef", */
    LINE_BYTES_USUAL = 350, /* room is made for this many resources at once; a guess is enough */
};

typedef struct replay {
    cr_context *cx;
    stack_record *record;
    const char *origin;
    uint64_t line; /* number, from 1 */
    uint64_t serial;
    const char *construct, *provider; /* of the line before: most are the same */
    cr_error *err;
} replay;

static cr_status damaged(const replay *self, const char *what) {
    return cr_fail(self->err, CR_E_DATA, "state '%s' is damaged in line %" PRIu64 ": %s", self->origin,
                   self->line, what);
}

/* ---- pieces of a line ---------------------------------------------------------------------------------- */

static bool take(str *at, const char *text) {
    size_t length = strlen(text);
    if (at->length < length || memcmp(at->bytes, text, length) != 0) return false;
    at->bytes += length;
    at->length -= length;
    return true;
}

static bool take_number(str *at, uint64_t *number) {
    size_t i = 0;
    *number = 0;
    while (i < at->length && i < 19 && at->bytes[i] >= '0' && at->bytes[i] <= '9')
        *number = *number * 10 + (uint64_t)(at->bytes[i++] - '0');
    at->bytes += i;
    at->length -= i;
    return i > 0;
}

/* 16 digits. Without branches: each line has three of them, and their digits are random. */
static bool hex_value(const char *digits, uint64_t *value) {
    uint64_t number = 0;
    unsigned wrong = 0;
    for (int i = 0; i < 16; i++) {
        unsigned digit = (unsigned)(unsigned char)digits[i] - '0', letter = (unsigned)(unsigned char)digits[i] - 'a';
        wrong |= (unsigned)(digit > 9) & (unsigned)(letter > 5);
        number = number << 4 | (digit <= 9 ? digit : letter + 10);
    }
    *value = number;
    return wrong == 0;
}

static bool take_hex(str *at, uint64_t *value) {
    if (at->length < 16 || !hex_value(at->bytes, value)) return false;
    at->bytes += 16;
    at->length -= 16;
    return true;
}

/* Up to the closing quote, as written. */
static bool take_raw(str *at, str *raw, bool *escaped) {
    size_t i = 0;
    *escaped = false;
    for (; i < at->length && at->bytes[i] != '"'; i++)
        if (at->bytes[i] == '\\') *escaped = true, i++;
    if (i >= at->length) return false;
    *raw = (str){at->bytes, i};
    at->bytes += i + 1;
    at->length -= i + 1;
    return true;
}

static bool take_text(replay *self, str *at, const char **text) {
    str raw;
    bool escaped;
    if (!take_raw(at, &raw, &escaped)) return false;
    if (!escaped) {
        *text = arena_copy_text(&self->cx->runtime->heap, raw.bytes, raw.length);
        return true;
    }
    cr_value value;
    str quoted = {raw.bytes - 1, raw.length + 2};
    if (json_read(self->cx, quoted, &value, NULL) != CR_OK) return false;
    *text = cr_to_utf8(self->cx, value, NULL);
    return true;
}

/* ---- types of lines ------------------------------------------------------------------------------------ */

static cr_status read_head(replay *self, str body) {
    stack_record *record = self->record;
    uint64_t format, number;
    const char *stack, *text;
    if (!take(&body, ",\"format\":") || !take_number(&body, &format))
        return damaged(self, "it is no head of a state log");
    if (!take(&body, ",\"stack\":\"") || !take_text(self, &body, &stack) || !take(&body, ",\"lineage\":\"") ||
        !take_text(self, &body, &text) || strlen(text) >= sizeof record->lineage)
        return damaged(self, "the head is incomplete");
    if (strcmp(stack, record->stack) != 0)
        return cr_fail(self->err, CR_E_DATA, "state '%s' is that of stack '%s', not of '%s'", self->origin,
                       stack, record->stack);
    memcpy(record->lineage, text, strlen(text) + 1);
    if (take(&body, ",\"deployment\":") && take_number(&body, &number)) record->deployment = (uint32_t)number;
    if (take(&body, ",\"operation\":\"") && take_text(self, &body, &text))
        snprintf(record->operation, sizeof record->operation, "%s", text);
    return CR_OK;
}

static void record_gone(stack_record *stack, resource_record *record) {
    record->gone = true;
    map_put(&stack->by_id, str_of(record->id), NULL);
}

/* A name that nearly every line repeats: kept once as long as it stays the same. */
static bool take_repeated(replay *self, str *at, const char **last, const char **name) {
    str saved = *at, raw;
    bool escaped;
    if (!take_raw(at, &raw, &escaped)) return false;
    if (escaped || *last == NULL || !str_is(raw, *last)) {
        *at = saved;
        if (!take_text(self, at, last)) return false;
    }
    *name = *last;
    return true;
}

static resource_record *new_record(replay *self, str id, const char *address) {
    resource_record *record = HEAP_NEW(self->cx, resource_record);
    memcpy(record->id, id.bytes, 16);
    record->address = address;
    map_put(&self->record->by_id, (str){record->id, 16}, record);
    VEC_PUSH(&self->record->resources, record);
    return record;
}

/* Address, construct, the id before a move, provider. The record is a new one when there is none yet. */
static bool read_names(replay *self, str *body, str id, resource_record **out) {
    resource_record *record = map_get(&self->record->by_id, id), *old = NULL;
    const char *address = NULL, *construct;
    str raw;
    bool escaped;
    bool good = record != NULL ? take_raw(body, &raw, &escaped) : take_text(self, body, &address);
    if (!good || !take(body, ",\"construct\":\"")) return false;
    if (!take_repeated(self, body, &self->construct, &construct)) return false;
    if (take(body, ",\"from\":\"")) {
        if (!take_raw(body, &raw, &escaped)) return false;
        old = map_get(&self->record->by_id, raw);
    }
    if (record == NULL) record = new_record(self, id, address);
    if (old != NULL && old != record) {
        record_gone(self->record, old);
        map_put(&self->record->moved, str_of(old->id), record);
    }
    record->construct = construct;
    record->provider = NULL;
    *out = record;
    return !take(body, ",\"provider\":\"") || take_repeated(self, body, &self->provider, &record->provider);
}

static cr_status read_node(replay *self, str line, str body) {
    resource_record *record;
    resource_state state;
    uint64_t hash, unused;
    str raw;
    bool escaped;
    if (!take(&body, ",\"id\":\"")) return damaged(self, "it has no id");
    str id = {body.bytes, 16};
    if (!take_hex(&body, &unused) || !take(&body, "\",\"hash\":\"") || !take_hex(&body, &hash) ||
        !take(&body, "\",\"state\":\"") || !take_raw(&body, &raw, &escaped) ||
        !resource_state_parse(raw, &state) || !take(&body, ",\"address\":\"") ||
        !read_names(self, &body, id, &record))
        return damaged(self, "the head of the resource is incomplete");
    record->state = state;
    record->props_hash = hash;
    record->line = line;
    record->detailed = false;
    return CR_OK;
}

static cr_status read_gone(replay *self, str body) {
    if (!take(&body, ",\"id\":\"") || body.length < 16) return damaged(self, "it has no id");
    resource_record *record = map_get(&self->record->by_id, (str){body.bytes, 16});
    if (record == NULL) return damaged(self, "it is about a resource that was never recorded");
    record_gone(self->record, record);
    return CR_OK;
}

/* component and output: a name and a value in a map. */
static cr_status read_named(replay *self, str line, map *values, const char *name_field,
                            const char *value_field) {
    cr_value object;
    if (json_read(self->cx, line, &object, NULL) != CR_OK) return damaged(self, "it is no JSON");
    cr_value name = cr_field(object, name_field), value = cr_field(object, value_field);
    if (!cr_is_string(name)) return damaged(self, "it has no name");
    size_t length;
    const char *text = cr_to_utf8(self->cx, name, &length);
    cr_value *kept = NULL;
    if (value != CR_UNDEFINED) {
        kept = HEAP_NEW(self->cx, cr_value);
        *kept = value;
    }
    map_put(values, (str){text, length}, kept);
    return CR_OK;
}

static cr_status read_begin(replay *self, str body) {
    uint64_t number;
    str operation;
    bool escaped;
    if (!take(&body, ",\"deployment\":") || !take_number(&body, &number) ||
        !take(&body, ",\"operation\":\"") || !take_raw(&body, &operation, &escaped))
        return damaged(self, "the beginning of the deployment is incomplete");
    self->record->deployment = (uint32_t)number;
    snprintf(self->record->operation, sizeof self->record->operation, "%.*s", STR_ARGS(operation));
    self->record->interrupted = true;
    return CR_OK;
}

static cr_status read_end(replay *self) {
    self->record->interrupted = false;
    map_release(&self->record->moved); /* by its end a deployment has followed them */
    return CR_OK;
}

static cr_status read_line(replay *self, str line) {
    str body = {line.bytes + BODY_AT, line.length - BODY_AT - 1}; /* without the closing brace */
    str type;
    uint64_t serial;
    bool escaped;
    if (!take(&body, "\"s\":") || !take_number(&body, &serial) || !take(&body, ",\"t\":\"") ||
        !take_raw(&body, &type, &escaped))
        return damaged(self, "it has no serial and type");
    if (self->line > 1 && serial != self->serial + 1)
        return damaged(self, "records are missing or doubled before it");
    self->serial = serial;
    if (str_is(type, "node")) return read_node(self, line, body);
    if (str_is(type, "gone")) return read_gone(self, body);
    if (str_is(type, "component"))
        return read_named(self, line, &self->record->components, "address", "state");
    if (str_is(type, "output")) return read_named(self, line, &self->record->outputs, "name", "value");
    if (str_is(type, "begin")) return read_begin(self, body);
    if (str_is(type, "end")) return read_end(self);
    if (str_is(type, "head") && self->line == 1) return read_head(self, body);
    return damaged(self, "it has an unknown type");
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

static bool checksum_matches(str line) {
    uint64_t checksum;
    if (line.length <= BODY_AT || memcmp(line.bytes, "{\"c\":\"", 6) != 0 ||
        line.bytes[line.length - 1] != '}')
        return false;
    if (!hex_value(line.bytes + 6, &checksum) || memcmp(line.bytes + 22, "\",", 2) != 0) return false;
    return checksum == hash_bytes(line.bytes + BODY_AT, line.length - BODY_AT);
}

/* A log of a later version is named as such, whatever its lines look like. */
static cr_status check_format(const replay *self, str first) {
    static const char field[] = ",\"format\":";
    const char *at = memmem(first.bytes, first.length, field, sizeof field - 1);
    uint64_t format;
    if (at == NULL) return damaged(self, "it is no head of a state log");
    str rest = {at + sizeof field - 1, first.length - (size_t)(at - first.bytes) - (sizeof field - 1)};
    if (!take_number(&rest, &format)) return damaged(self, "it is no head of a state log");
    if (format == STATE_FORMAT) return CR_OK;
    return cr_fail(self->err, CR_E_DATA,
                   "state '%s' has format %" PRIu64 ", but this program reads format %d: %s", self->origin,
                   format, STATE_FORMAT,
                   format > STATE_FORMAT ? "compile it with a newer creactc" : "it is too old");
}

/* What is left of a line that was being written: its beginning, and zeros where a file system had room for bytes that
 * never came. Anything else was not written by us, and dropping it could lose somebody's file. */
static bool may_be_torn(str tail) {
    static const char start[] = "{\"c\":\"";
    for (size_t i = 0; i < tail.length && i < sizeof start - 1; i++)
        if (tail.bytes[i] != start[i] && tail.bytes[i] != '\0') return false;
    return true;
}

/* The end of the log without a line end: a torn line, dropped; a whole record that lost only its end, kept;
 * or a whole record whose line end was changed, which is damage. */
static cr_status read_tail(replay *self, str tail, log_facts *facts) {
    if (checksum_matches(tail)) {
        facts->newline_missing = true;
        facts->intact_bytes += tail.length;
        facts->lines++;
        return read_line(self, tail);
    }
    if (tail.length > 1 && checksum_matches((str){tail.bytes, tail.length - 1}))
        return damaged(self, "its end was changed");
    if (!may_be_torn(tail)) return damaged(self, "it is no part of a state log");
    return CR_OK;
}

cr_status log_replay(cr_context *cx, str text, const char *origin, stack_record *record, log_facts *facts,
                     cr_error *err) {
    replay self = {.cx = cx, .record = record, .origin = origin, .line = 1, .err = err};
    cr_status status = CR_OK;
    *facts = (log_facts){.is_new = true};
    map_reserve(&record->by_id, text.length / LINE_BYTES_USUAL);
    while (status == CR_OK && text.length > 0) {
        const char *end = memchr(text.bytes, '\n', text.length);
        str line = {text.bytes, end != NULL ? (size_t)(end - text.bytes) : text.length};
        if (self.line == 1 && end != NULL) status = check_format(&self, line);
        if (status != CR_OK) break;
        if (end == NULL) {
            status = read_tail(&self, line, facts);
            break;
        }
        if (!checksum_matches(line)) return damaged(&self, "its checksum does not match");
        status = read_line(&self, line);
        facts->lines++;
        facts->intact_bytes += line.length + 1;
        self.line++;
        text = (str){end + 1, text.length - line.length - 1};
    }
    facts->is_new = facts->lines == 0;
    record->serial = self.serial;
    return status;
}
