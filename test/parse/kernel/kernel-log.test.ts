import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseKernelLog } from '../../../src/parse/kernel/kernel-log.js';
import { recorded } from '../recorded.js';

it('finds what the kernel says about full tables, with the time', () => {
  const lines = parseKernelLog(recorded('dmesg', 'tables-full'));
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['table-full', 'neighbours-full']));
  for (const { at } of lines) expect(at).toBeGreaterThan(1000);
});

it('keeps the last fifty of a flood', () => {
  const flood = Array.from({ length: 900 }, (_, n) => `[${n}.000001] nf_conntrack: table full, dropping packet`);
  expect(parseKernelLog(flood.join('\n')).map(({ at }) => at)).toEqual(
    Array.from({ length: 50 }, (_, n) => 850.000001 + n),
  );
});

it('finds nothing in other words', () => {
  expect(parseKernelLog('dmesg: read kernel buffer failed: Operation not permitted\n[1.2] eth0: link up')).toEqual([]);
});

it('throws at no text', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseKernelLog(`[1.0] nf_conntrack ${text}\n${text}`)));
});
