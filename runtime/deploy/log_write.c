#include <inttypes.h>
#include <stdio.h>

#include "base/hash.h"
#include "deploy/log.h"
#include "json/json.h"

enum { CHECKSUM_AT = 6, BODY_AT = 24 }; /* {"c":"0123456789abcdef", */

static void put_checksum(char *line, size_t length) {
    char hex[17];
    snprintf(hex, sizeof hex, "%016" PRIx64, hash_bytes(line + BODY_AT, length - BODY_AT));
    memcpy(line + CHECKSUM_AT, hex, 16);
}

log_line log_begin(str_buf *out, uint64_t serial, const char *type) {
    log_line self = {out, out->length};
    str_buf_add_format(out, "{\"c\":\"0000000000000000\",\"s\":%" PRIu64 ",\"t\":\"%s\"", serial, type);
    return self;
}

void log_end(log_line *self) {
    str_buf_add_char(self->out, '}');
    put_checksum(self->out->bytes + self->start, self->out->length - self->start);
    str_buf_add_char(self->out, '\n');
}

static void add_quoted(str_buf *out, const char *text) {
    str_buf_add_char(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte == '"' || byte == '\\')
            str_buf_add_format(out, "\\%c", byte);
        else if (byte < 0x20)
            str_buf_add_format(out, "\\u%04x", byte);
        else
            str_buf_add_char(out, *c);
    }
    str_buf_add_char(out, '"');
}

void log_text(log_line *self, const char *name, const char *text) {
    str_buf_add_format(self->out, ",\"%s\":", name);
    add_quoted(self->out, text);
}

void log_number(log_line *self, const char *name, uint64_t number) {
    str_buf_add_format(self->out, ",\"%s\":%" PRIu64, name, number);
}

void log_value(log_line *self, cr_context *cx, const char *name, cr_value value) {
    if (value == CR_UNDEFINED) return;
    str_buf_add_format(self->out, ",\"%s\":", name);
    json_write(cx, value, self->out);
}

static void log_depends(log_line *self, const resource_record *record) {
    if (record->depend_count == 0) return;
    str_buf_add_text(self->out, ",\"depends\":[");
    for (uint32_t i = 0; i < record->depend_count; i++)
        str_buf_add_format(self->out, "%s\"%s\"", i > 0 ? "," : "", record->depends[i]);
    str_buf_add_char(self->out, ']');
}

void log_resource(log_line *self, cr_context *cx, const resource_record *record, const char *from) {
    str_buf_add_format(self->out, ",\"id\":\"%s\",\"hash\":\"%016" PRIx64 "\",\"state\":\"%s\"", record->id,
                       record->props_hash, resource_state_name(record->state));
    log_text(self, "address", record->address);
    log_text(self, "construct", record->construct);
    if (from != NULL) log_text(self, "from", from);
    if (record->provider != NULL) log_text(self, "provider", record->provider);
    log_depends(self, record);
    if (record->operation != NULL) {
        log_text(self, "operation", record->operation);
        log_text(self, "token", record->token);
        log_number(self, "attempt", record->attempt);
        log_value(self, cx, "wanted", record->wanted_props);
    }
    log_value(self, cx, "props", record->props);
    log_value(self, cx, "outputs", record->outputs);
    log_value(self, cx, "private", record->private_data);
}

void log_copy(str_buf *out, uint64_t serial, str line) {
    size_t start = out->length;
    const char *rest = memchr(line.bytes + BODY_AT, ',', line.length - BODY_AT); /* after "s":… */
    str_buf_add(out, line.bytes, BODY_AT);
    str_buf_add_format(out, "\"s\":%" PRIu64, serial);
    str_buf_add(out, rest, line.length - (size_t)(rest - line.bytes));
    put_checksum(out->bytes + start, out->length - start);
    str_buf_add_char(out, '\n');
}
