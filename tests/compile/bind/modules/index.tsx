import { a, type B, C } from './parts';
import def, { named as renamed } from './parts/default.js';
import * as all from './parts/index';
import type { OnlyType } from './types';
import { AlsoType } from './types';
import './parts/effect';
import { Shape } from './declared';
export { c2 } from './parts/more.tsx';
export * as more from './parts/more';
export type { Shape } from './declared';
const b: B = a;
let o: OnlyType = 1 as AlsoType;
console.log(b, C, def, renamed, all.a, all.missing, o, null as unknown as Shape, OnlyType);
// bind: import './types' -> types.ts erased
// bind: import './declared' -> declared.d.ts erased
// bind: import './parts/default.js' -> parts/default.ts
// bind: import './parts/effect' -> parts/effect.ts
// bind: import renamed 2:24 used -> function named of parts/default.ts
// bind: import C 1:21 used -> class C of parts/more.tsx
// bind: export c2: const c2 of parts/more.tsx
// bind: export more: namespace more
// bind: module parts/effect.ts
// bind: module types.ts not evaluated
// error: C0222 13:44
// error: C0216 13:82
