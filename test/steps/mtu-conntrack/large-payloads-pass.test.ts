import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { parseSizes } from '../../../src/parse/sizes.js';
import step from '../../../src/steps/mtu-conntrack/large-payloads-pass.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { far, near, toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { judgedBy, town } from './tables.js';

const judged = judgedBy(step, 'large-payloads-pass');
const sizes = (name: string) => parseSizes(recorded('sized-get', name));
const to = (node: string, heard: object) => ({
  address: node === 'node-a' ? near : far,
  port: 8080,
  node,
  pod: 'cart',
  sizes: heard,
});
const tried = (...all: object[]) => ({ node: 'node-a', tried: all });
const with7000 = (heard: string) =>
  sizes('curl-all-pass').map((one) => (one.size === 7000 ? { ...one, class: heard } : one));

it.each([
  ['all-pass', tried(to('node-b', sizes('curl-all-pass')))],
  ['large-hang', tried(to('node-a', sizes('curl-all-pass')), to('node-b', sizes('curl-hole-both')))],
  ['large-hang', tried(to('node-b', sizes('nc-busybox-hole-back')))],
  // The answers hang until a large request teaches the client the size of the path: seen with a filter for ICMP.
  [
    'large-hang',
    tried(
      to(
        'node-b',
        sizes('curl-hole-both').map((one) => (one.size > 1390 ? { ...one, class: 'answers' } : one)),
      ),
    ),
  ],
  // A server that bears no line of seven kilobytes, and one that hangs up on it.
  ['long-refused', tried(to('node-b', with7000('silent')))],
  [
    'long-refused',
    tried(
      to(
        'node-b',
        sizes('curl-all-pass').map((one) => (one.size > 1400 ? { ...one, class: 'closed' } : one)),
      ),
    ),
  ],
  [
    'ragged',
    tried(
      to(
        'node-b',
        sizes('curl-all-pass').map((one) => (one.size === 1250 ? { ...one, class: 'silent' } : one)),
      ),
    ),
  ],
  ['not-http', tried(to('node-b', []))],
  ['not-http', tried(to('node-b', sizes('curl-refused')))],
  ['none-to-try', tried()],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('names the threshold and the control that passes', () => {
  const { facts } = judged(tried(to('node-a', sizes('curl-all-pass')), to('node-b', sizes('curl-hole-both'))));
  expect(facts).toMatchObject({
    largest: 600,
    lost: 1000,
    'endpoint-node': 'node-b',
    passing: [`${near} (same node)`],
  });
});

const answers = (http: string) => (query: string, args: JsonObject) => {
  if (query === 'http-get') return ran(recorded('nc-busybox', http), { tool: 'nc' });
  return ran(recorded('sized-get', args.host === far ? 'nc-busybox-hole-both' : 'nc-busybox-all-pass'), { tool: 'nc' });
};

it('asks far and near servers in many sizes', async () => {
  const said = await looking(step, 'large-payloads-pass')(town, {
    flow: toCart,
    answers: { pod: answers('http-answered') },
  });
  expect(said).toMatchObject({ outcome: 'large-hang', result: 'fail', facts: { address: `${far}:8080` } });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});

it('sends one short line, and no more, to what does not speak HTTP', async () => {
  const said = await looking(step, 'large-payloads-pass')(town, {
    flow: toCart,
    answers: { pod: answers('http-silent') },
  });
  expect(said.outcome).toBe('not-http');
  expect(said.calls.some((call) => 'query' in call && call.query === 'sized-get')).toBe(false);
});

it('asks a server outside by its address, where there is no other to compare with', async () => {
  const flow = flowBetween(readEnd('pod/shop/checkout', 'shop'), readEnd('ip/198.51.100.7:80', 'shop'));
  const pod = (query: string) =>
    ran(
      recorded(
        query === 'http-get' ? 'nc-busybox' : 'sized-get',
        query === 'http-get' ? 'http-answered' : 'nc-busybox-hole-both',
      ),
      {
        tool: 'nc',
      },
    );
  const said = await looking(step, 'large-payloads-pass')(town, { flow, answers: { pod } });
  expect(said).toMatchObject({ outcome: 'large-hang', facts: { address: '198.51.100.7:80', passing: [] } });
  expect(said.en + said.zh).not.toMatch(/[{}]/);
});
