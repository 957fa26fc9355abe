import { lost, type Lost } from './nowhere';
export { lost };
export type { Lost };
export { alsoLost } from './nowhere';
export { wrong, default } from './there';
// error: C0212 1:33
// error: C0212 4:26
// error: C0217 5:10
// error: C0217 5:17
