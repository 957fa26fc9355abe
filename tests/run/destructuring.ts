// Patterns in declarations, parameters, assignments, loops and catch clauses.
const { a, b: { c = 5, ...inner }, ...rest } = { a: 1, b: { d: 2, e: 3 }, f: 4, g: 5 } as any;
console.log(a, c, JSON.stringify(inner), JSON.stringify(rest));
const [first, , third = 3, ...others] = [1, 2, undefined, 4, 5];
console.log(first, third, others.join());
const [[x, [y]], { z }] = [[1, [2]], { z: 3 }] as any;
console.log(x, y, z);
const [m, n] = 'é😀';
console.log(m, n);
const [k, v] = new Map([['key', 'value']]).entries().next().value as any;
console.log(k, v);
let s: any, u: any, w: any = {};
[s, w.p, w['q'] = 9] = [1, 2];
({ s, u = s + 1, t: w.t } = { s: 5, t: 7 } as any);
console.log(s, u, w.p, w.q, w.t);
const swap = ([p, q]: number[], { r, ...more }: any = { r: 1, x: 2 }) => [q, p, r, Object.keys(more)].join();
console.log(swap([1, 2]), swap([3, 4], { r: 0 }));
for (const { id, tags: [tag] = ['none'] } of [{ id: 1 }, { id: 2, tags: ['t'] }] as any[]) console.log(id, tag);
for (const [key, { n: value }] of Object.entries({ one: { n: 1 }, two: { n: 2 } })) console.log(key, value);
try { throw { code: 42, message: 'm' }; } catch ({ code, message }: any) { console.log(code, message); }
const { length } = 'hello';
const { ['dyn' + 'amic']: dynamic = 'default', 0: zero } = [7] as any;
console.log(length, dynamic, zero);
const {} = {};
const [] = [];
const { nothing = undefined, none = null } = { none: undefined } as any;
console.log(nothing, none);
function f({ a = 1, b: { c = 2 } = {} as any } = {} as any, [d = 4] = [] as any) { return a + c + d; }
console.log(f(), f({ a: 10, b: { c: 20 } }, [30]));
const attempt = (run: () => unknown) => { try { run(); return 'ok'; } catch (e) { return (e as Error).name + ': ' + (e as Error).message; } };
const nil: any = undefined;
console.log(attempt(() => { const { p } = nil; return p; }));
console.log(attempt(() => { const { p: { q } } = { p: null } as any; return q; }));
console.log(attempt(() => (({ p }: any) => p)(undefined)));
console.log(attempt(() => { const [p] = {} as any; return p; }));
const arrays = [[1, 2], [3]];
for (let [p, q = p * 10] of arrays) { p++; console.log(p, q); }
const lazily = ({ p = (() => { console.log('computed'); return 1; })() }) => p;
console.log(lazily({ p: 2 }), lazily({}));
// expect: 1 5 {"d":2,"e":3} {"f":4,"g":5}
// expect: 1 3 4,5
// expect: 1 2 3
// expect: é 😀
// expect: key value
// expect: 5 6 2 9 7
// expect: 2,1,1,x 4,3,0,
// expect: 1 none
// expect: 2 t
// expect: one 1
// expect: two 2
// expect: 42 m
// expect: 5 default 7
// expect: undefined null
// expect: 7 60
// expect: TypeError: Cannot destructure property 'p' of 'nil' as it is undefined.
// expect: TypeError: Cannot read properties of null (reading 'q')
// expect: TypeError: Cannot destructure property 'p' of 'undefined' as it is undefined.
// expect: TypeError: {} is not iterable
// expect: 2 2
// expect: 4 30
// expect: computed
// expect: 2 1
