import type { Facts } from './finding.js';
import type { End, Flow } from './flow.js';

/** Words that texts, causes and remedies may name without any finding. */
export const flowWordNames = [
  'context',
  'source',
  'source-namespace',
  'source-pod',
  'destination',
  'namespace',
  'service',
  'pod',
  'port',
  'protocol',
] as const;

const bare = (end: End): string => {
  switch (end.kind) {
    case 'pod':
    case 'service':
    case 'ingress':
    case 'workload':
      return `${end.namespace}/${end.name}`;
    case 'node':
    case 'host':
      return end.name;
    case 'ip':
      return end.address;
    case 'cidr':
      return end.cidr;
    case 'outside':
      return end.address ?? end.kind;
    default:
      return end.kind;
  }
};

/** The ends of the flow as values for `{placeholders}`. A word the flow does not have is absent. */
export const flowWords = (flow: Flow, context?: string): Facts => {
  const { from, to } = flow;
  const words: Record<string, string | number | undefined> = {
    context,
    source: bare(from),
    'source-namespace': 'namespace' in from ? from.namespace : undefined,
    'source-pod': from.kind === 'pod' ? from.name : undefined,
    destination: bare(to),
    namespace: 'namespace' in to ? to.namespace : undefined,
    service: to.kind === 'service' ? to.name : undefined,
    pod: to.kind === 'pod' ? to.name : undefined,
    port: flow.port,
    protocol: flow.protocol,
  };
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Facts;
};
