import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { parseConnect } from '../../../src/parse/connect.js';
import step from '../../../src/steps/cni/tunnel-port-is-open.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import {
  answers,
  cluster,
  healthyWay,
  type NodeName,
  type Tables,
  tablesOf,
  toCart,
  towards,
  way,
} from './three-nodes.js';

const look = looking(step, 'tunnel-port-is-open');
const nc = (name: string) => ran(recorded('nc-busybox', `connect-${name}`), { tool: 'nc' });

interface Counters {
  readonly sent: number;
  readonly received: number;
}
const counted = ({ 'ip-links': rows }: Tables, { sent, received }: Counters) =>
  rows.map((row) =>
    row.ifname === 'flannel.1'
      ? {
          ...row,
          stats64: {
            tx: { packets: 100 + sent, errors: 0, dropped: 0 },
            rx: { packets: 100 + received, errors: 0, dropped: 0 },
          },
        }
      : row,
  );

interface Throwing {
  /** The second reading. */
  readonly more: boolean;
  readonly node: NodeName;
  readonly thrown: { readonly ipsec: number; readonly checksums: number };
}
interface World {
  readonly tcp?: string;
  readonly here?: Counters;
  readonly there?: Counters;
  readonly flow?: typeof toCart;
  readonly direct?: boolean;
  readonly noExec?: boolean;
  /** What the Node of the source throws away by IPsec, and that of the destination for a wrong checksum. */
  readonly thrown?: Throwing['thrown'];
}
const nothing = { ipsec: 0, checksums: 0 };
const throwing = (query: string, { more, node, thrown }: Throwing) => {
  if (query === 'ipsec-errors') {
    const count = more && node === 'node-b' ? thrown.ipsec : 0;
    return ran(`XfrmInError                     0\nXfrmOutNoStates                 ${7 + count}\n`);
  }
  const count = more && node === 'node-c' ? thrown.checksums : 0;
  const udp = [`Udp: InDatagrams InCsumErrors`, `Udp: 500 ${3 + count}`].map((line) => `/proc/net/snmp:${line}`);
  return query === 'kernel-counters' ? ran(['/proc/uptime:900.10 1700.20', ...udp, ''].join('\n')) : undefined;
};

/** Counters grow by what is given after the second look: the first may be an old answer. */
const seen = ({
  tcp = 'timeout',
  here,
  there,
  flow = toCart,
  direct = false,
  noExec = false,
  thrown = nothing,
}: World = {}) => {
  const looks: Partial<Record<NodeName, number>> = {};
  const none = { sent: 0, received: 0 };
  const counting = (query: string, { address }: Record<string, unknown>, node: NodeName) => {
    if (query === 'tcp-connect') return nc(tcp);
    if (query === 'route-to')
      return direct ? way({ dst: address, gateway: '10.0.0.13', dev: 'eth0' }) : healthyWay(String(address), node);
    const before = (looks[node] ?? 0) < 2;
    looks[node] = (looks[node] ?? 0) + 1;
    const grown = (node === 'node-b' ? here : there) ?? none;
    return ran(JSON.stringify(counted(tablesOf(node), before ? none : grown)));
  };
  const world = answers(
    {},
    (query, args, node) => throwing(query, { more: args.since === '4', node, thrown }) ?? counting(query, args, node),
  );
  const pod = () => {
    if (noExec) throw new CannotLook('forbidden', 'no exec');
    return nc(tcp);
  };
  return look(cluster(), { flow, answers: { ...world, pod } });
};
// Each try of the recorded series sent at least one packet.
const tries = parseConnect(recorded('nc-busybox', 'connect-timeout'), 'nc').of;

it('passes: the flow gets through, or is refused at the far end', async () => {
  const found = await seen({ tcp: 'open' });
  expect(found).toMatchObject({ outcome: 'passes', facts: { node: 'node-b', other: 'node-c', device: 'flannel.1' } });
  expect(found.used.toSorted()).toEqual(step.reads.filter((kind) => kind !== 'services').toSorted());
  expect((await seen({ tcp: 'refused' })).outcome).toBe('passes');
});

it.each<[string, Counters, Counters]>([
  ['lost-on-the-way', { sent: 6, received: 0 }, { sent: 0, received: 0 }],
  ['lost-on-the-way', { sent: 6, received: 4 }, { sent: 9, received: tries - 1 }],
  ['answers-lost', { sent: 6, received: 0 }, { sent: 6, received: 6 }],
  ['not-sent', { sent: 0, received: 0 }, { sent: 0, received: 0 }],
  ['not-answered', { sent: 6, received: 0 }, { sent: 0, received: 6 }],
  ['both-ways', { sent: 6, received: 6 }, { sent: 6, received: 6 }],
  ['too-busy', { sent: 5000, received: 0 }, { sent: 0, received: 0 }],
])('%s: %j here, %j there', async (outcome, here, there) => {
  const found = await seen({ here, there });
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('only what cannot be told from others is left unsure, and loss is a failure', () => {
  expect(
    Object.entries(step.outcomes)
      .filter(([, result]) => result === 'fail')
      .map(([word]) => word),
  ).toEqual(['lost-on-the-way', 'answers-lost', 'lost-to-ipsec', 'lost-to-checksums']);
});

it.each<[string, { ipsec: number; checksums: number }]>([
  ['lost-to-ipsec', { ipsec: tries, checksums: 0 }],
  ['lost-to-checksums', { ipsec: 0, checksums: tries }],
  // Fewer than the tries do not say why every one of them was lost.
  ['lost-on-the-way', { ipsec: tries - 1, checksums: tries - 1 }],
])('%s: the ends threw %j away', async (outcome, thrown) => {
  const found = await seen({ here: { sent: 6, received: 0 }, there: { sent: 0, received: 0 }, thrown });
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('tries from the node where the Pod lets nobody in', async () => {
  const found = await seen({ noExec: true, here: { sent: 6, received: 0 } });
  expect(found.outcome).toBe('lost-on-the-way');
  expect(found.calls.some((call) => call.port === 'node' && call.query === 'tcp-connect')).toBe(true);
});

it('no-tunnel: packets that nobody wraps', async () => {
  expect((await seen({ direct: true })).outcome).toBe('no-tunnel');
});

it('one-node: the destination is beside the source', async () => {
  expect((await seen({ flow: towards('near') })).outcome).toBe('one-node');
});
