import { expect, it } from 'vitest';
import { calicoDrops, calicoRules } from '../../../src/parse/plugins/calico-rules.js';
import { parseIptablesSave } from '../../../src/parse/rules/iptables-save.js';
import { recorded } from '../recorded.js';

const tables = (name: string) => parseIptablesSave(recorded('calico', `rules-${name}`), 'ip').tables;

it('finds the devices Felix has chains for, and under which program', () => {
  expect(calicoRules(tables('before'))).toEqual({
    backends: ['iptables-nft'],
    devices: ['cali12d4a061371', 'cali6c9ad161b12'],
  });
});

it.each([
  ['before', 'policy-after', 'cali-tw-cali6c9ad161b12', /Drop if no policies passed packet/, 4],
  ['policy-after', 'unknown-after', 'cali-to-wl-dispatch', /Unknown interface/, 4],
  ['unknown-after', 'tunnel-after', 'cali-INPUT', /Drop IPIP packets from non-Calico hosts/, 5],
])('says what dropped between %s and %s', (before, after, chain, comment, rise) => {
  const [first, ...others] = calicoDrops(tables(before), tables(after));
  expect(first).toEqual({ chain, comment: expect.stringMatching(comment), rise });
  expect(others).toEqual([]);
});

it('finds nothing where Calico has no rules', () => {
  expect(calicoRules([])).toEqual({ backends: [], devices: [] });
  expect(calicoDrops([], tables('before'))).toEqual([]);
});
