import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopback, type Listeners, listenersSchema } from '../../src/parse/listener.js';
import { parseProcNet } from '../../src/parse/proc-net.js';
import { parseListeners } from '../../src/parse/ss-listeners.js';
import { recorded } from './recorded.js';

// Recorded in one namespace at one moment: both ways have to see the same.
const seen = { ss: parseListeners(recorded('ss', 'listeners-ss')) } as Record<string, Listeners>;
seen.grep = parseProcNet(recorded('proc-net', 'listeners-grep'));
seen.cat = parseProcNet(recorded('proc-net', 'listeners-cat'));

describe.each(['ss', 'grep', 'cat'])('listeners by %s', (tool) => {
  it.each([
    { protocol: 'TCP', address: '127.0.0.1', port: 7001, family: 'IPv4' },
    { protocol: 'TCP', address: '0.0.0.0', port: 7002, family: 'IPv4' },
    { protocol: 'TCP', address: '10.77.0.2', port: 7003, family: 'IPv4' },
    { protocol: 'TCP', address: '::1', port: 7004, family: 'IPv6' },
    { protocol: 'TCP', address: 'fd77::2', port: 7005, family: 'IPv6' },
    { protocol: 'TCP', address: '127.0.0.1', port: 7007, family: 'IPv4' },
    { protocol: 'UDP', address: '127.0.0.1', port: 7008, family: 'IPv4' },
    { protocol: 'UDP', address: '0.0.0.0', port: 7009, family: 'IPv4' },
    { protocol: 'TCP', address: '::', port: 8080, family: 'both' },
    { protocol: 'UDP', address: '::', port: 53, family: 'both' },
  ])('sees $protocol $address:$port', (listener) => {
    expect(seen[tool]?.understood).toBe(true);
    expect(seen[tool]?.listeners).toContainEqual(listener);
  });

  it('sees nothing but listeners', () => expect(seen[tool]?.listeners).toHaveLength(17));
});

it('knows from ss alone that a wildcard takes IPv6 only', () => {
  expect(seen.ss?.listeners.find(({ port }) => port === 7006)?.family).toBe('IPv6');
});

it.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['10.77.0.2', false],
])('%s is loopback: %s', (address, expected) => expect(isLoopback({ address })).toBe(expected));

it('tells an empty table from a text it does not know', () => {
  expect(parseProcNet('cat: /proc/net/tcp: Permission denied')).toEqual({ understood: false, listeners: [] });
  expect(parseListeners('Cannot open netlink socket')).toEqual({ understood: false, listeners: [] });
  expect(parseListeners('')).toEqual({ understood: true, listeners: [] });
});

it('takes any text', () => {
  const row = fc.tuple(fc.stringMatching(/^[0-9A-F]{8}$|^[0-9A-F]{32}$/), fc.stringMatching(/^[0-9A-F]{4}$/));
  const line = row.map(([address, port]) => `   0: ${address}:${port} ${address}:0000 0A 00000000`);
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.constant('  sl  local_address'), fc.string())), (lines) => {
      const text = lines.join('\n');
      expect(() => listenersSchema.parse(parseProcNet(text))).not.toThrow();
      expect(() => listenersSchema.parse(parseListeners(text))).not.toThrow();
    }),
  );
});
