import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The key of a host that no file of known hosts names. */
export interface ShownKey {
  /** As the host is named in known_hosts. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly type: string;
  /** SHA256, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** In base64, as known_hosts has it. */
  readonly key: string;
  /** Annotations of the Node that name a fingerprint, and whether it is this one. */
  readonly annotations: readonly { readonly name: string; readonly isSame: boolean }[];
}

/** `remember`: also in a file of our own, never in one of the operator. */
export type Trusting = 'once' | 'remember' | 'no';
export type AskHostKey = (shown: ShownKey, offers: { readonly remember: boolean }) => Promise<Trusting>;

export interface StrangersOptions {
  /** Nobody is asked where it is absent. */
  readonly ask?: AskHostKey | undefined;
  /** Where keys are remembered; absent where the operator named the only file that counts. */
  readonly file?: string | undefined;
}

const keep = async (file: string, { name, type, key }: ShownKey) => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await appendFile(file, `${name} ${type} ${key}\n`, { mode: 0o600 });
};

const idOf = ({ name, key }: Pick<ShownKey, 'name' | 'key'>) => `${name} ${key}`;

/** Keys that somebody was asked about, each once in a session. */
export const createStrangers = ({ ask, file }: StrangersOptions) => {
  const asked = new Map<string, Promise<boolean>>();
  const accepted = new Set<string>();
  const decide = async (shown: ShownKey) => {
    const trusting = await ask?.(shown, { remember: file !== undefined });
    if (trusting !== 'once' && trusting !== 'remember') return false;
    accepted.add(idOf(shown));
    // A disk that keeps nothing leaves it at this session.
    if (trusting === 'remember' && file !== undefined) await keep(file, shown).catch(() => {});
    return true;
  };
  return {
    file,
    /** For one key of one host: whoever shows another is asked about anew. */
    isAccepted: (shown: Pick<ShownKey, 'name' | 'key'>) => accepted.has(idOf(shown)),
    mayTrust(shown: ShownKey): Promise<boolean> {
      const held = asked.get(idOf(shown)) ?? decide(shown);
      asked.set(idOf(shown), held);
      return held;
    },
  };
};
export type Strangers = ReturnType<typeof createStrangers>;
