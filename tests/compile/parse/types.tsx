// Types are kept in the tree for the checker.
// ast: (type_alias_decl (binding A) (type_union types: [(type_keyword string) (type_keyword number) (type_keyword boolean) (type_literal (string "a")) (type_literal (number 1)) (type_literal (unary unary - (number 1))) (type_literal (true)) (type_keyword null) (type_keyword undefined) (type_keyword bigint) (type_keyword symbol) (type_keyword unique symbol)]))
type A = string | number | boolean | "a" | 1 | -1 | true | null | undefined | bigint | symbol | unique symbol;
// ast: (type_alias_decl (binding B) (type_object members: [(property_signature (key a) type: (type_keyword string)) (property_signature +readonly +optional (key b) type: (type_keyword number)) (method_signature (key c) (type_function parameters: [(parameter (binding d) type: (type_ref (identifier E)))] (type_ref (identifier F)))) (call_signature +constructor (type_function parameters: [(parameter (binding g) type: (type_ref (identifier H)))] (type_ref (identifier I)))) (call_signature (type_function parameters: [(parameter (binding j) type: (type_ref (identifier K)))] (type_ref (identifier L)))) (index_signature m (type_keyword string) (type_ref (identifier N))) (method_signature +get (key o) (type_function (type_ref (identifier P)))) (method_signature +set (key o) (type_function parameters: [(parameter (binding v) type: (type_ref (identifier Q)))] (type_keyword any)))]))
type B = { a: string; readonly b?: number; c(d: E): F; new (g: H): I; (j: K): L; [m: string]: N; get o(): P; set o(v: Q) };
// ast: (type_alias_decl (binding C) (type_array (type_ref (qualified_name (qualified_name (identifier A) B) C) type_arguments: [(type_ref (identifier D))])))
type C = A.B.C<D>[];
// ast: (type_alias_decl (binding D) (type_tuple elements: [(tuple_element a (type_keyword string)) (tuple_element +optional b (type_keyword number)) (tuple_element +rest c (type_array (type_ref (identifier D))))]))
type D = [a: string, b?: number, ...c: D[]];
// ast: (type_alias_decl (binding E) (type_tuple elements: [(tuple_element (type_keyword string)) (tuple_element +optional (type_keyword number)) (tuple_element +rest (type_array (type_ref (identifier F))))]))
type E = [string, number?, ...F[]];
// ast: (type_alias_decl (binding F) (type_function parameters: [(parameter (binding a) type: (type_keyword string)) (parameter +rest (binding b) type: (type_array (type_ref (identifier G))))] (type_keyword void)))
type F = (a: string, ...b: G[]) => void;
// ast: (type_alias_decl (binding G) (type_function +constructor parameters: [(parameter (binding a) type: (type_keyword string))] (type_ref (identifier H))))
type G = new (a: string) => H;
// ast: (type_alias_decl (binding H) (type_function +constructor +abstract (type_ref (identifier I))))
type H = abstract new () => I;
// ast: (type_alias_decl (binding I) (type_conditional (type_ref (identifier T)) (type_array (type_infer (type_parameter (binding U)))) (type_ref (identifier U)) (type_keyword never)))
type I = T extends (infer U)[] ? U : never;
// ast: (type_alias_decl (binding J) (type_conditional (type_ref (identifier T)) (type_infer (type_parameter (binding U) constraint: (type_keyword string))) (type_ref (identifier U)) (type_keyword never)))
type J = T extends infer U extends string ? U : never;
// ast: (type_alias_decl (binding K) (type_mapped +readonly +optional (type_parameter (binding P) constraint: (type_keyof (type_ref (identifier T)))) type: (type_indexed (type_ref (identifier T)) (type_ref (identifier P)))))
type K = { readonly [P in keyof T]?: T[P] };
// ast: (type_alias_decl (binding L) (type_mapped +minus-optional +minus-readonly (type_parameter (binding P) constraint: (type_keyof (type_ref (identifier T)))) as_type: (type_template texts: [(template_text "get" "get") (template_text "" "")] types: [(type_ref (identifier P))]) type: (type_indexed (type_ref (identifier T)) (type_ref (identifier P)))))
type L = { -readonly [P in keyof T as `get${P}`]-?: T[P] };
// ast: (type_alias_decl (binding M) (type_union types: [(type_query (qualified_name (identifier a) b)) (type_indexed (type_query (identifier c)) (type_literal (string "d"))) (type_query (identifier e) type_arguments: [(type_ref (identifier F))])]))
type M = typeof a.b | typeof c["d"] | typeof e<F>;
// ast: (type_alias_decl (binding N) (type_keyof (type_indexed (type_ref (identifier T)) (type_literal (string "a")))))
type N = keyof T["a"];
// ast: (type_alias_decl (binding O) (type_union types: [(type_readonly (type_array (type_keyword string))) (type_keyword undefined)]))
type O = readonly string[] | undefined;
// ast: (type_alias_decl (binding P) (type_union types: [(type_intersection types: [(type_ref (identifier A)) (type_ref (identifier B))]) (type_intersection types: [(type_ref (identifier C)) (type_ref (identifier D))])]))
type P = A & B | C & D;
// ast: (type_alias_decl (binding Q) (type_import (string "m") qualifier: (qualified_name (identifier A) B)))
type Q = import("m").A.B;
// ast: (type_alias_decl (binding R) (type_indexed (type_query (identifier a)) (type_keyword number)))
type R = (typeof a)[number];
// ast: (type_alias_decl (binding S) (type_this))
type S = this;
// ast: (type_alias_decl (binding T0) (type_template texts: [(template_text "a" "a") (template_text "c" "c")] types: [(type_ref (identifier B))]))
type T0 = `a${B}c`;
// ast: (type_alias_decl (binding U) type_parameters: [(type_parameter (binding in_) constraint: (type_ref (identifier V))) (type_parameter +const (binding W) default_type: (type_ref (identifier X)))] (type_ref (identifier Y)))
type U<in_ extends V, const W = X> = Y;
// ast: (type_alias_decl (binding Z) (type_union types: [(type_literal (string "a")) (type_literal (string "b"))]))
type Z = | "a" | "b";
// ast: (interface_decl (binding I1) type_parameters: [(type_parameter (binding T))] extends: [(type_ref (identifier J)) (type_ref (qualified_name (identifier K) L) type_arguments: [(type_ref (identifier T))])] members: [(property_signature (key a) type: (type_ref (identifier T))) (method_signature (key b) (type_function (type_keyword void)))])
interface I1<T> extends J, K.L<T> { a: T; b(): void }
// ast: (variables +let declarators: [(declarator (binding a) type: (type_array (type_union types: [(type_keyword string) (type_keyword number)]))) (declarator (binding b) type: (type_ref (identifier Record) type_arguments: [(type_keyword string) (type_function (type_keyword void))])) (declarator (binding c) type: (type_ref (identifier Array) type_arguments: [(type_object members: [(property_signature (key d) type: (type_keyword string))])]))])
let a: (string | number)[], b: Record<string, () => void>, c: Array<{ d: string }>;
// ast: (function_decl (function name: (binding isString) parameters: [(parameter (binding x) type: (type_keyword unknown))] return_type: (type_predicate x type: (type_keyword string)) body: (block body: [(return argument: (true))])))
function isString(x: unknown): x is string { return true; }
// ast: (expression_stmt (assign = (identifier x) (function +arrow +concise parameters: [(parameter (binding y) type: (type_ref (identifier asserts)))] body: (identifier z))))
x = (y: asserts) => z;
