// Modules: named, default, namespace, re-exported, type-only imports; live bindings; order of evaluation.
import def, { count, increase, type Options, default as again } from './counter';
import * as tools from './tools';
import { renamed as mine, Kind, deep } from './tools';
import type { Only } from './types';
import './effect';
import Klass from './klass';
console.log('main');
console.log(count, increase(), count, def(), again === def);
console.log(tools.helper(2), tools.VALUE, mine, Kind.name, deep, tools.nested.a, tools.list.join());
const options: Options = { n: 1 };
const only: Only = { s: 'typed' };
console.log(options.n, only.s, new Klass(3).n);
export const exported = { tools: tools.VALUE };
export { count as total, def as default };
// expect: counter
// expect: tools
// expect: effect
// expect: klass
// expect: main
// expect: 0 1 1 default 1 true
// expect: 4 value renamed Kind deep 1 1,2
// expect: 1 typed 3
