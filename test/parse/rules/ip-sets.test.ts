import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inSet, parseIpSets } from '../../../src/parse/rules/ip-sets.js';
import { parseIptablesSave } from '../../../src/parse/rules/iptables-save.js';
import type { Packet } from '../../../src/parse/rules/packet.js';
import { walk } from '../../../src/parse/rules/walk.js';
import { stateFile } from './on-node.js';

// Of a node in IPVS mode, and of a namespace with the sets and rules of kube-proxy.
const recorded = readFileSync(new URL('../../fixtures/ipvs/sets.txt', import.meta.url), 'utf8');
const made = stateFile('doors-ipvs', 'ip-sets.txt');
const packet: Packet = {
  ...{ source: '10.244.3.10', destination: '10.96.100.1', protocol: 'tcp', port: 80, mark: 0 },
  ...{ states: ['NEW'], fromNode: false, toNode: true },
};

it('reads what the sets hold', () => {
  const { sets, strange } = parseIpSets(recorded);
  expect(strange).toEqual([]);
  expect([...sets].map(([name, { parts, members }]) => [name, parts.join(), members.length])).toEqual([
    ['KUBE-CLUSTER-IP', 'ip,port', 6],
    ['KUBE-LOOP-BACK', 'ip,port,ip', 4],
  ]);
  expect([...parseIpSets(made).sets.keys()]).toHaveLength(9);
  expect(parseIpSets(made).strange).toEqual([]);
});

describe('inSet', () => {
  const { sets } = parseIpSets(`${recorded}\n${made}`);
  const is = (name: string, ends: string, more: Partial<Packet> = {}) => {
    const set =
      (more.port === 30_080 ? parseIpSets(made).sets : parseIpSets(recorded).sets).get(name) ?? sets.get(name);
    return set && inSet(set, ends.split(','), { ...packet, ...more });
  };
  it.each([
    ['KUBE-CLUSTER-IP', 'dst,dst', {}, true],
    ['KUBE-CLUSTER-IP', 'dst,dst', { port: 81 }, false],
    ['KUBE-CLUSTER-IP', 'dst,dst', { protocol: 'udp', port: 9090 }, true],
    ['KUBE-CLUSTER-IP', 'src,dst', {}, false],
    ['KUBE-CLUSTER-IP', 'src,src', { source: '10.96.100.1' }, 'maybe'],
    ['KUBE-LOOP-BACK', 'dst,dst,src', { destination: '10.244.1.11', source: '10.244.1.11', port: 8080 }, true],
    ['KUBE-LOOP-BACK', 'dst,dst,src', { destination: '10.244.1.11', source: '10.244.1.12', port: 8080 }, false],
    ['KUBE-NODE-PORT-TCP', 'dst', { port: 30_080 }, true],
  ] as const)('%s %s %j: %s', (name, ends, more, expected) => expect(is(name, ends, more)).toBe(expected));
});

describe('in rules', () => {
  const filter = parseIptablesSave(stateFile('doors-ipvs', 'packet-rules.txt'), 'ip').tables.find(
    ({ name }) => name === 'filter',
  );
  const ends = (more: Partial<Packet>) =>
    walk(filter?.chains ?? new Map(), 'INPUT', { ...packet, destination: '10.96.0.21', ...more }).ways.map(
      ({ end }) => end.do,
    );

  it('are an open question without the sets', () => expect(ends({})).toEqual(['policy']));
  it('decide with them', () => {
    const { sets } = parseIpSets(made);
    expect(ends({ sets })).toEqual(['policy']);
    expect(ends({ sets, port: 81 })).toEqual(['reject']);
  });
});

it('never throws, whatever it reads', () => {
  fc.assert(fc.property(fc.string(), (text) => parseIpSets(text).strange.length <= 10));
  fc.assert(
    fc.property(fc.nat(), fc.string({ maxLength: 20 }), (at, put) => {
      const cut = at % made.length;
      const { sets } = parseIpSets(made.slice(0, cut) + put + made.slice(cut + 9));
      return [...sets.values()].every((set) => inSet(set, ['dst', 'dst', 'src'], packet) !== undefined);
    }),
  );
});
