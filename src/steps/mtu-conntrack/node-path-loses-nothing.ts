import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { PodRef, RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { type ConnectFacts, connectFactsSchema } from '../../parse/connect.js';
import { pingFactsSchema } from '../../parse/ping.js';
import { pingSeries } from '../../queries/kernel/ping-series.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { addressOf, type Bound } from '../../queries/probes/flow-address.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const seriesSchema = z.strictObject({ ...flowNodeSchema.shape, to: z.string(), ping: pingFactsSchema });

// One of forty may get lost on a sound network.
const bearable = 1;

// A first packet that is lost is sent again after one second (RFC 6298), so whoever waited that long lost it.
const retransmitted = 900;
const slowOf = (connects: ConnectFacts | undefined) =>
  connects
    ? connects.failed + connects.tries.filter((one) => one.class === 'open' && (one.ms ?? 0) >= retransmitted).length
    : 0;

const connectsOf = async (
  { kube, pod }: { kube: ObjectReader<'services' | 'pods'>; pod: (ref: PodRef) => RunPort<typeof tcpConnect> },
  { from, ...flow }: Bound<'service' | 'pod'>,
) => {
  const address = from.kind === 'pod' ? await addressOf(kube, { ...flow, from }) : undefined;
  if (from.kind !== 'pod' || !address) return undefined;
  const source = pod({ namespace: from.namespace, name: from.name });
  return await ifReadable(source.run(tcpConnect, { ...address, tries: 12, waitSeconds: 4 }));
};

const lossOf = ({ ping }: z.infer<typeof seriesSchema>) => ping.sent - ping.received;

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [pingSeries, tcpConnect],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.strictObject({
    seen: z.array(seriesSchema),
    unseen: z.array(unseenSchema),
    /** The flow at the same time; absent where it has no address to connect to. */
    connects: connectFactsSchema.optional(),
  }),
  // Echoes are not the flow: their loss makes a fault only where the flow loses packets at the same time.
  outcomes: { clean: 'pass', loses: 'fail', 'loses-unfelt': 'warn', silent: 'unsure', 'one-node': 'unsure' },

  async collect({ kube, pod, node }, flow) {
    const ends = (await nodesOfFlow(kube, flow)).filter(({ role }) => role !== 'peer');
    const source = ends.find(({ role }) => role === 'source');
    const others = ends.filter(({ role }) => role === 'destination');
    if (!source || others.length === 0) return { seen: [], unseen: [] };
    // Every end asks the other one, so that a way that cannot be looked at from here is looked at from there.
    const asks = [{ from: source, to: others[0] ?? source }, ...others.map((from) => ({ from, to: source }))];
    const connecting = connectsOf({ kube, pod }, flow);
    const series = await eachNode(
      asks.map(({ from }) => from),
      async (place) => {
        const to = asks.find(({ from }) => from === place)?.to ?? source;
        const host = internalAddress(await kube.get('nodes', { name: to.node }));
        if (!host) throw new CannotLook('lost', `The address of node ${to.node} is not known.`);
        return { to: to.node, ping: await node(place.node).run(pingSeries, { host }) };
      },
    );
    const connects = await connecting;
    return { ...series, ...(connects && connects.of > 0 ? { connects } : {}) };
  },

  interpret({ seen, unseen, connects }) {
    const [first] = seen;
    if (!first) return { outcome: 'one-node' };
    const heard = seen.filter(({ ping }) => ping.received > 0).toSorted((a, b) => lossOf(b) - lossOf(a));
    const worst = heard[0] ?? first;
    const facts = {
      ...{ from: worst.node, to: worst.to, sent: worst.ping.sent, lost: lossOf(worst) },
      paths: seen.map((one) => `${one.node} > ${one.to} ${lossOf(one)}/${one.ping.sent}`),
      unseen: unseen.map(({ node }) => node),
      ...{ slow: slowOf(connects), tries: connects?.of ?? 0 },
    };
    if (heard.length === 0) return { outcome: 'silent', facts };
    if (facts.lost <= bearable) return { outcome: 'clean', facts };
    return { outcome: facts.slow > 0 ? 'loses' : 'loses-unfelt', facts };
  },
});
