import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.js';
import step from '../../../src/steps/kube-proxy/service-packets-are-tracked.js';
import { recorded } from '../../parse/recorded.js';
import { answersOf, stateFile } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, records } from './clinic.js';

interface Seen {
  readonly before: string;
  readonly after?: string;
  readonly connect?: string;
  readonly local?: boolean;
  readonly devices?: readonly string[];
  readonly change?: (rules: string) => string;
}

const look = ({ before, after = before, connect = 'timeout', local = false, devices, change }: Seen) =>
  lookAt(step, 'service-packets-are-tracked', {
    here: { state: before },
    objects: clusterWith(records),
    flow: flowTo(records),
    pod: () => ran(recorded('nc-busybox', `connect-${connect}`), { tool: 'nc' }),
    on: (query: string, args: JsonObject) => {
      const state = args.moment === 'after' ? after : before;
      if (change && query === 'packet-rules') return ran(change(stateFile(state, 'packet-rules.txt')));
      return answersOf({ state, local, ...(devices && { devices }) })(query, args);
    },
  });
const counted = { before: 'untracked-before', after: 'untracked-after' };

it.each<[string, Seen]>([
  ['tracked', { before: 'as-listed' }],
  ['tracked', { before: 'docker-drop' }],
  ['exempt', counted],
  ['may-be-exempt', { before: 'untracked-before' }],
  ['passes-anyway', { ...counted, connect: 'open' }],
  // NodeLocal DNSCache keeps its own packets out of tracking, and answers at that address itself.
  ['served-here', { ...counted, local: true }],
  ['replaced', { ...counted, devices: ['cni0', 'eth0', 'lo', 'cilium_host', 'cilium_net'] }],
])('%s', async (outcome, seen) => {
  const found = await look(seen);
  expect(found.outcome).toBe(outcome);
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('not-tried: a Service without an address', async () => {
  const objects = clusterWith({ ...records, address: 'None' });
  const found = await lookAt(step, 'service-packets-are-tracked', {
    here: { state: 'as-listed' },
    objects,
    flow: flowTo(records),
  });
  expect(found.outcome).toBe('not-tried');
});

it('names the rule and what it counted', async () => {
  expect((await look(counted)).facts).toMatchObject({
    rule: '-A PREROUTING -i cni0 -p tcp -m tcp --dport 8700 -j NOTRACK',
    table: 'iptables-nft ip raw',
    counted: 10,
  });
});

it('knows the words of newer iptables', async () => {
  const change = (rules: string) => rules.replace('-j NOTRACK', '-j CT --notrack');
  expect((await look({ ...counted, change })).outcome).toBe('exempt');
});

it.each([
  ['another port', (rules: string) => rules.replace('--dport 8700', '--dport 53')],
  ['another device', (rules: string) => rules.replace('-i cni0', '-i eth0')],
  ['a helper, not an exemption', (rules: string) => rules.replace('-j NOTRACK', '-j CT --helper ftp')],
])('raises no alarm for a rule about %s', async (_, change) => {
  expect((await look({ ...counted, change })).outcome).toBe('tracked');
});

it('sees a rule that was written with nft', async () => {
  const listed = JSON.parse(stateFile('as-listed', 'nft-tables.json')) as { nftables: object[] };
  const mine = { table: { family: 'ip', name: 'mine', handle: 9 } };
  const found = await lookAt(step, 'service-packets-are-tracked', {
    here: { state: 'as-listed' },
    objects: clusterWith(records),
    flow: flowTo(records),
    pod: () => ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' }),
    on: (query, args) => {
      if (query === 'nft-tables') return ran(JSON.stringify({ nftables: [...listed.nftables, mine] }));
      return args.table === 'mine' ? ran(stateFile('untracked-after', 'nft-ip-mine.json')) : undefined;
    },
  });
  expect(found).toMatchObject({ outcome: 'may-be-exempt', facts: { table: 'nftables ip mine' } });
});
