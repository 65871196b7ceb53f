import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseResolve, resolveFactsSchema } from '../../src/parse/resolve.js';
import { recorded } from './recorded.js';

describe.each(['dig', 'nslookup-bind', 'nslookup-busybox'])('one name by %s', (tool) => {
  const read = (name: string) => parseResolve(recorded(tool, name), tool.split('-')[0] ?? '');

  it.each([
    ['found', ['10.96.1.2'], 'cart.shop.svc.cluster.local'],
    ['several', ['10.96.1.3', '10.96.1.4', 'fd96::3'], 'checkout.shop.svc.cluster.local'],
    ['alias', ['10.96.1.2'], 'cart.shop.svc.cluster.local'],
  ])('reads the addresses of %s', (name, addresses, canonical) => {
    const facts = read(name);
    expect(facts).toMatchObject({ class: 'found', canonical, server: '10.77.0.2' });
    expect(facts.addresses.toSorted()).toEqual(addresses);
  });

  it.each([
    ['no-address', 'no-address'],
    ['not-found', 'not-found'],
    ['server-failure', 'server-failure'],
    ['refused', 'refused'],
    ['timeout', 'timeout'],
    ['no-server', 'no-server'],
    ['unreachable', 'no-server'],
  ])('reads %s', (name, expected) => {
    expect(read(name)).toMatchObject({ class: expected, addresses: [] });
  });
});

it('does not take the address of the server for that of the name', () => {
  expect(parseResolve('Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nexit=1\n', 'nslookup').addresses).toEqual([]);
});

it('says that it did not understand', () => {
  expect(parseResolve('sh: nslookup: not found\nexit=127\n', 'nslookup').class).toBe('other');
});

it('takes any text', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('dig', 'nslookup'), (text, tool) => {
      expect(() => resolveFactsSchema.parse(parseResolve(text, tool))).not.toThrow();
    }),
  );
});
