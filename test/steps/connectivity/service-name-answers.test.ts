import { expect, it } from 'vitest';
import step from '../../../src/steps/connectivity/service-name-answers.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { cart, connected, look, sentences, shop, spoken, toCart } from './shop.js';

const known = { name: 'cart.shop.svc.cluster.local.', port: 80 };

it.each([
  ['answers', { ...known, connect: connected('open') }],
  ['answers-late', { ...known, connect: connected('late') }],
  // A lookup of a second, where nobody counted packets.
  ['answers', { ...known, connect: { ...connected('late'), resent: undefined } }],
  ['fails', { ...known, connect: connected('timeout') }],
  ['not-resolved', { ...known, connect: connected('no-name') }],
  ['not-tried', known],
])('%s', (outcome, evidence) => expect(sentences(step, 'service-name-answers', evidence)).toBe(outcome));

const answers = (query: string) =>
  query === 'tcp-connect' ? spoken('connect-open') : ran(recorded('resolv-conf', 'cluster'), { tool: 'cat' });

it('connects by the full name', async () => {
  const { judged, used, ran: queries, calls } = await look(step, toCart, shop, answers);
  expect(judged.outcome).toBe('answers');
  expect(used).toEqual(step.reads);
  expect(queries).toEqual(step.runs.map(({ name }) => name));
  expect(calls).toContainEqual(
    expect.objectContaining({ args: { host: known.name, port: 80, tries: 3, waitSeconds: 2 } }),
  );
});

it('tries nothing over UDP', async () => {
  const udp = { ...cart, spec: { ...cart.spec, ports: [{ port: 80, protocol: 'UDP' }] } };
  const { judged } = await look(step, { ...toCart, protocol: 'UDP' }, { services: [udp] }, answers);
  expect(judged.outcome).toBe('not-tried');
});

it('takes the port of the flow where a Service is only a name', async () => {
  const alias = { ...cart, spec: { type: 'ExternalName', externalName: 'www.example.com' } };
  const { judged, calls } = await look(step, { ...toCart, port: 8443 }, { services: [alias] }, answers);
  expect(judged.outcome).toBe('answers');
  expect(calls).toContainEqual(expect.objectContaining({ args: expect.objectContaining({ port: 8443 }) }));
  expect((await look(step, toCart, { services: [alias] }, answers)).judged.outcome).toBe('not-tried');
});
