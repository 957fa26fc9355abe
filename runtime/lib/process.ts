/* 'creact/process': programs that keep running on the machine that the deploy binary runs on. */
import type { Provider } from './index';

export declare class ProcessProvider implements Provider {
  constructor();
  readonly kind: 'provider';
}

/** A program in the background. It is ready when its port answers, or a line of its log says so. */
export class LocalProcess {
  constructor(
    public props: {
      command: string[];
      /** The program sees these variables, PATH and HOME, and nothing else. */
      environment?: Record<string, string>;
      directory?: string;
      port?: number;
      /** Default '127.0.0.1'. */
      host?: string;
      ready?: {
        port?: number;
        /** Part of a line of the log. */
        log?: string;
        timeoutMs?: number;
      };
      /** Between the signals TERM and KILL. */
      stopTimeoutMs?: number;
      logFile?: string;
    },
  ) {}

  declare outputs: {
    pid: number;
    port: number;
    url: string;
    logFile: string;
  };
}
