import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseProxiedGet } from '../../../src/parse/egress/proxied-get.js';
import step from '../../../src/steps/egress/proxy-of-pod-passes-requests.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { service, toCart } from '../shop.js';

const look = looking(step, 'proxy-of-pod-passes-requests');
const services = [service()];

it.each([
  ['no-proxy', 'no-proxy'],
  ['proxy-fails', 'proxy-dead'],
  ['proxy-fails', 'proxy-unknown'],
  ['proxy-refuses', 'proxy-refuses'],
  ['answers', 'excepted'],
  ['not-comparable', 'nobody-direct'],
])('%s: %s', async (outcome, name) => {
  const asked: object[] = [];
  const pod = (query: string, args: object) => {
    asked.push({ query, ...args });
    return ran(recorded('proxied-get', name), { tool: 'curl' });
  };
  const seen = await look({ services }, { flow: toCart, answers: { pod } });
  expect(seen.outcome).toBe(outcome);
  expect(seen.en + seen.zh).not.toMatch(/[{}]|hunter2/);
  expect(asked).toEqual([{ query: 'proxied-get', host: 'cart.shop.svc', port: 80 }]);
});

it('compares nothing where the Service has no port of TCP', async () => {
  expect((await look({ services: [] }, { flow: toCart })).outcome).toBe('not-comparable');
});

it('never throws, whatever it reads, and takes no answer of a server for a line of its own', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof parseProxiedGet(text).proxy === 'boolean'));
  expect(parseProxiedGet('proxy named\nway told status=999x exit=0\n')).toEqual({ proxy: true });
});
