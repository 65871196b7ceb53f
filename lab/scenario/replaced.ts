import type { Change } from './change.ts';
import type { Manifest } from './manifest.ts';

/** A pod deleted and made anew, since most of its spec cannot be changed, and running again. */
export const replaced = (pod: Manifest): Change[] => [
  { recreate: [pod] },
  { wait: { get: ['pod', pod.metadata.name], shows: /Running/ } },
];

// One line, so the old one is gone and not only ending.
const ALONE_AND_READY = /^\S+ +1\/1 +Running[^\n]*\n$/;

/** The only Pod with this label makes place for a new one. Until that is ready a door may still answer from the old one, and then from none. */
export const succeeded = (label: string): Change[] => [
  { removeOne: label },
  { wait: { get: ['pods', '-l', label, '--no-headers'], shows: ALONE_AND_READY } },
];
