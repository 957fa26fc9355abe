#include "cli/plan_text.h"

#include <stdlib.h>
#include <strings.h>

#include "cli/value_text.h"

enum {
    PATH_COLUMNS_MAX = 36,      /* attribute names are aligned up to this width */
    WHOLE_CHANGES_MAX = 300,    /* in a larger plan, creates are one line each; all of it with --verbose */
    ATTRIBUTES_MAX = 40,        /* shown of one change; all of them with --verbose */
    ASSUMPTIONS_MAX = 12,       /* shown; all of them with --verbose */
    BATCHES_MAX = 12,           /* shown; all of them with --verbose */
    SHORTENED_CHANGES_MAX = 10000, /* more are listed by their whole addresses: finding short ones would cost too much */
    INDENT_GROUP = 2, INDENT_CHANGE = 4, INDENT_ATTRIBUTE = 8, INDENT_VALUE = 12,
};

const char *change_sign(change_kind kind) {
    static const char *const signs[] = {
#define X(name, sign, json) sign,
        CHANGE_KIND_LIST(X)
#undef X
    };
    return signs[kind];
}

ink change_ink(change_kind kind) {
    static const ink inks[] = {
        [CHANGE_NONE] = INK_PLAIN,      [CHANGE_CREATE] = INK_GREEN, [CHANGE_UPDATE] = INK_YELLOW,
        [CHANGE_REPLACE] = INK_MAGENTA, [CHANGE_DELETE] = INK_RED,   [CHANGE_MOVE] = INK_CYAN,
    };
    return inks[kind];
}

static const char *construct_of(const change *c) {
    return c->node != NULL ? c->node->construct : c->record->construct;
}

/* The part of an address before its last segment (without the '/'), and the last segment. */
static void split_address(const char *address, str *group, str *name) {
    const char *slash = strrchr(address, '/');
    *group = slash != NULL ? (str){address, (size_t)(slash - address)} : (str){address, 0};
    *name = str_of(slash != NULL ? slash + 1 : address);
}

/* ---- one change ---------------------------------------------------------------------------------------- */

static void add_place(str_buf *out, const text_style *style, const cr_site *site) {
    if (site == NULL || site->file == NULL) return;
    paint(out, style, INK_DIM, "%s:%u:%u", site->file, site->line, site->column);
}

static void add_attribute(cr_context *cx, const attribute_change *a, bool whole, uint32_t path_columns,
                          const text_style *style, str_buf *out) {
    text_indent(out, INDENT_ATTRIBUTE);
    str_buf_add_text(out, a->path);
    uint32_t used = text_columns(str_of(a->path));
    text_indent(out, (used < path_columns ? path_columns - used : 0) + 2);
    if (whole) value_text_block(cx, a->before == CR_UNDEFINED ? a->after : a->before, style, INDENT_VALUE, out);
    else value_text_change(cx, a->before, a->after, style, INDENT_VALUE, out);
    if (a->forces_replace) {
        str_buf_add_text(out, "  ");
        paint(out, style, INK_MAGENTA, "(forces a new resource)");
    }
    str_buf_add_char(out, '\n');
}

/* The attributes of a change; for a create without any, the props themselves. */
static void add_attributes(cr_context *cx, const change *c, const text_style *style, str_buf *out) {
    VEC(attribute_change) all = {0};
    for (size_t i = 0; i < c->attributes.length; i++) VEC_PUSH(&all, c->attributes.items[i]);
    if (c->kind == CHANGE_CREATE && all.length == 0 && cr_has_slots(c->node->props)) {
        uint32_t count;
        const cr_string **keys = cr_own_keys(cx, c->node->props, &count);
        for (uint32_t i = 0; i < count; i++) {
            attribute_change a = {.path = cr_to_utf8(cx, cr_from_pointer(keys[i]), NULL), .before = CR_UNDEFINED,
                                  .after = cr_own(c->node->props, keys[i])};
            VEC_PUSH(&all, a);
        }
    }
    uint32_t widest = 0;
    for (size_t i = 0; i < all.length; i++) {
        uint32_t columns = text_columns(str_of(all.items[i].path));
        if (columns > widest) widest = columns;
    }
    if (widest > PATH_COLUMNS_MAX) widest = PATH_COLUMNS_MAX;
    for (size_t i = 0; i < all.length; i++) {
        if (!style->verbose && i == ATTRIBUTES_MAX) {
            text_indent(out, INDENT_ATTRIBUTE);
            paint(out, style, INK_DIM, "… %zu more", all.length - i);
            str_buf_add_char(out, '\n');
            break;
        }
        add_attribute(cx, &all.items[i], c->kind == CHANGE_CREATE, widest, style, out);
    }
    VEC_RELEASE(&all);
}

