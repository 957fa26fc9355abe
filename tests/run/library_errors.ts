// Error objects: classes, causes, text.
export {};
class AppError extends Error { code: number; constructor(message: string, code: number) { super(message); this.name = 'AppError'; this.code = code; } }
class Plain extends Error {}
class Wrapped extends RangeError { constructor(m: string, options?: any) { super(m, options); } }
const show = (e: any) => console.log(String(e), e.name, e.message, e instanceof Error, Object.keys(e), JSON.stringify(e), e.stack.split('\n')[0]);
show(new Error('plain')); show(new AppError('app', 7)); show(new Plain('p')); show(new Wrapped('w', { cause: 'c' })); show(new TypeError()); show(Error('called'));
console.log(new Wrapped('w', { cause: 'why' }).cause, 'cause' in new Error('x'), new Error('x', { cause: undefined }).hasOwnProperty('cause'));
const e: any = new AppError('x', 1);
console.log(e instanceof AppError, e instanceof RangeError, e.constructor.name, Object.prototype.toString.call(e), e.toString());
e.message = 'changed'; console.log(String(e), e.stack.includes('changed'));
console.log(Object.getOwnPropertyNames(new Error('m')), Error.prototype.name, Error.prototype.message === '', AppError.name, Error.length);
console.log(String({ toString() { return 'custom'; } }), `${[1, [2]]}`, String(null), `${{}}`);
const caught = (f: () => unknown) => { try { f(); return 'none'; } catch (x: any) { return `${x.name}: ${x.message}`; } };
console.log(caught(() => { const o: any = {}; o.a = o; return JSON.stringify(o); }));
console.log(caught(() => { const o: any = { b: { c: [1] } }; o.b.c.push(o); return JSON.stringify(o); }));
console.log(caught(() => { const o: any = { b: { c: { d: {} } } }; o.b.c.d.e = o.b; return JSON.stringify(o); }));
console.log(caught(() => 'x'.repeat(-1)), caught(() => [].reduce((a: any) => a)), caught(() => (5 as any).toFixed(200)), caught(() => new Array(-1)));
console.log(caught(() => structuredClone([Promise.resolve(1)])), caught(() => decodeURIComponent('%')), caught(() => 'abc'.repeat(2 ** 29)));
console.log(caught(() => Object.freeze([1]).concat(2).push(3)), caught(() => (Object.freeze([1]) as any).push(2)), caught(() => { (Object.freeze({ a: 1 }) as any).a = 2; }));
console.log(caught(() => { const f = (): number => f() + 1; return f(); }));
console.log(caught(() => [3, 1].sort(5 as any)), caught(() => [1].map(5 as any)), caught(() => new Map(5 as any)), caught(() => new Set(5 as any)), caught(() => new Map([1 as any])));
const clone = structuredClone({ d: [1, { e: new Map([[1, new Set([2])]]) }], n: -0, err: new RangeError('r') });
console.log(clone.d, clone.n, clone.err.message, clone.err instanceof RangeError);
const shared: any = { x: 1 }; const twice = structuredClone({ a: shared, b: shared }); console.log(twice.a === twice.b, twice.a !== shared);
console.log(JSON.stringify({ d: { toJSON(k: string) { return 'json ' + k; } }, u: undefined, f() {}, n: NaN, l: [undefined, () => 1], s: new Set([1]), m: new Map([[1, 2]]) }));
console.log(JSON.stringify({ a: 1, b: [1, 2], c: { d: 3 } }, (k, v) => (typeof v === 'number' ? v * 10 : v)), JSON.parse('{"a":[1,{"b":2}]}', (k, v) => (k === 'b' ? undefined : v)));
const bound = function (this: any, a: number, b: number) { return [this.k, a, b]; }.bind({ k: 'K' }, 1);
console.log(bound(2), bound.name, bound.length, Math.max.apply(null, [1, 3]), Array.prototype.slice.call([1, 2, 3], 1), [].concat.call([1], 2 as any));
// expect: Error: plain Error plain true [] {} Error: plain
// expect: AppError: app AppError app true [ 'code', 'name' ] {"code":7,"name":"AppError"} AppError: app
// expect: Error: p Error p true [] {} Error: p
// expect: RangeError: w RangeError w true [] {} RangeError: w
// expect: TypeError TypeError  true [] {} TypeError
// expect: Error: called Error called true [] {} Error: called
// expect: why false true
// expect: true false AppError [object Error] AppError: x
// expect: AppError: changed true
// expect: [ 'stack', 'message' ] Error true AppError 1
// expect: custom 1,2 null [object Object]
// expect: TypeError: Converting circular structure to JSON
// expect:     --> starting at object with constructor 'Object'
// expect:     --- property 'a' closes the circle
// expect: TypeError: Converting circular structure to JSON
// expect:     --> starting at object with constructor 'Object'
// expect:     |     property 'b' -> object with constructor 'Object'
// expect:     |     property 'c' -> object with constructor 'Array'
// expect:     --- index 1 closes the circle
// expect: TypeError: Converting circular structure to JSON
// expect:     --> starting at object with constructor 'Object'
// expect:     |     property 'c' -> object with constructor 'Object'
// expect:     |     property 'd' -> object with constructor 'Object'
// expect:     --- property 'e' closes the circle
// expect: RangeError: Invalid count value: -1 TypeError: Reduce of empty array with no initial value RangeError: toFixed() digits argument must be between 0 and 100 RangeError: Invalid array length
// expect: DataCloneError: #<Promise> could not be cloned. URIError: URI malformed RangeError: Invalid string length
// expect: none TypeError: Cannot add property 1, object is not extensible TypeError: Cannot assign to read only property 'a' of object '#<Object>'
// expect: RangeError: Maximum call stack size exceeded
// expect: TypeError: The comparison function must be either a function or undefined TypeError: 5 is not a function TypeError: number 5 is not iterable (cannot read property Symbol(Symbol.iterator)) TypeError: number 5 is not iterable (cannot read property Symbol(Symbol.iterator)) TypeError: Iterator value 1 is not an entry object
// expect: [ 1, { e: Map(1) { 1 => [Set] } } ] -0 r true
// expect: true true
// expect: {"d":"json d","n":null,"l":[null,null],"s":{},"m":{}}
// expect: {"a":10,"b":[10,20],"c":{"d":30}} { a: [ 1, {} ] }
// expect: [ 'K', 1, 2 ] bound  1 3 [ 2, 3 ] [ 1, 2 ]
