export const a = 'a';
export type B = string;
export * from './more';
