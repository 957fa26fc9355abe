/* From elements to fibers. One pass goes down from the root: marked components run again, the others are left
 * as they are (what they were given is the same). A component that sets its own state runs again at once; one
 * that sets another's marks it for the next pass. */
#include <string.h>

#include "base/bug.h"
#include "fiber/fiber.h"
#include "fiber/natives.h"
#include "value/convert.h"
#include "value/error.h"
#include "value/unknown.h"

/* As React: a component that goes on setting its own state never ends. */
enum { RENDERS_MAX = 25 };
/* State that moves up and down the tree takes a pass for each step; more than this is a loop. */
enum { PASSES_MAX = 200 };

static cr_status render_fiber(renderer *self, fiber *f, cr_error *err);
static cr_status render_children(renderer *self, fiber *f, cr_value children, cr_error *err);

/* ---- walking, marking, naming ------------------------------------------------------------------------- */

fiber *fiber_next(const fiber *f, const fiber *within, bool skip) {
    if (!skip && f->child != NULL) return f->child;
    while (f != within) {
        if (f->next != NULL) return f->next;
        f = f->parent;
    }
    return NULL;
}

void mark_dirty(fiber *self) {
    self->dirty = true;
    for (fiber *up = self->parent; up != NULL; up = up->parent) up->child_dirty = true;
}

const char *function_name(cr_context *cx, cr_value function) {
    const cr_string *name = cr_as_function(function)->info->name;
    if (name == NULL || name->head.length == 0) return "Anonymous";
    return cr_to_utf8(cx, cr_from_pointer(name), NULL);
}

/* The path of a fiber whose parent's is known. */
static const char *path_under(renderer *self, const fiber *f, const char *above) {
    if (f->kind == FIBER_RESOURCE) return f->node->address;
    cr_value key = f->element != NULL ? f->element->key.bits : CR_UNDEFINED;
    bool named = f->kind == FIBER_COMPONENT;
    if (!named && key == CR_UNDEFINED) return above;
    str_buf path;
    str_buf_init(&path);
    str_buf_add_text(&path, above);
    if (path.length != 0) str_buf_add_char(&path, '/');
    if (named) str_buf_add_text(&path, function_name(self->cx, f->element->type.bits));
    if (key != CR_UNDEFINED) {
        if (named) str_buf_add_char(&path, ':');
        cloud_address_add_key(&path, str_of(cr_to_utf8(self->cx, key, NULL)));
    }
    const char *copy = arena_copy_text(&self->cx->runtime->heap, str_buf_text(&path), path.length);
    str_buf_release(&path);
    return copy;
}

const char *fiber_path(renderer *self, fiber *f) {
    if (f->path != NULL) return f->path;
    /* Not recursive: the tree may be deeper than what is left of the stack. */
    VEC(fiber *) missing = {0};
    fiber *up = f;
    for (; up != NULL && up->path == NULL; up = up->parent) VEC_PUSH(&missing, up);
    const char *path = up != NULL ? up->path : "";
    while (missing.length != 0) {
        fiber *next = VEC_POP(&missing);
        path = next->path = path_under(self, next, path);
    }
    VEC_RELEASE(&missing);
    return path;
}

/* ---- leaving ------------------------------------------------------------------------------------------ */

static void unmount_one(renderer *self, fiber *f) {
    f->mounted = false;
    reads_clear(self, &f->reads);
    if (f->kind == FIBER_RESOURCE && f->node != NULL) node_retire(self, f->node, f);
    if (f->wait != NULL) self->structure_changed = true;
    if (f->kind != FIBER_COMPONENT) return;
    if (f->assumptions != NULL) self->structure_changed = true;
    for (hook *h = f->hooks; h != NULL; h = h->next) {
        if (h->kind == HOOK_INSTANCE && h->instance.node != NULL) node_retire(self, h->instance.node, f);
        if (h->kind == HOOK_STATE) reads_clear(self, &h->state->reads);
        if (h->kind == HOOK_OUTPUT) self->structure_changed = true;
    }
    effects_forget(self, f);
}

static void unmount(renderer *self, fiber *top) {
    for (fiber *f = top; f != NULL; f = fiber_next(f, top, false)) unmount_one(self, f);
}

static void unmount_list(renderer *self, fiber *first) {
    for (fiber *f = first; f != NULL;) {
        fiber *next = f->next;
        unmount(self, f);
        f = next;
    }
}

/* ---- components --------------------------------------------------------------------------------------- */

