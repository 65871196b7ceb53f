import { expect, it } from 'vitest';
import type { End } from '../../../src/domain/flow.js';
import { parseHttp } from '../../../src/parse/http.js';
import step from '../../../src/steps/connectivity/destination-address-answers.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { cartPod, connected, connects, far, look, sentences, spoken, toCart } from './shop.js';

const place = { address: far, port: 8080, protocol: 'TCP' };
const open = connected('open');

it.each([
  ['answers', { connect: open }],
  ['answers-late', { connect: connected('late') }],
  // The name may have taken that long: without a count of packets nobody knows.
  ['answers', { address: 'payments.example', connect: { ...connected('late'), resent: undefined } }],
  ['some-fail', { connect: { ...open, open: 1, failed: 2, classes: { timeout: 2 } } }],
  ['refused', { connect: connected('refused') }],
  ['times-out', { connect: connected('timeout') }],
  ['unreachable', { connect: connected('no-route') }],
  ['resets', { connect: open, http: parseHttp(recorded('nc-busybox', 'http-reset'), 'nc', 2) }],
  ['accepts-but-silent', { connect: open, http: parseHttp(recorded('nc-busybox', 'http-silent'), 'nc', 2) }],
  ['not-resolved', { connect: connected('no-name') }],
  ['udp-silent', { protocol: 'UDP' }],
])('%s', (outcome, more) =>
  expect(sentences(step, 'destination-address-answers', { knock: { ...place, ...more } })).toBe(outcome),
);

it('no-address', () => expect(sentences(step, 'destination-address-answers', {})).toBe('no-address'));

const nodeB = {
  metadata: { name: 'node-b' },
  status: { addresses: [{ type: 'InternalIP', address: '10.0.0.12' }] },
};
const cartEnd: End = { kind: 'pod', namespace: 'shop', name: 'cart-7' };

it.each<{ what: string; to: End; port?: number; host: string; expected: number }>([
  { what: 'the only port of a Pod', to: cartEnd, host: far, expected: 8080 },
  { what: 'the port asked for of a Pod', to: cartEnd, port: 9090, host: far, expected: 9090 },
  { what: 'an address', to: { kind: 'ip', address: '192.0.2.7' }, port: 443, host: '192.0.2.7', expected: 443 },
  {
    what: 'a name',
    to: { kind: 'host', name: 'payments.example' },
    port: 443,
    host: 'payments.example',
    expected: 443,
  },
  { what: 'a node by its name', to: { kind: 'node', name: 'node-b' }, port: 31330, host: '10.0.0.12', expected: 31330 },
  { what: 'the kubelet of a node', to: { kind: 'node', name: '10.0.0.12' }, host: '10.0.0.12', expected: 10250 },
])('tries $what', async ({ to, port, host, expected }) => {
  const flow = { ...toCart, to, ...(port && { port }) };
  const { judged, calls, used } = await look(step, flow, { pods: [cartPod], nodes: [nodeB] }, connects());
  expect(judged).toMatchObject({ outcome: 'answers', facts: { address: host, port: expected } });
  expect(calls).toContainEqual(expect.objectContaining({ args: { host, port: expected, tries: 9, waitSeconds: 2 } }));
  expect(used).toEqual(to.kind === 'pod' ? ['pods'] : to.kind === 'node' && to.name === 'node-b' ? ['nodes'] : []);
});

it('runs what it declares', async () => {
  const answers = (query: string) =>
    query === 'resolver-config'
      ? ran(recorded('resolv-conf', 'cluster'))
      : query === 'resolve-name'
        ? ran(recorded('dig', 'found'), { tool: 'dig' })
        : spoken(query === 'http-get' ? 'http-answered' : 'connect-open');
  const web = await look(step, { ...toCart, to: { kind: 'host', name: 'payments.example' }, port: 80 }, {}, answers);
  const dns = await look(
    step,
    { ...toCart, to: { kind: 'ip', address: '10.96.0.10' }, port: 53, protocol: 'UDP' },
    {},
    answers,
  );
  expect([...web.ran, ...dns.ran].toSorted()).toEqual(step.runs.map(({ name }) => name).toSorted());
});

it('tries nothing at a Pod without an address', async () => {
  const flow = { ...toCart, to: { kind: 'pod', namespace: 'shop', name: 'cart-7' } } as const;
  expect((await look(step, flow, {})).judged.outcome).toBe('no-address');
});
