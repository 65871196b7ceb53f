import type { Change } from './change.ts';
import type { Manifest } from './manifest.ts';

/** A pod deleted and made anew, since most of its spec cannot be changed, and running again. */
export const replaced = (pod: Manifest): Change[] => [
  { recreate: [pod] },
  { wait: { get: ['pod', pod.metadata.name], shows: /Running/ } },
];
