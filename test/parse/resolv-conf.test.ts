import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clusterDomain, parseResolvConf, resolvConfSchema } from '../../src/parse/resolv-conf.js';
import { recorded } from './recorded.js';

it('reads what a Pod gets', () => {
  const facts = parseResolvConf(recorded('resolv-conf', 'cluster'));
  expect(facts).toEqual({
    nameservers: ['10.77.0.2'],
    search: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
    options: { ndots: '5' },
    problem: '',
  });
  expect(clusterDomain(facts)).toBe('cluster.local');
});

it('lets the last search line count and adds options up', () => {
  const facts = parseResolvConf(
    '# a\n; b\ndomain a.example\nsearch b.example c.example\noptions ndots:2 rotate\noptions edns0',
  );
  expect(facts.search).toEqual(['b.example', 'c.example']);
  expect(facts.options).toEqual({ ndots: '2', rotate: '', edns0: '' });
});

it.each([
  [['svc.k8s.example.org', 'k8s.example.org'], 'k8s.example.org'],
  [['shop.svc.lab.local.'], 'lab.local'],
  [['example.com'], undefined],
])('finds the cluster in %j', (search, expected) => {
  expect(clusterDomain({ nameservers: [], search, options: {}, problem: '' })).toBe(expected);
});

it('takes any text', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (lines) => {
      expect(() =>
        resolvConfSchema.parse(parseResolvConf(lines.map((line) => `options ${line}`).join('\n'))),
      ).not.toThrow();
    }),
  );
});
