import { describe, expect, it } from 'vitest';
import { parseHttp } from '../../../src/parse/http.js';
import { parseResolve } from '../../../src/parse/resolve.js';
import step from '../../../src/steps/connectivity/service-address-answers.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { cart, connected, look, sentences, shop, spoken, toCart } from './shop.js';

const place = { address: '10.96.1.2', port: 80, protocol: 'TCP' };
const http = (name: string) => parseHttp(recorded('nc-busybox', `http-${name}`), 'nc', 2);
const dns = (name: string) => parseResolve(recorded('dig', name), 'dig');
const open = connected('open');
const half = { ...open, open: 1, failed: 2, classes: { timeout: 2 } };

describe('says what knocking came to', () => {
  it.each([
    ['answers', { connect: open }],
    ['answers', { connect: open, http: http('answered') }],
    ['answers', { connect: open, http: http('busy') }],
    ['answers', { connect: open, http: http('not-http') }],
    ['answers-late', { connect: connected('late') }],
    ['answers-late', { connect: connected('late'), http: http('answered') }],
    // Bytes outrank a connect.
    ['resets', { connect: connected('late'), http: http('reset') }],
    ['answers', { connect: connected('counted') }],
    ['some-fail', { connect: half }],
    ['refused', { connect: connected('refused') }],
    ['times-out', { connect: connected('timeout') }],
    ['unreachable', { connect: connected('no-route') }],
    ['unreachable', { connect: connected('net-unreachable') }],
    ['unreachable', { connect: connected('prohibited') }],
    ['resets', { connect: open, http: http('reset') }],
    ['accepts-but-silent', { connect: open, http: http('silent') }],
    ['accepts-but-silent', { connect: open, http: http('closed') }],
    ['answers', { protocol: 'UDP', port: 53, dns: dns('not-found') }],
    ['times-out', { protocol: 'UDP', port: 53, dns: dns('timeout') }],
    ['refused', { protocol: 'UDP', port: 53, dns: dns('no-server') }],
    ['udp-silent', { protocol: 'UDP' }],
  ])('%s %#', (outcome, more) =>
    expect(sentences(step, 'service-address-answers', { knock: { ...place, ...more } })).toBe(outcome),
  );

  it('no-address', () => expect(sentences(step, 'service-address-answers', {})).toBe('no-address'));
});

const answers = (query: string) => {
  if (query === 'tcp-connect') return spoken('connect-open');
  if (query === 'http-get') return spoken('http-answered');
  if (query === 'resolve-name') return ran(recorded('dig', 'found'), { tool: 'dig' });
  return ran(recorded('resolv-conf', 'cluster'), { tool: 'cat' });
};

it('asks for bytes where the port promises HTTP', async () => {
  const { judged, used, ran: queries, calls } = await look(step, toCart, shop, answers);
  expect(judged).toMatchObject({ outcome: 'answers', facts: { proof: 'http', tool: 'nc' } });
  expect(used).toEqual(step.reads);
  expect(queries).toEqual(['tcp-connect', 'http-get']);
  expect(calls).toContainEqual(
    expect.objectContaining({ query: 'tcp-connect', args: { host: '10.96.1.2', port: 80, tries: 9, waitSeconds: 2 } }),
  );
});

it('tries only twice where nothing stands behind the address', async () => {
  const { calls } = await look(step, toCart, { ...shop, endpointslices: [] }, () => spoken('connect-refused'));
  expect(calls).toContainEqual(expect.objectContaining({ args: expect.objectContaining({ tries: 2 }) }));
});

it('asks DNS of a DNS Service', async () => {
  const ports = [{ name: 'dns', port: 53, protocol: 'UDP' }];
  const { judged, ran: queries } = await look(
    step,
    { ...toCart, protocol: 'UDP' },
    { services: [{ ...cart, spec: { ...cart.spec, ports } }] },
    answers,
  );
  expect(judged.outcome).toBe('answers');
  expect(queries).toEqual(['resolver-config', 'resolve-name']);
});

it.each([{ clusterIP: 'None' }, { clusterIP: '', type: 'ExternalName' }])(
  'tries nothing without an address: %j',
  async (spec) => {
    const { judged, calls } = await look(step, toCart, { services: [{ ...cart, spec: { ...cart.spec, ...spec } }] });
    expect(judged.outcome).toBe('no-address');
    expect(calls).toHaveLength(1);
  },
);

it('takes a Service that is no HTTP at its connect', async () => {
  const ports = [{ name: 'grpc', port: 80, targetPort: 8080 }];
  const { judged, ran: queries } = await look(
    step,
    toCart,
    { services: [{ ...cart, spec: { ...cart.spec, ports } }] },
    answers,
  );
  expect(judged.outcome).toBe('answers');
  expect(queries).toEqual(['tcp-connect']);
});

it('cannot look where the probe itself does not run', async () => {
  const broken = () => ran('try 1 exit=127 from=1.0 to=1.0 sh: nc: not found\n', { tool: 'nc' });
  await expect(look(step, toCart, shop, broken)).rejects.toMatchObject({ code: 'tool-missing' });
});

it('asks for nothing where no connect opens', async () => {
  const { judged, calls } = await look(step, toCart, shop, () => spoken('connect-refused'));
  expect(judged.outcome).toBe('refused');
  expect(calls.flatMap((call) => ('query' in call ? [call.query] : []))).toEqual(['tcp-connect']);
});

it('says how many were late, and how late', async () => {
  const late = (query: string) => (query === 'tcp-connect' ? spoken('connect-late') : answers(query));
  const { judged } = await look(step, toCart, shop, late);
  expect(judged).toMatchObject({ outcome: 'answers-late', facts: { late: 6, of: 18, failed: 0, tool: 'nc' } });
  expect(judged.facts?.slowest).toBeGreaterThan(990);
});
