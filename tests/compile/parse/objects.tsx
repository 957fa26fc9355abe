// Object literals.
// ast: (expression_stmt (assign = (identifier x) (object)))
x = {};
// ast: (expression_stmt (assign = (identifier x) (object members: [(property (key a) (number 1)) (property (string "b") (number 2)) (property (number 3) (identifier c)) (property (computed_key (identifier d)) (identifier e)) (property +shorthand (key f) (identifier f)) (spread (identifier g))])))
x = { a: 1, "b": 2, 3: c, [d]: e, f, ...g };
// ast: (expression_stmt (assign = (identifier x) (object members: [(method (key m) (function +method parameters: [(parameter (binding a))] body: (block body: [(return argument: (identifier a))]))) (method (key n) (function +async +method body: (block body: [(expression_stmt (await (number 1)))]))) (method +get (key o) (function +method body: (block body: [(return argument: (number 1))]))) (method +set (key o) (function +method parameters: [(parameter (binding v))] body: (block))) (method (computed_key (identifier p)) (function +method body: (block)))])))
x = { m(a) { return a; }, async n() { await 1; }, get o() { return 1; }, set o(v) {}, [p]() {} };
// ast: (expression_stmt (assign = (identifier x) (object members: [(property (key async) (number 1)) (property (key get) (number 2)) (property (key set) (number 3)) (property (key static) (number 4)) (property (key await) (number 5))])))
x = { async: 1, get: 2, set: 3, static: 4, await: 5 };
// ast: (expression_stmt (assign = (identifier x) (object members: [(property +shorthand (key undefined) (undefined))])))
x = { undefined };
// ast: (expression_stmt (assign = (identifier x) (object members: [(method (key s) (function +method body: (block body: [(return argument: (member (super) t))])))])))
x = { s() { return super.t; } };
