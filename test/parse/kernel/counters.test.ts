import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCounters } from '../../../src/parse/kernel/counters.js';
import { recorded } from '../recorded.js';

const counters = (name: string) => parseCounters(recorded('kernel-counters', name));

it('reads what the first namespace of a machine counts', () => {
  expect(counters('machine')).toMatchObject({
    release: '6.18.44-fc-v669',
    conntrack: { max: 262_144, buckets: 262_144, events: { drop: 0, insert_failed: 0 } },
    softnet: { cpus: 2 },
    ports: [32_768, 60_999],
    neighbours: { overflows: expect.any(Number) },
    neighbourLimit: 1024,
    timeWait: expect.any(Number),
    mib: { TcpExtListenOverflows: expect.any(Number), IpFragFails: expect.any(Number) },
  });
});

it('reads what another namespace counts, which hides the tables of the machine', () => {
  const before = counters('before');
  expect(before).toMatchObject({ conntrack: { count: 0, events: { insert_failed: 0, drop: 0 } } });
  expect(before?.neighbours).toBeUndefined();
  expect(before?.recycle).toBeUndefined();
});

it('sums over processors and keeps what connects on the way added', () => {
  expect(counters('ports-gone')?.conntrack).toMatchObject({ count: 4, events: { insert_failed: 12, drop: 12 } });
  const [quiet, full] = [counters('server-before'), counters('server-overflown')];
  expect(quiet?.mib.TcpExtListenOverflows).toBe(0);
  expect(full?.mib.TcpExtListenOverflows).toBeGreaterThan(0);
  expect(full?.devices).toMatchObject({ yb0: { rxErrors: 0, rxDropped: 0, txCarrier: 0 } });
});

it('says nothing where there is nothing', () => {
  for (const text of ['', 'grep: not found', '/proc/uptime', '/proc/net/dev:  eth0: 1'])
    expect(parseCounters(text)).toBeUndefined();
});

describe('any text', () => {
  const real = recorded('kernel-counters', 'machine');
  const twisted = fc
    .tuple(fc.nat(real.length), fc.nat(60), fc.string({ maxLength: 40 }))
    .map(([at, cut, put]) => real.slice(0, at) + put + real.slice(at + cut));

  it('is read without a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), twisted), (text) => {
        const said = parseCounters(text);
        for (const value of Object.values(said?.mib ?? {})) expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });

  it('is read in time that grows with its length', () => {
    const long = `/proc/uptime:1 1\n${'/proc/net/dev:  eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 \n'.repeat(20_000)}`;
    parseCounters(long);
  });
});
