import { describe, expect, it } from 'vitest';
import { judgeTrace } from '../../../../src/queries/probes/trace/judge.js';
import type { TracedNode } from '../../../../src/queries/probes/trace/traced-node.js';
import { hop, outcome } from './judged.js';
import { answered, changed, lostAfter, replyLostAfter } from './recorded-trace.js';

describe('a connection that was recorded on both nodes', () => {
  it('is seen at every point, there and back', () => {
    const { outcome: word, facts } = judgeTrace(answered());
    expect(word).toBe('all-points');
    expect(facts).toMatchObject({ from: 'node-a', to: 'node-b', asked: '10.96.65.48:9000', reached: '10.244.0.3' });
    expect(
      (facts.path as { request: string; reply: string }[]).map(({ request, reply }) => `${request} ${reply}`),
    ).toEqual(Array.from({ length: 8 }, () => 'seen seen'));
  });

  it('is refused by the end itself, where the reset comes from its Pod', () => {
    expect(outcome(answered(80))).toBe('refused');
  });
});

describe('a request that is lost', () => {
  it.each([
    [1, 'lost-on-source-node', 'veth2f54113c@node-a', 'cni0@node-a'],
    [2, 'lost-on-source-node', 'cni0@node-a', 'flannel.1@node-a'],
    [3, 'lost-on-source-node', 'flannel.1@node-a', 'eth0@node-a'],
    [4, 'lost-between-nodes', 'eth0@node-a', 'eth0@node-b'],
    [5, 'lost-on-destination-node', 'eth0@node-b', 'flannel.1@node-b'],
    [6, 'lost-on-destination-node', 'flannel.1@node-b', 'cni0@node-b'],
    [7, 'lost-on-destination-node', 'cni0@node-b', 'pod@node-b'],
    [8, 'no-answer', 'vethd0fd29ba@node-b', 'pod@node-b'],
  ])('behind %i devices: %s', (points, word, last, next) => {
    expect(outcome(lostAfter(points))).toBe(word);
    expect(hop(lostAfter(points))).toEqual([last, next]);
  });

  it('before the first device, inside the Pod', () => {
    expect(outcome(lostAfter(0))).toBe('source-silent');
  });

  it('where nobody could listen at the other end', () => {
    const trace = lostAfter(4);
    expect(outcome({ ...trace, seen: trace.seen.slice(0, 1) })).toBe('left-source-node');
    const inside = lostAfter(3);
    expect(outcome({ ...inside, seen: inside.seen.slice(0, 1) })).toBe('lost-on-source-node');
  });

  it('is not called lost where the node could not keep up', () => {
    const trace = lostAfter(6);
    expect(outcome({ ...trace, seen: trace.seen.map((node) => ({ ...node, lost: 3 })) })).toBe('not-captured');
  });
});

describe('an answer that is lost', () => {
  it.each([
    [1, 'reply-lost-there', 'vethd0fd29ba@node-b', 'cni0@node-b'],
    [3, 'reply-lost-there', 'flannel.1@node-b', 'eth0@node-b'],
    [4, 'reply-lost-between', 'eth0@node-b', 'eth0@node-a'],
    [5, 'reply-lost-here', 'eth0@node-a', 'flannel.1@node-a'],
    [7, 'reply-lost-here', 'cni0@node-a', 'veth2f54113c@node-a'],
    [8, 'reply-lost-here', 'veth2f54113c@node-a', 'pod@node-a'],
  ])('behind %i devices of the way back: %s', (points, word, last, next) => {
    expect(outcome(replyLostAfter(points))).toBe(word);
    expect(hop(replyLostAfter(points))).toEqual([last, next]);
  });

  it('comes back with the address of the Pod in the place of that of the Service', () => {
    const trace = changed(answered(), (packet) =>
      packet.flags === 'S.' ? { ...packet, from: { address: '10.244.0.3', port: 9000 } } : packet,
    );
    expect(outcome(trace)).toBe('reply-untranslated');
  });
});

describe('an address of a Service', () => {
  it('leaves the node as it is', () => {
    const trace = changed(lostAfter(8), (packet) => ({ ...packet, to: { address: '10.96.65.48', port: 9000 } }));
    const seen = trace.seen.slice(0, 1).map((node) => ({
      ...node,
      packets: node.packets.filter(({ device }) => device !== 'flannel.1'),
    }));
    expect(outcome({ ...trace, seen })).toBe('not-translated');
  });

  it('leads to an address that is no endpoint', () => {
    const endpoints = [{ address: '10.244.0.9', port: 9000, node: 'node-b', pod: 'cart' }];
    expect(outcome({ ...lostAfter(8), endpoints })).toBe('wrong-endpoint');
  });

  it('is replaced by another source address, which hides nobody', () => {
    const trace = changed(answered(), (packet, { node }) =>
      packet.flags === 'S' && node === 'node-b' ? { ...packet, from: { address: '10.244.2.0', port: 1234 } } : packet,
    );
    expect(judgeTrace(trace)).toMatchObject({ outcome: 'all-points', facts: { 'source-after': '10.244.2.0' } });
  });
});

