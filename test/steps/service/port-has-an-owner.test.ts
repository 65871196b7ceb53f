import { expect, it } from 'vitest';
import type { Flow } from '../../../src/domain/flow.js';
import step from '../../../src/steps/service/port-has-an-owner.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { flow, from, lobby, lookIn } from '../kube-proxy/lobby.js';

const look = lookIn(step, 'port-has-an-owner');
const guest = from('guest');

it.each([
  ['node-port', 'node-b', 30_080, 'lobby/desk'],
  ['node-port', '10.0.0.12', 30_080, 'lobby/desk'],
  ['node-port', '127.0.0.1', 30_080, 'lobby/desk'],
  ['external-address', '198.51.100.51', 80, 'lobby/hall'],
  ['external-address', '198.51.100.60', 80, 'lobby/kiosk'],
  ['cluster-address', '10.96.0.21', 80, 'lobby/desk'],
  ['host-port', 'node-b', 9960, 'lobby/door'],
  ['host-port', '10.0.1.12', 9960, 'lobby/door'],
  ['nobody', 'node-a', 9960, ''],
  ['nobody', 'node-b', 31_000, ''],
  ['nobody', '198.51.100.51', 81, ''],
] as const)('%s at %s:%d', async (outcome, to, port, owner) => {
  expect(await look({ flow: flow(guest, to, port) })).toMatchObject({ outcome, facts: { owner } });
});

const withPod = (spec: object): FakeObjects => {
  const objects = lobby();
  const pod = {
    metadata: { namespace: 'lobby', name: 'agent' },
    spec: { nodeName: 'node-b', ...spec },
    status: { phase: 'Running', podIP: '10.0.0.12' },
  };
  return { ...objects, pods: [...(objects.pods ?? []), pod] };
};
const container = (port: object) => ({ containers: [{ name: 'agent', ports: [port] }] });

it('tells a Pod on the network of the node', async () => {
  const objects = withPod({ hostNetwork: true, ...container({ containerPort: 9100 }) });
  expect(await look({ flow: flow(guest, 'node-b', 9100), objects })).toMatchObject({ outcome: 'host-network' });
});

it('tells that two want the same port', async () => {
  const objects = withPod(container({ containerPort: 8080, hostPort: 30_080 }));
  expect(await look({ flow: flow(guest, 'node-b', 30_080), objects })).toMatchObject({
    outcome: 'clash',
    facts: { owners: ['lobby/desk', 'lobby/agent'] },
  });
});

it('raises no alarm for a host port of another address or protocol', async () => {
  const elsewhere = withPod(container({ containerPort: 53, hostPort: 5353, hostIP: '10.0.1.12' }));
  expect(await look({ flow: flow(guest, 'node-b', 5353), objects: elsewhere })).toMatchObject({ outcome: 'nobody' });
  const udp = withPod(container({ containerPort: 53, hostPort: 5353, protocol: 'UDP' }));
  expect(await look({ flow: flow(guest, 'node-b', 5353), objects: udp })).toMatchObject({ outcome: 'nobody' });
});

it('says nothing without a number', async () => {
  const nameless: Flow = { ...flow(guest, 'node-b', 80), port: 'http' };
  expect(await look({ flow: nameless })).toMatchObject({ outcome: 'no-port' });
  expect(await look({ flow: flow(guest, 'node-x', 80) })).toMatchObject({ outcome: 'no-port' });
});

it('reads few objects, however large the cluster is', async () => {
  const { calls } = await look({ flow: flow(guest, '10.0.0.12', 30_080) });
  expect(calls.map((call) => JSON.stringify('fields' in call ? call.fields : call))).toEqual([
    '{"status.podIP":"10.0.0.12"}',
    '{"spec.type":"NodePort"}',
    '{"spec.type":"LoadBalancer"}',
    '{"spec.nodeName":"node-b"}',
  ]);
});
