#include "types/types.h"

#include "types/type.h"

static void walk(tsx_node *node, void *context) {
    checker *self = context;
    switch (node->kind) {
    case TSX_NODE_JSX_ELEMENT:
        check_jsx_element(self, node);
        check_duplicate_attributes(self, tsx_as_jsx_element(node)->attributes);
        break;
    case TSX_NODE_OBJECT: check_duplicate_properties(self, tsx_as_object(node)->members); break;
    case TSX_NODE_CALL: check_use_instance(self, node); break;
    case TSX_NODE_MEMBER: check_output_member(self, node); break;
    default: break;
    }
    if (tsx_class_of(node) != TSX_CLASS_TYPE) tsx_for_each_child(node, walk, self);
}

static const tsx_symbol *find_use_instance(tsx_program *program) {
    const tsx_name *name = tsx_intern(&program->session->names, STR("useInstance"));
    for (size_t i = 0; i < program->all.length; i++) {
        const tsx_module *module = program->all.items[i];
        if (!module->is_library || strcmp(module->name, "creact") != 0) continue;
        const tsx_export *export = tsx_module_export(module, name);
        return export != NULL ? export->value : NULL;
    }
    return NULL;
}

void tsx_check_types(tsx_program *program) {
    tsx_session *session = program->session;
    checker self = {.program = program, .session = session};
    self.by_node = mem_zeroed(session->node_count + 1, sizeof *self.by_node);
    self.open = type_new(&self, TYPE_OPEN);
    self.string = type_new(&self, TYPE_STRING);
    self.number = type_new(&self, TYPE_NUMBER);
    self.boolean = type_new(&self, TYPE_BOOLEAN);
    self.nullish = type_new(&self, TYPE_NULLISH);
    self.props_name = tsx_intern(&session->names, STR("props"));
    self.children_name = tsx_intern(&session->names, STR("children"));
    self.key_name = tsx_intern(&session->names, STR("key"));
    self.use_instance = find_use_instance(program);
    for (size_t i = 0; i < program->modules.length; i++) {
        if (program->modules.items[i]->is_library) continue;
        walk(program->modules.items[i]->root, &self);
        check_hooks(program, program->modules.items[i]);
    }
    mem_free(self.by_node);
}
