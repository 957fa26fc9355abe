/* Functions: one C statement for each instruction, by its form and signature in opt/ir.def. */
#include "base/bug.h"
#include "codegen/emitter.h"

static void add(emitter *self, const char *text) { str_buf_add_text(self->out, text); }

static void add_register(emitter *self, const ir_function *function, uint32_t index) {
    const char *name = function->registers.items[index].name;
    if (name == NULL) {
        str_buf_add_format(self->out, "r%u", index);
        return;
    }
    add(self, "v_");
    add_c_name(self->out, name);
    str_buf_add_format(self->out, "_%u", index);
}

static void add_operand(emitter *self, const ir_function *function, ir_operand operand) {
    switch (operand.kind) {
    case IR_REGISTER: add_register(self, function, operand.index); break;
    case IR_CONSTANT: add_constant(self, operand.index); break;
    case IR_VARIABLE: add(self, self->module->variables.items[operand.index].name); break;
    case IR_CELL_REGISTER: str_buf_add_format(self->out, "c%u", operand.index); break;
    case IR_CAPTURE: str_buf_add_format(self->out, "self->cells[%u]", operand.index); break;
    case IR_THIS: add(self, "this_value"); break;
    case IR_SELF: add(self, "cr_from_pointer(self)"); break;
    case IR_IMMEDIATE: str_buf_add_format(self->out, "%u", operand.index); break;
    case IR_ITERATOR: str_buf_add_format(self->out, "&i%u", operand.index); break;
    case IR_PENDING: str_buf_add_format(self->out, "&p%u", operand.index); break;
    case IR_FUNCTION: str_buf_add_format(self->out, "&%s_info", self->module->functions.items[operand.index]->c_name); break;
    case IR_NOTHING: BUG("an operand is missing");
    }
}

/* The place where a cell or module variable keeps its value. */
static void add_storage(emitter *self, const ir_function *function, ir_operand operand) {
    add_operand(self, function, operand);
    if (operand.kind != IR_VARIABLE) add(self, "->value");
}

/* Lists of values are passed in one array a function: a literal for each call would take a place of its own in the
 * frame. */
static bool has_value_list(const ir_inst *inst) { return inst->list_count != 0 && inst->op != IR_CLOSURE; }

static void add_list_stores(emitter *self, const ir_function *function, const ir_inst *inst) {
    if (!has_value_list(inst) || inst->op == IR_TAKE) return;
    for (uint32_t i = 0; i < inst->list_count; i++) {
        str_buf_add_format(self->out, "a[%u] = ", i);
        add_operand(self, function, inst->list[i]);
        add(self, "; ");
    }
}

static void add_list(emitter *self, const ir_inst *inst) { add(self, inst->list_count == 0 ? "0" : "a"); }

static void add_cells(emitter *self, const ir_function *function, const ir_inst *inst) {
    if (inst->list_count == 0) {
        add(self, "0");
        return;
    }
    add(self, "(cr_cell *[]){");
    for (uint32_t i = 0; i < inst->list_count; i++) {
        if (i != 0) add(self, ", ");
        add_operand(self, function, inst->list[i]);
    }
    add(self, "}");
}

/* The keys of an object literal as a table of its own. */
static void add_keys(emitter *self, const ir_inst *inst) {
    if (inst->list_count == 0) {
        add(self, "0");
        return;
    }
    uint32_t number = self->key_list_count++;
    str_buf_add_format(&self->keys, "static const cr_string *const k%u[] = {", number);
    for (uint32_t i = 0; i < inst->list_count; i++) str_buf_add_format(&self->keys, "%s&s%u", i == 0 ? "" : ", ", inst->keys[i]);
    str_buf_add_text(&self->keys, "};\n");
    str_buf_add_format(self->out, "k%u", number);
}

static void add_argument(emitter *self, const ir_function *function, const ir_inst *inst, char letter, uint32_t *position) {
    switch (letter) {
    case 's': str_buf_add_format(self->out, "&s%u", self->module->constants.items[inst->operands[(*position)++].index].index); break;
    case 'n':
        str_buf_add_format(self->out, "%u, ", inst->list_count);
        add_list(self, inst);
        break;
    case 'k':
        str_buf_add_format(self->out, "%u, ", inst->list_count);
        add_keys(self, inst);
        add(self, ", ");
        add_list(self, inst);
        break;
    case 'c':
        str_buf_add_format(self->out, "%u, ", inst->list_count);
        add_cells(self, function, inst);
        break;
    case 't': add_c_string(self->out, str_of(inst->text)); break;
    case 'S': str_buf_add_format(self->out, "&S[%u]", place_of_span(self, inst->span)); break;
    default: add_operand(self, function, inst->operands[(*position)++]); break;
    }
}

