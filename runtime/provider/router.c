#include "provider/router.h"

#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fiber/provider_router.h"
#include "provider/object.h"
#include "value/context.h"

/* One pattern of a ProviderRouter, or a provider that serves what it says it serves (pattern undefined). */
typedef struct rule {
    cr_value pattern;
    uint32_t entry;
} rule;

struct router {
    cr_context *cx;
    VEC(router_entry) entries;
    VEC(rule) rules;
    map found; /* construct -> 1 + index of its entry, as a pointer; keys are copies */
};

/* ---- opening ------------------------------------------------------------------------------------------- */

/* A provider may not claim more than the contract gives it (promise D1). */
static cr_status check_contract(const cr_provider_type *type, cr_error *err) {
    bool named = type->name != NULL && type->name[0] != '\0';
    const char *name = named ? type->name : "(without a name)";
    if (type->api_version != CR_PROVIDER_API_VERSION)
        return cr_fail(
            err, CR_E_CONFIG,
            "provider '%s' is made for version %u of the provider contract, this program for version %d",
            name, (unsigned)type->api_version, CR_PROVIDER_API_VERSION);
    const struct {
        bool there;
        const char *name;
    } members[] = {
        {named, "name"},
        {type->constructs != NULL && type->constructs[0] != NULL, "constructs"},
        {type->open != NULL, "open"},
        {type->close != NULL, "close"},
        {type->read != NULL, "read"},
        {type->create != NULL, "create"},
        {type->update != NULL, "update"},
        {type->delete_ != NULL, "delete_"},
        {type->recover != NULL, "recover"},
    };
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (!members[i].there)
            return cr_fail(err, CR_E_CONFIG,
                           "provider '%s' does not keep the provider contract: it has no '%s'", name,
                           members[i].name);
    return CR_OK;
}

static cr_status open_type(router *self, const cr_provider_type *type, cr_value config, uint32_t *entry,
                           cr_error *err) {
    router_entry opened = {type, NULL};
    cr_error cause = {0};
    cr_status status = check_contract(type, err);
    if (status != CR_OK) return status;
    status = type->open(self->cx, config, &opened.provider, &cause);
    if (status != CR_OK)
        return cr_fail(err, CR_E_CONFIG, "provider '%s' cannot be opened: %s", type->name, cause.message);
    *entry = (uint32_t)self->entries.length;
    VEC_PUSH(&self->entries, opened);
    return CR_OK;
}

static cr_status open_handle(router *self, cr_provider_handle *handle, uint32_t *entry, cr_error *err) {
    for (uint32_t i = 0; handle->provider != NULL && i < self->entries.length; i++) {
        if (self->entries.items[i].provider != handle->provider) continue;
        *entry = i; /* one provider under several patterns */
        return CR_OK;
    }
    cr_status status = open_type(self, handle->type, handle->config, entry, err);
    if (status == CR_OK) handle->provider = self->entries.items[*entry].provider;
    return status;
}

static cr_status add_rule(router *self, cr_value pattern, cr_value provider, cr_error *err) {
    cr_provider_handle *handle = provider_handle_of(provider);
    rule added = {pattern, 0};
    if (handle == NULL)
        return cr_fail(err, CR_E_CONFIG,
                       "%s is not a provider: make one with 'new', such as 'new LocalProvider()'",
                       pattern == CR_UNDEFINED ? "'CReact.cloudProvider'"
                                               : "what was registered with the 'ProviderRouter'");
    cr_status status = open_handle(self, handle, &added.entry, err);
    if (status == CR_OK) VEC_PUSH(&self->rules, added);
    return status;
}

/* The providers of imported libraries: they serve when the program names none, and in any case what an
 * earlier version of the program made with them. */
