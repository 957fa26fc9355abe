export * from './deep';
export { original as renamed } from './original';
export const VALUE = 'value';
export const helper = (n: number) => n * 2;
export class Kind {}
export const nested = { a: 1 }, [one, two] = [1, 2], list = [one, two];
console.log('tools');
