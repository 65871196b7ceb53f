import type { Flow } from '../../../src/domain/flow.js';
import type { AnyStep } from '../../../src/domain/step.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { looking as lookingAt, type Seen } from '../look.js';

type Objects<K extends keyof FakeObjects> = NonNullable<FakeObjects[K]>[number];
export type Pod = Objects<'pods'>;
export type Policy = Objects<'networkpolicies'>;
type Spec = NonNullable<Policy['spec']>;

const flannel = { 'flannel.alpha.coreos.com/backend-type': 'vxlan' };

export const node = (name: string, address: string, kubelet = 'v1.34.2', annotations: object = flannel) => ({
  metadata: { name, annotations: { ...annotations } },
  status: {
    conditions: [{ type: 'Ready', status: 'True' }],
    addresses: [{ type: 'InternalIP', address }],
    nodeInfo: { kubeletVersion: kubelet },
  },
});

export const daemonSet = (
  name: string,
  container: { name: string; image?: string; args?: string[]; command?: string[] },
  namespace = 'kube-system',
) => ({
  metadata: { namespace, name },
  spec: { selector: { matchLabels: { app: name } }, template: { spec: { containers: [container] } } },
});

/** The agent of a DaemonSet on a Node. */
export const agent = (set: string, nodeName: string, status: object = {}): Pod => ({
  metadata: { namespace: 'kube-system', name: `${set}-${nodeName}`, labels: { app: set } },
  spec: { nodeName },
  status: { phase: 'Running', podIP: '10.0.0.9', conditions: [{ type: 'Ready', status: 'True' }], ...status },
});

export const pod = (
  name: string,
  address: string,
  more: { labels?: object; spec?: object; status?: object } = {},
): Pod => ({
  metadata: { namespace: 'shop', name, labels: { app: name, ...more.labels } as Record<string, string> },
  spec: { nodeName: name === 'client' ? 'node-a' : 'node-b', containers: [{ name: 'main' }], ...more.spec },
  status: {
    phase: 'Running',
    podIP: address,
    podIPs: [{ ip: address }],
    conditions: [{ type: 'Ready', status: 'True' }],
    startTime: '2026-11-20T01:00:00Z',
    ...more.status,
  },
});

export const policy = (name: string, spec: Spec | object, namespace = 'shop'): Policy => ({
  metadata: { namespace, name, creationTimestamp: '2026-11-19T00:00:00Z' },
  spec: spec as Spec,
});

export const denyAll = policy('deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });

const router = daemonSet('kube-router', { name: 'kube-router', args: ['--run-router=false'] });
const proxy = daemonSet('kube-proxy', { name: 'kube-proxy' });
const network = daemonSet('flannel', { name: 'kube-flannel' }, 'kube-flannel');

export const toCart: Flow = {
  from: { kind: 'pod', namespace: 'shop', name: 'client' },
  to: { kind: 'service', namespace: 'shop', name: 'cart' },
  protocol: 'TCP',
  port: 80,
};

export const cart = {
  metadata: { namespace: 'shop', name: 'cart' },
  spec: {
    clusterIP: '10.96.1.2',
    clusterIPs: ['10.96.1.2'],
    ipFamilies: ['IPv4'],
    selector: { app: 'cart' },
    ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
  },
};

export const nodes = [node('node-a', '10.0.0.11'), node('node-b', '10.0.0.12')];
export const agents = ['node-a', 'node-b'].map((name) => agent('kube-router', name));
export const ends: readonly Pod[] = [pod('client', '10.244.1.9'), pod('cart', '10.244.2.7')];

/** `client` and `cart` in `shop`, kube-router beside flannel. */
export const realm = (policies: readonly Policy[], more: FakeObjects = {}): FakeObjects => ({
  nodes,
  services: [cart],
  endpointslices: [],
  namespaces: [{ metadata: { name: 'shop' } }],
  daemonsets: [router, proxy, network],
  pods: [...ends, ...agents],
  networkpolicies: policies,
  ...more,
});

/** The same with nobody who enforces. */
export const bare = { daemonsets: [proxy, network], pods: ends };

const english = /^[\x20-\x7e]+$/;

/** Runs a step on the way to the cart, where no other is named; its sentences leave no fact out. */
export const looking = (step: AnyStep, id: string) => {
  const look = lookingAt(step, id);
  return async (objects: FakeObjects, seen: Partial<Seen> = {}) => {
    const found = await look(objects, { flow: toCart, ...seen });
    if (!english.test(found.en)) throw new Error(found.en);
    if (/\{[a-z-]+\}(?!\})/.test(found.en + found.zh)) throw new Error(`a fact is missing: ${found.en}`);
    return found;
  };
};
