/* 'creact/mock': a provider that makes nothing, for trying programs out and for tests. */
import type { MockCloudProviderOptions, Provider } from './index';

export type { MockCloudProviderOptions, MockFailure } from './index';

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
