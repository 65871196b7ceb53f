import type { Shell } from '../live/shell.js';
import { clientShell } from '../ssh/client-shell.js';
import { inTurns } from '../ssh/in-turns.js';
import { type AskPassphrase, createKeyFiles } from '../ssh/key-files.js';
import { BeyondSsh2, wordsFor } from '../ssh/refusal.js';
import type { SshFlags, Surroundings } from '../ssh/settings.js';
import { createSystemSsh } from '../ssh/system-ssh.js';
import { createWays, type Goal } from '../ssh/way.js';
import type { NodeRung } from './rung.js';

export interface SshRungOptions {
  readonly flags: SshFlags;
  readonly around: Surroundings;
  readonly ask: AskPassphrase;
  /** Where the cluster says a node is; `undefined` where it does not or cannot say. */
  readonly addressOf: (node: string, signal: AbortSignal) => Promise<string | undefined>;
}

const patience = 8_000;
// Half of what an untouched server allows; each is a batch.
const programsAtOnce = 5;
const greeting = { argv: ['true'], deadline: 15_000 };

/** SSH: by ssh2, and by the operator's own ssh for what ssh2 does not speak. */
export const createSshRung = ({ flags, around, ask, addressOf }: SshRungOptions): NodeRung => {
  const ways = createWays({ flags, around, keyFiles: createKeyFiles(ask), patience });
  const system = createSystemSsh(flags, around);

  const bySystem = async (goal: Goal, place: Pick<Shell, 'key' | 'name'>, signal: AbortSignal) => {
    const shell = system.shell(goal, place);
    await shell.exec(greeting, signal);
    return inTurns(shell, programsAtOnce);
  };

  return {
    access: 'ssh',
    async open(node, signal) {
      const goal = { host: node, address: await addressOf(node, signal) };
      const settings = await ways.settings(goal);
      const { user, hostname: host, port } = settings;
      const place = { key: `node/${node}`, name: `node ${node} (${wordsFor({ user, host, port })})` };
      try {
        return inTurns(clientShell(await ways.connect(settings, goal, signal), place), programsAtOnce);
      } catch (error) {
        if (!(error instanceof BeyondSsh2)) throw error;
        const own = host === goal.address ? goal : { host: node };
        return bySystem(own, place, signal);
      }
    },
    async close() {
      ways.close();
      await system.close();
    },
  };
};
