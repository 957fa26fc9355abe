// Engine messages, word for word as V8 has them.
export {};
const t = (f: () => unknown) => { try { f(); console.log('no error'); } catch (e) { console.log((e as Error).name + ': ' + (e as Error).message); } };
const o: any = { f() {}, n: 5, nil: null };
t(() => { const { p: { q } } = { p: null } as any; return q; });
t(() => { const { p: { q } = undefined as any } = { p: undefined } as any; return q; });
t(() => { for (const { id } of [null] as any) return id; });
t(() => { const [{ a }] = [null] as any; return a; });
t(() => { try { throw null; } catch ({ m }: any) { return m; } });
t(() => { let q; ({ q } = o.x); return q; });
t(() => { const { q } = o.x; return q; });
t(() => { const { q } = o.x.y; return q; });
t(() => { const { q } = o.f(); return q; });
t(() => (({ a }: any) => a)(null));
t(() => (({ a }: any) => a)(undefined));
t(() => (({ a: { b } }: any) => b)({}));
t(() => { for (const x of o.list) return x; });
t(() => { for (const x of o.n) return x; });
t(() => { const [a] = o.list; return a; });
t(() => { const [a] = o; return a; });
t(() => { const [a, b = 1] = o; return a + b; });
t(() => o.missing());
t(() => o.n.deeper.still);
t(() => o.nil.method());
t(() => o['n']());
t(() => o.f.g.h());
t(() => o.list[0]);
t(() => (o as any)());
t(() => new o.n());
t(() => new (o as any).f());
t(() => 'x' in o.n);
t(() => (1 as any) instanceof o);
t(() => o.f()());
t(() => null!.x);
t(() => (undefined as any)[o.n]);
t(() => { o.nil.x = 1; });
t(() => { (undefined as any)['k'] = 1; });
t(() => o.list.map((x: any) => x));
t(() => o?.n.x.y);
t(() => { throw new TypeError('own'); });
t(() => 'x'.repeat(-1));
t(() => new Array(-1));
t(() => (1).toFixed(101));
t(() => { const f: any = () => f(); f(); });
// expect: TypeError: Cannot read properties of null (reading 'q')
// expect: TypeError: Cannot destructure property 'q' of 'undefined' as it is undefined.
// expect: TypeError: Cannot destructure property 'id' of '.for' as it is null.
// expect: TypeError: Cannot read properties of null (reading 'a')
// expect: TypeError: Cannot destructure property 'm' of '.catch' as it is null.
// expect: TypeError: Cannot destructure property 'q' of 'o.x' as it is undefined.
// expect: TypeError: Cannot destructure property 'q' of 'o.x' as it is undefined.
// expect: TypeError: Cannot read properties of undefined (reading 'y')
// expect: TypeError: Cannot destructure property 'q' of 'o.f(...)' as it is undefined.
// expect: TypeError: Cannot destructure property 'a' of 'object null' as it is null.
// expect: TypeError: Cannot destructure property 'a' of 'undefined' as it is undefined.
// expect: TypeError: Cannot read properties of undefined (reading 'b')
// expect: TypeError: o.list is not iterable
// expect: TypeError: o.n is not iterable
// expect: TypeError: undefined is not iterable (cannot read property Symbol(Symbol.iterator))
// expect: TypeError: o is not iterable
// expect: TypeError: o is not iterable
// expect: TypeError: o.missing is not a function
// expect: TypeError: Cannot read properties of undefined (reading 'still')
// expect: TypeError: Cannot read properties of null (reading 'method')
// expect: TypeError: o.n is not a function
// expect: TypeError: Cannot read properties of undefined (reading 'h')
// expect: TypeError: Cannot read properties of undefined (reading '0')
// expect: TypeError: o is not a function
// expect: TypeError: o.n is not a constructor
// expect: TypeError: o.f is not a constructor
// expect: TypeError: Cannot use 'in' operator to search for 'x' in 5
// expect: TypeError: Right-hand side of 'instanceof' is not callable
// expect: TypeError: o.f(...) is not a function
// expect: TypeError: Cannot read properties of null (reading 'x')
// expect: TypeError: Cannot read properties of undefined (reading '5')
// expect: TypeError: Cannot set properties of null (setting 'x')
// expect: TypeError: Cannot set properties of undefined (setting 'k')
// expect: TypeError: Cannot read properties of undefined (reading 'map')
// expect: TypeError: Cannot read properties of undefined (reading 'y')
// expect: TypeError: own
// expect: RangeError: Invalid count value: -1
// expect: RangeError: Invalid array length
// expect: RangeError: toFixed() digits argument must be between 0 and 100
// expect: RangeError: Maximum call stack size exceeded