/* function(cx, operands…) */
static void add_call(emitter *self, const ir_function *function, const ir_inst *inst) {
    const ir_op_facts *facts = ir_op_get(inst->op);
    /* A template is passed by address, not as a value. */
    if (inst->op == IR_INSTANTIATE) {
        str_buf_add_format(self->out, "cr_instantiate(cx, &t%u)", self->module->constants.items[inst->operands[0].index].index);
        return;
    }
    str_buf_add_format(self->out, "%s(cx", facts->function);
    uint32_t position = 0;
    for (const char *letter = facts->signature; *letter != '\0'; letter++) {
        add(self, ", ");
        add_argument(self, function, inst, *letter, &position);
    }
    add(self, ")");
}

static void add_raise(emitter *self, const ir_inst *inst) {
    if (inst->handler == IR_NONE) add(self, "return CR_EXCEPTION;");
    else str_buf_add_format(self->out, "goto L%u;", inst->handler);
}

static void add_result(emitter *self, const ir_function *function, const ir_inst *inst) {
    add_register(self, function, inst->result);
    add(self, " = ");
}

static void add_jump(emitter *self, const ir_function *function, const ir_inst *inst) {
    bool compares = inst->op == IR_JUMP_SAME || inst->op == IR_JUMP_OTHER;
    bool negates = inst->op == IR_JUMP_UNLESS || inst->op == IR_JUMP_PRESENT;
    if (compares) {
        add(self, "if (");
        add_operand(self, function, inst->operands[0]);
        add(self, inst->op == IR_JUMP_SAME ? " == " : " != ");
        add_operand(self, function, inst->operands[1]);
        add(self, ") ");
    } else if (inst->op != IR_JUMP) {
        add(self, negates ? "if (!" : "if (");
        add_call(self, function, inst);
        add(self, ") ");
    }
    str_buf_add_format(self->out, "goto L%u;", inst->label);
}

static void add_take(emitter *self, const ir_function *function, const ir_inst *inst) {
    add(self, "if (!cr_take(cx, ");
    add_operand(self, function, inst->operands[0]);
    str_buf_add_format(self->out, ", %u, ", inst->list_count);
    add_list(self, inst);
    add(self, ", ");
    add_c_string(self->out, str_of(inst->text));
    add(self, ")) ");
    add_raise(self, inst);
    for (uint32_t i = 0; i < inst->list_count; i++) {
        add(self, " ");
        add_register(self, function, inst->list[i].index);
        str_buf_add_format(self->out, " = a[%u];", i);
    }
}

static void add_next(emitter *self, const ir_function *function, const ir_inst *inst) {
    add(self, "switch (cr_next(cx, ");
    add_operand(self, function, inst->operands[0]);
    add(self, ", &");
    add_register(self, function, inst->result);
    add(self, ")) { case -1: ");
    add_raise(self, inst);
    str_buf_add_format(self->out, " case 0: goto L%u; }", inst->label);
}

static void add_super_call(emitter *self, const ir_function *function, const ir_inst *inst) {
    add(self, "if (!(this_value = cr_super_call(cx, self, ");
    if (inst->op == IR_SUPER_FORWARD) {
        add(self, "argc, argv");
    } else {
        str_buf_add_format(self->out, "%u, ", inst->list_count);
        add_list(self, inst);
    }
    add(self, "))) ");
    add_raise(self, inst);
}

static void add_choice(emitter *self, const ir_function *function, const ir_inst *inst, const char *test, const char *yes, const char *no) {
    add_result(self, function, inst);
    str_buf_add_format(self->out, "%s(cx, ", test);
    add_operand(self, function, inst->operands[0]);
    str_buf_add_format(self->out, ") ? %s : %s;", yes, no);
}

static void add_special(emitter *self, const ir_function *function, const ir_inst *inst) {
    const ir_operand *operands = inst->operands;
    switch (inst->op) {
    case IR_LABEL: str_buf_add_format(self->out, "L%u:;", inst->label); break;
    case IR_RETURN:
        add(self, "return ");
        add_operand(self, function, operands[0]);
        add(self, ";");
        break;
    case IR_RAISE: add_raise(self, inst); break;
    case IR_COPY:
        add_result(self, function, inst);
        add_operand(self, function, operands[0]);
        add(self, ";");
        break;
    case IR_PARAMETER:
        add_result(self, function, inst);
        str_buf_add_format(self->out, "argc > %u ? argv[%u] : CR_UNDEFINED;", operands[0].index, operands[0].index);
        break;
    case IR_REST:
        add_result(self, function, inst);
        str_buf_add_format(self->out, "cr_rest(cx, argc, argv, %u);", operands[0].index);
        break;
    case IR_CELL:
        str_buf_add_format(self->out, "c%u = cr_cell_new(cx, ", inst->result);
        add_operand(self, function, operands[0]);
        add(self, ");");
        break;
    case IR_LOAD:
        add_result(self, function, inst);
        add_storage(self, function, operands[0]);
        add(self, ";");
        break;
    case IR_STORE:
        add_storage(self, function, operands[0]);
        add(self, " = ");
        add_operand(self, function, operands[1]);
        add(self, ";");
        break;
    case IR_CHECK_INITIALIZED:
        add(self, "if (");
        add_operand(self, function, operands[0]);
        add(self, " == CR_UNINITIALIZED) { cr_uninitialized(cx, ");
        add_c_string(self->out, str_of(inst->text));
        add(self, "); ");
        add_raise(self, inst);
        add(self, " }");
        break;
    case IR_SUPER_CALL:
    case IR_SUPER_FORWARD: add_super_call(self, function, inst); break;
    case IR_NOT: add_choice(self, function, inst, "cr_truthy", "CR_FALSE", "CR_TRUE"); break;
    case IR_IS_NULLISH: add_choice(self, function, inst, "cr_nullish", "CR_TRUE", "CR_FALSE"); break;
    case IR_IS_PRESENT: add_choice(self, function, inst, "cr_nullish", "CR_FALSE", "CR_TRUE"); break;
    case IR_NEXT: add_next(self, function, inst); break;
    case IR_TAKE: add_take(self, function, inst); break;
    case IR_THROW:
    case IR_ASSIGN_CONSTANT:
        add_call(self, function, inst);
        add(self, "; ");
        add_raise(self, inst);
        break;
    default: BUG("'%s' has no case in the generator", ir_op_get(inst->op)->name);
    }
}

