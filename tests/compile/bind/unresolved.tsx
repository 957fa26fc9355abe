import { useState } from 'creact';
const counter = 1;
console.log(countr);
console.log(useInstance);
console.log(useStat);
console.log(consle);
console.log(nothingLikeThisAnywhere);
function App() {
  return <Contaner name="x" />;
}
let t: Strng = '';
let u: Recrod<string, number> = {};
let v: NoSuchType;
type Local = { a: string };
let w: Locl;
type T = Local;
console.log(Local);
console.log(typeof undeclared);
let q: typeof counter = 1;
let r: counter;
interface Props { p: Promise<Map<string, NodeJS.ProcessEnv>>; e: Error; c: Console }
console.log(App, t, u, v, w, q, r, useState, null as unknown as T, null as unknown as Props);
// error: C0215 3:13
// error: C0210 4:13
// error: C0215 5:13
// error: C0215 6:13
// error: C0210 7:13
// error: C0210 9:11
// error: C0215 11:8
// error: C0215 12:8
// error: C0210 13:8
// error: C0215 15:8
// error: C0216 17:13
// error: C0210 18:20
// error: C0223 20:8
