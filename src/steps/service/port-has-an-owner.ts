import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { type Door, doorOf, doorSchema } from '../../domain/door.js';
import { defineStep } from '../../domain/step.js';

const kindOf = ({ services, pods }: Door) => {
  const [service] = services;
  const [pod] = pods;
  // A Service by its own address is no rival of a port that the node itself opens.
  if (service?.by === 'node-port' && pod) return 'clash';
  if (pod) return pod.host ? 'host-network' : 'host-port';
  return service?.by ?? 'nobody';
};

const ownersOf = ({ services, pods }: Door) =>
  capped([...services, ...pods].map(({ namespace, name }) => `${namespace}/${name}`));

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes'],
  runs: [],
  from: ['pod', 'node', 'outside'],
  to: ['node', 'ip'],
  evidence: z.object({ door: doorSchema.optional() }),
  outcomes: {
    'node-port': 'pass',
    'external-address': 'pass',
    'cluster-address': 'pass',
    'host-port': 'pass',
    'host-network': 'pass',
    clash: 'warn',
    nobody: 'unsure',
    'no-port': 'unsure',
  },

  async collect({ kube }, flow) {
    const door = await doorOf(kube, flow);
    return door ? { door } : {};
  },

  interpret({ door }) {
    if (!door) return { outcome: 'no-port' };
    const owners = ownersOf(door);
    const facts = { address: door.address, 'door-port': door.port, node: door.node, owner: owners[0] ?? '', owners };
    return { outcome: kindOf(door), facts };
  },
});
