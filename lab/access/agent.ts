import { rmSync } from 'node:fs';
import { type Lab, within } from '../cluster/plan.ts';
import { startDaemon } from '../machine/daemon.ts';
import { eventually } from '../machine/eventually.ts';
import { must, run } from '../machine/run.ts';
import { sshFile } from './ssh-keys.ts';

/** An ssh-agent that holds the key of the operator while `work` goes on. */
export async function withAgent<T>(lab: Lab, work: (socket: string) => Promise<T>): Promise<T> {
  const socket = sshFile(lab, 'agent.sock');
  rmSync(socket, { force: true });
  // Below the bastion, where `down` finds it should nobody be left to end it.
  const program = [...within(lab, 'bastion'), 'ssh-agent', '-D', '-a', socket];
  const agent = startDaemon(sshFile(lab, 'agent.log'), program);
  const ask = ['env', `SSH_AUTH_SOCK=${socket}`, 'ssh-add'];
  try {
    // 1: it answers, and holds nothing yet.
    const answers = async () => (await run([...ask, '-l'])).code === 1;
    await eventually('the agent answers', answers, { timeoutMs: 5_000, everyMs: 20, hope: agent.alive });
    await must([...ask, '-q', sshFile(lab, 'id_ed25519')]);
    return await work(socket);
  } finally {
    if (agent.alive()) process.kill(agent.pid, 'SIGTERM');
  }
}
