export type Kind = 'a';
export const one = 1, { two, inner: [first = 1] } = { two: 2, inner: [] as number[] };
export class Deepest {}
export default function named() { return one + first; }
