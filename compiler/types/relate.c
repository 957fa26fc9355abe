/* Can a value of one type be used as another? Only a certain "no" is reported.
 *
 * The types of expressions are not narrowed here, so a source may be wider than what tsc sees: of a union, any
 * member that fits is enough, and undefined and null are left out of account. What is wider still fits nowhere
 * that its narrowed part does not fit, so a "no" stays true.                                                */
#include "types/type.h"

/* The kind that a literal belongs to. */
static type_kind base_kind(type_kind kind) {
    switch (kind) {
    case TYPE_STRING_LITERAL: return TYPE_STRING;
    case TYPE_NUMBER_LITERAL: return TYPE_NUMBER;
    case TYPE_BOOLEAN_LITERAL: return TYPE_BOOLEAN;
    default: return kind;
    }
}

static bool is_primitive(type_kind kind) {
    kind = base_kind(kind);
    return kind == TYPE_STRING || kind == TYPE_NUMBER || kind == TYPE_BOOLEAN;
}

static bool same_literal(const type *a, const type *b) {
    switch (a->kind) {
    case TYPE_STRING_LITERAL: return str_equal(a->text, b->text);
    case TYPE_NUMBER_LITERAL: return a->number == b->number;
    default: return a->boolean == b->boolean;
    }
}

static bool primitives_differ(const type *source, const type *target) {
    if (base_kind(source->kind) != base_kind(target->kind)) return true;
    return source->kind == target->kind && source->kind != base_kind(source->kind) && !same_literal(source, target);
}

bool certainly_not(checker *self, const type *source, const type *target) {
    if (source->kind == TYPE_OPEN || target->kind == TYPE_OPEN || source->kind == TYPE_NULLISH) return false;
    if (source->kind == TYPE_UNION) {
        bool has_other = false;
        for (uint32_t i = 0; i < source->member_count; i++) {
            if (source->members[i]->kind == TYPE_NULLISH) continue;
            if (!certainly_not(self, source->members[i], target)) return false;
            has_other = true;
        }
        return has_other;
    }
    if (target->kind == TYPE_UNION) {
        for (uint32_t i = 0; i < target->member_count; i++)
            if (!certainly_not(self, source, target->members[i])) return false;
        return true;
    }
    if (target->kind == TYPE_NULLISH) return true;
    if (is_primitive(source->kind) && is_primitive(target->kind)) return primitives_differ(source, target);
    if (is_primitive(source->kind)) return target->kind != TYPE_OBJECT; /* a string has a length … */
    if (is_primitive(target->kind)) return source->kind != TYPE_OBJECT || !source->has_others;
    bool is_list_and_function = (source->kind == TYPE_ARRAY && target->kind == TYPE_FUNCTION) ||
                                (source->kind == TYPE_FUNCTION && target->kind == TYPE_ARRAY);
    return is_list_and_function;
}
