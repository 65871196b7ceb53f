import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verbNames } from '../../src/commands/verbs.js';
import { reportSchema } from '../../src/domain/report.js';
import { temporaryFolder } from '../support/temporary.js';
import { run } from './process.js';

const source = (path: string) => readFile(join(import.meta.dirname, '../../src', path), 'utf8');

const kubeconfig = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'shop',
  contexts: [{ name: 'shop', context: { cluster: 'shop', user: 'mira', namespace: 'shop' } }],
  // Port 9 is discard: nobody answers there.
  clusters: [{ name: 'shop', cluster: { server: 'http://127.0.0.1:9' } }],
  users: [{ name: 'mira', user: { token: 'opensesame' } }],
});

const homeWith = async (config?: string) => {
  const home = await temporaryFolder();
  await mkdir(join(home, '.kube'));
  if (config !== undefined) await writeFile(join(home, '.kube/config'), config);
  return home;
};

const flow = ['--from', 'pod/shop/checkout', '--to', 'svc/shop/cart:80'];

describe('the program', () => {
  it('loads nothing for --help but the parser of its command line', async () => {
    const imports = async (file: string) =>
      [...(await source(`commands/${file}.ts`)).matchAll(/^import (type )?[^'"]*'([^']+)'/gms)]
        .filter(([, type]) => !type)
        .map(([, , from]) => from);
    expect(await imports('program')).toEqual(['commander', './io.js', './verbs.js']);
    expect(await imports('verbs')).toEqual(['./flags.js']);
    expect(await imports('flags')).toEqual(['commander']);
    expect(await imports('io')).toEqual([]);
  });

  it('tells of every command, in the name it was called by', async () => {
    const { code, out } = await run(['--help'], '/', { name: 'kubectl net-triage' });
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: kubectl net-triage/);
    const listed = [...out.matchAll(/^ {2}([a-z]+)( |$)/gm)].map(([, verb]) => verb);
    expect(new Set(listed)).toEqual(new Set<string | undefined>(verbNames));
  });

  it('tells its version', async () => {
    expect((await run(['--version'], '/')).out).toBe('0.1.0\n');
    expect((await run(['version', '-o', 'json'], '/')).out).toBe('{"version":"0.1.0"}\n');
  });

  it.each([
    ['a command nobody knows', ['chek'], 'There is no command and no symptom "chek". Near: check.'],
    ['a symptom nobody knows', ['run', 'service-unreachble', ...flow], 'Near: service-unreachable.'],
    ['a flag nobody knows', ['run', '--form', 'pod/shop/checkout'], "unknown option '--form'"],
    ['a word too many', ['run', 'service-unreachable', 'now'], 'too many arguments'],
    ['a flag without its value', ['run', '--from'], 'argument missing'],
    ['a value that makes no sense', ['run', '--level', 'root', ...flow], '--level'],
    [
      'an end that nobody can read',
      ['run', '--from', 'cart', '--to', 'svc/shop/cart'],
      '"cart" does not say what it is',
    ],
    ['a missing end', ['run', '--from', 'pod/shop/checkout'], '--to is missing'],
    ['both ends missing', [], '--from and --to is missing'],
    ['a runbook that is not there', ['run', '--runbook', 'mine.yaml', ...flow], '--runbook mine.yaml'],
    [
      'an output file that cannot be',
      ['run', '--output-file', 'no/such/folder', ...flow],
      '--output-file no/such/folder',
    ],
    ['a check nobody knows', ['check', 'service-exist', ...flow], 'Near: service-exists'],
    ['no check at all', ['check', ...flow], 'name a check'],
    ['a cause nobody knows', ['explain', 'SVC-99'], 'There is no check or cause "SVC-99"'],
    ['a tree action nobody knows', ['tree', 'climb'], 'tree climb: write list, show, graph or lint.'],
    ['a word of every object', ['tree', 'constructor'], 'tree constructor: write'],
    ['a session that does not exist', ['session', 'show', '7'], 'There is no session yet.'],
    ['a level nobody prints', ['rbac', 'change'], 'rbac change: write observe, probe or node.'],
  ])('ends with 2 and a sentence for %s', async (_, argv, sentence) => {
    const { code, out, err, stillListening } = await run(argv, await homeWith(kubeconfig));
    expect(err).toContain(sentence);
    expect([code, out, stillListening]).toEqual([2, '', 0]);
    expect(err).not.toContain('bug of net-triage');
  });

  it('takes a list of files as one flag each, so that the symptom is not taken for a file', async () => {
    const home = await homeWith(kubeconfig);
    const { err } = await run(['run', '--runbook', 'mine.yaml', 'service-unreachable', ...flow], home);
    expect(err).toContain('--runbook mine.yaml');
    expect(err).not.toContain('--runbook service-unreachable');
  });
});

describe('the document of a run that fails', () => {
  const cases: [string, string[], string | undefined, string, number][] = [
    ['no kubeconfig', [...flow], undefined, 'KubeconfigProblem', 2],
    ['a kubeconfig that is none', [...flow], 'just: [text', 'KubeconfigProblem', 2],
    ['a context that does not exist', ['--context', 'till', ...flow], kubeconfig, 'KubeconfigProblem', 2],
    [
      'a context that does not exist, and a namespace',
      ['-n', 'shop', '--context', 'till', ...flow],
      kubeconfig,
      'KubeconfigProblem',
      2,
    ],
    ['a missing end', ['--from', 'pod/shop/checkout'], kubeconfig, 'UsageProblem', 2],
    [
      'an end that nobody can read',
      ['--from', 'pod/shop/checkout', '--to', 'svc/shop/Cart'],
      kubeconfig,
      'EndProblem',
      2,
    ],
    ['a symptom nobody knows', ['till-is-shut', ...flow], kubeconfig, 'UsageProblem', 2],
    [
      'ends that no runbook has',
      ['--from', 'control-plane', '--to', 'cidr/203.0.113.0/24'],
      kubeconfig,
      'IntakeProblem',
      2,
    ],
    ['an API server that does not answer', [...flow], kubeconfig, 'unreachable', 4],
    ['a universe that is not there', ['--universe', 'gone', ...flow], kubeconfig, 'UniverseProblem', 2],
  ];

  it.each(cases)('is valid for %s', async (_, argv, config, code, exit) => {
    const home = await homeWith(config);
    const result = await run(['run', '-o', 'json', ...argv], home);
    const report = reportSchema.parse(JSON.parse(result.out));
    expect(report.error?.code).toBe(code);
    expect(report.verdict.result).toBe('inconclusive');
    expect(result.code).toBe(exit);
    expect(result.err).toContain(report.error?.message);
    expect(result.out + result.err).not.toContain('opensesame');
  });

  it.each(['yaml', 'junit', 'md', 'ndjson'])('is one document as %s, too', async (format) => {
    const { code, out } = await run(['run', '-o', format, '--from', 'pod/shop/checkout'], await homeWith(kubeconfig));
    expect(code).toBe(2);
    expect(out).toContain('--to is missing');
  });

  it('is written to the file that was asked for', async () => {
    const home = await homeWith(kubeconfig);
    const { out, err } = await run(
      ['run', '-o', 'json', '--output-file', 'report.json', '--from', 'pod/shop/checkout'],
      home,
    );
    expect(out).toBe('');
    expect(err).toContain(join(home, 'report.json'));
    expect(reportSchema.safeParse(JSON.parse(await readFile(join(home, 'report.json'), 'utf8'))).success).toBe(true);
  });
});
