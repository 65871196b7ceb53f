import { expect, it } from 'vitest';
import step from '../../../src/steps/connectivity/api-server-finds-its-service.js';
import { looking } from '../look.js';
import { guard, guardHook, stockApi, toGuard } from './api-server-calls.js';

const look = looking(step, 'api-server-finds-its-service');
const hooks = { validatingwebhookconfigurations: [guardHook()] };

it.each([
  ['found', 'pass', { ...hooks, ...guard(true) }],
  ['missing', 'fail', hooks],
  ['port-missing', 'fail', { ...hooks, ...guard(true, 8443) }],
  ['nobody-ready', 'fail', { ...hooks, ...guard(false) }],
  [
    'not-needed',
    'warn',
    { validatingwebhookconfigurations: [guardHook({ failurePolicy: 'Ignore' })], ...guard(false) },
  ],
  ['nobody-calls', 'unsure', guard(true)],
])('%s', async (outcome, result, objects) => {
  const found = await look(objects, { flow: toGuard });
  expect(found).toMatchObject({ outcome, result });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('names the caller that fails, and the port it calls', async () => {
  const objects = {
    validatingwebhookconfigurations: [guardHook({ failurePolicy: 'Ignore', port: 9443 })],
    apiservices: [stockApi()],
    ...guard(false),
  };
  const found = await look(objects, { flow: toGuard });
  expect(found).toMatchObject({ outcome: 'nobody-ready', facts: { 'called-port': 443, offered: [443] } });
});

it('does not judge a Service that stands for a name', async () => {
  const named = {
    metadata: { namespace: 'shop', name: 'guard' },
    spec: { type: 'ExternalName', externalName: 'guard.example' },
  };
  expect(await look({ ...hooks, services: [named] }, { flow: toGuard })).toMatchObject({ outcome: 'found' });
});
