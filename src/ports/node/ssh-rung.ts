import type { Shell } from '../live/shell.js';
import { inTurns } from '../ssh/in-turns.js';
import { type AskPassphrase, createKeyFiles } from '../ssh/key-files.js';
import { reconnecting } from '../ssh/reconnecting.js';
import { BeyondSsh2, wordsFor } from '../ssh/refusal.js';
import type { HostSettings, SshFlags, Surroundings } from '../ssh/settings.js';
import { type AskHostKey, createStrangers } from '../ssh/strangers.js';
import { createSystemSsh } from '../ssh/system-ssh.js';
import { createWays, type Goal } from '../ssh/way.js';
import type { NodeRung } from './rung.js';

export interface SshRungOptions {
  readonly flags: SshFlags;
  readonly around: Surroundings;
  readonly ask: AskPassphrase;
  /** Asked about a host key that no file names; nobody is where it is absent. */
  readonly askHostKey?: AskHostKey | undefined;
  /** Where this program remembers the keys it was told to. */
  readonly ownKnownHosts?: string | undefined;
  /** What the cluster says of a node, as far as it says or can say anything. */
  readonly nodeOf: (node: string, signal: AbortSignal) => Promise<Omit<Goal, 'host'>>;
}

const patience = 8_000;
// Half of what an untouched server allows; each is a batch.
const programsAtOnce = 5;
const greeting = { argv: ['true'], deadline: 15_000 };

/** SSH: by ssh2, and by the operator's own ssh for what ssh2 does not speak. */
export const createSshRung = (options: SshRungOptions): NodeRung => {
  const { flags, around, ask, askHostKey, ownKnownHosts, nodeOf } = options;
  // Whoever names the file of known hosts wants no other to count.
  const strangers = createStrangers({ ask: askHostKey, file: flags.knownHosts ? undefined : ownKnownHosts });
  const ways = createWays({ flags, around, keyFiles: createKeyFiles(ask), strangers, patience });
  const system = createSystemSsh(flags, around);

  const bySystem = async (
    goal: Goal & Pick<HostSettings, 'jumps'>,
    place: Pick<Shell, 'key' | 'name'>,
    signal: AbortSignal,
  ) => {
    const shell = system.shell(goal, place);
    await shell.exec(greeting, signal);
    return inTurns(shell, programsAtOnce);
  };

  return {
    access: 'ssh',
    async open(node, signal) {
      const goal: Goal = { ...(await nodeOf(node, signal)), host: node };
      const settings = await ways.settings(goal);
      const { user, hostname: host, port } = settings;
      const place = { key: `node/${node}`, name: `node ${node} (${wordsFor({ user, host, port })})` };
      try {
        return inTurns(await reconnecting(() => ways.connect(settings, goal, signal), place), programsAtOnce);
      } catch (error) {
        if (!(error instanceof BeyondSsh2)) throw error;
        const own = host === goal.address ? goal : { host: node };
        return bySystem({ ...own, jumps: settings.jumps }, place, signal);
      }
    },
    async close() {
      ways.close();
      await system.close();
    },
  };
};
