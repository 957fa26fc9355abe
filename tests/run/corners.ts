// Corners: optional chains that end at a parenthesis, for-in over an object that shrinks, signs behind `<`, what a message
// calls the thing that cannot be iterated, patterns made of text, cube roots, names that C has taken, text that C reads in its way.
const a: any = { b: { c: 1, f() { return this.c; }, g: null }, k: 'x' };
const n: any = null, u: any = undefined, o: any = { n: null, f: 5, g: {} };
const fails = (f: () => unknown) => { try { f(); console.log('no error'); } catch (e: any) { console.log(`${e.name}: ${e.message}`); } };

console.log((a?.b.f)(), (a.b?.f)(), (a?.b)!.f(), (a?.['b']['f'])(), (n?.f)?.(), (a?.b).c);
fails(() => (n?.f)());
fails(() => (a?.b)());
fails(() => (n?.b).c);
let count = 0;
n?.[count++].x(count++);
console.log(count, delete n?.b, delete n?.b[count++].c, delete a?.b?.c, delete a?.b['g'], a, count);

const shrinking: any = { a: 1, b: 2, c: 3 };
for (const key in shrinking) { delete shrinking.b; shrinking.d = 1; console.log(key); }
for (const key in ['x', 'y']) console.log(key);
for (const key in 'xy' as any) console.log(key);
for (const key in n) console.log(key);

console.log(count < (-1), count < ( - 1), count < (+.5), count < ((-2) + 9), count < (~1), `${count < (-1)}`, 'a <(-1)');
for (let i = 0; i < (-1 + 3); i++) console.log(i);

fails(() => { const [x] = n; });
fails(() => { const [x] = u; });
fails(() => { const [x] = o.n; });
fails(() => { const [x] = o.f; });
fails(() => { const [x] = (() => { })() as any; });
fails(() => [...n]);
fails(() => [1, ...o.g]);
fails(() => Math.max(...n));
fails(() => Math.max(1, ...o.g));
fails(() => { for (const x of o.f) console.log(x); });
fails(() => 'a'.replaceAll(/a/, 'b'));

console.log(new RegExp('a/b[/]\\/').source, new RegExp('\n').source, [new RegExp('/', 'g')], new RegExp('a/b').test('a/b'), new RegExp(/x\/y/).source);
console.log(Math.cbrt(27), Math.cbrt(-0), Math.cbrt(2));

const int = 1, errno = 2, NULL = 3, main = 4, unix = 5, linux = 6, stdin = 7, register = 8, restrict = 9, _Bool = 10, EOF = 11,
  asm = 12, double = 13, struct = 14, goto = 15, sizeof = 16, cr_value = 17, cx = 18, CR_EXCEPTION = 19, I = 20, __LINE__ = 21,
  assert = 22, environ = 23, argv = 24, argc = 25, self = 26, L1 = 27, r1 = 28, c1 = 29, ünïcödé = 30, 变量 = 31, \u0061bc = 32, $ = 33;
console.log(int + errno + NULL + main + unix + linux + stdin + register + restrict + _Bool + EOF + asm + double + struct + goto + sizeof
  + cr_value + cx + CR_EXCEPTION + I + __LINE__ + assert + environ + argv + argc + self + L1 + r1 + c1 + ünïcödé + 变量 + abc + $);
function signed(int: number, ...volatile: number[]) { const goto = () => int + volatile.length; return goto(); }
class union { static int = 1; char = 2; static struct() { return union.int; } }
console.log(signed(1, 2, 3), new union().char, union.struct());
console.log('*/ /* ??= ??/ ??\' "quoted" \\ %s %d \x7f', '\x001'.length, '\0' + '8' === '\x008', '//', '\\n', JSON.stringify('\ud800 \u{10FFFF}'));
console.log(Object.keys({ '*/': 1, '"': 2, '\\': 3, '??/': 4, int: 5, '': 6 }), /["\\??=]*\//.source, `${'*/'}`);
const hash = (text: string) => text.length, module = 'm'; // names that generated files have of their own
function code() { return hash('code') + module; }
console.log(code());
// a comment that ends in a backslash \
console.log('kept'); // ??/
console.log('kept too');
// expect: 1 1 1 1 undefined 1
// expect: TypeError: (intermediate value) is not a function
// expect: TypeError: (intermediate value) is not a function
// expect: TypeError: Cannot read properties of undefined (reading 'c')
// expect: 0 true true true true { b: { f: [Function: f] }, k: 'x' } 0
// expect: a
// expect: c
// expect: 0
// expect: 1
// expect: 0
// expect: 1
// expect: false false true true false false a <(-1)
// expect: 0
// expect: 1
// expect: TypeError: n is not iterable
// expect: TypeError: u is not iterable
// expect: TypeError: object null is not iterable (cannot read property Symbol(Symbol.iterator))
// expect: TypeError: number 5 is not iterable (cannot read property Symbol(Symbol.iterator))
// expect: TypeError: undefined is not iterable (cannot read property Symbol(Symbol.iterator))
// expect: TypeError: n is not iterable
// expect: TypeError: o.g is not iterable
// expect: TypeError: n is not iterable (cannot read property null)
// expect: TypeError: Spread syntax requires ...iterable[Symbol.iterator] to be a function
// expect: TypeError: o.f is not iterable
// expect: TypeError: String.prototype.replaceAll called with a non-global RegExp argument
// expect: a\/b[/]\/ \n [ /\//g ] true x\/y
// expect: 3 -0 1.2599210498948732
// expect: 561
// expect: 3 2 1
// expect: */ /* ??= ??/ ??' "quoted" \ 2 1  // \n "\ud800 􏿿"
// expect: [ '*/', '"', '\\', '??/', 'int', '' ] ["\\??=]*\/ */
// expect: 4m
// expect: kept
// expect: kept too
