import { useState } from 'creact';
import * as creact from 'creact';
const fixed = 1;
fixed = 2;
fixed += 3;
fixed++;
({ fixed } = { fixed: 1 });
[fixed] = [1];
for (fixed of [1, 2]) console.log(fixed);
useState = null as any;
creact = null as any;
function f() {}
f = null as any;
class C {}
C = null as any;
let free = 1;
free = 2;
for (const x of [1]) { x = 2; }
const own = function me() { me = null as any; };
function parameters(p: number) { p = 2; return p; }
undefinedName = 1;
console.log(free, own, parameters);
// bind: let free 16:5 used assigned
// bind: parameter p 20:21 used assigned
// error: C0205 4:1
// error: C0205 5:1
// error: C0205 6:1
// error: C0205 7:4
// error: C0205 8:2
// error: C0205 9:6
// error: C0206 10:1
// error: C0206 11:1
// error: C0207 13:1
// error: C0208 15:1
// error: C0205 18:24
// error: C0207 19:29
// error: C0215 21:1