/* What stands behind the name: why, from where, what it continues. */
static void add_remarks(const change *c, const text_style *style, str_buf *out) {
    if (c->moved_from != NULL && c->kind != CHANGE_MOVE) {
        str_buf_add_text(out, "  ");
        paint(out, style, INK_CYAN, "moved from %s", c->moved_from);
    }
    if (c->reason != NULL) {
        str_buf_add_text(out, "  ");
        paint(out, style, INK_DIM, "%s", c->reason);
    } else if (c->kind == CHANGE_REPLACE) {
        bool first = true;
        for (size_t i = 0; i < c->attributes.length; i++) {
            if (!c->attributes.items[i].forces_replace) continue;
            paint(out, style, INK_DIM, first ? "  because '%s' changes" : ", '%s'", c->attributes.items[i].path);
            first = false;
        }
    }
    if (c->resumes) {
        const char *operation = c->record != NULL && c->record->operation != NULL ? c->record->operation : "operation";
        str_buf_add_text(out, "  ");
        paint(out, style, INK_YELLOW, "continues an interrupted %s", operation);
    }
}

static void add_needs(const change *c, const text_style *style, str_buf *out) {
    static const char *const reasons[] = {
#define X(name, text) text,
        CLOUD_EDGE_LIST(X)
#undef X
    };
    if (c->node == NULL || c->node->edges.length == 0) return;
    text_indent(out, INDENT_ATTRIBUTE);
    str_buf line;
    str_buf_init(&line);
    for (size_t i = 0; i < c->node->edges.length; i++) {
        const cloud_edge *edge = &c->node->edges.items[i];
        str_buf_add_format(&line, "%s%s (%s)", i > 0 ? ", " : "", edge->to->address, reasons[edge->reason]);
    }
    paint(out, style, INK_DIM, "needs: %s", str_buf_text(&line));
    str_buf_release(&line);
    str_buf_add_char(out, '\n');
}

static void add_change(cr_context *cx, const change *c, bool compact, const text_style *style, str_buf *out) {
    str group, name;
    split_address(c->address, &group, &name);
    text_indent(out, INDENT_CHANGE);
    if (c->kind == CHANGE_MOVE) paint(out, style, INK_CYAN, "> %s -> %.*s", c->moved_from, STR_ARGS(name));
    else paint(out, style, change_ink(c->kind), "%s %.*s", change_sign(c->kind), STR_ARGS(name));
    str_buf_add_format(out, " (%s)", construct_of(c));
    add_remarks(c, style, out);
    if (style->verbose && c->node != NULL && c->node->site != NULL) {
        str_buf_add_text(out, "  ");
        add_place(out, style, c->node->site);
    }
    str_buf_add_char(out, '\n');
    bool brief = c->kind == CHANGE_DELETE || (c->kind == CHANGE_CREATE && compact);
    if (!brief) add_attributes(cx, c, style, out);
    if (style->verbose) add_needs(c, style, out);
}

void plan_text_change_line(const change *c, const text_style *style, str_buf *out) {
    paint(out, style, change_ink(c->kind), "%s %s", change_sign(c->kind), c->address);
    str_buf_add_format(out, " (%s)", construct_of(c));
}

/* ---- all changes, by component -------------------------------------------------------------------------- */

typedef struct shown_change {
    const change *change;
    str group;
    uint32_t group_rank; /* place of the group's first change */
    uint32_t rank;
} shown_change;

