import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/ingress/gateway-class-has-a-controller.js';
import { looking } from '../look.js';

const look = looking(step, 'gateway-class-has-a-controller');
const flow = flowBetween(readEnd('outside', 'shop'), readEnd('svc/shop/cart', 'shop'));
const gateway = (name = 'door', gatewayClassName = 'gates') => ({
  metadata: { namespace: 'gates', name },
  spec: { gatewayClassName },
});
const route = {
  metadata: { namespace: 'shop', name: 'front' },
  spec: { parentRefs: [{ name: 'door', namespace: 'gates' }], rules: [{ backendRefs: [{ name: 'cart' }] }] },
};
const said = (status: string, reason: string) => [
  {
    metadata: { name: 'gates' },
    status: { conditions: [{ type: 'Accepted', status, reason, message: `about ${reason}` }] },
  },
];
const there = (classes: readonly object[], gateways: readonly object[] = [gateway()]) => ({
  'gatewayclasses.gateway.networking.k8s.io': classes,
  'gateways.gateway.networking.k8s.io': gateways,
  'httproutes.gateway.networking.k8s.io': [route],
});

it.each([
  ['accepted', 'pass', there(said('True', 'Accepted'))],
  // A Gateway of somebody else may name what it likes.
  ['accepted', 'pass', there(said('True', 'Accepted'), [gateway(), gateway('other', 'gone')])],
  ['class-missing', 'fail', there([])],
  ['not-accepted', 'fail', there(said('False', 'InvalidParameters'))],
  ['unclaimed', 'warn', there(said('Unknown', 'Pending'))],
  ['unclaimed', 'warn', there([{ metadata: { name: 'gates' } }])],
  ['no-gateway', 'pass', there(said('True', 'Accepted'), [])],
])('%s, %s (%#)', async (outcome, result, objects) => {
  const found = await look(objects, { flow });
  expect(found).toMatchObject({ outcome, result });
  expect(step.reads).toEqual(expect.arrayContaining(found.used));
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('no-gateway-api: what is not installed is another thing than what may not be read', async () => {
  const absent = { notServed: [...step.reads] };
  expect(await look({}, { flow, answers: absent })).toMatchObject({ outcome: 'no-gateway-api', result: 'pass' });
  const forbidden = { deny: ['gatewayclasses.gateway.networking.k8s.io'] as const };
  await expect(look(there([]), { flow, answers: forbidden })).rejects.toMatchObject({ code: 'forbidden' });
});
