// Valid TypeScript that is outside the subset.
// error: C1001 3:1
function* a() { yield 1; }
// error: C1001 5:5
x = function* () {};
// error: C1001 7:7
x = { *a() {} };
// error: C1001 10:11
// error: C1001 10:25
class B { *c() {} async *d() {} }
// error: C1002 12:1
@a class C {}
// error: C1002 16:11
// error: C1002 16:17
// error: C1002 16:39
class D { @a b; @c d() {} constructor(@e f) {} }
// error: C1003 18:8
import a = require("b");
// error: C1003 20:1
import c = A.B;
// error: C1004 22:1
export = a;
// error: C1005 24:5
x = import("a");
// error: C1006 26:1
with (a) { b; }
// error: C1007 28:15
namespace E { const a = 1; }
// error: C1007 30:17
namespace F.G { export function b() {} }
// error: C1009 32:23
function h() { return arguments; }
// error: C1009 34:29
function i() { return () => arguments[0]; }
// error: C1010 36:1
enum J { A, B = "c" }
// error: C1010 38:1
const enum K { A }
// error: C1011 40:1
using a = b;
// error: C1012 42:8
let a: ?string;
// error: C1012 44:8
let b: *;
// error: C1014 46:7
x = a == b;
// error: C1014 48:7
x = a != b + c;
// error: C1015 50:5
for await (const a of b) {}
// error: C1016 52:5
x = import.meta;
// error: C1017 54:23
function l() { return new.target; }
// error: C1018 56:5
x = 10n;
// error: C1019 58:11
class M { accessor a = 1; }
// error: C1020 60:1
export as namespace N;
// error: C1021 62:8
import typeof O from "p";
// error: C1022 64:10
x = tag<T>`a`;
