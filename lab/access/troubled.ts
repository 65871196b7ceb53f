import { createPrivateKey, sign } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { authority } from '../cluster/certificates.ts';
import { kubeconfigText } from '../cluster/kubeconfig.ts';
import { API, ISSUER, kubeconfig, type Lab, pki } from '../cluster/plan.ts';
import { expiredCertificate } from './expired-certificate.ts';

/** Kubeconfigs of people whose access does not work at all, each for another reason. */
export async function writeTroubled(lab: Lab): Promise<void> {
  const [ca, cert, key, expired, otherCa, token] = await Promise.all([
    readFile(pki(lab, 'ca.crt'), 'base64'),
    readFile(pki(lab, 'admin.crt'), 'base64'),
    readFile(pki(lab, 'admin.key'), 'base64'),
    expiredCertificate(lab),
    otherAuthority(lab),
    expiredToken(lab),
  ]);
  const admin = { 'client-certificate-data': cert, 'client-key-data': key };
  const troubled = {
    'expired-token': { server: API, ca, user: { token } },
    'expired-cert': { server: API, ca, user: expired },
    wrongca: { server: API, ca: otherCa, user: admin },
    // The right machine, and nobody behind the port.
    dead: { server: API.replace('6443', '6444'), ca, user: admin },
  };
  await Promise.all(
    Object.entries(troubled).map(([who, access]) =>
      writeFile(kubeconfig(lab, who), kubeconfigText(who, access), { mode: 0o600 }),
    ),
  );
}

/** One that signed nothing here. */
async function otherAuthority(lab: Lab): Promise<string> {
  await authority(lab, { file: 'other-ca', name: 'other-ca' });
  return readFile(pki(lab, 'other-ca.crt'), 'base64');
}

const HOUR = 3600;

/** Signed with the key of the service accounts, as the API server does it; its own shortest life would be ten minutes. */
async function expiredToken(lab: Lab): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: ISSUER,
    aud: [ISSUER],
    sub: 'system:serviceaccount:default:default',
    iat: now - 3 * HOUR,
    nbf: now - 3 * HOUR,
    exp: now - 2 * HOUR,
    'kubernetes.io': { namespace: 'default', serviceaccount: { name: 'default', uid: crypto.randomUUID() } },
  };
  const body = [{ alg: 'RS256', typ: 'JWT' }, payload].map((part) => encode(JSON.stringify(part))).join('.');
  const key = createPrivateKey(await readFile(pki(lab, 'sa.key')));
  return `${body}.${encode(sign('sha256', Buffer.from(body), key))}`;
}

const encode = (data: string | Buffer) => Buffer.from(data).toString('base64url');
