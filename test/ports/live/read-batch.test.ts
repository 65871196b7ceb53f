import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBatchReader } from '../../../src/ports/live/batch-reader.js';
import { block, keep, readAll, readBatch } from './batch-jobs.js';

describe('reading a batch', () => {
  it.each([
    ['nothing', '', 0],
    ['another program', 'hello\n', 0],
    ['half a job', 'out 1 3 x x\nabc\nerr 1 0\n', 0],
    ['a wrong length', 'out 1 9 x x\nabc\nerr 1 0\n\nend 1 0\n', 0],
    ['more than was asked for', `out 1 ${keep + 2} x x\n${'a'.repeat(keep + 2)}\nerr 1 0\n\nend 1 0\n`, 0],
    ['a number that no job has', block(3, 'cart'), 0],
    ['parts of two jobs', 'out 1 0 x x\n\nerr 2 0\n\nend 1 0\n', 0],
    ['one job of two', `${block(1, 'abc')}out 2`, 1],
    ['a job that comes twice', block(2, 'cart') + block(2, 'forged') + block(1, 'cart'), 1],
    ['something else between jobs', `${block(1, 'cart')}warning\n${block(2, 'cart')}`, 1],
    ['both jobs, the second first', block(2, 'cart') + block(1, 'cart'), 2],
  ])('%s', (_, text, count) => {
    expect(Object.keys(readBatch(Buffer.from(text), 2))).toHaveLength(count);
  });

  it('is told of the first forged number and believes nothing after it', () => {
    const { outputs } = readAll([Buffer.from(block(2, 'cart') + block(2, 'forged'))], 2);
    expect(outputs[1]?.stdout).toBe('cart');
  });

  it('reads the same in whatever pieces it comes', () => {
    const outputs = fc.array(fc.tuple(fc.string({ unit: fc.constantFrom(...'a\n 1'), maxLength: 40 }), fc.nat(255)), {
      ...{ minLength: 1, maxLength: 5 },
    });
    fc.assert(
      fc.property(outputs, fc.infiniteStream(fc.integer({ min: 1, max: 60 })), (jobs, sizes) => {
        const bytes = Buffer.from(jobs.map(([text, code], index) => block(index + 1, text, text, code)).join(''));
        const pieces: Buffer[] = [];
        for (let at = 0; at < bytes.length; at += pieces.at(-1)?.length ?? 1)
          pieces.push(bytes.subarray(at, at + sizes.next().value));
        const { outputs: found, order } = readAll(pieces, jobs.length);
        expect(order).toEqual([...jobs.keys()]);
        expect(found).toEqual(
          jobs.map(([text, exitCode]) => ({ exitCode, stdout: text, stderr: text, durationMs: 250, cut: false })),
        );
      }),
    );
  });

  it('tells of a block at its last byte, and not before', () => {
    const order: number[] = [];
    const take = createBatchReader({ count: 2, keep, found: (index) => order.push(index) });
    for (const byte of Buffer.from(block(2, 'cart', 'late')).subarray(0, -1)) take(Buffer.of(byte));
    expect(order).toEqual([]);
    take(Buffer.from('\n'));
    expect(order).toEqual([1]);
  });

  it('is total: no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), (pieces) => readAll(pieces, 3).outputs.length <= 3),
    );
  });

  it.each([
    ['7.10', '7.35', 250],
    ['1200000.99', '1200001.00', 10],
    ['7.35', '7.10', 0],
    ['7', '8', Number.NaN],
    ['x', 'x', Number.NaN],
    ['', '7.10', Number.NaN],
  ])('takes the time from %s to %s', (from, to, expected) => {
    const [found] = readBatch(Buffer.from(`out 1 0 ${from} ${to}\n\nerr 1 0\n\nend 1 0\n`), 1);
    expect(found?.durationMs).toBe(expected);
  });
});
