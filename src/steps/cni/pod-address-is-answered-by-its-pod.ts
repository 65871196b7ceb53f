import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { Facts } from '../../domain/finding.js';
import { type FlowPod, flowPodSchema, podsOfFlow } from '../../domain/flow-pods.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import { neighbourSchema } from '../../parse/links/neighbours.js';
import { ipNeighbours } from '../../queries/links/ip-neighbours.js';
import { podNetwork } from '../../queries/links/pod-network.js';
import { podNetworkNamespace } from '../../queries/links/pod-network-namespace.js';
import { eachPod, unseenPodSchema } from '../../queries/probes/each-pod.js';
import { readable } from '../../queries/probes/readable-rows.js';
import { servingPods } from '../../queries/probes/serving-pods.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const seenSchema = z.strictObject({
  ...flowPodSchema.shape,
  /** Hardware addresses of the devices in the Pod. */
  macs: z.array(z.string()),
  /** Whom its node takes for the owner of its address. */
  neighbour: neighbourSchema.optional(),
});
type Seen = z.infer<typeof seenSchema>;

const unanswered = ['FAILED', 'INCOMPLETE'];

const wordOf = ({ neighbour, macs }: Seen) => {
  if (!neighbour) return 'not-asked';
  if (neighbour.mac === undefined || unanswered.includes(neighbour.state)) return 'silent';
  return macs.includes(neighbour.mac) ? 'own' : 'another-answers';
};
const worst = ['another-answers', 'silent', 'not-asked'] as const;

const told = (one: Seen | undefined): Facts =>
  one
    ? {
        ...{ 'wired-pod': one.pod, 'wired-namespace': one.namespace, node: one.node, address: one.address },
        ...{ found: one.neighbour?.mac ?? '-', wanted: one.macs },
      }
    : {};

type Node = RunPort<typeof tcpConnect | typeof ipNeighbours | typeof podNetwork | typeof podNetworkNamespace>;

const look = async (node: Node, { container, address }: FlowPod, port: number | undefined) => {
  const { pid } = container ? await node.run(podNetworkNamespace, { container }) : {};
  if (pid === undefined) throw new CannotLook('lost', 'The network of the Pod was not found on its node.');
  const { links } = await node.run(podNetwork, { pid });
  const macs = readable(links, 'The network devices of the Pod').map(({ mac }) => mac);
  // An entry ends when nobody needs it; a refusal needs it as much as an answer.
  if (port !== undefined) await node.run(tcpConnect, { host: address, port, tries: 1, waitSeconds: 2 });
  const neighbours = readable(await node.run(ipNeighbours, {}), 'The neighbours');
  const neighbour = neighbours.find((one) => one.address === address);
  return { macs: macs.filter((mac) => mac !== ''), ...(neighbour && { neighbour }) };
};

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods'],
  runs: [tcpConnect, ipNeighbours, podNetwork, podNetworkNamespace],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.object({ seen: z.array(seenSchema), unseen: z.array(unseenPodSchema) }),
  outcomes: {
    own: 'pass',
    'another-answers': 'fail',
    silent: 'fail',
    // A network without neighbours routes by programs or by devices.
    'not-asked': 'unsure',
    'partly-seen': 'unsure',
    'no-pod': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const [pods, serving] = await Promise.all([podsOfFlow(kube, flow), servingPods(kube, flow)]);
    const portOf = (name: string) => serving.find(({ pod }) => pod === name)?.port;
    const own = pods.filter(({ role, host, address }) => role === 'destination' && !host && isAddress(address));
    return await eachPod(own, (place) => look(node(place.node), place, portOf(place.pod)));
  },

  interpret({ seen, unseen }) {
    const words = seen.map((one) => ({ one, word: wordOf(one) }));
    const found = worst.flatMap((word) => words.find((item) => item.word === word) ?? [])[0];
    const facts = {
      ...told(found?.one ?? seen[0]),
      ...{ pods: seen.map(({ pod }) => pod), unseen: unseen[0]?.pod ?? '', why: unseen[0]?.why ?? '' },
    };
    if (found) return { outcome: found.word, facts };
    if (unseen.length > 0) return { outcome: 'partly-seen', facts };
    return { outcome: seen.length > 0 ? 'own' : 'no-pod', facts };
  },
});
