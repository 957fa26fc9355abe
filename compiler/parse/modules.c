/* parse/modules.c: imports, exports, and declarations that only exist for types. */
#include "parse/lower.h"

static void check_top_level(parser *p, TSNode node, const char *what) {
    tsx_span span = span_of(p, node);
    span.end = span.start + (uint32_t)strlen(what);
    if (!p->context.top_level) tsx_report(p->session, TSX_C0030, span, what);
}

/* A name of an import or export, which may also be a string. */
static const tsx_name *module_name(parser *p, const kid *self) {
    if (self->type == N_string) return tsx_intern(&p->session->names, string_value(p, self->node));
    return name_of(p, self);
}

/* `type` between a keyword and what follows. Flow's `typeof` is refused. */
static bool is_type_only(parser *p, const kids *all) {
    const kid *flow = kid_of_token(all, "typeof");
    if (flow != NULL) tsx_report(p->session, TSX_C1021, kid_span(p, flow));
    return kid_of_token(all, "type") != NULL;
}

/* ---- imports */

static tsx_node *lower_import_specifier(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_import_specifier_node *specifier = NEW(p, import_specifier, IMPORT_SPECIFIER, span_of(p, node));
    const kid *name = kid_of_field(&all, FIELD_name), *alias = kid_of_field(&all, FIELD_alias);
    if (all.items[0].field == FIELD_NONE && is_type_only(p, &all)) specifier->base.flags |= TSX_F_TYPE_ONLY;
    specifier->imported = module_name(p, name);
    specifier->imported_span = kid_span(p, name);
    specifier->local = lower_binding(p, alias != NULL ? alias : name);
    return &specifier->base;
}

static void lower_import_clause(parser *p, tsx_import_node *import, TSNode node) {
    kids all = kids_of(p, node);
    for (uint32_t i = 0; i < all.count; i++) {
        const kid *next = &all.items[i];
        if (next->type == N_identifier) {
            import->default_name = lower_binding(p, next);
        } else if (next->type == N_namespace_import) {
            kids parts = kids_of(p, next->node);
            import->namespace_name = lower_binding(p, &parts.items[parts.count - 1]);
        } else if (next->type == N_named_imports) {
            kids names = kids_of(p, next->node);
            import->specifiers = list_new(p, names.count);
            for (uint32_t k = 0; k < names.count; k++) {
                if (names.items[k].type == N_import_specifier)
                    list_add(&import->specifiers, lower_import_specifier(p, names.items[k].node));
            }
        } else if (next->type != N_TOKEN) {
            unexpected_node(p, next);
        }
    }
}

tsx_node *lower_import(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    check_top_level(p, node, "import");
    const kid *require = kid_of_type(&all, N_import_require_clause),
              *source = kid_of_field(&all, FIELD_source);
    if (require != NULL || source == NULL) {
        kid self = require != NULL ? *require : kid_from(p, node);
        return unexpected_node(p, &self);
    }
    tsx_import_node *import = NEW(p, import, IMPORT, span_of(p, node));
    if (is_type_only(p, &all)) import->base.flags |= TSX_F_TYPE_ONLY;
    const kid *clause = kid_of_type(&all, N_import_clause);
    if (clause != NULL)
        lower_import_clause(p, import, clause->node);
    else
        import->base.flags |= TSX_F_BARE;
    import->source = lower_string(p, source->node);
    return &import->base;
}

/* ---- exports */

static tsx_node *lower_export_specifier(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_export_specifier_node *specifier = NEW(p, export_specifier, EXPORT_SPECIFIER, span_of(p, node));
    const kid *name = kid_of_field(&all, FIELD_name), *alias = kid_of_field(&all, FIELD_alias);
    if (all.items[0].field == FIELD_NONE && is_type_only(p, &all)) specifier->base.flags |= TSX_F_TYPE_ONLY;
    tsx_identifier_node *local = NEW(p, identifier, IDENTIFIER, kid_span(p, name));
    local->name = module_name(p, name);
    specifier->local = &local->base;
    specifier->exported = module_name(p, alias != NULL ? alias : name);
    specifier->exported_span = kid_span(p, alias != NULL ? alias : name);
    return &specifier->base;
}

static tsx_node *lower_export_clause(parser *p, TSNode node, const kids *all, const kid *clause,
                                     bool type_only) {
    tsx_export_named_node *export = NEW(p, export_named, EXPORT_NAMED, span_of(p, node));
    kids names = kids_of(p, clause->node);
    export->specifiers = list_new(p, names.count);
    for (uint32_t i = 0; i < names.count; i++) {
        if (names.items[i].type == N_export_specifier)
            list_add(&export->specifiers, lower_export_specifier(p, names.items[i].node));
    }
    const kid *source = kid_of_field(all, FIELD_source);
    if (source != NULL) export->source = lower_string(p, source->node);
    if (type_only) export->base.flags |= TSX_F_TYPE_ONLY;
    return &export->base;
}

