import { readFile } from 'node:fs/promises';
import ssh2, { type ParsedKey } from 'ssh2';
import { agentAt, agentSocket } from './agent.js';
import { type SshFlags, type Surroundings, settingsOf } from './settings.js';

const blobOf = (bytes: Buffer) => {
  const key = ssh2.utils.parseKey(bytes) as ParsedKey | ParsedKey[] | Error;
  if (key instanceof Error) return /encrypted|passphrase/i.test(key.message) ? 'locked' : undefined;
  return (Array.isArray(key) ? key[0] : key)?.getPublicSSH();
};

const read = (file: string) => readFile(file).then(blobOf, () => undefined);

const keysIn = (socket: string | undefined) =>
  new Promise<Buffer[]>((resolve) => {
    if (socket === undefined) return resolve([]);
    agentAt(socket).getIdentities((error, keys = []) =>
      resolve(error ? [] : keys.map((key) => (key as ParsedKey).getPublicSSH())),
    );
  });

/**
 * The key files that ssh would use for a host of no special settings, and that only a passphrase opens: not those
 * an agent holds.
 */
export const lockedKeys = async (flags: SshFlags, around: Surroundings): Promise<string[]> => {
  const settings = await settingsOf('node', flags, around);
  const held = await keysIn(agentSocket(settings, around));
  const states = settings.identityFiles.map(async (file) => {
    if ((await read(file)) !== 'locked') return [];
    const half = await read(`${file}.pub`);
    return Buffer.isBuffer(half) && held.some((blob) => blob.equals(half)) ? [] : [file];
  });
  return (await Promise.all(states)).flat();
};
