import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/exposure/service-has-a-door.js';
import { looking } from '../look.js';

const look = looking(step, 'service-has-a-door');
const flowTo = (to: string) => flowBetween(readEnd('outside/ip/198.51.100.7', 'shop'), readEnd(to, 'shop'));
const service = (type: string, more: object = {}) => ({
  metadata: { namespace: 'shop', name: 'cart' },
  spec: { type, clusterIP: '10.96.7.7', ports: [{ port: 80, nodePort: 30080 }], ...more },
});
const balanced = { ...service('LoadBalancer'), status: { loadBalancer: { ingress: [{ ip: '10.0.0.100' }] } } };
const front = {
  metadata: { namespace: 'shop', name: 'front' },
  spec: {
    rules: [
      {
        host: 'shop.example',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'cart' } } }] },
      },
    ],
  },
};
const nodes = [{ metadata: { name: 'node-a' }, status: { addresses: [{ type: 'InternalIP', address: '10.0.0.11' }] } }];
const podAt = (podIP: string, more: object = {}) => ({
  metadata: { namespace: 'shop', name: 'till' },
  spec: { nodeName: 'node-a', containers: [{ name: 'till', ports: [{ containerPort: 8080, ...more }] }] },
  status: { phase: 'Running', podIP, hostIP: '10.0.0.11' },
});

it.each([
  ['load-balancer', 'svc/shop/cart', { services: [balanced] }],
  ['external-address', 'svc/shop/cart', { services: [service('ClusterIP', { externalIPs: ['192.0.2.80'] })] }],
  ['node-port', 'svc/shop/cart', { services: [service('NodePort')] }],
  ['inside-only', 'svc/shop/cart', { services: [service('ClusterIP')] }],
  ['no-such-object', 'svc/shop/cart', {}],
  ['ingress', 'ing/shop/front', { ingresses: [front] }],
  ['no-such-object', 'ing/shop/front', {}],
  ['node-port', 'node/node-a:30080', { nodes, services: [service('NodePort')] }],
  ['host-port', 'node/node-a:8080', { nodes, pods: [podAt('10.244.1.3', { hostPort: 8080 })] }],
  ['no-door', 'node/node-a:9999', { nodes, services: [service('NodePort')] }],
  ['no-door', 'node/node-a', { nodes }],
  ['external-address', 'ip/10.0.0.100:80', { nodes, services: [balanced] }],
  ['cluster-address', 'ip/10.96.7.7:80', { nodes, services: [service('ClusterIP')] }],
])('%s: %s', async (outcome, to, objects) => {
  const found = await look(objects, { flow: flowTo(to) });
  expect(found).toMatchObject({ outcome });
  expect(step.reads).toEqual(expect.arrayContaining(found.used));
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('names the Ingresses by which a Service without a door of its own is reached', async () => {
  const found = await look({ services: [service('ClusterIP')], ingresses: [front] }, { flow: flowTo('svc/shop/cart') });
  expect(found).toMatchObject({ outcome: 'inside-only', result: 'warn', facts: { ingresses: ['ing/shop/front'] } });
  const other = { ...front, spec: { defaultBackend: { service: { name: 'till' } } } };
  const alone = await look({ services: [service('ClusterIP')], ingresses: [other] }, { flow: flowTo('svc/shop/cart') });
  expect(alone.facts).toMatchObject({ ingresses: [] });
});

it('names the Service behind an address', async () => {
  const found = await look({ nodes, services: [balanced] }, { flow: flowTo('ip/10.0.0.100:80') });
  expect(found.facts).toMatchObject({ owner: 'svc/shop/cart', addresses: ['10.0.0.100'] });
});
