import { useState } from 'creact';
let a = 1;
const a = 2;
let useState = 3;
function f(x: number, x: string) {
  let x = 1;
  return x;
}
function g() { return 1; }
function g() { return 2; }
class C {}
const C = 1;
function overloaded(x: string): string;
function overloaded(x: number): number;
function overloaded(x: any) { return x; }
var twice = 1;
var twice = 2;
var twice2 = 1;
let twice2 = 2;
interface Shape { a: number }
interface Shape { b: number }
type Alias = string;
type Alias = number;
const Both = 1;
type Both = string;
function inner() {
  let y = 1;
  {
    let y = 2;
    var z = y;
  }
  {
    let w = 1;
    {
      var w = 2;
    }
  }
  try { g(); } catch (e) { let e = 1; console.log(e); }
  try { g(); } catch (e) { { let e = 1; console.log(e); } }
  return z + y;
}
function shadow(p: number) {
  if (p) { let p = 2; return p; }
  var p = 3;
  return p;
}
const named = function self(self: number) { return self; };
console.log(a, useState, f, C, overloaded, twice, twice2, Both, inner, shadow, named);
export type { Shape, Alias };
// error: C0201 3:7
// error: C0203 4:5
// error: C0202 5:23
// error: C0201 6:7
// error: C0204 10:10
// error: C0201 12:7
// error: C0201 18:5
// error: C0202 23:6
// error: C0201 35:11
// error: C0201 38:32
// differs from tsc: tsc reports both declarations, and has other numbers for var and catch