describe('a refusal on the way', () => {
  const says = 'host 10.244.0.3 unreachable - admin prohibited filter';
  it('names who said it, and the last device before', () => {
    const trace = lostAfter(6);
    const [source, far] = trace.seen;
    const icmp = {
      ...{ at: 1, device: 'veth2f54113c', way: 'out' as const, kind: 'icmp' as const, says },
      ...{ from: { address: '10.244.0.0' }, to: { address: '10.244.2.2' } },
    };
    const seen = [{ ...source, packets: [...(source?.packets ?? []), icmp] }, far] as typeof trace.seen;
    expect(judgeTrace({ ...trace, seen })).toMatchObject({
      outcome: 'rejected',
      facts: { says, by: '10.244.0.0', 'last-device': 'flannel.1', 'last-node': 'node-b' },
    });
  });

  it('is told from one by the end where a reset comes from a node', () => {
    const trace = answered(80);
    const seen = trace.seen.map((node) => ({
      ...node,
      packets: node.packets.filter(
        ({ flags, device }) => flags === 'S' || (node.node === 'node-a' && device !== 'eth0' && device !== 'flannel.1'),
      ),
    }));
    expect(outcome({ ...trace, seen })).toBe('rejected');
  });
});

describe('other clusters', () => {
  it('routes without a tunnel and without a bridge', () => {
    const bare = changed(answered(), (packet) => ({ ...packet, outer: undefined }));
    const seen = bare.seen.map((node) => ({
      ...node,
      towards: 'eth0',
      devices: node.devices
        .filter(({ role }) => role === 'uplink' || role === 'pod')
        .map(({ name, role, kind }) => ({ name, role, kind })),
      packets: node.packets.filter(({ device }) => device === 'eth0' || device?.startsWith('veth')),
    }));
    expect(judgeTrace({ ...bare, seen })).toMatchObject({ outcome: 'all-points', facts: { path: { length: 4 } } });
  });

  it('hides what it carries, and its uplink is no point', () => {
    const trace = answered();
    const seen = trace.seen.map((node) => ({
      ...node,
      devices: node.devices.map((device) => (device.role === 'tunnel' ? { ...device, kind: 'wireguard' } : device)),
      packets: node.packets.filter(({ device }) => device !== 'eth0'),
    }));
    expect(judgeTrace({ ...trace, seen })).toMatchObject({ outcome: 'all-points', facts: { path: { length: 6 } } });
    const lost = lostAfter(3, { ...trace, seen });
    expect(outcome(lost)).toBe('lost-between-nodes');
  });

  it('has both Pods on one node, where frames pass below the bridge', () => {
    const trace = answered();
    const [source, far] = trace.seen;
    const here = {
      ...source,
      devices: [...(source?.devices ?? []), { name: 'vethd0fd29ba', role: 'pod', kind: 'veth', master: 'cni0' }],
      packets: [...(source?.packets ?? []), ...(far?.packets ?? [])].filter(({ device }) => device?.startsWith('veth')),
    };
    const endpoints = trace.endpoints.map((endpoint) => ({ ...endpoint, node: 'node-a' }));
    expect(judgeTrace({ ...trace, endpoints, seen: [here] as typeof trace.seen })).toMatchObject({
      outcome: 'all-points',
      facts: { path: { length: 2 } },
    });
  });

  it('serves from the network of the node, whose uplink is the last point', () => {
    const trace = answered();
    const seen = trace.seen.map((node) => ({
      ...node,
      towards: 'eth0',
      addresses: node.role === 'destination' ? ['10.244.0.3'] : node.addresses,
    }));
    const lost = lostAfter(5, { ...trace, seen });
    expect(judgeTrace(lost)).toMatchObject({
      outcome: 'no-answer',
      facts: { 'last-device': 'eth0', 'last-node': 'node-b' },
    });
  });
});

it.each([[lostAfter(0)], [lostAfter(3)], [lostAfter(6)], [replyLostAfter(6)]])(
  'accuses nobody where the capture ended before the probe did',
  (trace) => {
    expect(outcome({ ...trace, seen: trace.seen.map((node) => ({ ...node, watched: false })) })).toBe('not-captured');
  },
);

it('says nothing of packets that nobody caught', () => {
  const trace = lostAfter(0);
  expect(outcome({ ...trace, probe: answered().probe })).toBe('not-captured');
});

it('says why the kernels dropped packets meanwhile, but not what they do all day', () => {
  const [first, second] = lostAfter(6).seen as [TracedNode, TracedNode];
  const drop = (reason: string, count: number) => ({ reason, location: 'nft_do_chain', count });
  const drops = [drop('QUEUE_PURGE', 13), drop('NETFILTER_DROP', 4)];
  expect(judgeTrace({ ...lostAfter(6), seen: [first, { ...second, drops }] }).facts.drops).toEqual([
    { node: 'node-b', ...drop('NETFILTER_DROP', 4) },
  ]);
  expect(judgeTrace(lostAfter(6)).facts).not.toHaveProperty('drops');
});
