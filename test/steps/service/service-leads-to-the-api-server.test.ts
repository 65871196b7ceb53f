import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/service/service-leads-to-the-api-server.js';
import { looking } from '../look.js';

const look = looking(step, 'service-leads-to-the-api-server');
const flowTo = (end: string) => flowBetween(readEnd('pod/shop/till', 'shop'), readEnd(end, 'shop'));
const service = (namespace: string, name: string, address: string) => ({
  services: [{ metadata: { namespace, name }, spec: { clusterIP: '10.96.0.1', ports: [{ port: 443 }] } }],
  endpointslices: [
    {
      metadata: { namespace, name, labels: { 'kubernetes.io/service-name': name } },
      ...{ addressType: 'IPv4', ports: [], endpoints: [{ addresses: [address] }] },
    },
  ],
});

it.each([
  ['api-server', 'svc/default/kubernetes:443', service('default', 'kubernetes', '10.0.0.5')],
  // A Service of the same name, for which somebody else entered endpoints.
  ['another', 'svc/shop/kubernetes:443', service('shop', 'kubernetes', '10.0.0.5')],
  ['no-service', 'svc/default/kubernetes:443', {}],
])('%s', async (outcome, to, objects) => {
  const found = await look(objects, { flow: flowTo(to) });
  expect(found).toMatchObject({ outcome });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});