static void begin_component(renderer *self, fiber *f) {
    reads_clear(self, &f->reads);
    if (f->kind == FIBER_COMPONENT) f->assumptions = NULL;
    self->current = f;
    self->cursor = &f->hooks;
    self->hooks_used = self->saved_states = 0;
    bool is_new = !f->rendered && self->recorded != NULL && self->recorded->components.count != 0;
    self->recorded_state = is_new ? recorded_state_of(self, fiber_path(self, f)) : CR_UNDEFINED;
    self->render_again = false;
}

static cr_value call_component(renderer *self, fiber *f) {
    cr_value props = f->element->props.bits;
    if (f->kind == FIBER_CONSUMER) {
        cr_value value = context_value(f, f->context);
        return cr_call(self->cx, cr_field(props, "children"), CR_UNDEFINED, 1, &value, "children");
    }
    return cr_call(self->cx, f->element->type.bits, CR_UNDEFINED, 1, &props, "component");
}

/* The component, or the constructor of a resource, needs the content of an unknown: it waits, with what it
 * has described so far (R1). */
static void suspend(renderer *self, fiber *f, const cr_pending *pending) {
    str_buf text;
    str_buf_init(&text);
    unknown_describe(self->cx, pending->value, &text);
    fiber_wait *wait = HEAP_NEW(self->cx, fiber_wait);
    wait->subject = arena_copy_text(&self->cx->runtime->heap, str_buf_text(&text), text.length);
    wait->site = pending->detail;
    f->wait = wait;
    str_buf_release(&text);
    /* Resources further down the list of hooks are not described by this render. */
    uint32_t count = 0;
    for (hook *h = f->hooks; h != NULL; h = h->next)
        if (count++ >= self->hooks_used && h->kind == HOOK_INSTANCE && h->instance.node != NULL)
            node_retire(self, h->instance.node, f);
    self->structure_changed = true;
    unmount_list(self, f->child);
    f->child = NULL;
}

/* Tells commit what became of the assumptions that the component made `before`. That they come true, one
 * component at a time, is what happens all the time during a deployment, so it must not cost a new list of
 * everything. */
static void compare_assumptions(renderer *self, const fiber *f, const fiber_assumption *before) {
    const fiber_assumption *now = f->assumptions;
    if (now == NULL && before != NULL) self->assumptions_gone = true;
    while (now != NULL && before != NULL && strcmp(now->subject, before->subject) == 0)
        now = now->next, before = before->next;
    if (now != NULL || (before != NULL && f->assumptions != NULL)) self->structure_changed = true;
}

/* Runs the component until it stops setting its own state. *result is CR_EXCEPTION when it was suspended. */
static cr_status run_component(renderer *self, fiber *f, cr_value *result, cr_error *err) {
    const fiber_assumption *before = f->kind == FIBER_COMPONENT ? f->assumptions : NULL;
    for (int count = 0; count < RENDERS_MAX; count++) {
        begin_component(self, f);
        *result = call_component(self, f);
        self->current = NULL;
        if (*result == CR_EXCEPTION && context_pending(self->cx) != PENDING_SUSPENDED)
            return take_failure(self, f, err);
        cr_pending pending = {0};
        if (*result == CR_EXCEPTION) pending = context_take_pending(self->cx);
        if (self->render_again) continue;
        if (f->wait != NULL) self->structure_changed = true;
        f->wait = NULL;
        if (pending.kind == PENDING_SUSPENDED) {
            suspend(self, f, &pending);
        } else {
            if (f->rendered && self->hooks_used < f->hook_count)
                return fail_at(
                    self, f, f->element->site, err,
                    "Rendered fewer hooks than expected. This may be caused by an accidental early return "
                    "statement.");
            f->rendered = true;
        }
        f->hook_count = self->hooks_used;
        if (f->kind == FIBER_COMPONENT) compare_assumptions(self, f, before);
        return CR_OK;
    }
    return fail_at(self, f, f->element->site, err,
                   "too many re-renders: '%s' sets its own state each time it renders",
                   function_name(self->cx, f->element->type.bits));
}

static cr_status render_component(renderer *self, fiber *f, cr_error *err) {
    cr_value result;
    cr_status status = run_component(self, f, &result, err);
    if (status != CR_OK || f->wait != NULL) return status;
    return render_children(self, f, result, err);
}

/* ---- children ----------------------------------------------------------------------------------------- */

