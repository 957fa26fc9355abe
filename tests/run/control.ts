// Statements: loops, labels, switch, try with every completion.
const log: string[] = [];
const say = (text: string | number) => { log.push(String(text)); };
const flush = () => { console.log(log.join(' ')); log.length = 0; };

let i = 0;
while (true) { if (++i > 5) break; if (i % 2) continue; say(i); }
do { say(i--); } while (i > 4);
for (;;) { break; }
for (let a = 0, b = 10; a < b; a += 3, b--) say(`${a}:${b}`);
flush();

outer: for (const x of [1, 2, 3]) {
  for (const y of [1, 2, 3]) {
    if (y === 2) continue outer;
    if (x === 3) break outer;
    say(`${x}${y}`);
  }
}
block: { say('in'); if (log.length) break block; say('never'); }
flush();

function kind(x: unknown) {
  switch (x) {
    case 1: say('one');
    case 2: say('two'); break;
    default: say('other');
    case 'last': { const scoped = 'last'; say(scoped); }
  }
}
kind(1); kind(2); kind('x'); kind('last');
flush();

function returns(how: number): string {
  for (const x of [1, 2]) {
    try {
      say(`try${x}`);
      if (how === 0) return 'returned';
      if (how === 1) continue;
      if (how === 2) break;
      if (how === 3) throw new Error('thrown');
    } catch (e) {
      say((e as Error).message);
      return 'caught';
    } finally {
      say('finally');
      if (how === 4) return 'overridden';
    }
  }
  return 'end';
}
for (let how = 0; how < 5; how++) { say(returns(how)); flush(); }

function nested() {
  try {
    try { throw 'first'; } finally { say('inner'); }
  } catch (e) { say(`caught ${e}`); try { throw 'second'; } catch { say('quiet'); } }
  finally { say('outer'); }
}
nested();
flush();
function rethrow() { try { throw 1; } catch (e) { throw (e as number) + 1; } finally { say('cleanup'); } }
try { rethrow(); } catch (e) { say(e as number); }
flush();
function swallow() { for (;;) { try { throw 1; } finally { break; } } return 'swallowed'; }
function chosen() { try { return say('a'), 'a'; } finally { say('b'); } }
function replaced() { let x = 1; try { return x; } finally { x = 2; } }
say(swallow()); say(chosen()); say(replaced());
flush();
function labelled() {
  let n = 0;
  again: while (n < 5) { n++; try { if (n < 3) continue again; if (n === 4) break again; } finally { say(n); } }
  return n;
}
say(labelled());
flush();
const deep = (n: number): number => { try { return n === 0 ? 0 : deep(n - 1) + 1; } finally { if (n === 2) say('two'); } };
say(deep(4));
flush();
if (0) say('no'); else if ('') say('no'); else say('yes');
say(1 ? 'a' : 'b'); say((null || undefined) ?? 'c'); say(+!!'x');
flush();
const object: Record<string, number> = { b: 1, 2: 2, a: 3, 1: 4 };
for (const key in object) say(key);
for (const key in 'hi') say(key);
for (const key in null as any) say(key);
flush();
for (const [key, value] of Object.entries(object)) say(`${key}=${value}`);
for (const c of 'añ😀') say(c.length);
flush();
let target: any = {};
for (target.x of [1, 2, 3]);
for (target['y'] in { k: 1 });
say(target.x); say(target.y);
flush();
// expect: 2 4 6 5 0:10 3:9 6:8
// expect: 11 21 in
// expect: one two two other last last
// expect: try1 finally returned
// expect: try1 finally try2 finally end
// expect: try1 finally end
// expect: try1 thrown finally caught
// expect: try1 finally overridden
// expect: inner caught first quiet outer
// expect: cleanup 2
// expect: swallowed a b a 1
// expect: 1 2 3 4 4
// expect: two 4
// expect: yes a c 1
// expect: 1 2 b a 0 1
// expect: 1=4 2=2 b=1 a=3 1 1 2
// expect: 3 k
