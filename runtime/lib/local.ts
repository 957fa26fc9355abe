/* 'creact/local': files, folders and commands of the machine that the deploy binary runs on. */
import type { Provider } from './index';

export declare class LocalProvider implements Provider {
  constructor();
  readonly kind: 'provider';
}

/** A file with the given content, or a copy of `source`. A file that stands in the way is not overwritten. */
export class LocalFile {
  constructor(
    public props: {
      /** Relative to the working directory. Another path is another file: the old one is removed. */
      path: string;
      content?: string;
      /** A file to copy. Either this or `content`. */
      source?: string;
      /** Permissions in octal; default '0644'. */
      mode?: string;
    },
  ) {}

  declare outputs: {
    path: string;
    bytes: number;
    /** XXH3 of the content. */
    digest: string;
    /** Permissions in octal. */
    mode: string;
    /** XXH3 of the content of `source`. */
    sourceDigest?: string;
  };
}

/** A folder. It is removed only when it is empty. */
export class LocalDirectory {
  constructor(
    public props: {
      path: string;
      /** Permissions in octal; default '0755'. */
      mode?: string;
    },
  ) {}

  declare outputs: {
    path: string;
    /** Permissions in octal. */
    mode: string;
  };
}

/** Commands of the shell. They may run again when a deployment was cut short, so let them be idempotent.
 * Another `create`, `environment` or `directory` runs `update`; without one the resource is made anew. */
export class LocalCommand {
  constructor(
    public props: {
      create: string;
      update?: string;
      delete?: string;
      /** A changed trigger makes the resource anew. */
      triggers?: Record<string, unknown> | readonly unknown[];
      /** The commands see these variables, PATH, HOME, CREACT_TOKEN and CREACT_STDOUT (printed last), and nothing else. */
      environment?: Record<string, string>;
      directory?: string;
      timeoutMs?: number;
    },
  ) {}

  declare outputs: {
    stdout: string;
    exitCode: number;
  };
}