static int by_document_order(const void *a, const void *b) {
    const change *x = ((const shown_change *)a)->change, *y = ((const shown_change *)b)->change;
    bool deleted_x = x->node == NULL, deleted_y = y->node == NULL;
    if (deleted_x != deleted_y) return deleted_x ? 1 : -1;
    if (deleted_x) return strcmp(x->address, y->address);
    return x->node->index < y->node->index ? -1 : x->node->index > y->node->index;
}

static int by_group(const void *a, const void *b) {
    const shown_change *x = a, *y = b;
    if (x->group_rank != y->group_rank) return x->group_rank < y->group_rank ? -1 : 1;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static void add_changes(cr_context *cx, const change_set *set, const text_style *style, str_buf *out) {
    size_t count = set->changes.length;
    bool compact = count > WHOLE_CHANGES_MAX && !style->verbose;
    shown_change *shown = mem_zeroed(count + 1, sizeof *shown);
    str name;
    for (size_t i = 0; i < count; i++) {
        shown[i].change = set->changes.items[i];
        split_address(shown[i].change->address, &shown[i].group, &name);
    }
    qsort(shown, count, sizeof *shown, by_document_order);
    map groups = {0};
    for (size_t i = 0; i < count; i++) {
        shown[i].rank = (uint32_t)i;
        void **first = map_at(&groups, shown[i].group);
        if (*first == NULL) *first = (void *)(uintptr_t)(i + 1);
        shown[i].group_rank = (uint32_t)((uintptr_t)*first - 1);
    }
    qsort(shown, count, sizeof *shown, by_group);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || shown[i].group_rank != shown[i - 1].group_rank) {
            if (i > 0) str_buf_add_char(out, '\n');
            text_indent(out, INDENT_GROUP);
            if (shown[i].group.length == 0) paint(out, style, INK_BOLD, "/");
            else paint(out, style, INK_BOLD, "%.*s", STR_ARGS(shown[i].group));
            str_buf_add_char(out, '\n');
        }
        add_change(cx, shown[i].change, compact, style, out);
    }
    if (compact) {
        str_buf_add_char(out, '\n');
        paint(out, style, INK_DIM, "  (so many changes: what is created is shown without its attributes; --verbose shows them)");
        str_buf_add_char(out, '\n');
    }
    map_release(&groups);
    mem_free(shown);
}

/* ---- the other sections ---------------------------------------------------------------------------------- */

static void add_heading(str_buf *out, const text_style *style, const char *text) {
    str_buf_add_char(out, '\n');
    paint(out, style, INK_BOLD, "%s", text);
    str_buf_add_char(out, '\n');
}

static void add_drift(cr_context *cx, const plan *p, const text_style *style, str_buf *out) {
    if (p->drifts.length == 0) return;
    add_heading(out, style, "Changed outside of this program since the last deployment:");
    for (size_t i = 0; i < p->drifts.length; i++) {
        const drift *d = p->drifts.items[i];
        text_indent(out, INDENT_CHANGE);
        if (d->gone) paint(out, style, INK_RED, "! %s", d->record->address);
        else paint(out, style, INK_YELLOW, "! %s", d->record->address);
        str_buf_add_format(out, " (%s)%s\n", d->record->construct, d->gone ? " is gone" : "");
        for (size_t a = 0; a < d->attributes.length; a++)
            add_attribute(cx, &d->attributes.items[a], false, 0, style, out);
    }
}

static void add_deferred(const cloud_dom *dom, const text_style *style, str_buf *out) {
    if (dom->deferred.length == 0) return;
    add_heading(out, style, "Deferred until a value is known (planned again then):");
    for (size_t i = 0; i < dom->deferred.length; i++) {
        const cloud_deferred *d = &dom->deferred.items[i];
        text_indent(out, INDENT_CHANGE);
        str_buf_add_format(out, "… %s waits for %s  ", d->address, d->waits_for);
        add_place(out, style, d->site);
        str_buf_add_char(out, '\n');
    }
}

