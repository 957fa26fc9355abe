import { helper } from './helper';
export interface Config { name: string }
export function App(config: Config) { return helper(config); }
