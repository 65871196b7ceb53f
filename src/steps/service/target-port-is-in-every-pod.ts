import { capped } from '../../domain/capped.js';
import { targetNumber } from '../../domain/container-port.js';
import { type DeclaredPorts, declaredPorts, declaredPortsSchema } from '../../domain/declared-ports.js';
import { nearNames } from '../../domain/near-names.js';
import { portWords, type ServicePort } from '../../domain/service-port.js';
import { anyEnd, defineStep } from '../../domain/step.js';

/** Worst first: of several ports the flow can mean, the worst is told. */
const ranked = ['named-missing-everywhere', 'named-missing-in-some', 'number-undeclared', 'all'] as const;

const judge = (port: ServicePort, pods: DeclaredPorts['pods']) => {
  const { target } = port;
  const lacking = pods.filter(({ declared }) =>
    typeof target === 'number'
      ? !declared.some((item) => item.port === target)
      : targetNumber(port, declared) === undefined,
  );
  const declared = pods.flatMap((pod) => pod.declared);
  const facts = {
    port: port.port,
    'target-port': target,
    pods: capped(lacking.map(({ name }) => name)),
    total: lacking.length,
    of: pods.length,
    offered: capped([...new Set(declared.map(portWords))]),
    near: nearNames(
      String(target),
      declared.map(({ name }) => name).filter((name) => name !== ''),
    ),
  };
  return { outcome: outcomeOf(target, lacking.length, pods.length), facts };
};

const outcomeOf = (target: number | string, lacking: number, all: number): (typeof ranked)[number] => {
  if (lacking === 0) return 'all';
  if (typeof target === 'number') return 'number-undeclared';
  return lacking === all ? 'named-missing-everywhere' : 'named-missing-in-some';
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
    all: 'pass',
    'named-missing-everywhere': 'fail',
    'named-missing-in-some': 'warn',
    // What a container declares is documentation: it may listen on a port it does not declare.
    'number-undeclared': 'unsure',
    selectorless: 'unsure',
    'nothing-to-compare': 'unsure',
  },

  collect: ({ kube }, flow) => declaredPorts(kube, flow),

  interpret({ kind, selecting, ports, pods }) {
    if (kind !== 'absent' && !selecting) return { outcome: 'selectorless' };
    const judged = pods.length > 0 ? ports.map((port) => judge(port, pods)) : [];
    const worst = judged.sort((a, b) => ranked.indexOf(a.outcome) - ranked.indexOf(b.outcome))[0];
    return worst ?? { outcome: 'nothing-to-compare' };
  },
});
