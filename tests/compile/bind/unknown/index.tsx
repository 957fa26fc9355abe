/* One error for each cause: what comes from a module that was not found is not reported again. */
import { lost, alsoLost, type Lost, wrong } from './middle';
import * as middle from './middle';
import { anything } from './stars';
import Default from './middle';
let x: Lost;
const jsx = <lost.Provider />;
export { lost as again } from './middle';
import { default as standard } from "./there";
console.log(lost, alsoLost, wrong, x, middle.lost, middle.alsoLost, anything.more, Default, jsx, middle.never, standard);
class Derived extends lost.Base {}
console.log(new Derived());
// error: C0217 9:10
// error: C0222 10:105
