import { z } from 'zod';
import { type FlowPod, podsOfFlow } from '../../domain/flow-pods.js';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema, connectOutcome } from '../../parse/connect.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { servingPods } from '../../queries/probes/serving-pods.js';
import { tcpConnect, threeTries } from '../../queries/tcp-connect.js';

const triedSchema = z.strictObject({
  node: z.string(),
  pod: z.string(),
  address: z.string(),
  port: z.int(),
  connect: connectFactsSchema,
});

type Tried = z.infer<typeof triedSchema>;

const untold = { node: '', 'near-pod': '', address: '', 'target-port': 0, how: '' };

const told = ({ node, pod, address, port, connect }: Tried) => ({
  ...{ node, 'near-pod': pod, address, 'target-port': port, how: connectOutcome(connect) },
});

export default defineStep({
  stage: 'policy',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods'],
  runs: [tcpConnect],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.object({ seen: z.array(triedSchema), unseen: z.array(unseenSchema) }),
  outcomes: { reaches: 'pass', 'cut-off': 'fail', 'partly-seen': 'unsure', 'not-tried': 'unsure' },

  async collect({ kube, node }, flow) {
    if (flow.protocol !== 'TCP') return { seen: [], unseen: [] };
    const [pods, serving] = await Promise.all([podsOfFlow(kube, flow), servingPods(kube, flow)]);
    const ends = pods.filter(({ role, host, address }) => role === 'destination' && !host && address !== '');
    const portOf = ({ pod }: FlowPod) => serving.find((one) => one.pod === pod)?.port;
    const doors = ends.flatMap((end) => {
      const port = portOf(end);
      return port === undefined ? [] : [{ ...end, port }];
    });
    if (doors.length === 0) return { seen: [], unseen: [] };
    const nodes = [...new Set(doors.map((door) => door.node))].map((name) => ({
      node: name,
      role: 'destination' as const,
    }));
    const knock = async ({ namespace, pod, address, port, node: name }: (typeof doors)[number]) => ({
      ...{ node: name, pod: `${namespace}/${pod}`, address, port },
      connect: understood(await node(name).run(tcpConnect, threeTries(address, port))),
    });
    const { seen, unseen } = await eachNode(nodes, async (place) => ({
      tried: await Promise.all(doors.filter((door) => door.node === place.node).map(knock)),
    }));
    return { seen: seen.flatMap(({ tried }) => tried), unseen };
  },

  interpret({ seen, unseen }) {
    const shut = seen.find(({ connect }) => connect.open === 0);
    const shown = shut ?? seen[0];
    const facts = { ...(shown ? told(shown) : untold), unseen: unseen.map(({ node }) => node) };
    if (shut) return { outcome: 'cut-off', facts };
    if (unseen.length > 0) return { outcome: 'partly-seen', facts };
    return { outcome: seen.length > 0 ? 'reaches' : 'not-tried', facts };
  },
});
