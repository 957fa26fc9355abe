// Destructuring in declarations, parameters and assignments.
// ast: (variables +const declarators: [(declarator (object_pattern properties: [(pattern_property +shorthand (key a) (binding a)) (pattern_property (key b) (binding c)) (pattern_property +shorthand (key d) (default_pattern (binding d) (number 1))) (pattern_property (key e) (object_pattern properties: [(pattern_property +shorthand (key f) (default_pattern (binding f) (number 2)))])) (pattern_property (computed_key (identifier g)) (binding h)) (pattern_property (string "i") (binding j)) (rest (binding k))]) initializer: (identifier l))])
const { a, b: c, d = 1, e: { f = 2 }, [g]: h, "i": j, ...k } = l;
// ast: (variables +const declarators: [(declarator (array_pattern elements: [(binding m) (hole) (default_pattern (binding n) (number 1)) (array_pattern elements: [(binding o)]) (rest (binding p))]) initializer: (identifier q))])
const [m, , n = 1, [o], ...p] = q;
// ast: (variables +let declarators: [(declarator (binding r) initializer: (number 1)) (declarator (binding s) type: (type_keyword string)) (declarator +definite (binding t) type: (type_ref (identifier T)))])
let r = 1, s: string, t!: T;
// ast: (variables +var declarators: [(declarator (binding u))])
var u;
// ast: (expression_stmt (assign = (object_pattern properties: [(pattern_property +shorthand (key a) (identifier a)) (pattern_property (key b) (member (identifier c) d)) (pattern_property +shorthand (key e) (default_pattern (identifier e) (number 1))) (rest (identifier f))]) (identifier g)))
({ a, b: c.d, e = 1, ...f } = g);
// ast: (expression_stmt (assign = (array_pattern elements: [(identifier a) (member (identifier b) c) (default_pattern (index (identifier d) (identifier e)) (number 1)) (rest (identifier f))]) (identifier g)))
[a, b.c, d[e] = 1, ...f] = g;
// ast: (function_decl (function name: (binding v) parameters: [(parameter (object_pattern properties: [(pattern_property +shorthand (key a) (binding a)) (pattern_property +shorthand (key b) (default_pattern (binding b) (number 1)))]) type: (type_ref (identifier P)) initializer: (object)) (parameter (array_pattern elements: [(binding c)]) type: (type_ref (identifier Q))) (parameter +rest (binding d) type: (type_array (type_ref (identifier R))))] body: (block)))
function v({ a, b = 1 }: P = {}, [c]: Q, ...d: R[]) {}
