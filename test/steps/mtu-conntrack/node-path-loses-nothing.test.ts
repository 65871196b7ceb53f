import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { parseConnect } from '../../../src/parse/connect.js';
import { parsePing } from '../../../src/parse/ping.js';
import step from '../../../src/steps/mtu-conntrack/node-path-loses-nothing.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { series as connects, judgedBy, town } from './tables.js';

const judged = judgedBy(step, 'node-path-loses-nothing');
const series = (name: string, more: object = {}) => ({
  ...{ node: 'node-a', role: 'source', to: 'node-b', ping: parsePing(recorded('ping-series', name)) },
  ...more,
});
const asked = (...seen: object[]) => ({ seen, unseen: [] });
const secondTry = parseConnect('try 1 exit=0 from=10.00 to=11.02 \n', 'nc');
const oneLost = { ping: { class: 'some-lost', sent: 40, received: 39, message: '' } };

it.each([
  ['clean', asked(series('clean'))],
  ['clean', asked(series('clean', oneLost))],
  [
    'loses',
    { ...asked(series('clean'), series('lossy', { node: 'node-b', to: 'node-a' })), connects: connects('timeout') },
  ],
  ['loses', { ...asked(series('lossy')), connects: secondTry }],
  // Routers answer and forward echoes when they have nothing else to do.
  ['loses-unfelt', { ...asked(series('lossy')), connects: connects('open') }],
  ['loses-unfelt', asked(series('lossy'))],
  ['silent', asked(series('silent'))],
  ['one-node', asked()],
  // A node that answers no echoes at all loses nothing that could be counted.
  ['clean', asked(series('clean'), series('silent', { node: 'node-b', to: 'node-a' }))],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('asks in both directions, and goes on with the one it can', async () => {
  const answers = {
    pod: () => ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' }),
    node: (_: string, __: object, node: string) => {
      if (node === 'node-a') throw new CannotLook('forbidden', 'no way to node-a');
      return ran(recorded('ping-series', 'lossy'), { tool: 'ping' });
    },
  };
  const said = await looking(step, 'node-path-loses-nothing')(town, { flow: toCart, answers });
  expect(said).toMatchObject({ outcome: 'loses', facts: { from: 'node-b', to: 'node-a', unseen: ['node-a'] } });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
