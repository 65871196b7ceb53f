import { z } from 'zod';
import { ifReadable } from '../../domain/if-readable.js';
import { podIps } from '../../domain/pod-state.js';
import { podsBehind } from '../../domain/service-pods.js';
import { defineStep } from '../../domain/step.js';
import { neighbour } from '../../queries/kernel/neighbour.js';
import { neighbourCount } from '../../queries/kernel/neighbour-count.js';
import { windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

const tableSchema = z.strictObject({
  node: z.string(),
  count: z.int(),
  /** Endpoints on this Node whose hardware address it does not know. */
  lacking: z.array(z.string()),
});

// The limit holds for the machine, and what other namespaces hold is not seen from one: so not all of it has to be here.
const nearlyFull = 0.75;

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [...windowQueries, neighbourCount, neighbour],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: windowSchema.extend({ tables: z.array(tableSchema) }),
  outcomes: { room: 'pass', full: 'fail', 'nearly-full': 'warn', 'not-counted': 'unsure' },

  async collect(ports, flow) {
    const window = await watchFlow(ports, flow);
    const { pods } = await podsBehind(ports.kube, flow.to);
    const lookAt = async (name: string) => {
      const place = ports.node(name);
      const own = pods.filter(({ spec }) => spec?.nodeName === name && !spec.hostNetwork).slice(0, 3);
      const addresses = own.flatMap((pod) => podIps(pod).slice(0, 1));
      const [count, ...states] = await Promise.all([
        ifReadable(place.run(neighbourCount, {})),
        ...addresses.map((address) => ifReadable(place.run(neighbour, { address }))),
      ]);
      const lacking = addresses.filter((_, index) => states[index] && states[index].state !== 'known');
      return count === undefined ? [] : [{ node: name, count, lacking }];
    };
    const ends = window.seen.filter(({ role }) => role !== 'peer');
    return { ...window, tables: (await Promise.all(ends.map(({ node }) => lookAt(node)))).flat() };
  },

  interpret({ tables, ...window }) {
    const judged = window.seen.flatMap((pair) => {
      const table = tables.find(({ node }) => node === pair.node);
      const { neighbours, neighbourLimit: limit } = pair.after;
      const count = Math.max(neighbours?.entries ?? 0, table?.count ?? 0);
      if (!limit || !(table || neighbours)) return [];
      const overflows = risen(pair, (one) => one.neighbours?.overflows);
      return [{ node: pair.node, count, limit, overflows, lacking: table?.lacking ?? [], share: count / limit }];
    });
    const [worst] = judged.toSorted((a, b) => b.overflows - a.overflows || b.share - a.share);
    if (!worst) return { outcome: 'not-counted' };
    const facts = {
      ...{ node: worst.node, count: worst.count, limit: worst.limit, lacking: worst.lacking },
      ...{ overflows: worst.overflows, failed: failing(window), tries: window.connects?.of ?? 0 },
    };
    const tight = worst.overflows > 0 || worst.share >= nearlyFull;
    const hit = worst.overflows > 0 || worst.lacking.length > 0;
    if (!tight) return { outcome: 'room', facts };
    return { outcome: hit && failing(window) > 0 ? 'full' : 'nearly-full', facts };
  },
});
