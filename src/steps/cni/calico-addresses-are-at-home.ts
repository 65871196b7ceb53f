import { z } from 'zod';
import { blockKinds, blockNameOf, blockOf, poolKinds, poolsOf } from '../../domain/calico-objects.js';
import { type FlowPod, podsOfFlow } from '../../domain/flow-pods.js';
import { firstServed } from '../../domain/not-served.js';
import { pluginNodes } from '../../domain/plugin-nodes.js';
import { holds } from '../../domain/ranges.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const homeSchema = z.object({
  pod: z.string(),
  address: z.string(),
  node: z.string(),
  cidr: z.string(),
  /** The Node that the block belongs to; empty where it belongs to none. */
  home: z.string(),
});

const isV4 = ({ address, host }: FlowPod) => !host && address !== '' && !address.includes(':');

export default defineStep({
  stage: 'cni',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes', ...poolKinds, ...blockKinds],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({ here: z.boolean(), homes: z.array(homeSchema), source: z.string() }),
  outcomes: {
    'at-home': 'pass',
    'borrowed-from-source': 'warn',
    borrowed: 'warn',
    'no-block': 'unsure',
    'not-calico': 'unsure',
  },

  async collect({ kube }, flow) {
    const nodes = await pluginNodes(kube, flow, 'calico');
    if (!nodes) return { here: false, homes: [], source: '' };
    const [pools = [], pods] = await Promise.all([poolsOf(kube), podsOfFlow(kube, flow)]);
    const look = async ({ pod, address, node }: FlowPod) => {
      const pool = pools.find(({ cidr }) => holds(cidr, address));
      if (!pool) return [];
      const name = blockNameOf(address, pool.blockSize);
      const found = await firstServed(blockKinds.map((kind) => () => kube.get(kind, { name })));
      if (!found) return [];
      const block = blockOf(found);
      return [{ pod, address, node, cidr: block.cidr, home: block.node }];
    };
    const ends = pods.filter((one) => one.role === 'destination' && isV4(one));
    const source = nodes.find(({ role }) => role === 'source')?.node ?? '';
    return { here: true, homes: (await Promise.all(ends.map(look))).flat(), source };
  },

  interpret({ here, homes, source }) {
    if (!here) return { outcome: 'not-calico' };
    if (homes.length === 0) return { outcome: 'no-block' };
    const away = homes.filter(({ home, node }) => home !== '' && home !== node);
    const found = away.find(({ home }) => home === source) ?? away[0];
    if (!found) return { outcome: 'at-home', facts: { addresses: homes.map(({ address }) => address) } };
    const { pod, address, node, cidr, home } = found;
    const facts = { 'end-pod': pod, address, node, cidr, home };
    return { outcome: home === source ? 'borrowed-from-source' : 'borrowed', facts };
  },
});
