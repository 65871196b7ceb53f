import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import type { Run } from '../../../src/domain/query.js';
import step from '../../../src/steps/cni/node-knows-a-way-to-endpoints.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { answers, cluster, refusal, tablesOf, way } from './three-nodes.js';

const look = looking(step, 'node-knows-a-way-to-endpoints');
const outside = '198.51.100.7';
const byGateway = way({ dst: outside, gateway: '10.0.0.1', dev: 'eth0' });
const neighbour = (state: string, lladdr?: string) => ({
  dst: '10.0.0.1',
  dev: 'eth0',
  ...(lladdr && { lladdr }),
  state: [state],
});
const gateway = neighbour('REACHABLE', '52:54:00:00:00:01');
const slice = {
  metadata: { namespace: 'shop', name: 'cart-1', labels: { 'kubernetes.io/service-name': 'cart' } },
  addressType: 'IPv4',
  ports: [{ port: 80, protocol: 'TCP' }],
  endpoints: [{ addresses: [outside], conditions: { ready: true } }],
};
const byHand = { selector: undefined, ports: [{ port: 80, protocol: 'TCP' }] };

interface Seen {
  readonly own?: Run;
  readonly forwarded?: Run;
  readonly neighbours?: readonly object[];
  readonly slices?: readonly object[];
  readonly spec?: object;
  readonly devices?: readonly object[];
  readonly unseen?: boolean;
}
const seen = ({
  own = byGateway,
  forwarded = byGateway,
  neighbours = [gateway],
  slices = [slice],
  spec = byHand,
  devices,
  unseen = false,
}: Seen = {}) => {
  const [service] = cluster().services;
  const services = [{ ...service, spec: { ...service?.spec, ...spec } }];
  return look({ ...cluster(), services, endpointslices: slices } as never, {
    flow: flowBetween(readEnd('pod/shop/client', 'shop'), readEnd('svc/shop/cart:80', 'shop')),
    answers: answers(unseen ? { 'node-b': 'unseen' } : {}, (query, { address }, node) => {
      if (query === 'forwarded-route') return forwarded;
      if (query === 'tcp-connect') return ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' });
      if (query === 'ip-neighbours') return ran(JSON.stringify(neighbours));
      if (query === 'ip-links' && devices && node === 'node-b') return ran(JSON.stringify(devices));
      if (query !== 'route-to') return undefined;
      if (address === '10.244.1.2') return way({ dst: '10.244.1.2', dev: 'cni0', prefsrc: '10.244.1.1' });
      return node === 'node-b' ? own : byGateway;
    }),
  });
};

it.each<[string, Seen]>([
  ['routed', {}],
  ['no-route', { own: refusal('none'), forwarded: refusal('none') }],
  ['refused', { own: refusal('blackhole'), forwarded: refusal('blackhole') }],
  ['into-pod-network', { forwarded: way({ dst: outside, dev: 'cni0' }) }],
  ['not-forwarded', { forwarded: refusal('unreachable') }],
  ['hop-silent', { neighbours: [neighbour('FAILED')] }],
  // An entry that is only old was good a while ago, and no entry at all says nothing.
  ['routed', { neighbours: [neighbour('STALE', '52:54:00:00:00:01')] }],
  ['routed', { neighbours: [] }],
  ['own-address', { forwarded: way({ type: 'local', dst: outside, dev: 'lo' }) }],
])('%s %#', async (outcome, change) => {
  const found = await seen(change);
  expect(found).toMatchObject({ outcome, facts: { node: 'node-b', address: outside } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it.each<[string, Seen]>([
  ['there is no endpoint', { slices: [] }],
  ['its endpoints are Pods of its selector', { spec: { ...byHand, selector: { app: 'cart' } } }],
])('none-to-try: %s', async (_, change) => expect((await seen(change)).outcome).toBe('none-to-try'));

it('says what a peer does, and reads what it declares', async () => {
  const found = await seen({ own: refusal('none'), forwarded: refusal('none') });
  expect(found.facts?.peers).toEqual(['node-a: 10.0.0.1 eth0']);
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('onto-a-bridge: a bridge of the node that is no way out', async () => {
  const devices = tablesOf('node-b')['ip-links'];
  const docker = { ...devices[0], ifindex: 99, ifname: 'docker0', linkinfo: { info_kind: 'bridge' } };
  const found = await seen({ forwarded: way({ dst: outside, dev: 'docker0' }), devices: [...devices, docker] });
  expect(found).toMatchObject({ outcome: 'onto-a-bridge', result: 'warn', facts: { dev: 'docker0' } });
});

it('cannot look where the node of the source is shut', async () => {
  await expect(seen({ unseen: true })).rejects.toThrow('nobody may enter');
});