static cr_status add_libraries(router *self, const cr_program *program, bool serve, cr_error *err) {
    cr_status status = CR_OK;
    if (program == NULL || program->libraries == NULL) return CR_OK;
    for (const cr_library *const *library = program->libraries; status == CR_OK && *library != NULL;
         library++) {
        const cr_provider_type *const *type = (*library)->providers;
        for (; type != NULL && status == CR_OK && *type != NULL; type++) {
            rule added = {CR_UNDEFINED, 0};
            if (router_find_type(self, (*type)->name) != NULL) continue;
            status = open_type(self, *type, CR_UNDEFINED, &added.entry, err);
            if (status == CR_OK && serve) VEC_PUSH(&self->rules, added);
        }
    }
    return status;
}

cr_status router_new(cr_context *cx, const cr_program *program, cr_value cloud_provider, router **out,
                     cr_error *err) {
    router *self = mem_zeroed(1, sizeof *self);
    cr_status status = CR_OK;
    self->cx = cx;
    const provider_routes *routes = provider_routes_of(cloud_provider);
    if (routes != NULL) {
        for (uint32_t i = 0; i < routes->count && status == CR_OK; i++)
            status = add_rule(self, routes->items[i].pattern, routes->items[i].provider, err);
    } else if (!cr_is_nullish(cloud_provider)) {
        status = add_rule(self, CR_UNDEFINED, cloud_provider, err);
    }
    if (status == CR_OK) status = add_libraries(self, program, cr_is_nullish(cloud_provider), err);
    if (status != CR_OK) {
        router_free(self);
        return status;
    }
    *out = self;
    return CR_OK;
}

void router_free(router *self) {
    for (size_t i = 0; i < self->entries.length; i++)
        self->entries.items[i].type->close(self->entries.items[i].provider);
    for (size_t i = 0; i < self->found.count; i++)
        mem_free((char *)(uintptr_t)self->found.entries[i].key.bytes);
    map_release(&self->found);
    VEC_RELEASE(&self->entries);
    VEC_RELEASE(&self->rules);
    mem_free(self);
}

/* ---- finding ------------------------------------------------------------------------------------------- */

static bool serves(const cr_provider_type *type, const char *construct) {
    for (const char *const *name = type->constructs; *name != NULL; name++)
        if (strcmp(*name, "*") == 0 || strcmp(*name, construct) == 0) return true;
    return false;
}

static bool pattern_matches(cr_context *cx, cr_value pattern, const char *construct) {
    cr_value name = cr_string_text(cx, construct);
    cr_set_field(cx, pattern, "lastIndex", cr_number(0)); /* a pattern with /g would go on where it stopped */
    cr_value result =
        cr_call_method(cx, pattern, cr_as_string(cr_string_text(cx, "test")), 1, &name, "pattern.test");
    if (result == CR_EXCEPTION) context_take_pending(cx);
    return result == CR_TRUE;
}

static bool rule_matches(const router *self, const rule *r, const char *construct) {
    if (r->pattern == CR_UNDEFINED) return serves(self->entries.items[r->entry].type, construct);
    return pattern_matches(self->cx, r->pattern, construct);
}

const router_entry *router_find(const router *constant, const char *construct) {
    router *self = (router *)(uintptr_t)constant; /* remembers: a pattern is tried once for each construct */
    uintptr_t found = (uintptr_t)map_get(&self->found, str_of(construct));
    if (found == 0) {
        found = SIZE_MAX;
        for (size_t i = 0; i < self->rules.length && found == SIZE_MAX; i++)
            if (rule_matches(self, &self->rules.items[i], construct)) found = self->rules.items[i].entry + 1;
        map_put(&self->found, str_of(mem_copy_text(construct, strlen(construct))), (void *)found);
    }
    return found != SIZE_MAX ? &self->entries.items[found - 1] : NULL;
}

const router_entry *router_find_type(const router *self, const char *provider_name) {
    for (size_t i = 0; provider_name != NULL && i < self->entries.length; i++)
        if (strcmp(self->entries.items[i].type->name, provider_name) == 0) return &self->entries.items[i];
    return NULL;
}

const router_entry *router_entries(const router *self, uint32_t *count) {
    *count = (uint32_t)self->entries.length;
    return self->entries.items;
}
