import { defineStep } from '../../domain/step.js';
import { type PlacePair, windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

// Names that udev, the kernel and the usual tools give to cards and to what bundles them.
const card = /^(eth|en|ens|eno|enp|em|bond|team|ib|wl|p\d+p)\w*$/;
// Not the packets that a card dropped because nobody wants their protocol: a quiet network has some every second.
const errors = ['rxErrors', 'rxFifo', 'rxFrame', 'txErrors', 'txDropped', 'txFifo', 'txCarrier'] as const;

const cardsOf = (pair: PlacePair) =>
  Object.keys(pair.after.devices)
    .filter((name) => card.test(name))
    .map((name) => {
      const rises = errors
        .map((word) => ({ word, count: risen(pair, ({ devices }) => devices[name]?.[word]) }))
        .filter(({ count }) => count > 0);
      return { node: pair.node, name, rises, sum: rises.reduce((sum, { count }) => sum + count, 0) };
    });

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: windowQueries,
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: windowSchema,
  // Errors of a card hit any packet of its node; that they hit this flow is not seen.
  outcomes: { clean: 'pass', rising: 'warn', 'no-card': 'unsure' },

  collect: watchFlow,

  interpret(window) {
    const cards = window.seen.filter(({ role }) => role !== 'peer').flatMap(cardsOf);
    const [worst] = cards.toSorted((a, b) => b.sum - a.sum);
    if (!worst) return { outcome: 'no-card' };
    const facts = {
      ...{ node: worst.node, device: worst.name, failed: failing(window), tries: window.connects?.of ?? 0 },
      errors: worst.rises.map(({ word, count }) => `${word} ${count}`),
      cards: cards.map(({ node, name }) => `${node} ${name}`),
    };
    return { outcome: worst.sum > 0 ? 'rising' : 'clean', facts };
  },
});
