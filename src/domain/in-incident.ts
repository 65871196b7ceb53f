import type { KubeObject } from './kinds.js';

// The API server keeps events for an hour, and most of that is long over.
const window = 600_000;

const lastSeen = ({ series, lastTimestamp, eventTime, firstTimestamp, metadata }: KubeObject<'events'>) =>
  Date.parse(
    series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata?.creationTimestamp ?? '',
  );

/** Events of the last ten minutes, the newest first: what is older may have been mended. */
export const inIncident = (events: readonly KubeObject<'events'>[], now: number): KubeObject<'events'>[] =>
  events.filter((event) => now - lastSeen(event) < window).toSorted((a, b) => lastSeen(b) - lastSeen(a));
