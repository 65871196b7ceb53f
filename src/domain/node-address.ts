import type { KubeObject } from './kinds.js';

/** The address by which other Nodes reach this one. */
export const internalAddress = (node: KubeObject<'nodes'> | undefined): string | undefined =>
  node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
