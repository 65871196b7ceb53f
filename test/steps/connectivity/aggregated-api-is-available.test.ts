import { expect, it } from 'vitest';
import step from '../../../src/steps/connectivity/aggregated-api-is-available.js';
import { looking } from '../look.js';
import { ownApi, stockApi, toGuard } from './api-server-calls.js';

const look = looking(step, 'aggregated-api-is-available');
const not = (reason: string, message: string) => [ownApi, stockApi({ status: 'False', reason, message })];
const failed = (said: string) =>
  not(
    'FailedDiscoveryCheck',
    `failing or missing response from https://10.96.20.1:443/apis/stock.example/v1: Get "https://10.96.20.1:443/apis/stock.example/v1": ${said}`,
  );

it.each([
  ['available', 'pass', [stockApi()]],
  ['no-service', 'fail', not('ServiceNotFound', 'service/guard in "shop" is not present')],
  ['no-endpoints', 'fail', not('MissingEndpoints', 'endpoints for service/guard in "shop" have no addresses')],
  ['times-out', 'fail', failed('context deadline exceeded')],
  [
    'times-out',
    'fail',
    failed('net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)'),
  ],
  ['refused', 'fail', failed('dial tcp 10.96.20.1:443: connect: connection refused')],
  ['unreachable', 'fail', failed('dial tcp 10.96.20.1:443: connect: no route to host')],
  ['not-resolved', 'fail', failed('dial tcp: lookup guard.shop.svc on 10.0.0.2:53: no such host')],
  ['not-trusted', 'fail', failed('tls: failed to verify certificate: x509: certificate signed by unknown authority')],
  [
    'wrong-answer',
    'fail',
    not(
      'FailedDiscoveryCheck',
      'failing or missing response from https://10.96.20.1:443: bad status from https://10.96.20.1:443: 404',
    ),
  ],
  ['not-told', 'unsure', [{ ...stockApi(), status: {} }]],
  ['not-an-api', 'unsure', [ownApi]],
])('%s', async (outcome, result, apiservices) => {
  const found = await look({ apiservices }, { flow: toGuard });
  expect(found).toMatchObject({ outcome, result });
  expect(found.used).toEqual(step.reads);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});
