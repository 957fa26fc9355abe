/* parse/functions.c: functions, arrows, methods and their parameters. */
#include "parse/lower.h"

tsx_flags modifier_of(parser *p, const kid *self) {
    static const struct {
        const char *text;
        int bit;
    } modifiers[] = {
        {"abstract", TSX_FLAG_BIT_ABSTRACT},   {"async", TSX_FLAG_BIT_ASYNC},
        {"declare", TSX_FLAG_BIT_DECLARE},     {"get", TSX_FLAG_BIT_GET},
        {"override", TSX_FLAG_BIT_OVERRIDE},   {"private", TSX_FLAG_BIT_PRIVATE},
        {"protected", TSX_FLAG_BIT_PROTECTED}, {"public", TSX_FLAG_BIT_PUBLIC},
        {"readonly", TSX_FLAG_BIT_READONLY},   {"set", TSX_FLAG_BIT_SET},
        {"static", TSX_FLAG_BIT_STATIC},
    };
    if (self->type != N_TOKEN && self->type != N_accessibility_modifier && self->type != N_override_modifier)
        return 0;
    str text = text_of(p, kid_span(p, self));
    for (size_t i = 0; i < sizeof modifiers / sizeof modifiers[0]; i++) {
        if (str_is(text, modifiers[i].text)) return (tsx_flags)1 << modifiers[i].bit;
    }
    return 0;
}

tsx_flags modifiers_of(parser *p, const kids *all) {
    tsx_flags flags = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        const kid *next = &all->items[i];
        if (next->field == FIELD_name || next->field == FIELD_pattern) break;
        if (next->type == N_decorator) unexpected_node(p, next);
        if (is_token(next, "accessor")) tsx_report(p->session, TSX_C1019, kid_span(p, next), "accessor");
        if (is_token(next, "*")) tsx_report(p->session, TSX_C1001, kid_span(p, next));
        flags |= modifier_of(p, next);
    }
    return flags;
}

context function_context(const parser *p, tsx_flags flags) {
    context inside = p->context;
    inside.top_level = false;
    inside.awaits = (flags & TSX_F_ASYNC) != 0;
    inside.returns = true;
    inside.loops = inside.breakables = 0;
    inside.labels = NULL;
    if ((flags & TSX_F_ARROW) != 0) return inside;
    inside.new_target = inside.arguments_bound = true;
    inside.super_property = inside.super_call = false;
    return inside;
}

/* ---- parameters */

static tsx_node *lower_parameter(parser *p, TSNode node, bool is_last) {
    kids all = kids_of(p, node);
    tsx_parameter_node *parameter = NEW(p, parameter, PARAMETER, span_of(p, node));
    parameter->base.flags |= modifiers_of(p, &all);
    const kid *pattern = kid_of_field(&all, FIELD_pattern), *value = kid_of_field(&all, FIELD_value);
    if (kid_of_token(&all, "?") != NULL) parameter->base.flags |= TSX_F_OPTIONAL_MARK;
    if (pattern->type == N_this) {
        parameter->base.flags |= TSX_F_THIS_PARAMETER;
        tsx_binding_node *binding = NEW(p, binding, BINDING, kid_span(p, pattern));
        binding->name = name_of(p, pattern);
        parameter->pattern = &binding->base;
    } else if (pattern->type == N_rest_pattern) {
        kids rest = kids_of(p, pattern->node);
        parameter->base.flags |= TSX_F_REST;
        parameter->pattern = lower_pattern(p, rest.items[rest.count - 1].node, true);
        if (!is_last) tsx_report(p->session, TSX_C0028, parameter->base.span);
        if (value != NULL || tsx_has(&parameter->base, TSX_F_OPTIONAL_MARK))
            tsx_report(p->session, TSX_C0041, parameter->base.span);
    } else {
        parameter->pattern = lower_pattern(p, pattern->node, true);
    }
    parameter->type = lower_annotation(p, kid_of_field(&all, FIELD_type));
    if (value != NULL) parameter->initializer = lower_expression(p, value->node);
    return &parameter->base;
}

tsx_list lower_parameters(parser *p, const kids *parts) {
    const kid *single = kid_of_field(parts, FIELD_parameter), *list = kid_of_field(parts, FIELD_parameters);
    if (single != NULL) { /* x => … */
        tsx_parameter_node *parameter = NEW(p, parameter, PARAMETER, kid_span(p, single));
        parameter->pattern = lower_binding(p, single);
        tsx_list one = list_new(p, 1);
        list_add(&one, &parameter->base);
        return one;
    }
    if (list == NULL) return (tsx_list){NULL, 0};
    kids all = kids_of(p, list->node);
    tsx_list parameters = list_new(p, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        const kid *next = &all.items[i];
        if (next->type == N_required_parameter || next->type == N_optional_parameter)
            list_add(&parameters, lower_parameter(p, next->node, i + 2 >= all.count));
        else if (next->type != N_TOKEN)
            unexpected_node(p, next);
    }
    return parameters;
}

/* ---- functions */

