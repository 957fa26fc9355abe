// Literals, templates, spreads, optional chains, operators.
console.log(1e21, 1e-7, 0.1 + 0.2, -0, 0xff, 1_000, 5 % 3, -5 % 3, 2 ** 10, 7 / 2);
console.log('quote " \\ \n'.length, 'tab\tend', 'unié\u{1F600}', `line
two`, "?\?=", '\0'.length, '\x41');
console.log([1, , 3].length, [...'ab', ...[1, 2], ...new Set([3, 3])].join(), { ...{ a: 1 }, b: 2, ...null }.b);
const fresh = () => ({ list: [1, { deep: true }], n: null });
const one: any = fresh(), two: any = fresh();
one.list[1].deep = false;
one.list.push(2);
console.log(two.list[1].deep, two.list.length, one.list.length, fresh() === fresh());
console.log(JSON.stringify({ 2: 'b', 1: 'a', z: 1, a: undefined, nested: [undefined, () => 1], a1: NaN }));
console.log({ a: 2 }, Object.keys({ b: 1, ...{ a: 2 }, ['b' + '']: 3 }).join());
const o: any = { f() { return this.v; }, v: 5, n: null, k: { l: [1, 2] } };
console.log(o.f?.(), o.g?.(), o?.k?.l?.[1], o.n?.x.y.z, o['f'](), o.k?.['l'].length, (o.n?.x) ?? 'dflt');
const key = 'v';
console.log(o[key], `${o.v}${key}${null}${undefined}${[1, 2]}${{}}`, typeof o, typeof null, typeof undefined, typeof key, typeof (() => 1));
console.log('v' in o, delete o.v, 'v' in o, void 0, !o, !!o, ~5, +'42', -'3', +'x', 5 & 3, 5 | 3, 5 ^ 3, 1 << 4, -16 >> 2, -16 >>> 28);
console.log(1 < 2, 'a' < 'b', '10' < '9', 2 <= 2, NaN === NaN, null == undefined, (0 as any) == null, 'b' > 'a', 3 >= 4);
console.log('5' + 1, 1 + 2 + '3', '3' + 1 + 2, [] + 'x', (null as any) + 1, true + (1 as any));
console.log(Math.max(...[1, 5, 3], 4), String(...['spread']), new Array(...[1, 2, 3]).length);
const joined = (first: string, ...rest: string[]) => first + rest.join('');
console.log(joined('a', ...['b', 'c'], 'd', ...'ef'), joined.apply(null, ['x', 'y'] as any), joined.call(null, 'p', 'q'));
console.log(/a(b+)c/i.test('xABBC'), 'a-b-c'.replace(/-/g, '+'), 'k=v'.match(/(\w)=(\w)/)?.[2]);
let u: any;
u ??= 'set'; u ||= 'no'; u &&= u + '!';
console.log(u, (1, 2), u ? 'yes' : 'no', null ?? (0 || 'zero'));
const frozen = Object.freeze({ a: 1 });
try { (frozen as any).a = 2; console.log('silent'); } catch (e) { console.log((e as Error).message); }
const big = 'x'.repeat(3) + `${1 + 1}` + `${'a'}${'b'}`;
console.log(big, `${1}${true}`, 'lone \ud83d'.length, '\ud83d' + '\ude00' === '😀');
const table = { id: 'x', tags: ['a', 'b'], size: { w: 1, h: 2 }, on: true, off: false, none: null, undef: undefined };
console.log(JSON.stringify(table), Object.keys(table).length);
console.log([[1, 2], [3]].map(([a, b = 0]) => a + b).join(), [3, 1, 2].sort((a, b) => a - b).join());
// expect: 1e+21 1e-7 0.30000000000000004 -0 255 1000 2 -2 1024 3.5
// expect: 11 tab	end unié😀 line
// expect: two ??= 1 A
// expect: 3 a,b,1,2,3 2
// expect: true 2 3 false
// expect: {"1":"a","2":"b","z":1,"nested":[null,null],"a1":null}
// expect: { a: 2 } b,a
// expect: 5 undefined 2 undefined 5 2 dflt
// expect: 5 5vnullundefined1,2[object Object] object object undefined string function
// expect: true true false undefined false true -6 42 -3 NaN 1 7 6 16 -4 15
// expect: true true true true false true false true false
// expect: 51 33 312 x 1 2
// expect: 5 spread 3
// expect: abcdef xy pq
// expect: true a+b+c v
// expect: set! 2 yes zero
// expect: Cannot assign to read only property 'a' of object '#<Object>'
// expect: xxx2ab 1true 6 true
// expect: {"id":"x","tags":["a","b"],"size":{"w":1,"h":2},"on":true,"off":false,"none":null} 7
// expect: 3,3 1,2,3
