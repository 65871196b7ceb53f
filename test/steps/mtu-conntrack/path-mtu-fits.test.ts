import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { parsePathMtu } from '../../../src/parse/kernel/path-mtu.js';
import step from '../../../src/steps/mtu-conntrack/path-mtu-fits.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { judgedBy, town } from './tables.js';

const judged = judgedBy(step, 'path-mtu-fits');
const sweep = (name: string, more: object = {}) => ({
  ...{ from: 'node-a', to: 'node-b', outside: false, path: parsePathMtu(recorded('path-mtu', name)) },
  ...more,
});
const swept = (...sweeps: object[]) => ({ sweeps, unseen: [] });

it.each([
  ['whole', swept(sweep('whole'))],
  ['told', swept(sweep('told'))],
  ['hole', swept(sweep('whole'), sweep('hole', { from: 'node-b', to: 'node-a' }))],
  ['outside-hole', swept(sweep('hole', { to: '203.0.113.5', outside: true }))],
  ['silent', swept(sweep('silent'))],
  ['one-node', swept()],
  // A card that is smaller by intent: its own node knows.
  ['whole', swept(sweep('small-own'))],
  ['whole', swept(sweep('told-before'))],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('is no failure by itself, because echoes are not the flow', () => {
  expect(Object.values(step.outcomes)).not.toContain('fail');
});

const pings = (names: Record<string, string>) => ({
  node: (_: string, args: JsonObject, node: string) => {
    const name = names[node];
    if (name === undefined) throw new CannotLook('forbidden', `no way to ${node}`);
    return ran(recorded('path-mtu', name).replaceAll('192.0.2.129', String(args.host)), { tool: 'sh' });
  },
});

it('sweeps in both directions and says where the hole is', async () => {
  const answers = pings({ 'node-a': 'whole', 'node-b': 'hole' });
  const said = await looking(step, 'path-mtu-fits')(town, { flow: toCart, answers });
  expect(said).toMatchObject({
    outcome: 'hole',
    facts: { from: 'node-b', to: 'node-a', carried: 1400, swallowed: 1410 },
  });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});

it('goes on with the direction it can see', async () => {
  const said = await looking(step, 'path-mtu-fits')(town, { flow: toCart, answers: pings({ 'node-a': 'whole' }) });
  expect(said).toMatchObject({ outcome: 'whole', facts: { unseen: ['node-b > node-a'] } });
});

it('says nothing where no ping understands the option', async () => {
  const answers = pings({ 'node-a': 'busybox', 'node-b': 'busybox' });
  await expect(looking(step, 'path-mtu-fits')(town, { flow: toCart, answers })).rejects.toThrow(CannotLook);
});