/* `export * from` and `export * as x from`. `export type *` reaches the grammar without its `type`
 * (repair.c). */
static tsx_node *lower_export_all(parser *p, TSNode node, const kids *all) {
    tsx_export_all_node *export = NEW(p, export_all, EXPORT_ALL, span_of(p, node));
    const kid *namespace_export = kid_of_type(all, N_namespace_export);
    if (namespace_export != NULL) {
        kids parts = kids_of(p, namespace_export->node);
        const kid *name = &parts.items[parts.count - 1];
        export->exported = module_name(p, name);
        export->exported_span = kid_span(p, name);
    }
    export->source = lower_string(p, kid_of_field(all, FIELD_source)->node);
    uint32_t from = all->items[0].end, to = all->items[1].start;
    if (memcmp(p->text.bytes + from, p->parsed.bytes + from, to - from) != 0)
        export->base.flags |= TSX_F_TYPE_ONLY;
    return &export->base;
}

static tsx_node *make_export_decl(parser *p, TSNode node, tsx_node *declaration, bool is_default) {
    tsx_export_decl_node *export = NEW(p, export_decl, EXPORT_DECL, span_of(p, node));
    export->declaration = declaration;
    if (is_default) export->base.flags |= TSX_F_DEFAULT;
    return &export->base;
}

/* The grammar reads `export default function () {}` as an expression; it is a declaration. */
static tsx_node *lower_export_default(parser *p, TSNode node, const kid *value) {
    if (value->type == N_function_expression)
        return make_export_decl(p, node, lower_function_declaration(p, value->node), true);
    if (value->type == N_class)
        return make_export_decl(p, node, lower_class_declaration(p, value->node), true);
    tsx_export_default_node *export = NEW(p, export_default, EXPORT_DEFAULT, span_of(p, node));
    export->expression = lower_expression(p, value->node);
    return &export->base;
}

tsx_node *lower_export(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    check_top_level(p, node, "export");
    const kid *declaration = kid_of_field(&all, FIELD_declaration), *value = kid_of_field(&all, FIELD_value);
    const kid *clause = kid_of_type(&all, N_export_clause), *decorator = kid_of_type(&all, N_decorator);
    bool is_default = kid_of_token(&all, "default") != NULL;
    if (decorator != NULL) unexpected_node(p, decorator);
    if (clause != NULL) return lower_export_clause(p, node, &all, clause, is_type_only(p, &all));
    if (value != NULL) return lower_export_default(p, node, value);
    if (declaration != NULL)
        return make_export_decl(p, node, lower_statement(p, declaration->node), is_default);
    if (kid_of_field(&all, FIELD_source) != NULL) return lower_export_all(p, node, &all);
    bool is_namespace = kid_of_token(&all, "namespace") != NULL;
    tsx_report(p->session, is_namespace ? TSX_C1020 : TSX_C1004, span_of(p, node));
    return error_node(p, span_of(p, node));
}

/* ---- declarations for types */

tsx_node *lower_interface(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_interface_decl_node *interface = NEW(p, interface_decl, INTERFACE_DECL, span_of(p, node));
    interface->name = lower_binding(p, kid_of_field(&all, FIELD_name));
    interface->type_parameters = lower_type_parameters(p, kid_of_field(&all, FIELD_type_parameters));
    const kid *extends = kid_of_type(&all, N_extends_type_clause);
    if (extends != NULL) {
        kids types = kids_of(p, extends->node);
        interface->extends = list_new(p, types.count);
        for (uint32_t i = 0; i < types.count; i++) {
            if (types.items[i].type != N_TOKEN)
                list_add(&interface->extends, lower_heritage_type(p, &types.items[i]));
        }
    }
    interface->members = lower_type_members(p, kid_of_field(&all, FIELD_body)->node);
    return &interface->base;
}

tsx_node *lower_type_alias(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_type_alias_decl_node *alias = NEW(p, type_alias_decl, TYPE_ALIAS_DECL, span_of(p, node));
    alias->name = lower_binding(p, kid_of_field(&all, FIELD_name));
    alias->type_parameters = lower_type_parameters(p, kid_of_field(&all, FIELD_type_parameters));
    alias->type = lower_type(p, kid_of_field(&all, FIELD_value)->node);
    return &alias->base;
}

