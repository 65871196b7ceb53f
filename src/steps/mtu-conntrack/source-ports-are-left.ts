import { z } from 'zod';
import { ifReadable } from '../../domain/if-readable.js';
import { defineStep } from '../../domain/step.js';
import { type Counters, countersSchema } from '../../parse/kernel/counters.js';
import { kernelCounters } from '../../queries/kernel/kernel-counters.js';
import { type PlacePair, windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

const clashes = (pair: PlacePair) => risen(pair, ({ conntrack }) => conntrack?.events?.insert_failed);

/** How much of the range the sockets that wait for their end already take, were they all to one destination. */
const shareOf = ({ timeWait = 0, ports }: Counters) => (ports ? timeWait / Math.max(1, ports[1] - ports[0] + 1) : 0);

export default defineStep({
  stage: 'mtu-conntrack',
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
    const { from } = flow;
    const source =
      from.kind === 'pod' ? ports.pod({ namespace: from.namespace, name: from.name }) : ports.node(from.name);
    const own = await ifReadable(source.run(kernelCounters, {}));
    return { ...window, ...(own ? { own: { ...own, mib: {} } } : {}) };
  },

  interpret({ own, ...window }) {
    const refusedHere = window.connects?.classes['no-local-port'] ?? 0;
    const counted = window.seen.filter(({ after }) => after.conntrack?.events?.insert_failed !== undefined);
    const [worst] = counted.filter(({ role }) => role !== 'peer').toSorted((a, b) => clashes(b) - clashes(a));
    const facts = {
      ...{ node: worst?.node ?? '', clashes: worst ? clashes(worst) : 0, failed: failing(window) },
      ...{ tries: window.connects?.of ?? 0, address: window.address, waiting: own?.timeWait ?? 0 },
      range: own?.ports ? `${own.ports[0]}-${own.ports[1]}` : '',
    };
    if (refusedHere > 0) return { outcome: 'own-used-up', facts };
    if (worst && failing(window) > 0 && clashes(worst) >= failing(window)) return { outcome: 'node-used-up', facts };
    if (own && shareOf(own) > 0.8) return { outcome: 'own-nearly-used', facts };
    return worst || own ? { outcome: 'left', facts } : { outcome: 'not-counted', facts };
  },
});
