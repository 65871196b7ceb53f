import { z } from 'zod';
import { type Claims, claimsSchema, claimsTo, ownNode, rangeWith } from '../../domain/address-owner.js';
import type { Facts } from '../../domain/finding.js';
import type { Flow } from '../../domain/flow.js';
import { defineStep } from '../../domain/step.js';

const evidenceSchema = z.object({
  address: z.string(),
  /** Absent where nobody said with which address the client comes. */
  claims: claimsSchema.optional(),
});

interface Standing {
  readonly outcome: 'a-pod' | 'a-node' | 'in-pod-range' | 'outside';
  readonly facts: Facts;
}

const nobody: Claims = { nodes: [], pods: [], services: [], namespaces: [] };

/** A flow from inside tries the door for somebody outside: that much is known without asking. */
const standsInside = (from: Flow['from']): Standing | undefined => {
  if (from.kind === 'pod') return { outcome: 'a-pod', facts: { owner: `pod/${from.namespace}/${from.name}` } };
  return from.kind === 'node' ? { outcome: 'a-node', facts: { owner: `node/${from.name}` } } : undefined;
};

const ownerOf = (address: string, claims: Claims): Standing => {
  const [pod] = claims.pods;
  if (pod) return { outcome: 'a-pod', facts: { owner: `pod/${pod.namespace}/${pod.name}` } };
  const node = ownNode(claims, address);
  if (node) return { outcome: 'a-node', facts: { owner: `node/${node.name}` } };
  const range = rangeWith(claims, address);
  return range ? { outcome: 'in-pod-range', facts: range } : { outcome: 'outside', facts: {} };
};

export default defineStep({
  stage: 'exposure',
  level: 'observe',
  cost: 0,
  reads: ['nodes', 'pods', 'services'],
  runs: [],
  from: ['outside', 'ip', 'host', 'node', 'pod'],
  to: ['service', 'node', 'ingress', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    outside: 'pass',
    'a-node': 'pass',
    'a-pod': 'warn',
    // Nodes send what they answer to their own network.
    'in-pod-range': 'fail',
    'not-told': 'unsure',
  },

  async collect({ kube }, { from }) {
    const address = (from.kind === 'outside' || from.kind === 'ip' ? from.address : undefined) ?? '';
    if (address === '') return { address };
    return { address, claims: await claimsTo(kube, { address, namespaces: ['default'] }) };
  },

  interpret({ address, claims }, { from }) {
    const inside = standsInside(from);
    if (!inside && !claims) return { outcome: 'not-told' };
    const { outcome, facts } = inside ?? ownerOf(address, claims ?? nobody);
    return { outcome, facts: { address, ...facts } };
  },
});
