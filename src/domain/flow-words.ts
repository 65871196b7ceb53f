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
  'ingress',
  'pod',
  'port',
  'protocol',
] as const;

const bare = (end: End): string => {
  if ('namespace' in end) return `${end.namespace}/${end.name}`;
  if ('name' in end) return end.name;
  if (end.kind === 'cidr') return end.cidr;
  return ('address' in end ? end.address : undefined) ?? end.kind;
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
    ingress: to.kind === 'ingress' ? to.name : undefined,
    pod: to.kind === 'pod' ? to.name : undefined,
    port: flow.port,
    protocol: flow.protocol,
  };
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Facts;
};
