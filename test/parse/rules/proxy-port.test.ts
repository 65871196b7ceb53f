import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProcesses } from '../../../src/parse/rules/processes.js';
import { parseProxyAnswer } from '../../../src/parse/rules/proxy-port.js';
import { parseProxySync } from '../../../src/parse/rules/proxy-sync.js';
import { ofCorpus } from './on-node.js';

const part = (name: string) => readFileSync(new URL(`../../fixtures/kube-proxy-port/${name}`, import.meta.url), 'utf8');
const answer = (name: string, exitCode: number) =>
  parseProxyAnswer({
    tool: name.split('-')[0] ?? '',
    stdout: part(`${name}.txt`),
    stderr: part(`${name}.stderr.txt`),
    exitCode,
  });

it.each([
  ['curl-unhealthy', 0, 'unhealthy'],
  ['curl-silent', 28, 'silent'],
  ['curl-refused', 7, 'refused'],
  ['wget-unhealthy', 8, 'unhealthy'],
  ['wget-silent', 4, 'silent'],
  ['wget-refused', 4, 'refused'],
])('%s', (name, exitCode, expected) => expect(answer(name, exitCode).class).toBe(expected));

it('reads the body of a healthy answer', () => {
  const body = ofCorpus('plain/healthy/node-b/kube-proxy-healthz.json');
  const read = parseProxyAnswer({ tool: 'curl', stdout: `${body}\n200\n`, stderr: '', exitCode: 0 });
  expect(read).toEqual({ class: 'answers', body: body.trim(), said: '' });
});

it('understands no other words', () => {
  expect(parseProxyAnswer({ tool: 'wget', stdout: '', stderr: "wget: invalid option -- 't'", exitCode: 1 }).class).toBe(
    'other',
  );
});

describe('metrics', () => {
  it('say when the rules were written and asked for', () => {
    const sync = parseProxySync(ofCorpus('plain/healthy/node-b/kube-proxy-metrics.txt'));
    expect(sync).toMatchObject({
      understood: true,
      written: { IPv4: 1795244768.0517857, IPv6: 1795244759.7680345 },
      queued: { IPv4: 1795244767.9674222 },
    });
  });

  it('of nobody say nothing', () => expect(parseProxySync('')).toMatchObject({ understood: false }));
});

it('reads processes with their state', () => {
  expect(parseProcesses({ stdout: ' 2471 Ssl      434 kube-proxy\n', stderr: '', exitCode: 0 })).toEqual({
    processes: [{ pid: 2471, state: 'Ssl', age: 434, name: 'kube-proxy' }],
    understood: true,
  });
  expect(parseProcesses({ stdout: '', stderr: '', exitCode: 1 }).understood).toBe(true);
  expect(parseProcesses({ stdout: '', stderr: "ps: invalid option -- 'C'", exitCode: 1 }).understood).toBe(false);
});

it('never throws', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.integer(),
      fc.constantFrom('curl', 'wget'),
      (stdout, stderr, exitCode, tool) => {
        parseProxyAnswer({ tool, stdout, stderr, exitCode });
        parseProxySync(stdout);
        parseProcesses({ stdout, stderr, exitCode });
      },
    ),
  );
});
