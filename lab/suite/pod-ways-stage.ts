import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn as openTerminal } from '@lydell/node-pty';
import { BUSYBOX, DISTROLESS } from '../build/images.ts';
import { kubeconfig, type Lab } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { type Finished, run } from '../machine/run.ts';
import { deployment, type Manifest, service, web } from '../scenario/manifest.ts';
import { command } from './program.ts';
import type { Stage } from './proof.ts';

export const HERE = 'turnstile';
export const IN_HERE = ['-n', HERE];
const FLOW = { flow: { from: `deploy/${HERE}/visitor`, to: `svc/${HERE}/tickets` } };

const nobody = {
  ...{ allowPrivilegeEscalation: false, runAsNonRoot: true, runAsUser: 1000 },
  ...{ capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } },
};

/** A client without a shell that is a server too, and what it calls. */
export const objects: Manifest[] = [
  deployment(HERE, {
    ...{ app: 'visitor', replicas: 1, image: DISTROLESS, command: ['/serve', ':8080'], securityContext: nobody },
  }),
  service(HERE, 'visitor', { selector: { app: 'visitor' }, ports: [{ port: 80, targetPort: 8080 }] }),
  deployment(HERE, web('tickets', 8080, { securityContext: nobody })),
  service(HERE, 'tickets', { selector: { app: 'tickets' }, ports: [{ port: 80, targetPort: 8080 }] }),
];

export const published = service(HERE, 'all-visitors', {
  ...{ clusterIP: 'None', publishNotReadyAddresses: true },
  ...{ selector: { app: 'visitor' }, ports: [{ port: 80 }] },
});

/** A fresh client, with no container left in it by a proof before. */
export async function settle({ kubectl }: Stage): Promise<void> {
  await kubectl.must([...IN_HERE, 'delete', 'pod', '-l', 'app=visitor']);
  await kubectl.must([...IN_HERE, 'rollout', 'status', 'deploy', '--timeout=60s']);
}

interface Asking {
  as: string;
  more?: readonly string[];
}

const argvFor = (lab: Lab, { as, more = [] }: Asking) =>
  command(lab, FLOW, [
    ...['--no-input', '-o', 'json', '--level', 'probe', '--probe-image', BUSYBOX],
    ...['--kubeconfig', kubeconfig(lab, as), ...more],
  ]);

/** The program, with an image to look from. */
export const ask = ({ lab }: Stage, asking: Asking): Promise<Finished> =>
  run(argvFor(lab, asking), { timeoutMs: 90_000 });

/** The same, killed without a word as soon as it has said this. */
export async function killOnce({ lab }: Stage, said: RegExp, asking: Asking): Promise<void> {
  const [file = '', ...args] = argvFor(lab, asking);
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let heard = '';
  let running = true;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (heard += text));
  child.on('exit', () => {
    running = false;
  });
  await eventually(`the program says ${said}`, () => said.test(heard), { everyMs: 5, hope: () => running });
  child.kill('SIGKILL');
  await eventually('the program is dead', () => !running);
}

/** Whether somebody at a terminal is asked, and what is said to a yes. The screen that opens then is left at once. */
export async function answerYes({ lab }: Stage, question: RegExp, { as, more = [] }: Asking): Promise<string> {
  const [file = '', ...args] = command(lab, FLOW, ['--ui', 'linear', '--kubeconfig', kubeconfig(lab, as), ...more]);
  const env = { ...process.env, LANG: 'C.UTF-8', CI: '', TERM: 'xterm-256color' };
  const terminal = openTerminal(file, args, { cols: 200, rows: 40, env });
  let shown = '';
  let running = true;
  terminal.onData((text) => (shown += text));
  terminal.onExit(() => {
    running = false;
  });
  try {
    await eventually(`somebody is asked ${question}`, () => question.test(shown), { hope: () => running });
    terminal.write('y\r');
    await eventually('the session goes on', () => /Check 1:/.test(shown), { hope: () => running });
    return shown;
  } finally {
    if (running) terminal.kill('SIGTERM');
    await eventually('the program has ended', () => !running);
  }
}

/** What this machine has written down of what is in clusters; a proof begins with nothing. */
export const forgetAll = ({ lab }: Stage) =>
  rm(join(lab.dir, 'state/net-triage/made'), { recursive: true, force: true });

export interface Answer {
  checks: { id: string; outcome: string; result: string; facts: Record<string, unknown> }[];
  verdict: { result: string; notChecked: { check: string; reason: string }[] };
}

export const answerOf = ({ stdout }: Finished) => JSON.parse(stdout) as Answer;

export const checkIn = (answer: Answer, id: string) => answer.checks.find((check) => check.id === id);

/** Wrong when the two differ; one line for each thing that is. */
export const differs = (what: string, found: unknown, wanted: unknown): string[] =>
  JSON.stringify(found) === JSON.stringify(wanted)
    ? []
    : [`${what} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`];
