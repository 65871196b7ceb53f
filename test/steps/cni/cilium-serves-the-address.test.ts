import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/cilium-serves-the-address.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { says, status } from './cilium-says.js';
import { ciliumShop, flannelShop, nobodyAsks, toService } from './plugin-shop.js';

const look = looking(step, 'cilium-serves-the-address');

const front = (ip: string, port: number, backends: readonly string[] = ['10.244.2.5'], type = 'ClusterIP') => {
  const spec = {
    'frontend-address': { ip, port, protocol: 'TCP', scope: 'external' },
    'backend-addresses': backends.map((address) => ({ ip: address, port: 8080, protocol: 'TCP', state: 'active' })),
    flags: { type, name: 'cart', namespace: 'shop' },
    id: port,
  };
  return { spec, status: { realized: spec } };
};
const slices: FakeObjects['endpointslices'] = [
  {
    metadata: { namespace: 'shop', name: 'cart-1', labels: { 'kubernetes.io/service-name': 'cart' } },
    addressType: 'IPv4',
    ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    endpoints: ['10.244.2.5', '10.244.1.9'].map((address) => ({
      addresses: [address],
      conditions: { ready: true },
      nodeName: 'node-c',
    })),
  },
];
const service = (spec: object = {}, given: object = {}) => ({
  metadata: { namespace: 'shop', name: 'cart' },
  spec: {
    clusterIP: '10.96.1.2',
    ipFamilies: ['IPv4'],
    selector: { app: 'cart' },
    ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }],
    ...spec,
  },
  status: given,
});

interface World {
  readonly rows?: readonly object[] | 'nothing';
  readonly spec?: object;
  readonly given?: object;
  readonly told?: ReturnType<typeof status>;
}
const seen = async ({ rows = [], spec, given, told = status() }: World) => {
  const agent = (query: string) =>
    query === 'cilium-status' ? told : ran(rows === 'nothing' ? 'Error: not now' : JSON.stringify(rows));
  const more = { services: [service(spec, given)], endpointslices: slices };
  const found = await look(ciliumShop({ more }), { flow: toService, answers: says({ agent }) });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};
const own = front('10.96.1.2', 80);
const nodePort = { ports: [{ port: 80, targetPort: 8080, protocol: 'TCP', nodePort: 30080 }] };
const balanced = { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } };

it.each([
  ['served', { rows: [own] }],
  ['served', { rows: [own, front('10.0.0.12', 30080)], spec: nodePort }],
  ['missing', { rows: [front('10.96.1.3', 80)] }],
  ['other-backends', { rows: [front('10.96.1.2', 80, ['10.244.2.99'])] }],
  ['other-backends', { rows: [front('10.96.1.2', 80, [])] }],
  ['outside-missing', { rows: [own], spec: nodePort }],
  ['outside-missing', { rows: [own], given: balanced }],
  // The load balancer answers for the address itself.
  ['served', { rows: [own], given: { loadBalancer: { ingress: [{ ip: '203.0.113.7', ipMode: 'Proxy' }] } } }],
  ['left-to-kube-proxy', { told: status({ 'kube-proxy-replacement': { mode: 'False' } }) }],
  ['no-address', { spec: { clusterIP: 'None' } }],
] as [string, World][])('%s', async (outcome, world) => {
  expect((await seen(world)).outcome).toBe(outcome);
});

it('names what is missing', async () => {
  expect((await seen({ rows: [own], given: balanced })).facts).toMatchObject({ missing: ['203.0.113.7:80'] });
});

it('could not look where the list was not understood', async () => {
  await expect(seen({ rows: 'nothing' })).rejects.toThrow(CannotLook);
});

it('not-cilium: and asks nobody', async () => {
  expect((await look(flannelShop(), { flow: toService, answers: nobodyAsks })).outcome).toBe('not-cilium');
});
