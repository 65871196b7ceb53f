import type { Facts, Result } from '../domain/finding.js';
import type { AccessOf } from '../machines/access-of.js';
import type { Symptom } from './symptoms.js';

export const seenKeys = [
  'none-ready',
  'none-ready-since',
  'none-listed',
  'none-listed-since',
  'services-ready',
  'no-services',
  'node-not-ready',
  'node-not-ready-since',
  'nodes-ready',
  'dns',
  'dns-none',
  'denied',
  'cannot-look',
  'only-first',
] as const;

/** One thing that stands out before anything was asked, as a phrase `ui.seen.KEY` with its facts. */
export interface Seen {
  readonly result: Result;
  readonly key: (typeof seenKeys)[number];
  readonly facts: Facts;
  /** What the operator would call it. */
  readonly symptom?: Symptom;
}

/** What a few reads show, worst first. */
export interface FirstLook {
  readonly seen: readonly Seen[];
  readonly access: readonly AccessOf[];
  readonly tookMs: number;
}

export interface Earlier {
  readonly id: string;
  readonly state: 'running' | 'paused' | 'ended' | 'damaged';
  /** Its verdict, or what is wrong with its journal, in the words of the reports. */
  readonly note: string;
  /** It can go on where it stopped. */
  readonly resumable: boolean;
}
