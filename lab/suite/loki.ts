import { globSync, readFileSync } from 'node:fs';
import { applyManifest } from '../cluster/manifest.ts';
import { inNode, nodePid } from '../cluster/node.ts';
import { bin, type Lab, NODES, within } from '../cluster/plan.ts';
import { place } from '../cluster/programs.ts';
import { must } from '../machine/run.ts';
import type { Stage } from './proof.ts';

/** On the networks of their nodes. The second one wants to know the tenant. */
export const LOKI = { open: 'http://10.0.0.13:3100', tenants: 'http://10.0.0.12:3100' } as const;

/** `program` is its path on this machine. */
export async function startLoki({ lab, kubectl }: Stage, program: string): Promise<void> {
  await place(program, bin(lab, 'loki'));
  await applyManifest(lab, kubectl, 'loki.yaml');
  for (const name of ['loki', 'tenants'])
    await kubectl.must(['-n', 'loki', 'rollout', 'status', `deploy/${name}`, '--timeout=90s']);
}

// 2026-11-22T10:20:30.123456789Z stderr F [ERROR] plugin/errors: 2 example.com. A: …
const LINE = /^(\S+)Z std(?:out|err) [FP] (.*)$/;

const nanoseconds = (time: string) => {
  const [seconds = '', fraction = ''] = time.split('.');
  return `${Date.parse(`${seconds}Z`) / 1000}${fraction.padEnd(9, '0').slice(0, 9)}`;
};

type Lines = [time: string, line: string][];

const linesOf = (file: string): Lines =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text): Lines => {
      const [, time, line = ''] = LINE.exec(text) ?? [];
      return time === undefined ? [] : [[nanoseconds(time), line]];
    });

/** Every line that a container of this lab has written, with the labels that those who collect logs give it. */
async function streams(lab: Lab): Promise<object[]> {
  const pids = await Promise.all(NODES.map(({ name }) => nodePid(lab, name)));
  const files = pids.flatMap((pid) => (pid === undefined ? [] : globSync(inNode(pid, '/var/log/pods/*/*/*.log'))));
  return files.flatMap((file) => {
    const [folder = '', container = ''] = file.split('/').slice(-3);
    const [namespace = '', pod = ''] = folder.split('_');
    const values = linesOf(file);
    return values.length === 0 ? [] : [{ stream: { namespace, pod, container, job: `${namespace}/${pod}` }, values }];
  });
}

/** What a collector does all the time, once: Loki keeps a line that it already has but once. */
export async function shipLogs(lab: Lab): Promise<void> {
  const input = JSON.stringify({ streams: await streams(lab) });
  const push = [
    'curl',
    '-sf',
    '-H',
    'Content-Type: application/json',
    '--data-binary',
    '@-',
    `${LOKI.open}/loki/api/v1/push`,
  ];
  await must([...within(lab, 'bastion'), ...push], { input });
}
