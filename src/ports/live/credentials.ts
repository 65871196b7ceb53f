import { readFile } from 'node:fs/promises';
import { ApiUnavailable } from './api-unavailable.js';
import { providerHeaders } from './auth-provider.js';
import { type PluginSurroundings, runPlugin } from './exec-plugin.js';
import type { Target } from './kubeconfig.js';
import type { ExecConfig } from './kubeconfig-schema.js';

/** What a request carries to be let in. Certificates are PEM text. */
export interface Credential {
  readonly authorization?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export interface Credentials {
  /** Never runs a plugin twice at the same time. Throws `ApiUnavailable`. */
  current(): Promise<Credential>;
  /** The API refused the credential. True when asking again could give another one. */
  renew(): boolean;
}

export interface CredentialSurroundings extends Omit<PluginSurroundings, 'interactive'> {
  readonly interactive: () => boolean;
  readonly now: () => number;
}

interface Dated extends Credential {
  /** Milliseconds since the epoch; absent when it does not end. */
  readonly until?: number;
}

const bearer = (token: string) => `Bearer ${token}`;

/** One fetch at a time, kept until it ends, and until somebody says that it is no longer accepted. */
const renewable = (fetch: () => Promise<Dated>, now: () => number): Credentials => {
  let held: Promise<Dated> | undefined;
  const start = () => {
    const fetching = fetch();
    held = fetching;
    fetching.catch(() => {
      if (held === fetching) held = undefined;
    });
    return fetching;
  };
  return {
    async current() {
      const credential = await (held ?? start());
      if (credential.until === undefined || now() < credential.until) return credential;
      held = undefined;
      return start();
    },
    renew() {
      held = undefined;
      return true;
    },
  };
};

// Tokens of service accounts are replaced on disk while a pod runs; client-go reads them again every minute.
const tokenFileLife = 60_000;

const fromFile = async (file: string, fallback: string | undefined, now: () => number): Promise<Dated> => {
  const token = await readFile(file, 'utf8').catch(() => fallback);
  if (token?.trim()) return { authorization: bearer(token.trim()), until: now() + tokenFileLife };
  throw new ApiUnavailable('unauthenticated', `The token file ${file} cannot be read or is empty.`);
};

const fromPlugin = async (plugin: ExecConfig, target: Target, around: CredentialSurroundings): Promise<Dated> => {
  const status = await runPlugin(plugin, target, { ...around, interactive: around.interactive() });
  const until = Date.parse(status.expirationTimestamp ?? '');
  return {
    ...(status.token ? { authorization: bearer(status.token) } : {}),
    ...(status.clientCertificateData ? { cert: status.clientCertificateData, key: status.clientKeyData } : {}),
    ...(Number.isNaN(until) ? {} : { until }),
  };
};

const fixed = (credential: Credential): Credentials => ({ current: async () => credential, renew: () => false });

/** Credentials of the user of a target, fetched when first asked for. */
export const createCredentials = (target: Target, around: CredentialSurroundings): Credentials => {
  const { login } = target;
  switch (login.kind) {
    case 'none':
      return fixed({});
    case 'token':
      return fixed({ authorization: bearer(login.token) });
    case 'basic':
      return fixed({ authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}` });
    case 'token-file':
      return renewable(() => fromFile(login.file, login.fallback, around.now), around.now);
    case 'plugin':
      return renewable(() => fromPlugin(login.plugin, target, around), around.now);
    case 'provider':
      return renewable(() => providerHeaders(login.provider, target, around.now), around.now);
  }
};
