/* builtins/string_case.h: toUpperCase and toLowerCase, as Unicode says and Node does.                        */
#ifndef CREACT_BUILTINS_STRING_CASE_H
#define CREACT_BUILTINS_STRING_CASE_H

#include "value/string.h"

cr_value string_change_case(cr_context *cx, const cr_string *s, bool upper);

#endif
