import { expect, it } from 'vitest';
import step from '../../../src/steps/connectivity/webhook-calls-are-answered.js';
import { looking } from '../look.js';
import { guardHook, toGuard } from './api-server-calls.js';

const look = looking(step, 'webhook-calls-are-answered');
const hooks = { mutatingwebhookconfigurations: [guardHook()] };
const event = (message: string, lastTimestamp = '2026-11-20T02:13:00Z') => ({
  metadata: { namespace: 'shop', name: `till.${message.length}` },
  involvedObject: { kind: 'ReplicaSet', namespace: 'shop', name: 'till-5d9' },
  ...{ reason: 'FailedCreate', lastTimestamp, message },
});
const called = (said: string, service = 'guard.shop') =>
  `Error creating: Internal error occurred: failed calling webhook "pods.guard.example": failed to call webhook: Post "https://${service}.svc:443/validate?timeout=10s": ${said}`;
const unnamed = (said: string) =>
  `Error creating: Internal error occurred: failed calling webhook "pods.guard.example": failed to call webhook: ${said}`;

it.each([
  ['no-complaint', 'pass', []],
  ['no-service', 'fail', [event(called('service "guard" not found'))]],
  ['no-service', 'fail', [event(unnamed('service "guard" not found'))]],
  ['no-endpoints', 'fail', [event(called('no endpoints available for service "guard"'))]],
  ['times-out', 'fail', [event(called('context deadline exceeded'))]],
  ['refused', 'fail', [event(called('dial tcp 10.96.20.1:443: connect: connection refused'))]],
  ['unreachable', 'fail', [event(called('dial tcp 10.96.20.1:443: connect: no route to host'))]],
  ['not-resolved', 'fail', [event(called('dial tcp: lookup guard.shop.svc: no such host'))]],
  ['not-trusted', 'fail', [event(called('tls: failed to verify certificate: x509: certificate has expired'))]],
  ['wrong-answer', 'fail', [event(called('EOF'))]],
])('%s', async (outcome, result, events) => {
  const found = await look({ ...hooks, events }, { flow: toGuard });
  expect(found).toMatchObject({ outcome, result });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('no-webhook: asks for no events where no webhook leads there', async () => {
  const found = await look({}, { flow: toGuard });
  expect(found).toMatchObject({ outcome: 'no-webhook' });
  expect(found.used).not.toContain('events');
});

it('takes neither old complaints nor those of another Service, nor other reasons, for its own', async () => {
  const events = [
    event(called('context deadline exceeded'), '2026-11-20T01:00:00Z'),
    event(called('context deadline exceeded', 'guard.bank')),
    event('Error creating: pods "till-5d9" is forbidden: exceeded quota: small'),
  ];
  expect(await look({ ...hooks, events }, { flow: toGuard })).toMatchObject({ outcome: 'no-complaint' });
});
