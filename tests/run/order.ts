// Evaluation order: operands, targets, arguments, keys, defaults.
const log: string[] = [];
const t = <T>(name: string, value: T): T => { log.push(name); return value; };
const flush = () => { console.log(log.join(' ')); log.length = 0; };

t('a', 1) + t('b', 2) * t('c', 3);
flush();
let x = 1;
const sum = x + (x = 10) + x;
console.log(sum);
const array = [0, 0, 0];
let i = 0;
array[i++] += t('value', 5);
array[i++] = i;
array[t('index', i)] ??= t('not', 1);
console.log(array.join(), i);
flush();
const o: any = { get g() { log.push('get'); return { m: (...all: number[]) => all.length }; } };
o.g.m(t('x', 1), t('y', 2));
flush();
t('object', { k: 1 } as any)[t('key', 'k')] = t('assigned', 2);
flush();
({ [t('k1', 'a')]: t('v1', 1), ...t('spread', { b: 2 }), [t('k2', 'c')]: t('v2', 3) });
flush();
const { [t('key1', 'p')]: p = t('default', 0), [t('key2', 'q')]: q = t('unused', 1) } = t('source', { q: 2 } as any);
console.log(p, q);
flush();
function f(a = t('da', 1), { b = t('db', 2) } = t('dobject', {} as any)) { return a + b; }
f(); f(5, { b: 1 });
flush();
t('left', false) && t('never', 1);
t('left', true) || t('never', 1);
t('left', null) ?? t('right', 1);
const n: any = t('nil', undefined);
n?.[t('skipped', 'k')]?.(t('skipped', 1)).more.and[t('more', 1)];
flush();
let a = 1, b = 2;
[a, b] = [b, a];
console.log(a, b);
const fns: any = { count: 0 };
const get = () => { fns.count++; return fns; };
get().count += 10;
get().z ||= 7;
get().z &&= 8;
get().z ??= 9;
console.log(fns.count, fns.z);
console.log([1, 2, 3].map(v => (log.push('' + v), v * 2)).join());
flush();
let u = 5;
console.log(u++ + ++u, u--, --u, u, (-u) ** 2);
try { (undefined as any).method(t('argument', 1)); } catch (e) { console.log((e as Error).message); }
try { o.missing(t('evaluated', 1)); } catch (e) { console.log((e as Error).message); }
flush();
// expect: a b c
// expect: 21
// expect: 5,2,0 2
// expect: value index
// expect: get x y
// expect: object key assigned
// expect: k1 v1 spread k2 v2
// expect: 0 2
// expect: source key1 default key2
// expect: da dobject db
// expect: left left left right nil
// expect: 2 1
// expect: 14 8
// expect: 2,4,6
// expect: 1 2 3
// expect: 12 7 5 5 25
// expect: Cannot read properties of undefined (reading 'method')
// expect: o.missing is not a function
// expect: evaluated
