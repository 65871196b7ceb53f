import { z } from 'zod';
import { poolKinds, poolSchema, poolsOf } from '../../domain/calico-objects.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
import { pluginNodes } from '../../domain/plugin-nodes.js';
import { holds } from '../../domain/ranges.js';
import { defineStep } from '../../domain/step.js';

export default defineStep({
  stage: 'cni',
  hop: 'exit',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes', ...poolKinds],
  runs: [],
  from: ['pod'],
  to: ['host', 'ip', 'cidr'],
  evidence: z.object({ here: z.boolean(), address: z.string(), pools: z.array(poolSchema).optional() }),
  outcomes: {
    masquerades: 'pass',
    'not-masqueraded': 'warn',
    'outside-pools': 'warn',
    'no-address': 'unsure',
    'not-calico': 'unsure',
  },

  async collect({ kube }, flow) {
    if (!(await pluginNodes(kube, flow, 'calico'))) return { here: false, address: '' };
    const [pools, pods] = await Promise.all([poolsOf(kube), podsOfFlow(kube, flow)]);
    const source = pods.find(({ role }) => role === 'source');
    return { here: true, address: source && !source.host ? source.address : '', ...(pools ? { pools } : {}) };
  },

  interpret({ here, address, pools }) {
    if (!here || !pools) return { outcome: 'not-calico' };
    if (address === '') return { outcome: 'no-address' };
    const pool = pools.find(({ cidr }) => holds(cidr, address));
    if (!pool) return { outcome: 'outside-pools', facts: { address, pools: pools.map(({ cidr }) => cidr) } };
    const facts = { address, pool: pool.name, cidr: pool.cidr };
    return { outcome: pool.masquerades ? 'masquerades' : 'not-masqueraded', facts };
  },
});
