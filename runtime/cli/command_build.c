/* `build`: renders the program and shows the tree of its resources, or the canonical CloudDOM as JSON. */
#include "cli/cli.h"
#include "cli/value_text.h"

static uint32_t depth_of(const cloud_node *node) {
    uint32_t depth = 0;
    for (const char *c = node->address; *c != '\0'; c++) depth += *c == '/';
    return depth;
}

/* Prints the segments of `address` that `previous` does not share, each on a line of its own. */
static void add_path(const char *address, const char *previous, const text_style *style, str_buf *out) {
    size_t start = 0;
    uint32_t level = 0;
    for (size_t i = 0; address[i] != '\0'; i++) {
        if (address[i] != '/') continue;
        bool shared = strncmp(address, previous, i + 1) == 0;
        if (!shared) {
            text_indent(out, 2 + 2 * level);
            paint(out, style, INK_BOLD, "%.*s", (int)(i - start), address + start);
            str_buf_add_char(out, '\n');
        }
        start = i + 1;
        level++;
    }
}

static void add_node(cli *self, const cloud_node *node, str_buf *out) {
    const char *slash = strrchr(node->address, '/');
    uint32_t indent = 2 + 2 * depth_of(node);
    text_indent(out, indent);
    str_buf_add_format(out, "%s (%s)", slash != NULL ? slash + 1 : node->address, node->construct);
    if (self->options.verbose) {
        paint(out, &self->style, INK_DIM, "  %s", node->id);
        if (node->site != NULL) paint(out, &self->style, INK_DIM, "  %s:%u:%u", node->site->file, node->site->line, node->site->column);
        str_buf_add_char(out, '\n');
        text_indent(out, indent + 4);
        value_text_block(self->cx, node->props, &self->style, indent + 6, out);
    }
    str_buf_add_char(out, '\n');
}

static void show_tree(cli *self, const cloud_dom *dom) {
    str_buf text;
    str_buf_init(&text);
    paint(&text, &self->style, INK_BOLD, "Stack '%s'\n\n", dom->stack);
    const char *previous = "";
    for (size_t i = 0; i < dom->nodes.length; i++) {
        const cloud_node *node = dom->nodes.items[i];
        add_path(node->address, previous, &self->style, &text);
        add_node(self, node, &text);
        /* A resource that holds others is their path's last line already. */
        const cloud_node *next = i + 1 < dom->nodes.length ? dom->nodes.items[i + 1] : NULL;
        size_t length = strlen(node->address);
        bool holds_next = next != NULL && strncmp(next->address, node->address, length) == 0 && next->address[length] == '/';
        previous = holds_next ? next->address : node->address;
    }
    for (size_t i = 0; i < dom->deferred.length; i++)
        str_buf_add_format(&text, "  … %s waits for %s\n", dom->deferred.items[i].address, dom->deferred.items[i].waits_for);
    str_buf_add_char(&text, '\n');
    text_add_count(&text, dom->nodes.length, "resource");
    str_buf_add_char(&text, '\n');
    cli_write(self, &text);
    str_buf_release(&text);
}

cr_status command_build(cli *self, cr_error *err) {
    cr_status status = cli_evaluate(self, true, err);
    if (status == CR_OK) status = cli_open_stack(self, NULL, err);
    if (status == CR_OK) status = renderer_mount(self->renderer, self->stack_name, stack_recorded(self->stack), err);
    if (status != CR_OK) return status;
    const cloud_dom *dom = renderer_dom(self->renderer);
    if (self->options.json) cli_write_json(self, cloud_dom_to_value(self->cx, dom), false);
    else show_tree(self, dom);
    return cli_settle(self, err);
}
