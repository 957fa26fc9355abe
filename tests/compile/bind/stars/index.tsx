export * from './one';
export * from './two';
export default 1;
export default class Two {}
export const same = 1;
export { same };
export { unknown };
const other = 2;
export { other as same };
declare const ghost: number;
console.log(ghost);
export { other as renamed };
// error: C0227 2:1
// error: C0211 4:22
// error: C0210 7:10
// error: C0226 9:19
// error: C0228 11:13
// differs from tsc: tsc reports every export of a name
