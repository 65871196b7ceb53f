import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/connectivity/service-serves-the-api-server.js';
import { looking } from '../look.js';
import { guardHook, ownApi, stockApi, toGuard } from './api-server-calls.js';

const look = looking(step, 'service-serves-the-api-server');

it.each([
  ['webhook', { validatingwebhookconfigurations: [guardHook()] }],
  ['webhook', { mutatingwebhookconfigurations: [guardHook({ resources: ['pods', 'ingresses'] })] }],
  ['ingress-webhook', { validatingwebhookconfigurations: [guardHook({ resources: ['ingresses'] })] }],
  ['aggregated-api', { apiservices: [ownApi, stockApi()], validatingwebhookconfigurations: [guardHook()] }],
  ['nobody-calls', { apiservices: [ownApi], mutatingwebhookconfigurations: [guardHook({ service: 'guard-2' })] }],
])('%s', async (outcome, objects) => {
  const found = await look(objects, { flow: toGuard });
  expect(found).toMatchObject({ outcome });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('not-a-service: reads nothing for a flow to a node', async () => {
  const flow = { ...toGuard, to: { kind: 'node', name: 'node-b' } } as const;
  expect(await look({}, { flow })).toMatchObject({ outcome: 'not-a-service', used: [] });
});

it('tells who cannot do without an answer', async () => {
  const objects = {
    validatingwebhookconfigurations: [guardHook({ failurePolicy: 'Ignore' })],
    apiservices: [stockApi()],
  };
  const found = await look(objects, { flow: toGuard });
  expect(found.facts).toEqual({
    callers: ['validatingwebhookconfiguration/guard (pods.guard.example)', 'apiservice/v1.stock.example'],
    strict: ['apiservice/v1.stock.example'],
  });
});

it('cannot look where webhooks may not be listed', async () => {
  const answers = { deny: ['mutatingwebhookconfigurations'] as const };
  await expect(look({}, { flow: toGuard, answers })).rejects.toThrow(CannotLook);
});
