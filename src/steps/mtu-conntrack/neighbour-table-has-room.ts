import { z } from 'zod';
import { ifReadable } from '../../domain/if-readable.js';
import { podIps } from '../../domain/pod-state.js';
import { podsBehind } from '../../domain/service-pods.js';
import { defineStep } from '../../domain/step.js';
import { kernelLog } from '../../queries/kernel/kernel-log.js';
import { neighbour } from '../../queries/kernel/neighbour.js';
import { neighbourCount } from '../../queries/kernel/neighbour-count.js';
import { type PlacePair, windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

const tableSchema = z.strictObject({
  node: z.string(),
  count: z.int(),
  /** Endpoints on this Node whose hardware address it does not know. */
  lacking: z.array(z.string()),
  /** How often the kernel wrote meanwhile that the table overflowed. */
  logged: z.int(),
});

// The limit holds for the machine, and what other namespaces hold is not seen from one: so not all of it has to be here.
const nearlyFull = 0.75;

type Table = z.infer<typeof tableSchema>;

const unknown: Table = { node: '', count: 0, lacking: [], logged: 0 };

/** A Node that tells neither its limit nor of overflows says nothing of its table. */
const tableOf = (pair: PlacePair, tables: readonly Table[]) => {
  const { neighbours, neighbourLimit: limit = 0 } = pair.after;
  const { count: held, lacking, logged } = tables.find(({ node }) => node === pair.node) ?? unknown;
  const count = Math.max(neighbours?.entries ?? 0, held);
  const overflows = Math.max(
    risen(pair, (one) => one.neighbours?.overflows),
    logged,
  );
  if (limit === 0 && overflows === 0) return [];
  return [{ node: pair.node, count, limit, overflows, lacking, share: limit > 0 ? count / limit : 0 }];
};

export default defineStep({
  stage: 'mtu-conntrack',
  hop: 'bridge',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [...windowQueries, neighbourCount, neighbour, kernelLog],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: windowSchema.extend({ tables: z.array(tableSchema) }),
  outcomes: { room: 'pass', full: 'fail', 'nearly-full': 'warn', 'not-counted': 'unsure' },

  async collect(ports, flow) {
    const window = await watchFlow(ports, flow);
    const { pods } = await podsBehind(ports.kube, flow.to);
    const lookAt = async ({ node: name, before }: PlacePair) => {
      const place = ports.node(name);
      const own = pods.filter(({ spec }) => spec?.nodeName === name && !spec.hostNetwork).slice(0, 3);
      const addresses = own.flatMap((pod) => podIps(pod).slice(0, 1));
      const [count, log, ...states] = await Promise.all([
        ifReadable(place.run(neighbourCount, {})),
        ifReadable(place.run(kernelLog, { since: before.uptime })),
        ...addresses.map((address) => ifReadable(place.run(neighbour, { address }))),
      ]);
      const lacking = addresses.filter((_, index) => states[index] && states[index].state !== 'known');
      const logged = (log ?? []).filter(({ kind }) => kind === 'neighbours-full').length;
      return count === undefined ? [] : [{ node: name, count, lacking, logged }];
    };
    const ends = window.seen.filter(({ role }) => role !== 'peer');
    return { ...window, tables: (await Promise.all(ends.map(lookAt))).flat() };
  },

  interpret({ tables, ...window }) {
    const judged = window.seen.flatMap((pair) => tableOf(pair, tables));
    const [worst] = judged.toSorted(
      (a, b) => b.overflows - a.overflows || b.lacking.length - a.lacking.length || b.share - a.share,
    );
    if (!worst) return { outcome: 'not-counted' };
    const { node, count, limit, lacking, overflows, share } = worst;
    const failed = failing(window);
    // In a network namespace of its own a node does not see the limit.
    const known = { node, count, limit: limit > 0 ? limit : '' };
    const facts = { ...known, lacking, overflows, failed, tries: window.connects?.of ?? 0 };
    if (overflows === 0 && share < nearlyFull) return { outcome: 'room', facts };
    return { outcome: overflows > 0 && failed > 0 ? 'full' : 'nearly-full', facts };
  },
});
