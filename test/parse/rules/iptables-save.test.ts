import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseIptablesSave } from '../../../src/parse/rules/iptables-save.js';
import type { RuleSet } from '../../../src/parse/rules/rule-set.js';
import { ofCorpus, recordedStates, stateFile } from './on-node.js';

const chain = ({ tables }: RuleSet, table: string, name: string) =>
  tables.find((one) => one.name === table)?.chains.get(name);
const unknownOf = ({ tables }: RuleSet) =>
  tables.flatMap(({ chains }) =>
    [...chains.values()].flatMap(({ rules }) =>
      rules.flatMap(({ tests }) => tests.filter(({ on }) => on === 'unknown')),
    ),
  );

it('reads the backend, the hooks with their order, and the counters', () => {
  const nft = parseIptablesSave(ofCorpus('plain/healthy/node-b/iptables-save.txt'), 'ip');
  expect(nft.tables.map(({ from, name }) => `${from} ${name}`)).toEqual([
    'iptables-nft mangle',
    'iptables-nft filter',
    'iptables-nft nat',
  ]);
  expect(chain(nft, 'nat', 'POSTROUTING')?.hook).toEqual({
    at: 'postrouting',
    type: 'nat',
    priority: 100,
    policy: 'accept',
    packets: 0,
  });
  expect(chain(nft, 'nat', 'PREROUTING')?.rules).toMatchObject([
    { packets: 4, action: { do: 'jump', chain: 'KUBE-SERVICES' }, comment: 'kubernetes service portals', tests: [] },
  ]);
  expect(chain(nft, 'nat', 'KUBE-MARK-MASQ')?.rules[0]?.action).toEqual({ do: 'mark', keep: 0xffffbfff, flip: 0x4000 });
  const legacy = parseIptablesSave(ofCorpus('cached/healthy/node-c/iptables-save.txt'), 'ip');
  expect(new Set(legacy.tables.map(({ from }) => from))).toEqual(new Set(['iptables-legacy']));
});

it('reads what a rule of kube-proxy asks', () => {
  const set = parseIptablesSave(ofCorpus('plain/healthy/node-b/iptables-save.txt'), 'ip');
  expect(chain(set, 'nat', 'KUBE-SVC-ERIFXISQEP7F7OF4')?.rules.map(({ tests }) => tests)).toMatchObject([
    [
      { on: 'source', among: ['10.244.0.0/16'], not: true },
      { on: 'destination', among: ['10.96.0.10/32'], not: false },
      { on: 'protocol', among: ['tcp'] },
      { on: 'port', among: [[53, 53]] },
    ],
    [{ on: 'chance', share: 0.5 }],
    [],
  ]);
});

it.each([
  'plain/healthy/node-b/iptables-save.txt',
  'plain/healthy/node-b/ip6tables-save.txt',
  'cached/healthy/node-c/iptables-legacy-save.txt',
  'nft/healthy/node-b/iptables-save.txt',
  'routed/healthy/node-b/iptables-save.txt',
  'doors/healthy/node-b/iptables-save.txt',
  'doors/policy-denies-ingress/node-b/iptables-save.txt',
])('leaves no line over: %s', (file) => {
  expect(parseIptablesSave(ofCorpus(file), 'ip').strange).toEqual([]);
});

it('understands every option that kube-proxy and flannel use', () => {
  expect(unknownOf(parseIptablesSave(ofCorpus('plain/healthy/node-b/iptables-save.txt'), 'ip'))).toEqual([]);
  expect(unknownOf(parseIptablesSave(ofCorpus('cached/healthy/node-c/iptables-save.txt'), 'ip'))).toEqual([]);
});

it('keeps a line it does not understand', () => {
  expect(parseIptablesSave('*nat\n:PREROUTING ACCEPT [0:0]\nwhat is this\n', 'ip').strange).toEqual(['what is this']);
  expect(parseIptablesSave('*nat\n-A NOWHERE -j DROP\n', 'ip').strange).toHaveLength(1);
});

it('says an option it does not know with its words', () => {
  const set = parseIptablesSave('*filter\n:FORWARD DROP [1:2]\n-A FORWARD -m new ! --thing a b -j ACCEPT\n', 'ip');
  expect(chain(set, 'filter', 'FORWARD')).toMatchObject({
    hook: { policy: 'drop', packets: 1 },
    rules: [{ tests: [{ on: 'unknown', text: '! --thing a b' }], action: { do: 'accept' } }],
  });
});

it('takes no part of a comment for an option', () => {
  const text = '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m comment --comment "-j DROP \\" ! -s" -j ACCEPT\n';
  expect(chain(parseIptablesSave(text, 'ip'), 'filter', 'INPUT')?.rules).toMatchObject([
    { comment: '-j DROP " ! -s', action: { do: 'accept' }, tests: [] },
  ]);
});

const real = recordedStates.map((state) => stateFile(state, 'packet-rules.txt')).filter((text) => text !== '');

it('never throws, whatever it reads', () => {
  fc.assert(fc.property(fc.string({ maxLength: 2000 }), (text) => parseIptablesSave(text, 'ip').strange.length <= 10));
  const damaged = fc
    .tuple(fc.constantFrom(...real), fc.nat(), fc.nat({ max: 400 }), fc.string({ maxLength: 40 }))
    .map(([text, at, cut, put]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + put + text.slice(from + cut);
    });
  fc.assert(fc.property(damaged, (text) => parseIptablesSave(text, 'ip').tables.length < 1000));
});
