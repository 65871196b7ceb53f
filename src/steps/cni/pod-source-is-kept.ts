import { z } from 'zod';
import { type FlowPod, podsOfFlow } from '../../domain/flow-pods.js';
import { ifReadable } from '../../domain/if-readable.js';
import { defineStep } from '../../domain/step.js';
import { trackedSchema } from '../../parse/kernel/conntrack-flows.js';
import { conntrackFlows } from '../../queries/kernel/conntrack-flows.js';
import { servingPods } from '../../queries/probes/serving-pods.js';
import { tcpConnect, threeTries } from '../../queries/tcp-connect.js';

const triedSchema = z.strictObject({
  pod: z.string(),
  address: z.string(),
  far: z.boolean(),
  entries: z.array(trackedSchema),
});
type Tried = z.infer<typeof triedSchema>;

const evidenceSchema = z.object({ node: z.string(), client: z.string(), tried: z.array(triedSchema) });
type Evidence = z.infer<typeof evidenceSchema>;

const rewritten = ({ entries }: Tried, client: string) =>
  entries.find(({ source, answerTo }) => source === client && answerTo !== client && answerTo !== '');

/** Far ones first: rules mostly rewrite what leaves the node. */
const toTry = (pods: readonly FlowPod[], node: string) =>
  pods
    .filter(({ role, host, address }) => role === 'destination' && !host && address !== '')
    .toSorted((a, b) => Number(a.node === node) - Number(b.node === node))
    .slice(0, 2);

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods'],
  runs: [tcpConnect, conntrackFlows],
  from: ['pod'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  // Connections work all the same, but for policies and servers that ask who it is.
  outcomes: {
    kept: 'pass',
    masqueraded: 'warn',
    'no-entries': 'unsure',
    'not-tcp': 'unsure',
    'none-to-try': 'unsure',
  },

  async collect({ kube, pod, node }, flow): Promise<Evidence> {
    const pods = await podsOfFlow(kube, flow);
    const source = pods.find(({ role }) => role === 'source');
    const own = { node: source?.node ?? '', client: source?.host ? '' : (source?.address ?? '') };
    if (!own.node || !own.client || flow.protocol !== 'TCP') return { ...own, tried: [] };
    const serving = await servingPods(kube, flow);
    const run = pod({ namespace: flow.from.namespace, name: flow.from.name });
    const look = async (far: FlowPod): Promise<Tried[]> => {
      const port = serving.find((one) => one.pod === far.pod)?.port;
      if (!port) return [];
      await ifReadable(run.run(tcpConnect, threeTries(far.address, port)));
      const asked = { protocol: 'tcp', source: own.client, destination: far.address } as const;
      const entries = await node(own.node).run(conntrackFlows, asked);
      const ours = entries.filter(({ destinationPort }) => destinationPort === port).slice(0, 20);
      return [{ pod: far.pod, address: far.address, far: far.node !== own.node, entries: ours }];
    };
    const tried = await Promise.all(toTry(pods, own.node).map(look));
    return { ...own, tried: tried.flat() };
  },

  interpret({ node, client, tried }, { protocol }) {
    if (protocol !== 'TCP') return { outcome: 'not-tcp' };
    const found = tried.find((one) => rewritten(one, client));
    const first = found ?? tried.find(({ entries }) => entries.length > 0) ?? tried[0];
    if (!first) return { outcome: 'none-to-try' };
    const facts = {
      ...{ node, client, address: first.address, 'endpoint-pod': first.pod },
      rewritten: rewritten(first, client)?.answerTo ?? '-',
    };
    if (found) return { outcome: 'masqueraded', facts };
    return { outcome: first.entries.length > 0 ? 'kept' : 'no-entries', facts };
  },
});
