import { z } from 'zod';
import { facts } from '../../domain/finding.js';
import { marksOn, networkAgentNameSchema, placesOf } from '../../domain/network-agent.js';
import { agentOn, networkOfFlow } from '../../domain/network-of-flow.js';
import { anyEnd, defineStep } from '../../domain/step.js';

export default defineStep({
  stage: 'cni',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({
    node: z.string(),
    network: networkAgentNameSchema.optional(),
    marks: z.array(z.string()),
  }),
  outcomes: {
    calico: 'pass',
    cilium: 'pass',
    canal: 'pass',
    other: 'pass',
    unknown: 'unsure',
  },

  async collect({ kube }, flow) {
    const { places, node: object, network } = await networkOfFlow(kube, flow);
    const node = places[0]?.node ?? '';
    const marks = object ? marksOn(object) : [];
    if (network !== 'canal') return { node, marks, ...(network ? { network } : {}) };
    // Both have signed: the Pod that is there now says which of the two is left.
    const agent = await agentOn(kube, node, placesOf('canal'));
    const left = agent?.pod.metadata?.labels?.['k8s-app'] === 'calico-node' ? 'calico' : 'canal';
    return { node, marks, network: left } as const;
  },

  interpret({ node, network, marks }) {
    if (!network) return { outcome: 'unknown', facts: facts({ node }) };
    const said = { node, network, marks };
    if (network === 'calico' || network === 'cilium' || network === 'canal')
      return { outcome: network, facts: facts(said) };
    return { outcome: 'other', facts: facts(said) };
  },
});
