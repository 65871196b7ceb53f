import { expect, it } from 'vitest';
import { parsePauses } from '../../../src/parse/pauses.js';
import step from '../../../src/steps/mtu-conntrack/idle-connections-are-kept.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { judgedBy, town, unseenSource } from './tables.js';

const judged = judgedBy(step, 'idle-connections-are-kept');
const node = (name: string, seconds?: number, role = 'source') => ({
  ...{ node: name, role, loose: true },
  ...(seconds === undefined ? {} : { seconds }),
});
const read = (seen: object[], pauses: object[] = []) => ({ seen, unseen: [], pauses });
const pauses = (name: string) => parsePauses(recorded('paused-get', name));

it.each([
  ['kept', read([node('node-a', 86_400)])],
  ['short', read([node('node-a', 60), node('node-b', 86_400)])],
  ['forgets', read([node('node-a', 1)], pauses('bash-forgets'))],
  ['no-table', read([node('node-a')])],
  ['partly-seen', { ...read([node('node-b', 86_400)]), ...unseenSource }],
  // Short, but nothing was lost: something on the way keeps the connection alive.
  ['short', read([node('node-a', 1)], pauses('nc-busybox-kept'))],
  // A server that answers no request, paused or not, proves nothing.
  [
    'short',
    read(
      [node('node-a', 1)],
      pauses('bash-forgets').map((one) => ({ ...one, class: 'fails' })),
    ),
  ],
  // What another node forgets is none of this flow. Calico and clouds set an hour.
  ['kept', read([node('node-a', 3600), node('node-c', 1, 'peer')])],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

const settings = (seconds: number) =>
  ran(`net.netfilter.nf_conntrack_tcp_timeout_established = ${seconds}\nnet.netfilter.nf_conntrack_tcp_loose = 0\n`, {
    tool: 'sysctl',
  });

it('pauses a request for longer than the node remembers', async () => {
  const asked: object[] = [];
  const answers = {
    node: (_: string, __: object, name: string) => settings(name === 'node-a' ? 1 : 86_400),
    pod: (query: string, args: object) => {
      asked.push({ query, ...args });
      return ran(recorded('paused-get', 'nc-busybox-forgets'), { tool: 'nc' });
    },
  };
  const said = await looking(step, 'idle-connections-are-kept')(town, { flow: toCart, answers });
  expect(said).toMatchObject({ outcome: 'forgets', result: 'fail', facts: { node: 'node-a', seconds: 1, pause: 2 } });
  expect(asked).toEqual([{ query: 'paused-get', host: '10.96.1.2', port: 80, pause: 2 }]);
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});

it('sends nothing where the nodes remember for long', async () => {
  const said = await looking(step, 'idle-connections-are-kept')(town, {
    flow: toCart,
    answers: { node: () => settings(86_400) },
  });
  expect(said.outcome).toBe('kept');
});
