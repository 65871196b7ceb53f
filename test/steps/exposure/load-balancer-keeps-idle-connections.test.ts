import { expect, it } from 'vitest';
import step from '../../../src/steps/exposure/load-balancer-keeps-idle-connections.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { service, toCart } from '../shop.js';

const look = looking(step, 'load-balancer-keeps-idle-connections');
const client = 'loadbalancer.openstack.org/timeout-client-data';
const balanced = (annotations: Record<string, string>, given: object = { ip: '192.0.2.7', ipMode: 'Proxy' }) => ({
  ...service({ type: 'LoadBalancer' }),
  metadata: { namespace: 'shop', name: 'cart', annotations },
  status: { loadBalancer: { ingress: [given] } },
});
const inside = '10.96.4.7';
/** What becomes of a pause at the load balancer, and at the address of the Service. */
const paused = (there: string, within: string) => ({
  pod: (_: string, { host }: { host?: unknown }) =>
    ran(recorded('paused-get', host === inside ? within : there), { tool: 'nc' }),
});
const [forgets, keeps] = ['nc-busybox-forgets', 'nc-busybox-kept'];

it.each([
  ['kept', 'pass', balanced({ [client]: '3600000' }), {}],
  ['short', 'warn', balanced({ [client]: '60000' }), {}],
  ['forgets', 'fail', balanced({ [client]: '1000' }), paused(forgets, keeps)],
  // A server that waits for nobody, or a node that forgets: it does the same where no load balancer is asked.
  ['lost-inside-too', 'warn', balanced({ [client]: '1000' }), paused(forgets, forgets)],
  // It does not do what it was told, and nothing was lost.
  ['short', 'warn', balanced({ [client]: '1000' }), paused(keeps, keeps)],
  // kube-proxy takes that address, and what it forgets is no load balancer's.
  ['short', 'warn', balanced({ [client]: '1000' }, { ip: '192.0.2.7' }), {}],
  ['not-said', 'unsure', balanced({}), {}],
  ['not-a-load-balancer', 'pass', service(), {}],
])('%s, %s', async (outcome, result, object, answers) => {
  const seen = await look({ services: [object] }, { flow: toCart, answers });
  expect(seen).toMatchObject({ outcome, result, used: step.reads });
  expect(seen.en + seen.zh).not.toMatch(/[{}]/);
});

it('pauses for longer than the load balancer is told to wait', async () => {
  const asked: object[] = [];
  const answers = {
    pod: (query: string, args: object) => {
      asked.push({ query, ...args });
      return ran(recorded('paused-get', forgets), { tool: 'nc' });
    },
  };
  await look({ services: [balanced({ [client]: '1500' })] }, { flow: toCart, answers });
  expect(asked).toEqual(['192.0.2.7', inside].map((host) => ({ query: 'paused-get', host, port: 80, pause: 2 })));
});
