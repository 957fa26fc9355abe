import type { DatabaseProps } from './types';
export default class Database { constructor(public props: DatabaseProps) {} }
export class Cache { constructor(public props: { size: number }) {} }
