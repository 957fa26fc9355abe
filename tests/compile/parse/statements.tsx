// Statements.
// ast: (if (identifier a) (expression_stmt (identifier b)) alternate: (if (identifier c) (block body: [(expression_stmt (identifier d))]) alternate: (expression_stmt (identifier e))))
if (a) b; else if (c) { d; } else e;
// ast: (for initializer: (variables +let declarators: [(declarator (binding i) initializer: (number 0)) (declarator (binding n) initializer: (identifier a))]) test: (binary < (identifier i) (identifier n)) update: (update ++ (identifier i)) (block body: [(continue)]))
for (let i = 0, n = a; i < n; i++) { continue; }
// ast: (for (break))
for (;;) break;
// ast: (for initializer: (sequence expressions: [(assign = (identifier i) (number 0)) (assign = (identifier j) (number 1))]) (break))
for (i = 0, j = 1; ; ) break;
// ast: (for_of (variables +const declarators: [(declarator (array_pattern elements: [(binding k) (binding v)]))]) (identifier m) (block))
for (const [k, v] of m) {}
// ast: (for_of (identifier x) (identifier y) (block))
for (x of y) {}
// ast: (for_of (member (identifier a) b) (identifier c) (block))
for (a.b of c) {}
// ast: (for_in (variables +var declarators: [(declarator (binding p))]) (identifier q) (block))
for (var p in q) {}
// ast: (while (identifier a) (expression_stmt (call (identifier b))))
while (a) b();
// ast: (do_while (expression_stmt (call (identifier a))) (identifier b))
do a(); while (b);
// ast: (switch (identifier a) cases: [(case test: (number 1)) (case test: (number 2) body: [(expression_stmt (call (identifier b))) (break)]) (case body: [(expression_stmt (call (identifier c)))])])
switch (a) { case 1: case 2: b(); break; default: c(); }
// ast: (try (block body: [(expression_stmt (call (identifier a)))]) handler: (catch parameter: (binding e) (block body: [(expression_stmt (call (identifier b)))])) finalizer: (block body: [(expression_stmt (call (identifier c)))]))
try { a(); } catch (e) { b(); } finally { c(); }
// ast: (try (block body: [(expression_stmt (call (identifier a)))]) handler: (catch (block)))
try { a(); } catch { }
// ast: (try (block body: [(expression_stmt (call (identifier a)))]) handler: (catch parameter: (object_pattern properties: [(pattern_property +shorthand (key message) (binding message))]) type: (type_keyword unknown) (block)))
try { a(); } catch ({ message }: unknown) { }
// ast: (labeled label (for (block body: [(for (block body: [(continue label)]))])))
label: for (;;) { for (;;) { continue label; } }
// ast: (labeled block (block body: [(break block)]))
block: { break block; }
// ast: (throw (new (identifier Error) arguments: [(string "a")]))
throw new Error("a");
// ast: (empty)
;
// ast: (debugger)
debugger;
// ast: (block body: [(variables +const declarators: [(declarator (binding a) initializer: (number 1))])])
{ const a = 1; }

// without semicolons
// ast: (expression_stmt (assign = (identifier a) (identifier b)))
a = b
// ast: (expression_stmt (assign = (identifier c) (identifier d)))
c = d
// ast: (variables +const declarators: [(declarator (binding e) initializer: (identifier f))])
const e = f