/* Sets the kind that an element's type asks for; false: it is nothing that can be rendered. */
static bool set_kind(fiber *f, cr_value type) {
    if (cr_is_function(type)) {
        uint16_t flags = cr_as_function(type)->info->flags;
        if ((flags & CR_FUNCTION_ASYNC) != 0) return false;
        if (type == CR_REF(cr_lib_creact__Fragment))
            f->kind = FIBER_FRAGMENT;
        else
            f->kind = (flags & CR_FUNCTION_CLASS) != 0 ? FIBER_RESOURCE : FIBER_COMPONENT;
        return true;
    }
    if ((f->context = context_of_provider(type)) != NULL) {
        f->kind = FIBER_PROVIDER;
        return true;
    }
    if ((f->context = context_of_consumer(type)) != NULL) {
        f->kind = FIBER_CONSUMER;
        return true;
    }
    return false;
}

/* What render_children works on. */
typedef struct child_list {
    fiber *parent;
    fiber *old;          /* next of the children before, in order */
    fiber *first, **end; /* the children now */
    map rest;            /* the children before by name, made when they are out of order */
    bool by_name;
} child_list;

static const cr_string *child_key(const cr_element *element) {
    return element != NULL && element->key.bits != CR_UNDEFINED ? element->key.pointer : NULL;
}

static bool same_place(const fiber *f, const cr_string *key, uint32_t position) {
    const cr_string *old = child_key(f->element);
    if (key == NULL || old == NULL) return key == old && f->position == position;
    return cr_string_equal(key, old);
}

static str place_name(renderer *self, const cr_string *key, uint32_t position) {
    if (key == NULL) return str_of(arena_format(&self->cx->runtime->heap, "#%u", (unsigned)position));
    return str_of(
        arena_format(&self->cx->runtime->heap, "=%s", cr_to_utf8(self->cx, cr_from_pointer(key), NULL)));
}

/* Takes the fiber that was at this place before out of the list; NULL: there was none. */
static fiber *take_old(renderer *self, child_list *list, const cr_string *key, uint32_t position) {
    if (!list->by_name) {
        fiber *f = list->old;
        if (f == NULL) return NULL;
        if (same_place(f, key, position)) {
            list->old = f->next;
            return f;
        }
        list->by_name = true;
        self->structure_changed = true; /* the order may be another one */
        for (; f != NULL; f = f->next)
            map_put(&list->rest, place_name(self, child_key(f->element), f->position), f);
        list->old = NULL;
    }
    void **place = list->rest.count != 0 ? map_at(&list->rest, place_name(self, key, position)) : NULL;
    if (place == NULL || *place == NULL) return NULL;
    fiber *found = *place;
    *place = NULL;
    return found;
}

static void unmount_rest(renderer *self, child_list *list) {
    unmount_list(self, list->old);
    for (size_t i = 0; i < list->rest.count; i++)
        if (list->rest.entries[i].value != NULL) unmount(self, list->rest.entries[i].value);
    map_release(&list->rest);
}

static fiber *fiber_new(renderer *self, fiber *parent) {
    fiber *f = HEAP_NEW(self->cx, fiber);
    f->parent = parent;
    f->dirty = f->mounted = true;
    return f;
}

/* Were both made from the same props, as far as the program can tell? */
static bool same_props(cr_value before, cr_value now) {
    if (before == now) return true;
    const cr_object *a = cr_as_object(before), *b = cr_as_object(now);
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++) {
        const cr_slot *x = &a->slots[i], *y = &b->slots[i];
        if (x->key != y->key && !cr_string_equal(x->key, y->key)) return false;
        if (!value_same(x->value.bits, y->value.bits)) return false;
    }
    return true;
}

