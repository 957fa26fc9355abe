/// <reference path="./globals.d.ts" />
/* 'creact': what an infrastructure program imports.
 *
 * What is declared here without a body is native: `export declare function useState` is cr_lib_creact__useState in the
 * runtime. What has a body is compiled with the program. Real tsc and creactc read the same file.               */

/** What a component may return, and what may stand between tags. Numbers, booleans, null and undefined show nothing; text
 * is an error, because nothing could be made of it. */
export type CReactNode = CReactElement | readonly CReactNode[] | string | number | boolean | null | undefined;

/** The value of a JSX expression: a description of a component or resource, not yet rendered. */
export interface CReactElement {
  readonly type: unknown;
  readonly key: string | null;
  readonly props: object;
}

export type FC<P = {}> = (props: P) => CReactNode;

/** Props of a component that takes children. */
export type PropsWithChildren<P = {}> = P & { children?: CReactNode };

/** A provider turns described resources into real ones. Instances come from the classes of the library. */
export interface Provider {
  readonly kind: 'provider';
}

/** A backend keeps the recorded state of a stack. */
export interface Backend {
  readonly kind: 'backend';
}

/** How transient failures of a provider are retried; the delay doubles with each attempt. */
export interface RetryPolicy {
  /** Attempts after the first. */
  maxRetries?: number;
  /** Before the first retry. */
  baseDelayMs?: number;
}

/** One resource of a rendered program. */
export interface CloudDOMNode {
  readonly address: string;
  readonly id: string;
  readonly construct: string;
  readonly props: Record<string, unknown>;
}

/** The rendered program. */
export interface CloudDOM {
  readonly stack: string;
  readonly nodes: readonly CloudDOMNode[];
}

/** The program's settings and its entry point. Without settings: the file backend, and the providers of the libraries
 * that the program imports. */
export declare class CReact {
  static cloudProvider: Provider;
  static backendProvider: Backend;
  /** The same as `cloudProvider`. */
  static provider: Provider;
  /** The same as `backendProvider`. */
  static backend: Backend;
  static retryPolicy: RetryPolicy;
  /** Hands the root element to the deploy binary. The promise settles when the command that was given to it is done. */
  static renderCloudDOM(root: CReactElement, stackName?: string): Promise<CloudDOM>;
}

/* ---- hooks ---- */

/** Describes a resource and answers its instance. Outputs that are not known before deployment are unknown values:
 * they can be concatenated, passed on and tested; a prop that holds one becomes a dependency. */
export declare function useInstance<I extends { props: any }>(
  Construct: new (props: any) => I,
  props: I['props'] & { key?: string | number },
): I;

export type SetStateAction<S> = S | ((previous: S) => S);
export type Dispatch<A> = (action: A) => void;

/** State of a component. What is set while rendering is derived: it is reset when an output that led to it changes. */
export declare function useState<S>(initial: S | (() => S)): [S, Dispatch<SetStateAction<S>>];
export declare function useState<S = undefined>(): [S | undefined, Dispatch<SetStateAction<S | undefined>>];

/** A value that is the same in every run until it is set: kept in the stack's recorded state under `name`. */
export declare function createStore<S>(name: string, initial: S): [S, Dispatch<SetStateAction<S>>];

/** Runs after a deployment, when one of `dependencies` has changed since the last one. */
export declare function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;

export declare function useMemo<T>(compute: () => T, dependencies: readonly unknown[]): T;
export declare function useCallback<F extends (...args: any[]) => any>(callback: F, dependencies: readonly unknown[]): F;
export declare function useRef<T>(initial: T): { current: T };

/** Publishes a value as an output of the stack; `output` of the deploy binary prints it. */
export declare function useOutput(name: string, value: unknown): void;

/* ---- contexts ---- */

export interface Context<T> {
  Provider: FC<{ value: T; children?: CReactNode }>;
  Consumer: FC<{ children: (value: T) => CReactNode }>;
  displayName?: string;
}

export declare function createContext<T>(defaultValue: T): Context<T>;
export declare function useContext<T>(context: Context<T>): T;

/** Groups without adding to the address; with a key, adds the key. */
export declare const Fragment: FC<{ children?: CReactNode }>;

/* ---- providers and backends ---- */

/** Gives each resource to the first provider whose pattern matches the name of its construct. */
export declare class ProviderRouter implements Provider {
  constructor();
  readonly kind: 'provider';
  register(pattern: RegExp, provider: Provider): this;
}

export interface FileBackendOptions {
  /** Folder of the state files; default '.creact/state'. */
  directory?: string;
}

/** Keeps the state in one file a stack. */
export declare class FileBackend implements Backend {
  constructor(options?: FileBackendOptions);
  readonly kind: 'backend';
}

/** The same as FileBackend. */
export declare class FileBackendProvider implements Backend {
  constructor(options?: FileBackendOptions);
  readonly kind: 'backend';
}

/** A failure that the mock provider plays. */
export interface MockFailure {
  /** Part of the address of the resources that fail. */
  match: string;
  /** Default: each of them. */
  operation?: 'create' | 'update' | 'delete' | 'read';
  /** How many times; default 1. */
  times?: number;
  /** Worth a retry; default false. */
  transient?: boolean;
  message?: string;
}

export interface MockCloudProviderOptions {
  /** How long each operation takes. */
  latencyMs?: number;
  failures?: MockFailure[];
  /** A folder in which the effects are written down. */
  world?: string;
}

/** Makes nothing. Outputs come from the construct's `static mockOutputs(props)` where it has one. */
export declare class MockCloudProvider implements Provider {
  constructor(options?: MockCloudProviderOptions);
  readonly kind: 'provider';
}

/** The same as MockCloudProvider. */
export declare class DummyCloudProvider implements Provider {
  constructor(options?: MockCloudProviderOptions);
  readonly kind: 'provider';
}
