import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { batchArgv, type Job, type JobOutput } from '../../../src/ports/live/batch.js';
import { createBatchReader } from '../../../src/ports/live/batch-reader.js';
import { detectScript } from '../../../src/ports/live/batch-script.js';
import { readTools } from '../../../src/ports/live/tools.js';
import { job, keep, readBatch, say } from './batch-jobs.js';
import { follow, runIn, shells } from './imitation/shells.js';

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))('the batch script in %s', (_, shell) => {
  const run = (jobs: readonly Job[]) => readBatch(runIn(shell, batchArgv(jobs, 'kill', keep)).stdout, jobs.length);

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

  it('tells of a job while a slower one still runs', async () => {
    const pipe = `/tmp/net-triage-till-${process.pid}-${shell[0]}`;
    runIn(['sh'], ['sh', '-c', 'mkfifo "$1"', 'x', pipe]);
    onTestFinished(() => rmSync(pipe));
    const order: string[] = [];
    const names = ['slow', 'fast'];
    const told = names.map(() => Promise.withResolvers<JobOutput>());
    const take = createBatchReader({
      ...{ count: 2, keep },
      found: (index, output) => {
        order.push(names[index] ?? '');
        told[index]?.resolve(output);
      },
    });
    const ended = follow(shell, batchArgv([job('cat', pipe), say('paid')], 'kill', keep), take);
    expect((await told[1]?.promise)?.stdout).toBe('paid\n');
    // Nothing but this lets the slow one end.
    await writeFile(pipe, 'closed');
    expect((await told[0]?.promise)?.stdout).toBe('closed');
    await ended;
    expect(order).toEqual(['fast', 'slow']);
  });

  it('does not mix what jobs print that end at the same time', () => {
    const much = (letter: string) =>
      job('sh', '-c', 'yes "$1" | head -c 60000; yes "$1$1" | head -c 9000 >&2', 'x', letter);
    const letters = [...'abcdefghijklmnop'];
    const found = run(letters.map(much));
    expect(found.map(({ stdout, stderr }) => [stdout.length, stderr.length])).toEqual(Array(16).fill([60_000, 9_000]));
    expect(found.map(({ stdout }) => [...new Set(stdout)].join(''))).toEqual(letters.map((letter) => `${letter}\n`));
  });

  it('ends, with all its jobs, when nobody reads on', () => {
    const many = Array.from({ length: 8 }, () => job('sh', '-c', 'yes cart | head -c 60000'));
    const [program = '', ...first] = shell;
    // The reader leaves in the middle of the first block, while the others wait for their turn.
    const script = 'set -o pipefail 2>/dev/null; "$@" 2>/dev/null | head -c 100 | wc -c; echo left';
    const words = ['sh', '-c', script, 'x', program, ...first, ...batchArgv(many, 'kill', keep).slice(1)];
    expect(runIn(['bash'], words).stdout.toString().trim()).toBe('100\nleft');
  });

  it('tells how long a job took', () => {
    const [brief] = run([say('cart')]);
    expect(brief?.durationMs).toBeGreaterThanOrEqual(0);
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
    const tools = readTools(stdout.toString(), 40);
    expect(tools).toMatchObject({ known: true, timeout: 'kill', batch: true });
    expect(tools?.names).toEqual(new Set(['cat']));
  });

  it('detects that timeout is missing', () => {
    const { stdout } = runIn(
      [`/usr/bin/${shell[0]}`, ...shell.slice(1)],
      ['sh', '-c', detectScript.replace(/^.*\n/, 'timeout() { return 127; }\n'), 'net-triage'],
    );
    const tools = readTools(stdout.toString(), 40);
    expect(tools).toMatchObject({ known: true, batch: false });
    expect(tools).not.toHaveProperty('timeout');
  });
});
