import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { endArgv, probeContainer } from '../../../../src/ports/live/rungs/probe-container.js';
import { runIn, shells } from '../imitation/shells.js';

const start = (shell: readonly string[], name: string) => {
  const { command } = probeContainer(name, 'busybox');
  const [program = 'sh', ...first] = shell;
  const child = spawn(program, [...first, ...command.slice(1)], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
};
const isAlive = ({ exitCode, signalCode }: { exitCode: number | null; signalCode: string | null }) =>
  exitCode === null && signalCode === null;

it.each(shells.map((shell) => [shell.join(' '), shell] as const))(
  'in %s the one program with the mark is ended, at once and by itself',
  async (name, shell) => {
    const mark = `net-triage-${process.pid}-${name.replaceAll(/\W/g, '')}`;
    const [ours, others] = [start(shell, mark), start(shell, `${mark}-2`)];
    const ended = once(ours, 'exit');
    await Promise.all([once(ours, 'spawn'), once(others, 'spawn')]);
    // The trap is set a moment after the shell has begun; before that the signal ends it as well.
    const { status } = runIn(shell, endArgv(mark));
    expect(status).toBe(0);
    const [code, signal] = (await ended) as [number | null, string | null];
    expect([0, null]).toContain(code);
    expect([null, 'SIGTERM']).toContain(signal);
    expect(isAlive(others)).toBe(true);
  },
);
