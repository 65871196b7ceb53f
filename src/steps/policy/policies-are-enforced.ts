import { facts } from '../../domain/finding.js';
import { engineSchema, type PolicyEngine, policyEngine } from '../../domain/policy-engine.js';
import { defineStep } from '../../domain/step.js';

type Agent = PolicyEngine['agents'][number];

const isDown = ({ pod }: Agent) => pod !== undefined && !['running', 'starting'].includes(pod.state);

const downFacts = ({ namespace, node, pod }: Agent) => ({
  ...{ 'agent-namespace': namespace, 'agent-pod': pod?.name ?? '', node },
  state: [pod?.state, pod?.reason, pod?.message].filter((word) => word).join(' '),
});

export default defineStep({
  stage: 'policy',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes', 'daemonsets'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: engineSchema,
  outcomes: {
    enforced: 'pass',
    nobody: 'pass',
    'agent-down': 'fail',
    'agent-missing': 'fail',
    'unknown-engine': 'unsure',
  },

  collect: ({ kube, clock }, flow) => policyEngine(kube, flow, clock.now()),

  interpret({ name, nobody, network = '', agents }) {
    if (name === undefined) return { outcome: nobody ? 'nobody' : 'unknown-engine', facts: { network } };
    const ends = agents.filter(({ peer }) => !peer);
    const engine = { engine: name, nodes: ends.map(({ node }) => node) };
    const down = ends.find(isDown);
    if (down) return { outcome: 'agent-down', facts: facts({ ...engine, ...downFacts(down) }) };
    const none = ends.find(({ pod }) => pod === undefined);
    if (none && agents.some(({ pod }) => pod !== undefined))
      return { outcome: 'agent-missing', facts: facts({ ...engine, node: none.node }) };
    return { outcome: 'enforced', facts: engine };
  },
});
