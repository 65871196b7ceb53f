import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import step from '../../../src/steps/connectivity/nodes-let-the-api-server-through.js';
import { answersOf } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { guard, toGuard } from './api-server-calls.js';

const look = looking(step, 'nodes-let-the-api-server-through');
const node = (name: string, address: string) => ({
  metadata: { name },
  status: { conditions: [{ type: 'Ready', status: 'True' }], addresses: [{ type: 'InternalIP', address }] },
});
const api = (address: string) => ({
  metadata: { namespace: 'default', name: 'kubernetes', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
  addressType: 'IPv4',
  ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
  endpoints: [{ addresses: [address], conditions: { ready: true } }],
});
const kubernetes = {
  metadata: { namespace: 'default', name: 'kubernetes' },
  spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, targetPort: 6443 }] },
};
const cluster = (server = '10.0.0.5', ready = true) => {
  const { services, endpointslices } = guard(ready);
  const pods = [
    {
      metadata: { namespace: 'shop', name: 'guard-1', labels: { app: 'guard' } },
      spec: { nodeName: 'node-b' },
      status: { phase: 'Running', podIP: '10.244.2.4' },
    },
  ];
  return {
    ...{ pods, services: [...services, kubernetes], endpointslices: [...endpointslices, api(server)] },
    nodes: [node('node-a', '10.0.0.11'), node('node-b', '10.0.0.12'), node('node-c', '10.0.0.13')],
  };
};

const routes: Readonly<Record<string, string>> = {
  '10.0.0.5': '10.0.0.5 dev eth0 src 10.0.0.12 uid 0 \\    cache ',
  '10.0.0.13': '10.0.0.13 dev eth0 src 10.0.0.12 uid 0 \\    cache ',
  '10.0.0.12': 'local 10.0.0.12 dev lo table local src 10.0.0.12 uid 0 \\    cache <local> ',
  '10.244.2.4': '10.244.2.4 dev cni0 src 10.244.2.1 uid 0 \\    cache ',
};
const onNodes =
  (states: Readonly<Record<string, string>>, blind: readonly string[] = []) =>
  (query: string, args: JsonObject, name: string) => {
    if (blind.includes(name)) throw new CannotLook('forbidden', 'a password is required');
    if (query === 'route-to-address') return ran(routes[String(args.address)] ?? '');
    return answersOf({ state: states[name] ?? 'as-listed' })(query, args);
  };
const seen = (states: Readonly<Record<string, string>>, { blind = [] as string[], objects = cluster() } = {}) =>
  look(objects, { flow: toGuard, answers: { node: onNodes(states, blind) } });

it('would-stop: on a node on the way as well as on that of the Pod', async () => {
  for (const where of ['node-a', 'node-b']) {
    const found = await seen({ [where]: 'foreign-drop' });
    expect(found).toMatchObject({
      outcome: 'would-stop',
      result: 'fail',
      facts: { node: where, servers: ['10.0.0.5'] },
    });
    expect(found.used.toSorted()).toEqual(step.reads.toSorted());
    expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
  }
});

it('open: a policy DROP behind rules that accept stops nothing', async () => {
  expect(await seen({ 'node-a': 'docker-drop', 'node-b': 'docker-drop' })).toMatchObject({ outcome: 'open' });
});

it('open: what an API server on the node itself sends is not forwarded there', async () => {
  const found = await seen({ 'node-b': 'foreign-drop' }, { objects: cluster('10.0.0.12') });
  expect(found).toMatchObject({ outcome: 'open', facts: { servers: ['10.0.0.12'] } });
});

it('open: between a node of the control plane and that of the Pod lies no third one', async () => {
  const objects = cluster('10.0.0.13');
  expect(await seen({ 'node-a': 'foreign-drop' }, { objects })).toMatchObject({ outcome: 'open' });
  expect(await seen({ 'node-b': 'foreign-drop' }, { objects })).toMatchObject({ outcome: 'would-stop' });
});

it('by-policy: leaves the rules of NetworkPolicies what they are', async () => {
  const { evidence } = await seen({ 'node-b': 'foreign-drop' });
  const filters = evidence.seen.flatMap((one: { filters: object[] }) => one.filters);
  for (const filter of filters) Object.assign(filter, { whose: 'policies' });
  expect(step.interpret(evidence, toGuard).outcome).toBe('by-policy');
});

it('partly-seen: one node could not be looked at', async () => {
  expect(await seen({}, { blind: ['node-a'] })).toMatchObject({
    outcome: 'partly-seen',
    facts: { unseen: ['node-a'] },
  });
});

it('not-tried: nobody is there to go to', async () => {
  expect(await seen({}, { objects: cluster('10.0.0.5', false) })).toMatchObject({ outcome: 'not-tried' });
});

it('cannot look where the node of the Pods could not be seen', async () => {
  await expect(seen({}, { blind: ['node-b'] })).rejects.toThrow(CannotLook);
});
