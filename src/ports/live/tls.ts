import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { KubeconfigProblem } from './kubeconfig-problem.js';
import type { Picked } from './pick-context.js';

export interface Tls {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly servername?: string | undefined;
  readonly rejectUnauthorized: boolean;
}

// Inline data wins over a file, as in client-go.
const pemOf = async (data: string | undefined, file: string | undefined, what: string) => {
  if (data) return Buffer.from(data, 'base64').toString('utf8');
  if (!file) return undefined;
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new KubeconfigProblem('bad-certificate', `${what} cannot be read from ${file} (${error.code}).`);
  });
};

const mustBePem = (text: string | undefined, what: string) => {
  if (text === undefined || text.includes('-----BEGIN ')) return;
  throw new KubeconfigProblem('bad-certificate', `${what} is not PEM text.`);
};

const mustFit = (tls: Tls, what: string) => {
  if ((tls.cert === undefined) !== (tls.key === undefined))
    throw new KubeconfigProblem('bad-certificate', `${what} needs both a certificate and a key, and one is missing.`);
  try {
    createSecureContext({ ca: tls.ca, cert: tls.cert, key: tls.key });
  } catch (error) {
    throw new KubeconfigProblem('bad-certificate', `${what} cannot be used: ${(error as Error).message}.`);
  }
};

/** Certificates and TLS settings of a cluster and a user, read and tried. Throws `KubeconfigProblem`. */
export const tlsOf = async ({ cluster, clusterName, user, userName }: Picked): Promise<Tls> => {
  const ofCluster = `The certificate authority of cluster "${clusterName}"`;
  const ofUser = `The client certificate of user "${userName}"`;
  const ca = await pemOf(cluster['certificate-authority-data'], cluster['certificate-authority'], ofCluster);
  const cert = await pemOf(user['client-certificate-data'], user['client-certificate'], ofUser);
  const key = await pemOf(user['client-key-data'], user['client-key'], ofUser);
  mustBePem(ca, ofCluster);
  mustBePem(cert, ofUser);
  mustFit({ ca, rejectUnauthorized: true }, ofCluster);
  mustFit({ cert, key, rejectUnauthorized: true }, ofUser);
  return {
    ca,
    cert,
    key,
    servername: cluster['tls-server-name'] || undefined,
    rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
  };
};
