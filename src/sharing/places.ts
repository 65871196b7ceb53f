import { isIP } from 'node:net';
import type { Facts } from '../domain/finding.js';
import type { Flow } from '../domain/flow.js';
import { podsBehind } from '../domain/service-pods.js';
import type { Hop } from '../domain/sharing.js';
import { sourceNode } from '../domain/source-node.js';
import type { Reader } from './reading.js';

/** What a cause is about: the flow, and the words that its findings fill its sentences with. */
export interface About {
  readonly flow: Pick<Flow, 'from' | 'to'>;
  readonly words: Facts;
}

type Place = (kube: Reader, about: About) => Promise<string[]>;

// Pods of one template on a third node tell nothing more of the hop.
const mostNodes = 2;
const mostPolicies = 2;

const words = (about: About, name: string): string[] =>
  [about.words[name]].flat().flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : []));

/** The API knows nodes by their names alone: by an address it would find no Pods, and say that there are none. */
const named = (nodes: readonly string[]) => nodes.filter((node) => node !== '' && isIP(node) === 0).slice(0, mostNodes);

const ofKind =
  (end: 'from' | 'to', ...kinds: readonly string[]): Place =>
  async (_, { flow }) => {
    const one = flow[end];
    return 'namespace' in one && kinds.includes(one.kind) ? [`${one.namespace}/${one.name}`] : [];
  };

const ofSource: Place = async (kube, { flow }) => {
  return named([await sourceNode(kube, flow.from)]);
};

const ofDestination: Place = async (kube, { flow: { to } }) => {
  if (to.kind === 'node') return named([to.name]);
  if (to.kind !== 'pod' && to.kind !== 'service') return [];
  const { pods } = await podsBehind(kube, to);
  const nodes = pods.flatMap(({ spec }) => spec?.nodeName ?? []);
  return named([...new Set(nodes)].sort());
};

const wordNode =
  (...names: readonly string[]): Place =>
  async (_, about) =>
    named(names.map((name) => words(about, name)).find(({ length }) => length > 0) ?? []);

/** A link has two ends: with one of them alone nobody can say who uses it. */
const pair: Place = async (kube, about) => {
  const said = named([...words(about, 'node'), ...words(about, 'other')]);
  const ends = said.length === 2 ? said : await Promise.all([ofSource(kube, about), ofDestination(kube, about)]);
  const nodes = [...new Set(ends.flat())];
  return nodes.length < 2 ? [] : nodes;
};

/** `shop/allow-web ingress[0]`: a policy, and the rule of it that decides. */
const policyOf = (said: string) => said.split(' ')[0] ?? '';

const policies: Place = async (_, about) => {
  const near = words(about, 'near-policy');
  const said = near.length > 0 ? near : words(about, 'policies');
  return [...new Set(said.map(policyOf).filter((name) => name.includes('/')))].slice(0, mostPolicies);
};

const outside: Place = async (_, { flow: { to } }) => {
  if (to.kind === 'host') return [to.name];
  return to.kind === 'ip' || to.kind === 'outside' ? [to.address ?? ''].filter(Boolean) : [];
};

const everywhere: Place = async () => [];

/** Hops that are in one place only, whatever the flow. */
export const placeless: ReadonlySet<Hop> = new Set(['cluster-dns', 'cluster']);

/** How the hop of a flow is called; nothing where the flow or the findings do not say it. */
export const placesOf: Readonly<Record<Hop, Place>> = {
  service: ofKind('to', 'service'),
  destination: ofKind('to', 'service', 'pod'),
  source: ofKind('from', 'pod'),
  policy: policies,
  node: wordNode('node', 'nodes'),
  'other-node': wordNode('other'),
  'node-of-source': ofSource,
  'node-of-destination': ofDestination,
  'node-pair': pair,
  'node-egress': ofSource,
  ingress: ofKind('to', 'ingress'),
  'ingress-controller': ofKind('to', 'ingress'),
  'cluster-dns': everywhere,
  cluster: everywhere,
  outside,
  none: everywhere,
};
