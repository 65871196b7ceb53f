import { defineStep } from '../../domain/step.js';
import { type PlacePair, type Window, windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

// With fewer free places the kernel already throws out connections that did not answer yet (nf_conntrack_core.c).
const nearlyFull = 0.9;
// Entries per bucket from which walking the chains takes a processor more time than the packets themselves.
const longChain = 8;

const tableOf = ({ before, after }: PlacePair) => {
  const { max = 1, buckets = 0 } = after.conntrack ?? {};
  const count = Math.max(before.conntrack?.count ?? 0, after.conntrack?.count ?? 0);
  return { count, max, buckets, share: count / Math.max(max, 1) };
};

// A packet whose entry clashed with another one is counted as a drop too, and that has nothing to do with room.
const thrownAway = (pair: PlacePair) =>
  risen(pair, ({ conntrack }) => {
    const { drop, early_drop = 0, insert_failed = 0 } = conntrack?.events ?? {};
    return drop === undefined ? undefined : drop - insert_failed + early_drop;
  });

const judge = (pair: PlacePair, window: Window) => {
  const { count, buckets, share } = tableOf(pair);
  if (share >= nearlyFull) return thrownAway(pair) > 0 && failing(window) > 0 ? 'full' : 'nearly-full';
  return buckets > 0 && count / buckets > longChain ? 'long-chains' : 'room';
};
const worstFirst = ['full', 'nearly-full', 'long-chains', 'room'] as const;

export default defineStep({
  stage: 'mtu-conntrack',
  hop: 'rules',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: windowQueries,
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip', 'node'],
  evidence: windowSchema,
  outcomes: {
    room: 'pass',
    'no-table': 'pass',
    full: 'fail',
    'nearly-full': 'warn',
    'long-chains': 'warn',
    'partly-seen': 'unsure',
  },

  collect: watchFlow,

  interpret(window) {
    const tables = window.seen.filter(({ after }) => after.conntrack);
    const judged = tables.map((pair) => ({ pair, word: judge(pair, window) }));
    const word = worstFirst.find((one) => judged.some((table) => table.word === one));
    const pair = judged.find((table) => table.word === word)?.pair;
    if (!pair || !word) return { outcome: 'no-table' };
    const { count, max, buckets, share } = tableOf(pair);
    const unseen = window.unseen.map(({ node }) => node);
    return {
      outcome: word === 'room' && window.unseen.some(({ role }) => role !== 'peer') ? 'partly-seen' : word,
      facts: {
        ...{ node: pair.node, count, max, buckets, percent: Math.round(share * 100), unseen },
        ...{
          lost: thrownAway(pair),
          failed: failing(window),
          tries: window.connects?.of ?? 0,
          address: window.address,
        },
        others: tables
          .filter((one) => one !== pair)
          .map((one) => `${one.node} ${tableOf(one).count}/${tableOf(one).max}`),
      },
    };
  },
});
