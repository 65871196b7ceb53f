import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Flow } from '../../../src/domain/flow.js';
import { judgeTrace, type Trace } from '../../../src/queries/probes/trace/judge.js';
import step from '../../../src/steps/cni/flow-passes-every-point.js';
import { corpus } from '../../parse/corpus.js';
import { answered, lostAfter, recorded, replyLostAfter } from '../../queries/probes/trace/recorded-trace.js';
import { type FakeAnswers, ran } from '../../support/fake-world.js';
import { looking } from '../look.js';

const look = looking(step, 'flow-passes-every-point');
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
const objects = {
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
const toCart: Flow = {
  from: client,
  to: { kind: 'service', namespace: 'shop', name: 'cart' },
  protocol: 'TCP',
  port: 9000,
};
const toPod: Flow = { ...toCart, to: { kind: 'pod', namespace: 'shop', name: 'cart' } };

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
const answers = ({
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

const failing = 'try 1 exit=1 from=1.00 to=4.00 nc: timed out\n';

it('all-points: a connection that opens, with its Service address translated', async () => {
  const found = await look(objects, { flow: toCart, answers: answers() });
  expect(found).toMatchObject({
    outcome: 'all-points',
    result: 'pass',
    facts: { from: 'node-a', to: 'node-b', asked: '10.96.65.48:9000', reached: '10.244.0.3' },
  });
  expect(found.used.toSorted()).toEqual([...step.reads].toSorted());
  expect((found.evidence as { trace: Trace }).trace.seen.map(({ left, watched }) => [left, watched])).toEqual([
    [0, true],
    [0, true],
  ]);
});

it('listens on both nodes before it tries, to nothing but the flow, and asks for no promiscuous mode', async () => {
  const { calls } = await look(objects, { flow: toCart, answers: answers() });
  const remote = calls.filter(({ port }) => port !== 'kube');
  const names = remote.map((call) => ('query' in call ? call.query : ''));
  expect(names.lastIndexOf('packet-capture')).toBeLessThan(names.indexOf('tcp-connect'));
  expect(remote.find((call) => 'query' in call && call.query === 'packet-capture')).toMatchObject({
    args: { addresses: ['10.244.2.2', '10.96.65.48', '10.244.0.3'], ports: [9000], tunnels: [8472] },
  });
});

const entered = {
  ...objects,
  pods: objects.pods.map((one, at) => ({
    ...one,
    status: { ...one.status, containerStatuses: [{ name: 'web', containerID: `containerd://${at}7b0a` }] },
  })),
};

it('listens inside the Pods, too, where their networks can be entered', async () => {
  const found = await look(entered, { flow: toCart, answers: answers() });
  const { path, drops } = found.facts as {
    path: { device: string; request: string; reply: string }[];
    drops: object[];
  };
  expect([found.outcome, path.length]).toEqual(['all-points', 10]);
  expect([path[0], path[9]]).toMatchObject([
    { device: 'client:eth0', request: 'seen', reply: 'seen' },
    { device: 'cart:eth0', request: 'seen', reply: 'seen' },
  ]);
  expect(drops).toHaveLength(2);
  const { inside } = (found.evidence as { trace: Trace }).trace;
  expect(inside?.map(({ pod: name, left, watched }) => [name, left, watched])).toEqual([
    ['client', 0, true],
    ['cart', 0, true],
  ]);
});

it.each([
  ['has no user for tcpdump', 'root', [undefined, undefined, 'root', 'root']],
  ['knows no user at all', 'number', [undefined, undefined, 'root', 'root', 'number', 'number']],
])('listens as somebody else where the image of an agent %s', async (_, wanted, expected) => {
  const said = answers();
  const asked: unknown[] = [];
  const agent: FakeAnswers = {
    ...said,
    node: async (query, args, name) => {
      if (query === 'packet-capture') asked.push((args as { user?: string }).user);
      if (query === 'packet-capture' && (args as { user?: string }).user !== wanted)
        return ran('', {
          stderr: "tcpdump: data link type LINUX_SLL2\ntcpdump: Couldn't find user 'tcpdump'\n",
          exitCode: 1,
        });
      return (await said.node?.(query, args, name)) as ReturnType<typeof ran>;
    },
  };
  expect(await look(objects, { flow: toCart, answers: agent })).toMatchObject({ outcome: 'all-points' });
  expect(asked).toEqual(expected);
});

it('lost-on-destination-node: the recording of a node that does not forward', async () => {
  // The recorded clients asked the Pod itself on port 80.
  const flow: Flow = { ...toPod, port: 80 };
  const found = await look(objects, { flow, answers: answers({ capture: 'forwarding-off', probe: failing }) });
  expect(found).toMatchObject({
    outcome: 'lost-on-destination-node',
    facts: { 'last-device': 'flannel.1', 'next-device': 'cni0', 'next-node': 'node-b' },
  });
});

it('left-source-node: the other node lets nobody in', async () => {
  const flow: Flow = { ...toPod, port: 80 };
  const hidden = answers({ capture: 'forwarding-off', probe: failing, hidden: 'node-b' });
  expect(await look(objects, { flow, answers: hidden })).toMatchObject({
    outcome: 'left-source-node',
    result: 'unsure',
    facts: { 'last-device': 'eth0', to: 'node-b' },
  });
});

it('cannot look where the node of the source lets nobody in', async () => {
  await expect(look(objects, { flow: toCart, answers: answers({ hidden: 'node-a' }) })).rejects.toThrow(
    'nobody may enter node-a',
  );
});

it('not-captured: the capture was over before the probe', async () => {
  const flow: Flow = { ...toPod, port: 80 };
  const late = answers({ capture: 'forwarding-off', probe: failing, listens: 1 });
  expect((await look(objects, { flow, answers: late })).outcome).toBe('not-captured');
});

it.each([
  ['not-permitted', "tcpdump: any: You don't have permission", 'did not listen'],
  ['too old', 'listening on any, link-type LINUX_SLL (Linux cooked v1), snapshot length 144 bytes', '4.99'],
])('cannot look with a tcpdump that is %s', async (_, stderr, words) => {
  const said = answers();
  const other: FakeAnswers = {
    ...said,
    node: async (query, args, name) => {
      const found = await said.node?.(query, args, name);
      return query === 'packet-capture' ? ran('', { stderr }) : (found as ReturnType<typeof ran>);
    },
  };
  await expect(look(objects, { flow: toCart, answers: other })).rejects.toThrow(words);
});

it('not-tcp: other protocols are left alone', async () => {
  const found = await look(objects, { flow: { ...toCart, protocol: 'UDP' }, answers: answers() });
  expect(found).toMatchObject({ outcome: 'not-tcp', result: 'unsure' });
  expect(found.calls).toEqual([]);
});

// What leads to each of them stands in the test of the judge; here every sentence is whole.
it.each([
  ['source-silent', lostAfter(0)],
  ['lost-on-source-node', lostAfter(2)],
  ['lost-between-nodes', lostAfter(4)],
  ['lost-on-destination-node', lostAfter(6)],
  ['no-answer', lostAfter(8)],
  ['refused', answered(80)],
  ['reply-lost-there', replyLostAfter(2)],
  ['reply-lost-between', replyLostAfter(4)],
  ['reply-lost-here', replyLostAfter(6)],
  ['wrong-endpoint', { ...lostAfter(8), endpoints: [] }],
] as const)('%s is said in full in both languages', (outcome, trace) => {
  const judged = judgeTrace(trace);
  expect(judged.outcome).toBe(outcome);
  const evidence = step.evidence.parse({ trace: { ...trace, unseen: [] } });
  expect(step.interpret(evidence, toCart as never)).toEqual(judged);
});

it.each(['rejected', 'not-translated', 'reply-untranslated'])('%s fails the check', (outcome) => {
  expect(step.outcomes[outcome as keyof typeof step.outcomes]).toBe('fail');
});
