export function outer(a: number, b: number) {
  let count = 0;
  const fixed = a;
  function increment() {
    count++;
    return () => count + fixed;
  }
  for (let i = 0; i < 3; i++) {
    const doubled = i * 2;
    list.push(() => i + doubled);
  }
  for (const x of list) x();
  {
    let unused = 1;
    unused += b;
  }
  return increment;
}
const list: (() => number)[] = [];
export class Counter {
  total = 0;
  step = (by: number) => { this.total += by; };
  static made = [() => this];
  constructor(public props: { start: number }) {
    const begin = () => props.start;
    this.total = begin();
  }
  add() { return () => this.total; }
  plain() { return 1; }
}
export const tree = function walk(n: number): number { return n > 0 ? [1].map(() => walk(n - 1)).length : 0; };
export const top = await Promise.resolve(1);
export async function later() { await top; }
function Local() {
  class Inner { value = count; method() { return count; } }
  const count = 1;
  return Inner;
}
console.log(Local);
// bind: let count 2:7 used assigned captured
// bind: const fixed 3:9 used captured
// bind: let i 8:12 used assigned captured
// bind: const doubled 9:11 used captured
// bind: parameter b 1:34 used
// bind: const list 19:7 used
// bind: function 2 increment 4:3 hoisted captures count, fixed
// bind: function 3 6:12 arrow captures count, fixed
// bind: function 4 10:15 arrow captures i, doubled
// bind: scope loop of function 1 8:3 captured
// bind: parameter props 24:22 used captured
// bind: self walk 31:30 used captured
// bind: function 0 async await
// bind: module captures.tsx await
