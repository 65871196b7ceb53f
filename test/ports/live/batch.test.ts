import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchArgv, type Job, readBatch } from '../../../src/ports/live/batch.js';
import { detectScript } from '../../../src/ports/live/batch-script.js';
import { readTools } from '../../../src/ports/live/pod-tools.js';
import { runIn, shells } from './imitation/shells.js';

const keep = 64 << 10;
const job = (...argv: string[]): Job => ({ argv, limit: 20 });
const say = (...words: string[]) => job('printf', '%s\n', ...words);

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))('the batch script in %s', (_, shell) => {
  const run = (jobs: readonly Job[]) =>
    readBatch(runIn(shell, batchArgv(jobs, 'kill', keep)).stdout, jobs.length, keep);

  it('gives every job its own outputs and exit code, in order', () => {
    const jobs = [say('cart'), job('sh', '-c', 'echo paid; echo late >&2; exit 7'), job('false'), job('printf', '')];
    expect(run(jobs)).toMatchObject([
      { exitCode: 0, stdout: 'cart\n', stderr: '' },
      { exitCode: 7, stdout: 'paid\n', stderr: 'late\n' },
      { exitCode: 1, stdout: '', stderr: '' },
      { exitCode: 0, stdout: '', stderr: '' },
    ]);
  });

  it.each([
    ['$(touch /tmp/net-triage-was-here)', '`id`', `\${HOME}`, '$0 $1 $@ $*'],
    ["it's", '"', '\\', '\\n', '\\\\'],
    ['a\nb', '\n', '\n\n', '\t', ' ', ''],
    ['*', '/*', '?', '[a-z]', '~', '{a,b}', '!!'],
    ['-n', '--', '-e', '-c', '-', '--help'],
    ['; exit 9', '| cat', '&', '> /tmp/net-triage-was-here', '#', '<<EOF'],
    ['out 1 3 x x', 'end 1 0', 'err 2 5', '%s', '%n'],
    ['端点', 'é', '\u001b[31m', '\u007f'],
  ])('carries %j as it is', (...words) => {
    const [first, second] = run([say(...words), say('after')]);
    expect(first).toMatchObject({ exitCode: 0, stdout: words.map((word) => `${word}\n`).join(''), stderr: '' });
    expect(second?.stdout).toBe('after\n');
  });

  it('carries any words at all', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab $`"\'\\\n;&|<>(){}[]*?~#!-=%é端') });
    fc.assert(
      fc.property(fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (lists) => {
        const found = run(lists.map((words) => say(...words)));
        expect(found.map(({ stdout }) => stdout)).toEqual(
          lists.map((words) => words.map((text) => `${text}\n`).join('')),
        );
      }),
      { numRuns: 15 },
    );
  });

  it('keeps the last newlines, and drops only the zero bytes that no shell can hold', () => {
    const [newlines, zeros] = run([job('printf', 'a\n\n\n'), job('printf', 'a\\000b')]);
    expect(newlines?.stdout).toBe('a\n\n\n');
    expect(zeros?.stdout).toBe('ab');
  });

  it('keeps outputs whole that are larger than a pipe, and cuts those that are too large', () => {
    const large = 'sh -c'.split(' ');
    const fits = job(...large, 'yes cart | head -c 60000');
    const floods = job(...large, 'yes cart | head -c 9000000');
    const found = run([fits, floods, fits, say('after')]);
    expect(found.map(({ stdout, cut }) => [stdout.length, cut])).toEqual([
      [60_000, false],
      [keep, true],
      [60_000, false],
      [6, false],
    ]);
  });

  it('runs jobs side by side, not one after another', () => {
    // Each one waits for a line that only the other one writes.
    const pipes = `/tmp/net-triage-pipe-${process.pid}-${shell[0]}`;
    const meet = (mine: string, other: string) =>
      job('sh', '-c', 'mkfifo "$1" "$2" 2>/dev/null; echo met >"$1" & cat "$2"', 'x', pipes + mine, pipes + other);
    const found = run([meet('a', 'b'), meet('b', 'a')]);
    runIn(shell, ['sh', '-c', 'rm -f "$1"a "$1"b', 'x', pipes]);
    expect(found.map(({ stdout }) => stdout)).toEqual(['met\n', 'met\n']);
  });

  it('ends a job at its limit and keeps what the others said', () => {
    const [hung, fine] = run([{ argv: ['sh', '-c', 'echo begun; exec sleep 60'], limit: 1 }, say('cart')]);
    expect(hung?.stdout).toBe('begun\n');
    expect([124, 137, 143]).toContain(hung?.exitCode);
    expect(fine?.stdout).toBe('cart\n');
  });

  it('says that a program is missing, as the exit code 127 of its job', () => {
    expect(run([job('net-triage-no-such-program'), say('cart')])).toMatchObject([
      { exitCode: 127, stdout: '' },
      { stdout: 'cart\n' },
    ]);
  });

  it('gives jobs no input to wait for', () => {
    expect(run([job('cat')])).toMatchObject([{ exitCode: 0, stdout: '' }]);
  });

  it('detects what is there, without running a name', () => {
    const names = ['cat', 'net-triage-no-such-program', '$(id)', '-v', 'a b'];
    const { stdout } = runIn(shell, ['sh', '-c', detectScript, 'net-triage', ...names]);
    const tools = readTools(stdout.toString());
    expect(tools).toMatchObject({ known: true, timeout: 'kill', batch: true });
    expect(tools?.names).toEqual(new Set(['cat']));
  });

  it('detects that timeout is missing', () => {
    const { stdout } = runIn(
      [`/usr/bin/${shell[0]}`, ...shell.slice(1)],
      ['sh', '-c', detectScript.replace(/^.*\n/, 'timeout() { return 127; }\n'), 'net-triage'],
    );
    const tools = readTools(stdout.toString());
    expect(tools).toMatchObject({ known: true, batch: false });
    expect(tools).not.toHaveProperty('timeout');
  });
});

describe('reading a batch', () => {
  it.each([
    ['nothing', '', 0],
    ['another program', 'hello\n', 0],
    ['half a job', 'out 1 3 x x\nabc\nerr 1 0\n', 0],
    ['a wrong length', 'out 1 9 x x\nabc\nerr 1 0\n\nend 1 0\n', 0],
    ['a number that is not its turn', 'out 2 0 x x\n\nerr 2 0\n\nend 2 0\n', 0],
    ['one job of two', 'out 1 3 x x\nabc\nerr 1 0\n\nend 1 0\nout 2', 1],
  ])('%s', (_, text, count) => {
    expect(readBatch(Buffer.from(text), 2, keep)).toHaveLength(count);
  });

  it('is total: no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => readBatch(Buffer.from(bytes), 3, keep).length <= 3),
    );
  });

  it.each([
    ['1763650000000000000', '1763650000250000000', 250],
    ['1763650000.000000', '1763650000.250000', 250],
    ['1763650000', '1763650001', Number.NaN],
    ['1763650000%N', '1763650001%N', Number.NaN],
    ['', 'x', Number.NaN],
  ])('takes the time from %s to %s', (from, to, expected) => {
    const [found] = readBatch(Buffer.from(`out 1 0 ${from} ${to}\n\nerr 1 0\n\nend 1 0\n`), 1, keep);
    expect(found?.durationMs).toEqual(Number.isNaN(expected) ? expected : expect.closeTo(expected, 0));
  });
});
