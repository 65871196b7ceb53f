import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/pod/pod-nodes-are-ready.js';
import { looking } from '../look.js';
import { checkout, evicted, node, notReady, pod, service, toCart } from '../shop.js';

const look = looking(step, 'pod-nodes-are-ready');
const flow = toCart;
const services = [service()];
const onB = pod('cart-1', { spec: { nodeName: 'node-b' } });
const pods = [checkout(), onB];
const outside = { ...flow, from: { kind: 'outside' as const } };

describe('pod-nodes-are-ready', () => {
  it.each([
    ['ready', [node('node-a'), node('node-b')], flow],
    ['source-node-not-ready', [node('node-a', 'Unknown'), node('node-b')], flow],
    ['destination-node-not-ready', [node('node-a'), node('node-b', 'False')], flow],
    ['destination-node-not-ready', [node('node-a')], flow],
    [
      'source-node-not-ready',
      [node('node-a', 'False'), node('node-b')],
      { ...flow, from: { kind: 'node' as const, name: 'node-a' } },
    ],
    ['ready', [node('node-a', 'False'), node('node-b')], outside],
  ])('%s', async (outcome, nodes, of) => {
    const seen = await look({ services, pods, nodes }, { flow: of });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('none-placed', async () => {
    expect((await look({ services }, { flow: outside })).outcome).toBe('none-placed');
  });

  it('partly-seen: looks at eight Nodes, those of Pods that are not ready before others', async () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      pod(`cart-${index}`, { spec: { nodeName: `node-${index}` } }),
    );
    const last = pod('cart-lost', { spec: { nodeName: 'node-lost' }, status: notReady });
    const nodes = [node('node-a'), ...many.map(({ spec }) => node(spec?.nodeName ?? ''))];
    const alive = await look({ services, pods: [checkout(), ...many], nodes }, { flow });
    expect(alive).toMatchObject({ outcome: 'partly-seen', result: 'unsure', facts: { unseen: 13 } });
    expect(alive.en + alive.zh).not.toMatch(/[{}]/);
    const withLost = await look(
      { services, pods: [checkout(), ...many, last], nodes: [...nodes, node('node-lost', 'Unknown')] },
      { flow },
    );
    expect(withLost).toMatchObject({ outcome: 'destination-node-not-ready', facts: { nodes: ['node-lost'] } });
  });

  it('reads what it declares, each Node by its name', async () => {
    const { used, calls } = await look({ services, pods, nodes: [node('node-a'), node('node-b')] }, { flow });
    expect(used.toSorted()).toEqual([...step.reads].sort());
    expect(
      calls.filter((call) => call.port === 'kube' && 'kind' in call && call.kind === 'nodes' && call.verb === 'list'),
    ).toEqual([]);
  });

  it('raises no alarm over a cordoned Node or the lost Node of a Pod that ended', async () => {
    const cordoned = { ...node('node-b'), spec: { unschedulable: true } };
    const gone = pod('cart-0', { spec: { nodeName: 'node-lost' }, status: evicted });
    expect((await look({ services, pods: [...pods, gone], nodes: [node('node-a'), cordoned] }, { flow })).result).toBe(
      'pass',
    );
  });
});
