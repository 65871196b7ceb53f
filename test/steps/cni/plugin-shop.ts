import type { Flow } from '../../../src/domain/flow.js';
import type { Run } from '../../../src/domain/query.js';
import { recorded } from '../../parse/recorded.js';
import { type FakeAnswers, type FakeObjects, ran } from '../../support/fake-world.js';
import { cluster, type NodeName, nodeObject } from './three-nodes.js';

type Node = NonNullable<FakeObjects['nodes']>[number];
type Pod = NonNullable<FakeObjects['pods']>[number];
const names: readonly NodeName[] = ['node-a', 'node-b', 'node-c'];
const last = { 'node-a': 11, 'node-b': 12, 'node-c': 13 };
export const addressOf = (name: NodeName) => `10.0.0.${last[name]}`;

type Marks = (name: NodeName) => Record<string, string>;
export const calicoMarks: Marks = (name) => ({
  'projectcalico.org/IPv4Address': `${addressOf(name)}/24`,
  'projectcalico.org/IPv4IPIPTunnelAddr': `10.244.${last[name] - 11}.0`,
});
export const ciliumMarks: Marks = (name) => ({ 'network.cilium.io/ipv4-pod-cidr': `10.244.${last[name] - 11}.0/24` });
const flannelMarks: Marks = () => ({ 'flannel.alpha.coreos.com/backend-type': 'vxlan' });
/** Both agents of Canal sign; so does flannel where Calico took its place. */
export const canalMarks: Marks = (name) => ({ ...calicoMarks(name), ...flannelMarks(name) });
export { flannelMarks };

export const nodesWith = (marks: Marks, changed: { readonly [N in NodeName]?: Record<string, string> } = {}): Node[] =>
  names.map((name) => {
    const node = nodeObject(name);
    return { ...node, metadata: { name, annotations: { ...marks(name), ...changed[name] } } };
  });

export const agentPod = (
  nodeName: string,
  app: string,
  parts: { status?: Pod['status']; namespace?: string } = {},
): Pod => ({
  metadata: { namespace: parts.namespace ?? 'kube-system', name: `${app}-${nodeName}`, labels: { 'k8s-app': app } },
  spec: { nodeName, hostNetwork: true, containers: [{ name: app === 'cilium' ? 'cilium-agent' : 'calico-node' }] },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [{ name: 'calico-node', ready: true, state: { running: {} } }],
    ...parts.status,
  },
});

interface Shop {
  readonly marks: Marks;
  readonly app: string;
  readonly changed?: { readonly [N in NodeName]?: Record<string, string> };
  readonly agents?: readonly Pod[];
  readonly more?: FakeObjects;
}

const shop = ({ marks, app, changed, agents, more = {} }: Shop): FakeObjects => {
  const all = agents ?? names.map((name) => agentPod(name, app));
  return { ...cluster(nodesWith(marks, changed)), ...more, pods: [...(more.pods ?? cluster().pods), ...all] };
};
export const calicoShop = (parts: Partial<Shop> = {}) => shop({ marks: calicoMarks, app: 'calico-node', ...parts });
export const ciliumShop = (parts: Partial<Shop> = {}) => shop({ marks: ciliumMarks, app: 'cilium', ...parts });
/** A cluster of another plugin, where the checks of Calico and Cilium have nothing to look at. */
export const flannelShop = () => shop({ marks: flannelMarks, app: 'flannel', agents: [] });

export const toService: Flow = {
  from: { kind: 'pod', namespace: 'shop', name: 'client' },
  to: { kind: 'service', namespace: 'shop', name: 'cart' },
  protocol: 'TCP',
  port: 80,
};
export const toNear: Flow = { ...toService, to: { kind: 'pod', namespace: 'shop', name: 'near' }, port: 8080 };

/** What `nc` of busybox says of connections. */
export const connect = (how: 'timeout' | 'open' | 'refused') =>
  ran(recorded('nc-busybox', `connect-${how}`), { tool: 'nc' });

/** Whatever is asked where nothing is to be asked. */
export const nobodyAsks: FakeAnswers = {
  pod: (query) => {
    throw new Error(`${query} was asked in a Pod`);
  },
  node: (query) => {
    throw new Error(`${query} was asked on a node`);
  },
};

/** The rules of Felix on one node, as they were recorded around connections. */
export const felixRules =
  (state: (moment: string) => string, device: string) =>
  (query: string, args: object): Run => {
    const { moment = 'now' } = args as { moment?: string };
    if (query === 'packet-rules') return ran(recorded('calico', `rules-${state(moment)}`));
    if (query === 'packet-rules-version') return ran('iptables v1.8.9 (nf_tables)');
    if (query === 'nft-tables')
      return ran('{"nftables": [{"table": {"family": "ip", "name": "filter", "handle": 1}}]}');
    if (query === 'route-to-address') return ran(`10.244.2.5 dev ${device} src 10.0.0.13 uid 0`);
    return ran('');
  };
