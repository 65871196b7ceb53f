import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { type FlowNode, nodesOfFlow } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { internalAddress } from '../../domain/node-address.js';
import { defineStep } from '../../domain/step.js';
import { type PathMtu, pathMtuSchema } from '../../parse/kernel/path-mtu.js';
import { pathMtu } from '../../queries/kernel/path-mtu.js';

const sweepSchema = z.strictObject({ from: z.string(), to: z.string(), outside: z.boolean(), path: pathMtuSchema });
type Sweep = z.infer<typeof sweepSchema>;
interface Pair {
  readonly from: string;
  readonly to: string;
  readonly host: string;
  readonly outside: boolean;
}

const largestOf = ({ echoes }: PathMtu) => echoes.filter(({ class: heard }) => heard === 'answers').at(-1)?.size ?? 0;
/** Above the largest that came back, and neither the sender nor a router said why. */
const lostOf = (path: PathMtu) =>
  path.echoes.find(({ size, class: heard }) => heard === 'silent' && size > largestOf(path))?.size;

const judge = ({ path, outside }: Sweep) => {
  if (largestOf(path) === 0) return 'silent';
  if (lostOf(path) !== undefined) return outside ? 'outside-hole' : 'hole';
  return path.echoes.some(({ class: heard }) => heard === 'told') ? 'told' : 'whole';
};
const worstFirst = ['hole', 'outside-hole', 'told', 'whole', 'silent'] as const;

/** The own end of every pair is where the packets start, so both directions are asked. */
const pairsOf = (nodes: readonly (FlowNode & { host: string | undefined })[]): Pair[] => {
  const source = nodes.find(({ role }) => role === 'source');
  const others = nodes.filter(({ role }) => role === 'destination');
  const pair = (from: FlowNode, to: FlowNode & { host: string | undefined }) =>
    to.host ? [{ from: from.node, to: to.node, host: to.host, outside: false }] : [];
  return source ? others.flatMap((other) => [...pair(source, other), ...pair(other, source)]) : [];
};

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [pathMtu],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: z.strictObject({
    sweeps: z.array(sweepSchema),
    unseen: z.array(z.strictObject({ from: z.string(), to: z.string(), why: z.string() })),
  }),
  // A firewall may drop long echoes and nothing else: what fails is told by the payloads of the flow.
  outcomes: {
    whole: 'pass',
    told: 'pass',
    hole: 'warn',
    'outside-hole': 'warn',
    silent: 'unsure',
    'one-node': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const places = await nodesOfFlow(kube, flow);
    const ends = places.filter(({ role }) => role !== 'peer');
    const addressOf = async (place: FlowNode) =>
      internalAddress(await ifReadable(kube.get('nodes', { name: place.node })));
    const nodes = await Promise.all(ends.map(async (place) => ({ ...place, host: await addressOf(place) })));
    const outside = flow.to.kind === 'ip' ? flow.to.address : undefined;
    const source = ends.find(({ role }) => role === 'source');
    const pairs =
      outside && source ? [{ from: source.node, to: outside, host: outside, outside: true }] : pairsOf(nodes);
    const ended = await Promise.allSettled(
      pairs.map(async ({ host, ...pair }) => ({
        from: pair.from,
        to: pair.to,
        outside: pair.outside,
        path: await node(pair.from).run(pathMtu, { host }),
      })),
    );
    return seenAndUnseen(pairs, ended);
  },

  interpret({ sweeps, unseen }) {
    const judged = sweeps.map((sweep) => ({ sweep, word: judge(sweep) }));
    const word = worstFirst.find((wanted) => judged.some((one) => one.word === wanted));
    const worst = judged.find((one) => one.word === word)?.sweep;
    if (!word || !worst) return { outcome: 'one-node' };
    const facts = {
      ...{ from: worst.from, to: worst.to, carried: largestOf(worst.path), swallowed: lostOf(worst.path) ?? 0 },
      ...{ mtu: worst.path.mtu ?? 0, unseen: unseen.map((one) => `${one.from} > ${one.to}`) },
      paths: judged.map(({ sweep }) => `${sweep.from} > ${sweep.to} ${largestOf(sweep.path)}`),
    };
    return { outcome: word, facts };
  },
});

/** @throws CannotLook where no path could be asked, and whatever else was thrown */
function seenAndUnseen(pairs: readonly Pair[], ended: readonly PromiseSettledResult<Sweep>[]) {
  const sweeps = ended.flatMap((end) => (end.status === 'fulfilled' && end.value.path.understood ? [end.value] : []));
  const unseen = ended.flatMap((end, index) => {
    const { from = '', to = '' } = pairs[index] ?? {};
    if (end.status === 'fulfilled')
      return end.value.path.understood ? [] : [{ from, to, why: 'This ping cannot forbid to take packets apart.' }];
    if (!(end.reason instanceof CannotLook)) throw end.reason;
    return [{ from, to, why: end.reason.message }];
  });
  if (pairs.length > 0 && sweeps.length === 0) throw new CannotLook('tool-missing', unseen[0]?.why ?? '');
  return { sweeps, unseen };
}
