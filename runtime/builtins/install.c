#include "builtins/builtins.h"

/* RegExp's prototype is missing here on purpose: the first regular expression brings it (see regexp.c). */
void builtins_install(cr_context *cx) {
    cr_object **prototypes = cx->runtime->prototypes;
    prototypes[PROTOTYPE_OBJECT] = &object_prototype;
    prototypes[PROTOTYPE_FUNCTION] = &function_prototype;
    prototypes[PROTOTYPE_ARRAY] = &array_prototype;
    prototypes[PROTOTYPE_STRING] = &string_prototype;
    prototypes[PROTOTYPE_NUMBER] = &number_prototype;
    prototypes[PROTOTYPE_BOOLEAN] = &boolean_prototype;
    prototypes[PROTOTYPE_MAP] = &map_prototype;
    prototypes[PROTOTYPE_SET] = &set_prototype;
    prototypes[PROTOTYPE_PROMISE] = &promise_prototype;
    prototypes[PROTOTYPE_ITERATOR] = &iterator_prototype;
    prototypes[PROTOTYPE_ERROR] = &Error_prototype;
    prototypes[PROTOTYPE_TYPE_ERROR] = &TypeError_prototype;
    prototypes[PROTOTYPE_RANGE_ERROR] = &RangeError_prototype;
    prototypes[PROTOTYPE_REFERENCE_ERROR] = &ReferenceError_prototype;
    prototypes[PROTOTYPE_SYNTAX_ERROR] = &SyntaxError_prototype;
    prototypes[PROTOTYPE_URI_ERROR] = &URIError_prototype;
    prototypes[PROTOTYPE_AGGREGATE_ERROR] = &AggregateError_prototype;
}
