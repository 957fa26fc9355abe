/* What the tests of value/, json/ and builtins/ share: a context, and short ways to make and print values.     */
#ifndef TESTS_UNIT_VALUE_PROGRAM_H
#define TESTS_UNIT_VALUE_PROGRAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "builtins/builtins.h"
#include "builtins/inspect.h"
#include "json/json.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/function.h"
#include "value/object.h"
#include "value/property.h"
#include "value/string.h"
#include "value/unknown.h"

static inline int set_up_context(void **state) {
    cr_context *cx = context_new(NULL);
    builtins_install(cx);
    *state = cx;
    return 0;
}

static inline int tear_down_context(void **state) {
    context_free(*state);
    return 0;
}

#define VALUE_TEST(function) cmocka_unit_test_setup_teardown(function, set_up_context, tear_down_context)

static inline cr_value text(cr_context *cx, const char *utf8) { return cr_string_text(cx, utf8); }

/* A value from JSON. */
static inline cr_value json(cr_context *cx, const char *source) {
    cr_value value = json_parse(cx, source, strlen(source));
    if (value == CR_EXCEPTION) fail_msg("%s: %s", source, error_describe(cx, cr_catch(cx), false));
    return value;
}

/* What console.log prints. */
static inline const char *shown(cr_context *cx, cr_value v) {
    if (v == CR_EXCEPTION) {
        switch (context_pending(cx)) {
        case PENDING_THROWN: return arena_format(&cx->runtime->heap, "!%s", error_describe(cx, cr_catch(cx), false));
        case PENDING_SUSPENDED: {
            cr_pending pending = context_take_pending(cx);
            return arena_format(&cx->runtime->heap, "?%s", cr_to_utf8(cx, pending.value, NULL));
        }
        default: return "interrupted";
        }
    }
    str_buf out;
    str_buf_init(&out);
    inspect(cx, v, INSPECT_DEPTH, &out);
    const char *copy = arena_copy_text(&cx->runtime->heap, str_buf_text(&out), out.length);
    str_buf_release(&out);
    return copy;
}

#define assert_shown(cx, value, wanted) assert_string_equal(shown((cx), (value)), (wanted))

/* object.name(arguments as a JSON array) */
static inline cr_value invoke(cr_context *cx, cr_value object, const char *name, const char *arguments) {
    const cr_array *argv = cr_as_array(json(cx, arguments));
    return cr_invoke(cx, object, name, argv->length, argv->items);
}

#endif
