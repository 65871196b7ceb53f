import type { JsonObject } from '../../domain/json.js';
import { bitsOf, rangeOf, writeRange } from '../address/range.js';
import { nameLabel } from '../inventory/inventory.js';
import type { Connection } from '../judge/judge.js';
import type { Loaded } from '../load.js';
import { isPod, type Party } from '../model/party.js';
import type { Direction, Policy } from '../model/policy.js';
import { narrowerLabels, narrowLabels } from './labels.js';

export interface Wanted {
  readonly direction: Direction;
  readonly connection: Connection;
}

const wordOf = ({ name }: Party) =>
  name
    .replaceAll(/[^a-z0-9]+/gi, '-')
    .replaceAll(/^-|-$/g, '')
    .toLowerCase();

const nameFor = ({ direction, connection: { from, to, port } }: Wanted) => {
  const text = `allow-${direction}-${wordOf(from)}-to-${wordOf(to)}-${port}`;
  return text.slice(0, 63).replace(/-+$/, '');
};

const labelSelector = (party: Party, loaded: Loaded): JsonObject => {
  const labels = narrowLabels(party, loaded.inventory);
  return Object.keys(labels).length > 0 ? { matchLabels: { ...labels } } : {};
};

const blockOf = ({ address }: Party): string | undefined =>
  address && `${writeRange(rangeOf(address))}/${bitsOf(address.family)}`;

const home = (namespace: string): JsonObject => ({ matchLabels: { [nameLabel]: namespace } });

const peerOf = (peer: Party, subject: Party, loaded: Loaded): JsonObject | undefined => {
  if (!isPod(peer)) {
    const cidr = blockOf(peer);
    return cidr === undefined ? undefined : { ipBlock: { cidr } };
  }
  const podSelector = labelSelector(peer, loaded);
  return peer.namespace === subject.namespace
    ? { podSelector }
    : { namespaceSelector: home(peer.namespace), podSelector };
};

const endsOf = ({ direction, connection: { from, to } }: Wanted) =>
  direction === 'egress' ? { subject: from, peer: to } : { subject: to, peer: from };

/**
 * The Pods that this policy has isolated already, narrowed to the one that is meant: a selector of other labels could
 * isolate somebody who was free.
 */
const among = (subject: Party, { selector, subject: selects }: Policy, loaded: Loaded): JsonObject => {
  if (!selector) return labelSelector(subject, loaded);
  const { pods, workloads } = loaded.inventory;
  const labels = narrowerLabels(
    subject,
    [...pods, ...workloads].filter(({ party }) => selects(party) === true),
  );
  const matchLabels = { ...(selector.matchLabels as JsonObject | undefined), ...labels };
  return { ...selector, ...(Object.keys(matchLabels).length > 0 ? { matchLabels } : {}) };
};

/** One that adds nothing but this connection to what the Pods of this selector may do. */
export const networkPolicyFor = (wanted: Wanted, isolating: Policy, loaded: Loaded): JsonObject | undefined => {
  const { direction, connection } = wanted;
  const { subject, peer } = endsOf(wanted);
  const other = peerOf(peer, subject, loaded);
  if (!other) return undefined;
  const { protocol, port } = connection;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: nameFor(wanted), namespace: subject.namespace },
    spec: {
      podSelector: among(subject, isolating, loaded),
      policyTypes: [direction === 'egress' ? 'Egress' : 'Ingress'],
      [direction]: [{ [direction === 'egress' ? 'to' : 'from']: [other], ports: [{ protocol, port }] }],
    },
  };
};

const clusterPeer = (peer: Party, loaded: Loaded): JsonObject | undefined => {
  if (isPod(peer))
    return { pods: { namespaceSelector: home(peer.namespace), podSelector: labelSelector(peer, loaded) } };
  const cidr = blockOf(peer);
  return cidr === undefined ? undefined : { networks: [cidr] };
};

const newWords = ({ connection: { protocol, port } }: Wanted) => ({
  version: 'v1alpha2',
  kind: 'ClusterNetworkPolicy',
  tier: { tier: 'Admin' },
  action: 'Accept',
  ports: { protocols: [{ [protocol.toLowerCase()]: { destinationPort: { number: port } } }] },
});

const oldWords = ({ connection: { protocol, port } }: Wanted) => ({
  version: 'v1alpha1',
  kind: 'AdminNetworkPolicy',
  tier: {},
  action: 'Allow',
  ports: { ports: [{ portNumber: { protocol, port } }] },
});

/**
 * Where a policy of the administrator denies, only another one that comes before it can allow. A NetworkPolicy would
 * do against a baseline, but would isolate the Pod from everybody else.
 */
export const clusterPolicyFor = (wanted: Wanted, denying: Policy, loaded: Loaded): JsonObject | undefined => {
  const { direction } = wanted;
  const { subject, peer } = endsOf(wanted);
  const other = clusterPeer(peer, loaded);
  const priority = denying.tier === 'admin' ? denying.order - 1 : 1000;
  if (!other || priority < 0 || ('networks' in other && direction === 'ingress')) return undefined;
  const { version, kind, tier, action, ports } = (denying.kind === 'ClusterNetworkPolicy' ? newWords : oldWords)(
    wanted,
  );
  return {
    apiVersion: `policy.networking.k8s.io/${version}`,
    kind,
    metadata: { name: nameFor(wanted) },
    spec: {
      ...tier,
      priority,
      subject: { pods: { namespaceSelector: home(subject.namespace), podSelector: labelSelector(subject, loaded) } },
      [direction]: [{ action, [direction === 'egress' ? 'to' : 'from']: [other], ...ports }],
    },
  };
};
