import { describe, expect, it } from 'vitest';
import { judgeTrace, type Trace } from '../../../../src/queries/probes/trace/judge.js';
import type { TracedNode, TracedPod } from '../../../../src/queries/probes/trace/traced-node.js';
import { hop, outcome } from './judged.js';
import { answered, lostAfter, replyLostAfter } from './recorded-trace.js';

describe('inside the Pods themselves', () => {
  const at = { 'node-a': 'veth2f54113c', 'node-b': 'vethd0fd29ba' } as const;
  /** What the Pod sees is what its veth sees, from the other side. */
  const insideOf = (node: TracedNode, pod: string, address: string): TracedPod => ({
    ...{ node: node.node, role: node.role, pod, address, lost: 0, watched: true, left: 0 },
    packets: node.packets
      .filter(({ device }) => device === at[node.node as keyof typeof at])
      .map((packet) => ({ ...packet, device: 'eth0', way: packet.way === 'in' ? 'out' : 'in' })),
  });
  const all = answered();
  const [client, cart] = [
    insideOf(all.seen[0] as TracedNode, 'client', '10.244.2.2'),
    insideOf(all.seen[1] as TracedNode, 'cart', '10.244.0.3'),
  ];
  const only = (pod: TracedPod, keep: (flags: string) => boolean): TracedPod => ({
    ...pod,
    packets: pod.packets.filter(({ flags = '' }) => keep(flags)),
  });
  const requests = (pod: TracedPod) => only(pod, (flags) => flags === 'S');
  const nothing = (pod: TracedPod) => only(pod, () => false);
  const told = (trace: Trace) => [outcome(trace), ...hop(trace)];

  it('the way is ten points long', () => {
    const trace = { ...all, inside: [client, cart] };
    const path = judgeTrace(trace).facts.path as { device: string; role: string; request: string; reply: string }[];
    expect(outcome(trace)).toBe('all-points');
    expect(path).toHaveLength(10);
    expect([path[0], path[9]]).toMatchObject([
      { device: 'client:eth0', role: 'inside', request: 'seen', reply: 'seen' },
      { device: 'cart:eth0', role: 'inside', request: 'seen', reply: 'seen' },
    ]);
  });

  it.each<[string, Trace, readonly TracedPod[], string[]]>([
    [
      'leaves the Pod and not its veth',
      lostAfter(0),
      [requests(client), nothing(cart)],
      ['lost-on-source-node', 'client:eth0@node-a', 'pod@node-a'],
    ],
    [
      'leaves the veth and does not arrive in the Pod',
      lostAfter(8),
      [requests(client), nothing(cart)],
      ['lost-on-destination-node', 'vethd0fd29ba@node-b', 'cart:pod@node-b'],
    ],
    [
      'arrives in the Pod, which says nothing',
      lostAfter(8),
      [requests(client), requests(cart)],
      ['no-answer', 'cart:eth0@node-b', 'pod@node-b'],
    ],
  ])('a request %s', (_, trace, inside, wanted) => {
    expect(told({ ...trace, inside })).toEqual(wanted);
  });

  it.each<[string, Trace, readonly TracedPod[], string[]]>([
    [
      'leaves its Pod and no further',
      lostAfter(8),
      [requests(client), cart],
      ['reply-lost-there', 'cart:eth0@node-b', 'vethd0fd29ba@node-b'],
    ],
    [
      'comes back to the veth and not into the Pod',
      replyLostAfter(8),
      [requests(client), cart],
      ['reply-lost-here', 'veth2f54113c@node-a', 'client:eth0@node-a'],
    ],
  ])('an answer %s', (_, trace, inside, wanted) => {
    expect(told({ ...trace, inside })).toEqual(wanted);
  });

  it('is no point where the capture had a gap or ended early', () => {
    const inside = [
      { ...nothing(client), lost: 3 },
      { ...nothing(cart), watched: false },
    ];
    expect(judgeTrace({ ...all, inside })).toEqual(judgeTrace(all));
  });

  it('is silent where the source sends nothing at all', () => {
    expect(outcome({ ...lostAfter(0), inside: [nothing(client), nothing(cart)] })).toBe('source-silent');
  });
});
