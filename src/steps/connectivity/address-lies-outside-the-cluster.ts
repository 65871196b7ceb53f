import { z } from 'zod';
import { type Claims, claimsSchema, claimsTo, ownNode, rangeWith } from '../../domain/address-owner.js';
import type { Facts } from '../../domain/finding.js';
import type { Flow } from '../../domain/flow.js';
import { isLoopback } from '../../domain/node-address.js';
import { anyEnd, defineStep } from '../../domain/step.js';

type Owned = 'outside' | 'a-pod' | 'a-service' | 'a-node' | 'in-pod-range';

/** An owner by name is a better flow to ask about, since then everything behind the address is looked at too. */
const ownerOf = (address: string, claims: Claims): { outcome: Owned; facts: Facts } => {
  const [pod, service] = [claims.pods[0], claims.services[0]];
  if (pod) return { outcome: 'a-pod', facts: { owner: `pod/${pod.namespace}/${pod.name}` } };
  if (service) return { outcome: 'a-service', facts: { owner: `svc/${service.namespace}/${service.name}` } };
  const node = ownNode(claims, address);
  if (node) return { outcome: 'a-node', facts: { owner: `node/${node.name}` } };
  const range = rangeWith(claims, address);
  if (range) return { outcome: 'in-pod-range', facts: range };
  return { outcome: 'outside', facts: { nodes: claims.nodes.length } };
};

const namespacesOf = ({ from }: Pick<Flow, 'from'>) => [
  ...new Set(['namespace' in from ? from.namespace : 'default', 'default']),
];

export default defineStep({
  stage: 'connectivity',
  level: 'observe',
  cost: 0,
  reads: ['nodes', 'pods', 'services'],
  runs: [],
  from: anyEnd,
  to: ['ip', 'host', 'cidr'],
  /** Without claims there is no single address to ask about. */
  evidence: z.object({ address: z.string(), claims: claimsSchema.optional() }),
  outcomes: {
    outside: 'pass',
    'a-pod': 'warn',
    'a-service': 'warn',
    'a-node': 'warn',
    'in-pod-range': 'warn',
    'the-source-itself': 'warn',
    'no-single-address': 'unsure',
  },

  async collect({ kube }, flow) {
    const { to } = flow;
    if (to.kind !== 'ip') return { address: to.kind === 'host' ? to.name : to.cidr };
    if (isLoopback(to.address)) return { address: to.address };
    return {
      address: to.address,
      claims: await claimsTo(kube, { address: to.address, namespaces: namespacesOf(flow) }),
    };
  },

  interpret({ address, claims }) {
    if (isLoopback(address)) return { outcome: 'the-source-itself', facts: { address } };
    if (!claims) return { outcome: 'no-single-address', facts: { address } };
    const { outcome, facts } = ownerOf(address, claims);
    return { outcome, facts: { address, namespaces: claims.namespaces, ...facts } };
  },
});
