import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inRange } from '../../../src/parse/rules/in-range.js';
import { parseIptablesSave } from '../../../src/parse/rules/iptables-save.js';
import type { Packet } from '../../../src/parse/rules/packet.js';
import { walk } from '../../../src/parse/rules/walk.js';

const packet: Packet = {
  source: '10.244.1.9',
  destination: '10.96.1.2',
  protocol: 'tcp',
  port: 80,
  mark: 0,
  states: ['NEW'],
  fromNode: false,
  toNode: false,
};
const filter = (rules: string, policy = 'ACCEPT') =>
  parseIptablesSave(`*filter\n:FORWARD ${policy} [0:0]\n:A - [0:0]\n:B - [0:0]\n${rules}\n`, 'ip').tables[0]?.chains ??
  new Map();
const ends = (rules: string, given: Partial<Packet> = {}) =>
  walk(filter(rules), 'FORWARD', { ...packet, ...given }).ways.map(({ end, share }) => [
    end.do,
    Number(share.toFixed(3)),
  ]);

it.each([
  ['nothing', '', [['policy', 1]]],
  ['a jump that comes back', '-A FORWARD -j A\n-A A -j RETURN\n-A FORWARD -j DROP', [['drop', 1]]],
  ['a goto does not come back', '-A FORWARD -g A\n-A FORWARD -j DROP', [['policy', 1]]],
  [
    'a chance',
    '-A FORWARD -m statistic --mode random --probability 0.25 -j DROP\n-A FORWARD -j ACCEPT',
    [
      ['drop', 0.25],
      ['accept', 0.75],
    ],
  ],
  [
    'a mark',
    '-A FORWARD -j MARK --set-xmark 0x4000/0x4000\n-A FORWARD -m mark --mark 0x4000/0x4000 -j DROP',
    [['drop', 1]],
  ],
  ['another address', '-A FORWARD -d 10.97.0.0/16 -j DROP', [['policy', 1]]],
  ['a negated address', '-A FORWARD ! -s 10.244.0.0/16 -j DROP', [['policy', 1]]],
  ['ports in a list', '-A FORWARD -p tcp -m multiport --dports 22,80:90 -j DROP', [['drop', 1]]],
  ['an established connection', '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT', [['policy', 1]]],
  ['a chain that is not there', '-A FORWARD -j NOWHERE\n-A FORWARD -j DROP', [['drop', 1]]],
])('%s', (_, rules, expected) => expect(ends(rules)).toEqual(expected));

it('asks the interface only where it is known', () => {
  const rules = '-A FORWARD -i cni+ -j DROP';
  expect(ends(rules, { in: 'cni0' })).toEqual([['drop', 1]]);
  expect(ends(rules, { in: 'eth0' })).toEqual([['policy', 1]]);
  const open = walk(filter(rules), 'FORWARD', packet);
  expect(open.ways).toMatchObject([{ end: { do: 'policy' } }]);
  expect(open.perhaps.map(({ text }) => text)).toEqual([rules]);
});

it('opens the question for all rules behind an open jump', () => {
  const rules = '-A FORWARD -m set --match-set blocked src -j A\n-A A -p udp -j DROP\n-A A -p tcp -j REJECT';
  const { perhaps, ways } = walk(filter(rules), 'FORWARD', packet);
  expect(perhaps.map(({ action }) => action.do)).toEqual(['reject']);
  expect(ways).toMatchObject([{ end: { do: 'policy' }, share: 1 }]);
});

it('gives up chains that jump in circles', () => {
  expect(walk(filter('-A FORWARD -j A\n-A A -j B\n-A B -j A'), 'FORWARD', packet).lost).toBe(true);
  const doubling = '-A FORWARD -j A\n-A A -j B\n-A A -j B\n-A B -j A\n-A B -j A';
  expect(walk(filter(doubling), 'FORWARD', packet).lost).toBe(true);
});

it('loses no share, whatever the rules', () => {
  const one = fc.tuple(
    fc.constantFrom('FORWARD', 'A', 'B'),
    fc.constantFrom(
      '',
      '-p udp ',
      '-s 10.244.0.0/16 ',
      '-m statistic --mode random --probability 0.3 ',
      '-m what --x ',
    ),
    fc.constantFrom('A', 'B', 'ACCEPT', 'DROP', 'RETURN', 'MARK --set-xmark 0x1/0x1'),
  );
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (rules) => {
      const text = rules.map(([chain, tests, target]) => `-A ${chain} ${tests}-j ${target}`).join('\n');
      const { ways, lost } = walk(filter(text), 'FORWARD', packet);
      return lost || Math.abs(ways.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-6;
    }),
  );
});

describe('inRange', () => {
  it.each([
    ['10.244.3.7', '10.244.0.0/16', true],
    ['10.245.3.7', '10.244.0.0/16', false],
    ['10.244.3.7', '0.0.0.0/0', true],
    ['10.0.0.7', '10.0.0.5-10.0.0.9', true],
    ['10.0.0.10', '10.0.0.5-10.0.0.9', false],
    ['fd00:10:244::7', 'fd00:10:244::/56', true],
    ['fd00:10:245::7', 'fd00:10:244::/56', false],
    ['::ffff:10.0.0.1', '::ffff:0:0/96', true],
    ['10.0.0.1', 'fd00::/8', false],
    ['10.0.0.1', 'nonsense', false],
  ])('%s in %s: %s', (address, range, expected) => expect(inRange(address, range)).toBe(expected));
});
