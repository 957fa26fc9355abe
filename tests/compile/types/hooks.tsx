import * as creact from 'creact';
import { createStore, useContext, useEffect, useInstance, useMemo, useState, createContext } from 'creact';
class Thing { constructor(public props: { n: number }) {} declare outputs: { id: string }; method() { return useState(1); } }
const Ctx = createContext(0);
const outside = useState(0);
function useThing(n: number) { return useInstance(Thing, { key: n, n }); }
function usePlain(n: number) { return n + 1; }
const useDeep = (n: number) => useThing(n).outputs.id;
export function App({ on, items }: { on: boolean; items: number[] }) {
  const first = useThing(0);
  const plain = on ? usePlain(1) : 0;
  if (on) { useState(1); } else { creact.useState(2); }
  const picked = on ? useDeep(1) : on && useContext(Ctx);
  for (const item of items) useInstance(Thing, { key: item, n: item });
  for (let i = 0; i < 3; i++) { if (on) useState(i); }
  while (useMemo(() => false, [])) useState(1);
  do { useState(1); } while (on);
  items.map((n) => useThing(n));
  useEffect(() => { useState(1); }, []);
  switch (items.length) { case 1: useState(1); }
  try { useState(1); } catch { useState(2); }
  const memo = useMemo(() => usePlain(1), []);
  function helper() { return useState(1); }
  const Inner = () => { const [x] = useState(1); return <Thing n={x} />; };
  if (!first) return null;
  useState(3);
  return <>{plain}{picked}{memo}{helper()}<Inner /></>;
}
function withState(Wrapped: () => null) { return () => { useState(1); return <Wrapped />; }; }
function helperOfComponents() { return useState(1); }
function Last() {
  const [a] = useState(0);
  if (a) { console.log(() => { return 1; }); }
  const [b] = useState(0);
  return a ? <>{b}</> : null;
}
console.log(outside, withState, helperOfComponents, Last, createStore('x', 1));
// error: C3005 3:110
// error: C3005 5:17
// error: C3001 12:13
// error: C3001 12:35
// error: C3001 13:23
// error: C3001 13:42
// error: C3002 14:29
// error: C3002 15:41
// error: C3002 16:10
// error: C3002 16:36
// error: C3002 17:8
// error: C3003 18:20
// error: C3003 19:21
// error: C3001 20:35
// error: C3001 21:32
// error: C3003 23:30
// error: C3004 26:3
