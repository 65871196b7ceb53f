import { describe, expect, it } from 'vitest';
import type { Flow } from '../../../src/domain/flow.js';
import step from '../../../src/steps/exposure/node-port-answers-on-every-node.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { endpoint, service, slice, toCart } from '../shop.js';

const look = looking(step, 'node-port-answers-on-every-node');
const open = (spec = {}) =>
  service({ type: 'NodePort', ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30_080 }], ...spec });
const local = open({ externalTrafficPolicy: 'Local' });
const nodes = ['a', 'b', 'c'].map((letter, at) => ({
  metadata: { name: `node-${letter}` },
  status: { addresses: [{ type: 'InternalIP', address: `10.0.0.1${at + 1}` }] },
}));
const endpointslices = [slice([endpoint('cart-1', { nodeName: 'node-b' })])];
const toNode = (name: string): Flow => ({ ...toCart, to: { kind: 'node', name }, port: 30_080 });
const silentOn = (...addresses: string[]) => ({
  pod: (_: string, { host }: { host?: unknown }) =>
    ran(recorded('nc-busybox', `connect-${addresses.includes(String(host)) ? 'timeout' : 'open'}`), { tool: 'nc' }),
});
const [a, b, c] = ['10.0.0.11', '10.0.0.12', '10.0.0.13'] as const;

describe('node-port-answers-on-every-node', () => {
  it.each([
    ['all-answer', open(), toCart, silentOn()],
    ['all-answer', open(), toNode('node-a'), silentOn()],
    ['some-fail', open(), toCart, silentOn(b)],
    ['none-answers', open(), toNode('node-a'), silentOn(a, b, c)],
    ['as-local', local, toCart, silentOn(a, c)],
    ['as-local', local, toNode('node-b'), silentOn(a, c)],
    ['local-elsewhere', local, toNode('node-a'), silentOn(a, c)],
    // Local, and the node with the endpoint is silent: that is no affair of the policy.
    ['some-fail', local, toCart, silentOn(b)],
    ['not-a-node-port', service(), toCart, {}],
    ['not-a-node-port', open(), { ...toNode('node-a'), port: 30_081 }, {}],
    ['not-tried', open(), { ...toCart, protocol: 'UDP' as const }, {}],
  ])('%s', async (outcome, of, flow, answers) => {
    const udp = flow.protocol === 'UDP' ? open({ ports: [{ port: 80, protocol: 'UDP', nodePort: 30_080 }] }) : of;
    const seen = await look({ services: [udp], endpointslices, nodes }, { flow, answers });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('reads what it declares, and asks the node of the flow first', async () => {
    const seen = await look(
      { services: [open()], endpointslices, nodes },
      { flow: toNode('node-c'), answers: silentOn() },
    );
    expect(seen.used.toSorted()).toEqual(step.reads.toSorted());
    expect(seen.facts).toMatchObject({ answering: ['node-c', 'node-b', 'node-a'], 'node-port': 30_080 });
  });
});
