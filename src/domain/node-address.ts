import type { KubeObject } from './kinds.js';

/** A Node carries the names of all its images: an address book of thousands takes longer than it tells. */
export const mostNodes = 100;

/** Five are about as large as everything else together. Whoever wants a few asks for so many: one request serves all. */
export const someNodes = 5;

/** Every node has a kubelet, and it listens on all addresses of its node. */
export const kubeletPort = 10250;

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** The address by which other Nodes reach this one. */
export const internalAddress = (node: KubeObject<'nodes'> | undefined): string | undefined =>
  node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
