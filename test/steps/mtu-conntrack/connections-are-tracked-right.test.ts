import { expect, it } from 'vitest';
import { parseConntrackFlows } from '../../../src/parse/kernel/conntrack-flows.js';
import step from '../../../src/steps/mtu-conntrack/connections-are-tracked-right.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { judgedBy, town } from './tables.js';

const judged = judgedBy(step, 'connections-are-tracked-right');
const flows = (name: string) => parseConntrackFlows(recorded('conntrack', name));
const server = '192.0.2.129';
const tracked = (entries: object[], more: object = {}) => ({
  ...{ node: 'node-a', address: '198.51.100.10', port: 80, failed: 0, endpoints: [server] },
  ...{ entries, ...more },
});
const fading = flows('udp-stale').map((one) => ({ ...one, left: 9 }));

it.each([
  ['right', tracked(flows('tcp-open'))],
  ['stale-target', tracked(flows('udp-stale'), { port: 53 })],
  ['other-zone', tracked(flows('tcp-zoned'))],
  ['wrong-target', tracked(flows('tcp-unreplied'))],
  ['untranslated', tracked(flows('tcp-unreplied'), { address: '192.0.2.200' })],
  ['unanswered', tracked(flows('tcp-unreplied'), { endpoints: ['192.0.2.200'] })],
  ['no-entries', tracked([])],
  ['no-address', tracked([], { address: 'None' })],
  // A rollout a while ago: the entry fades, nobody uses it.
  ['right', tracked(fading, { port: 53 })],
  // One that answered once is left alone, wherever it leads: an ending Pod keeps the connections it has.
  [
    'right',
    tracked(
      flows('udp-stale').map((one) => ({ ...one, unreplied: false })),
      { port: 53 },
    ),
  ],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('names the client, the port and the endpoint that is gone', () => {
  expect(judged(tracked(flows('udp-stale'), { port: 53 })).facts).toMatchObject({
    ...{ client: '192.0.2.1', 'source-port': 40_053, target: '192.0.2.235', endpoints: [server] },
  });
});

const service = {
  metadata: { namespace: 'shop', name: 'cart' },
  spec: {
    clusterIP: '198.51.100.10',
    selector: { app: 'cart' },
    ports: [{ port: 53, protocol: 'UDP', targetPort: 5353 }],
  },
};

it('looks up what the source has open, on its own node', async () => {
  const asked: object[] = [];
  const answers = {
    node: (query: string, args: object, node: string) => {
      asked.push({ query, node, ...args });
      return ran(recorded('conntrack', 'udp-stale'), { tool: 'conntrack' });
    },
  };
  const flow = { ...toCart, protocol: 'UDP' } as const;
  const said = await looking(step, 'connections-are-tracked-right')(
    { ...town, services: [service] },
    { flow, answers },
  );
  expect(said).toMatchObject({ outcome: 'stale-target', result: 'fail' });
  expect(asked).toEqual([
    { query: 'conntrack-flows', node: 'node-a', protocol: 'udp', source: '10.244.1.9', destination: '198.51.100.10' },
  ]);
});

it('tries the flow first where it is TCP, and reads what it declares', async () => {
  const answers = {
    pod: () => ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' }),
    node: () => ran('', { tool: 'conntrack' }),
  };
  const said = await looking(step, 'connections-are-tracked-right')(town, { flow: toCart, answers });
  expect(said).toMatchObject({ outcome: 'no-entries', facts: { failed: 2 } });
});
