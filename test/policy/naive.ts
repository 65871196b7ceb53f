/** A second evaluator, slow and plain: it reads manifests as they are and asks every rule about one connection. */
import { BlockList } from 'node:net';

// biome-ignore lint/suspicious/noExplicitAny: manifests as they are written, read without any help.
type Raw = any;
type Dict = Record<string, string>;
interface Expression {
  key: string;
  operator: string;
  values?: string[];
}
export interface Selector {
  matchLabels?: Dict;
  matchExpressions?: Expression[];
}
export interface NaivePod {
  namespace: string;
  name: string;
  labels: Dict;
  ip: string;
  ports: { name: string; containerPort: number; protocol: string }[];
}
export interface Flow {
  from: NaivePod;
  to: NaivePod;
  protocol: string;
  port: number;
}
type Verdict = 'allow' | 'deny' | 'pass' | 'none';

const holds = (labels: Dict, { key, operator, values = [] }: Expression): boolean => {
  const has = key in labels;
  const isOne = has && values.includes(labels[key] as string);
  if (operator === 'In') return isOne;
  if (operator === 'NotIn') return !isOne;
  return operator === 'Exists' ? has : !has;
};

const fits = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Dict): boolean => {
  for (const key in matchLabels) if (labels[key] !== matchLabels[key]) return false;
  return matchExpressions.every((expression) => holds(labels, expression));
};

const inCidr = (ip: string, cidr: string) => {
  const list = new BlockList();
  const [address = '', bits] = cidr.split('/');
  list.addSubnet(address, Number(bits), 'ipv4');
  return list.check(ip, 'ipv4');
};

export interface World {
  namespaces: Record<string, Dict>;
  networkPolicies: { namespace: string; name: string; spec: Raw }[];
  adminPolicies: { name: string; spec: Raw }[];
  baseline: Raw;
}

const peerFits = (peer: Raw, other: NaivePod, home: string, { namespaces }: World): boolean => {
  if (peer.ipBlock) {
    const { cidr, except = [] } = peer.ipBlock;
    return inCidr(other.ip, cidr) && !except.some((cut: string) => inCidr(other.ip, cut));
  }
  const nsOk = peer.namespaceSelector
    ? fits(peer.namespaceSelector, namespaces[other.namespace] ?? {})
    : other.namespace === home;
  return nsOk && fits(peer.podSelector ?? {}, other.labels);
};

const numberOf = (port: string | number, protocol: string, pod: NaivePod) =>
  typeof port === 'number' ? port : pod.ports.find((p) => p.name === port && p.protocol === protocol)?.containerPort;

const portFits = (entry: Raw, { protocol, port, to }: Flow): boolean => {
  if ((entry.protocol ?? 'TCP') !== protocol) return false;
  if (entry.port === undefined) return true;
  const first = numberOf(entry.port, protocol, to);
  if (first === undefined) return false;
  return port >= first && port <= (entry.endPort ?? first);
};

const isOfType = (spec: Raw, type: string) => {
  const types = spec.policyTypes?.length ? spec.policyTypes : ['Ingress', ...(spec.egress?.length ? ['Egress'] : [])];
  return types.includes(type);
};

const ruleFits = (rule: Raw, side: 'from' | 'to', { other, home, flow, world }: Raw): boolean => {
  const [peers, ports] = [rule[side] ?? [], rule.ports ?? []];
  const peerOk = peers.length === 0 || peers.some((peer: Raw) => peerFits(peer, other, home, world));
  return peerOk && (ports.length === 0 || ports.some((entry: Raw) => portFits(entry, flow)));
};

const networkVerdict = (world: World, direction: 'ingress' | 'egress', flow: Flow): Verdict => {
  const [self, other] = direction === 'ingress' ? [flow.to, flow.from] : [flow.from, flow.to];
  const [type, side] = direction === 'ingress' ? (['Ingress', 'from'] as const) : (['Egress', 'to'] as const);
  const isolating = world.networkPolicies.filter(
    ({ namespace, spec }) =>
      namespace === self.namespace && fits(spec.podSelector, self.labels) && isOfType(spec, type),
  );
  for (const { namespace, spec } of isolating)
    for (const rule of spec[direction] ?? [])
      if (ruleFits(rule, side, { other, home: namespace, flow, world })) return 'allow';
  return isolating.length > 0 ? 'deny' : 'none';
};

const adminPeerFits = (peer: Raw, other: NaivePod, { namespaces }: World) => {
  if (peer.networks) return peer.networks.some((cidr: string) => inCidr(other.ip, cidr));
  const labels = namespaces[other.namespace] ?? {};
  if (peer.namespaces) return fits(peer.namespaces, labels);
  return fits(peer.pods.namespaceSelector, labels) && fits(peer.pods.podSelector, other.labels);
};

const adminPortFits = (entry: Raw, { protocol, port, to }: Flow) => {
  if (entry.namedPort)
    return to.ports.some((p) => p.name === entry.namedPort && p.protocol === protocol && p.containerPort === port);
  const one = entry.portNumber ?? entry.portRange;
  if ((one.protocol ?? 'TCP') !== protocol) return false;
  return entry.portNumber ? one.port === port : port >= one.start && port <= one.end;
};

const rulesVerdict = (world: World, spec: Raw, direction: 'ingress' | 'egress', flow: Flow): Verdict => {
  const [self, other] = direction === 'ingress' ? [flow.to, flow.from] : [flow.from, flow.to];
  if (!adminPeerFits(spec.subject, self, world)) return 'none';
  for (const rule of spec[direction] ?? []) {
    const peers: Raw[] = rule[direction === 'ingress' ? 'from' : 'to'];
    if (!peers.some((peer) => adminPeerFits(peer, other, world))) continue;
    if (rule.ports?.length && !rule.ports.some((entry: Raw) => adminPortFits(entry, flow))) continue;
    return rule.action.toLowerCase();
  }
  return 'none';
};

/** What every policy of the lowest priority that says anything says; several words where they do not agree. */
const adminVerdicts = (world: World, direction: 'ingress' | 'egress', flow: Flow): Verdict[] => {
  const priorities = [...new Set(world.adminPolicies.map(({ spec }) => spec.priority))].sort((a, b) => a - b);
  for (const priority of priorities) {
    const said = world.adminPolicies
      .filter(({ spec }) => spec.priority === priority)
      .map(({ spec }) => rulesVerdict(world, spec, direction, flow))
      .filter((verdict) => verdict !== 'none');
    if (said.length > 0) return [...new Set(said)];
  }
  return ['none'];
};

const below = (world: World, direction: 'ingress' | 'egress', flow: Flow): 'allow' | 'deny' => {
  const network = networkVerdict(world, direction, flow);
  if (network !== 'none') return network as 'allow' | 'deny';
  const last = world.baseline ? rulesVerdict(world, world.baseline, direction, flow) : 'none';
  return last === 'deny' ? 'deny' : 'allow';
};

const sideVerdicts = (world: World, direction: 'ingress' | 'egress', flow: Flow) =>
  new Set(
    adminVerdicts(world, direction, flow).map((verdict) =>
      verdict === 'allow' || verdict === 'deny' ? verdict : below(world, direction, flow),
    ),
  );

export const naive = (world: World, flow: Flow): 'allowed' | 'denied' | 'unknown' => {
  if (flow.from === flow.to) return 'allowed';
  const sides = (['egress', 'ingress'] as const).map((direction) => sideVerdicts(world, direction, flow));
  if (sides.some((side) => !side.has('allow'))) return 'denied';
  return sides.every((side) => !side.has('deny')) ? 'allowed' : 'unknown';
};
