import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { parsePing } from '../../../src/parse/ping.js';
import step from '../../../src/steps/mtu-conntrack/node-path-loses-nothing.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { judgedBy, town } from './tables.js';

const judged = judgedBy(step, 'node-path-loses-nothing');
const series = (name: string, more: object = {}) => ({
  ...{ node: 'node-a', role: 'source', to: 'node-b', ping: parsePing(recorded('ping-series', name)) },
  ...more,
});
const asked = (...seen: object[]) => ({ seen, unseen: [] });
const oneLost = { ping: { class: 'some-lost', sent: 40, received: 39, message: '' } };

it.each([
  ['clean', asked(series('clean'))],
  ['clean', asked(series('clean', oneLost))],
  ['loses', asked(series('clean'), series('lossy', { node: 'node-b', to: 'node-a' }))],
  ['silent', asked(series('silent'))],
  ['one-node', asked()],
  // A node that answers no echoes at all loses nothing that could be counted.
  ['clean', asked(series('clean'), series('silent', { node: 'node-b', to: 'node-a' }))],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('is no failure by itself, because echoes are not the flow', () => {
  expect(Object.values(step.outcomes)).not.toContain('fail');
});

it('asks in both directions, and goes on with the one it can', async () => {
  const answers = {
    node: (_: string, __: object, node: string) => {
      if (node === 'node-a') throw new CannotLook('forbidden', 'no way to node-a');
      return ran(recorded('ping-series', 'lossy'), { tool: 'ping' });
    },
  };
  const said = await looking(step, 'node-path-loses-nothing')(town, { flow: toCart, answers });
  expect(said).toMatchObject({ outcome: 'loses', facts: { from: 'node-b', to: 'node-a', unseen: ['node-a'] } });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