static cr_status visit_children(renderer *self, fiber *f, cr_error *err) {
    f->child_dirty = false;
    for (fiber *child = f->child; child != NULL; child = child->next) {
        cr_status status = CR_OK;
        if (child->dirty)
            status = render_fiber(self, child, err);
        else if (child->child_dirty)
            status = visit_children(self, child, err);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static cr_status invalid_type(renderer *self, fiber *parent, const cr_element *element, cr_error *err) {
    if (cr_is_function(element->type.bits))
        return fail_at(self, parent, element->site, err,
                       "'%s' is an async function; components and constructs are not asynchronous",
                       function_name(self->cx, element->type.bits));
    str_buf text;
    str_buf_init(&text);
    value_display(self->cx, element->type.bits, &text);
    cr_status status =
        fail_at(self, parent, element->site, err,
                "an element's type must be a component, a construct or a context's provider, and not '%s'",
                str_buf_text(&text));
    str_buf_release(&text);
    return status;
}

static cr_status render_element(renderer *self, child_list *list, const cr_element *element,
                                uint32_t position, cr_error *err) {
    fiber *f = take_old(self, list, child_key(element), position);
    if (f != NULL && (f->element == NULL || f->element->type.bits != element->type.bits)) {
        unmount(self, f);
        f = NULL;
    }
    if (f == NULL) {
        f = fiber_new(self, list->parent);
        if (!set_kind(f, element->type.bits)) return invalid_type(self, list->parent, element, err);
    } else if (f->element != element && !f->dirty) {
        f->dirty = !same_props(f->element->props.bits, element->props.bits);
    }
    const cr_element *before = f->element;
    f->element = element;
    f->position = position;
    f->next = NULL;
    *list->end = f;
    list->end = &f->next;
    if (before != NULL && f->kind == FIBER_PROVIDER &&
        !value_same(cr_field(before->props.bits, "value"), cr_field(element->props.bits, "value")))
        context_changed(f);
    if (f->dirty) return render_fiber(self, f, err);
    return f->child_dirty ? visit_children(self, f, err) : CR_OK;
}

/* The fiber without an element at this place: it holds an array, or waits for one. */
static fiber *take_group(renderer *self, child_list *list, uint32_t position) {
    fiber *f = take_old(self, list, NULL, position);
    if (f != NULL && f->element != NULL) {
        unmount(self, f);
        f = NULL;
    }
    if (f == NULL) {
        f = fiber_new(self, list->parent);
        f->kind = FIBER_FRAGMENT;
    }
    f->position = position;
    f->dirty = f->child_dirty = false;
    f->next = NULL;
    *list->end = f;
    list->end = &f->next;
    return f;
}

static cr_status render_array(renderer *self, child_list *list, cr_value array, uint32_t position,
                              cr_error *err) {
    fiber *f = take_group(self, list, position);
    if (f->wait != NULL) self->structure_changed = true;
    f->wait = NULL;
    return render_children(self, f, array, err);
}

static const cr_site *element_site(const fiber *f) {
    while (f != NULL && f->element == NULL) f = f->parent;
    return f != NULL ? f->element->site : NULL;
}

/* `{db.outputs.names.map(...)}` before the names are known: this place waits, its siblings do not (R1). */
static void render_unknown(renderer *self, child_list *list, cr_value v, uint32_t position) {
    fiber *f = take_group(self, list, position);
    cr_pending pending = {.kind = PENDING_SUSPENDED, .value = v, .detail = element_site(f)};
    suspend(self, f, &pending);
}

/* Anything but an element, an array or an unknown. */
static cr_status render_other(renderer *self, fiber *parent, cr_value v, cr_error *err) {
    if (cr_is_nullish(v) || cr_is_bool(v) || cr_is_number(v) || v == CR_HOLE) return CR_OK;
    if (cr_is_string(v) && cr_as_string(v)->head.length == 0) return CR_OK;
    str_buf text;
    str_buf_init(&text);
    value_display(self->cx, v, &text);
    const cr_site *site = element_site(parent);
    cr_status status;
    if (cr_is_string(v))
        status = fail_at(self, parent, site, err, "text is not part of an infrastructure tree: '%s'",
                         str_buf_text(&text));
    else if (cr_is_function(v))
        status =
            fail_at(self, parent, site, err, "a function is not a child here; components call it themselves");
    else if (cr_is_object(v) && (cr_heap_of(v)->flags & CR_FLAG_INSTANCE) != 0)
        status = fail_at(self, parent, site, err,
                         "what useInstance() gives is not a child: the resource is described already");
    else
        status = fail_at(self, parent, site, err, "an object is not a child: '%s'", str_buf_text(&text));
    str_buf_release(&text);
    return status;
}

/* ---- equal keys --------------------------------------------------------------------------------------- */

static cr_status equal_keys(renderer *self, fiber *parent, const cr_element *a, const cr_element *b,
                            cr_error *err) {
    const char *key = cr_to_utf8(self->cx, a->key.bits, NULL), *first = cloud_site_text(self->cx, a->site);
    if (a->site == b->site)
        return fail_at(self, parent, NULL, err, "two siblings have the key '%s': both come from %s", key,
                       first);
    return fail_at(self, parent, NULL, err, "two siblings have the key '%s': at %s and at %s", key, first,
                   cloud_site_text(self->cx, b->site));
}

static cr_status check_keys(renderer *self, fiber *parent, const cr_array *array, cr_error *err) {
    uint32_t keyed = 0;
    for (uint32_t i = 0; i < array->length; i++)
        if (cr_is_element(array->items[i]) && child_key(cr_as_element(array->items[i])) != NULL) keyed++;
    if (keyed < 2) return CR_OK;
    size_t size = 4;
    while (size < (size_t)keyed * 2) size *= 2;
    uint32_t *slots = mem_zeroed(size, sizeof *slots); /* 1 + index into array, by hash of the key */
    cr_status status = CR_OK;
    for (uint32_t i = 0; i < array->length && status == CR_OK; i++) {
        const cr_string *key =
            cr_is_element(array->items[i]) ? child_key(cr_as_element(array->items[i])) : NULL;
        if (key == NULL) continue;
        size_t slot = cr_string_hash(key) & (size - 1);
        for (; slots[slot] != 0; slot = (slot + 1) & (size - 1)) {
            const cr_element *other = cr_as_element(array->items[slots[slot] - 1]);
            if (!cr_string_equal(child_key(other), key)) continue;
            status = equal_keys(self, parent, other, cr_as_element(array->items[i]), err);
            break;
        }
        slots[slot] = i + 1;
    }
    mem_free(slots);
    return status;
}

static cr_status render_children(renderer *self, fiber *f, cr_value children, cr_error *err) {
    f->child_dirty = false;
    const cr_array *array = cr_is_array(children) ? cr_as_array(children) : NULL;
    uint32_t count = array != NULL ? array->length : 1;
    if (count > CHILDREN_MAX) return fail_at(self, f, NULL, err, "more than %d children", CHILDREN_MAX);
    cr_status status = array != NULL ? check_keys(self, f, array, err) : CR_OK;
    child_list list = {.parent = f, .old = f->child, .end = &list.first};
    for (uint32_t i = 0; i < count && status == CR_OK; i++) {
        cr_value item = array != NULL ? array->items[i] : children;
        if (cr_is_element(item))
            status = render_element(self, &list, cr_as_element(item), i, err);
        else if (cr_is_array(item))
            status = render_array(self, &list, item, i, err);
        else if (cr_is_unknown(item))
            render_unknown(self, &list, item, i);
        else
            status = render_other(self, f, item, err);
    }
    unmount_rest(self, &list);
    f->child = list.first;
    return status;
}

/* ---- one fiber, one pass ------------------------------------------------------------------------------ */

static cr_status render_resource(renderer *self, fiber *f, cr_error *err) {
    const cr_element *element = f->element;
    cloud_node *node = node_claim(self, f, element->type.bits, element->key.bits, element->site);
    if (node == NULL) return take_failure(self, f, err);
    f->node = node;
    if (!node_describe(self, node, f, element->props.bits)) {
        /* Its constructor needed the content of an unknown prop. */
        if (context_pending(self->cx) != PENDING_SUSPENDED) return take_failure(self, f, err);
        cr_pending pending = context_take_pending(self->cx);
        node_retire(self, node, f);
        suspend(self, f, &pending);
        return CR_OK;
    }
    if (f->wait != NULL) self->structure_changed = true;
    f->wait = NULL;
    return render_children(self, f, cr_field(element->props.bits, "children"), err);
}

static cr_status render_fiber(renderer *self, fiber *f, cr_error *err) {
    if (!stack_check(self->cx)) return take_failure(self, NULL, err);
    f->dirty = false;
    switch ((fiber_kind)f->kind) {
    case FIBER_COMPONENT:
    case FIBER_CONSUMER: return render_component(self, f, err);
    case FIBER_RESOURCE: return render_resource(self, f, err);
    case FIBER_PROVIDER:
    case FIBER_FRAGMENT:
        if (f->element == NULL) return visit_children(self, f, err);
        return render_children(self, f, cr_field(f->element->props.bits, "children"), err);
    }
    BUG("no fiber kind %d", f->kind);
}

cr_status render_marked(renderer *self, cr_error *err) {
    for (int pass = 0; self->root->dirty || self->root->child_dirty; pass++) {
        if (pass == PASSES_MAX)
            return cr_fail(err, CR_E_DATA,
                           "too many re-renders: components go on setting each other's state");
        cr_status status;
        if (self->root->dirty) {
            self->root->dirty = false;
            status = render_children(self, self->root, self->config.root, err);
        } else {
            status = visit_children(self, self->root, err);
        }
        if (status != CR_OK) return status;
    }
    return CR_OK;
}
