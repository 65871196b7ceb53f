import { ifReadable } from '../../domain/if-readable.js';
import { defineStep } from '../../domain/step.js';
import { type Counters, countersSchema } from '../../parse/kernel/counters.js';
import { kernelCounters } from '../../queries/kernel/kernel-counters.js';
import { type PlacePair, type Window, windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { sourceOf } from '../../queries/probes/source-of.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

const clashes = (pair: PlacePair) => risen(pair, ({ conntrack }) => conntrack?.events?.insert_failed);

/** How much of the range the sockets that wait for their end already take, were they all to one destination. */
const shareOf = ({ timeWait = 0, ports }: Counters) => (ports ? timeWait / Math.max(1, ports[1] - ports[0] + 1) : 0);

const nearlyUsed = 0.8;

const ownFacts = (own: Counters | undefined) => ({
  waiting: own?.timeWait ?? 0,
  range: own?.ports ? own.ports.join('-') : '',
});

const countsOf = (pair: PlacePair) => ({ node: pair.node, clashes: clashes(pair) });
const triesOf = (window: Window) => ({
  failed: failing(window),
  tries: window.connects?.of ?? 0,
  address: window.address,
});

export default defineStep({
  stage: 'mtu-conntrack',
  hop: 'rules',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: windowQueries,
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  // Of the source itself, which has a range of its own in a Pod.
  evidence: windowSchema.extend({ own: countersSchema.optional() }),
  outcomes: {
    left: 'pass',
    'own-used-up': 'fail',
    'node-used-up': 'fail',
    'own-nearly-used': 'warn',
    'not-counted': 'unsure',
  },

  async collect(ports, flow) {
    const window = await watchFlow(ports, flow);
    const own = await ifReadable(sourceOf(ports, flow.from).run(kernelCounters, {}));
    return { ...window, ...(own ? { own: { ...own, mib: {} } } : {}) };
  },

  interpret({ own, ...window }) {
    const counted = window.seen.filter(({ after }) => after.conntrack?.events?.insert_failed !== undefined);
    const [worst] = counted.filter(({ role }) => role !== 'peer').toSorted((a, b) => clashes(b) - clashes(a));
    const facts = { node: '', clashes: 0, ...(worst && countsOf(worst)), ...triesOf(window), ...ownFacts(own) };
    if (window.connects?.classes['no-local-port']) return { outcome: 'own-used-up', facts };
    if (facts.failed > 0 && facts.clashes >= facts.failed) return { outcome: 'node-used-up', facts };
    if (own && shareOf(own) > nearlyUsed) return { outcome: 'own-nearly-used', facts };
    return { outcome: worst || own ? 'left' : 'not-counted', facts };
  },
});
