import { defineStep } from '../../domain/step.js';
import { type PlacePair, windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

const dropped = (pair: PlacePair) => risen(pair, ({ softnet }) => softnet?.dropped);
const squeezed = (pair: PlacePair) => risen(pair, ({ softnet }) => softnet?.squeezed);

// Seconds of one window: more rounds that ended for lack of time mean a processor that does little else.
const busy = 200;

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: windowQueries,
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: windowSchema,
  outcomes: { calm: 'pass', dropping: 'fail', 'dropping-unfelt': 'warn', squeezed: 'warn', 'not-counted': 'unsure' },

  collect: watchFlow,

  interpret(window) {
    const counted = window.seen.filter(({ after, role }) => after.softnet && role !== 'peer');
    const [worst] = counted.toSorted((a, b) => dropped(b) - dropped(a) || squeezed(b) - squeezed(a));
    if (!worst) return { outcome: 'not-counted' };
    const facts = {
      ...{ node: worst.node, dropped: dropped(worst), squeezed: squeezed(worst), failed: failing(window) },
      ...{ tries: window.connects?.of ?? 0, address: window.address, cpus: worst.after.softnet?.cpus ?? 0 },
    };
    if (facts.dropped > 0) return { outcome: facts.failed > 0 ? 'dropping' : 'dropping-unfelt', facts };
    return { outcome: facts.squeezed > busy ? 'squeezed' : 'calm', facts };
  },
});
