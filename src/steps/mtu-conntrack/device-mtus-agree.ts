import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { internalAddress } from '../../domain/node-address.js';
import { defineStep } from '../../domain/step.js';
import {
  misfits,
  sizedNodeSchema,
  sizedPodSchema,
  sizeWords,
  tunnelsOf,
  uplinkOf,
} from '../../parse/kernel/mtu-fit.js';
import { deviceMtus } from '../../queries/kernel/device-mtus.js';
import { podMtu } from '../../queries/pod-mtu.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { servingPods } from '../../queries/probes/serving-pods.js';

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [deviceMtus, podMtu],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: z.strictObject({
    seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...sizedNodeSchema.shape })),
    unseen: z.array(unseenSchema),
    pods: z.array(sizedPodSchema),
  }),
  // Taking packets apart hides many of these, so only payloads that hang make a fault of them.
  outcomes: {
    agree: 'pass',
    'pod-above-tunnel': 'warn',
    'uplinks-differ': 'warn',
    'tunnel-above-uplink': 'warn',
    'partly-seen': 'unsure',
  },

  async collect({ kube, pod, node }, flow) {
    const { from, to } = flow;
    const places = await nodesOfFlow(kube, flow);
    const seen = eachNode(places, async (place) => {
      const [devices, object] = await Promise.all([
        node(place.node).run(deviceMtus, {}),
        ifReadable(kube.get('nodes', { name: place.node })),
      ]);
      if (!devices) throw new CannotLook('tool-missing', 'The devices of the node could not be read.');
      return { address: internalAddress(object) ?? '', devices };
    });
    const serving = to.kind === 'ip' ? [] : await servingPods(kube, { ...flow, to });
    const source = from.kind === 'pod' ? [{ namespace: from.namespace, pod: from.name }] : [];
    const mtuIn = async (ref: { namespace: string; pod: string }) => {
      const mtus = await ifReadable(pod({ namespace: ref.namespace, name: ref.pod }).run(podMtu, {}));
      return mtus && Object.keys(mtus).length > 0 ? [{ pod: ref.pod, mtus }] : [];
    };
    const pods = await Promise.all([...source, ...serving].map(mtuIn));
    return { ...(await seen), pods: pods.flat() };
  },

  interpret({ seen, unseen, pods }) {
    const [first] = misfits(seen, pods);
    const facts = {
      nodes: seen.map((node) =>
        [
          node.node,
          ...[uplinkOf(node), ...tunnelsOf(node)].flatMap((one) => (one ? sizeWords(one.name, one.mtu) : [])),
        ].join(' '),
      ),
      pods: pods.map((one) => sizeWords(one.pod, one.mtus.eth0 ?? 0)),
      unseen: unseen.map(({ node }) => node),
      ...{ node: first?.node ?? '', has: first?.has ?? '', above: first?.above ?? '' },
    };
    if (first) return { outcome: first.word, facts };
    return { outcome: unseen.some(({ role }) => role !== 'peer') ? 'partly-seen' : 'agree', facts };
  },
});
