export { Deepest as default, one as renamed } from './defaults';
export * as nested from './defaults';
import { Deepest } from './defaults';
export class Holder extends Deepest {}
const x = 1;
export { x as 'quoted name' };
