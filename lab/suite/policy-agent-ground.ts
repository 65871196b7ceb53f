import { TOOLS } from '../build/images.ts';
import type { Kubectl } from '../cluster/kubectl.ts';
import { NETWORK } from '../cluster/plan.ts';
import { dnsmasq } from '../machine/dnsmasq.ts';
import { eventually } from '../machine/eventually.ts';
import { client, type Manifest, service } from '../scenario/manifest.ts';

const HOSTTOOLS = 'lab.local/hosttools:1';

/** Policies are written in the shop; the yard is somebody else's. */
export const SHOP = 'policed-shop';
export const YARD = 'policed-yard';

/** Every place that traffic starts from or goes to, with the addresses that only the running cluster knows. */
export interface Places {
  namespaceOf: ReadonlyMap<string, string>;
  addressOf: ReadonlyMap<string, string>;
  nodePort: string;
  /** How long an answer is waited for; one second when not said. */
  seconds?: number;
}

const serve = (...ports: number[]) => ['serve', ...ports.map((port) => `:${port}`)];
const named = (name: string, containerPort: number, protocol = 'TCP') => ({ name, containerPort, protocol });

interface Spot {
  name: string;
  node: string;
  role?: string;
  command?: readonly string[];
  ports?: readonly object[];
  pod?: object;
  image?: string;
}

function pod(namespace: string, { name, node, role, command, ports = [], pod: more = {}, image }: Spot): Manifest {
  const made = client(namespace, {
    name,
    node,
    ...(command ? { command } : {}),
    ...(image ? { image } : {}),
    pod: more,
  });
  const [main] = (made.spec as { containers: object[] }).containers;
  return {
    ...made,
    metadata: { ...made.metadata, labels: { app: name, ...(role ? { role } : {}) } },
    spec: { ...(made.spec as object), containers: [{ ...main, ports, ...mounts(image) }] },
  };
}

const mounts = (image?: string) => ({
  ...(image === HOSTTOOLS
    ? { volumeMounts: ['usr', 'etc'].map((name) => ({ name, mountPath: `/${name}`, readOnly: true })) }
    : {}),
});

// Answers by UDP and TCP on the same port; nothing in the images does.
const DNSMASQ = dnsmasq(['--port=5353', '--address=/#/192.0.2.1']);

const PODS: readonly Manifest[] = [
  pod(SHOP, {
    name: 'cart',
    node: 'node-a',
    image: TOOLS,
    command: serve(8080, 8081, 8085),
    ports: [named('web', 8080)],
  }),
  pod(SHOP, { name: 'stock', node: 'node-b', command: serve(8080, 8081), ports: [named('web', 8081)] }),
  pod(SHOP, { name: 'buyer', node: 'node-a', role: 'buyer', image: TOOLS }),
  pod(SHOP, { name: 'clerk', node: 'node-b', role: 'clerk', image: TOOLS }),
  pod(SHOP, { name: 'hostly', node: 'node-b', role: 'buyer', command: serve(8090), pod: { hostNetwork: true } }),
  pod(SHOP, {
    ...{ name: 'names', node: 'node-b', image: HOSTTOOLS, command: DNSMASQ, ports: [named('dns', 5353, 'UDP')] },
    pod: { volumes: ['usr', 'etc'].map((name) => ({ name, hostPath: { path: `/${name}` } })) },
  }),
  pod(YARD, { name: 'gate', node: 'node-b', command: serve(8080) }),
  pod(YARD, { name: 'visitor', node: 'node-a', role: 'buyer' }),
  pod(YARD, { name: 'digger', node: 'node-b', role: 'digger' }),
];

const OBJECTS: readonly Manifest[] = [
  ...[SHOP, YARD].map((name) => ({
    ...{ apiVersion: 'v1', kind: 'Namespace' },
    metadata: { name, labels: { team: name === SHOP ? 'shop' : 'yard' } },
  })),
];

// The Service's own numbers differ from the pod's, so that a rule can name the wrong ones.
const CART = service(SHOP, 'cart', {
  type: 'NodePort',
  selector: { app: 'cart' },
  ports: [
    { name: 'web', port: 80, targetPort: 8080 },
    { name: 'more', port: 81, targetPort: 8081 },
  ],
});

export async function prepareGround(kubectl: Kubectl): Promise<Places> {
  await kubectl.apply(OBJECTS);
  for (const namespace of [SHOP, YARD])
    await eventually(`the default service account of ${namespace}`, () =>
      kubectl.must(['-n', namespace, 'get', 'sa', 'default', '-o', 'name']),
    );
  await kubectl.apply([...PODS, CART]);
  for (const namespace of [SHOP, YARD])
    await kubectl.must(['-n', namespace, 'wait', '--for=condition=Ready', 'pod', '--all', '--timeout=60s']);
  return readPlaces(kubectl);
}

export async function leaveGround(kubectl: Kubectl): Promise<void> {
  await kubectl.run(['delete', 'namespace', SHOP, YARD, '--wait=false', '--ignore-not-found']);
}

async function readPlaces(kubectl: Kubectl): Promise<Places> {
  const line = '{range .items[*]}{.metadata.name} {.metadata.namespace} {.status.podIP}{"\\n"}{end}';
  const namespaceOf = new Map<string, string>();
  const addressOf = new Map<string, string>([
    ['outside', NETWORK.outside],
    ['svc/kube-dns', NETWORK.dnsVip],
  ]);
  for (const namespace of [SHOP, YARD]) {
    const pods = await kubectl.must(['-n', namespace, 'get', 'pods', '-o', `jsonpath=${line}`]);
    for (const [name = '', where = '', address = ''] of pods
      .trim()
      .split('\n')
      .map((text) => text.split(' '))) {
      namespaceOf.set(name, where);
      addressOf.set(name, address);
    }
  }
  const path = 'jsonpath={.spec.clusterIP} {.spec.ports[0].nodePort}';
  const [vip = '', nodePort = ''] = (await kubectl.must(['-n', SHOP, 'get', 'svc', 'cart', '-o', path])).split(' ');
  addressOf.set('svc/cart', vip);
  return { namespaceOf, addressOf, nodePort };
}
