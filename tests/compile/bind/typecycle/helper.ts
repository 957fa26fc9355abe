import { Config } from './app';
export const helper = (config: Config) => config.name;
// bind: import './app' -> app.tsx erased
