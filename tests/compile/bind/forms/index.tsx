import def, * as ns from './defaults';
import { default as again, type Kind, type default as OnlyType } from './defaults';
import {} from './empty';
import Chained, { renamed, nested, Holder } from './chain';
import { 'quoted name' as quoted } from './chain';
import nul from './a\0b';
export {};
export { default as reexported, default } from './anonymous';
export * as everything from './defaults';
const kind: Kind = 'a';
const chained: Chained = new Chained();
const other: OnlyType = def;
console.log(def(), ns.default(), again(), nested.default(), nested.two, nested.three, renamed, chained, kind, other, Holder, quoted, nul);
// bind: import './empty' -> empty.ts erased
// bind: export default: default default of anonymous.tsx
// bind: export reexported: default default of anonymous.tsx
// bind: import Chained 4:8 used -> class Deepest of defaults.ts
// bind: import renamed 4:19 used -> const one of defaults.ts
// bind: import nested 4:28 used -> namespace nested of chain.ts
// error: C0214 6:17
// error: C0223 12:14
// error: C0222 13:80
