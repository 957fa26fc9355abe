// Imports and exports.
// ast: (import default_name: (binding a) (string "a"))
import a from "a";
// ast: (import specifiers: [(import_specifier b (binding b)) (import_specifier c (binding d)) (import_specifier default (binding e)) (import_specifier +type-only F (binding F)) (import_specifier +type-only G (binding H))] (string "b"))
import { b, c as d, default as e, type F, type G as H } from "b";
// ast: (import namespace_name: (binding i) (string "c"))
import * as i from "c";
// ast: (import default_name: (binding j) specifiers: [(import_specifier k (binding k))] (string "d"))
import j, { k } from "d";
// ast: (import default_name: (binding l) namespace_name: (binding m) (string "e"))
import l, * as m from "e";
// ast: (import +bare (string "f"))
import "f";
// ast: (import +type-only specifiers: [(import_specifier N (binding N))] (string "g"))
import type { N } from "g";
// ast: (import +type-only default_name: (binding O) (string "h"))
import type O from "h";
// ast: (import specifiers: [(import_specifier string name (binding p))] (string "i"))
import { "string name" as p } from "i";
// ast: (import default_name: (binding data) (string "./data.json"))
import data from "./data.json" with { type: "json" };
// ast: (export_named specifiers: [(export_specifier (identifier a) a) (export_specifier (identifier b) c) (export_specifier (identifier d) default)])
export { a, b as c, d as default };
// ast: (export_named specifiers: [(export_specifier +type-only (identifier E) E) (export_specifier (identifier F) F)] source: (string "j"))
export { type E, F } from "j";
// ast: (export_named +type-only specifiers: [(export_specifier (identifier G) G)] source: (string "k"))
export type { G } from "k";
// ast: (export_named +type-only specifiers: [(export_specifier (identifier H) H)])
export type { H };
// ast: (export_all (string "l"))
export * from "l";
// ast: (export_all n (string "m"))
export * as n from "m";
// ast: (export_all +type-only (string "n"))
export type * from "n";
// ast: (export_all +type-only q (string "o"))
export type * as q from "o";
// ast: (export_decl (variables +const declarators: [(declarator (binding r) initializer: (number 1)) (declarator (binding s) initializer: (number 2))]))
export const r = 1, s = 2;
// ast: (export_decl (function_decl (function name: (binding t) body: (block))))
export function t() {}
// ast: (export_decl (function_decl (function +async name: (binding u) body: (block))))
export async function u() {}
// ast: (export_decl (class_decl (class name: (binding V))))
export class V {}
// ast: (export_decl +default (function_decl (function body: (block))))
export default function () {}
// ast: (export_decl +default (function_decl (function name: (binding named) body: (block))))
export default function named() {}
// ast: (export_decl +default (class_decl (class)))
export default class {}
// ast: (export_default (function +async +arrow +concise body: (number 1)))
export default async () => 1;
// ast: (export_default (function body: (block)))
export default (function () {});
// ast: (export_default (binary + (identifier a) (identifier b)))
export default a + b;
// ast: (export_decl (interface_decl (binding W)))
export interface W {}
// ast: (export_decl (type_alias_decl (binding X) (type_ref (identifier Y))))
export type X = Y;
// ast: (export_decl (variables +declare +const declarators: [(declarator (binding z) type: (type_keyword number))]))
export declare const z: number;
// ast: (export_decl +default (interface_decl (binding Z)))
export default interface Z {}
