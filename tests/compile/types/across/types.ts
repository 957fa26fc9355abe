export interface DatabaseProps { engine: 'postgres' | 'mysql'; version: string }
export type Stage = 'dev' | 'prod';
