/* json/json.h: JSON text of JavaScript values: canonical for hashing and files, indented for people, and a strict
 * reader.
 *
 * Canonical form: keys sorted by UTF-16 code units, numbers as the language prints them, no spaces, UTF-8, lone
 * surrogates as \udXXX; equal values give equal bytes on every machine. What JSON cannot hold is written so that
 * nothing is lost silently: an unknown as {"$unknown":"${Database/main-db.host}"}, an instance as
 * {"$ref":"<address>"}, a Map as {"$map":[[key,value]…]}, a Set as {"$set":[…]}, a value inside itself as
 * {"$cycle":true}. As in JSON.stringify, undefined and functions are left out of objects and null in arrays.
 *
 * Limits: JSON_DEPTH_MAX levels when reading.                                                              */
#ifndef CREACT_JSON_JSON_H
#define CREACT_JSON_JSON_H

#include "creact/status.h"
#include "value/context.h"

/* Deep enough for any document that a person or tool writes; a deeper one is an attack or an accident. */
enum { JSON_DEPTH_MAX = 2000 };

/* Appends the canonical form. Never throws; getters of host objects that throw count as undefined. */
void json_write(cr_context *cx, cr_value v, str_buf *out);
/* The same with keys in the object's own order and `indent` spaces a level (0: one line, as json_write). */
void json_write_pretty(cr_context *cx, cr_value v, int indent, str_buf *out);
/* A string as JSON, with its quotes. */
void json_write_string(const cr_string *s, str_buf *out);

/* XXH3 of the canonical form; hex is the canonical (big-endian) 32 digits. `scratch` is cleared and used. */
uint64_t json_hash64(cr_context *cx, cr_value v, str_buf *scratch);
void json_hash128(cr_context *cx, cr_value v, str_buf *scratch, char hex[33]);

/* Reads one document. Throws what JSON.parse throws, with V8's messages. */
cr_value json_parse(cr_context *cx, const char *bytes, size_t length);
/* As json_parse for files: CR_E_DATA with the position in *err, nothing pending. `text` is borrowed for the call. */
cr_status json_read(cr_context *cx, str text, cr_value *value, cr_error *err);

/* The text of a member of `object`, canonical JSON of an object, without reading the others; `name` is one that needs
 * no escapes. False: there is none. Checks only what it needs to find it. */
bool json_member(str object, const char *name, str *value);

#endif