static void add_statement(emitter *self, const ir_function *function, const ir_inst *inst) {
    add_list_stores(self, function, inst);
    if (ir_can_throw(inst) && inst->op != IR_RAISE && inst->span.file != 0) {
        str_buf_add_format(self->out, "cx->site = &S[%u]; ", place_of_span(self, inst->span));
    }
    switch (ir_op_get(inst->op)->form) {
    case IR_FORM_VALUE:
        add(self, "if (!(");
        if (inst->result != IR_NONE) add_result(self, function, inst);
        add_call(self, function, inst);
        add(self, ")) ");
        add_raise(self, inst);
        break;
    case IR_FORM_STATUS:
        add(self, "if (!");
        add_call(self, function, inst);
        add(self, ") ");
        add_raise(self, inst);
        break;
    case IR_FORM_PURE:
        if (inst->result != IR_NONE) add_result(self, function, inst);
        add_call(self, function, inst);
        add(self, ";");
        break;
    case IR_FORM_VOID:
        add_call(self, function, inst);
        add(self, ";");
        break;
    case IR_FORM_JUMP: add_jump(self, function, inst); break;
    case IR_FORM_SPECIAL: add_special(self, function, inst); break;
    }
}

/* Tells the C compiler which line of the source comes next, if it would count wrongly by itself. */
static void add_line(emitter *self, tsx_span span) {
    if (span.file == 0) return;
    uint32_t line = tsx_files_position(self->files, span.file, span.start).line;
    if (line != self->current_line) { str_buf_add_format(self->out, "#line %u ", line); add_c_string(self->out, str_of(self->module->name)); add(self, "\n"); }
    self->current_line = line;
}

static void add_declarations(emitter *self, const ir_function *function) {
    bool *used = mem_zeroed(function->registers.length + 1, sizeof *used);
    uint32_t longest = 0;
    for (size_t i = 0; i < function->code.length; i++) {
        const ir_inst *inst = &function->code.items[i];
        if (has_value_list(inst) && inst->list_count > longest) longest = inst->list_count;
        if (inst->result != IR_NONE && inst->op != IR_CELL) used[inst->result] = true;
        for (uint32_t j = 0; inst->op == IR_TAKE && j < inst->list_count; j++) used[inst->list[j].index] = true;
    }
    const char *separator = "    cr_value ";
    for (uint32_t i = 0; i < function->registers.length; i++) {
        if (!used[i]) continue;
        add(self, separator);
        add_register(self, function, i);
        separator = ", ";
    }
    if (separator[0] == ',') add(self, ";\n");
    if (longest != 0) str_buf_add_format(self->out, "    cr_value a[%u];\n", longest);
    mem_free(used);
    for (uint32_t i = 0; i < function->cell_count; i++) str_buf_add_format(self->out, "    cr_cell *c%u = 0;\n", i);
    for (uint32_t i = 0; i < function->iterator_count; i++) str_buf_add_format(self->out, "    cr_iterator i%u;\n", i);
    for (uint32_t i = 0; i < function->pending_count; i++) str_buf_add_format(self->out, "    cr_pending p%u;\n", i);
}

void add_function_head(emitter *self, const ir_function *function) {
    bool is_top_level = function->index == self->module->evaluate;
    str_buf_add_format(self->out, "%scr_value %s(cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv)",
                       is_top_level ? "" : "static ", function->c_name);
}

void add_function(emitter *self, const ir_function *function) {
    add(self, "\n");
    self->current_line = 0;
    add_line(self, function->span);
    add_function_head(self, function);
    add(self, " {\n");
    add_declarations(self, function);
    self->current_line = 0;
    for (size_t i = 0; i < function->code.length; i++) {
        const ir_inst *inst = &function->code.items[i];
        if (self->exact_lines && inst->span.file != 0) add_line(self, inst->span);
        add(self, "    ");
        add_statement(self, function, inst);
        add(self, "\n");
        self->current_line++;
    }
    add(self, "}\n");
}
