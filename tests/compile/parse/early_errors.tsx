// What the grammar accepts and the language does not.
// error: C0010 3:8
x = <a></b>;
// error: C0010 5:15
x = <A.B><C /></A.C>;
// error: C0010 7:8
x = <>a</b>;
// error: C0016 9:10
x = <a b={} />;
// error: C0001 11:8
x = <a {b} />;
// error: C0011 13:7
const a;
// error: C0031 15:7
const { b };
// error: C0031 17:5
let [c];
// error: C0012 19:7
x = a ?? b || c;
// error: C0012 21:12
x = a && b ?? c;
// error: C0013 23:5
x = -1 ** 2;
// error: C0013 25:5
x = await a ** 2;
// error: C0013 27:5
x = typeof a ** 2;
// error: C0015 29:7
x = "a\101";
// error: C0015 31:7
x = "a\8";
// error: C0015 33:7
x = `a\1`;
// error: C0026 35:6
x = "\u{110000}";
// error: C0015 37:5
x = 010;
// error: C0015 39:5
x = 08;
// error: C0039 41:5
x = 3in a;
// error: C0017 43:16
function f() { await 1; }
// error: C0017 45:17
const g = () => await 1;
// error: C0017 48:15
// error: C0017 48:33
class H { i = await 1; static { await 2; } }
// error: C0018 50:1
return 1;
// error: C0019 52:1
break;
// error: C0020 54:1
continue;
// error: C0019 56:10
if (a) { break; }
// error: C0020 58:22
switch (a) { case 1: continue; }
// error: C0019 60:27
for (;;) { function j() { break; } }
// error: C0020 62:6
k: { continue k; }
// error: C0021 64:18
for (;;) { break l; }
// error: C0022 66:4
m: m: ;
// error: C0023 68:1
super();
// error: C0023 70:1
super.a;
// error: C0023 72:27
class N { constructor() { super(); } }
// error: C0023 74:27
class O extends P { m() { super(); } }
// error: C0023 76:16
function q() { super.r(); }
// error: C0024 78:8
if (a) let b = 1;
// error: C0024 80:11
while (a) const b = 1;
// error: C0024 82:8
if (a) function s() {}
// error: C0024 84:10
for (;;) class T {}
// error: C0024 86:4
t: let u = 1;
// error: C0025 88:1
1++;
// error: C0037 90:1
a?.b = 1;
// error: C0037 92:1
a?.b++;
// error: C0037 94:2
[a?.b] = c;
// error: C0037 96:6
new a?.b();
// error: C0037 98:5
a?.b`c`;
// error: C0029 100:8
delete a;
// error: C0029 102:9
delete (a);
// error: C0027 104:5
let undefined = 1;
// error: C0027 106:15
const { eval: arguments } = a;
// error: C0027 108:10
function yield() {}
// error: C0027 110:5
let await = 1;
// error: C0027 112:7
x = { await };
// error: C0028 114:9
const { ...a, b } = c;
// error: C0028 116:2
[...a, b] = c;
// error: C0028 118:12
function v(...a, b) {}
// error: C0041 120:12
function w(...a?) {}
// error: C0034 124:7
// error: C0034 124:31
// error: C0034 124:43
x = { get a(b) { return b; }, set c() {}, set d(e, f) {} };
// error: C0030 126:3
{ import y from "z"; }
// error: C0030 128:17
function aa() { export const b = 1; }
// error: C0032 130:1
new.target;
// error: C0033 132:8
x = /a/gg;
// error: C0033 134:8
x = /a/q;
// error: C0033 136:8
x = /a/uv;
// error: C0036 138:1
try {}
// error: C0025 140:2
[arguments] = a;
// error: C0025 142:1
eval = 1;
// error: C0027 144:4
({ bre\u0061k } = a);
// error: C0027 146:1
yi\u0065ld: 1;
// error: C0042 148:22
function cc(a = 1) { "use strict"; }
// error: C0042 150:16
x = ([a]) => { 'use strict'; };
// error: C0043 152:19
class DD { static prototype() {} }
// error: C0043 156:19
// error: C0043 156:30
// error: C0043 156:43
class EE { static prototype; constructor; 'constructor' = 1; }
// error: C0043 158:16
class FF { get constructor() { return 1; } }
// error: C0002 160:17
for (const a of b, c) {}
// error: C0001 162:1
{} * 1;
// error: C0001 164:3
g(,);
// error: C0001 166:5
g(a,, b);
// error: C0001 168:9
x = { a,, b };
// error: C0001 170:11
const { c,, d } = e;
// error: C0038 172:26
switch (a) { default: b; default: c; }
// error: C0040 174:29
class BB { constructor() {} constructor(a) {} }
