/* Rendering, with components written as natives: addresses and ids (R4), unknown values (R1), what renders again
 * (R2), derived state (R3), hooks, contexts, errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "clouddom/record.h"
#include "fiber/natives.h"
#include "fiber/renderer.h"
#include "json/json.h"
#include "value/context.h"
#include "value/error.h"
#include "value/unknown.h"

/* ---- a program, as generated code would build it --------------------------------------------------------- */

#define ARGS cr_context *cx, const cr_function *self, cr_value this_value, uint32_t argc, const cr_value *argv
#define FUNCTION(function, flags)                                                                             \
    static cr_value function##_code(ARGS);                                                                    \
    STRING_LITERAL(function##_name, #function);                                                               \
    static const cr_function_info function##_info = {&function##_name, function##_code, 1, flags, {0}};       \
    static cr_function function = CR_STATIC_FUNCTION(&function##_info);                                       \
    static cr_value function##_code(ARGS)
#define COMPONENT(name) FUNCTION(name, 0)
#define CONSTRUCT(name)                                                                                       \
    FUNCTION(name, CR_FUNCTION_CLASS) {                                                                       \
        cr_set_field(cx, this_value, "props", argv[0]);                                                       \
        return this_value;                                                                                    \
    }

extern cr_function cr_lib_creact__useInstance, cr_lib_creact__useState, cr_lib_creact__useContext,
    cr_lib_creact__createContext, cr_lib_creact__useEffect, cr_lib_creact__createStore, cr_lib_creact__useOutput,
    cr_lib_creact__useMemo;

CONSTRUCT(Database)
CONSTRUCT(Service)

static cr_value text(cr_context *cx, const char *s) { return cr_string_text(cx, s); }
static cr_value call(cr_context *cx, cr_function *f, uint32_t argc, const cr_value *argv) {
    return cr_call(cx, cr_from_pointer(f), CR_UNDEFINED, argc, argv, "f");
}

/* An object of name, value pairs, ended by NULL. */
static cr_value object(cr_context *cx, ...) {
    cr_value made = cr_object_new(cx);
    va_list list;
    va_start(list, cx);
    for (const char *name; (name = va_arg(list, const char *)) != NULL;) cr_set_field(cx, made, name, va_arg(list, cr_value));
    va_end(list);
    return made;
}
#define NONE (const char *)NULL

static cr_value use_instance(cr_context *cx, cr_function *construct, cr_value props) {
    return call(cx, &cr_lib_creact__useInstance, 2, (cr_value[]){cr_from_pointer(construct), props});
}


static cr_site site_of_line[100];
static const cr_site *at_line(uint32_t line) {
    assert_true(line < 100);
    site_of_line[line] = (cr_site){"app.tsx", line, 1};
    return &site_of_line[line];
}

static cr_value element(cr_context *cx, cr_function *type, const char *key, cr_value props, uint32_t line) {
    cr_value made = cr_element_new(cx, cr_from_pointer(type), key != NULL ? text(cx, key) : CR_UNDEFINED,
                                   props == CR_UNDEFINED ? cr_object_new(cx) : props, at_line(line));
    assert_int_not_equal(made, CR_EXCEPTION);
    return made;
}

/* `instance.outputs.name` */
static cr_value output(cr_context *cx, cr_value instance, const char *name) {
    STRING_LITERAL(outputs, "outputs");
    cr_value all = cr_get(cx, instance, &outputs);
    if (all == CR_EXCEPTION) return CR_EXCEPTION;
    return cr_get(cx, all, cr_as_string(text(cx, name)));
}

/* [state, setter] */
static cr_value use_state(cr_context *cx, cr_value initial, cr_value *setter) {
    cr_value pair = call(cx, &cr_lib_creact__useState, 1, &initial);
    if (pair == CR_EXCEPTION) return CR_EXCEPTION;
    *setter = cr_as_array(pair)->items[1];
    return cr_as_array(pair)->items[0];
}

/* ---- running it ----------------------------------------------------------------------------------------- */

typedef struct program {
    cr_context *cx;
    renderer *renderer;
    cr_error err;
} program;

/* What the components of a test count and are told. */
static struct { int a, b, c; bool flag; cr_value value; } seen;

static program start(void) {
    memset(&seen, 0, sizeof seen);
    program self = {.cx = context_new(NULL)};
    self.renderer = renderer_new(self.cx);
    return self;
}

static cr_status mount(program *self, cr_value root, stack_record *recorded) {
    renderer_config(self->renderer)->root = root;
    return renderer_mount(self->renderer, "test", recorded, &self->err);
}

static void must_mount(program *self, cr_value root) {
    if (mount(self, root, NULL) != CR_OK) fail_msg("%s", self->err.message);
}

static bool flush(program *self) {
    bool changed;
    if (renderer_flush(self->renderer, &changed, &self->err) != CR_OK) fail_msg("%s", self->err.message);
    return changed;
}

static void finish(program *self) {
    renderer_free(self->renderer);
    context_free(self->cx);
}

static cloud_node *find_node(const program *self, const char *address) {
    const cloud_dom *dom = renderer_dom(self->renderer);
    for (size_t i = 0; i < dom->nodes.length; i++)
        if (strcmp(dom->nodes.items[i]->address, address) == 0) return dom->nodes.items[i];
    return NULL;
}

static cloud_node *node(const program *self, const char *address) {
    cloud_node *found = find_node(self, address);
    if (found == NULL) fail_msg("no node '%s'", address);
    return found;
}

/* The canonical JSON of a node's props. */
static const char *props(const program *self, const char *address) {
    str_buf out;
    str_buf_init(&out);
    json_write(self->cx, node(self, address)->props, &out);
    const char *copy = arena_copy_text(&self->cx->runtime->heap, out.bytes, out.length);
    str_buf_release(&out);
    return copy;
}

/* ---- addresses ------------------------------------------------------------------------------------------- */

COMPONENT(Layer) {
    use_instance(cx, &Database, object(cx, "key", text(cx, "main-db"), "size", cr_number(1), NONE));
    return cr_field(argv[0], "children");
}

COMPONENT(Nested) {
    cr_value inner = element(cx, &Service, "web/1", CR_UNDEFINED, 3);
    cr_value outer = element(cx, &Database, NULL, object(cx, "children", inner, "a", text(cx, "x"), NONE), 2);
    cr_value fragment = element(cx, &cr_lib_creact__Fragment, "group", object(cx, "children", outer, NONE), 1);
    return element(cx, &Layer, "eu", object(cx, "children", cr_array_new(cx, 3, (cr_value[]){CR_FALSE, fragment, CR_NULL}), NONE), 4);
}

static void test_addresses(void **state) {
    program p = start();
    must_mount(&p, element(p.cx, &Nested, NULL, CR_UNDEFINED, 5));
    const cloud_dom *dom = renderer_dom(p.renderer);
    assert_int_equal(dom->nodes.length, 3);
    assert_string_equal(dom->nodes.items[0]->address, "Nested/Layer:eu/main-db");
    assert_string_equal(dom->nodes.items[1]->address, "Nested/Layer:eu/group/Database");
    assert_string_equal(dom->nodes.items[2]->address, "Nested/Layer:eu/group/Database/web%2F1");
    assert_string_equal(dom->nodes.items[2]->construct, "Service");
    assert_ptr_equal(dom->nodes.items[2]->parent, dom->nodes.items[1]);
    assert_int_equal(dom->nodes.items[2]->edges.length, 1);
    assert_int_equal(dom->nodes.items[2]->edges.items[0].reason, CLOUD_EDGE_PARENT);
    assert_string_equal(props(&p, "Nested/Layer:eu/main-db"), "{\"size\":1}");
    assert_string_equal(props(&p, "Nested/Layer:eu/group/Database"), "{\"a\":\"x\"}");
    char id[CLOUD_ID_BYTES];
    cloud_id("Nested/Layer:eu/main-db", "Database", id);
    assert_string_equal(dom->nodes.items[0]->id, id);
    finish(&p);
}

/* The value of R4 is fixed for ever: XXH3-128("A/b\0C"), canonical, first 16 digits. */
static void test_id(void **state) {
    char id[CLOUD_ID_BYTES];
    cloud_id("MessagingApp/DatabaseLayer/main-db", "Database", id);
    assert_int_equal(strlen(id), 16);
    char other[CLOUD_ID_BYTES];
    cloud_id("MessagingApp/DatabaseLayer/main-d", "bDatabase", other);
    assert_string_not_equal(id, other);
}

COMPONENT(Twice) {
    cx->site = at_line(11);
    use_instance(cx, &Database, object(cx, "key", text(cx, "x"), NONE));
    cx->site = at_line(12);
    use_instance(cx, &Service, object(cx, "key", text(cx, "x"), NONE));
    return CR_NULL;
}

COMPONENT(TwoLayers) {
    return cr_array_new(cx, 2, (cr_value[]){element(cx, &Layer, NULL, CR_UNDEFINED, 21), element(cx, &Layer, NULL, CR_UNDEFINED, 22)});
}

COMPONENT(EqualKeys) {
    return cr_array_new(cx, 2, (cr_value[]){element(cx, &Layer, "k", CR_UNDEFINED, 31), element(cx, &Layer, "k", CR_UNDEFINED, 32)});
}

static void test_equal_addresses(void **state) {
    program p = start();
    assert_int_equal(mount(&p, element(p.cx, &Twice, NULL, CR_UNDEFINED, 1), NULL), CR_E_DATA);
    assert_non_null(strstr(p.err.message, "'Twice/x'"));
    assert_non_null(strstr(p.err.message, "app.tsx:11:1"));
    assert_non_null(strstr(p.err.message, "app.tsx:12:1"));
    finish(&p);
    p = start();
    assert_int_equal(mount(&p, element(p.cx, &TwoLayers, NULL, CR_UNDEFINED, 1), NULL), CR_E_DATA);
    assert_non_null(strstr(p.err.message, "'TwoLayers/Layer/main-db'"));
    assert_non_null(strstr(p.err.message, "by the component at app.tsx:21:1 and by that at app.tsx:22:1"));
    finish(&p);
    p = start();
    assert_int_equal(mount(&p, element(p.cx, &EqualKeys, NULL, CR_UNDEFINED, 1), NULL), CR_E_DATA);
    assert_non_null(strstr(p.err.message, "'k'"));
    assert_non_null(strstr(p.err.message, "app.tsx:31:1"));
    assert_non_null(strstr(p.err.message, "app.tsx:32:1"));
    finish(&p);
}

/* ---- unknown values (R1), derived state (R3) ------------------------------------------------------------- */

/* const db = useInstance(Database); const [url, setUrl] = useState('');
 * if (db.outputs.url && !url) setUrl(db.outputs.url);   return <Reader url={url} />;  */
COMPONENT(Reader) {
    seen.b++;
    cr_value url = cr_field(argv[0], "url");
    cr_value parts[] = {text(cx, "postgres://"), url, text(cx, "/app")};
    use_instance(cx, &Service, object(cx, "key", text(cx, "api"), "url", cr_template(cx, 3, parts), NONE));
    return CR_NULL;
}

COMPONENT(Sharing) {
    seen.a++;
    cr_value set_url = CR_UNDEFINED;
    cr_value db = use_instance(cx, &Database, object(cx, "key", text(cx, "db"), NONE));
    cr_value url = use_state(cx, text(cx, ""), &set_url);
    cx->site = at_line(40);
    if (cr_truthy(cx, output(cx, db, "url")) && !cr_truthy(cx, url)) {
        cr_value known = output(cx, db, "url");
        cr_call(cx, set_url, CR_UNDEFINED, 1, &known, "setUrl");
    }
    return element(cx, &Reader, NULL, object(cx, "url", url, NONE), 41);
}

static void test_unknown_and_derived(void **state) {
    program p = start();
    must_mount(&p, element(p.cx, &Sharing, NULL, CR_UNDEFINED, 1));
    assert_string_equal(props(&p, "Sharing/Reader/api"), "{\"url\":{\"$unknown\":\"postgres://${Sharing/db.url}/app\"}}");
    cloud_node *api = node(&p, "Sharing/Reader/api"), *db = node(&p, "Sharing/db");
    assert_true(api->has_unknown);
    assert_int_equal(api->edges.length, 1);
    assert_ptr_equal(api->edges.items[0].to, db);
    assert_int_equal(api->edges.items[0].reason, CLOUD_EDGE_OUTPUT);
    const cloud_dom *dom = renderer_dom(p.renderer);
    assert_int_equal(dom->assumptions.length, 1);
    assert_string_equal(dom->assumptions.items[0].subject, "${Sharing/db.url}");
    assert_string_equal(dom->assumptions.items[0].component, "Sharing");

    renderer_set_outputs(p.renderer, db, object(p.cx, "url", text(p.cx, "h:1"), "id", text(p.cx, "i"), NONE));
    assert_true(flush(&p));
    assert_string_equal(props(&p, "Sharing/Reader/api"), "{\"url\":\"postgres://h:1/app\"}");
    assert_ptr_equal(node(&p, "Sharing/Reader/api"), api);
    assert_int_equal(api->edges.length, 1); /* the value is known, and still came from the database */
    assert_int_equal(dom->assumptions.length, 0);

    /* Another output changes: nobody has read it. */
    int before = seen.a;
    renderer_set_outputs(p.renderer, db, object(p.cx, "url", text(p.cx, "h:1"), "id", text(p.cx, "j"), NONE));
    assert_false(flush(&p));
    assert_int_equal(seen.a, before);

    /* Another value: the state that was derived from the old one does not survive. */
    renderer_set_outputs(p.renderer, db, object(p.cx, "url", text(p.cx, "h:2"), NONE));
    assert_true(flush(&p));
    assert_string_equal(props(&p, "Sharing/Reader/api"), "{\"url\":\"postgres://h:2/app\"}");

    /* The database is to be replaced: unknown again. */
    renderer_set_outputs(p.renderer, db, CR_UNDEFINED);
    assert_true(flush(&p));
    assert_string_equal(props(&p, "Sharing/Reader/api"), "{\"url\":{\"$unknown\":\"postgres://${Sharing/db.url}/app\"}}");
    finish(&p);
}

/* State of the parent, set by the child that makes the resource; both pass through a context. */
COMPONENT(Maker) {
    seen.a++;
    cr_value db = use_instance(cx, &Database, object(cx, "key", text(cx, "db"), NONE));
    cr_value url = cr_field(argv[0], "url"), known = output(cx, db, "url");
    if (cr_truthy(cx, known) && !cr_truthy(cx, url)) cr_call(cx, cr_field(argv[0], "setUrl"), CR_UNDEFINED, 1, &known, "setUrl");
    return CR_NULL;
}

COMPONENT(User) {
    seen.b++;
    cr_value url = call(cx, &cr_lib_creact__useContext, 1, &seen.value);
    use_instance(cx, &Service, object(cx, "key", text(cx, "api"), "url", url, NONE));
    return CR_NULL;
}

COMPONENT(Between) {
    seen.c++;
    return element(cx, &User, NULL, CR_UNDEFINED, 54);
}

COMPONENT(Lifted) {
    cr_value set_url = CR_UNDEFINED, url = use_state(cx, text(cx, ""), &set_url);
    cr_value children[] = {element(cx, &Maker, NULL, object(cx, "url", url, "setUrl", set_url, NONE), 51),
                           element(cx, &Between, NULL, CR_UNDEFINED, 52)};
    cr_value provider = cr_field(seen.value, "Provider");
    return cr_element_new(cx, provider, CR_UNDEFINED, object(cx, "value", url, "children", cr_array_new(cx, 2, children), NONE),
                          at_line(53));
}

static void test_lifted_state_through_context(void **state) {
    program p = start();
    cr_value nothing = CR_NULL;
    seen.value = call(p.cx, &cr_lib_creact__createContext, 1, &nothing);
    must_mount(&p, element(p.cx, &Lifted, NULL, CR_UNDEFINED, 1));
    assert_string_equal(props(&p, "Lifted/Between/User/api"), "{\"url\":{\"$unknown\":\"${Lifted/Maker/db.url}\"}}");
    assert_int_equal(seen.c, 1); /* its props did not change; only what reads the context rendered again */
    renderer_set_outputs(p.renderer, node(&p, "Lifted/Maker/db"), object(p.cx, "url", text(p.cx, "u"), NONE));
    flush(&p);
    assert_string_equal(props(&p, "Lifted/Between/User/api"), "{\"url\":\"u\"}");
    assert_int_equal(seen.c, 1);
    finish(&p);
}

/* if (db.outputs.size === 'big') needs the content. */
COMPONENT(Waiting) {
    cr_value db = use_instance(cx, &Database, object(cx, "key", text(cx, "db"), NONE));
    cx->site = at_line(60);
    cr_value big = cr_equal(cx, output(cx, db, "size"), text(cx, "big"));
    if (big == CR_EXCEPTION) return CR_EXCEPTION;
    use_instance(cx, &Service, object(cx, "key", text(cx, big == CR_TRUE ? "big" : "small"), NONE));
    return element(cx, &Layer, NULL, CR_UNDEFINED, 61);
}

static void test_suspended(void **state) {
    program p = start();
    must_mount(&p, element(p.cx, &Waiting, NULL, CR_UNDEFINED, 1));
    const cloud_dom *dom = renderer_dom(p.renderer);
    assert_int_equal(dom->nodes.length, 1);
    assert_int_equal(dom->deferred.length, 1);
    assert_string_equal(dom->deferred.items[0].address, "Waiting");
    assert_string_equal(dom->deferred.items[0].waits_for, "${Waiting/db.size}");
    assert_int_equal(dom->deferred.items[0].site->line, 60);
    cloud_node *db = node(&p, "Waiting/db");
    renderer_set_outputs(p.renderer, db, object(p.cx, "size", text(p.cx, "big"), NONE));
    assert_true(flush(&p));
    assert_int_equal(dom->deferred.length, 0);
    assert_int_equal(dom->nodes.length, 3);
    cloud_node *big = node(&p, "Waiting/big"), *layer = node(&p, "Waiting/Layer/main-db");
    renderer_set_outputs(p.renderer, db, CR_UNDEFINED);
    assert_true(flush(&p));
    assert_int_equal(dom->nodes.length, 1);
    assert_null(map_get(&dom->by_id, str_of(big->id)));
    renderer_set_outputs(p.renderer, db, object(p.cx, "size", text(p.cx, "big"), NONE));
    assert_true(flush(&p));
    assert_ptr_equal(node(&p, "Waiting/big"), big); /* the same id is the same node */
    assert_ptr_equal(node(&p, "Waiting/Layer/main-db"), layer);
    renderer_set_outputs(p.renderer, db, object(p.cx, "size", text(p.cx, "no"), NONE));
    assert_true(flush(&p));
    assert_non_null(node(&p, "Waiting/small"));
    assert_null(find_node(&p, "Waiting/big"));
    finish(&p);
}

/* `{db.outputs.names}` as a list of children: this place waits, its siblings are there. */
COMPONENT(WaitingList) {
    cr_value db = use_instance(cx, &Database, object(cx, "key", text(cx, "db"), NONE));
    if (db == CR_EXCEPTION) return CR_EXCEPTION;
    cr_value names = output(cx, db, "names");
    if (names == CR_EXCEPTION) return CR_EXCEPTION;
    if (cr_is_array(names)) {
        names = cr_array_new(cx, 0, NULL);
        cr_array_push(cx, names, element(cx, &Service, "listed", CR_UNDEFINED, 61));
    }
    cr_value list = cr_array_new(cx, 0, NULL);
    cr_array_push(cx, list, element(cx, &Service, "before", CR_UNDEFINED, 62));
    cr_array_push(cx, list, names);
    cr_array_push(cx, list, element(cx, &Service, "after", CR_UNDEFINED, 63));
    return list;
}

static void test_waiting_list(void **state) {
    program p = start();
    must_mount(&p, element(p.cx, &WaitingList, NULL, CR_UNDEFINED, 1));
    const cloud_dom *dom = renderer_dom(p.renderer);
    assert_int_equal(dom->nodes.length, 3);
    assert_int_equal(dom->deferred.length, 1);
    assert_string_equal(dom->deferred.items[0].address, "WaitingList");
    assert_string_equal(dom->deferred.items[0].waits_for, "${WaitingList/db.names}");
    cloud_node *db = node(&p, "WaitingList/db"), *after = node(&p, "WaitingList/after");
    renderer_set_outputs(p.renderer, db, object(p.cx, "names", cr_array_new(p.cx, 0, NULL), NONE));
    assert_true(flush(&p));
    assert_int_equal(dom->deferred.length, 0);
    assert_string_equal(dom->nodes.items[2]->address, "WaitingList/listed");
    assert_ptr_equal(dom->nodes.items[3], after);
    renderer_set_outputs(p.renderer, db, CR_UNDEFINED);
    assert_true(flush(&p));
    assert_int_equal(dom->deferred.length, 1);
    assert_int_equal(dom->nodes.length, 3);
    renderer_set_outputs(p.renderer, db, object(p.cx, "names", CR_NULL, NONE));
    assert_true(flush(&p));
    assert_int_equal(dom->deferred.length, 0);
    finish(&p);
}

/* ---- state and effects across runs ------------------------------------------------------------------------ */

static cr_value json(cr_context *cx, const char *source) {
    cr_value v;
    cr_error err;
    if (json_read(cx, str_of(source), &v, &err) != CR_OK) fail_msg("%s", err.message);
    return v;
}

static void record_component(program *p, stack_record *recorded, const char *path, const char *state) {
    cr_value *kept = heap_alloc(p->cx, sizeof *kept);
    *kept = json(p->cx, state);
    map_put(&recorded->components, str_of(path), kept);
}

/* What renderer_component_state would record, as "path=json;…". */
static const char *component_state(program *p) {
    map components = {0};
    str_buf out;
    str_buf_init(&out);
    renderer_component_state(p->renderer, &components);
    for (size_t i = 0; i < components.count; i++) {
        str_buf_add_format(&out, "%.*s=", STR_ARGS(components.entries[i].key));
        json_write(p->cx, *(cr_value *)components.entries[i].value, &out);
        str_buf_add_char(&out, ';');
    }
    const char *copy = arena_copy_text(&p->cx->runtime->heap, str_buf_text(&out), out.length);
    str_buf_release(&out);
    map_release(&components);
    return copy;
}

FUNCTION(effect, 0) {
    seen.b++;
    cr_value two = cr_number(2);
    cr_call(cx, seen.value, CR_UNDEFINED, 1, &two, "setCount");
    return CR_UNDEFINED;
}

/* const [count, setCount] = useState(1); useEffect(() => setCount(2), [count > 5]); const [n] = createStore('n', 0); */
COMPONENT(Stateful) {
    seen.a++;
    cr_value count = use_state(cx, cr_number(1), &seen.value);
    cr_value dependency = cr_from_bool(cr_to_double(count) > 5);
    call(cx, &cr_lib_creact__useEffect, 2, (cr_value[]){CR_REF(effect), cr_array_new(cx, 1, &dependency)});
    cr_value store = call(cx, &cr_lib_creact__createStore, 2, (cr_value[]){text(cx, "n"), cr_number(0)});
    cr_value n = cr_as_array(store)->items[0];
    call(cx, &cr_lib_creact__useOutput, 2, (cr_value[]){text(cx, "count"), count});
    use_instance(cx, &Database, object(cx, "key", text(cx, "db"), "count", count, "n", n, NONE));
    return CR_NULL;
}

static void test_state_and_effects(void **state) {
    program p = start();
    must_mount(&p, element(p.cx, &Stateful, NULL, CR_UNDEFINED, 1));
    assert_string_equal(props(&p, "Stateful/db"), "{\"count\":1,\"n\":0}");
    assert_string_equal(component_state(&p), "");
    assert_int_equal(renderer_run_effects(p.renderer, &p.err), CR_OK);
    assert_true(flush(&p));
    assert_string_equal(props(&p, "Stateful/db"), "{\"count\":2,\"n\":0}");
    assert_int_equal(*(cr_value *)map_get(&renderer_dom(p.renderer)->outputs, STR("count")), cr_number(2));
    assert_int_equal(renderer_run_effects(p.renderer, &p.err), CR_OK); /* its dependencies are the same */
    assert_int_equal(seen.b, 1);
    const char *recorded_state = component_state(&p);
    assert_true(str_starts_with(str_of(recorded_state), STR("Stateful=[{\"value\":2},{\"effect\":\"")));
    char kept[256];
    snprintf(kept, sizeof kept, "%s", recorded_state + strlen("Stateful="));
    kept[strlen(kept) - 1] = '\0';
    finish(&p);

    /* The next run starts from what was recorded, and the effect does not run again. */
    p = start();
    stack_record recorded = {0};
    record_component(&p, &recorded, "Stateful", kept);
    record_component(&p, &recorded, "%store/n", "[{\"value\":7}]");
    record_component(&p, &recorded, "%store/other", "[{\"value\":8}]");
    assert_int_equal(mount(&p, element(p.cx, &Stateful, NULL, CR_UNDEFINED, 1), &recorded), CR_OK);
    assert_string_equal(props(&p, "Stateful/db"), "{\"count\":2,\"n\":7}");
    assert_int_equal(renderer_run_effects(p.renderer, &p.err), CR_OK);
    assert_int_equal(seen.b, 0);
    char expected[400];
    snprintf(expected, sizeof expected, "Stateful=%s;%%store/n=[{\"value\":7}];%%store/other=[{\"value\":8}];", kept);
    assert_string_equal(component_state(&p), expected);
    map_release(&recorded.components);
    finish(&p);
}

/* A renamed component keeps its state: the plan tells which of its resources moved. */
static void test_renamed_component_keeps_state(void **state) {
    program p = start();
    stack_record recorded = {0};
    record_component(&p, &recorded, "Former", "[{\"value\":2},null]");
    assert_int_equal(mount(&p, element(p.cx, &Stateful, NULL, CR_UNDEFINED, 1), &recorded), CR_OK);
    assert_string_equal(props(&p, "Stateful/db"), "{\"count\":1,\"n\":0}");
    assert_true(renderer_moved(p.renderer, node(&p, "Stateful/db"), "Former/db"));
    assert_false(renderer_moved(p.renderer, node(&p, "Stateful/db"), "Former/db"));
    assert_true(flush(&p));
    assert_string_equal(props(&p, "Stateful/db"), "{\"count\":2,\"n\":0}");
    assert_string_equal(component_state(&p), "Stateful=[{\"value\":2},null];");
    map_release(&recorded.components);
    finish(&p);
}

/* Recorded outputs are there in the first render, and state that is derived from them, too (R3). */
static void test_recorded_outputs(void **state) {
    program p = start();
    stack_record recorded = {0};
    resource_record *db = HEAP_NEW(p.cx, resource_record);
    cloud_id("Sharing/db", "Database", db->id);
    db->address = "Sharing/db";
    db->state = RESOURCE_DEPLOYED;
    db->line = STR("{\"t\":\"node\",\"outputs\":{\"url\":\"old:1\",\"n\":1},\"depends\":[\"aa\"]}");
    map_put(&recorded.by_id, str_of(db->id), db);
    assert_int_equal(mount(&p, element(p.cx, &Sharing, NULL, CR_UNDEFINED, 1), &recorded), CR_OK);
    assert_string_equal(props(&p, "Sharing/Reader/api"), "{\"url\":\"postgres://old:1/app\"}");
    assert_ptr_equal(node(&p, "Sharing/Reader/api")->edges.items[0].to, node(&p, "Sharing/db"));
    assert_int_equal(renderer_dom(p.renderer)->assumptions.length, 0);
    assert_false(db->detailed); /* its outputs were read alone */
    assert_string_equal(component_state(&p), ""); /* derived state is not recorded: it is computed again */
    map_release(&recorded.by_id);
    finish(&p);
}

/* ---- children ---------------------------------------------------------------------------------------------- */

COMPONENT(Item) {
    seen.a++;
    cr_value setter = CR_UNDEFINED, id = use_state(cx, cr_number(++seen.b), &setter);
    use_instance(cx, &Service, object(cx, "id", id, NONE));
    return CR_NULL;
}

/* Items in the order of the letters of the state, set from outside. */
COMPONENT(List) {
    cr_value order = use_state(cx, text(cx, "abc"), &seen.value), list = cr_array_new(cx, 0, NULL);
    const char *letters = cr_to_utf8(cx, order, NULL);
    for (size_t i = 0; i < strlen(letters); i++)
        cr_array_push(cx, list, element(cx, &Item, (char[]){letters[i], '\0'}, CR_UNDEFINED, 70));
    return cr_array_new(cx, 2, (cr_value[]){list, CR_FALSE});
}

static void test_keyed_children_keep_state(void **state) {
    program p = start();
    must_mount(&p, element(p.cx, &List, NULL, CR_UNDEFINED, 1));
    assert_string_equal(props(&p, "List/Item:c/Service"), "{\"id\":3}");
    cr_value order = text(p.cx, "cdxa");
    cr_call(p.cx, seen.value, CR_UNDEFINED, 1, &order, "set");
    assert_true(flush(&p));
    const cloud_dom *dom = renderer_dom(p.renderer);
    assert_int_equal(dom->nodes.length, 4);
    assert_string_equal(dom->nodes.items[0]->address, "List/Item:c/Service");
    assert_string_equal(props(&p, "List/Item:c/Service"), "{\"id\":3}");
    assert_string_equal(props(&p, "List/Item:a/Service"), "{\"id\":1}");
    assert_string_equal(props(&p, "List/Item:x/Service"), "{\"id\":5}");
    assert_int_equal(seen.a, 5); /* those that were there did not render again */
    finish(&p);
}

/* ---- errors ------------------------------------------------------------------------------------------------ */

COMPONENT(Throwing) {
    cx->site = at_line(80);
    return throw_type_error(cx, "no %s", "luck");
}
COMPONENT(Outer) { return element(cx, &Throwing, NULL, CR_UNDEFINED, 81); }
COMPONENT(Looping) {
    cr_value setter = CR_UNDEFINED, n = use_state(cx, cr_number(0), &setter), next = cr_add(cx, n, cr_number(1));
    cr_call(cx, setter, CR_UNDEFINED, 1, &next, "set");
    return CR_NULL;
}
COMPONENT(Text) { return text(cx, "hello"); }
COMPONENT(Changing) {
    cr_value setter = CR_UNDEFINED, n = use_state(cx, cr_number(0), &setter);
    seen.value = setter;
    if (n == cr_number(1)) return CR_NULL;
    if (n == cr_number(2) && use_state(cx, CR_NULL, &setter) == CR_EXCEPTION) return CR_EXCEPTION;
    cr_value out = use_instance(cx, &Database, CR_UNDEFINED);
    return out == CR_EXCEPTION ? CR_EXCEPTION : CR_NULL;
}
COMPONENT(BadProps) {
    cr_value env = object(cx, "LIST", cr_array_new(cx, 1, (cr_value[]){cr_number(0.0 / 0.0)}), NONE);
    cx->site = at_line(90);
    cr_value made = use_instance(cx, &Database, object(cx, "key", text(cx, "db"), "env", env, NONE));
    return made == CR_EXCEPTION ? CR_EXCEPTION : CR_NULL;
}
COMPONENT(CyclicProps) {
    cr_value loop = object(cx, "a", cr_number(1), NONE);
    cr_set_field(cx, loop, "self", loop);
    cr_value made = use_instance(cx, &Database, loop);
    return made == CR_EXCEPTION ? CR_EXCEPTION : CR_NULL;
}
FUNCTION(Async, CR_FUNCTION_ASYNC) { return CR_NULL; }

static void expect_error(cr_function *component, cr_status status, const char *message) {
    program p = start();
    assert_int_equal(mount(&p, element(p.cx, component, NULL, CR_UNDEFINED, 82), NULL), status);
    if (strstr(p.err.message, message) == NULL) fail_msg("'%s' is not in '%s'", message, p.err.message);
    finish(&p);
}

static void test_errors(void **state) {
    expect_error(&Outer, CR_E_THROWN, "no luck (app.tsx:80:1)\n    in Throwing (app.tsx:81:1)\n    in Outer (app.tsx:82:1)");
    expect_error(&Looping, CR_E_DATA, "too many re-renders");
    expect_error(&Text, CR_E_DATA, "text is not part of an infrastructure tree: 'hello' (app.tsx:82:1)");
    expect_error(&BadProps, CR_E_DATA, "'env.LIST[0]' of 'BadProps/db' cannot be recorded: it is NaN (app.tsx:90:1)");
    expect_error(&CyclicProps, CR_E_DATA, "holds itself");
    expect_error(&Async, CR_E_DATA, "'Async' is an async function");
    program p = start();
    cr_value result = use_instance(p.cx, &Database, CR_UNDEFINED);
    assert_int_equal(result, CR_EXCEPTION);
    assert_non_null(strstr(error_describe(p.cx, context_take_pending(p.cx).value, false), "Invalid hook call"));
    finish(&p);
}

static void test_order_of_hooks(void **state) {
    const char *const messages[] = {"Rendered fewer hooks than expected", "the order of hooks changed: useState is called where useInstance was"};
    for (int n = 1; n <= 2; n++) {
        program p = start();
        must_mount(&p, element(p.cx, &Changing, NULL, CR_UNDEFINED, 1));
        cr_value next = cr_number(n);
        cr_call(p.cx, seen.value, CR_UNDEFINED, 1, &next, "set");
        assert_int_not_equal(renderer_flush(p.renderer, NULL, &p.err), CR_OK);
        if (strstr(p.err.message, messages[n - 1]) == NULL) fail_msg("%s", p.err.message);
        finish(&p);
    }
}

/* ---- instances and outputs as props ------------------------------------------------------------------------- */

FUNCTION(callback, 0) { return CR_UNDEFINED; }

COMPONENT(References) {
    cr_value db = use_instance(cx, &Database, object(cx, "key", text(cx, "db"), "onDeploy", CR_REF(callback), "none", CR_UNDEFINED, NONE));
    cr_value outputs_of = cr_get(cx, db, cr_as_string(text(cx, "outputs")));
    use_instance(cx, &Service, object(cx, "key", text(cx, "a"), "db", db, NONE));
    use_instance(cx, &Service, object(cx, "key", text(cx, "b"), "all", outputs_of, NONE));
    seen.flag = cr_is_function(cr_field(cr_field(db, "props"), "onDeploy"));
    return CR_NULL;
}

static void test_references(void **state) {
    program p = start();
    must_mount(&p, element(p.cx, &References, NULL, CR_UNDEFINED, 1));
    assert_true(seen.flag); /* callbacks stay on the instance, and are not recorded */
    assert_string_equal(props(&p, "References/db"), "{}");
    assert_string_equal(props(&p, "References/a"), "{\"db\":{\"$ref\":\"References/db\"}}");
    assert_int_equal(node(&p, "References/a")->edges.items[0].reason, CLOUD_EDGE_REFERENCE);
    assert_string_equal(props(&p, "References/b"), "{\"all\":{\"$unknown\":\"${References/db}\"}}");
    renderer_set_outputs(p.renderer, node(&p, "References/db"), object(p.cx, "x", cr_number(1), NONE));
    assert_true(flush(&p));
    assert_string_equal(props(&p, "References/b"), "{\"all\":{\"x\":1}}");
    assert_int_equal(node(&p, "References/b")->edges.length, 1);
    finish(&p);
}

/* A constructor that compares an unknown prop: the resource waits. */
FUNCTION(Comparing, CR_FUNCTION_CLASS) {
    cr_set_field(cx, this_value, "props", argv[0]);
    cr_value is_big = cr_equal(cx, cr_field(argv[0], "size"), text(cx, "big"));
    return is_big == CR_EXCEPTION ? CR_EXCEPTION : this_value;
}

COMPONENT(ComparingUser) {
    cr_value db = use_instance(cx, &Database, object(cx, "key", text(cx, "db"), NONE));
    cr_value inner = element(cx, &Service, "inner", CR_UNDEFINED, 98);
    return element(cx, &Comparing, "c", object(cx, "size", output(cx, db, "size"), "children", inner, NONE), 99);
}

static void test_suspended_constructor(void **state) {
    program p = start();
    must_mount(&p, element(p.cx, &ComparingUser, NULL, CR_UNDEFINED, 1));
    const cloud_dom *dom = renderer_dom(p.renderer);
    assert_int_equal(dom->nodes.length, 1);
    assert_int_equal(dom->deferred.length, 1);
    assert_string_equal(dom->deferred.items[0].address, "ComparingUser/c");
    renderer_set_outputs(p.renderer, node(&p, "ComparingUser/db"), object(p.cx, "size", text(p.cx, "big"), NONE));
    assert_true(flush(&p));
    assert_int_equal(dom->nodes.length, 3);
    assert_int_equal(dom->deferred.length, 0);
    assert_string_equal(dom->nodes.items[2]->address, "ComparingUser/c/inner");
    finish(&p);
}

/* Elements nested more deeply than the stack: an error, no crash. */
COMPONENT(Deep) {
    cr_value inner = CR_NULL;
    for (int i = 0; i < 300000; i++) inner = element(cx, &cr_lib_creact__Fragment, NULL, object(cx, "children", inner, NONE), 97);
    return inner;
}

static void test_deep_tree(void **state) { expect_error(&Deep, CR_E_THROWN, "Maximum call stack size exceeded"); }

/* ---- size -------------------------------------------------------------------------------------------------- */

enum { FLEET = 20000 };

COMPONENT(Fleet) {
    cr_value list = cr_array_new(cx, 0, NULL);
    for (int i = 0; i < FLEET; i++) {
        char key[32];
        snprintf(key, sizeof key, "node-%d", i);
        cr_array_push(cx, list, element(cx, &Service, key, object(cx, "size", cr_number(1), "name", text(cx, key), NONE), 95));
    }
    return list;
}

static void test_large_list(void **state) {
    program p = start();
    must_mount(&p, element(p.cx, &Fleet, NULL, CR_UNDEFINED, 1));
    assert_int_equal(renderer_dom(p.renderer)->nodes.length, FLEET);
    size_t bytes = p.cx->runtime->heap.bytes / FLEET;
    print_message("%zu bytes of heap a node\n", bytes);
    assert_true(bytes < 1200);
    finish(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_id),
        cmocka_unit_test(test_equal_addresses),
        cmocka_unit_test(test_unknown_and_derived),
        cmocka_unit_test(test_lifted_state_through_context),
        cmocka_unit_test(test_suspended),
        cmocka_unit_test(test_waiting_list),
        cmocka_unit_test(test_state_and_effects),
        cmocka_unit_test(test_renamed_component_keeps_state),
        cmocka_unit_test(test_recorded_outputs),
        cmocka_unit_test(test_keyed_children_keep_state),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_order_of_hooks),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_suspended_constructor),
        cmocka_unit_test(test_deep_tree),
        cmocka_unit_test(test_large_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
