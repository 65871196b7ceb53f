import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseIpvsTimeouts } from '../../../src/parse/rules/ipvs-timeouts.js';
import step from '../../../src/steps/kube-proxy/ipvs-keeps-idle-connections.js';
import { recorded as recording } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { town } from '../mtu-conntrack/tables.js';
import { flow, from, lookIn, proxyConfig } from './lobby.js';

const recorded = readFileSync(new URL('../../fixtures/ipvs/timeouts.txt', import.meta.url), 'utf8');

interface Seen {
  readonly timeouts?: string;
  readonly config?: string;
  readonly devices?: string;
}
const look = ({ timeouts = recorded, config = '', devices = 'kube-ipvs0\neth0\n' }: Seen = {}) =>
  lookIn(
    step,
    'ipvs-keeps-idle-connections',
  )({
    flow: flow(from('guest'), 'node-b', 30_080),
    on: (query) => {
      if (query === 'device-names') return ran(devices);
      if (query === 'kernel-settings') return ran('net.ipv4.tcp_keepalive_time = 7200\n');
      return ran(query === 'kube-proxy-config' ? config : timeouts);
    },
  });

const inConfig = (time: string) => proxyConfig('default').replace('"TCPTimeout":"0s"', `"TCPTimeout":"${time}"`);

it.each([
  ['before-keepalive', {}],
  ['kept', { timeouts: recorded.replace('900', '10800') }],
  ['short', { timeouts: recorded.replace('900', '60') }],
  ['short', { timeouts: '', config: inConfig('1m0s') }],
  ['before-keepalive', { timeouts: '', config: inConfig('0s') }],
  ['not-told', { timeouts: '' }],
  ['not-ipvs', { devices: 'eth0\n' }],
] satisfies [string, Seen][])('%s %j', async (outcome, seen) => expect(await look(seen)).toMatchObject({ outcome }));

const onNode = (seconds: number) => (query: string) => {
  if (query === 'device-names') return ran('kube-ipvs0\neth0\n');
  if (query === 'kernel-settings') return ran('net.ipv4.tcp_keepalive_time = 7200\n');
  return ran(query === 'kube-proxy-config' ? '' : recorded.replace('900', String(seconds)));
};

it.each([
  ['forgets', 'nc-busybox-forgets'],
  ['short', 'nc-busybox-kept'],
])('%s: pauses a request for longer than IPVS remembers', async (outcome, heard) => {
  const asked: object[] = [];
  const pod = (query: string, args: object) => {
    asked.push({ query, ...args });
    return ran(recording('paused-get', heard), { tool: 'nc' });
  };
  const answers = { node: onNode(2), pod };
  const said = await looking(step, 'ipvs-keeps-idle-connections')(town, { flow: toCart, answers });
  expect(said).toMatchObject({ outcome, facts: { node: 'node-a', seconds: 2, pause: 2 } });
  expect(asked).toEqual([{ query: 'paused-get', host: '10.96.1.2', port: 80, pause: 4 }]);
});

it('sends nothing where a probe would have to pause for too long', async () => {
  const said = await looking(step, 'ipvs-keeps-idle-connections')(town, {
    flow: toCart,
    answers: { node: onNode(8) },
  });
  expect(said.outcome).toBe('short');
});

it('raises no alarm for what IPVS does by default', async () => {
  expect(await look()).toMatchObject({ result: 'unsure', facts: { seconds: 900, keepalive: '7200' } });
});

it('never throws, whatever it reads', () => {
  fc.assert(fc.property(fc.string(), (text) => parseIpvsTimeouts(text) === undefined));
  fc.assert(
    fc.property(fc.nat(40), fc.string(), (at, put) => (parseIpvsTimeouts(recorded.slice(0, at) + put)?.tcp ?? 0) >= 0),
  );
});
