import { App, type Config } from './app';
console.log(App, null as unknown as Config);
