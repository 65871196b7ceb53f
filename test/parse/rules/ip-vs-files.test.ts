import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressOf, hexOf, hexPort } from '../../../src/parse/rules/hex-address.js';
import { parseVirtualConnections } from '../../../src/parse/rules/ip-vs-connections.js';
import { virtualConnections } from '../../../src/queries/rules/virtual-connections.js';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/ipvs/${name}.txt`, import.meta.url), 'utf8');
const connections = fixture('connections');

it('reads where each client was sent', () => {
  const { connections: found, strange } = parseVirtualConnections(connections);
  expect(strange).toEqual([]);
  expect(found).toHaveLength(5);
  expect(found[0]).toEqual({
    ...{ protocol: 'tcp', client: '198.51.100.7', clientPort: 43_222, address: '10.0.0.13', port: 30_080 },
    ...{ real: '10.244.2.11', realPort: 8080, state: 'TIME_WAIT', expires: 112 },
  });
});

it('asks for one virtual server only', () => {
  const [variant] = virtualConnections.variants;
  const [, , , , pattern = ''] = variant?.argv({ protocol: 'tcp', address: '10.96.100.1', port: 80 }) ?? [];
  const lines = connections.split('\n').filter((line) => new RegExp(pattern).test(line));
  expect(parseVirtualConnections(lines.join('\n')).connections.map(({ client }) => client)).toEqual([
    '10.96.100.1',
    '10.244.3.10',
  ]);
});

it('writes addresses as the kernel does', () => {
  fc.assert(fc.property(fc.ipV4(), (address) => addressOf(hexOf(address) ?? '') === address));
  expect([hexPort(80), hexPort(30_080), hexOf('fd00::1')]).toEqual(['0050', '7580', undefined]);
});

it('never throws, whatever it reads', () => {
  fc.assert(fc.property(fc.string(), (text) => parseVirtualConnections(text).strange.length <= 10));
  fc.assert(
    fc.property(fc.nat(), fc.string({ maxLength: 20 }), (at, put) => {
      const cut = at % connections.length;
      const { connections: found } = parseVirtualConnections(
        connections.slice(0, cut) + put + connections.slice(cut + 9),
      );
      return found.length <= 10;
    }),
  );
});
