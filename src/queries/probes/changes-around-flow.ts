import { type Change, changesOf, placeOf } from '../../domain/change.js';
import { dnsDeployments } from '../../domain/cluster-dns.js';
import type { Flow } from '../../domain/flow.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import { marksOn, placesOf } from '../../domain/network-agent.js';
import { someNodes } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { selects } from '../../domain/selector.js';
import { podsBehind } from '../../domain/service-pods.js';

export const changeKinds = [
  'services',
  'pods',
  'replicasets',
  'networkpolicies',
  'nodes',
  'daemonsets',
  'deployments',
  'configmaps',
] as const;
type Kube = ObjectReader<(typeof changeKinds)[number]>;
/** What is not readable is named instead. */
type Part = Promise<readonly Change[] | string>;

const system = 'kube-system';

const part = async (kind: string, reading: Promise<readonly Change[]>): Promise<readonly Change[] | string> =>
  (await ifReadable(reading)) ?? kind;

const listed = async <T extends Parameters<typeof changesOf>[1]>(kind: string, listing: Promise<readonly T[]>) =>
  (await listing).flatMap((object) => changesOf(kind, object));

const restarts = (pod: KubeObject<'pods'>): Change[] =>
  (pod.status?.containerStatuses ?? []).flatMap(({ restartCount, state, lastState }) => {
    const at = state?.running?.startedAt;
    if (!restartCount || at === undefined) return [];
    return [{ at, what: placeOf('Pod', pod), how: 'restarted', by: lastState?.terminated?.reason ?? '' } as const];
  });

const behind = async (kube: Kube, to: Flow['to']): Promise<readonly Change[]> => {
  if (to.kind !== 'service' && to.kind !== 'pod') return [];
  const { pods } = await podsBehind(kube, to);
  return pods.flatMap((pod) => [...changesOf('Pod', pod).filter(({ how }) => how !== 'changed'), ...restarts(pod)]);
};

const ofService = async (kube: Kube, to: Flow['to']): Promise<readonly Change[]> => {
  if (to.kind !== 'service') return [];
  const { namespace, name } = to;
  const service = await kube.get('services', { namespace, name });
  if (!service) return [];
  const labels = service.spec?.selector;
  // A rollout is a new ReplicaSet, and carries the labels of the Pods it makes.
  const sets = selects(labels) ? await ifReadable(kube.list('replicasets', { namespace, labels })) : [];
  const rollouts = (sets ?? []).flatMap((set) => changesOf('ReplicaSet', set).filter(({ how }) => how === 'created'));
  return [...changesOf('Service', service), ...rollouts];
};

const readiness = (node: KubeObject<'nodes'>): Change[] =>
  (node.status?.conditions ?? []).flatMap(({ type, status, lastTransitionTime: at, reason = '' }) =>
    type === 'Ready' && at !== undefined
      ? [
          {
            at,
            what: placeOf('Node', node),
            how: status === 'True' ? ('ready' as const) : ('not-ready' as const),
            by: reason,
          },
        ]
      : [],
  );

const ofNodes = (nodes: readonly KubeObject<'nodes'>[]) =>
  nodes.flatMap((node) => [...changesOf('Node', node).filter(({ how }) => how === 'created'), ...readiness(node)]);

const ofMap = async (kube: Kube, name: string) => {
  const map = await kube.get('configmaps', { namespace: system, name });
  return map ? changesOf('ConfigMap', map) : [];
};

/** Where kube-proxy and the network agent have their DaemonSets. */
const agentPlaces = (nodes: readonly KubeObject<'nodes'>[]) => [
  ...new Set([
    system,
    ...nodes.slice(0, 1).flatMap((node) =>
      marksOn(node)
        .flatMap(placesOf)
        .map(({ namespace }) => namespace),
    ),
  ]),
];

const namespacesOf = ({ from, to }: Pick<Flow, 'from' | 'to'>) => [
  ...new Set([from, to].flatMap((end) => ('namespace' in end ? [end.namespace] : []))),
];

/** What the API remembers of changes to what a flow depends on, oldest first, and what of it could not be read. */
export const changesAroundFlow = async (kube: Kube, flow: Pick<Flow, 'from' | 'to'>) => {
  const nodes = (await ifReadable(kube.list('nodes', { limit: someNodes }))) ?? [];
  const parts: Part[] = [
    part('services', ofService(kube, flow.to)),
    part('pods', behind(kube, flow.to)),
    part('deployments', listed('Deployment', dnsDeployments(kube))),
    ...namespacesOf(flow).map((namespace) =>
      part('networkpolicies', listed('NetworkPolicy', kube.list('networkpolicies', { namespace }))),
    ),
    ...agentPlaces(nodes).map((namespace) =>
      part('daemonsets', listed('DaemonSet', kube.list('daemonsets', { namespace }))),
    ),
    ...['coredns', 'kube-proxy'].map((name) => part('configmaps', ofMap(kube, name))),
  ];
  const all = await Promise.all(parts);
  return {
    changes: [...ofNodes(nodes), ...all.flatMap((one) => (typeof one === 'string' ? [] : one))].toSorted(
      (a, b) => Date.parse(a.at) - Date.parse(b.at),
    ),
    unseen: [...new Set([...(nodes.length === 0 ? ['nodes'] : []), ...all.filter((one) => typeof one === 'string')])],
  };
};
