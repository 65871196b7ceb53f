import type { Flow } from '../../src/domain/flow.js';
import type { FakeObjects } from '../support/fake-world.js';

type Objects<K extends keyof FakeObjects> = NonNullable<FakeObjects[K]>[number];
export type Pod = Objects<'pods'>;
export type Service = Objects<'services'>;
export type Slice = Objects<'endpointslices'>;
type Endpoint = NonNullable<Slice['endpoints']>[number];

/** The moment of the fake clock. */
export const now = Date.parse('2026-11-20T02:14:04Z');
export const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

export const toCart: Flow = {
  from: { kind: 'pod', namespace: 'shop', name: 'checkout' },
  to: { kind: 'service', namespace: 'shop', name: 'cart' },
  protocol: 'TCP',
  port: 80,
};

/** `checkout` sends to `cart`, which listens on 8080 behind port 80. */
export const service = (spec: NonNullable<Service['spec']> = {}, name = 'cart', namespace = 'shop'): Service => ({
  metadata: { namespace, name },
  spec: {
    type: 'ClusterIP',
    clusterIP: '10.96.4.7',
    clusterIPs: ['10.96.4.7'],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    selector: { app: 'cart' },
    ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
    ...spec,
  },
});

interface PodParts {
  readonly metadata?: NonNullable<Pod['metadata']>;
  readonly spec?: NonNullable<Pod['spec']>;
  readonly status?: NonNullable<Pod['status']>;
}

const addressOf = (name: string) =>
  `10.244.1.${10 + ([...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 200)}`;

/** A Pod of `cart` that runs and is ready, unless `parts` say otherwise. */
export const pod = (name: string, { metadata, spec, status }: PodParts = {}): Pod => ({
  metadata: {
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    labels: { app: 'cart' },
    creationTimestamp: ago(3600),
    ...metadata,
  },
  spec: {
    nodeName: 'node-a',
    containers: [{ name: 'web', ports: [{ name: 'web', containerPort: 8080, protocol: 'TCP' }] }],
    ...spec,
  },
  status: {
    phase: 'Running',
    podIP: addressOf(name),
    podIPs: [{ ip: addressOf(name) }],
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(3500) }],
    containerStatuses: [{ name: 'web', ready: true, restartCount: 0, state: { running: { startedAt: ago(3590) } } }],
    ...status,
  },
});

export const checkout = (parts: PodParts = {}): Pod =>
  pod('checkout', { ...parts, metadata: { labels: { app: 'checkout' }, ...parts.metadata } });

export const notReady = {
  conditions: [
    { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'containers with unready status: [web]' },
  ],
  containerStatuses: [{ name: 'web', ready: false, restartCount: 0, state: { running: { startedAt: ago(3590) } } }],
};
export const crashed = {
  conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
  containerStatuses: [
    {
      name: 'web',
      ready: false,
      restartCount: 7,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
    },
  ],
};
export const unpullable = {
  phase: 'Pending',
  containerStatuses: [
    {
      name: 'web',
      ready: false,
      state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "cart:2"' } },
    },
  ],
};
export const evicted = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' };
export const terminating = { deletionTimestamp: ago(5) };

export const endpoint = (name: string, parts: Endpoint = {}): Endpoint => ({
  addresses: [addressOf(name)],
  conditions: { ready: true, serving: true, terminating: false },
  nodeName: 'node-a',
  targetRef: { kind: 'Pod', namespace: 'shop', name, uid: `uid-${name}` },
  ...parts,
});

const controller = 'endpointslice-controller.k8s.io';

export const slice = (endpoints: readonly Endpoint[], parts: Slice = {}): Slice => ({
  metadata: {
    namespace: 'shop',
    name: 'cart-x7k2p',
    labels: { 'kubernetes.io/service-name': 'cart', 'endpointslice.kubernetes.io/managed-by': controller },
  },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  endpoints: [...endpoints],
  ...parts,
});

export const manualSlice = (endpoints: readonly Endpoint[]): Slice =>
  slice(endpoints, {
    metadata: { namespace: 'shop', name: 'cart-manual', labels: { 'kubernetes.io/service-name': 'cart' } },
  });

export const node = (name: string, status = 'True'): Objects<'nodes'> => ({
  metadata: { name },
  status: {
    conditions: [
      {
        type: 'Ready',
        status,
        reason: status === 'True' ? 'KubeletReady' : 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
      },
    ],
  },
});