tsx_node *lower_enum(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_enum_decl_node *declaration = NEW(p, enum_decl, ENUM_DECL, span_of(p, node));
    if (kid_of_token(&all, "const") != NULL) declaration->base.flags |= TSX_F_CONST;
    declaration->name = lower_binding(p, kid_of_field(&all, FIELD_name));
    kids body = kids_of(p, kid_of_field(&all, FIELD_body)->node);
    declaration->members = list_new(p, body.count);
    for (uint32_t i = 0; i < body.count; i++) {
        const kid *next = &body.items[i];
        if (next->type == N_TOKEN) continue;
        tsx_enum_member_node *member = NEW(p, enum_member, ENUM_MEMBER, kid_span(p, next));
        if (next->type == N_enum_assignment) {
            kids parts = kids_of(p, next->node);
            member->key = lower_property_key(p, kid_of_field(&parts, FIELD_name));
            member->initializer = lower_expression(p, kid_of_field(&parts, FIELD_value)->node);
        } else {
            member->key = lower_property_key(p, next);
        }
        list_add(&declaration->members, &member->base);
    }
    /* Enums are lowered for the type checker's sake; no later stage makes code of them. */
    if (!p->context.ambient) tsx_report(p->session, TSX_C1010, declaration->base.span);
    return &declaration->base;
}

static tsx_list lower_namespace_body(parser *p, const kid *body) {
    if (body == NULL) return (tsx_list){NULL, 0};
    kids all = kids_of(p, body->node);
    context outer = p->context;
    p->context.top_level = true;
    tsx_list list = lower_statements(p, &all, 0);
    p->context = outer;
    return list;
}

/* Whether a statement of a namespace makes nothing at run time. */
static bool is_type_statement(tsx_node *statement) {
    if (statement->kind == TSX_NODE_EXPORT_DECL) statement = tsx_as_export_decl(statement)->declaration;
    switch (statement->kind) {
    case TSX_NODE_INTERFACE_DECL:
    case TSX_NODE_TYPE_ALIAS_DECL:
    case TSX_NODE_NAMESPACE_DECL: /* reported by itself if need be */
    case TSX_NODE_EMPTY:
    case TSX_NODE_ERROR: return true;
    default: return tsx_has(statement, TSX_F_DECLARE);
    }
}

static tsx_node *make_namespace(parser *p, tsx_span span, tsx_node *name, tsx_list body) {
    tsx_namespace_decl_node *declaration = NEW(p, namespace_decl, NAMESPACE_DECL, span);
    declaration->name = name;
    declaration->body = body;
    for (uint32_t i = 0; i < body.count && !p->context.ambient; i++) {
        if (is_type_statement(body.items[i])) continue;
        tsx_report(p->session, TSX_C1007, body.items[i]->span);
        break;
    }
    return &declaration->base;
}

/* namespace A.B.C { } is A, which exports B, which exports C. */
static tsx_node *lower_namespace_name(parser *p, TSNode node, const kid *name, tsx_list body) {
    tsx_span span = span_of(p, node);
    if (name->type == N_string) return make_namespace(p, span, lower_string(p, name->node), body);
    if (name->type != N_nested_identifier) return make_namespace(p, span, lower_binding(p, name), body);
    kids parts = kids_of(p, name->node);
    tsx_node *inner = make_namespace(p, span, lower_binding(p, kid_of_field(&parts, FIELD_property)), body);
    tsx_list one = list_new(p, 1);
    list_add(&one, make_export_decl(p, node, inner, false));
    return lower_namespace_name(p, node, kid_of_field(&parts, FIELD_object), one);
}

tsx_node *lower_namespace(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    tsx_list body = lower_namespace_body(p, kid_of_field(&all, FIELD_body));
    return lower_namespace_name(p, node, kid_of_field(&all, FIELD_name), body);
}

tsx_node *lower_ambient(parser *p, TSNode node) {
    kids all = kids_of(p, node);
    context outer = p->context;
    p->context.ambient = true;
    tsx_node *declaration;
    const kid *global = kid_of_token(&all, "global"), *last = &all.items[all.count - 1];
    if (is_token(last, ";")) last--;
    if (global != NULL) {
        tsx_binding_node *name = NEW(p, binding, BINDING, kid_span(p, global));
        name->name = name_of(p, global);
        declaration = make_namespace(p, span_of(p, node), &name->base,
                                     lower_namespace_body(p, kid_of_type(&all, N_statement_block)));
        declaration->flags |= TSX_F_GLOBAL;
    } else if (all.count >= 2 && last->type != N_TOKEN && kid_of_token(&all, "module") == NULL) {
        declaration = lower_statement(p, last->node);
    } else {
        kid self = kid_from(p, node);
        declaration = unexpected_node(p, &self);
    }
    p->context = outer;
    declaration->flags |= TSX_F_DECLARE;
    return declaration;
}
