import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseNftRules, parseNftTables } from '../../../src/parse/rules/nft-rules.js';
import { ofCorpus, recordedStates, stateFile } from './on-node.js';

const healthy = ofCorpus('nft/healthy/node-b/nft-ruleset.json');
const proxy = (text: string) =>
  parseNftRules(text).tables.find(({ family, name }) => family === 'ip' && name === 'kube-proxy');

it('reads hooks, maps and choices of kube-proxy', () => {
  const table = proxy(healthy);
  expect(table?.chains.get('nat-prerouting')?.hook).toMatchObject({ at: 'prerouting', type: 'nat', priority: -100 });
  const [first] = table?.chains.get('services')?.rules ?? [];
  expect(first?.action).toMatchObject({ do: 'look-up', key: ['destination', 'protocol', 'port'] });
  const entries = first?.action.do === 'look-up' ? first.action.entries : new Map();
  expect(entries.get('10.96.0.1 . tcp . 443')).toEqual({
    do: 'goto',
    chain: 'service-2QRHZV4L-default/kubernetes/tcp/https',
  });
  const spread = table?.chains.get('service-FY5PMXPG-kube-system/kube-dns/udp/dns')?.rules.at(-1)?.action;
  expect(spread).toMatchObject({ do: 'spread', of: 2, choices: [{ do: 'goto' }, { do: 'goto' }] });
});

it('understands every expression of kube-proxy', () => {
  const tests = [...(proxy(healthy)?.chains.values() ?? [])].flatMap(({ rules }) =>
    rules.flatMap((rule) => rule.tests),
  );
  expect(tests.filter(({ on }) => on === 'unknown')).toEqual([]);
});

it('reads a foreign firewall with its counters or without', () => {
  const { tables } = parseNftRules(stateFile('nft-firewalld', 'nft-inet-firewalld.json'));
  expect(tables[0]?.chains.get('filter_FORWARD')?.rules).toMatchObject([
    { tests: [{ on: 'state', among: ['established', 'related'] }], action: { do: 'accept' }, packets: undefined },
    { tests: [], action: { do: 'reject', with: 'admin-prohibited' } },
  ]);
});

it('reads the clients that stay with an endpoint', () => {
  const service = proxy(stateFile('nft-affinity', 'nft-ip-kube-proxy.json'))?.chains.get(
    'service-WT6JCL6M-bakery/oven/tcp/',
  );
  expect(service?.rules[0]?.tests).toEqual([{ on: 'affinity', seconds: 10_800 }]);
});

it('lists tables by family and name', () => {
  expect(parseNftTables(stateFile('leftover-nft', 'nft-tables.json')).tables).toContainEqual({
    family: 'ip',
    name: 'kube-proxy',
  });
  expect(parseNftTables('nft: command not found').understood).toBe(false);
});

it('says that it read nothing of what is no JSON', () => {
  expect(parseNftRules('Error: cache initialization failed')).toEqual({
    tables: [],
    strange: ['Error: cache initialization failed'],
  });
});

const real = [healthy, ...recordedStates.map((state) => stateFile(state, 'nft-ip-kube-proxy.json'))].filter(
  (text) => text !== '',
);

it('never throws, whatever it reads', () => {
  const any = (text: string) => parseNftRules(text).strange.length <= 10;
  fc.assert(fc.property(fc.string(), any));
  fc.assert(fc.property(fc.json(), (json) => any(`{"nftables": [${json}]}`)));
  const replaced = fc.tuple(fc.constantFrom(...real), fc.nat(), fc.jsonValue()).map(([text, at, put]) => {
    const read = JSON.parse(text) as { nftables: Record<string, Record<string, unknown>>[] };
    const part = Object.values(read.nftables[at % read.nftables.length] ?? {})[0] ?? {};
    const keys = Object.keys(part);
    part[keys[at % keys.length] ?? 'expr'] = put;
    return JSON.stringify(read);
  });
  fc.assert(fc.property(replaced, any));
});
