import { readFileSync } from 'node:fs';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Flow } from '../../../src/domain/flow.js';
import { corpus } from '../../parse/corpus.js';
import { recorded } from '../../queries/probes/trace/recorded-trace.js';
import { type FakeAnswers, ran } from '../../support/fake-world.js';

const fixture = (name: string) => readFileSync(`test/fixtures/${name}.txt`, 'utf8');

const pod = (name: string, nodeName: string, podIP: string) => ({
  metadata: { namespace: 'shop', name, labels: { app: name } },
  spec: { nodeName, containers: [{ name: 'web', ports: [{ containerPort: 9000, protocol: 'TCP' }] }] },
  status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }] },
});
const node = (name: string, address: string) => ({
  metadata: { name },
  status: {
    addresses: [{ type: 'InternalIP', address }],
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});
const endpoint = (address: string, nodeName: string) => ({
  addresses: [address],
  nodeName,
  targetRef: { kind: 'Pod', name: 'cart' },
});
export const objects = {
  nodes: [node('node-a', '10.0.0.11'), node('node-b', '10.0.0.12'), node('node-c', '10.0.0.13')],
  pods: [pod('client', 'node-a', '10.244.2.2'), pod('cart', 'node-b', '10.244.0.3')],
  services: [
    {
      metadata: { namespace: 'shop', name: 'cart' },
      spec: {
        clusterIP: '10.96.65.48',
        ipFamilies: ['IPv4'],
        selector: { app: 'cart' },
        ports: [{ port: 9000, targetPort: 9000 }],
      },
    },
  ],
  endpointslices: [
    {
      metadata: { namespace: 'shop', name: 'cart-x', labels: { 'kubernetes.io/service-name': 'cart' } },
      addressType: 'IPv4',
      ports: [{ port: 9000, protocol: 'TCP' }],
      endpoints: [endpoint('10.244.0.3', 'node-b')],
    },
  ],
};

const client = { kind: 'pod', namespace: 'shop', name: 'client' } as const;
export const toCart: Flow = {
  from: client,
  to: { kind: 'service', namespace: 'shop', name: 'cart' },
  protocol: 'TCP',
  port: 9000,
};
export const toPod: Flow = { ...toCart, to: { kind: 'pod', namespace: 'shop', name: 'cart' } };

const veths: Record<string, string> = { 'node-a': 'veth2f54113c', 'node-b': 'vethd0fd29ba' };
const sockets = 'sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n';
const listener = '000000000b2df567 3      2    0003   0     1 0      0      27574740\n';

/** What the Pods of the recording saw is what their veths saw, from the other side. */
const insideOf = (name: string) =>
  recorded(`answered-${name}`)
    .split('\n')
    .filter((line) => line.includes(` ${veths[name] ?? ''} `))
    .map((line) =>
      line
        .replace(` ${veths[name] ?? ''} `, ' eth0 ')
        .replace(/ eth0 (In|P|Out) /, (_, way: string) => ` eth0 ${way === 'Out' ? 'In' : 'Out'} `),
    )
    .join('\n');

interface Nodes {
  /** The recording that the captures of this run come from. */
  readonly capture?: string;
  readonly stderr?: string;
  readonly probe?: string;
  readonly hidden?: string;
  /** How many looks at the sockets of a node see a listener, from the second on. */
  readonly listens?: number;
}

/** Two nodes as the lab had them when the captures were recorded. */
export const answers = ({
  capture = 'answered',
  stderr = 'any.stderr',
  probe,
  hidden,
  listens = 2,
}: Nodes = {}): FakeAnswers => {
  const looks: Record<string, number> = {};
  const bySocket = (name: string) => {
    looks[name] = (looks[name] ?? 0) + 1;
    const listening = looks[name] > 1 && looks[name] <= 1 + listens;
    return sockets + (listening ? listener : '');
  };
  const said: Record<string, (name: string, args: Record<string, unknown>) => string> = {
    'ip-links': (name) => corpus('plain/healthy/node-b/ip-addr.json').replaceAll('veth90cd4740', veths[name] ?? ''),
    'route-to': (_, { address }) => fixture(`ip/route-get-${String(address).startsWith('10.0.') ? 'node' : 'tunnel'}`),
    'packet-sockets': (name, { pid }) => (pid === undefined ? bySocket(name) : bySocket(`pod ${String(pid)}`)),
    'packet-drops': () => 'listening\n      4 NETFILTER_DROP nft_do_chain+0x3e8/0x610\n',
    'pod-network-namespace': (name) => `group ${name === 'node-a' ? 401 : 402}\n`,
    'packet-capture': (name, { pid }) => (pid === undefined ? recorded(`${capture}-${name}`) : insideOf(name)),
  };
  return {
    pod: () => ran(probe ?? 'try 1 exit=0 from=1.00 to=1.01 \n', { tool: 'nc' }),
    node: (query, args, name) => {
      if (name === hidden) throw new CannotLook('forbidden', `nobody may enter ${name}`);
      const stdout = said[query]?.(name, args);
      if (stdout === undefined) throw new Error(`the test gives no answer to ${query}`);
      return ran(stdout, { stderr: query === 'packet-capture' ? recorded(stderr) : '', exitCode: 124 });
    },
  };
};

export const failing = 'try 1 exit=1 from=1.00 to=4.00 nc: timed out\n';
