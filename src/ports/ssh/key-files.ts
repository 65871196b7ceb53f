import { readFile } from 'node:fs/promises';
import ssh2, { type ParsedKey } from 'ssh2';

/** Asked once per file, before a full screen opens. `undefined`: nobody could answer. */
export type AskPassphrase = (file: string) => Promise<string | undefined>;

export interface KeyFile {
  readonly file: string;
  readonly key?: ParsedKey;
  /** Public halves, to find the key in an agent. */
  readonly blob?: Buffer;
  /** Why the key itself could not be used. */
  readonly problem?: string;
}

const read = (file: string) => readFile(file).catch(() => undefined);
const parsed = (bytes: Buffer, passphrase?: string) => {
  const key = ssh2.utils.parseKey(bytes, passphrase);
  // A file may hold several keys; only the first is used, as by ssh.
  return Array.isArray(key) ? key[0] : key;
};

const publicHalf = async (file: string) => {
  const bytes = await read(`${file}.pub`);
  const key = bytes && parsed(bytes);
  return key && !(key instanceof Error) ? key.getPublicSSH() : undefined;
};

const isLocked = (problem: Error) => /encrypted|passphrase/i.test(problem.message);

const unlocked = async (file: string, bytes: Buffer, ask: AskPassphrase) => {
  const first = parsed(bytes);
  if (!(first instanceof Error) || !isLocked(first)) return first;
  const passphrase = await ask(file);
  if (passphrase === undefined) return new Error('it is locked with a passphrase that nobody was asked for');
  const second = parsed(bytes, passphrase);
  return second instanceof Error ? new Error('the passphrase does not open it') : second;
};

/** Reads the key files that exist, each once. */
export const createKeyFiles = (ask: AskPassphrase) => {
  const known = new Map<string, Promise<KeyFile | undefined>>();
  const load = async (file: string): Promise<KeyFile | undefined> => {
    const bytes = await read(file);
    const blob = await publicHalf(file);
    if (!bytes) return blob ? { file, blob } : undefined;
    const key = await unlocked(file, bytes, ask);
    if (key === undefined || key instanceof Error)
      return { file, ...(blob ? { blob } : {}), problem: key?.message ?? 'it holds no key' };
    return { file, key, blob: key.getPublicSSH() };
  };
  return async (files: readonly string[]): Promise<KeyFile[]> => {
    const all = files.map((file) => {
      const held = known.get(file) ?? load(file);
      known.set(file, held);
      return held;
    });
    return (await Promise.all(all)).filter((key) => key !== undefined);
  };
};
export type KeyFiles = ReturnType<typeof createKeyFiles>;
