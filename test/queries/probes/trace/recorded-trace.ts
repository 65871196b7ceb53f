import { readFileSync } from 'node:fs';
import { parseCapture } from '../../../../src/parse/captures/capture.js';
import type { Packet } from '../../../../src/parse/captures/packet.js';
import { parseConnect } from '../../../../src/parse/connect.js';
import type { Trace } from '../../../../src/queries/probes/trace/judge.js';
import type { TracedNode } from '../../../../src/queries/probes/trace/traced-node.js';

export const recorded = (name: string) =>
  readFileSync(new URL(`../../../fixtures/tcpdump/${name}.txt`, import.meta.url), 'utf8');

const device = (name: string, role: TracedNode['devices'][number]['role'], more: object = {}) => ({
  ...{ name, role, kind: role === 'tunnel' ? 'vxlan' : role },
  ...more,
});

const node = (name: string, role: TracedNode['role'], { veth, address }: { veth: string; address: string }) => ({
  ...{ node: name, role },
  devices: [
    device('lo', 'other'),
    device('eth0', 'uplink'),
    device('flannel.1', 'tunnel'),
    device('cni0', 'bridge'),
    device(veth, 'pod', { master: 'cni0' }),
  ],
  addresses: ['127.0.0.1', address],
  towards: 'flannel.1',
  ...{ lost: 0, watched: true, left: 0 },
});

const packetsOf = (name: string) => parseCapture(recorded(name), recorded('any.stderr')).packets;

const failing = parseConnect('try 1 exit=1 from=1.00 to=4.00 nc: timed out\n', 'nc');
const open = parseConnect('try 1 exit=0 from=1.00 to=1.01 \n', 'nc');

/** One connection from client to cart, recorded on both nodes at the same time. */
export const answered = (port: 9000 | 80 = 9000): Trace => {
  const own = ({ from, to, flags }: Packet) => flags !== undefined && (from?.port === port || to?.port === port);
  return {
    asked: port === 9000 ? { address: '10.96.65.48', port } : { address: '10.244.0.3', port },
    sources: ['10.244.2.2'],
    endpoints: [{ address: '10.244.0.3', port, node: 'node-b', pod: 'cart' }],
    probe: port === 9000 ? open : failing,
    seen: [
      {
        ...node('node-a', 'source', { veth: 'veth2f54113c', address: '10.0.0.11' }),
        packets: packetsOf('answered-node-a').filter(own),
      },
      {
        ...node('node-b', 'destination', { veth: 'vethd0fd29ba', address: '10.0.0.12' }),
        packets: packetsOf('answered-node-b').filter(
          (packet) => own(packet) && (packet.from?.address === '10.244.2.2' || packet.to?.address === '10.244.2.2'),
        ),
      },
    ],
  };
};

const way = [
  ['node-a', 'veth2f54113c'],
  ['node-a', 'cni0'],
  ['node-a', 'flannel.1'],
  ['node-a', 'eth0'],
  ['node-b', 'eth0'],
  ['node-b', 'flannel.1'],
  ['node-b', 'cni0'],
  ['node-b', 'vethd0fd29ba'],
];

const upTo = (trace: Trace, keep: (packet: Packet, place: number) => boolean): Trace => ({
  ...trace,
  probe: failing,
  seen: trace.seen.map((one) => ({
    ...one,
    packets: one.packets.filter((packet) =>
      keep(
        packet,
        way.findIndex(([name, at]) => name === one.node && at === packet.device),
      ),
    ),
  })),
});

/** The same connection, as if it had been lost behind so many devices of its way. */
export const lostAfter = (points: number, trace = answered()) =>
  upTo(trace, ({ flags }, place) => flags === 'S' && place < points);

/** The request came through; its answer is lost behind so many devices of the way back. */
export const replyLostAfter = (points: number, trace = answered()) =>
  upTo(trace, ({ flags }, place) => flags === 'S' || place >= way.length - points);

export const changed = (trace: Trace, change: (packet: Packet, node: TracedNode) => Packet): Trace => ({
  ...trace,
  seen: trace.seen.map((one) => ({ ...one, packets: one.packets.map((packet) => change(packet, one)) })),
});
