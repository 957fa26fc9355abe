// Declarations without code.
// ast: (variables +declare +const declarators: [(declarator (binding a) type: (type_keyword string)) (declarator (binding b) type: (type_keyword number))])
declare const a: string, b: number;
// ast: (variables +declare +let declarators: [(declarator (binding c) type: (type_ref (identifier T)))])
declare let c: T;
// ast: (function_decl +declare (function name: (binding d) parameters: [(parameter (binding e) type: (type_keyword string))] return_type: (type_keyword void)))
declare function d(e: string): void;
// ast: (class_decl +declare (class name: (binding F) members: [(field (key g) type: (type_keyword string)) (method +constructor (key constructor) (function +method parameters: [(parameter (binding h) type: (type_ref (identifier I)))])) (method +static (key j) (function +method return_type: (type_keyword void))) (field +private (key k))]))
declare class F { g: string; constructor(h: I); static j(): void; private k; }
// ast: (namespace_decl +declare (binding L) body: [(variables +const declarators: [(declarator (binding m) type: (type_keyword string))]) (interface_decl (binding N)) (namespace_decl (binding O) body: [(type_alias_decl (binding P) (type_ref (identifier Q)))])])
declare namespace L { const m: string; interface N { } namespace O { type P = Q } }
// ast: (namespace_decl +declare (binding A) body: [(export_decl (namespace_decl (binding B) body: [(type_alias_decl (binding C) (type_ref (identifier D)))]))])
declare namespace A.B { type C = D }
// ast: (namespace_decl +declare (string "m") body: [(export_decl (variables +const declarators: [(declarator (binding n) type: (type_keyword string))])) (export_default (identifier n))])
declare module "m" { export const n: string; export default n; }
// ast: (namespace_decl +declare +global (binding global) body: [(interface_decl (binding O) members: [(property_signature (key p) type: (type_keyword string))])])
declare global { interface O { p: string } }
// ast: (enum_decl +declare (binding Q) members: [(enum_member (key R)) (enum_member (key S) initializer: (number 1))])
declare enum Q { R, S = 1 }
// ast: (export_decl (function_decl +declare (function name: (binding t) return_type: (type_keyword void))))
export declare function t(): void;
// ast: (export_decl (namespace_decl (binding U) body: [(type_alias_decl (binding V) (type_ref (identifier W)))]))
export namespace U { type V = W }
// ast: (export_decl (variables +const declarators: [(declarator (binding arguments) type: (type_ref (identifier X)))]))
export const arguments: X;
