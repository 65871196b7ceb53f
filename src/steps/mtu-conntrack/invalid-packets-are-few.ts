import { defineStep } from '../../domain/step.js';
import { type PlacePair, windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

const invalid = (pair: PlacePair) => risen(pair, ({ conntrack }) => conntrack?.events?.invalid);

// A busy node sees a few at any time. Every failed connect of the window repeats its first packet, and each is answered.
const perFailure = 2;

export default defineStep({
  stage: 'mtu-conntrack',
  hop: 'rules',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: windowQueries,
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: windowSchema,
  outcomes: { few: 'pass', rising: 'fail', 'rising-unfelt': 'unsure', 'not-counted': 'unsure' },

  collect: watchFlow,

  interpret(window) {
    const counted = window.seen.filter(({ after }) => after.conntrack?.events?.invalid !== undefined);
    const [worst] = counted.filter(({ role }) => role !== 'peer').toSorted((a, b) => invalid(b) - invalid(a));
    if (!worst) return { outcome: 'not-counted' };
    const peers = counted.filter(({ role }) => role === 'peer').map(invalid);
    const [failed, count] = [failing(window), invalid(worst)];
    const facts = {
      ...{ node: worst.node, invalid: count, failed, tries: window.connects?.of ?? 0, address: window.address },
      others: counted.filter((pair) => pair !== worst).map((pair) => `${pair.node} ${invalid(pair)}`),
    };
    const stands = count > 3 * Math.max(0, ...peers);
    if (failed > 0 && stands && count >= perFailure * failed) return { outcome: 'rising', facts };
    return { outcome: count > 20 && stands ? 'rising-unfelt' : 'few', facts };
  },
});
