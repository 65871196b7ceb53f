import { readFile } from 'node:fs/promises';
import { CannotLook } from '../../domain/cannot-look.js';
import { fingerprint, keyType, nameInKnownHosts, readKnownHosts, trustIn, typesKnown } from './known-hosts.js';
import { commandLine } from './quote.js';
import { BeyondSsh2 } from './refusal.js';
import type { HostSettings } from './settings.js';
import type { ShownKey, Strangers } from './strangers.js';

/** The judge of the keys that one host may show. */
export interface HostKeys {
  /** Types to ask the host for; empty where no key of it is known. */
  readonly types: readonly string[];
  /** Why a key is not to be trusted; `undefined` where it is. */
  distrust(key: Buffer): CannotLook | undefined;
}

/** A key that nobody has seen before: the only reason for distrust that a person can take away. */
export class UnknownHostKey extends CannotLook {
  constructor(
    message: string,
    readonly shown: ShownKey,
  ) {
    super('forbidden', message);
  }
}

const read = (file: string) => readFile(file, 'utf8').catch(() => '');

const sentence = {
  changed: (host: string, shown: string) =>
    `The host key of ${host} is not the one in known_hosts: it shows ${shown}. The node was set up anew, or somebody is in between. Nothing was sent to it.`,
  revoked: (host: string, shown: string) =>
    `The host key of ${host}, ${shown}, is marked as revoked in known_hosts. Nothing was sent to it.`,
  authority: (host: string, shown: string) =>
    `The host key of ${host}, ${shown}, is vouched for only by a certificate authority.`,
};

/** Whoever scans keys through the same network sees what we saw: the comparison is what counts. */
const unknown = (
  { host, port, type, fingerprint: print }: ShownKey,
  [file = '~/.ssh/known_hosts']: readonly string[],
) => {
  const kind = type.replace(/^ssh-|^ecdsa-.*/, (word) => (word === 'ssh-' ? '' : 'ecdsa'));
  const scan = commandLine(['ssh-keyscan', ...(port === 22 ? [] : ['-p', `${port}`]), '-t', kind, host]);
  return `The host key of ${host} is not known: it shows ${type} ${print}. Compare that with the node itself (ssh-keygen -lf /etc/ssh/ssh_host_${kind}_key.pub); where it is the same, this line accepts it: ${scan} >> ${commandLine([file])}`;
};

export interface Called {
  /** What else the host is called, for example by the cluster. */
  readonly names: readonly string[];
  /** Fingerprints in the annotations of its Node. */
  readonly annotations?: readonly { readonly name: string; readonly fingerprint: string }[] | undefined;
}

/** Reads the operator's known_hosts files, and the one in which this program remembers keys. */
export const hostKeysOf = async (
  settings: HostSettings,
  { names, annotations = [] }: Called,
  strangers: Pick<Strangers, 'file' | 'isAccepted'>,
): Promise<HostKeys> => {
  const { hostname, port, hostKeyAlias, knownHosts } = settings;
  const files = [...knownHosts, ...(strangers.file ? [strangers.file] : [])];
  const entries = (await Promise.all(files.map(read))).flatMap(readKnownHosts);
  const called = hostKeyAlias ? [hostKeyAlias] : [hostname, ...names].map((name) => nameInKnownHosts(name, port));
  const shownBy = (key: Buffer): ShownKey => ({
    ...{ name: called[0] ?? hostname, host: hostname, port, type: keyType(key) },
    ...{ fingerprint: fingerprint(key), key: key.toString('base64') },
    annotations: annotations.map(({ name, fingerprint: print }) => ({ name, isSame: print === fingerprint(key) })),
  });
  return {
    types: typesKnown(entries, called),
    distrust(key) {
      const trust = trustIn(entries, called, key);
      if (trust === 'known') return undefined;
      const shown = shownBy(key);
      if (trust === 'unknown')
        return strangers.isAccepted(shown) ? undefined : new UnknownHostKey(unknown(shown, knownHosts), shown);
      const said = sentence[trust](hostname, `${shown.type} ${shown.fingerprint}`);
      // Certificates of hosts are checked by ssh itself, never by ssh2.
      return trust === 'authority' ? new BeyondSsh2('forbidden', said) : new CannotLook('forbidden', said);
    },
  };
};
