export class C {}
export const c2 = 1;