/* Is the subject ("${Layer/db.url}") an output of a resource that the component itself describes? */
static bool is_own(const cloud_assumption *a) {
    size_t length = strlen(a->component);
    return strncmp(a->subject, "${", 2) == 0 && strncmp(a->subject + 2, a->component, length) == 0 &&
           a->subject[2 + length] == '/' && strchr(a->subject + 3 + length, '/') == NULL;
}

/* The components that assumed what `first` assumed, each once; none where it is the one that describes the subject. */
static void add_assumers(const cloud_dom *dom, size_t first, const text_style *style, str_buf *out) {
    const char *separator = "  in ";
    map components = {0};
    for (size_t i = first; i < dom->assumptions.length; i++) {
        const cloud_assumption *a = &dom->assumptions.items[i];
        if (strcmp(a->subject, dom->assumptions.items[first].subject) != 0 || is_own(a)) continue;
        void **listed = map_at(&components, str_of(a->component));
        if (*listed != NULL) continue;
        *listed = (void *)(uintptr_t)1;
        paint(out, style, INK_DIM, "%s%s", separator, a->component);
        separator = ", ";
    }
    map_release(&components);
}

/* Once for each subject. */
static void add_assumptions(const cloud_dom *dom, const text_style *style, str_buf *out) {
    if (dom->assumptions.length == 0) return;
    add_heading(out, style, "Assumed to be present (checked when the value is known):");
    map subjects = {0};
    for (size_t i = 0; i < dom->assumptions.length; i++) {
        void **seen = map_at(&subjects, str_of(dom->assumptions.items[i].subject));
        if (*seen != NULL) continue;
        *seen = (void *)(uintptr_t)1;
        if (!style->verbose && subjects.count > ASSUMPTIONS_MAX) continue;
        text_indent(out, INDENT_CHANGE);
        str_buf_add_text(out, dom->assumptions.items[i].subject);
        add_assumers(dom, i, style, out);
        str_buf_add_char(out, '\n');
    }
    if (!style->verbose && subjects.count > ASSUMPTIONS_MAX) {
        text_indent(out, INDENT_CHANGE);
        paint(out, style, INK_DIM, "… %zu more", subjects.count - ASSUMPTIONS_MAX);
        str_buf_add_char(out, '\n');
    }
    map_release(&subjects);
}

static void add_inputs(const cloud_dom *dom, const text_style *style, str_buf *out) {
    if (dom->inputs.length == 0) return;
    add_heading(out, style, "Read while rendering:");
    for (size_t i = 0; i < dom->inputs.length; i++) {
        const cloud_input *input = &dom->inputs.items[i];
        text_indent(out, INDENT_CHANGE);
        str_buf_add_format(out, "%s %s ", input->kind, input->name);
        if (input->value == NULL) str_buf_add_text(out, "(not set)");
        else if (cloud_input_is_sensitive(input)) str_buf_add_text(out, "(set, not shown)");
        else str_buf_add_text(out, "= "), text_add_cut(out, str_of(input->value), 60);
        str_buf_add_char(out, '\n');
    }
}

/* The last segments of an address that no other change ends with: "kafka", or "grafana/kafka" where there are two.
 * `endings` counts what addresses end with; NULL: the whole address. */
static const char *short_name(const char *address, const map *endings) {
    if (endings == NULL) return address;
    const char *start = address + strlen(address);
    while (start > address) {
        start--;
        while (start > address && start[-1] != '/') start--;
        if ((uintptr_t)map_get(endings, str_of(start)) == 1) return start;
    }
    return address;
}

static void count_endings(const change_set *set, map *endings) {
    for (size_t i = 0; i < set->changes.length; i++) {
        const char *address = set->changes.items[i]->address;
        for (const char *c = address; *c != '\0'; c++) {
            if (c != address && c[-1] != '/') continue;
            void **count = map_at(endings, str_of(c));
            *count = (void *)((uintptr_t)*count + 1);
        }
    }
}

