// Functions and arrows.
// ast: (function_decl (function name: (binding f) parameters: [(parameter (binding a)) (parameter +optional (binding b) type: (type_keyword string)) (parameter (binding c) initializer: (number 1)) (parameter +rest (binding d))] body: (block body: [(return argument: (identifier a))])))
function f(a, b?: string, c = 1, ...d) { return a; }
// ast: (function_decl (function +async name: (binding g) type_parameters: [(type_parameter (binding T) constraint: (type_ref (identifier U)) default_type: (type_ref (identifier V)))] parameters: [(parameter +this-parameter (binding this) type: (type_ref (identifier W))) (parameter (binding a) type: (type_ref (identifier T)))] return_type: (type_ref (identifier Promise) type_arguments: [(type_ref (identifier T))]) body: (block body: [(return argument: (await (identifier a)))])))
async function g<T extends U = V>(this: W, a: T): Promise<T> { return await a; }
// ast: (expression_stmt (assign = (identifier x) (function body: (block))))
x = function () {};
// ast: (expression_stmt (assign = (identifier x) (function name: (binding name) body: (block))))
x = function name() {};
// ast: (expression_stmt (assign = (identifier x) (function +arrow body: (block))))
x = () => {};
// ast: (expression_stmt (assign = (identifier x) (function +arrow +concise parameters: [(parameter (binding a))] body: (identifier a))))
x = a => a;
// ast: (expression_stmt (assign = (identifier x) (function +async +arrow +concise parameters: [(parameter (binding a))] body: (await (identifier a)))))
x = async a => await a;
// ast: (expression_stmt (assign = (identifier x) (function +async +arrow parameters: [(parameter (binding a) type: (type_ref (identifier A)))] return_type: (type_ref (identifier Promise) type_arguments: [(type_ref (identifier B))]) body: (block body: [(expression_stmt (await (identifier a)))]))))
x = async (a: A): Promise<B> => { await a; };
// ast: (expression_stmt (assign = (identifier x) (function +arrow +concise type_parameters: [(type_parameter (binding T))] parameters: [(parameter (binding a) type: (type_ref (identifier T)))] body: (identifier a))))
x = <T,>(a: T) => a;
// ast: (expression_stmt (assign = (identifier x) (function +arrow +concise parameters: [(parameter (binding a))] body: (function +arrow +concise parameters: [(parameter (binding b))] body: (object members: [(property +shorthand (key c) (identifier c))])))))
x = a => b => ({ c });
// ast: (expression_stmt (assign = (identifier x) (function +arrow +concise parameters: [(parameter (binding a))] return_type: (type_predicate a type: (type_ref (identifier B))) body: (true))))
x = (a): a is B => true;
// ast: (expression_stmt (assign = (identifier x) (non_null (function +arrow +concise parameters: [(parameter (binding a))] body: (identifier a)))))
x = (a => a)!;
// ast: (function_decl (function name: (binding overload) parameters: [(parameter (binding a) type: (type_keyword string))] return_type: (type_keyword string)))
function overload(a: string): string;
// ast: (function_decl (function name: (binding assertion) parameters: [(parameter (binding a) type: (type_keyword unknown))] return_type: (type_predicate +asserts a type: (type_keyword string)) body: (block)))
function assertion(a: unknown): asserts a is string {}
