import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { PodRef } from '../../../src/domain/ports.js';
import step from '../../../src/steps/policy/policies-make-no-difference.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { agents, denyAll, ends, looking, pod, policy, realm, toCart } from './realm.js';

const look = looking(step, 'policies-make-no-difference');

const asked: string[] = [];
const answers = (words: Record<string, string>) => ({
  pod: (_: string, { host, port }: { host?: string; port?: number }, { name }: PodRef) => {
    asked.push(`${name} ${host}:${port}`);
    const word = words[name];
    if (word === undefined) throw new CannotLook('tool-missing', 'no program to connect with');
    return ran(recorded('nc-busybox', `connect-${word}`), { tool: 'nc' });
  },
});

const tillsOnly = policy('tills-only', {
  podSelector: { matchLabels: { app: 'cart' } },
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'till' } } }] }],
});
const till = pod('till', '10.244.1.21', { spec: { nodeName: 'node-a' } });
const twin = pod('twin', '10.244.1.22', { labels: { app: 'client' }, spec: { nodeName: 'node-a' } });
const host = pod('hosted', '10.0.0.11', { labels: { app: 'till' }, spec: { hostNetwork: true } });
const others = [
  till,
  twin,
  host,
  pod('gone', '10.244.1.23', { labels: { app: 'till' }, status: { phase: 'Succeeded' } }),
];
const shop = realm([tillsOnly], { pods: [...ends, ...others, ...agents] });

it('told-apart: who is allowed gets through, who is denied does not', async () => {
  asked.length = 0;
  const found = await look(shop, { answers: answers({ client: 'timeout', twin: 'timeout', till: 'open' }) });
  expect(found).toMatchObject({
    outcome: 'told-apart',
    result: 'fail',
    facts: {
      ...{ aim: 'shop/cart', address: '10.244.2.7', 'port-number': 8080 },
      'denied-pods': ['shop/client (times-out)', 'shop/twin (times-out)'],
      'allowed-pods': ['shop/till (answers)'],
    },
  });
  expect(asked.toSorted()).toEqual(['client 10.244.2.7:8080', 'till 10.244.2.7:8080', 'twin 10.244.2.7:8080']);
});

it('denied-gets-through: what the policies say is not done', async () => {
  const found = await look(shop, { answers: answers({ client: 'timeout', twin: 'open', till: 'open' }) });
  expect(found).toMatchObject({ outcome: 'denied-gets-through', result: 'pass' });
});

it('all-stopped: the allowed do not get through either, so it may be anything', async () => {
  const found = await look(shop, { answers: answers({ client: 'timeout', twin: 'timeout', till: 'refused' }) });
  expect(found).toMatchObject({ outcome: 'all-stopped', result: 'unsure' });
});

it('nobody-to-compare: nobody is allowed, or could be tried', async () => {
  const found = await look(shop, { answers: answers({ client: 'timeout' }) });
  expect(found).toMatchObject({ outcome: 'nobody-to-compare', facts: { untried: ['shop/twin', 'shop/till'] } });
  const closed = realm([denyAll], { pods: [...ends, ...others, ...agents] });
  const alone = await look(closed, { answers: answers({ client: 'refused', twin: 'refused' }) });
  expect(alone).toMatchObject({ outcome: 'nobody-to-compare', facts: { 'allowed-pods': [] } });
});

it('cannot look without the source itself', async () => {
  await expect(look(shop, { answers: answers({ till: 'open' }) })).rejects.toThrow(CannotLook);
});

it('none-denied: connects nowhere where the policies allow it, or it is not TCP', async () => {
  asked.length = 0;
  const open = realm([policy('open', { podSelector: {}, ingress: [{}] })], { pods: [...ends, ...others, ...agents] });
  expect(await look(open)).toMatchObject({ outcome: 'none-denied', result: 'pass' });
  expect((await look(shop, { flow: { ...toCart, protocol: 'UDP' } })).outcome).toBe('none-denied');
  expect(asked).toEqual([]);
});
