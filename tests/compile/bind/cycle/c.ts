import { a } from './a'; export const c = () => a;
// error: C0229 1:19
