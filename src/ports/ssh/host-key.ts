import { readFile } from 'node:fs/promises';
import { CannotLook } from '../../domain/cannot-look.js';
import { fingerprint, keyType, nameInKnownHosts, readKnownHosts, trustIn, typesKnown } from './known-hosts.js';
import { BeyondSsh2 } from './refusal.js';
import type { HostSettings } from './settings.js';

/** The judge of the keys that one host may show. */
export interface HostKeys {
  /** Types to ask the host for; empty where no key of it is known. */
  readonly types: readonly string[];
  /** Why a key is not to be trusted; `undefined` where it is. */
  distrust(key: Buffer): CannotLook | undefined;
}

const read = (file: string) => readFile(file, 'utf8').catch(() => '');

const sentence = {
  unknown: (host: string, shown: string) =>
    `The host key of ${host} is not known: it shows ${shown}. Compare that with the node itself (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then log in once with ssh to accept it.`,
  changed: (host: string, shown: string) =>
    `The host key of ${host} is not the one in known_hosts: it shows ${shown}. The node was set up anew, or somebody is in between. Nothing was sent to it.`,
  revoked: (host: string, shown: string) =>
    `The host key of ${host}, ${shown}, is marked as revoked in known_hosts. Nothing was sent to it.`,
  authority: (host: string, shown: string) =>
    `The host key of ${host}, ${shown}, is vouched for only by a certificate authority.`,
};

/** Reads the operator's known_hosts files. `names`: what else the host is called, for example by the cluster. */
export const hostKeysOf = async (settings: HostSettings, names: readonly string[]): Promise<HostKeys> => {
  const { hostname, port, hostKeyAlias, knownHosts } = settings;
  const entries = (await Promise.all(knownHosts.map(read))).flatMap(readKnownHosts);
  const called = hostKeyAlias ? [hostKeyAlias] : [hostname, ...names].map((name) => nameInKnownHosts(name, port));
  return {
    types: typesKnown(entries, called),
    distrust(key) {
      const trust = trustIn(entries, called, key);
      if (trust === 'known') return undefined;
      const said = sentence[trust](hostname, `${keyType(key)} ${fingerprint(key)}`);
      // Certificates of hosts are checked by ssh itself, never by ssh2.
      return trust === 'authority' ? new BeyondSsh2('forbidden', said) : new CannotLook('forbidden', said);
    },
  };
};
