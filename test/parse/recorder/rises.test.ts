import { expect, it } from 'vitest';
import { type Counters, parseCounters } from '../../../src/parse/kernel/counters.js';
import { risesWithFailures, roseBetween } from '../../../src/parse/recorder/rises.js';
import { recorded } from '../recorded.js';

const counters = (name: string) => parseCounters(recorded('kernel-counters', name)) as Counters;

it('says what rose between two readings of a real kernel, and nothing of a reading that is missing', () => {
  const [before, after] = [counters('before'), counters('ports-gone')];
  expect(roseBetween(before, before)).toEqual({});
  expect(Object.values(roseBetween(before, after) ?? {}).every((count) => count > 0)).toBe(true);
  expect(roseBetween(before, undefined)).toBeNull();
});

const node = (...stretches: (Record<string, number> | null)[]) => ({ node: 'node-b', role: 'destination', stretches });

it('names what rises with the failures alone', () => {
  const counted = [
    node({ TcpExtListenDrops: 3, 'conntrack invalid': 2 }, { 'conntrack invalid': 1 }, { TcpExtListenDrops: 4 }),
  ];
  expect(risesWithFailures(counted, [true, false, true])).toEqual([
    { node: 'node-b', counter: 'TcpExtListenDrops', count: 7 },
  ]);
});

it('tells nothing apart where every stretch failed, or none did', () => {
  expect(risesWithFailures([node({ drop: 1 }, { drop: 1 })], [true, true])).toEqual([]);
  expect(risesWithFailures([node({ drop: 1 }, null)], [false, false])).toEqual([]);
});
