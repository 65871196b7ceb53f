import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { flannelLeaseOf } from '../../domain/flannel-lease.js';
import { type FlowNode, flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { kubeletPort } from '../../domain/node-address.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { pingFactsSchema } from '../../parse/ping.js';
import { ping } from '../../queries/ping.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const knockSchema = z.strictObject({
  other: z.string(),
  address: z.string(),
  connect: connectFactsSchema,
  ping: pingFactsSchema.optional(),
});
type Knock = z.infer<typeof knockSchema>;
type Node = RunPort<typeof tcpConnect | typeof ping>;

const series = async (node: Node, address: string): Promise<Omit<Knock, 'other'>> => {
  const [connect, echo] = await Promise.all([
    node.run(tcpConnect, { host: address, port: kubeletPort, tries: 9, waitSeconds: 3 }).then(understood),
    ifReadable(node.run(ping, { host: address, count: 3 })),
  ]);
  return { address, connect, ...(echo ? { ping: echo } : {}) };
};

// A refusal comes from the other node, so it was reached. The first SYN is sent again after a second (RFC 6298): a
// connection that took as long between two nodes lost a packet.
const slowMs = 900;
const isHeard = ({ class: spoken }: Knock['connect']['tries'][number]) => spoken === 'open' || spoken === 'refused';
const isLate = ({ ms }: Knock['connect']['tries'][number]) => (ms ?? 0) >= slowMs;

const wordOf = ({ connect: { tries }, ping: echo }: Omit<Knock, 'other'>) => {
  const heard = tries.filter(isHeard);
  if (heard.length === 0) return echo && echo.received > 0 ? 'port-closed-off' : 'unreachable';
  // All late together waited for one thing, as the hardware address of the other node; loss picks some.
  const late = heard.filter(isLate).length;
  return heard.length < tries.length || (late > 0 && late < heard.length) ? 'some-lost' : 'reach';
};

/** What is lost for good is lost again: a pause of a busy machine is over by the second series. */
const knock = async (node: Node, address: string): Promise<Omit<Knock, 'other'>> => {
  const first = await series(node, address);
  return wordOf(first) === 'some-lost' ? await series(node, address) : first;
};

type Word = ReturnType<typeof wordOf>;
const worst: readonly Word[] = ['unreachable', 'some-lost', 'port-closed-off'];

const told = (node: string, { other, address, connect: { tries }, ping: echo }: Knock): Facts => ({
  ...{ node, other, address },
  'kubelet-port': kubeletPort,
  lost: tries.filter((one) => !isHeard(one) || isLate(one)).length,
  of: tries.length,
  echo: echo ? `${echo.received}/${echo.sent}` : '-',
});

export default defineStep({
  stage: 'cni',
  hop: 'overlay',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [tcpConnect, ping],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'node'],
  evidence: z.object({
    seen: z.array(z.strictObject({ ...flowNodeSchema.shape, knocks: z.array(knockSchema) })),
    unseen: z.array(unseenSchema),
  }),
  outcomes: {
    reach: 'pass',
    unreachable: 'fail',
    'some-lost': 'fail',
    // The Pods need no kubelet; only logs and exec do.
    'port-closed-off': 'warn',
    'one-node': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const ends = (await nodesOfFlow(kube, flow)).filter(({ role }) => role !== 'peer');
    if (ends.length < 2) return { seen: [], unseen: [] };
    const objects = await Promise.all(ends.map((place) => kube.get('nodes', { name: place.node })));
    const leases = objects.flatMap((object) => (object ? [flannelLeaseOf(object)] : []));
    const look = async (place: FlowNode) => {
      const others = leases.filter((lease) => lease.node !== place.node);
      const asked = others.flatMap(({ node: other, addresses: [address] }) => (address ? [{ other, address }] : []));
      return {
        knocks: await Promise.all(
          asked.map(async ({ other, address }) => ({ other, ...(await knock(node(place.node), address)) })),
        ),
      };
    };
    return await eachNode(ends, look);
  },

  interpret({ seen }) {
    const all = seen.flatMap(({ node, knocks }) => knocks.map((one) => ({ node, one, word: wordOf(one) })));
    const found = worst.flatMap((word) => all.find((item) => item.word === word) ?? [])[0];
    if (found) return { outcome: found.word, facts: told(found.node, found.one) };
    const nodes = seen.map(({ node }) => node);
    return all.length > 0 ? { outcome: 'reach', facts: { nodes } } : { outcome: 'one-node' };
  },
});
