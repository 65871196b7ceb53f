import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { sshFlagsOf } from './connect.js';
import type { Io } from './io.js';
import type { SessionOptions } from './options.js';

/** Answers for a key file, where somebody was asked. */
export type Passphrases = ReadonlyMap<string, string>;

const mute = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Reads one line from the terminal without showing it. An empty one leaves the key shut. */
const readHidden = async (question: string, { stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>) => {
  stderr.write(question);
  const lines = createInterface({ input: stdin, output: mute(), terminal: true });
  const { promise, resolve } = Promise.withResolvers<string>();
  lines.once('line', resolve);
  lines.once('close', () => resolve(''));
  const line = await promise;
  lines.close();
  stderr.write('\n');
  return line;
};

/** Asks for the passphrases of the operator's keys while the terminal is still free, and only where nodes may be entered. */
export const askPassphrases = async (options: SessionOptions, io: Io): Promise<Passphrases> => {
  const answers = new Map<string, string>();
  const mayAsk = io.stdin.isTTY === true && io.stderr.isTTY === true && options.universe === undefined;
  if (!mayAsk || options.level !== 'node' || !options.nodeAccess.includes('ssh')) return answers;
  const { lockedKeys } = await import('../ports/ssh/locked-keys.js');
  // Settings that ssh cannot read are told of by the check that needs them.
  const files = await lockedKeys(sshFlagsOf(options), { env: io.env, home: io.home }).catch(() => []);
  for (const file of files) {
    const answer = await readHidden(`Passphrase of ${file} (empty: leave it shut): `, io);
    if (answer !== '') answers.set(file, answer);
  }
  return answers;
};
