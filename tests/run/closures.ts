// Captured variables, fresh bindings for each iteration, `this` of arrows, hoisting.
const makers: (() => number)[] = [];
for (let i = 0; i < 3; i++) {
  makers.push(() => i);
  i += 0;
}
console.log(makers.map(make => make()).join(' '));
const late: (() => string)[] = [];
for (let i = 0, text = ''; i < 3; i++, text += '!') {
  late.push(() => `${i}${text}`);
  if (i === 1) text = 'x';
}
console.log(late.map(make => make()).join(' '));
const named: (() => string)[] = [];
for (const name of ['a', 'b']) named.push(() => name);
for (const key in { p: 1, q: 2 }) named.push(() => key);
console.log(named.map(make => make()).join(' '));

function counter() {
  let count = 0;
  return { up: () => ++count, down() { return --count; }, get now() { return count; } };
}
const one = counter(), two = counter();
one.up(); one.up(); two.down();
console.log(one.now, two.now);

class Timer {
  ticks = 0;
  later = () => ++this.ticks;
  both() { return [1, 2].map(() => { this.ticks++; return () => this.ticks; }); }
}
const timer = new Timer();
const later = timer.later;
later(); later();
console.log(timer.both().map(read => read()).join(' '));

console.log(hoisted(3));
function hoisted(n: number): number { return n === 0 ? 0 : n + inner(n); function inner(m: number) { return hoisted(m - 1); } }

const fact = function self(n: number): number { return n < 2 ? 1 : n * [n - 1].map(m => self(m))[0]; };
console.log(fact(5), fact.name);
let shadow = 'outer';
{
  let shadow = 'inner';
  const show = () => shadow;
  shadow += '!';
  console.log(show());
}
console.log(shadow);
var before = typeof after;
var after = 1;
console.log(before, after);
function parameters(a: number, b = () => a, c = b() + 1) { a = 10; return [a, b(), c].join(' '); }
console.log(parameters(1));
const anonymous = [() => 1, function () { return 2; }];
const holder = { arrow: () => 1, ['comp' + 'uted']: () => 2 };
console.log(anonymous[0].name === '', holder.arrow.name, (() => {}).length, ((a: number, b: number, ...c: number[]) => a).length);
// expect: 0 1 2
// expect: 0 1x 2x!
// expect: a b p q
// expect: 2 -1
// expect: 4 4
// expect: 6
// expect: 120 self
// expect: inner!
// expect: outer
// expect: undefined 1
// expect: 10 10 2
// expect: true arrow 0 2
