export * from './nowhere';
// error: C0212 1:15
