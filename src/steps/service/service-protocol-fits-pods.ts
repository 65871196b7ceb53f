import { capped } from '../../domain/capped.js';
import { type DeclaredPorts, declaredPorts, declaredPortsSchema } from '../../domain/declared-ports.js';
import type { ServicePort } from '../../domain/service-port.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const ranked = ['differs', 'undeclared', 'fits'] as const;

const judge = ({ port, protocol, target }: ServicePort, pods: DeclaredPorts['pods']) => {
  const declaring = pods
    .map(({ name, declared }) => ({
      name,
      protocols: declared.filter((item) => (typeof target === 'number' ? item.port : item.name) === target),
    }))
    .filter(({ protocols }) => protocols.length > 0);
  const fits = declaring.some(({ protocols }) => protocols.some((item) => item.protocol === protocol));
  const facts = {
    port,
    'target-port': target,
    protocol,
    declared: [...new Set(declaring.flatMap(({ protocols }) => protocols.map((item) => item.protocol)))],
    pods: capped(declaring.map(({ name }) => name)),
  };
  if (declaring.length === 0) return { outcome: 'undeclared' as const, facts };
  return { outcome: fits ? ('fits' as const) : ('differs' as const), facts };
};

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: declaredPortsSchema,
  outcomes: {
    fits: 'pass',
    // A container port that leaves its protocol out says TCP, and still UDP may be served there.
    differs: 'warn',
    undeclared: 'unsure',
    'nothing-to-compare': 'unsure',
  },

  collect: ({ kube }, flow) => declaredPorts(kube, flow),

  interpret({ ports, pods }) {
    const judged = pods.length > 0 ? ports.map((port) => judge(port, pods)) : [];
    const worst = judged.sort((a, b) => ranked.indexOf(a.outcome) - ranked.indexOf(b.outcome))[0];
    return worst ?? { outcome: 'nothing-to-compare' };
  },
});
