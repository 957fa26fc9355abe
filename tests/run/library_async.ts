// Promises and async functions settle in Node's order.
const log = console.log;
const tick = async (name: string, n: number) => { for (let i = 0; i < n; i++) { await null; log(name, i); } return name; };
const a = tick('a', 3), b = tick('b', 2);
Promise.resolve().then(() => log('p1')).then(() => log('p2')).then(() => log('p3'));
new Promise<number>((resolve) => { log('executor'); resolve(1); resolve(2); throw new Error('ignored'); }).then((v) => log('resolved', v));
new Promise((_, reject) => reject(new TypeError('bad'))).then(() => log('never'), (e) => log('rejected', e.message)).finally(() => log('finally'));
log('sync');
log(await Promise.all([a, b, 3]), await Promise.race([tick('slow', 5), tick('quick', 1)]));
log(await Promise.allSettled([Promise.reject('r'), 1, tick('c', 1)]));
log(await Promise.any([Promise.reject('r'), tick('d', 1)]));
try { await Promise.any([Promise.reject(1), Promise.reject(2)]); } catch (e: any) { log(e.name, e.message, e.errors); }
try { await Promise.all([tick('e', 1), Promise.reject(new Error('all fails'))]); } catch (e: any) { log(e.message); }
const nested = async () => { try { return await Promise.reject(new Error('inner')); } catch (e: any) { return 'caught ' + e.message; } finally { log('cleanup'); } };
log(await nested());
const returns = async () => { log('r1'); return Promise.resolve('from promise'); };
const order: string[] = [];
returns().then((v) => order.push(v));
Promise.resolve().then(() => order.push('1')).then(() => order.push('2')).then(() => order.push('3')).then(() => order.push('4'));
await tick('wait', 6);
log(order);
const thenable = { then(resolve: (v: string) => void) { log('then called'); resolve('thenable'); } };
log(await (thenable as any), await 5, await Promise.resolve(thenable));
log(await Promise.resolve(1).finally(() => 2), await Promise.reject(3).catch((x) => x + 1));
await Promise.reject(1).finally(() => { throw 2; }).catch((x) => log('finally threw', x));
const self: any = new Promise((resolve) => { Promise.resolve().then(() => resolve(self)); });
await self.catch((e: any) => log(e.message));
class Queue { items: string[] = []; async add(s: string) { await null; this.items.push(s); return this; } }
log(await (await new Queue().add('x')).add('y'));
const results: number[] = [];
for (const p of [Promise.resolve(1), 2, (async () => 3)()]) results.push(await p);
log(results, Promise.resolve(7), Promise.reject(8).catch(() => 0), new Promise(() => {}));
const deep = async (n: number): Promise<number> => (n === 0 ? 0 : 1 + (await deep(n - 1)));
log(await deep(200));
log([1, 2, 3].map(async (x) => x * 2), await Promise.all([1, 2, 3].map(async (x) => { await null; return x * 2; })));
try { new (Promise as any)(); } catch (e: any) { log(e.message); }
try { (Promise as any)(() => {}); } catch (e: any) { log(e.message); }
// expect: executor
// expect: sync
// expect: a 0
// expect: b 0
// expect: p1
// expect: resolved 1
// expect: rejected bad
// expect: a 1
// expect: b 1
// expect: p2
// expect: finally
// expect: a 2
// expect: p3
// expect: slow 0
// expect: quick 0
// expect: slow 1
// expect: slow 2
// expect: [ 'a', 'b', 3 ] quick
// expect: slow 3
// expect: c 0
// expect: slow 4
// expect: [
// expect:   { status: 'rejected', reason: 'r' },
// expect:   { status: 'fulfilled', value: 1 },
// expect:   { status: 'fulfilled', value: 'c' }
// expect: ]
// expect: d 0
// expect: d
// expect: AggregateError All promises were rejected [ 1, 2 ]
// expect: e 0
// expect: all fails
// expect: cleanup
// expect: caught inner
// expect: r1
// expect: wait 0
// expect: wait 1
// expect: wait 2
// expect: wait 3
// expect: wait 4
// expect: wait 5
// expect: [ '1', '2', 'from promise', '3', '4' ]
// expect: then called
// expect: then called
// expect: thenable 5 thenable
// expect: 1 4
// expect: finally threw 2
// expect: Chaining cycle detected for promise #<Promise>
// expect: Queue { items: [ 'x', 'y' ] }
// expect: [ 1, 2, 3 ] Promise { 7 } Promise { <pending> } Promise { <pending> }
// expect: 200
// expect: [ Promise { 2 }, Promise { 4 }, Promise { 6 } ] [ 2, 4, 6 ]
// expect: Promise resolver undefined is not a function
// expect: Promise constructor cannot be invoked without 'new'
