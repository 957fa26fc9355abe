console.log('counter');
export let count = 0;
export function increase() { return ++count; }
export interface Options { n: number }
export default function () { return 'default ' + count; }
