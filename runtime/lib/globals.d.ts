/* The globals of the language that TypeScript's own "lib": ["ES2022"] does not declare. The interfaces merge with
 * those of other type packages, so a project that has such packages still type-checks.                           */

interface Console {
  debug(...data: any[]): void;
  error(...data: any[]): void;
  info(...data: any[]): void;
  log(...data: any[]): void;
  warn(...data: any[]): void;
}
declare var console: Console;

declare namespace NodeJS {
  interface ProcessEnv {
    [name: string]: string | undefined;
  }
  interface Process {
    /** Variables read while rendering are recorded: the plan lists them. */
    env: ProcessEnv;
    cwd(): string;
  }
}
declare var process: NodeJS.Process;

declare function structuredClone<T>(value: T): T;