/* One batch: the changes of `members`, as many as fit on the line. */
static void add_batch(uint32_t batch, const change *const *members, uint32_t total, const map *endings, const text_style *style,
                      str_buf *out) {
    uint32_t shown = 0, used = 0, limit = style->columns > 40 ? style->columns - 28 : 20;
    text_indent(out, INDENT_CHANGE);
    str_buf_add_format(out, "batch %u: ", batch + 1);
    for (; shown < total; shown++) {
        const char *name = style->verbose ? members[shown]->address : short_name(members[shown]->address, endings);
        used += text_columns(str_of(name)) + 2;
        if (!style->verbose && shown > 0 && used > limit) break;
        str_buf_add_format(out, "%s%s", shown > 0 ? ", " : "", name);
    }
    if (shown < total) paint(out, style, INK_DIM, ", … %u more", total - shown);
    str_buf_add_char(out, '\n');
}

static void add_order(const change_set *set, const text_style *style, str_buf *out) {
    if (set->changes.length < 2) return;
    add_heading(out, style, "Order:");
    uint32_t *first = mem_zeroed(set->batch_count + 2, sizeof *first); /* of each batch in `sorted` */
    const change **sorted = mem_zeroed(set->changes.length, sizeof *sorted);
    map endings = {0};
    bool shorten = set->changes.length <= SHORTENED_CHANGES_MAX;
    if (shorten) count_endings(set, &endings);
    for (size_t i = 0; i < set->changes.length; i++) first[set->changes.items[i]->batch + 2]++;
    for (uint32_t b = 2; b < set->batch_count + 2; b++) first[b] += first[b - 1];
    for (size_t i = 0; i < set->changes.length; i++) sorted[first[set->changes.items[i]->batch + 1]++] = set->changes.items[i];
    for (uint32_t b = 0; b < set->batch_count; b++) {
        if (!style->verbose && b == BATCHES_MAX) {
            text_indent(out, INDENT_CHANGE);
            paint(out, style, INK_DIM, "… %u more batches", set->batch_count - b);
            str_buf_add_char(out, '\n');
            break;
        }
        add_batch(b, sorted + first[b], first[b + 1] - first[b], shorten ? &endings : NULL, style, out);
    }
    map_release(&endings);
    mem_free(sorted);
    mem_free(first);
}

void plan_text_summary(const change_set *set, str_buf *out) {
    str_buf_add_format(out, "Plan: %u to create, %u to update, ", set->counts[CHANGE_CREATE], set->counts[CHANGE_UPDATE]);
    if (set->counts[CHANGE_REPLACE] > 0) str_buf_add_format(out, "%u to replace, ", set->counts[CHANGE_REPLACE]);
    str_buf_add_format(out, "%u to delete", set->counts[CHANGE_DELETE]);
    if (set->counts[CHANGE_MOVE] > 0)
        str_buf_add_format(out, " (%u move%s)", set->counts[CHANGE_MOVE], set->counts[CHANGE_MOVE] == 1 ? "" : "s");
}

/* Does the plan come from what was rendered? (A destroy does not.) */
static bool describes(const change_set *set) {
    return set->counts[CHANGE_DELETE] < set->changes.length;
}

void plan_text(cr_context *cx, const plan *p, const text_style *style, str_buf *out) {
    const change_set *set = &p->changes;
    add_drift(cx, p, style, out);
    if (!change_set_is_empty(set)) {
        str_buf_add_char(out, '\n');
        add_changes(cx, set, style, out);
    }
    add_deferred(p->dom, style, out);
    if (!change_set_is_empty(set)) {
        if (describes(set)) add_assumptions(p->dom, style, out);
        if (describes(set)) add_inputs(p->dom, style, out);
        add_order(set, style, out);
        str_buf_add_char(out, '\n');
        str_buf summary;
        str_buf_init(&summary);
        plan_text_summary(set, &summary);
        paint(out, style, INK_BOLD, "%s", str_buf_text(&summary));
        str_buf_release(&summary);
        str_buf_add_char(out, '\n');
    } else if (p->dom->deferred.length == 0) {
        str_buf_add_text(out, "\nNo changes. Everything is as the program describes it.\n");
    } else {
        str_buf_add_text(out, "\nNo changes yet.\n");
    }
}
