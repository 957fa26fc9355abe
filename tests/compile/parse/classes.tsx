// Classes.
// ast: (class_decl (class name: (binding A)))
class A {}
// ast: (class_decl (class name: (binding S0) implements: [(type_ref (qualified_name (identifier A) B))]))
class S0 implements A.B { }
// ast: (class_decl (class name: (binding B) heritage: (member (identifier C) D) heritage_type_arguments: [(type_ref (identifier E))] implements: [(type_ref (identifier F)) (type_ref (qualified_name (identifier G) H) type_arguments: [(type_ref (identifier I))])]))
class B extends C.D<E> implements F, G.H<I> { }
// ast: (class_decl (class +abstract name: (binding J) type_parameters: [(type_parameter (binding T))] members: [(method +abstract (key k) (function +method return_type: (type_keyword void))) (field +abstract +protected (key l) type: (type_keyword string))]))
abstract class J<T> { abstract k(): void; protected abstract l: string; }
// ast: (class_decl (class name: (binding M) members: [(method +constructor (key constructor) (function +method parameters: [(parameter +public (binding a) type: (type_keyword string)) (parameter +private +readonly (binding b) initializer: (number 1)) (parameter +override +protected +optional (binding c) type: (type_ref (identifier T))) (parameter (binding d) type: (type_ref (identifier U)))] body: (block)))]))
class M { constructor(public a: string, private readonly b = 1, protected override c?: T, d: U) { } }
// ast: (class_decl (class name: (binding N) members: [(field (key a)) (field (key b) type: (type_keyword string) initializer: (string "c")) (field +static (key d) initializer: (number 1)) (field +readonly +optional (key e) type: (type_ref (identifier T))) (field +declare (key f) type: (type_ref (identifier U))) (field +definite (key g) type: (type_ref (identifier V))) (field (key +private #h) initializer: (number 1)) (field (computed_key (identifier i)) initializer: (number 2)) (field (string "j") initializer: (number 3)) (static_block (block body: [(expression_stmt (assign = (member (this) d) (number 2)))]))]))
class N { a; b: string = "c"; static d = 1; readonly e?: T; declare f: U; g!: V; #h = 1; [i] = 2; "j" = 3; static { this.d = 2; } }
// ast: (class_decl (class name: (binding O) members: [(method (key m) (function +method body: (block))) (method +static (key n) (function +method type_parameters: [(type_parameter (binding T))] parameters: [(parameter (binding a) type: (type_ref (identifier T)))] return_type: (type_ref (identifier T)) body: (block body: [(return argument: (identifier a))]))) (method +get (key p) (function +method body: (block body: [(return argument: (number 1))]))) (method +set (key p) (function +method parameters: [(parameter (binding v))] body: (block))) (method (key q) (function +async +method body: (block))) (method +static +private (key r) (function +async +method body: (block))) (method +optional (key s) (function +method return_type: (type_keyword void))) (index_signature k (type_keyword string) (type_ref (identifier T)))]))
class O { m() {} static n<T>(a: T): T { return a; } get p() { return 1; } set p(v) {} async q() {} private static async r() {} s?(): void; [k: string]: T; }
// ast: (class_decl (class name: (binding P) heritage: (identifier Q) members: [(method +constructor (key constructor) (function +method body: (block body: [(expression_stmt (call (super) arguments: [(number 1)])) (expression_stmt (call (member (super) r)))]))) (field (key s) initializer: (member (super) t))]))
class P extends Q { constructor() { super(1); super.r(); } s = super.t; }
// ast: (expression_stmt (assign = (identifier x) (class heritage: (identifier y))))
x = class extends y {};
// ast: (expression_stmt (assign = (identifier x) (class name: (binding Named))))
x = class Named {};
