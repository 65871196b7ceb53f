import { exitCodes, type Io, say } from './io.js';

export const version = async ({ output }: { output?: string }, io: Io): Promise<number> => {
  await say(io.stdout, output === 'json' ? JSON.stringify({ version: io.version }) : io.version);
  return exitCodes.done;
};
