import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.js';
import { parsePing } from '../../../src/parse/ping.js';
import step from '../../../src/steps/connectivity/endpoint-answers-ping.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { far, look, near, sentences, shop, toCart } from './shop.js';

const echo = (address: string, name: string) => ({
  address,
  near: address === near,
  ping: parsePing(recorded('ping-busybox', name)),
});
const both = (first: string, second: string) => ({ echoes: [echo(near, first), echo(far, second)] });

it.each([
  ['answers', both('answers', 'answers')],
  ['far-silent', both('answers', 'silent')],
  ['far-silent', both('answers', 'no-route')],
  ['near-silent', both('silent', 'answers')],
  ['silent', both('silent', 'silent')],
  ['not-permitted', both('not-permitted', 'not-permitted')],
  ['none-to-try', { echoes: [] }],
])('%s', (outcome, evidence) => expect(sentences(step, 'endpoint-answers-ping', evidence)).toBe(outcome));

it('never fails for ICMP alone', () => expect(Object.values(step.outcomes)).not.toContain('fail'));

it('pings one endpoint near and one far', async () => {
  const answers = (_: string, args: JsonObject) =>
    ran(recorded('ping-busybox', args.host === far ? 'silent' : 'answers'), { tool: 'ping' });
  const { judged, used, ran: queries } = await look(step, toCart, shop, answers);
  expect(judged).toMatchObject({ outcome: 'far-silent', facts: { addresses: [near, far], failing: [far] } });
  expect(used.toSorted()).toEqual(step.reads.toSorted());
  expect(queries).toEqual(['ping']);
});
