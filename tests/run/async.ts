export {};
// async functions, top-level await, microtask order, rejections.
const log: string[] = [];
const say = (text: string) => { log.push(text); };
async function step(name: string, value: number) {
  say(`${name} start`);
  await null;
  say(`${name} middle`);
  const result = await Promise.resolve(value);
  say(`${name} end`);
  return result * 2;
}
const pending = [step('a', 1), step('b', 2)];
say('sync');
console.log((await Promise.all(pending)).join(), log.join(' | '));
const fails = async () => { throw new Error('async boom'); };
try { await fails(); } catch (e) { console.log('caught', (e as Error).message); } finally { console.log('finally'); }
const settled = await Promise.allSettled([fails(), 1, Promise.reject('r')]);
console.log(settled.map(s => s.status + ':' + String((s as any).value ?? (s as any).reason)).join(' '));
class Service {
  constructor(private base: number) {}
  async total(...items: number[]) { let sum = this.base; for (const item of items) sum += await this.cost(item); return sum; }
  private cost = async (n: number) => n * 10;
}
console.log(await new Service(5).total(1, 2));
async function withFinally(how: string) {
  try { if (how === 'return') return await step('r', 5); if (how === 'throw') await fails(); return 'end'; }
  catch (e) { return 'caught ' + (e as Error).message; }
  finally { await null; say('cleanup'); }
}
log.length = 0;
console.log(await withFinally('return'), await withFinally('throw'), await withFinally('none'), log.join(' | '));
const order: number[] = [];
const chain = Promise.resolve().then(() => order.push(1)).then(() => order.push(3));
(async () => { await null; order.push(2); await null; order.push(4); })();
await chain;
await null;
console.log(order.join());
const nested = async (n: number): Promise<number> => n === 0 ? 0 : 1 + await nested(n - 1);
console.log(await nested(20), await (async () => { const f = async () => [await 1, await 2]; return (await f()).length; })());
console.log(await Promise.race([step('x', 1), Promise.resolve('fast')]), await { then(resolve: (v: string) => void) { resolve('thenable'); } });
for (const value of [Promise.resolve(1), 2]) console.log(await value);
// expect: 2,4 a start | b start | sync | a middle | b middle | a end | b end
// expect: caught async boom
// expect: finally
// expect: rejected:Error: async boom fulfilled:1 rejected:r
// expect: 35
// expect: 10 caught async boom end r start | r middle | r end | cleanup | cleanup | cleanup
// expect: 1,2,3,4
// expect: 20 2
// expect: fast thenable
// expect: 1
// expect: 2
