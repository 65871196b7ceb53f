import { z } from 'zod';
import { facts } from '../../domain/finding.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import type { KubeObject } from '../../domain/kinds.js';
import { pluginNodes } from '../../domain/plugin-nodes.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const nodeSchema = z.object({
  ...flowNodeSchema.shape,
  /** By which Calico tells the others to reach it; empty where it tells none. */
  chosen: z.string(),
  addresses: z.array(z.string()),
});
type Told = z.infer<typeof nodeSchema>;

const told = (object: KubeObject<'nodes'> | undefined) => ({
  chosen: (object?.metadata?.annotations?.['projectcalico.org/IPv4Address'] ?? '').split('/')[0] ?? '',
  addresses: (object?.status?.addresses ?? []).flatMap(({ type, address }) => (/IP$/.test(type) ? [address] : [])),
});

const isOdd = ({ chosen, addresses }: Told) => chosen !== '' && addresses.length > 0 && !addresses.includes(chosen);

export default defineStep({
  stage: 'cni',
  hop: 'overlay',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({ nodes: z.array(nodeSchema).optional() }),
  outcomes: {
    right: 'pass',
    shared: 'fail',
    another: 'warn',
    'none-told': 'unsure',
    'not-calico': 'unsure',
  },

  async collect({ kube }, flow) {
    if (!(await pluginNodes(kube, flow, 'calico'))) return {};
    const places = await nodesOfFlow(kube, flow);
    const look = async (place: (typeof places)[number]) => ({
      ...place,
      ...told(await kube.get('nodes', { name: place.node })),
    });
    return { nodes: await Promise.all(places.map(look)) };
  },

  interpret({ nodes }) {
    if (!nodes) return { outcome: 'not-calico' };
    const known = nodes.filter(({ chosen }) => chosen !== '');
    if (known.length === 0) return { outcome: 'none-told', facts: facts({ nodes: nodes.map(({ node }) => node) }) };
    const twice = known.find((one) => known.some((other) => other !== one && other.chosen === one.chosen));
    const other = known.find((one) => one !== twice && one.chosen === twice?.chosen);
    if (twice && other)
      return { outcome: 'shared', facts: facts({ node: twice.node, other: other.node, chosen: twice.chosen }) };
    const odd = known.find(isOdd);
    if (odd)
      return { outcome: 'another', facts: facts({ node: odd.node, chosen: odd.chosen, addresses: odd.addresses }) };
    return { outcome: 'right', facts: facts({ nodes: known.map(({ node }) => node) }) };
  },
});
