import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import type { AnyStep } from '../../../src/domain/step.js';
import step from '../../../src/steps/egress/destination-takes-the-requests.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';

const look = looking(step as unknown as AnyStep, 'destination-takes-the-requests');
const towards = (end: string) => flowBetween(readEnd('pod/shop/checkout', 'shop'), readEnd(end, 'shop'));
const pay = towards('ip/198.51.100.7:80');
const http = (folder: string, name: string) =>
  ran(recorded(folder, `http-${name}`), { tool: folder === 'nc-busybox' ? 'nc' : folder });

it.each([
  ['takes', 'pass', 'answered'],
  // The server is reached and in trouble of its own, which is no limit.
  ['takes', 'pass', 'busy'],
  ['too-many', 'fail', 'too-many'],
  ['forbids', 'warn', 'forbidden'],
  ['hangs-up', 'warn', 'reset'],
  ['hangs-up', 'warn', 'closed'],
  ['not-http', 'unsure', 'not-http'],
  ['not-reached', 'unsure', 'timeout'],
  ['not-reached', 'unsure', 'silent'],
])('%s, %s: %s', async (outcome, result, name) => {
  for (const folder of ['curl', 'nc-busybox', 'bash']) {
    const found = await look({}, { flow: pay, answers: { pod: () => http(folder, name) } });
    expect(found).toMatchObject({ outcome, result });
    expect(found.en + found.zh).not.toMatch(/[{}]/);
  }
});

it('not-tried: a range, or another protocol, has no port to ask', async () => {
  expect((await look({}, { flow: towards('ip/198.51.100.7') })).outcome).toBe('not-tried');
  const udp = towards('ip/198.51.100.7:53/udp');
  expect((await look({}, { flow: udp })).outcome).toBe('not-tried');
});

it('asks over TLS where TLS is spoken, by the name that was given', async () => {
  const asked: object[] = [];
  const answers = {
    pod: (query: string, args: object) => {
      asked.push({ query, ...args });
      return http('curl', 'too-many');
    },
  };
  const found = await look({}, { flow: towards('host/pay.example.com:443'), answers });
  expect(asked).toMatchObject([{ query: 'https-get', host: 'pay.example.com', name: 'pay.example.com', port: 443 }]);
  expect(found.facts).toMatchObject({ turned: 3, of: 3, statuses: [429], address: 'pay.example.com' });
});
