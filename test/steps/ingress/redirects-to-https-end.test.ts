import { expect, it } from 'vitest';
import step from '../../../src/steps/ingress/redirects-to-https-end.js';
import { looking } from '../look.js';
import { cluster, controller, front, nginx, toFront, wantsTls } from './front.js';

const look = looking(step, 'redirects-to-https-end');
const { selector } = { selector: nginx.metadata?.labels ?? {} };
const balancer = (targetPort: string | number, name = 'controller') => ({
  metadata: { namespace: 'doors', name },
  spec: {
    ...{ type: 'LoadBalancer', clusterIP: '10.96.9.9', selector },
    ports: [
      { name: 'http', port: 80, targetPort: 'http' },
      { name: 'https', port: 443, targetPort },
    ],
  },
});
const settings = (data: Record<string, string>, name = 'ingress-nginx-controller') => ({
  configmaps: [{ metadata: { namespace: 'doors', name }, data }],
});
const secure = front({ spec: wantsTls });
const annotated = (key: string, value: string, spec = {}) =>
  front({ annotations: { [`nginx.ingress.kubernetes.io/${key}`]: value }, spec });
const behind = (targetPort: string | number, ingress = secure, more = {}) =>
  cluster(ingress, { services: [balancer(targetPort)], ...more });

it.each([
  ['by-tls', 'pass', behind('https')],
  ['by-tls', 'pass', behind(443)],
  ['no-redirect', 'pass', behind('http', front())],
  // As ingress-nginx's own manifest for a load balancer that ends TLS says it.
  ['no-redirect', 'pass', behind('http', secure, settings({ 'ssl-redirect': 'false' }))],
  ['no-redirect', 'pass', behind('http', annotated('ssl-redirect', 'false', wantsTls))],
  ['headers-trusted', 'pass', behind('http', secure, settings({ 'use-forwarded-headers': 'true' }))],
  ['loops', 'fail', behind('http')],
  ['loops', 'fail', behind(80, annotated('force-ssl-redirect', 'true'))],
  ['loops', 'fail', behind('http', front(), settings({ 'force-ssl-redirect': 'true' }))],
  ['loops-for-some', 'warn', cluster(secure, { services: [balancer('http', 'ended'), balancer('https')] })],
  [
    'not-known',
    'unsure',
    cluster(secure, { ingressclasses: [{ ...nginx, spec: { controller: 'traefik.io/ingress-controller' } }] }),
  ],
  ['not-known', 'unsure', cluster(secure, { pods: [] })],
])('%s', async (outcome, result, objects) => {
  const found = await look(objects, { flow: toFront });
  expect(found).toMatchObject({ outcome, result });
  expect(step.reads).toEqual(expect.arrayContaining(found.used));
  expect(found.en + found.zh).not.toMatch(/[{}]/);
});

it('reads everything it declares, and the ConfigMap that the controller was given', async () => {
  const pod = controller();
  const [first] = pod.spec?.containers ?? [];
  const args = ['--configmap=$(POD_NAMESPACE)/own-settings'];
  const named = { ...pod, spec: { ...pod.spec, containers: [{ ...first, args }] } };
  const more = { pods: [named], ...settings({ 'use-forwarded-headers': 'true' }, 'own-settings') };
  const found = await look(behind('http', secure, more), { flow: toFront });
  expect(found).toMatchObject({ outcome: 'headers-trusted', facts: { ended: ['controller'] } });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});
