import type { Sample, Stretch } from '../../../src/parse/recorder/samples.js';
import type { Moment, Series, Way } from '../../../src/parse/recorder/series.js';

interface Made {
  readonly tries?: number;
  /** Every so many tries one goes wrong; none where it is 0. */
  readonly every?: number;
  readonly word?: string;
  /** Of those that go wrong. */
  readonly ms?: number;
  readonly usual?: number;
}

const words: Readonly<Record<Way, string>> = {
  nodes: 'open',
  'node-endpoint': 'open',
  endpoint: 'open',
  service: 'open',
  answer: 'answered',
  'service-answer': 'answered',
  name: 'found',
};

const samplesOf = (way: Way, { tries = 300, every = 0, word, ms = 1010, usual = 3 }: Made): Sample[] =>
  Array.from({ length: tries }, (_, at): Sample => {
    const goesWrong = every > 0 && at % every === 1 % every;
    return [at * 0.2, goesWrong ? ms : usual, goesWrong ? (word ?? words[way]) : words[way], 0];
  });

/** A series of one stretch: even, or with a habit. */
export const series = (way: Way, to: string, made: Made & { node?: string; pod?: string } = {}): Series => {
  const samples = samplesOf(way, made);
  const late = samples.filter(([, ms, word]) => word === words[way] && ms === (made.ms ?? 1010)).length;
  const stretch: Stretch = { tool: 'nc', samples, unread: 0, ...(way === 'name' ? {} : { resent: late }) };
  return { way, to, node: made.node ?? '', pod: made.pod ?? '', stretches: [stretch] };
};

/** Tries at these seconds, all of them failing. */
export const failingAt = (...seconds: number[]): Moment[] =>
  seconds.map((at) => ({ at, ms: 8000, word: 'timeout', port: 0, state: 'failed' }));