/* "use strict" in a function is an error when its parameters are more than names. */
static void check_directives(parser *p, const tsx_function_node *function) {
    bool is_simple = true;
    for (uint32_t i = 0; i < function->parameters.count; i++) {
        const tsx_parameter_node *parameter = tsx_as_parameter(function->parameters.items[i]);
        is_simple &= parameter->pattern->kind == TSX_NODE_BINDING && parameter->initializer == NULL &&
                     !tsx_has(&parameter->base, TSX_F_REST);
    }
    if (is_simple || function->body == NULL || function->body->kind != TSX_NODE_BLOCK) return;
    tsx_list body = tsx_as_block(function->body)->body;
    for (uint32_t i = 0; i < body.count && tsx_has(body.items[i], TSX_F_DIRECTIVE); i++) {
        const tsx_string_node *string = tsx_as_string(tsx_as_expression_stmt(body.items[i])->expression);
        if (str_is(string->value, "use strict")) tsx_report(p->session, TSX_C0042, string->base.span);
    }
}

tsx_node *lower_function_parts(parser *p, TSNode node, const kids *parts, tsx_flags flags,
                               const context *inside) {
    tsx_function_node *function = NEW(p, function, FUNCTION, span_of(p, node));
    context outer = p->context;
    p->context = *inside;
    function->base.flags |= flags;
    const kid *body = kid_of_field(parts, FIELD_body);
    function->type_parameters = lower_type_parameters(p, kid_of_field(parts, FIELD_type_parameters));
    function->parameters = lower_parameters(p, parts);
    function->return_type = lower_annotation(p, kid_of_field(parts, FIELD_return_type));
    if (body != NULL && body->type == N_statement_block) {
        function->body = lower_statement(p, body->node);
    } else if (body != NULL) {
        function->base.flags |= TSX_F_CONCISE;
        function->body = lower_expression(p, body->node);
    }
    p->context = outer;
    check_directives(p, function);
    return &function->base;
}

static tsx_flags async_of(const kids *all) { return kid_of_token(all, "async") != NULL ? TSX_F_ASYNC : 0; }

tsx_node *lower_arrow(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_flags flags = TSX_F_ARROW | async_of(&all);
    for (uint32_t i = 1; i < all.count; i++) {
        if (is_token(&all.items[i], "=>") && has_line_end(p, all.items[i - 1].end, all.items[i].start))
            unexpected_node(p, &all.items[i]);
    }
    context inside = function_context(p, flags);
    return lower_function_parts(p, node, &all, flags, &inside);
}

tsx_node *lower_function_expression(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_flags flags = async_of(&all);
    context inside = function_context(p, flags);
    tsx_node *function = lower_function_parts(p, node, &all, flags, &inside);
    const kid *name = kid_of_field(&all, FIELD_name);
    if (name != NULL) tsx_as_function(function)->name = lower_binding(p, name);
    return function;
}

tsx_node *lower_function_declaration(parser *p, TSNode node) {
    tsx_function_decl_node *declaration = NEW(p, function_decl, FUNCTION_DECL, span_of(p, node));
    declaration->function = lower_function_expression(p, node);
    return &declaration->base;
}

/* ---- methods */

static void check_accessor(parser *p, const tsx_node *method, const tsx_list *parameters) {
    uint32_t count = parameters->count;
    if (count > 0 && tsx_has(parameters->items[0], TSX_F_THIS_PARAMETER)) count--;
    if (tsx_has(method, TSX_F_GET) && count != 0)
        tsx_report(p->session, TSX_C0034, method->span, "getter", "parameters");
    if (tsx_has(method, TSX_F_SET) && count != 1)
        tsx_report(p->session, TSX_C0034, method->span, "setter",
                   count == 0 ? "no parameter" : "more than one parameter");
}

bool key_is(const tsx_node *key, const char *name) {
    if (key->kind == TSX_NODE_STRING) return str_is(((const tsx_string_node *)key)->value, name);
    return key->kind == TSX_NODE_KEY && str_is(((const tsx_key_node *)key)->name->text, name);
}

tsx_node *lower_method(parser *p, TSNode node, const context *inside) {
    kids all = kids_of(p, node);
    tsx_flags flags = modifiers_of(p, &all);
    tsx_method_node *method = NEW(p, method, METHOD, span_of(p, node));
    method->base.flags |= flags & ~TSX_F_ASYNC;
    method->key = lower_property_key(p, kid_of_field(&all, FIELD_name));
    if (kid_of_token(&all, "?") != NULL) method->base.flags |= TSX_F_OPTIONAL_MARK;
    context within = *inside;
    within.awaits = (flags & TSX_F_ASYNC) != 0;
    method->function = lower_function_parts(p, node, &all, TSX_F_METHOD | (flags & TSX_F_ASYNC), &within);
    check_accessor(p, &method->base, &tsx_as_function(method->function)->parameters);
    const kid *async = kid_of_token(&all, "async"), *name = kid_of_field(&all, FIELD_name);
    if (async != NULL && has_line_end(p, async->end, name->start)) unexpected_node(p, name);
    return &method->base;
}
