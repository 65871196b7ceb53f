import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Flow } from '../../../src/domain/flow.js';
import type { Run } from '../../../src/domain/query.js';
import { corpus } from '../../parse/corpus.js';
import { recorded } from '../../parse/recorded.js';
import { type FakeAnswers, type FakeObjects, ran } from '../../support/fake-world.js';

/** The healthy node of the recordings is node-b; what its tables say of the others makes up their annotations. */
const leases = {
  'node-a': { address: '10.0.0.11', range: '10.244.0.0/24', mac: '3e:05:19:16:0d:72' },
  'node-b': { address: '10.0.0.12', range: '10.244.1.0/24', mac: '52:72:65:1e:59:23' },
  'node-c': { address: '10.0.0.13', range: '10.244.2.0/24', mac: '32:de:82:86:e3:2b' },
};
export type NodeName = keyof typeof leases;
type Node = NonNullable<FakeObjects['nodes']>[number];

const flannel = 'flannel.alpha.coreos.com';

export const nodeObject = (name: NodeName, annotations: Record<string, string> = {}): Node => ({
  metadata: {
    name,
    annotations: {
      [`${flannel}/backend-type`]: 'vxlan',
      [`${flannel}/backend-data`]: JSON.stringify({ VNI: 1, VtepMAC: leases[name].mac }),
      [`${flannel}/public-ip`]: leases[name].address,
      ...annotations,
    },
  },
  spec: { podCIDR: leases[name].range, podCIDRs: [leases[name].range] },
  status: {
    addresses: [{ type: 'InternalIP', address: leases[name].address }],
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});

const pod = (name: string, nodeName: string, podIP: string) => ({
  metadata: { namespace: 'shop', name, labels: { app: name } },
  spec: { nodeName, containers: [{ name: 'web', ports: [{ containerPort: 8080, protocol: 'TCP' }] }] },
  status: {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    containerStatuses: [{ name: 'web', ready: true, containerID: `containerd://${'ab'.repeat(32)}` }],
  },
});

export const cluster = (nodes: readonly Node[] = (Object.keys(leases) as NodeName[]).map((n) => nodeObject(n))) => ({
  nodes,
  pods: [
    pod('client', 'node-b', '10.244.1.2'),
    pod('cart', 'node-c', '10.244.2.5'),
    pod('near', 'node-b', '10.244.1.3'),
  ],
  services: [
    {
      metadata: { namespace: 'shop', name: 'cart' },
      spec: {
        clusterIP: '10.96.1.2',
        ipFamilies: ['IPv4'],
        selector: { app: 'cart' },
        ports: [{ port: 80, targetPort: 8080 }],
      },
    },
  ],
});

export const towards = (name: string): Flow => ({
  from: { kind: 'pod', namespace: 'shop', name: 'client' },
  to: { kind: 'pod', namespace: 'shop', name },
  protocol: 'TCP',
  port: 8080,
});
export const toCart = towards('cart');

interface Row extends Record<string, unknown> {}
export const tables = (path: string) => {
  const read = (name: string) => JSON.parse(corpus(`${path}/${name}.json`)) as Row[];
  return {
    'ip-links': read('ip-addr'),
    'ip-neighbours': read('ip-neigh'),
    'bridge-fdb': read('bridge-fdb'),
    'ip-routes': read('ip-route'),
  };
};
export type Tables = ReturnType<typeof tables>;
const healthy = tables('plain/healthy/node-b');

/** The tables of node-b as another node of the cluster has them: its own end and the others change places. */
export const tablesOf = (name: NodeName): Tables => {
  const { address, range, mac } = leases[name];
  const own = leases['node-b'];
  const swap = (text: string) => {
    const pairs = [
      [own.address, address],
      [own.range.replace('.0/24', '.'), range.replace('.0/24', '.')],
      [own.mac, mac],
    ] as const;
    return pairs.reduce(
      (said, [from, to]) => said.replaceAll(from, '\u0000').replaceAll(to, from).replaceAll('\u0000', to),
      text,
    );
  };
  return name === 'node-b' ? healthy : (JSON.parse(swap(JSON.stringify(healthy))) as Tables);
};

type Changes = { readonly [N in NodeName]?: ((tables: Tables) => Tables) | 'unseen' };
type Other = (query: string, args: Record<string, unknown>, node: NodeName) => Run | undefined;

/** Nodes that answer with their tables. */
export const answers = (changes: Changes = {}, other: Other = () => undefined): FakeAnswers => ({
  node: (query, args, node) => {
    const name = node as NodeName;
    const change = changes[name];
    if (change === 'unseen') throw new CannotLook('forbidden', `nobody may enter ${node}`);
    const said = other(query, args, name);
    if (said) return said;
    const rows = (change ?? ((all: Tables) => all))(tablesOf(name));
    if (!(query in rows)) throw new Error(`the test gives no answer to ${query} on ${node}`);
    return ran(JSON.stringify(rows[query as keyof Tables]));
  },
});

export const refusal = (name: string) => ran('', { exitCode: 2, stderr: recorded('ip', `route-get-${name}.stderr`) });
export const way = (words: object) => ran(JSON.stringify([{ flags: [], uid: 0, cache: [], ...words }]));

const subnets: Record<string, string> = { '10.244.0': 'node-a', '10.244.1': 'node-b', '10.244.2': 'node-c' };

/** What the kernel of a healthy node answers to `ip route get`. */
export const healthyWay = (address: string, node: string): Run => {
  const subnet = address.replace(/\.\d+$/, '');
  const owner = subnets[subnet];
  if (!owner) return way({ dst: address, dev: 'eth0' });
  return owner === node
    ? way({ dst: address, dev: 'cni0', prefsrc: `${subnet}.1` })
    : way({ dst: address, gateway: `${subnet}.0`, dev: 'flannel.1' });
};
